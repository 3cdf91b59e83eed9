"""The use of a link behind the words of a cell: a source, a link of a text, or an address, by the key of the column."""

import html
from collections.abc import Callable, Sequence

from builder.importing import columns
from builder.importing.html_words import address, line
from builder.importing.tables.csv_rows import SheetRow
from builder.importing.tables.hyperlinks import CellLink

_SOURCES = {columns.TIMELINE: "sources", columns.QUOTES: "via"}
"""Kinds of table whose rows name sources → the key that does."""
_ABOUT_ALL = {"title", "when", "end", "year", "says", "status", "said", "medium", "note", "id"}
"""Keys of a row whose link is where all of it comes from."""
NO_WORDS = frozenset(
    {"link", "url", "here", "source", "website", "web", "article", "quelle", "hier", "lien", "ici", "source link", "click here"}
)
"""Words of a link that say nothing but that it is one."""


def with_links(
    row: SheetRow, keys: Sequence[str], kind: str, note: Callable[[str], None]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the cells of a row with the links behind them, and what stands in no cell of its own: key and value. What has no place is noted."""
    cells = list(row.cells)
    more: list[tuple[str, str]] = []
    for n, links in row.links:
        if n >= len(cells) or n >= len(keys):
            continue
        for link in links:
            to = address(link.to)
            if to and to.rstrip("/") in cells[n]:
                continue
            if not to.startswith("http") or not _take(n, CellLink(to, link.words), cells, keys, kind, more):
                note(
                    f"the link behind “{line(row.cells[n])[:200]}” was left out: “{line(link.to)}”. A column of its own with the addresses keeps it"
                )
    return tuple(cells), tuple(more)


def _take(n: int, link: CellLink, cells: list[str], keys: Sequence[str], kind: str, more: list[tuple[str, str]]) -> bool:
    """Put a link into its cell, or among what stands in no cell; return whether there is a place for it."""
    key, words = keys[n], cells[n].strip()
    if key.startswith("x_") or (key in {"note", "text"} and kind in {columns.ACTORS, columns.SOURCES}):
        cells[n] = f"{words} ({link.to})"
        return True
    if kind in _SOURCES:
        return _source(n, link, cells, keys, kind, more)
    if key in {"url", "archived", "same_as"}:
        cells[n] = link.to
        return True
    if kind == columns.SOURCES and key in {"title", "publisher", "published", "authors"}:
        has_address = any(cells[at].strip() for at, key in enumerate(keys) if key == "url" and at < len(cells))
        if not has_address and all(name != "url" for name, _ in more):
            more.append(("url", link.to))
            return True
    if kind == columns.ACTORS and key == "name" and "wikidata.org/" in link.to:
        more.append(("same_as", link.to))
        return True
    return False


def _source(n: int, link: CellLink, cells: list[str], keys: Sequence[str], kind: str, more: list[tuple[str, str]]) -> bool:
    key, words, named = keys[n], cells[n].strip(), _SOURCES[kind]
    if key in {named, "url"}:
        if words.casefold() in NO_WORDS and key == "url":
            cells[n] = link.to
        elif key == "url" and named in keys:
            cells[n] = f"{words} {link.to}"
        else:
            part = link.words if link.words and link.words in words else words
            shown = '"{}" {}'.format(part.replace('"', '""'), link.to)
            made = words.replace(part, shown, 1)
            if key == named:
                cells[n] = made
            else:
                cells[n] = ""
                more.append((named, made))
        return True
    if key == "text" and kind == columns.TIMELINE:
        part = link.words if link.words and link.words in cells[n] else cells[n]
        before, _, after = cells[n].partition(part)
        if "<a " not in cells[n]:
            before, after = (html.escape(words).replace("\n", "<br>") for words in (before, after))
            part = html.escape(part).replace("\n", "<br>")
        cells[n] = f'{before}<a href="{html.escape(link.to)}">{part}</a>{after}'
        return True
    if key in _ABOUT_ALL or key == "text":
        more.append(("url", link.to))
        return True
    return False
