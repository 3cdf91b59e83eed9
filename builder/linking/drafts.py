"""Content that is not published yet: drafts, and explainers scheduled for a later day.

An explainer is scheduled until the earliest day that its `published` may mean. Days are counted in UTC, so that a site is the same wherever it is built.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping

import msgspec

from builder import dates, urls
from builder.diagnostics import Diagnostic
from builder.model import Document, When


class Scheduled(msgspec.Struct, frozen=True):
    """An explainer scheduled for a later day."""

    path: str
    """Its file."""
    title: str
    published: str
    """Its day, in EDTF as written."""


def waits(published: When, day: int | None) -> bool:
    """Return whether a date lies after `day`, counted as `dates.first_day` does. If `day` is None, nothing is scheduled."""
    first = dates.first_day(published.date) if published.date is not None else None
    return day is not None and first is not None and first > day


def day_of(document: Document) -> int | None:
    """Return the first day on which a file may be published; None if it has none."""
    published = document.explainer.published.date if document.explainer is not None else None
    return dates.first_day(published) if published is not None else None


def is_draft(document: Document) -> bool:
    """Return whether a file is a draft."""
    return bool((document.explainer is not None and document.explainer.draft) or (document.page is not None and document.page.draft))


def is_early(document: Document, day: int | None) -> bool:
    """Return whether a file is scheduled for after `day`."""
    return document.explainer is not None and waits(document.explainer.published, day)


def named(documents: Iterable[Document]) -> set[str]:
    """Return the ids of all records that files refer to or define."""
    found: set[str] = set()
    for document in documents:
        found.update(key for key, _, _ in document.value_locations)
        if document.explainer is not None:
            for records in (document.explainer.actors, document.explainer.sources, document.explainer.timeline):
                found.update(record.id for record in records)
    return found


def waiting(documents: Iterable[Document], day: int | None) -> tuple[Scheduled, ...]:
    """Return the scheduled explainers, the next one first."""
    found = []
    for document in documents:
        explainer = document.explainer
        if explainer is not None and explainer.published.date is not None and is_early(document, day):
            scheduled = Scheduled(document.path, explainer.title, explainer.published.date.edtf)
            found.append((dates.sort_key(explainer.published.date), document.path, scheduled))
    return tuple(scheduled for _, _, scheduled in sorted(found, key=lambda entry: entry[:2]))


def explained(problems: Iterable[Diagnostic], left_out: Iterable[Document]) -> tuple[Diagnostic, ...]:
    """Return the problems; where a link, in double brackets or of plain Markdown, leads to nothing because its target is held back, the help says so."""
    why: dict[str, str] = {}
    for document in left_out:
        record = document.explainer or document.page
        if record is None:
            continue
        reason, instead = _reason(document)
        advice = f"It {reason}. {instead}"
        page = urls.explainer_path(record.slug) if document.explainer is not None else urls.page_path(record.slug)
        why |= {record.slug: advice, record.title: advice, f"/{page}": advice, f"/{page.rstrip('/')}": advice, f"/{document.path}": advice}
        if document.path.endswith("/index.md"):
            beside = f"/{posixpath.dirname(document.path)}/"
            why |= {beside: f"It lies beside “{record.title}”, which {reason}. {instead}"}
        if document.explainer is not None:
            for actor in (*document.explainer.actors, *document.explainer.sources, *document.explainer.timeline):
                why.setdefault(actor.id, f"Only “{record.title}” has it, which {reason}. {instead}")
    return tuple(_with_reason(problem, why) for problem in problems)


def _reason(document: Document) -> tuple[str, str]:
    """Return why a file is held back, to follow “it” or “which”, and what to do about a link to it."""
    when = document.explainer.published.date if document.explainer is not None else None
    if is_draft(document) or when is None:
        return "is a draft, which is not published", "Take the link out until it is published, or build with --drafts."
    return f"is scheduled for {when.edtf}", "Take the link out until then, or build with --future."


def _with_reason(problem: Diagnostic, why: Mapping[str, str]) -> Diagnostic:
    found = _named(problem)
    advice = why.get(found, "")
    while not advice and found.count("/") > 1:  # a file that lies in the folder of what is held back
        found = posixpath.dirname(found.rstrip("/")) + "/"
        advice = why.get(found, "") if found.startswith("/content/") else ""
    return msgspec.structs.replace(problem, help=advice) if advice else problem


def _named(problem: Diagnostic) -> str:
    """Return what a problem says that a link leads to: an id or words, or the path of a page or of a content file, from a slash on."""
    if problem.code in {"link-unknown", "reference-unknown"} and problem.kind != "quote":
        return problem.subject
    if problem.code == "link-dead":
        path = re.split(r"[#?]", problem.subject)[0]
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(problem.location.path), path)) + "/" * path.endswith("/")
    return ""
