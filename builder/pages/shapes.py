"""The shapes of templates: a link to an actor, a date, a quote with its sources.

A path is that of a page below the site; a template puts `page.root` before it. Words are in the site's language and ready to print.
"""

import msgspec

from builder.model import Trusted

SOLID, DASHED, DOTTED = "", "dashed", "dotted"
"""Solid is how a line is where nothing says otherwise."""

NAMED, INSTITUTION, NOT_NAMED, UNKNOWN = "named", "institution", "unnamed", "unknown"
SPEAKER_KINDS = (NAMED, INSTITUTION, NOT_NAMED, UNKNOWN)
"""How far a speaker is named, in the order in which pages show them."""


class Ref(msgspec.Struct, frozen=True, gc=False):
    """Words that lead to a page."""

    name: str
    path: str
    """From the site's root; "" if there is no page and the name is plain words."""
    kind: str = ""
    """`actor`, `event`, `source`, `quote`, `explainer`, `topic`, `page`; "" for plain words."""
    line: str = ""
    """Of an actor: `dashed` for an unnamed source."""
    doubt: str = ""
    """Of an event that has not happened for certain: how sure it is, to stand before its title: `planned`."""
    derived: bool = False
    """Whether it was inferred, and is shown with “(inferred)”."""


class DateView(msgspec.Struct, frozen=True, gc=False):
    """A date, ready to print."""

    words: str
    """`around 18 January 2022`"""
    short: str
    """`c. 18 Jan 2022`"""
    machine: str
    """For `<time datetime>`; "" if HTML has no form for it."""
    shape: str
    """One of `dates.DATE_SHAPES`: the sign that a timeline draws."""
    edtf: str
    says: str = ""
    """The story's own word for it: `Friday`."""
    ends: str = ""
    """Of the shape `open`, which sides are: `from-nowhere`, `to-nowhere`, or both words."""

    @property
    def own_words(self) -> str:
        """The story's own word, where it is another than ours; "" if not."""
        return self.says if self.says != self.words else ""


class Basis(msgspec.Struct, frozen=True, gc=False):
    """How far the speaker of a quote is named, and on which terms they spoke."""

    line: str
    """`dashed`: not named; `dotted`: speaker unknown, or attribution doubtful; "": named."""
    speaks: str
    """One of `SPEAKER_KINDS`: `named` (a person), `institution` (also a state or a group), `unnamed`, `unknown`."""
    words: str
    """`named person`, `institution`, `not named`, `speaker unknown`."""
    terms: str
    """`on the record`, `on background`, `on deep background`; "" if not given."""
    doubt: str
    """`attribution doubtful`; "" without doubt."""
    sentence: str
    """`An unnamed senior US official to CNN, on background`: all of these, and whether the words are a paraphrase."""


class Chain(msgspec.Struct, frozen=True, gc=False):
    """One link of the chain from the speaker to the reader."""

    role: str
    """`said by`, `published by`, `republished by`"""
    refs: tuple[Ref, ...]


class Relation(msgspec.Struct, frozen=True, gc=False):
    """The relation of a quote to another."""

    relation: str
    """`denies`, `confirms`, `answers`, `repeats`"""
    words: str
    """`denies`, `is denied by`, …; with whose reading it is, where no source says so."""
    told: str
    """The relation with the speakers of the other quote: `is denied by the Council`."""
    quote: Ref
    mode: str
    """Of the other quote: `indirect` where it is a paraphrase, else ""."""
    by: tuple[Ref, ...]
    """Speakers of the other quote."""
    doubt: str
    """Doubt about the speaker of the other quote: `attribution doubtful`; "" without doubt."""
    passive: bool
    """Whether the other is the one that denies, confirms, answers or repeats."""


class TranslationView(msgspec.Struct, frozen=True, gc=False):
    """The words in the site's language."""

    text: str
    by: str
    words: str
    """`translated by a machine`"""


class Frame(msgspec.Struct, frozen=True, gc=False):
    """How another site shows one thing of this one."""

    path: str
    """Of the page to show in a frame."""
    address: str
    """The whole address of that page."""
    title: str
    height: int
    """In pixels."""


class QuoteCard(msgspec.Struct, frozen=True, gc=False):
    """A quote with its sources."""

    id: str
    path: str
    """Of its entry among the statements: `explainers/talks/statements/#quote--q1`."""
    in_text: str
    """Of the words in the text: `explainers/talks/#quote--q1`; "" if they do not stand there."""
    segments: tuple[str, ...]
    speakers: tuple[Ref, ...]
    to: tuple[Ref, ...]
    said: DateView | None
    reported: DateView | None
    """The date of the first source, if the date of speaking is unknown."""
    reported_words: str
    """What stands before that date: `reported on`, `reported at`, `reported`; "" without it."""
    mode: str
    """`direct`, `partial`, `indirect`; "" if the author does not say, and the words are quoted."""
    mode_words: str
    """`quote`, `direct quote`, `partial quote`, `paraphrase`"""
    medium: str
    basis: Basis
    via: tuple[Ref, ...]
    chain: tuple[Chain, ...]
    about: tuple[Ref, ...]
    relations: tuple[Relation, ...]
    lang: str
    """Of the words; "" if it is that of the site."""
    direction: str
    """`rtl` or `ltr`, where the words are read another way than those of the site or of their explainer; else ""."""
    translation: TranslationView | None
    as_published: str
    corrected: str
    certainty: str
    """`The attribution is likely, says …`; "" if the author says nothing."""
    note: str
    explainer: Ref
    extra: tuple[tuple[str, str], ...]
    frame: Frame | None
    """Nothing where the site has no `embeds`, and in a draft."""

    @property
    def sort_date(self) -> str:
        """The date by which a list of quotes is sorted, as EDTF; "" if none is known."""
        when = self.said or self.reported
        return when.edtf if when is not None else ""

    @property
    def way(self) -> tuple[Chain, ...]:
        """The links of `chain` behind the speakers: how the words reached the reader."""
        return self.chain[1:] if self.speakers else self.chain

    @property
    def replies(self) -> tuple[Relation, ...]:
        """The relations of quotes that deny, confirm or answer this one: it is never shown without them."""
        return tuple(relation for relation in self.relations if relation.passive and relation.relation != "repeats")


class DataFile(msgspec.Struct, frozen=True, gc=False):
    """A file for machines."""

    name: str
    path: str
    type: str
    """Its media type: `text/csv`."""


class PastStatus(msgspec.Struct, frozen=True, gc=False):
    """How sure an event was, from a day on."""

    status: str
    words: str
    on: DateView | None
    by: tuple[Ref, ...]
    by_words: str
    """What stands before their names: `denied by`."""
    source: Ref | None
    own: bool
    """Whether the source belongs to the speakers: then only the source is named."""
    at: str = ""
    """The date that it had then, as it follows the words: `for April 2019`; "" if none is given."""

    @property
    def voices(self) -> tuple[Ref, ...]:
        """The speakers, with the source if it is their own."""
        return (*self.by, self.source) if self.own and self.source is not None else self.by

    @property
    def reporter(self) -> Ref | None:
        """The source, if it reports the words of others."""
        return None if self.own else self.source


class EventCard(msgspec.Struct, frozen=True, gc=False):
    """An event, with how firm it is."""

    id: str
    title: str
    path: str
    when: DateView | None
    status: str
    status_words: str
    by: tuple[Ref, ...]
    by_words: str
    """What stands before their names, by the status: `said by`, `denied by`, `alleged by`, `expected by`."""
    standing: str
    """How sure it is, with all of that, in words: `denied by the Council`, `planned (inferred)`."""
    actors: tuple[Ref, ...]
    place: str
    sources: tuple[Ref, ...]
    text: Trusted
    history: tuple[PastStatus, ...]
    moved: tuple[PastStatus, ...]
    """The entries of the history that give another date than it has."""
    status_derived: bool
    """Whether the status was inferred from the date."""
    now: str
    """The present status in words, if it differs from that on the day of the explainer; else ""."""
    signs: str
    """CSS classes of a sign or an entry: the status, and `inferred` if it is."""
    doubt: str
    """What stands before its title: `planned`, `alleged`; "" of what has happened."""
    short: str
    """A few words for it, of the author; "" if they gave none."""

    @property
    def is_guess(self) -> bool:
        """Whether it counts as having happened only because its day is past."""
        return self.status_derived and self.status == "occurred" and not self.now

    @property
    def has_open_status(self) -> bool:
        """Whether its status is still going on, or was another on the day of the explainer."""
        return bool(self.now) or self.status == "ongoing"

    @property
    def needs_standing(self) -> bool:
        """Whether nothing before its title says how sure it is, and something has to."""
        return not self.doubt and (bool(self.by) or self.status != "occurred")

    @property
    def own_place(self) -> str:
        """Its place, unless that has the name of who took part; then ""."""
        return self.place if all(actor.name != self.place for actor in self.actors) else ""

    @property
    def has_surroundings(self) -> bool:
        """Whether it is known who took part, where, or which reports tell of it."""
        return bool(self.actors or self.own_place or self.sources)


class SourceCard(msgspec.Struct, frozen=True, gc=False):
    """A report or document."""

    id: str
    title: str
    path: str
    publisher: Ref | None
    authors: tuple[str, ...]
    published: DateView | None
    accessed: DateView | None
    url: str
    archived: str
    lang: str
    """Of its title; "" if it is that of the site."""
    note: str
    cites: tuple[Ref, ...]
    quotes: int
    """How many quotes of the site it published."""
    paraphrases: int
    """Number of its paraphrases."""
    events: int

    @property
    def has_links(self) -> bool:
        """Whether it, or a copy, can be read on the web."""
        return bool(self.url or self.archived)


class ExplainerCard(msgspec.Struct, frozen=True, gc=False):
    """An explainer in a list."""

    title: str
    path: str
    summary: str
    published: DateView | None
    updated: DateView | None
    as_of: DateView | None
    topics: tuple[Ref, ...]
    authors: tuple[str, ...]
    draft: bool
    waits: bool
    """Whether its day has not come."""


class MentionView(msgspec.Struct, frozen=True, gc=False):
    """An explainer that names a record, with the sentence of the mention."""

    explainer: Ref
    as_of: DateView | None
    before: str
    name: str
    after: str


class Office(msgspec.Struct, frozen=True, gc=False):
    """A position held."""

    role: str
    of: Ref | None
    since: DateView | None
    until: DateView | None
    until_unknown: bool
    """Whether the end is unknown, or the office is still held."""


class ShareImage(msgspec.Struct, frozen=True, gc=False):
    """The image of a page for shared links."""

    path: str
    """Address from the site's root."""
    size: tuple[str, str]
    """Width and height, in digits: for programs."""
    alt: str


class PictureSource(msgspec.Struct, frozen=True, gc=False):
    """The sizes of a picture in one format."""

    type: str
    files: tuple[tuple[str, int], ...]
    """Address from the site's root, and width."""


class PictureView(msgspec.Struct, frozen=True, gc=False):
    """A picture on a page."""

    src: str
    """Address from the site's root, of the file that every browser shows."""
    width: int
    """0 where it is not known."""
    height: int
    sources: tuple[PictureSource, ...]
    """The newer formats, the best first; empty where no sizes are made."""
    alt: str
    credit: str
    licence: str
    caption: str


class ActorCard(msgspec.Struct, frozen=True, gc=False):
    """An actor in a list or in a cast."""

    id: str
    name: str
    path: str
    type: str
    kind_words: str
    line: str
    offices: tuple[Office, ...]
    of: Ref | None
    here: str
    described_as: str
    on: DateView | None
    """The day of the story, where the offices are only those held on it; None if they are all that are known."""
    portrait: PictureView | None
    initials: str
    """What stands in the place of a portrait: two letters of the name; "" of a source that is not named."""

    @property
    def has_line(self) -> bool:
        """Whether a cast says in a line what they are: their offices, or their kind where the story gives them no role."""
        return bool(self.offices) or not self.here
