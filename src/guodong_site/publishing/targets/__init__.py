"""Where a release may go: one file a kind of target, each offering TARGET."""
