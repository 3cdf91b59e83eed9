"""The state of an explainer as JSON, and the request that writes a form to its file.

Only this module and `fix_and_undo` write files. `preview.guard` decides which requests may.
"""

import os
from pathlib import Path

import msgspec

from builder.content.editing import FileEdit, Refused, SourceFile, digest, refused
from builder.diagnostics.shortening import shorten_at_word
from builder.model import ACTOR_TYPES, MEDIUMS, RULES
from builder.output import edits
from builder.preview import request_paths
from builder.preview.annotating import apply_form
from builder.preview.annotating.annotation_form import (
    AcceptProposal,
    ActorSelection,
    AliasSelection,
    AnnotationForm,
    ChangeEvent,
    ChangeQuote,
    ChangeRecord,
    ContinueQuote,
    DateSelection,
    DeleteEvent,
    DeleteQuote,
    DeleteRecord,
    EventForm,
    EventSelection,
    ParaphraseSelection,
    QuoteNobody,
    QuoteQuotation,
    QuoteSelection,
    RecordForm,
    RejectProposal,
    SelectionForm,
    SourceSelection,
)
from builder.preview.annotating.edit_record import ListedRecord, listed_records
from builder.preview.annotating.event_choices import EventChoice, EventLabels, StatusChoice, event_choices, event_labels, status_choices
from builder.preview.annotating.proposals import ProposalState, label, open_proposals
from builder.preview.annotating.quotation_status import (
    QuotationStatus,
    QuoteFields,
    ReckonedDay,
    RecordedWords,
    SourceChoice,
    SpeakerChoice,
    days_in_text,
    quotation_statuses,
    quotations_in,
    quote_records,
    recorded_words,
    source_choices,
    source_used_last,
    speaker_choices,
)
from builder.preview.annotating.unlinked_names import UnlinkedName, unlinked_names
from builder.preview.snapshot import Engine, Subject


class FormState(msgspec.Struct, frozen=True):
    """The state of an explainer for the form, with the result of the last request."""

    path: str
    digest: str
    blocked: str
    """Why the file cannot be edited; "" if it can."""
    passages: tuple[QuotationStatus, ...] = ()
    elsewhere: tuple[RecordedWords, ...] = ()
    records: tuple[QuoteFields, ...] = ()
    listed: tuple[ListedRecord, ...] = ()
    """Actors and sources of the front matter."""
    proposals: tuple[ProposalState, ...] = ()
    names: tuple[UnlinkedName, ...] = ()
    events: tuple[EventChoice, ...] = ()
    statuses: tuple[StatusChoice, ...] = ()
    event_labels: EventLabels = EventLabels()
    days: tuple[ReckonedDay, ...] = ()
    kinds: tuple[str, ...] = ACTOR_TYPES
    format: int = 1
    speakers: tuple[SpeakerChoice, ...] = ()
    sources: tuple[SourceChoice, ...] = ()
    source: str = ""
    """The one that is proposed: the last used."""
    mediums: tuple[str, ...] = MEDIUMS
    rules: tuple[str, ...] = RULES
    undo: str = ""
    """What the next undo takes back, "" if there is none."""
    redo: str = ""
    done: str = ""
    """What was written."""
    refused: str = ""
    """Why nothing was written."""


def state(engine: Engine, page: str, *, why_not: str = "", done: str = "", why: str = "") -> bytes | None:
    """Return the annotation state of the page at an address, as JSON; None if it shows no explainer.

    `why_not` is the reason if this preview is read-only, `done` the last edit, and `why` the reason if it was refused.
    """
    subject = subject_of(engine, page)
    if subject is None:
        return None
    site, slug = subject.site, subject.slug
    back, forward = undo_labels(subject.root)
    speakers, sources = speaker_choices(site, slug), source_choices(site, slug)
    names = {speaker.id: speaker.name for speaker in speakers} | {source.id: source.label for source in sources}
    return msgspec.json.encode(
        FormState(
            path=subject.path,
            digest=digest(subject.data),
            blocked=why_not or _blocked(subject),
            passages=quotation_statuses(site, slug),
            elsewhere=recorded_words(site, slug),
            records=quote_records(site, slug),
            listed=listed_records(site, subject.data, subject.path),
            proposals=open_proposals(subject.data, quotations_in(site, slug), names),
            names=unlinked_names(site, slug),
            events=event_choices(site, slug, subject.data),
            statuses=status_choices(site),
            event_labels=event_labels(site),
            days=days_in_text(site, slug),
            format=site.explainers[slug].format,
            speakers=speakers,
            sources=sources,
            source=source_used_last(site, slug),
            undo=back,
            redo=forward,
            done=done,
            refused=why,
        )
    )


def subject_of(engine: Engine, page: str) -> Subject | None:
    """Return the explainer that the page at an address shows; None if it shows none."""
    output = request_paths.name(request_paths.split(page.encode())[0])
    return engine.current().subject(request_paths.file_of(output)) if output is not None else None


def undo_labels(root: Path) -> tuple[str, str]:
    """Return the labels of the next undo and the next redo; "" if there is none in the preview."""
    back, forward = edits.undo_and_redo(root)
    return back.what if back is not None and not back.makes else "", forward.what if forward is not None else ""


def _blocked(subject: Subject) -> str:
    """Return why the file of an explainer cannot be changed as it is now."""
    source = SourceFile.of(subject.path, subject.data)
    fields = source if isinstance(source, Refused) else source.fields
    if isinstance(fields, Refused):
        return reason(fields)
    if not os.access(subject.root / subject.path, os.W_OK) or not (subject.root / subject.path).stat().st_mode & 0o222:
        return reason(refused("read-only", subject.path))
    return ""


def reason(why: Refused) -> str:
    """Return why nothing was written, with the file and line if it has one."""
    # The form shows what a field lacks beside it, which needs no path.
    where = f"{why.path}:{why.line}" if why.line else "" if why.reason == "value" else why.path
    return f"{where}: {why.message}" if where else why.message


def write(engine: Engine, body: bytes) -> bytes | None:
    """Write a submitted form and return the new state, or the old one with the reason for refusing; None if the page shows no explainer."""
    try:
        answer: AnnotationForm = msgspec.json.decode(body, type=AnnotationForm)
    except msgspec.MsgspecError as error:
        raise ValueError(f"This form cannot be read: {error}") from error
    subject = subject_of(engine, answer.page)
    return state_after(engine, answer.page, "Written", subject.path, _written(subject, answer)) if subject is not None else None


def _written(subject: Subject, answer: AnnotationForm) -> edits.JournalEntry | Refused:
    if answer.digest != digest(subject.data):
        return refused("changed", subject.path, message="The file has changed since this page was made: look again, and send it once more.")
    change = apply_form.apply(subject.site, subject.slug, subject.data, answer)
    if not isinstance(change, FileEdit):
        return change
    return edits.write(subject.root, [change], _label(subject, answer))


def _label(subject: Subject, answer: AnnotationForm) -> str:
    """Return the label of a form's edit in the list of changes."""
    match answer:
        case RejectProposal(nobody=True) | QuoteNobody():
            return "not a quotation"
        case RejectProposal():
            return f"reject “{_brief((label(subject.data, answer),))}”"
        case AcceptProposal(passage=None):
            return f"accept “{_brief((label(subject.data, answer),))}”"
        case AcceptProposal() | QuoteQuotation():
            return f"quote “{_brief(answer.words)}”"
        case ContinueQuote():
            return f"more of a quote “{_brief(answer.words)}”"
        case ChangeRecord() | DeleteRecord() | ChangeQuote() | DeleteQuote() | ChangeEvent() | DeleteEvent():
            return _label_of_record(answer)
        case _:
            return _label_of_selection(answer)


def _label_of_record(answer: RecordForm | ChangeQuote | DeleteQuote | EventForm) -> str:
    match answer:
        case ChangeRecord():
            return f"change {_kind(answer)} “{answer.record}”"
        case DeleteRecord():
            return f"delete {_kind(answer)} “{answer.record}”"
        case ChangeQuote():
            return f"change quote “{_brief(answer.words) or answer.quote}”"
        case DeleteQuote():
            return f"delete quote “{_brief(answer.words) or answer.quote}”"
        case ChangeEvent():
            return f"change event “{answer.event}”"
        case DeleteEvent():
            return f"delete event “{answer.event}”"


def _label_of_selection(answer: SelectionForm) -> str:
    words = _brief((answer.selected.words,))
    match answer:
        case ActorSelection():
            return f"actor “{_brief((answer.named,)) or words}”"
        case EventSelection():
            return f"event “{_brief((answer.named,)) or words}”"
        case SourceSelection():
            return f"source “{_brief((answer.named,)) or words}”"
        case QuoteSelection():
            return f"quote “{words}”"
        case ParaphraseSelection():
            return f"paraphrase “{words}”"
        case AliasSelection():
            return f"other name “{words}”"
        case DateSelection():
            return f"event of “{words}”"


def _kind(answer: RecordForm) -> str:
    return "source" if answer.section == "sources" else "actor"


def state_after(engine: Engine, page: str, word: str, path: str, made: edits.JournalEntry | Refused) -> bytes:
    """Rebuild the site and return the state of a page after a write; without an explainer, only the result. `path` is the file to be changed."""
    # Rebuilt after a refusal too: its cause may be a change that no event has reported yet.
    files = () if isinstance(made, Refused) else made.files
    touched = {path, *(name for file in files for name in (file.change.path, file.change.to))}
    engine.rebuild(touched - {""})
    done = "" if isinstance(made, Refused) else f"{word}: {made.what}."
    why = reason(made) if isinstance(made, Refused) else ""
    after = state(engine, page, done=done, why=why)
    if after is not None:
        return after
    root = engine.current().locate("")
    back, forward = undo_labels(root) if root is not None else ("", "")
    return msgspec.json.encode(FormState(path="", digest="", blocked="", undo=back, redo=forward, done=done, refused=why))


def _brief(words: tuple[str, ...], most: int = 40) -> str:
    return shorten_at_word(" ".join(words), most)
