"""One file an opinion: its rule with a 错/对 example, and `run(site)`, which yields what breaks it.

A check sees the whole archive, so that it may compare issues; it reads no file and never asks what day it is.
"""
