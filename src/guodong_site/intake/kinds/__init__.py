"""One file a kind of source, found by this folder; each offers `KIND`."""
