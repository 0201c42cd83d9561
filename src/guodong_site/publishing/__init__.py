"""A built site → the portal: a release, the gates before it, the targets that carry it."""
