"""The editor's desk: what the preview shows beside the site.  Its pages stand below `/__preview/` and need no template."""
