"""The body of a page, rendered as far as one file goes: flat segments that a page joins.

Nothing is parsed again for a second page, or for a second build of the same file.
"""

import msgspec

from builder.diagnostics import Location

OBJECT = "\ufffc"
"""Stands in `Body.text` for what has no words of the prose: code. Nothing that is searched for matches it."""


class Trusted(msgspec.Struct, frozen=True, gc=False):
    """Markup made by our renderer: the only kind of value that a template prints unescaped."""

    html: str
    words: str = ""
    """The text of a stretch of a body, as a browser has it; "" for other markup."""

    def __html__(self) -> str:
        """Return the markup, by the protocol of markupsafe: Jinja does not escape it."""
        return self.html

    def __bool__(self) -> bool:
        """Nothing to show is false, so that a template can leave out an empty part."""
        return bool(self.html)


class Html(msgspec.Struct, frozen=True, gc=False, tag="h", omit_defaults=True):
    """Markup made by our renderer: the only HTML that reaches a page unescaped."""

    html: str
    blocks: tuple[str, ...] = ()
    """The block elements that begin or end in it, in order: `p`, `/p`, `h2`, `li`, `table`. Inline elements are left out."""
    words: str = ""
    """The text in it, as a browser has it: that of code, and line breaks between elements."""
    link_ends: tuple[tuple[int, int], ...] = ()
    """Where in `html` and in `words` each Markdown link has ended."""
    opens_link: bool = False
    """Whether a Markdown link begins in it that does not end in it."""
    ends_opening: bool = False
    """Whether the paragraph ends with it that the text begins with."""


class Text(msgspec.Struct, frozen=True, gc=False, tag="t"):
    """Words of the body, not yet escaped, in which names may become links."""

    text: str
    at: int
    """Where the words begin in `Body.text`, in characters."""
    linkable: bool = True
    """False within links, headings and quoted words, where no name becomes a link."""


class Link(msgspec.Struct, frozen=True, gc=False, tag="l"):
    """`[[id]]` or `[[id|words]]`: a link to a record, resolved when the whole site is known."""

    target: str
    kind: str
    """`actor`, `event`, `source`, `explainer` or `quote` where the author wrote `[[kind:id]]`, else ""."""
    words: str
    """The words to show; "" for the record's own name."""
    at: int
    line: int
    column: int = 0
    """Where the target stands in the file, for a problem with it; and so in what follows."""
    width: int = 1
    html: str = ""
    """The words as markup, where there are marks in them; "" if there are none."""


class Embed(msgspec.Struct, frozen=True, gc=False, tag="e"):
    """`![[id]]` on a line of its own: a card, a timeline or a cast list, placed here."""

    target: str
    kind: str
    filters: tuple[tuple[str, str], ...]
    line: int
    column: int = 0
    width: int = 1


class MarkOpen(msgspec.Struct, frozen=True, gc=False, tag="o"):
    """From here on the words are those of a quote, or about an event."""

    kind: str
    """`quote` or `event`."""
    id: str
    part: int
    """0 for the first stretch of marked words of this record in the body, then 1, 2 …: quotes are split by their attribution."""
    line: int = 0
    column: int = 0
    width: int = 1


class MarkClose(msgspec.Struct, frozen=True, gc=False, tag="c"):
    """The end of what `MarkOpen` began. Marks never overlap and never cross an HTML element."""

    kind: str
    id: str
    last: bool
    """True at the end of the record's last stretch: where its note stands."""


class Span(msgspec.Struct, frozen=True, gc=False, tag="p"):
    """Where words begin or end that have a mark of a plugin: `[words]{x-term=quorum}`."""

    name: str
    """`x-term`."""
    value: str
    ends: bool
    line: int
    column: int = 0
    """Where the value stands."""
    width: int = 1


class SpanStyle(msgspec.Struct, frozen=True, gc=False):
    """How words with a mark of a plugin are shown: as plain text, which is escaped."""

    css: str = ""
    """Names of classes, in lower case."""
    title: str = ""
    """Shown while a pointer rests on the words."""
    href: str = ""
    """What a link behind the words leads to: `https://…`, or a path on this site, `/glossary/#quorum`; "" for no link."""
    label: str = ""
    """The words of that link."""


class Section(msgspec.Struct, frozen=True, gc=False, tag="s"):
    """A heading of the second level or below begins a section: first mentions are counted by section."""

    id: str
    title: str
    level: int


class Href(msgspec.Struct, frozen=True, gc=False, tag="a"):
    """A local address of a plain Markdown link or image: stands inside an attribute, and becomes an address that holds from the page it is on."""

    target: str
    """As the author wrote it, percent-decoded: `../method.md`, `/glossary/`, `photo.jpg`, `#a-heading`."""
    line: int
    column: int = 0
    width: int = 1


class Shown(Href, frozen=True, gc=False, tag="i"):
    """A picture of the site that the text shows: its local address, and what is said of it."""

    alt: str = ""
    """What it shows, for readers who cannot see it."""
    title: str = ""
    """Shown while a pointer rests on it; "" in a figure, which has it as its caption."""


def location_of(segment: Link | Embed | MarkOpen | Href, path: str) -> Location:
    """Return where in the file `path` the target of a segment stands."""
    return Location(path, segment.line, segment.column, segment.width)


class NoteRef(msgspec.Struct, frozen=True, gc=False, tag="r"):
    """The number of the author's own note, where the text refers to it."""

    number: int
    first: bool
    """False where the text refers to the same note again."""
    beside: bool
    """True where the note itself is what follows."""


class NoteOpen(msgspec.Struct, frozen=True, gc=False, tag="n"):
    """From here on the words are those of a note, which stands beside the text."""

    number: int


class NoteClose(msgspec.Struct, frozen=True, gc=False, tag="d"):
    """The end of what `NoteOpen` began. No note stands in another."""


Segment = Html | Text | Link | Embed | MarkOpen | MarkClose | Section | Href | Shown | NoteRef | NoteOpen | NoteClose | Span


class QuotationMark(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A character that may be a quotation mark. Apostrophes within words are none."""

    at: int
    """In `Body.text`."""
    line: int
    """Where it stands in the file, with `column`."""
    column: int


class Item(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A key and its value in braces: `by=ann-lee`."""

    key: str
    value: str
    """Without quotation marks."""
    column: int
    """Where the value stands in its line of the file."""
    plain: bool = True
    """False where it stands in quotation marks."""


class Attributes(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The keys in braces behind a quotation, behind words in square brackets or at the end of a block. They are on no page."""

    at: int
    """Where in `Body.text` the words end that it stands behind; those in square brackets begin there."""
    line: int
    column: int
    width: int
    items: tuple[Item, ...] = ()
    """Its keys; none for `{quote=no}`."""
    kind: str = ""
    """`words` for words in square brackets, `block` for a paragraph, `heading` for a heading, else "": a quotation."""
    start: int = 0
    """Where the block begins that it is in."""


class Block(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A block of the text in which signs stand that may be quotation marks, or that is a quotation as a whole: `> words`."""

    kind: str
    """`paragraph`, `heading`, `cell`, `note`, or `quote`: all of a Markdown block quote, whose paragraphs are blocks too."""
    group: int
    """What the block stands in: the text, an item of a list, a note. Paragraphs of one group follow each other if their `number` does."""
    number: int
    start: int
    """In `Body.text`."""
    end: int
    signs: tuple[QuotationMark, ...] = ()
    attributes: tuple[Attributes, ...] = ()
    line: int = 0
    """Where a `quote` begins in the file, with `column`."""
    column: int = 0


class Body(msgspec.Struct, frozen=True, gc=False):
    """The Markdown of a file, rendered as far as one file goes."""

    segments: tuple[Segment, ...] = ()
    text: str = ""
    """The rendered words alone, blocks apart by a blank line: for sentences, search and word counts."""
    sections: tuple[Section, ...] = ()
    words: int = 0
    """How many words a reader reads, for the reading time; characters of scripts without spaces count as the part of a word that takes as long."""
    hrefs: tuple[Href | Shown, ...] = ()
    """The local addresses among the segments, with those of pictures."""
    embeds: tuple[Embed, ...] = ()
    """The cards and timelines among them."""
    outside: tuple[tuple[str, int], ...] = ()
    """Addresses of other sites that it links to, each with its line."""
    blocks: tuple[Block, ...] = ()
    """Where something may be a quotation, in the order of `text`."""
    marks: tuple[Attributes, ...] = ()
    """The marks that make quotes of its words or name the source of a block, in the order of `text`; `blocks` have none of them."""
    values: tuple["Body", ...] = ()
    """Of an explainer: the values of its front matter in which something may be a quotation, each with nothing but its words and its block."""
