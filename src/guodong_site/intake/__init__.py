"""A manuscript as an office writes it (Word, WPS, plain text) → a draft issue file, nothing lost.

`importing` is the paragraph of verbs: read → recognise → account → write out → read back.  `kinds/` holds one file a source.
"""
