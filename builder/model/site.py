"""The Site: the joined records of all files, and every link from both ends."""

from collections.abc import Mapping

import msgspec

from builder.diagnostics import Location
from builder.i18n.language import Language
from builder.model.bodies import Body, SpanStyle
from builder.model.pictures import Picture
from builder.model.records import Actor, Event, Explainer, PlainPage, Quote, QuoteKey, Source


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A mention of an actor or event in an explainer, with its sentence."""

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


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name that one actor alone bears, and that a text may have."""

    name: str
    words: tuple[str, ...]
    """Its capitalised words."""
    owner: str
    """Id of the actor."""


class CastEntry(msgspec.Struct, frozen=True, gc=False):
    """An actor's part in one explainer."""

    id: str
    here: str = ""
    listed: bool = True
    """False where the front matter only refers to them, as the speaker of a quote."""


RecordKey = tuple[str, str]
"""A record, by its kind and id: `("actor", "nato")`. A topic too, and the site as a whole."""


class Target(msgspec.Struct, frozen=True, gc=False, order=True, array_like=True, omit_defaults=True):
    """The target of a reference: `Target("actor", "nato")`, `Target("quote", "q1", "talks")`."""

    kind: str
    id: str
    slug: str = ""
    """The explainer of a quote; "" for other kinds."""


LONG_LIST = 60
"""Entries up to which the page of a record shows the whole of a list."""


class NavLink(msgspec.Struct, frozen=True, gc=False):
    """An entry of the site's navigation."""

    title: str
    path: str
    """Path below the site, or an address outside."""
    location: Location = Location("content/site.yaml")


class Override(msgspec.Struct, frozen=True, gc=False):
    """An entry of `problems:` in `content/site.yaml`: the severity that a kind of problem has on this site."""

    code: str
    severity: str
    """`error`, `warning` or `off`."""
    why: str
    files: tuple[str, ...] = ()
    """Patterns of paths from the site's root; none for all files."""
    location: Location = Location("content/site.yaml")


class PublishTarget(msgspec.Struct, frozen=True, gc=False):
    """A place to publish to, as `publish` in `content/site.yaml` names it. It never holds a secret."""

    name: str
    to: str
    """One of `schema.KEYS_OF_TARGET`, such as folder or rsync; or that of a plugin: `house-publishing/ftp`."""
    path: str = ""
    host: str = ""
    remote: str = ""
    branch: str = "gh-pages"
    cname: str = ""
    bucket: str = ""
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    served_by: str = ""
    """`for` in the file: the host of the published files; "" for none in particular."""
    precompress: bool = False
    brotli: bool = False
    purge: str = ""
    """The network in front of the target that is to forget what has changed; "" for none."""
    sync: bool = True
    """Whether to wait until the disk has the new folder before it takes its place."""
    by: str = ""
    """The publisher named in the marker and by `publish --status`; "" for none."""


class Plugin(msgspec.Struct, frozen=True, gc=False):
    """A Python package that the site takes checks and formats from, as `plugins` in `content/site.yaml` names it."""

    name: str
    wants: str
    """Which versions of it, such as `>=1.2,<2`; `*` for any."""
    location: Location = Location("content/site.yaml")


class StyleRule(msgspec.Struct, frozen=True, gc=False):
    """Words that a desk does not use, as `style` in `content/site.yaml` has them."""

    what: tuple[str, ...]
    instead: tuple[str, ...] = ()
    """What to write for them; with several the author chooses."""
    why: str = ""
    level: str = "warning"
    languages: tuple[str, ...] = ()
    """Tags of the languages that it is for; none for all."""


class Settings(msgspec.Struct, frozen=True, gc=False):
    """The settings in `content/site.yaml`."""

    title: str = "Untitled"
    tagline: str = ""
    description: str = ""
    base_url: str = ""
    """Address of the published site with a slash at its end; "" if it is not known yet."""
    language: str = "en"
    nav: tuple[NavLink, ...] = ()
    footer: Body | None = None
    authors: tuple[str, ...] = ()
    licence: str = ""
    search: bool = False
    embeds: bool = False
    images: bool = False
    """Whether an image is drawn for each explainer."""
    sync: bool = True
    """Whether a build waits until the disk has the new site before it takes its place."""
    data: str = "lean"
    """`lean`: the files for machines that a page needs; `full`: every format of every page."""
    overrides: tuple[Override, ...] = ()
    """Problems that count for more or less here, in the author's order."""
    publish: tuple[PublishTarget, ...] = ()
    plugins: tuple[Plugin, ...] = ()
    """In the order of their names."""
    style: tuple[StyleRule, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


class Site(msgspec.Struct, frozen=True, eq=False, weakref=True):
    """Everything that is published, joined. Compared by identity, so that what is made from one can be kept for as long as it lives.

    The mappings are read-only by agreement: nothing changes after `linking` has made the Site.
    Every id in a record of a Site leads to a record of that Site, or is plain words where the format allows words.
    """

    settings: Settings
    language: Language
    """How dates and the interface are worded."""
    explainers: Mapping[str, Explainer]
    """By slug, newest first; what the author left out of their quotes is filled in and named in `derived`. Without their bodies, quotes
    and other records: a page that only names an explainer does not depend on them."""
    records_in: Mapping[str, tuple[Actor | Event, ...]]
    """Slug → the actors and events that its own file describes, as it does."""
    bodies: Mapping[str, Body]
    """Slug → the text. A field of its own, since a page that only names an explainer does not depend on its text."""
    actors: Mapping[str, Actor]
    """In alphabetical order of what they are called."""
    events: Mapping[str, Event]
    """In the order of the timeline."""
    sources: Mapping[str, Source]
    pages: tuple[PlainPage, ...]
    quotes: Mapping[QuoteKey, Quote]
    """In the order of explainers, and within them as the author listed."""
    aliases: Mapping[str, tuple[str, ...]]
    """Slug → its old addresses, of those that have some."""
    former_actors: Mapping[str, tuple[str, ...]]
    """Id → the ids that the actor had before, of those that had some."""
    former_events: Mapping[str, tuple[str, ...]]
    former_sources: Mapping[str, tuple[str, ...]]
    quotes_in: Mapping[str, tuple[QuoteKey, ...]]
    """Slug → its quotes, as listed. A field of its own, since a page that only names an explainer does not depend on its quotes."""
    paraphrases: Mapping[QuoteKey, bool]
    """The quotes that give only the sense. Apart, so that they are counted without looking at the quotes."""
    quotes_by_day: tuple[QuoteKey, ...]
    """All quotes by the day they were said; those without a day last."""
    source_chains: Mapping[str, tuple[tuple[str, ...], ...]]
    """Slug → the sources of each of its quotes that has some, the first to publish first."""
    repeated_reports: tuple[tuple[str, str], ...]
    """Pairs (later, earlier) of sources for which each quote states whether the later took it from the earlier."""
    marked: Mapping[str, bool]
    """The slugs of explainers in whose text words of their quotes stand."""
    last_changes: Mapping[str, tuple[str, str]]
    """Slug → when it was updated, else published, as a machine reads it, and the first day of that; "" if unknown."""
    cast: Mapping[str, tuple[CastEntry, ...]]
    """Slug → the actors, as listed; then those that only a quote or an event names."""
    timelines: Mapping[str, tuple[str, ...]]
    """Slug → ids of its events, in time order."""
    explainer_sources: Mapping[str, tuple[str, ...]]
    """Slug → ids of its sources."""
    capitals: Mapping[str, tuple[str, ...]]
    """Slug → the capitalised words of its text, which may be names."""
    occurrences: Mapping[str, tuple[Occurrence, ...]]
    """Slug → where actors are named in its body."""
    targets: Mapping[RecordKey, Mapping[tuple[str, str], Target]]
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
    events_attributed_to: Mapping[str, tuple[str, ...]]
    """Actor or source → the events of which they say, or said, how sure they are (`by`)."""
    mentions: Mapping[str, tuple[Mention, ...]]
    """Actor → each explainer that names them, newest first."""
    event_mentions: Mapping[str, tuple[Mention, ...]]
    """Event → each explainer that has it, newest first."""
    quotes_by_source: Mapping[str, tuple[QuoteKey, ...]]
    """Source → the quotes that it published."""
    events_from: Mapping[str, tuple[str, ...]]
    """Source → the events that it reports."""
    explainers_using: Mapping[str, tuple[str, ...]]
    """Source → slugs of the explainers that use it, newest first."""
    sources_citing: Mapping[str, tuple[str, ...]]
    """Source → the sources that rest on it."""
    publishes: Mapping[str, tuple[str, ...]]
    """Actor → the sources that they publish."""
    members: Mapping[str, tuple[str, ...]]
    """Actor → the actors that belong to them, or hold an office of theirs."""
    topics: Mapping[str, tuple[str, ...]]
    """Topic → slugs of its explainers, newest first."""
    names: Mapping[str, tuple[Name, ...]]
    """Capitalised word → the names of actors that begin with it."""
    addresses: Mapping[str, str]
    """Content file → path of the page that it makes, for links from file to file."""
    explainers_of: Mapping[str, tuple[str, ...]]
    """Actor → slugs of the explainers in which they act or speak, newest first."""
    ids_with_long_lists: Mapping[str, tuple[str, ...]] = {}
    """`actor`, `event` and `source` → ids of those with a list of more than `LONG_LIST` entries, in order: a lookup does not depend on the lists of all."""
    spans: Mapping[tuple[str, str], SpanStyle] = {}
    """(name, value) of each mark of a plugin in a text → how its words are shown."""
    pictures: Mapping[str, Picture] = {}
    """Path in the output → the picture, of those that a record has."""
    archives: Mapping[str, str] = {}
    """Source → its words, where an author keeps them beside its record."""
    day: int | None = None
    """Of the build, in UTC, counted as `dates.first_day` does: by it alone explainers are marked that wait for theirs. None if none was given."""
