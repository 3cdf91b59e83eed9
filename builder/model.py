"""The things that are published: explainers, actors, quotes, events and sources.

Two kinds of records stand here. A `Document` is what one content file says, exactly as far as that file goes: ids are not resolved yet.
A `Site` is what all files say together: records of the same id are joined, every reference leads somewhere, and what refers to what is known from both ends.
All records are frozen; lists are tuples. A record that came from a file knows its `place`.
"""

from collections.abc import Mapping

import msgspec

from builder.dates import Date
from builder.diagnostics import Diagnostic, Place
from builder.language import Language

NOWHERE = Place("")

# --- the closed lists of the format ------------------------------------------------

PERSON, ORGANIZATION, PUBLIC_BODY, COUNTRY, GROUP, UNNAMED = "Person", "Organization", "PublicBody", "Country", "Group", "UnnamedSource"
ACTOR_TYPES = (PERSON, ORGANIZATION, PUBLIC_BODY, COUNTRY, GROUP, UNNAMED)
"""FollowTheMoney's words for whom a story is about, and our own for a source that is not named."""

MODES = ("direct", "partial", "indirect")
"""Whole sentences in quotation marks; less than a sentence; the sense without the words."""

RULES = ("on-record", "background", "deep-background", "off-record")
"""The ground rules under which somebody spoke (AP, Reuters)."""

MEDIUMS = ("interview", "statement", "briefing", "press-conference", "document", "post", "readout", "testimony", "recording")
STATUSES = ("occurred", "ongoing", "planned", "expected", "conditional", "alleged", "denied", "disputed", "cancelled", "postponed")
CERTAINTIES = ("high", "medium", "low")
METHODS = ("human", "machine", "unknown")
RELATIONS = ("denies", "confirms", "answers", "repeats")


class Record(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What every record has."""

    place: Place = NOWHERE


class Trusted(msgspec.Struct, frozen=True, gc=False):
    """Markup made by our renderer: the only kind of value that a template prints unescaped."""

    html: str

    def __html__(self) -> str:
        """Tell Jinja that this is markup."""
        return self.html

    def __bool__(self) -> bool:
        """Nothing to show is false, so that a template can leave out an empty part."""
        return bool(self.html)


# --- the body of a page, as flat segments ------------------------------------------------


class Html(msgspec.Struct, frozen=True, gc=False, tag="h"):
    """Markup made by our renderer: the only HTML that reaches a page unescaped."""

    html: str


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


class Embed(msgspec.Struct, frozen=True, gc=False, tag="e"):
    """`![[id]]` on a line of its own: a card, a timeline or a cast list, placed here."""

    target: str
    kind: str
    filters: tuple[tuple[str, str], ...]
    line: int


class MarkOpen(msgspec.Struct, frozen=True, gc=False, tag="o"):
    """From here on the words are those of a quote, or tell of an event."""

    kind: str
    """`quote` or `event`."""
    id: str
    part: int
    """0 for the first stretch of marked words of this record in the body, then 1, 2 …: quotes are split by their attribution."""
    line: int = 0


class MarkClose(msgspec.Struct, frozen=True, gc=False, tag="c"):
    """The end of what `MarkOpen` began. Marks never overlap and never cross an HTML element."""

    kind: str
    id: str
    last: bool
    """True at the end of the record's last stretch: where its note stands."""


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


Segment = Html | Text | Link | Embed | MarkOpen | MarkClose | Section | Href


class Body(msgspec.Struct, frozen=True, gc=False):
    """The Markdown of a file, rendered as far as one file goes."""

    segments: tuple[Segment, ...] = ()
    text: str = ""
    """The rendered words alone, blocks apart by a blank line: for sentences, search and word counts."""
    sections: tuple[Section, ...] = ()
    words: int = 0
    """How many words a reader reads, for the reading time."""


# --- what one file says ------------------------------------------------


class RelativeDate(msgspec.Struct, frozen=True, gc=False):
    """The story's own word for a date: `{says: Friday, as_of: cnn-0119, is: 2022-01-21}`."""

    says: str
    as_of: str = ""
    """The date or the id of the source that the word counts from; "" for the explainer's own."""
    place: Place = NOWHERE


class When(msgspec.Struct, frozen=True, gc=False):
    """When something was or will be."""

    date: Date | None = None
    """None where nobody says."""
    relative: RelativeDate | None = None
    place: Place = NOWHERE


class Position(Record, frozen=True, gc=False, tag="position"):
    """An office and who it belongs to."""

    role: str
    of: str = ""
    """Id of an actor, or plain words."""
    since: When = When()
    until: When = When()


class Actor(Record, frozen=True, gc=False, tag="actor"):
    """Somebody who acts or speaks in a story."""

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
    text: Body | None = None
    """The biography, from a shared file."""
    extra: tuple[tuple[str, str], ...] = ()
    given: tuple[str, ...] = ()
    """Which fields the author wrote in this place; the others are defaults and cannot contradict."""
    shared: bool = False
    """True for the record of a file in `actors/`."""

    @property
    def title(self) -> str:
        """What to call the actor."""
        return self.name or self.described_as or self.id


class Source(Record, frozen=True, gc=False, tag="source"):
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
    text: Body | None = None
    extra: tuple[tuple[str, str], ...] = ()
    given: tuple[str, ...] = ()
    shared: bool = False

    @property
    def label(self) -> str:
        """What to call the source."""
        return self.title or self.publisher or self.url or self.id


class Translation(msgspec.Struct, frozen=True, gc=False):
    """The same words in the site's language."""

    text: str
    by: str = ""
    method: str = "unknown"


class Quote(Record, frozen=True, gc=False, tag="quote"):
    """Somebody's words, and how anybody knows."""

    id: str
    segments: tuple[str, ...]
    """The words; more than one where the attribution splits them."""
    speakers: tuple[str, ...] = ()
    """Ids of actors; empty where nobody knows."""
    speaker_unknown: bool = False
    """True where the author wrote `unknown`."""
    to: tuple[str, ...] = ()
    said: When = When()
    mode: str = ""
    rules: str = ""
    medium: str = ""
    via: tuple[str, ...] = ()
    """Sources, the first to publish first."""
    about: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    """`("denies", "q7")`."""
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
    derived: tuple[str, ...] = ()
    """Which fields the author left out and the tool filled in."""


class Status(msgspec.Struct, frozen=True, gc=False):
    """How sure an event was, at one moment of its history."""

    status: str
    on: When = When()
    source: str = ""
    place: Place = NOWHERE


class Event(Record, frozen=True, gc=False, tag="event"):
    """Something that happened, or is said to have, or may."""

    id: str
    title: str = ""
    when: When = When()
    status: str = ""
    by: tuple[str, ...] = ()
    """Who says so: ids of actors, or of sources."""
    actors: tuple[str, ...] = ()
    where: str = ""
    sources: tuple[str, ...] = ()
    summary: Body | None = None
    """The entry's one line of Markdown."""
    history: tuple[Status, ...] = ()
    same_as: tuple[str, ...] = ()
    text: Body | None = None
    """A longer account, from a shared file."""
    extra: tuple[tuple[str, str], ...] = ()
    given: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    shared: bool = False


class Correction(msgspec.Struct, frozen=True, gc=False):
    """What was wrong, and since when it is right."""

    on: When
    text: Body


class Reference(msgspec.Struct, frozen=True, gc=False, tag="reference"):
    """A bare id: the record itself stands in a file of its own."""

    id: str
    place: Place = NOWHERE


class Explainer(Record, frozen=True, gc=False, tag="explainer"):
    """One explainer, as its file tells it."""

    slug: str
    title: str
    summary: str = ""
    published: When = When()
    updated: When = When()
    as_of: When = When()
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    draft: bool = False
    lang: str = ""
    autolink: str = "first"
    sources: tuple[Source | Reference, ...] = ()
    actors: tuple[Actor | Reference, ...] = ()
    quotes: tuple[Quote, ...] = ()
    timeline: tuple[Event | Reference, ...] = ()
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[str, ...] = ()
    body: Body = Body()
    extra: tuple[tuple[str, str], ...] = ()


class PlainPage(Record, frozen=True, gc=False, tag="page"):
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
    """What one content file says: at most one of the records, and all problems found in it."""

    path: str
    explainer: Explainer | None = None
    actor: Actor | None = None
    event: Event | None = None
    source: Source | None = None
    page: PlainPage | None = None
    spots: tuple[tuple[str, int, int], ...] = ()
    """Where the front matter refers to an id: (id, line, column), in the file's order."""
    diagnostics: tuple[Diagnostic, ...] = ()


# --- what all files say together ------------------------------------------------


class Mention(msgspec.Struct, frozen=True, gc=False):
    """An explainer names an actor or tells of an event: with the sentence that does."""

    slug: str
    sentence: str
    start: int
    """Where in the sentence the name stands; both 0 where there is no sentence."""
    end: int


class Occurrence(msgspec.Struct, frozen=True, gc=False):
    """A name in a body."""

    id: str
    start: int
    """In `Body.text`."""
    end: int
    linked: bool
    """True where it becomes a link by itself."""


class Part(msgspec.Struct, frozen=True, gc=False):
    """An actor's part in one explainer."""

    id: str
    here: str = ""
    listed: bool = True
    """False where the front matter only refers to them, as the speaker of a quote."""


QuoteKey = tuple[str, str]
"""A quote of the whole site: the explainer's slug and the quote's id."""

Target = tuple[str, str]
"""What a reference leads to: `("actor", "nato")`, `("quote", "talks#q1")`."""


class NavLink(msgspec.Struct, frozen=True, gc=False):
    """An entry of the site's navigation."""

    title: str
    path: str
    """Path below the site, or an address outside."""


class Settings(msgspec.Struct, frozen=True, gc=False):
    """What `content/site.yaml` says."""

    title: str = "Untitled"
    tagline: str = ""
    description: str = ""
    base_url: str = ""
    """Address of the published site with a slash at its end; "" where it is not known yet."""
    language: str = "en"
    nav: tuple[NavLink, ...] = ()
    footer: Body | None = None
    authors: tuple[str, ...] = ()
    licence: str = ""
    extra: tuple[tuple[str, str], ...] = ()


class Site(msgspec.Struct, frozen=True, gc=False):
    """Everything that is published, joined.

    The mappings are read-only by agreement: nothing changes after `crossref` has made the Site.
    Every id in a record of a Site leads to a record of that Site, or is plain words where the format allows words.
    """

    settings: Settings
    language: Language
    """How dates and the interface are worded."""
    explainers: tuple[Explainer, ...]
    """Newest first; what the author left out of their quotes is filled in and named in `derived`."""
    by_slug: Mapping[str, Explainer]
    actors: Mapping[str, Actor]
    """In alphabetical order of what they are called."""
    events: Mapping[str, Event]
    """In the order of the timeline."""
    sources: Mapping[str, Source]
    pages: tuple[PlainPage, ...]
    quotes: Mapping[QuoteKey, Quote]
    """In the order of explainers, and within them as the author listed."""
    cast: Mapping[str, tuple[Part, ...]]
    """Slug → who acts or speaks, as listed; then those whom only a quote or an event names."""
    timelines: Mapping[str, tuple[str, ...]]
    """Slug → ids of its events, in time order."""
    reports: Mapping[str, tuple[str, ...]]
    """Slug → ids of its sources."""
    occurrences: Mapping[str, tuple[Occurrence, ...]]
    """Slug → where actors are named in its body."""
    targets: Mapping[tuple[str, str], Mapping[tuple[str, str], Target]]
    """(kind, key) of a record with a body → (kind, words) of each `[[link]]` in it → what it leads to."""
    said_by: Mapping[str, tuple[QuoteKey, ...]]
    """Actor → the quotes they speak, by date."""
    said_to: Mapping[str, tuple[QuoteKey, ...]]
    said_about: Mapping[str, tuple[QuoteKey, ...]]
    """Event → the quotes about it, by date."""
    replies: Mapping[QuoteKey, tuple[tuple[str, QuoteKey], ...]]
    """Quote → (relation, quote) of those that deny, confirm, answer or repeat it."""
    events_of: Mapping[str, tuple[str, ...]]
    """Actor → the events they took part in, in time order."""
    told_by: Mapping[str, tuple[str, ...]]
    """Actor or source → the events that they alone vouch for (`by`)."""
    mentions: Mapping[str, tuple[Mention, ...]]
    """Actor → each explainer that names them, newest first."""
    tellings: Mapping[str, tuple[Mention, ...]]
    """Event → each explainer that tells of it, newest first."""
    rests_on: Mapping[str, tuple[QuoteKey, ...]]
    """Source → the quotes that it published."""
    events_from: Mapping[str, tuple[str, ...]]
    """Source → the events that it reports."""
    used_in: Mapping[str, tuple[str, ...]]
    """Source → slugs of the explainers that use it, newest first."""
    cited_by: Mapping[str, tuple[str, ...]]
    """Source → the sources that rest on it."""
    publishes: Mapping[str, tuple[str, ...]]
    """Actor → the sources that they publish."""
    members: Mapping[str, tuple[str, ...]]
    """Actor → the actors that belong to them, or hold an office of theirs."""
    topics: Mapping[str, tuple[str, ...]]
    """Topic → slugs of its explainers, newest first."""
    addresses: Mapping[str, str]
    """Content file → path of the page that it makes, for links from file to file."""
    linked_from: Mapping[Target, tuple[str, ...]]
    """Record → slugs of the explainers whose text links to it."""
