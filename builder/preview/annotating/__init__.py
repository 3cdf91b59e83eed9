"""Annotating a text in the preview: what there is to do, what is proposed, and the record that an answer makes."""
