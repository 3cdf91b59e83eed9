"""Names under which records are found: titles, aliases, files, and the keys of quotes."""

from collections.abc import Iterable, Mapping

from builder import urls
from builder.content.mentions import plain
from builder.model import Actor, Explainer, PlainPage, QuoteKey, Source


def titles_by_slug(records: Iterable[PlainPage]) -> dict[str, str]:
    """Return the titles of plain pages."""
    return {record.slug: record.title for record in records}


def pages_by_file(pages: Iterable[PlainPage]) -> dict[str, tuple[str, ...]]:
    """Return the slugs of pages by the name of their file, with and without the folder."""
    found: dict[str, list[str]] = {}
    for page in pages:
        for name in {page.slug, page.slug.rpartition("/")[2]}:
            found.setdefault("/".join(map(urls.slug, name.split("/"))), []).append(page.slug)
    return {name: tuple(sorted(keys)) for name, keys in found.items()}


def inverted(names: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return name → sorted ids, from id → names."""
    found: dict[str, list[str]] = {}
    for key, of in names.items():
        for name in of:
            found.setdefault(name, []).append(key)
    return {name: tuple(sorted(keys)) for name, keys in found.items()}


def all_quotes(quotes: Mapping[str, tuple[QuoteKey, ...]]) -> dict[QuoteKey, bool]:
    """Return the key of every quote, as a mapping."""
    return {key: True for keys in quotes.values() for key in keys}


def by_title(title: str) -> tuple[str, ...]:
    """Return the folded title of a record."""
    return (fold(title),)


def aliases(actor: Actor) -> tuple[str, ...]:
    """Return the folded aliases of an actor."""
    return tuple(dict.fromkeys(fold(alias) for alias in (*actor.alias, *actor.weak_alias)))


def publisher(source: Source) -> tuple[str, ...]:
    """Return the folded publisher of a source."""
    return (fold(source.publisher),) if source.publisher else ()


def quotes(explainer: Explainer) -> tuple[QuoteKey, ...]:
    """Return the keys of an explainer's quotes."""
    return tuple((explainer.slug, quote.id) for quote in explainer.quotes)


def fold(text: str) -> str:
    """Return words for comparison: casefolded, with single spaces."""
    # The dotted and the dotless i of Turkish are capitals and small letters of one another in no other language.
    return " ".join(plain(text).split()).casefold().replace("i\u0307", "i").replace("ı", "i")
