"""Pages that were published and are no more, whose addresses others may have kept, and the alias by which each would lead on.

    gone(deleted, headings, site, fresh)  →  (Gone("explainers/ferry-cut/", "content/explainers/ferry-is-cut.md", "explainers/ferry-is-cut/"), …)

Told for explainers, plain pages and old addresses; the pages of actors, events and sources have their addresses from ids, and no aliases.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from builder import urls
from builder.model import Document, Site
from builder.pages import Page

LIKELY = 0.6
"""How much of two names must be the same for one page to be taken for what has become of the other, from 0 to 1."""

WITH_ALIASES = ("explainer.html", "page.html", "redirect.html")
"""Templates of pages whose address an alias can keep."""

OF_RECORDS = ("actor.html", "event.html", "source.html")
"""Templates of pages whose address is an id."""

_IDS = {path.partition("/")[0] for path in (urls.actor(""), urls.event(""), urls.source(""))}
_TOPICS = urls.topic("x").partition("/")[0]
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class Gone(msgspec.Struct, frozen=True):
    """An address that led to a page at the last build and leads nowhere now."""

    path: str
    """Below the site: `explainers/ferry-cut/`."""
    file: str = ""
    """The content file that has likely taken its place; "" where none is like it."""
    successor: str = ""
    """The path of its page."""

    @property
    def alias(self) -> str:
        """What to write into the file, so that the address leads on."""
        return f"aliases: [/{self.path}]"


def gone(deleted: Iterable[str], headings: Mapping[str, str], site: Site, fresh: Iterable[Page]) -> tuple[Gone, ...]:
    """Return what has become of pages.

    `deleted` are their files in the output, `headings` what those were headed that are known, `fresh` the pages that were not there before.
    """
    ended = tuple(deleted)
    if not ended:
        return ()
    made_by = {path: file for file, path in site.addresses.items()}
    heirs = [page for page in fresh if page.template in WITH_ALIASES and page.path in made_by]
    found = []
    for output in ended:
        path = _address(output)
        likely = [(_alike(path, headings.get(output, ""), heir), heir.path) for heir in heirs]
        score, heir = max(likely, default=(0.0, ""))
        found.append(Gone(path, made_by[heir], heir) if score >= LIKELY else Gone(path))
    return tuple(found)


def is_told(output: str) -> bool:
    """Say, of a file of which nothing but its path is known, whether it was a page whose address an alias can keep."""
    parts = _address(output).strip("/").split("/")
    return output.endswith((".html", ".htm")) and parts[0] not in {*_IDS, _TOPICS} and not parts[-1].isdigit()


def is_of_record(output: str) -> bool:
    """Say the same of the page of an actor, an event or a source, whose address is an id."""
    parts = output.split("/")
    return len(parts) == 3 and parts[0] in _IDS and parts[-1] == "index.html" and not parts[1].isdigit()


def held_back(documents: Iterable[Document]) -> Iterator[str]:
    """Yield the output files that content would make which is held back: they are not gone for good."""
    for document in documents:
        record = document.explainer or document.page
        if record is not None:
            yield urls.output(urls.explainer(record.slug) if document.explainer is not None else urls.page(record.slug))
            yield from (urls.output(urls.alias(alias)) for alias in record.aliases)


def heading(page: bytes) -> str:
    """Return the words of a page's first heading; "" where it has none."""
    found = _HEADING.search(page.decode("utf-8", "replace"))
    return html.unescape(_TAG.sub("", found[1])).strip() if found else ""


def _address(output: str) -> str:
    return output.removesuffix("index.html")


def _alike(path: str, title: str, heir: Page) -> float:
    """Return how like two pages are, by the last part of their addresses and by what they are headed."""
    names = _ratio(_name(path), _name(heir.path))
    return max(names, _ratio(title.casefold(), str(getattr(heir.view, "title", "")).casefold()) if title else 0.0)


def _name(path: str) -> str:
    return path.strip("/").rpartition("/")[2]


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher  # late: most builds take no page away

    # The longest that anybody writes as a title; longer ones would only cost time.
    return SequenceMatcher(None, one[:300], other[:300], autojunk=False).ratio()
