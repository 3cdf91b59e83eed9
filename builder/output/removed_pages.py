"""Pages that were published and are no longer made, and the alias that would redirect each old address.

    find_removed(deleted, titles, site, fresh)  →  (RemovedPage("explainers/ferry-cut/", "content/explainers/ferry-is-cut.md", "explainers/ferry-is-cut/"), …)

Only explainers, plain pages and aliases count: the addresses of actors, events and sources come from their ids, and these have no aliases.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from builder import urls
from builder.model import Document, Site
from builder.pages import Page
from builder.pages.kinds import PAGE_KINDS

LIKELY = 0.6
"""The least similarity of two names, from 0 to 1, at which one page is taken as the successor of the other."""

_IDS = {path.partition("/")[0] for path in (urls.actor_path(""), urls.event_path(""), urls.source_path(""))}
_TOPICS = urls.topic_path("x").partition("/")[0]


class RemovedPage(msgspec.Struct, frozen=True):
    """An address that had a page after the last build, and has none now."""

    path: str
    """Relative to the site's root: `explainers/ferry-cut/`."""
    file: str = ""
    """The content file of its likely successor, or ""."""
    successor: str = ""
    """The path of the successor's page, or ""."""

    @property
    def alias(self) -> str:
        """The line to add to `file`, so that the old address redirects."""
        return f"aliases: [/{self.path}]"


def find_removed(deleted: Iterable[str], titles: Mapping[str, str], site: Site, fresh: Iterable[Page]) -> tuple[RemovedPage, ...]:
    """Return the removed pages, each with its likely successor.

    `deleted` are output files of removed pages, `titles` maps some of them to their titles, `fresh` are the pages that are new in this build.
    """
    ended = tuple(deleted)
    if not ended:
        return ()
    made_by = {path: file for file, path in site.addresses.items()}
    heirs = [page for page in fresh if PAGE_KINDS[page.kind].address_from == "title" and page.path in made_by]
    found = []
    for output in ended:
        path = _address(output)
        likely = [(_similarity(path, titles.get(output, ""), heir), heir.path) for heir in heirs]
        score, heir = max(likely, default=(0.0, ""))
        found.append(RemovedPage(path, made_by[heir], heir) if score >= LIKELY else RemovedPage(path))
    return tuple(found)


def may_have_alias(output: str) -> bool:
    """Return whether an output file, by its path alone, was a page that can have an alias."""
    address = _address(output)
    parts = address.strip("/").split("/")
    # The aliases of an explainer lead to the page of its statements too.
    is_statements = len(parts) == 3 and address.strip("/") == urls.statements_path(parts[1]).strip("/")
    return output.endswith((".html", ".htm")) and parts[0] not in {*_IDS, _TOPICS} and not parts[-1].isdigit() and not is_statements


def is_record_page(output: str) -> bool:
    """Return whether an output file, by its path alone, was the page of an actor, an event or a source."""
    parts = output.split("/")
    return len(parts) == 3 and parts[0] in _IDS and parts[-1] == "index.html" and not parts[1].isdigit()


def held_back_files(documents: Iterable[Document]) -> Iterator[str]:
    """Yield the output files of content that is held back (drafts, scheduled explainers): they are not removed for good."""
    for document in documents:
        record = document.explainer or document.page
        if record is not None:
            yield urls.output_file(urls.explainer_path(record.slug) if document.explainer is not None else urls.page_path(record.slug))
            yield from (urls.output_file(urls.alias_path(alias)) for alias in record.aliases)


def _address(output: str) -> str:
    return urls.path_of(output)


def _similarity(path: str, title: str, heir: Page) -> float:
    """Return the similarity of two pages, from 0 to 1, by the last part of their addresses and by their titles."""
    names = _ratio(_name(path), _name(heir.path))
    return max(names, _ratio(title.casefold(), str(getattr(heir.view, "title", "")).casefold()) if title else 0.0)


def _name(path: str) -> str:
    return path.strip("/").rpartition("/")[2]


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher  # late: most builds take no page away

    # No title is longer; comparing more would only cost time.
    return SequenceMatcher(None, one[:300], other[:300], autojunk=False).ratio()
