"""Outputs that are not a template's, one file each: `plan(site)` says the files, each with how its bytes are made."""
