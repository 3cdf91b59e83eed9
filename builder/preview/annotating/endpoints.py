"""What the page asks for and sends while it is annotated: the state of an explainer, and an answer that is to be written.

With `stepping` this is the only way by which the preview writes. Whom it listens to is for `preview.guard` to say.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import msgspec

from builder.content.editing import FileEdit, Refused, Source, digest, refused
from builder.diagnostics import Diagnostic
from builder.model import ACTOR_TYPES, MEDIUMS, RULES, Site
from builder.output import edits
from builder.preview import paths
from builder.preview.annotating import records
from builder.preview.annotating.answer import Answer
from builder.preview.annotating.listed import Listed, listed
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
    found_in,
    happened,
    recorded,
    reports,
    source_used_last,
    speakers,
    to_annotate,
)
from builder.preview.annotating.proposed import Proposed, proposed


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

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Give all problems of the site."""

    def source(self, path: str) -> bytes | None:
        """Return the bytes of a content file as it was read; None where there is none."""

    def locate(self, path: str) -> Path | None:
        """Return where a file of the site lies on this machine."""

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
    listed: tuple[Listed, ...] = ()
    """Actors and sources of the front matter."""
    proposals: tuple[Proposed, ...] = ()
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


def state(workshop: Workshop, page: str, *, why_not: str = "", done: str = "", why: str = "") -> bytes | None:
    """Return what there is to annotate in the page at an address, in JSON; None where it shows no explainer.

    `why_not` is why this preview writes nothing, `done` what was written, and `why` why nothing was.
    """
    subject = subject_of(workshop, page)
    if subject is None:
        return None
    site, slug = subject.site, subject.slug
    back, forward = names_of_steps(subject.root)
    return msgspec.json.encode(
        Told(
            path=subject.path,
            digest=digest(subject.data),
            blocked=why_not or _blocked(subject),
            passages=to_annotate(site, slug),
            elsewhere=elsewhere(site, slug),
            records=recorded(site, slug),
            listed=listed(site, subject.data, subject.path),
            proposals=proposed(subject.data, found_in(site, slug)),
            names=names(site, slug),
            events=happened(site, slug),
            days=days_of_text(site, slug),
            format=site.explainers[slug].format,
            speakers=speakers(site, slug),
            sources=reports(site, slug),
            source=source_used_last(site, slug),
            undo=back,
            redo=forward,
            done=done,
            refused=why,
        )
    )


def subject_of(workshop: Workshop, page: str) -> Subject | None:
    """Return the explainer that the page at an address shows; None where it shows none."""
    output = paths.name(paths.split(page.encode())[0])
    return workshop.current().subject(paths.file_of(output)) if output is not None else None


def names_of_steps(root: Path) -> tuple[str, str]:
    """Return what a step back takes back and what a step forward makes again, in a few words; "" for nothing that the preview does."""
    back, forward = edits.steps(root)
    return back.what if back is not None and not back.makes else "", forward.what if forward is not None else ""


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
    subject = subject_of(workshop, answer.page)
    return told_after(workshop, answer.page, "Written", subject.path, _written(subject, answer)) if subject is not None else None


def _written(subject: Subject, answer: Answer) -> edits.Entry | Refused:
    if answer.digest != digest(subject.data):
        return refused("changed", subject.path, message="The file has changed since this page was made: look again, and send it once more.")
    change = records.change(subject.site, subject.slug, subject.data, answer)
    if not isinstance(change, FileEdit):
        return change
    return edits.write(subject.root, [change], _told(answer))


def _told(answer: Answer) -> str:
    """Return what an answer does, for the list of changes."""
    if answer.record:
        return f"{'delete' if answer.deletes else 'change'} {'source' if answer.section == 'sources' else 'actor'} “{answer.record}”"
    if answer.proposal and answer.passage < 0:
        return f"{'reject' if answer.rejects else 'accept'} “{_brief((answer.line or answer.proposal,))}”"
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


def told_after(workshop: Workshop, page: str, word: str, path: str, made: edits.Entry | Refused) -> bytes:
    """Take in what was written, and return the state of a page after it: of a page that shows no explainer only what was done. `path` is the file that was to change."""
    # Also where nothing was written: what stands in the way may be a change that was not seen yet.
    files = () if isinstance(made, Refused) else made.files
    touched = {path, *(name for one in files for name in (one.change.path, one.change.to))}
    workshop.look(touched - {""})
    done = "" if isinstance(made, Refused) else f"{word}: {made.what}."
    why = reason(made) if isinstance(made, Refused) else ""
    told = state(workshop, page, done=done, why=why)
    if told is not None:
        return told
    root = workshop.current().locate("")
    back, forward = names_of_steps(root) if root is not None else ("", "")
    return msgspec.json.encode(Told(path="", digest="", blocked="", undo=back, redo=forward, done=done, refused=why))


def _brief(words: tuple[str, ...], most: int = 40) -> str:
    whole = " ".join(words)
    return whole if len(whole) <= most else f"{whole[: most - 2].rpartition(' ')[0]} …"
