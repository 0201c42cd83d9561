"""How a package is laid out for whoever takes it in: one file a way, each offering ADAPTER."""
