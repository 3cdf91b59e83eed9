"""What a record is called where nothing else is said of it."""

from builder.model import Site


def of_source(site: Site, key: str) -> str:
    """Return what a source is called: its title, else who published it."""
    source = site.sources[key]
    return source.title or (site.actors[source.publisher].title if source.publisher in site.actors else source.label)
