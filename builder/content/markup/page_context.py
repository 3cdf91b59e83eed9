"""Input and output of `page_html`: what it needs of the page, and the marks, notes and links that it returns besides HTML."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from builder.model import Embed, Occurrence, SpanStyle, Trusted


class LinkTarget(msgspec.Struct, frozen=True, gc=False):
    """Where a link of the body leads."""

    path: str
    """From the site's root; with `./` before it, from the page."""
    name: str
    """The words to show where the author gave none."""
    kind: str
    """`actor`, `event`, `source`, `quote`, `explainer`: the colour of the link."""
    line: str = ""
    """How firm it is, as a line: `dashed`, `dotted`; "" is solid."""


NoteLine = tuple[str | LinkTarget, ...]
"""Words and links of one line of a note."""


class Note(msgspec.Struct, frozen=True, gc=False):
    """A margin note: a speaker with the number of statements, or an event with its date."""

    kind: str
    """`actor` (speakers too) or `event`."""
    subject: str
    """Path of the record that it is about; several, joined, where several speak."""
    name: NoteLine
    about: tuple[NoteLine, ...] = ()
    """What is reported of the subject once on a page."""
    here: tuple[NoteLine, ...] = ()
    """What is reported of it in each section: how many statements it has there."""


class MarkStyle(msgspec.Struct, frozen=True, gc=False):
    """The style of marked words, and their note."""

    path: str
    """From the site's root: where the mark leads if there is no note."""
    label: str
    """What a reader hears of the mark: `Jen Psaki, on the record`."""
    line: str
    """`dashed`, `dotted`; "" is solid."""
    note: str = ""
    """Key of its note among `PageContext.notes`."""
    paraphrase: bool = False
    """Whether no quotation marks stand around the words."""


class OpeningEnd(msgspec.Struct, frozen=True, gc=False, tag="opening-end"):
    """The end of the paragraph that the text begins with."""


class MarkedWords(msgspec.Struct, frozen=True, gc=False, tag="words"):
    """Words of a quote or about an event."""

    html: Trusted
    mark: str
    """`quote` or `event`."""
    id: str
    anchor: str
    """The element's id; "" behind the first stretch of a quote."""
    line: str
    href: str = ""
    """Of an event: its note, or its page."""
    label: str = ""
    more: bool = False
    """Whether it is shown only with all notes."""
    kind: str = "words"


class NoteLink(msgspec.Struct, frozen=True, gc=False, tag="note-link"):
    """The link from quoted words to their note: the closing quotation mark, or a sign."""

    words: str
    """The quotation mark; "" for a sign of our own."""
    href: str
    label: str
    line: str
    note: str
    """The letter of its note on paper, or the number of the author's that it is joined with; "" where it has none."""
    more: bool = False
    kind: str = "note-link"


class FootnoteRef(msgspec.Struct, frozen=True, gc=False, tag="footnote-ref"):
    """The number in the text that leads to a note of the author's own."""

    number: int
    anchor: str
    """The element's id; "" if the note was referred to before."""
    kind: str = "footnote-ref"


class Footnote(msgspec.Struct, frozen=True, gc=False, tag="footnote"):
    """A note of the author's own in a text without margin notes of ours."""

    number: int
    words: tuple["Piece", ...]
    kind: str = "footnote"


class NoteEntry(msgspec.Struct, frozen=True, gc=False):
    """The entry of a note about one subject, or a note of the author's own."""

    name: NoteLine
    lines: tuple[NoteLine, ...]
    own: int = 0
    """The number of an author's note."""
    words: tuple["Piece", ...] = ()
    """What the author's note says."""


class SideNote(msgspec.Struct, frozen=True, gc=False, tag="note"):
    """A note beside the text, about one subject, or about several whose notes would touch."""

    id: str
    label: str
    """What stands for it on paper."""
    entries: tuple[NoteEntry, ...]
    back: str
    """What leads from the note back to the words; "" where it stands at a name."""
    kind: str = "note"


class SizedPicture(msgspec.Struct, frozen=True, gc=False):
    """The files of a picture of the text."""

    src: str
    """Address from the site's root, of the file that every browser shows."""
    width: int
    """In pixels; 0 where it is not known."""
    height: int
    sizes: str = ""
    """How wide it is shown, as `sizes` of HTML: `(min-width: 46rem) 41rem, 100vw`."""
    sources: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    """Media type, and address and width of each file, of the newer formats; the best first."""


class PageContext(msgspec.Struct, frozen=True):
    """All that a body needs to know of the site and of the page that shows it."""

    root: str
    """What leads from the page up to the site's root, such as `../../`."""
    links: Mapping[tuple[str, str], LinkTarget] = {}
    """(kind, words) of each `[[link]]`."""
    names: Mapping[str, LinkTarget] = {}
    """Actor → their page, for the names in `occurrences`."""
    occurrences: Sequence[Occurrence] = ()
    signs: Mapping[tuple[str, str], MarkStyle] = {}
    """(kind, id) of each mark."""
    href: Callable[[str], str] = str
    """From a local address as the author wrote it to a path from the site's root."""
    picture: Callable[[str], SizedPicture | None] = lambda _path: None
    """From the path of a picture from the site's root to its files; nothing where these are not known."""
    notes: Mapping[str, Note] = {}
    """Notes by key: the path of an actor or event, or what `spoken` and `signs` name."""
    spoken: Mapping[tuple[int, str], str] = {}
    """(number of a section, path of an actor) → key of the note of what they say there."""
    every_name: bool = False
    """Whether every name becomes a link, not only the first in a section."""
    spans: Mapping[tuple[str, str], SpanStyle] = {}
    """(name, value) of each mark of a plugin → how its words are shown."""
    separate: bool = False
    """Whether footnotes are returned as pieces, for a template to draw; else they are part of the HTML."""
    opening: bool = False
    """Whether the end of the first paragraph is returned as a piece: the picture stands there that an explainer leads with."""
    back: str = "Back to the text"
    """Label of the link from an author's own note back to the text, in HTML."""


Piece = Trusted | MarkedWords | NoteLink | SideNote | FootnoteRef | Footnote
PagePart = Piece | Embed | OpeningEnd
