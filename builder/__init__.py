"""Backstory: a static-site generator for annotated explainers."""

__version__ = "0.1.0"

HOME = "https://backstory.example/"
"""Where this repository's own site is published, which has the guide; `content/site.yaml` says the same."""
