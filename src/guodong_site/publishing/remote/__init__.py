"""A server reached over SSH: the line to it, whose turn it is there, how a release is put together there."""
