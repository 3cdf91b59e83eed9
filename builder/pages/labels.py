"""Names of records, counts of quotes, and links to other sites, in words."""

from builder.i18n.language import Language
from builder.model import Site
from builder.pages.shapes import Ref

_WIKIDATA = "wd:"


def of_source(site: Site, source_id: str) -> str:
    """Return the title of a source, else the name of its publisher."""
    source = site.sources[source_id]
    return source.title or (publisher(site, source_id) if source.publisher in site.actors else source.label)


def publisher(site: Site, source_id: str) -> str:
    """Return the name of the publisher of a source; "" if there is none. A publisher may be an actor, or plain words."""
    found = site.sources[source_id].publisher
    return site.actors[found].title if found in site.actors else found


def is_source(site: Site, source_id: str) -> bool:
    """Return whether an entry of `by` is the id of a source; the id of an actor takes precedence."""
    return source_id in site.sources and source_id not in site.actors


def same_as(address: str) -> Ref:
    """Return the link to a page on another site about the same thing. `wd:Q30` is an item of Wikidata."""
    if address.startswith(_WIKIDATA):
        return Ref("Wikidata", f"https://www.wikidata.org/wiki/{address.removeprefix(_WIKIDATA)}")
    return Ref(address.split("://", 1)[-1].rstrip("/"), address)


def entity_address(address: str) -> str:
    """Return the address that names the thing itself, for linked data: of Wikidata the entity, not the page about it."""
    return f"http://www.wikidata.org/entity/{address.removeprefix(_WIKIDATA)}" if address.startswith(_WIKIDATA) else address


def how_many(language: Language, quotes: int, paraphrases: int) -> str:
    """Return how many quotes and paraphrases there are, each counted apart: `2 quotes, 10 paraphrases`."""
    parts = [language.plural("1 quote", "{n} quotes", quotes)] if quotes else []
    parts += [language.plural("1 paraphrase", "{n} paraphrases", paraphrases)] if paraphrases else []
    return ", ".join(parts)
