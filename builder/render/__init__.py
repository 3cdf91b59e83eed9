"""Pages into files: Jinja templates, images for sharing, the search index."""
