"""What is published, as plain records for machines: the one account of the facts from which every format is drawn.

The names are those of the content format. What is not known is left out, never empty or guessed. Paths count from the site's root;
`site.base_url` before one is the whole address. These types are the schema that is published at `/data/schema.json`.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from builder.formats.parts import DateRecord, Day, Named, Publication
from builder.model import FACTS

VERSION = 2
"""Of this account. It is raised when a name goes or changes its meaning; new names may come at any time."""


class PositionRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An office and when it was held."""

    role: str
    of: Named | None = None
    since: DateRecord | None = msgspec.field(name="from", default=None)
    until: DateRecord | None = msgspec.field(name="to", default=None)
    until_unknown: bool = msgspec.field(name="to_unknown", default=False)
    """Whether nobody knows until when, or whether it is held still."""


class ActorRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Somebody who acts or speaks. An unnamed source has a description, and never a name."""

    id: str
    path: str
    type: str
    derived: tuple[str, ...] = ()
    """`type`, where nobody has said it and the name tells it."""
    name: str = ""
    described_as: str = ""
    alias: tuple[str, ...] = ()
    positions: tuple[PositionRecord, ...] = ()
    of: Named | None = None
    same_as: tuple[str, ...] = ()
    knows_because: str = ""
    anonymity_reason: str = ""
    count: str = ""
    text: str = ""
    extra: Mapping[str, str] = {}
    """The author's own keys; none of an unnamed source, whom they could tell."""
    here: str = ""
    """The part in the one explainer that this record is given for."""

    @property
    def title(self) -> str:
        """What to call the actor."""
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
    """Words as they stand in the published text, with what stands around them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class TranslationRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The words in the site's language."""

    text: str
    by: str = ""
    method: str = "unknown"


class RelationRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """How a quote stands to another: it `denies`, `confirms`, `answers` or `repeats` it."""

    relation: str
    quote: Named
    speakers: tuple[Named, ...] = ()
    """Who said the other."""
    ours: bool = False
    """Whether it is the author's reading, and no source says so."""
    words: str = ""
    """The same in the site's language: `is denied by: “She is not for sale” (the Council)`."""


class QuoteRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Somebody's words, and how anybody knows."""

    id: str
    """The explainer's slug, `#`, and the quote's own id."""
    path: str
    explainer: Named
    segments: tuple[str, ...]
    """The words; more than one where the attribution splits them."""
    kind: Literal["quote", "paraphrase"]
    """Whether these are the speaker's own words, or an author's words for them."""
    mode: str
    """`direct`, `partial` or `indirect`; in `derived` where the author left it out, and it is read off the words."""
    rules: str = ""
    """The terms on which they spoke, where the author gives them; never guessed."""
    speakers: tuple[Named, ...] = ()
    """Nobody where nobody knows."""
    to: tuple[Named, ...] = ()
    said: DateRecord | None = None
    reported: DateRecord | None = None
    """The date of the first source, where nobody gives a date of speaking."""
    medium: str = ""
    via: tuple[Named, ...] = ()
    """The sources, the first to publish first."""
    about: tuple[Named, ...] = ()
    """Events."""
    relations: tuple[RelationRecord, ...] = ()
    """The quotes that it denies, confirms, answers or repeats."""
    replies: tuple[RelationRecord, ...] = ()
    """The quotes that deny, confirm, answer or repeat it, wherever they stand: it is never given without them."""
    lang: str = ""
    translation: TranslationRecord | None = None
    as_published: str = ""
    corrected: str = ""
    cert: str = ""
    """How certain it is whose words these are; beside `corrected`, how certain that reading is."""
    resp: str = ""
    note: str = ""
    extra: Mapping[str, str] = {}
    derived: tuple[str, ...] = ()
    """Which of these the author left out and the tool filled in: `via`, `to`, `mode`."""
    passages: tuple[Passage, ...] = ()
    """Where the words stand in the text of the explainer, one for each stretch; only in the explainer's own file."""

    @property
    def words(self) -> str:
        """The words as one line."""
        return " … ".join(self.segments)

    @property
    def doubt(self) -> str:
        """How far from certain it is whose words these are: `medium`, `low` or ""."""
        return self.cert if self.cert in {"medium", "low"} and not self.corrected else ""


class StatusRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """How sure an event was, from a day on."""

    status: str
    on: DateRecord | None = None
    source: Named | None = None
    by: tuple[Named, ...] = ()
    when: DateRecord | None = None
    """The date that was given for it then."""


class EventRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Something that happened, or is said to have, or may."""

    id: str
    path: str
    title: str
    status: str
    when: DateRecord | None = None
    standing: str = ""
    """The status in the site's language, with who says so and whether it is inferred: `denied by the Council`."""
    label: str = ""
    """The title with the status, where it has not happened: for formats that have no word for how sure it is."""
    by: tuple[Named, ...] = ()
    """Who says so: of what is denied, who denies it."""
    actors: tuple[Named, ...] = ()
    place: str = ""
    sources: tuple[Named, ...] = ()
    text: str = ""
    history: tuple[StatusRecord, ...] = ()
    same_as: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    extra: Mapping[str, str] = {}
    """The author's own keys, `x_…`."""
    changed: Day = ""
    """The newest day on which an explainer that tells of it was published or updated."""
    spoken: bool = False
    """Whether `when` is no more than the day on which somebody spoke of what is only said, or only may be."""

    @property
    def headline(self) -> str:
        """What to call it where nothing else says how sure it is."""
        return self.label or self.title

    @property
    def is_fact(self) -> bool:
        """Whether the site itself says that it happened: not where nobody wrote so, and it stands on the word alone of those who are named."""
        if self.status not in FACTS:
            return False
        reported = self.sources or any(step.source is not None and step.status in FACTS for step in self.history)
        return "status" not in self.derived or not self.by or bool(reported)

    @property
    def told(self) -> str:
        """What is to be known of it besides its title: how sure it is, unless the author says that it happened, and the line of text."""
        is_plain = self.status == "occurred" and not self.by and "status" not in self.derived
        return ". ".join(part for part in ("" if is_plain else self.standing, self.text) if part)


class CorrectionRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What was wrong, and since when it is right."""

    text: str
    on: DateRecord | None = None


class UpdateRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What was new, and on which day."""

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
    """What was new, the first first; only where the author keeps a log."""
    corrections: tuple[CorrectionRecord, ...] = ()
    image: str = ""
    """Path of the image that is drawn for it."""
    extra: Mapping[str, str] = {}


class MentionRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An explainer that names somebody or tells of something, with the sentence that does."""

    explainer: Named
    sentence: str = ""


# --- whole files ------------------------------------------------


class ExplainerData(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="explainer"):
    """`explainers/<slug>/data.json`: an explainer and everything that it rests on."""

    version: int
    """Of this schema."""
    site: Publication
    explainer: ExplainerRecord
    actors: tuple[ActorRecord, ...] = ()
    quotes: tuple[QuoteRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()


class ActorData(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="actor"):
    """`actors/<id>/data.json`: an actor and all that the explainers tell of them."""

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
    """`sources/<id>/data.json`: a source and what rests on it."""

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
    """Somebody whose words a source carries, and the best that is known of it."""

    actor: Named
    kind: Literal["quote", "paraphrase"]
    """`quote` where it carries any of their own words."""
    doubt: str
    """How far from certain it is that any words are theirs: `medium`, `low` or ""."""
    derived: bool
    """Whether no author wrote that it carries them."""


class DocumentedRecord(msgspec.Struct, frozen=True, gc=False):
    """Whose words a source carries."""

    id: str
    """Of the source."""
    actors: tuple[CarriedRecord, ...]


class EntitiesData(msgspec.Struct, frozen=True, gc=False):
    """All that a site tells of who is connected with whom."""

    site: Publication
    actors: tuple[ActorRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    explainers: tuple[ExplainerRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    documented: tuple[DocumentedRecord, ...] = ()


Data = ExplainerData | ActorData | EventData | SourceData | SiteData
"""Everything that is written as JSON by one schema."""


def heading(data: Data) -> str:
    """Return what a calendar or a timeline of these records is called."""
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
    """What the schema is made from: only the types above, which come with the version of Backstory."""

    version: int = VERSION
