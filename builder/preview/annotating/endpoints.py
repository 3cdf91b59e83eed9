"""What the page asks for and sends while it is annotated: the state of an explainer, an answer, a step back and a step forward.

This is the only way by which the preview writes. Whom it listens to is for `preview.guard` to say.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import msgspec

from builder.content.editing import FileEdit, Refused, Source, digest, refused
from builder.model import ACTOR_TYPES, MEDIUMS, RULES, Site
from builder.output import edits
from builder.preview import paths
from builder.preview.annotating import records
from builder.preview.annotating.answer import Answer
from builder.preview.annotating.names import Name, names
from builder.preview.annotating.passages import (
    Day,
    Elsewhere,
    Happened,
    Recorded,
    Report,
    Speaker,
    ToAnnotate,
    days_of_text,
    elsewhere,
    happened,
    recorded,
    reports,
    source_used_last,
    speakers,
    to_annotate,
)

READ_ONLY = "This preview was begun with --read-only: nothing is written."


class Subject(msgspec.Struct, frozen=True):
    """An explainer that a page shows, and the file that it was made from."""

    site: Site
    slug: str
    path: str
    """From the site's root."""
    data: bytes
    root: Path


class Snapshot(Protocol):
    """A state of the site that tells what a page is made from."""

    def subject(self, output: str) -> Subject | None:
        """Return the explainer that the page at an output path shows; None where it shows none."""


class Workshop(Protocol):
    """What keeps the site up to date."""

    def current(self) -> Snapshot:
        """Return the newest state."""

    def look(self, touched: Iterable[str]) -> object:
        """Look at files that may have changed."""


class Told(msgspec.Struct, frozen=True):
    """What the page is told: the explainer as it stands now, and what became of what was asked."""

    path: str
    digest: str
    blocked: str
    """Why nothing can be written here; "" where it can."""
    passages: tuple[ToAnnotate, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    records: tuple[Recorded, ...] = ()
    names: tuple[Name, ...] = ()
    events: tuple[Happened, ...] = ()
    days: tuple[Day, ...] = ()
    kinds: tuple[str, ...] = ACTOR_TYPES
    format: int = 1
    speakers: tuple[Speaker, ...] = ()
    sources: tuple[Report, ...] = ()
    source: str = ""
    """The one that is proposed: the last used."""
    mediums: tuple[str, ...] = MEDIUMS
    rules: tuple[str, ...] = RULES
    undo: str = ""
    """What a step back takes back, "" where there is none."""
    redo: str = ""
    done: str = ""
    """What was written."""
    refused: str = ""
    """Why nothing was written."""


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step back or forward is asked for by a page."""

    page: str


def state(workshop: Workshop, page: str, *, read_only: bool = False, done: str = "", why: str = "") -> bytes | None:
    """Return what there is to annotate in the page at an address, in JSON; None where it shows no explainer."""
    output = paths.name(paths.split(page.encode())[0])
    subject = workshop.current().subject(paths.file_of(output)) if output is not None else None
    if subject is None:
        return None
    site, slug = subject.site, subject.slug
    back, forward = edits.steps(subject.root)
    return msgspec.json.encode(
        Told(
            path=subject.path,
            digest=digest(subject.data),
            blocked=READ_ONLY if read_only else _blocked(subject),
            passages=to_annotate(site, slug),
            elsewhere=elsewhere(site, slug),
            records=recorded(site, slug),
            names=names(site, slug),
            events=happened(site, slug),
            days=days_of_text(site, slug),
            format=site.explainers[slug].format,
            speakers=speakers(site, slug),
            sources=reports(site, slug),
            source=source_used_last(site, slug),
            undo=back.what if back is not None and not back.makes else "",
            redo=forward.what if forward is not None else "",
            done=done,
            refused=why,
        )
    )


def _blocked(subject: Subject) -> str:
    """Return why the file of an explainer cannot be changed as it is now."""
    source = Source.of(subject.path, subject.data)
    fields = source if isinstance(source, Refused) else source.fields
    if isinstance(fields, Refused):
        return reason(fields)
    if not os.access(subject.root / subject.path, os.W_OK) or not (subject.root / subject.path).stat().st_mode & 0o222:
        return reason(refused("read-only", subject.path))
    return ""


def reason(why: Refused) -> str:
    """Return why nothing was written, with the place where there is one."""
    place = f"{why.path}:{why.line}" if why.line else why.path
    return f"{place}: {why.message}" if place else why.message


def write(workshop: Workshop, body: bytes) -> bytes | None:
    """Write what an answer makes, and return the new state, or the old one with what stands in the way; None where the page shows no explainer."""
    try:
        answer = msgspec.json.decode(body, type=Answer)
    except msgspec.MsgspecError as error:
        raise ValueError(f"This is no answer that can be read: {error}") from error
    return _done(workshop, answer.page, "Written", lambda subject: _written(subject, answer))


def _written(subject: Subject, answer: Answer) -> edits.Entry | Refused:
    if answer.digest != digest(subject.data):
        return refused("changed", subject.path, message="The file has changed since this page was made: look again, and send it once more.")
    change = records.change(subject.site, subject.slug, subject.data, answer)
    if not isinstance(change, FileEdit):
        return change
    return edits.write(subject.root, [change], _told(answer))


def _told(answer: Answer) -> str:
    """Return what an answer does, for the list of changes."""
    if answer.quote:
        return f"{'delete' if answer.deletes else 'change'} quote “{_brief(answer.words) or answer.quote}”"
    if answer.event and answer.selected is None:
        return f"{'delete' if answer.deletes else 'change'} event “{answer.event}”"
    if answer.selected is not None:
        what = "other name" if answer.other_name else {"date": "event of"}.get(answer.makes, answer.makes)
        return f"{what} “{_brief((answer.named or answer.selected.words,))}”"
    if answer.joins:
        return f"more of a quote “{_brief(answer.words)}”"
    return "not a quotation" if answer.nobody else f"quote “{_brief(answer.words) or answer.quote}”"


def undo(workshop: Workshop, body: bytes) -> bytes | None:
    """Take back the last change of the site that was written."""
    return _done(workshop, _page(body), "Taken back", lambda subject: edits.undo(subject.root, unmade=False))


def redo(workshop: Workshop, body: bytes) -> bytes | None:
    """Make the change again that was taken back last."""
    return _done(workshop, _page(body), "Made again", lambda subject: edits.redo(subject.root))


def _page(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=Asked).page
    except msgspec.MsgspecError as error:
        raise ValueError(f"This cannot be read: {error}") from error


def _done(workshop: Workshop, page: str, word: str, work: Callable[[Subject], edits.Entry | Refused]) -> bytes | None:
    output = paths.name(paths.split(page.encode())[0])
    subject = workshop.current().subject(paths.file_of(output)) if output is not None else None
    if subject is None:
        return None
    made = work(subject)
    # Also where nothing was written: what stands in the way may be a change that was not seen yet.
    files = () if isinstance(made, Refused) else made.files
    workshop.look({subject.path, *(name for one in files for name in (one.change.path, one.change.to) if name)})
    if isinstance(made, Refused):
        return state(workshop, page, why=reason(made))
    return state(workshop, page, done=f"{word}: {made.what}.")


def _brief(words: tuple[str, ...], most: int = 40) -> str:
    whole = " ".join(words)
    return whole if len(whole) <= most else f"{whole[: most - 2].rpartition(' ')[0]} …"
