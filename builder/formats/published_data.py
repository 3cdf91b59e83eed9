"""The published data, as plain records, from which every format is made.

The names are those of the content format. Unknown values are left out, never empty or guessed. Paths are relative to the site's root;
`site.base_url` before one makes the address. These types are the schema that is published at `/data/schema.json`.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from builder.formats.parts import DateRecord, Day, InShortRecord, Named, Publication
from builder.model import FACTS

VERSION = 2  # raised if a name is removed or changes its meaning; new names may be added at any time


class PositionRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An office and when it was held."""

    role: str
    of: Named | None = None
    since: DateRecord | None = msgspec.field(name="from", default=None)
    until: DateRecord | None = msgspec.field(name="to", default=None)
    until_unknown: bool = msgspec.field(name="to_unknown", default=False)
    """Whether the end is unknown, or the office is still held."""


class ActorRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An actor. An unnamed source has a description, and never a name."""

    id: str
    path: str
    type: str
    derived: tuple[str, ...] = ()
    """`type`, if it was inferred from the name."""
    name: str = ""
    described_as: str = ""
    alias: tuple[str, ...] = ()
    weak_alias: tuple[str, ...] = ()
    """Those of `alias` that never become links, since they also mean something else."""
    positions: tuple[PositionRecord, ...] = ()
    of: Named | None = None
    same_as: tuple[str, ...] = ()
    knows_because: str = ""
    anonymity_reason: str = ""
    count: str = ""
    text: str = ""
    extra: Mapping[str, str] = {}
    """The author's own keys; none for an unnamed source, whom they could identify."""
    here: str = ""
    """The role in the explainer of this record."""

    @property
    def title(self) -> str:
        """Return the name, or the description of an unnamed source."""
        return self.name or self.described_as or self.id


class SourceRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A report or document."""

    id: str
    path: str
    title: str = ""
    publisher: Named | None = None
    authors: tuple[str, ...] = ()
    url: str = ""
    archived: str = ""
    published: DateRecord | None = None
    accessed: DateRecord | None = None
    lang: str = ""
    cites: tuple[Named, ...] = ()
    note: str = ""
    extra: Mapping[str, str] = {}


class Passage(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Words of the published text, with their context."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class TranslationRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The words in the site's language."""

    text: str
    by: str = ""
    method: str = "unknown"


class RelationRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The relation of a quote to another: it `denies`, `confirms`, `answers` or `repeats` it."""

    relation: str
    quote: Named
    speakers: tuple[Named, ...] = ()
    """Speakers of the other quote."""
    ours: bool = False
    """Whether it is the author's reading, not stated by a source."""
    words: str = ""
    """The relation in the site's language: `is denied by: “She is not for sale” (the Council)`."""


class QuoteRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A quote, with its sources."""

    id: str
    """The explainer's slug, `#`, and the quote's own id."""
    path: str
    explainer: Named
    segments: tuple[str, ...]
    """The words; several if the attribution splits them."""
    kind: Literal["quote", "paraphrase"]
    """Whether these are the speaker's own words, or an author's words for them."""
    mode: str
    """`direct`, `partial` or `indirect`; in `derived` if it was inferred from the words."""
    rules: str = ""
    """The ground rules, if given; never guessed."""
    speakers: tuple[Named, ...] = ()
    """Empty if unknown."""
    to: tuple[Named, ...] = ()
    said: DateRecord | None = None
    reported: DateRecord | None = None
    """The date of the first source, if there is no date of speaking."""
    medium: str = ""
    via: tuple[Named, ...] = ()
    """The sources, the first to publish first."""
    about: tuple[Named, ...] = ()
    """Events."""
    relations: tuple[RelationRecord, ...] = ()
    """The quotes that it denies, confirms, answers or repeats."""
    replies: tuple[RelationRecord, ...] = ()
    """The quotes that deny, confirm, answer or repeat it: they are always included."""
    lang: str = ""
    translation: TranslationRecord | None = None
    as_published: str = ""
    corrected: str = ""
    cert: str = ""
    """The certainty of the attribution; beside `corrected`, that of the correction."""
    resp: str = ""
    note: str = ""
    extra: Mapping[str, str] = {}
    derived: tuple[str, ...] = ()
    """Fields that were inferred: `via`, `to`, `mode`."""
    passages: tuple[Passage, ...] = ()
    """The ranges of the words in the text of the explainer; only in the explainer's own file."""

    @property
    def words(self) -> str:
        """Return the words as one line."""
        return " … ".join(self.segments)

    @property
    def doubt(self) -> str:
        """Return the certainty of the attribution if it is `medium` or `low`, else ""."""
        return self.cert if self.cert in {"medium", "low"} and not self.corrected else ""


class StatusRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The status of an event, from a day on."""

    status: str
    on: DateRecord | None = None
    source: Named | None = None
    by: tuple[Named, ...] = ()
    when: DateRecord | None = None
    """The date that was given for it then."""


class EventRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Something that happened, is said to have happened, or may happen."""

    id: str
    path: str
    title: str
    status: str
    when: DateRecord | None = None
    standing: str = ""
    """The status in the site's language, with its source and whether it is inferred: `denied by the Council`."""
    label: str = ""
    """The title, with the status if it has not happened: for formats without a status."""
    by: tuple[Named, ...] = ()
    """Speakers of the statement; for a denied event, of the denial."""
    actors: tuple[Named, ...] = ()
    place: str = ""
    sources: tuple[Named, ...] = ()
    text: str = ""
    history: tuple[StatusRecord, ...] = ()
    same_as: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    extra: Mapping[str, str] = {}
    changed: Day = ""
    """The latest day on which an explainer with it was published or updated."""
    spoken: bool = False
    """Whether `when` is only the day of a statement about an uncertain event."""
    short: str = ""
    """A few words for it, of the author."""
    key: bool = False
    """Whether the author calls it a key event, for the story in short."""
    now: str = ""
    """In an explainer: its status by now, if another than on the explainer's day."""

    @property
    def headline(self) -> str:
        """Return the title for a format without a status."""
        return self.label or self.title

    @property
    def is_fact(self) -> bool:
        """Return whether the site itself says that it happened: not if the status is inferred, or rests on `by` alone."""
        if self.status not in FACTS:
            return False
        reported = self.sources or any(past.source is not None and past.status in FACTS for past in self.history)
        return "status" not in self.derived or not self.by or bool(reported)

    @property
    def description(self) -> str:
        """Return the description besides the title: the status, unless the author says that it happened, and the line of text."""
        is_plain = self.status == "occurred" and not self.by and "status" not in self.derived
        return ". ".join(part for part in ("" if is_plain else self.standing, self.text) if part)


class CorrectionRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A correction, and its day."""

    text: str
    on: DateRecord | None = None


class UpdateRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An update, and its day."""

    text: str
    on: DateRecord | None = None


class ExplainerRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An explainer."""

    id: str
    path: str
    title: str
    lang: str
    summary: str = ""
    published: DateRecord | None = None
    updated: DateRecord | None = None
    as_of: DateRecord | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[Named, ...] = ()
    updates: tuple[UpdateRecord, ...] = ()
    """The log, the oldest first; only if the author keeps one."""
    corrections: tuple[CorrectionRecord, ...] = ()
    image: str = ""
    """Path of its drawn image."""
    extra: Mapping[str, str] = {}
    in_short: InShortRecord = InShortRecord()
    lead: bool = False
    """Whether the author has it lead the front page."""


class MentionRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An explainer that names an actor or has an event, with the sentence that does."""

    explainer: Named
    sentence: str = ""


# --- whole files ------------------------------------------------


class ExplainerData(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="explainer"):
    """`explainers/<slug>/data.json`: an explainer and all its records."""

    version: int
    """Of this schema."""
    site: Publication
    explainer: ExplainerRecord
    actors: tuple[ActorRecord, ...] = ()
    quotes: tuple[QuoteRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()


class StatementsData(msgspec.Struct, frozen=True, omit_defaults=True):
    """The quotes of an explainer, for machines, in the head of their page."""

    site: Publication
    explainer: ExplainerRecord
    quotes: tuple[QuoteRecord, ...]


class ActorData(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="actor"):
    """`actors/<id>/data.json`: an actor, and all that the explainers have on it."""

    version: int
    """Of this schema."""
    site: Publication
    actor: ActorRecord
    quotes: tuple[QuoteRecord, ...] = ()
    """What they said."""
    events: tuple[EventRecord, ...] = ()
    mentions: tuple[MentionRecord, ...] = ()


class EventData(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="event"):
    """`events/<id>/data.json`: an event and what was said about it."""

    version: int
    """Of this schema."""
    site: Publication
    event: EventRecord
    quotes: tuple[QuoteRecord, ...] = ()
    mentions: tuple[MentionRecord, ...] = ()


class SourceData(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="source"):
    """`sources/<id>/data.json`: a source, and all that cites it."""

    version: int
    """Of this schema."""
    site: Publication
    source: SourceRecord
    quotes: tuple[QuoteRecord, ...] = ()
    """What it published."""
    events: tuple[EventRecord, ...] = ()
    """What it reports."""
    explainers: tuple[Named, ...] = ()
    """Those that use it."""
    cited_by: tuple[Named, ...] = ()
    """The sources that rest on it."""


class SiteData(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="site"):
    """A file below `data/`: all records of a kind. A file has one of the lists."""

    version: int
    """Of this schema."""
    site: Publication
    explainers: tuple[ExplainerRecord, ...] = ()
    actors: tuple[ActorRecord, ...] = ()
    quotes: tuple[QuoteRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()


class CarriedRecord(msgspec.Struct, frozen=True, gc=False):
    """An actor quoted by a source, with the most certain attribution."""

    actor: Named
    kind: Literal["quote", "paraphrase"]
    """`quote` if it has any of their own words."""
    doubt: str
    """The certainty of the attribution: `medium`, `low` or ""."""
    derived: bool
    """Whether that was inferred."""


class DocumentedRecord(msgspec.Struct, frozen=True, gc=False):
    """The actors quoted by a source."""

    id: str
    """Id of the source."""
    actors: tuple[CarriedRecord, ...]


class EntitiesData(msgspec.Struct, frozen=True, gc=False):
    """The connections between the records of a site."""

    site: Publication
    actors: tuple[ActorRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    explainers: tuple[ExplainerRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    documented: tuple[DocumentedRecord, ...] = ()


Data = ExplainerData | ActorData | EventData | SourceData | SiteData
"""All types that are written as JSON by the published schema."""


def heading(data: Data) -> str:
    """Return the title of a calendar or a timeline of these records."""
    if isinstance(data, ExplainerData):
        return data.explainer.title
    if isinstance(data, ActorData):
        return data.actor.title
    if isinstance(data, EventData):
        return data.event.title
    if isinstance(data, SourceData):
        return data.source.title or (data.source.publisher.name if data.source.publisher is not None else data.source.id)
    return data.site.title


class Nothing(msgspec.Struct, frozen=True):
    """The view of the schema, which depends only on the types above."""

    version: int = VERSION
