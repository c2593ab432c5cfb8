"""The revisions, one file each, run in order."""
