"""Annotating a text in the preview: open passages, proposals, and the edits of the file."""
