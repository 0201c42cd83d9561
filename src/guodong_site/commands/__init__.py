"""One file a command, found by this folder; the README's table lists them in the same order."""
