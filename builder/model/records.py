"""The records of one content file: explainers, actors, quotes, events, sources. Ids are not resolved yet."""

import msgspec

from builder.dates import Date
from builder.diagnostics import Diagnostic, Location
from builder.model.bodies import Body
from builder.model.pictures import Image

NOWHERE = Location("")

# --- the closed lists of the format ------------------------------------------------

PERSON, ORGANIZATION, PUBLIC_BODY, COUNTRY, GROUP, UNNAMED = "Person", "Organization", "PublicBody", "Country", "Group", "UnnamedSource"
ACTOR_TYPES = (PERSON, ORGANIZATION, PUBLIC_BODY, COUNTRY, GROUP, UNNAMED)
"""FollowTheMoney's words for the subject of a story, and our own for a source that is not named."""

INDIRECT = "indirect"
MODES = ("direct", "partial", INDIRECT)
"""Whole sentences in quotation marks; less than a sentence; the sense without the words."""

RULES = ("on-record", "background", "deep-background", "off-record")
"""The ground rules of a statement, in the words of AP and Reuters."""

MEDIUMS = ("interview", "statement", "briefing", "press-conference", "document", "letter", "post", "readout", "testimony", "recording")
STATUSES = ("occurred", "ongoing", "planned", "expected", "conditional", "alleged", "denied", "disputed", "cancelled", "postponed")
FACTS = frozenset({"occurred", "ongoing"})
"""Statuses of events that have happened or are happening; no others are worded as facts."""

CLAIMED = frozenset({"alleged", "denied", "disputed"})
"""Statuses of events that are asserted and not established."""

PLANNED = frozenset({"planned", "expected", "conditional"})
"""Statuses of events that are still to come. The date of such an event may pass without a report of its outcome."""

FORESEEN = frozenset({"planned", "expected"})
"""Statuses of events that are to come whatever else happens: `PLANNED` without the conditional ones."""

OUTSTANDING = PLANNED | {"postponed"}
"""Statuses of events that may still come."""

NOT_HAPPENED = OUTSTANDING | {"cancelled"}
"""Statuses of events that have not happened, whether they may still come or not."""

ATTRIBUTED = frozenset({"alleged", "denied", "expected"})
"""Statuses that the words before the names of `by` repeat: “denied by”."""

CERTAINTIES = ("high", "medium", "low")
METHODS = ("human", "machine", "unknown")
RELATIONS = ("denies", "confirms", "answers", "repeats")
TO_EARLIER = frozenset({"answers", "repeats"})
"""Relations of a quote to an earlier one only. A denial may precede a repetition of what it denies."""

OURS = frozenset({"answers", "repeats"})
"""Relations that an author sees between quotes, unless the quote says that they are `stated`. Who denies or confirms does so in their words."""

QuoteKey = tuple[str, str]
"""A quote of the whole site: the explainer's slug and the quote's id."""


def quote_key(reference: str, slug: str = "") -> QuoteKey:
    """Return the key of a quote that an author names as `id` or `slug#id`; `slug` is the explainer that an id alone belongs to."""
    before, _, key = reference.partition("#")
    return (before, key) if before and key else (slug, reference)


def quote_reference(key: QuoteKey, slug: str = "") -> str:
    """Return a quote as authors name it in the explainer `slug`: by its id alone if it belongs there, else as `slug#id`."""
    return key[1] if key[0] in {"", slug} else f"{key[0]}#{key[1]}"


class Record(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The base of every record."""

    location: Location = NOWHERE


class RelativeDate(msgspec.Struct, frozen=True, gc=False):
    """The story's own word for a date: `{says: Friday, as_of: cnn-0119, is: 2022-01-21}`."""

    says: str
    as_of: str = ""
    """The date or the id of the source that the word counts from; "" for the explainer's own."""
    location: Location = NOWHERE


class When(msgspec.Struct, frozen=True, gc=False):
    """When something was or will be."""

    date: Date | None = None
    """None if unknown."""
    relative: RelativeDate | None = None
    location: Location = NOWHERE


class Position(Record, frozen=True, gc=False, tag_field="record", tag="position"):
    """An office and its organisation."""

    role: str
    of: str = ""
    """Id of an actor, or plain words."""
    since: When = When()
    until: When = When()

    @property
    def until_unknown(self) -> bool:
        """Whether the author wrote `to: unknown`: then it is not known to be held still, as it is if the key is left out."""
        return self.until.date is None and self.until.relative is None and self.until != When()


class Actor(Record, frozen=True, gc=False, tag_field="record", tag="actor"):
    """A person, body, state or unnamed source that acts or speaks in a story."""

    id: str
    type: str = PERSON
    name: str = ""
    alias: tuple[str, ...] = ()
    """Other names that become links by themselves."""
    weak_alias: tuple[str, ...] = ()
    """Other names that never do, since they also mean something else."""
    positions: tuple[Position, ...] = ()
    of: str = ""
    """The body or state that the actor belongs to: an id, or plain words."""
    same_as: tuple[str, ...] = ()
    here: str = ""
    """The role in this one story."""
    described_as: str = ""
    knows_because: str = ""
    anonymity_reason: str = ""
    count: str = ""
    image: Image | None = None
    """The portrait."""
    former_ids: tuple[str, ...] = ()
    text: Body | None = None
    """The biography, from a shared file."""
    extra: tuple[tuple[str, str], ...] = ()
    given: tuple[str, ...] = ()
    """Which fields the author wrote in this place; the others are defaults and cannot contradict."""
    as_words: tuple[str, ...] = ()
    """What the author put in quotation marks where an id may stand: it is words, even if it looks like an id."""
    derived: tuple[str, ...] = ()
    """`type`, if the author wrote none and it follows from the name."""
    shared: bool = False
    """True for the record of a file in `actors/`."""

    @property
    def title(self) -> str:
        """The name of the actor in lists and messages."""
        return self.name or self.described_as or self.id


class Source(Record, frozen=True, gc=False, tag_field="record", tag="source"):
    """A report, a document, a recording: where something stands."""

    id: str
    title: str = ""
    publisher: str = ""
    """Words, or the id of an actor."""
    authors: tuple[str, ...] = ()
    url: str = ""
    archived: str = ""
    published: When = When()
    accessed: When = When()
    lang: str = ""
    cites: tuple[str, ...] = ()
    """Ids of the sources that this one rests on."""
    note: str = ""
    former_ids: tuple[str, ...] = ()
    text: Body | None = None
    extra: tuple[tuple[str, str], ...] = ()
    given: tuple[str, ...] = ()
    as_words: tuple[str, ...] = ()
    shared: bool = False

    @property
    def label(self) -> str:
        """The name of the source in lists and messages."""
        return self.title or self.publisher or self.url or self.id


class Translation(msgspec.Struct, frozen=True, gc=False):
    """A quote's words in the site's language."""

    text: str
    by: str = ""
    method: str = "unknown"


class Quote(Record, frozen=True, gc=False, tag_field="record", tag="quote"):
    """The words of a speaker, with their attribution."""

    id: str
    segments: tuple[str, ...]
    """The words; more than one where the attribution splits them."""
    speakers: tuple[str, ...] = ()
    """Ids of actors; empty where unknown."""
    speaker_unknown: bool = False
    """True where the author wrote `unknown`."""
    to: tuple[str, ...] = ()
    said: When = When()
    mode: str = ""
    rules: str = ""
    """"" if left out: only the speaker and the listener know on which terms they spoke."""
    medium: str = ""
    via: tuple[str, ...] = ()
    """Sources, the first to publish first."""
    about: tuple[str, ...] = ()
    relations: tuple[tuple[str, QuoteKey], ...] = ()
    """`("denies", ("talks", "q7"))`; the slug is "" until linking where the author names a quote of the same explainer."""
    stated: bool = False
    """Whether a source says itself that this answers or repeats the others."""
    lang: str = ""
    translation: Translation | None = None
    as_published: str = ""
    corrected: str = ""
    cert: str = ""
    resp: str = ""
    in_body: bool = True
    prefix: str = ""
    """Words that stand just before the quote in the body, where the quoted words occur more than once."""
    note: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    as_words: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    """Which fields the author left out and the tool filled in: `via`, `to`, `mode`."""
    unresolved: tuple[str, ...] = ()
    """Fields whose references lead nowhere. They are reported once, when they are read."""
    unfound: tuple[str, ...] = ()
    """Ids of speakers that lead nowhere: what is published has none, the preview shows them as they are written."""

    @property
    def is_paraphrase(self) -> bool:
        """Whether these are an author's words for what was said, and not quoted."""
        return self.mode == INDIRECT

    @property
    def doubt(self) -> str:
        """How far from certain it is whose words these are: `medium`, `low` or "". Beside a reading of garbled words, `cert` says how certain that reading is."""
        return self.cert if self.cert in {"medium", "low"} and not self.corrected else ""


class Status(msgspec.Struct, frozen=True, gc=False):
    """How sure an event was, at one moment of its history."""

    status: str
    on: When = When()
    source: str = ""
    by: tuple[str, ...] = ()
    """Who said so then."""
    location: Location = NOWHERE
    when: When = When()
    """The date that it had then, where the author gives it."""


class Event(Record, frozen=True, gc=False, tag_field="record", tag="event"):
    """Something that happened, or is said to have, or may."""

    id: str
    title: str = ""
    when: When = When()
    undated: bool = False
    """True where the author left `when` out: `unknown` is an answer, and what cannot be read is reported."""
    status: str = ""
    by: tuple[str, ...] = ()
    """Who says so: ids of actors, or of sources."""
    actors: tuple[str, ...] = ()
    where: str = ""
    coordinates: tuple[float, float] | None = None
    """Latitude and longitude of the place, in degrees."""
    sources: tuple[str, ...] = ()
    summary: Body | None = None
    """The entry's one line of Markdown."""
    key: bool = False
    """Whether it is a key event, for the story in short."""
    short: str = ""
    """Two to four words for it, where its title is too long."""
    summary_in: str = ""
    """The file that it stands in, once records are joined: an explainer may give it to an event that has a file of its own."""
    history: tuple[Status, ...] = ()
    same_as: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    text: Body | None = None
    """A longer account, from a shared file."""
    extra: tuple[tuple[str, str], ...] = ()
    given: tuple[str, ...] = ()
    as_words: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    """`sources` if none of them is found, which is reported where they are named."""
    shared: bool = False


class Correction(msgspec.Struct, frozen=True, gc=False):
    """A correction: what was wrong, and the day from which on it is right."""

    on: When
    text: Body


class Update(msgspec.Struct, frozen=True, gc=False):
    """An entry of the log: what was new on a day."""

    on: When
    text: Body


class Reference(msgspec.Struct, frozen=True, gc=False, tag_field="record", tag="reference"):
    """A bare id: the record itself stands in a file of its own."""

    id: str
    location: Location = NOWHERE


class InShort(msgspec.Struct, frozen=True, gc=False):
    """The author's own lines at the top of an explainer; a line that is left out is derived from the records."""

    happened: Body | None = None
    says: Body | None = None
    disputed: Body | None = None
    not_known: Body | None = None
    next: Body | None = None

    @property
    def lines(self) -> tuple[Body, ...]:
        """The lines that the author wrote."""
        return tuple(line for line in (self.happened, self.says, self.disputed, self.not_known, self.next) if line is not None)


class Explainer(Record, frozen=True, gc=False, tag_field="record", tag="explainer"):
    """One explainer."""

    slug: str
    title: str
    summary: str = ""
    published: When = When()
    updated: When = When()
    """Where it has a log of updates, the day of the last one."""
    as_of: When = When()
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    draft: bool = False
    lang: str = ""
    in_short: InShort = InShort()
    image: Image | None = None
    """The picture that it leads with."""
    lead: bool = False
    """Whether it leads the front page."""
    autolink: str = "first"
    format: int = 1
    """The version of the format that the file is written in."""
    sources: tuple[Source | Reference, ...] = ()
    only_source: str = ""
    """The id of its one source, on which rests what names none; "" if it has none or several, and before it is joined."""
    actors: tuple[Actor | Reference, ...] = ()
    quotes: tuple[Quote, ...] = ()
    timeline: tuple[Event | Reference, ...] = ()
    updates: tuple[Update, ...] = ()
    """In the order of their days, those of one day in the order in which they were made."""
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[str, ...] = ()
    as_words: tuple[str, ...] = ()
    body: Body = Body()
    """In a Site it stands in `Site.bodies`, and here is none."""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def lines(self) -> tuple[Body, ...]:
        """The lines above and below the text: in short, updates, corrections."""
        return (*self.in_short.lines, *(update.text for update in self.updates), *(correction.text for correction in self.corrections))


class PlainPage(Record, frozen=True, gc=False, tag_field="record", tag="page"):
    """About, method, glossary, a chapter of a guide."""

    slug: str
    """Path below the site, without slashes at its ends: `guide/dates`."""
    title: str
    summary: str = ""
    order: int = 0
    body: Body = Body()
    aliases: tuple[str, ...] = ()
    draft: bool = False
    extra: tuple[tuple[str, str], ...] = ()


class Document(msgspec.Struct, frozen=True, gc=False):
    """The content of one file: at most one of the records, and all problems found in it."""

    path: str
    explainer: Explainer | None = None
    actor: Actor | None = None
    event: Event | None = None
    source: Source | None = None
    page: PlainPage | None = None
    archive: str | None = None
    """The words of the source that the file is called after, as they were read: never published, only compared with quotes."""
    value_locations: tuple[tuple[str, int, int], ...] = ()
    """Where the front matter refers to an id: (id, line, column), in the file's order."""
    diagnostics: tuple[Diagnostic, ...] = ()
