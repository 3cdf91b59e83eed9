"""The form of a page, as it is submitted."""

import msgspec

from builder.content.editing.selected_words import Selected


class AnnotationForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A submitted form: only values from the text or chosen by the author; "" means no choice."""

    page: str
    """The address of the page that was annotated."""
    digest: str
    """Of the file that the page was made from."""
    passage: int = -1
    """Which quotation of the text is meant, from 0."""
    words: tuple[str, ...] = ()
    """Its words, as the page has them."""
    nobody: bool = False
    """Whether the passage is not a quotation."""
    speaker: str = ""
    """The id of the speaker, or `unknown`."""
    named: str = ""
    """The name of a speaker without a record, with the office after a comma."""
    described: str = ""
    """The description of an unnamed speaker without a record."""
    via: str = ""
    said: str = ""
    """A date in EDTF."""
    says: str = ""
    """The words of the text that mean it."""
    medium: str = ""
    rules: str = ""
    to: str = ""
    selected: Selected | None = None
    """Words that are meant in the place of a quotation."""
    makes: str = "quote"
    """The kind of record to make of these words: a key of `mark_selection.RECORD_MAKERS`."""
    kind: str = ""
    """The type of a new actor, as the format calls it."""
    other_name: str = ""
    """The id of the actor that the words are another name of."""
    event: str = ""
    """The id of an event that they mean; without words, of one that is to be changed."""
    joins: str = ""
    """The id of a quote that a quotation goes on with."""
    quote: str = ""
    """The id of a record that is to be changed; "" if a new one is made."""
    keys: dict[str, str] = {}
    """Keys of that record with other values, "" for those that go."""
    deletes: bool = False
    """Whether that record goes."""
    record: str = ""
    """The id of an actor or a source that is to be changed; `section` is where it is listed."""
    section: str = ""
    denies: str = ""
    """`no` if the quote that a proposal says is denied is not; "" as it is proposed."""
    proposal: str = ""
    """The id of a proposal that is answered."""
    rejects: bool = False
    """Whether that proposal is not wanted."""
    line: str = ""
    """What that record is to say, in one line; "" as it is proposed."""
