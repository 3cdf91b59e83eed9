"""The forms of a page, as they are submitted: a class for each kind, with the values that this kind has. `client/submission.js` is the other half.

A value is from the text or chosen by the author; "" means no choice.
"""

import msgspec

from builder.content.editing.selected_words import Selected


class SubmittedForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="form"):
    """What every form has; `form` is its kind in JSON."""

    page: str
    """The address of the page that was annotated."""
    digest: str
    """Of the file that the page was made from."""


class SpeakerForm(SubmittedForm, frozen=True, kw_only=True):
    """A form that names a speaker in one of three ways."""

    speaker: str = ""
    """The id of the speaker, or `unknown`."""
    named: str = ""
    """The name of a speaker without a record, with the office after a comma."""
    described: str = ""
    """The description of an unnamed speaker without a record."""

    @property
    def is_spoken(self) -> bool:
        """Whether it names a speaker."""
        return bool(self.speaker or self.named.strip() or self.described.strip())


class StatementForm(SpeakerForm, frozen=True, kw_only=True):
    """A form that says who said something, where, when and on what terms."""

    via: str = ""
    said: str = ""
    """A date in EDTF."""
    says: str = ""
    """The words of the text that mean it."""
    medium: str = ""
    rules: str = ""
    to: str = ""


# --- quotations of the text ------------------------------------------------


class QuoteQuotation(StatementForm, frozen=True, kw_only=True, tag="quotation"):
    """Records a quotation as a quote."""

    passage: int
    """Which quotation of the text is meant, from 0."""
    words: tuple[str, ...]
    """Its words, as the page has them."""


class QuoteNobody(SubmittedForm, frozen=True, kw_only=True, tag="no-quotation"):
    """Marks a passage as no quotation."""

    passage: int
    words: tuple[str, ...]


class ContinueQuote(SubmittedForm, frozen=True, kw_only=True, tag="continuation"):
    """Joins a quotation to the quote with the id `joins`."""

    passage: int
    words: tuple[str, ...]
    joins: str


# --- proposals ------------------------------------------------


class AcceptProposal(StatementForm, frozen=True, kw_only=True, tag="accept-proposal"):
    """Accepts a proposal, as it is or with other values."""

    proposal: str
    """Its id."""
    passage: int | None = None
    """The quotation that it is about, if there is one."""
    words: tuple[str, ...] = ()
    denies: str = ""
    """`no` if the quote that a proposal says is denied is not; "" as it is proposed."""
    kind: str = ""
    """The type of a new actor, as the format calls it."""
    line: str = ""
    """What the record is to say, in one line; "" as it is proposed."""


class RejectProposal(SubmittedForm, frozen=True, kw_only=True, tag="reject-proposal"):
    """Rejects a proposal; `nobody` if its passage is no quotation either."""

    proposal: str
    passage: int | None = None
    words: tuple[str, ...] = ()
    nobody: bool = False


# --- selected words ------------------------------------------------


class QuoteSelection(StatementForm, frozen=True, kw_only=True, tag="quote"):
    """Puts words into quotation marks and records them as a quote."""

    selected: Selected


class ParaphraseSelection(StatementForm, frozen=True, kw_only=True, tag="paraphrase"):
    """Records words as a paraphrase."""

    selected: Selected


class ActorSelection(SubmittedForm, frozen=True, kw_only=True, tag="actor"):
    """Adds a record for the actor that words name."""

    selected: Selected
    named: str = ""
    """Its name, if it is not these words; an office stands after a comma."""
    kind: str = ""
    """Its type, as the format calls it."""


class AliasSelection(SubmittedForm, frozen=True, kw_only=True, tag="alias"):
    """Makes words another name of an actor."""

    selected: Selected
    other_name: str
    """The id of the actor."""


class EventSelection(SubmittedForm, frozen=True, kw_only=True, tag="event"):
    """Makes a timeline entry from words."""

    selected: Selected
    named: str = ""
    """Its title, if it is not these words."""
    via: str = ""
    said: str = ""
    """Its date in EDTF."""
    says: str = ""
    """The words of the text that mean this date."""
    status: str = ""
    by: str = ""
    """Who says so: the id of an actor or a source."""


class DateSelection(SubmittedForm, frozen=True, kw_only=True, tag="date"):
    """Marks words as those that mean an event, or its day."""

    selected: Selected
    event: str = ""


class SourceSelection(SubmittedForm, frozen=True, kw_only=True, tag="source"):
    """Leads from words to a source: the one with the id `via`, or a new one."""

    selected: Selected
    via: str = ""
    named: str = ""
    """The record of a new source in one line, or its address."""


# --- existing records ------------------------------------------------


class ChangeQuote(SpeakerForm, frozen=True, kw_only=True, tag="change-quote"):
    """Changes the record of a quote, and its speaker if one is named."""

    quote: str
    words: tuple[str, ...] = ()
    keys: dict[str, str] = {}
    """Keys of the record with other values, "" for those that go."""


class DeleteQuote(SubmittedForm, frozen=True, kw_only=True, tag="delete-quote"):
    """Deletes the record of a quote."""

    quote: str
    words: tuple[str, ...] = ()


class ChangeEvent(SubmittedForm, frozen=True, kw_only=True, tag="change-event"):
    """Changes a timeline entry."""

    event: str
    keys: dict[str, str] = {}


class DeleteEvent(SubmittedForm, frozen=True, kw_only=True, tag="delete-event"):
    """Deletes a timeline entry."""

    event: str


class ChangeRecord(SubmittedForm, frozen=True, kw_only=True, tag="change-record"):
    """Changes an actor or a source that the front matter lists."""

    record: str
    section: str
    """Where it is listed."""
    keys: dict[str, str] = {}


class DeleteRecord(SubmittedForm, frozen=True, kw_only=True, tag="delete-record"):
    """Deletes an actor or a source that the front matter lists."""

    record: str
    section: str


QuotationForm = QuoteQuotation | QuoteNobody | ContinueQuote
ProposalForm = AcceptProposal | RejectProposal
SelectionForm = QuoteSelection | ParaphraseSelection | ActorSelection | AliasSelection | EventSelection | DateSelection | SourceSelection
EventForm = ChangeEvent | DeleteEvent
RecordForm = ChangeRecord | DeleteRecord
AnnotationForm = QuotationForm | ProposalForm | SelectionForm | ChangeQuote | DeleteQuote | EventForm | RecordForm
