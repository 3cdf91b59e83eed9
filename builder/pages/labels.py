"""What a record is called where nothing else is said of it, and how many there are."""

from builder.i18n.language import Language
from builder.model import Site


def of_source(site: Site, key: str) -> str:
    """Return what a source is called: its title, else who published it."""
    source = site.sources[key]
    return source.title or (site.actors[source.publisher].title if source.publisher in site.actors else source.label)


def how_many(language: Language, quotes: int, paraphrases: int) -> str:
    """Return how many quotes and paraphrases there are, each counted apart: `2 quotes, 10 paraphrases`."""
    parts = [language.plural("1 quote", "{n} quotes", quotes)] if quotes else []
    parts += [language.plural("1 paraphrase", "{n} paraphrases", paraphrases)] if paraphrases else []
    return ", ".join(parts)
