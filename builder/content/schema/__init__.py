"""The content format: every record, its keys, the values they take and their purpose.

The parser reads by these tables, a test holds the guide to them, and the JSON Schema for editors is made from them.
An unknown key is an error that proposes the nearest one; keys that begin with `x_` are the author's own.
"""

import msgspec

from builder import model
from builder.content.schema.key_groups import (
    BESIDE_IDS as BESIDE_IDS,
    CONTACT as CONTACT,
    IDENTIFYING as IDENTIFYING,
    NAMES_AS_WORDS as NAMES_AS_WORDS,
    OFTEN_SMALL as OFTEN_SMALL,
    OR_UNKNOWN as OR_UNKNOWN,
    OWN_WORDS as OWN_WORDS,
    SEEN as SEEN,
    TITLES as TITLES,
    WITHOUT_MARKS as WITHOUT_MARKS,
)
from builder.content.schema.synonyms import (
    FOREIGN as FOREIGN,
    HOLD_BACK as HOLD_BACK,
    KEY_SYNONYMS as KEY_SYNONYMS,
    TAGS as TAGS,
    VALUE_SYNONYMS as VALUE_SYNONYMS,
)
from builder.content.schema.targets import KEYS_OF_PLUGIN as KEYS_OF_PLUGIN, KEYS_OF_TARGET as KEYS_OF_TARGET, TARGET as TARGET
from builder.content.schema.value_types import (
    CHOICE as CHOICE,
    CODE as CODE,
    COORDINATES as COORDINATES,
    DATE as DATE,
    ID as ID,
    IDS as IDS,
    LANGUAGE as LANGUAGE,
    MARKDOWN as MARKDOWN,
    NAME as NAME,
    NAMES as NAMES,
    NUMBER as NUMBER,
    OF_PLUGIN as OF_PLUGIN,
    PROPOSALS as PROPOSALS,
    RECORD as RECORD,
    RECORDS as RECORDS,
    TEXT as TEXT,
    TEXTS as TEXTS,
    URL as URL,
    VERSIONS as VERSIONS,
    YES_NO as YES_NO,
    Key as Key,
    choice as _choice,
)

VERSION = 1
"""Of the settings, and of an explainer that names none."""

SHORT = 2
"""The format of an explainer in which surnames become links, and a line says more: see the guide's “Format 2”."""

WITH_OWN_KEYS = ("explainer", "actor", "source", "quote", "event", "page", "site")
"""Records that pass an author's own keys to their templates."""

_SOURCES = Key("sources", RECORDS, "The reports and documents that this explainer rests on.", record="source")
_FORMER = Key("former_ids", TEXTS, "Ids that it had before: the addresses of their pages lead on to its own.")

EXPLAINER = (
    Key("format", NUMBER, "The version of the format that the file is written in: 1, or 2 with its short forms. Left out: 1."),
    Key("title", TEXT, "The headline.", required=True),
    Key("summary", TEXT, "One or two sentences: shown in lists, feeds and cards."),
    Key("published", DATE, "The day it was first published."),
    Key("updated", DATE, "The day it was last changed in substance. Left out: the day of the last of its `updates`."),
    Key(
        "as_of",
        DATE,
        "The day to which it is current, from which “Friday” and “last week” in the body count. Left out: `updated`, or `published`.",
    ),
    Key("authors", TEXTS, "Who wrote it."),
    Key("topics", TEXTS, "What it belongs to; each topic gets a page."),
    _choice("status", ("published", "draft"), "A draft is never in a published site."),
    Key("slug", ID, "The last part of its address. Left out: the name of the file."),
    Key("lang", LANGUAGE, "The language it is written in. Left out: the site’s."),
    _choice("autolink", ("first", "all", "off"), "Which mentions of an actor become links: the first of each section, all, or none."),
    Key("lead", YES_NO, "`yes` for the one that leads the front page under “Start here”. Left out: the newest leads."),
    Key("image", RECORD, "The picture that it leads with.", record="image"),
    Key("in_short", RECORD, "The lines at the top, in your words. Left out: made from the records.", record="in_short"),
    _SOURCES,
    Key("actors", RECORDS, "Who acts or speaks in it.", record="actor"),
    Key("unnamed", RECORDS, "Actors who are not named: each id with the words that describe them.", record="actor"),
    Key("quotes", RECORDS, "Whose words stand in it.", record="quote"),
    Key("timeline", RECORDS, "What happened, is planned, or is said to have happened.", record="event"),
    Key("updates", RECORDS, "What was new, and on which day.", record="update"),
    Key("corrections", RECORDS, "What was wrong, and since when it is right.", record="correction"),
    Key("aliases", TEXTS, "Old addresses of this page, which lead to it."),
    Key("proposed", PROPOSALS, "What `backstory draft` proposes, to accept or reject. Never published; only a draft may have it."),
    Key("rejected", TEXTS, "Proposals that were rejected, by their ids, so that they are not made again. Never published."),
)

ACTOR = (
    Key("id", ID, "The name by which files refer to it. Left out: made from the name."),
    _choice(
        "type",
        model.ACTOR_TYPES,
        "What kind of actor it is. Left out: a person, unless the name is that of a company, a public body or a state.",
    ),
    Key("name", TEXT, "The name to show."),
    Key("alias", TEXTS, "Other names, which become links by themselves."),
    Key("weak_alias", TEXTS, "Other names, which never become links, since they also mean something else."),
    Key("position", RECORDS, "An office held, with its dates.", record="position"),
    Key("of", NAME, "The body or state that the actor belongs to."),
    Key("same_as", TEXTS, "The same actor elsewhere: a Wikidata item (`wd:Q30`) or an address."),
    Key("here", TEXT, "The role in this one story, apart from the biography."),
    Key("described_as", TEXT, "How the report describes an unnamed source, in its words."),
    Key("knows_because", TEXT, "How an unnamed source knows; `unknown` where the reports do not say."),
    Key("anonymity_reason", TEXT, "Why an unnamed source is not named; `unknown` where the reports do not say."),
    Key("count", TEXT, "How many people stand behind a source in the plural: a number, or `unknown`."),
    Key("image", RECORD, "The portrait.", record="image"),
    _FORMER,
)

POSITION = (
    Key("role", TEXT, "The office.", required=True),
    Key("of", NAME, "What it is an office of."),
    Key("from", DATE, "Since when it is held."),
    Key("to", DATE, "Until when it was held; `unknown` where that is not known. Left out: it is held still."),
)

SOURCE = (
    Key("id", ID, "The name by which files refer to it. Left out: made from publisher and date."),
    Key("title", TEXT, "Its headline or title."),
    Key("publisher", NAME, "Who published it."),
    Key("authors", TEXTS, "Who wrote it."),
    Key("url", URL, "Where it can be read."),
    Key("archived", URL, "A copy in an archive."),
    Key("published", DATE, "When it came out."),
    Key("accessed", DATE, "When you read it."),
    Key("lang", LANGUAGE, "Its language."),
    Key("cites", IDS, "The sources that it rests on itself."),
    Key("note", TEXT, "What a reader should know of it: a copy, a translation, a transcript."),
    _FORMER,
)

QUOTE = (
    Key("id", ID, "The name by which files refer to it. Left out: made from its first words."),
    Key("text", TEXTS, "The words; a list of segments where the sentence is split.", required=True),
    Key("speaker", IDS, "Whose words they are: an actor, several, or `unknown`."),
    Key(
        "to",
        NAMES,
        "Whom they were said to; `unknown` if the report does not say. Left out: no one; of an interview the publisher of the first source, shown as inferred.",
    ),
    Key("said", DATE, "When they were said."),
    _choice("mode", model.MODES, "Whole sentences, less than a sentence, or the sense without the words. Left out: a quote."),
    _choice(
        "rules",
        model.RULES,
        "The ground rules, if the report states them: on-record, background, deep-background; off-record fails the build. Left out: not stated.",
    ),
    _choice("medium", model.MEDIUMS, "How they were said."),
    Key("via", IDS, "The sources that published them, the first publisher first."),
    Key("about", IDS, "The events that they are about."),
    Key("denies", IDS, "The quotes that this one denies."),
    Key("confirms", IDS, "The quotes that this one confirms."),
    Key("answers", IDS, "The quotes that this one answers."),
    Key("repeats", IDS, "The quotes that this one repeats."),
    Key(
        "stated",
        YES_NO,
        "`yes` where a source says itself that this answers or repeats the others. Left out: shown as the author’s reading.",
    ),
    Key("lang", LANGUAGE, "The language of the words."),
    Key("translation", RECORD, "The same words in the site’s language.", record="translation"),
    Key("as_published", TEXT, "A garbled wording, kept as it stood."),
    Key("corrected", TEXT, "What it most likely meant: shown beside it, never instead of it."),
    _choice("cert", model.CERTAINTIES, "How certain the attribution is; beside `corrected`, how certain that reading is."),
    Key("resp", TEXT, "Who judged that."),
    Key("in_body", YES_NO, "`no` where the words do not stand in the body."),
    Key("prefix", TEXT, "The words just before, where the quoted words stand in the body more than once."),
    Key("note", TEXT, "What a reader should know of it."),
)

TRANSLATION = (
    Key("text", TEXT, "The translated words.", required=True),
    Key("by", TEXT, "Who translated them."),
    _choice("method", model.METHODS, "By a human, by a machine, or unknown."),
)

EVENT = (
    Key("id", ID, "The name by which files refer to it. Left out: made from title and date."),
    Key("when", DATE, "When: a date, or the story’s own word for it with `says`, `as_of` and `is`."),
    Key("title", TEXT, "What happens, in a few words.", required=True),
    _choice(
        "status",
        model.STATUSES,
        "How sure it is. Left out: that of the last step of the history; else occurred, or planned where the date lies after `as_of`.",
    ),
    Key("by", NAMES, "Who says so: needed where it is alleged, denied or expected."),
    Key("actors", IDS, "Who took part."),
    Key("place", TEXT, "Where."),
    Key("coordinates", COORDINATES, "Latitude and longitude of the place, for the map. Left out: it is on no map."),
    Key("sources", IDS, "Where it is reported."),
    Key("text", MARKDOWN, "One line more."),
    Key("key", YES_NO, "`yes` for an event that belongs in “In short” and in the strip. Left out: the tool chooses."),
    Key("short", TEXT, "Two to four words for the strip. Left out: the first words of the title."),
    Key("history", RECORDS, "Its status at earlier times.", record="status"),
    Key("same_as", TEXTS, "The same event elsewhere: a Wikidata item or an address."),
    _FORMER,
)

IMAGE = (
    Key("file", TEXT, "The file, beside the text, or from the site’s root as /photos/boat.jpg.", required=True),
    Key("alt", TEXT, "What it shows, for readers who do not see it.", required=True),
    Key("credit", TEXT, "Who made it, or whose it is.", required=True),
    Key("licence", TEXT, "The terms on which it may be used."),
    Key("caption", TEXT, "What stands below it. A portrait has none."),
)

IN_SHORT = (
    Key("happened", MARKDOWN, "What happened. Left out: the events with `key: yes` that have happened."),
    Key("says", MARKDOWN, "Who says so. Left out: the speakers, and the reports."),
    Key("disputed", MARKDOWN, "What is disputed, or only alleged. Left out: the events and quotes that are."),
    Key(
        "not_known",
        MARKDOWN,
        "What is not known. Left out: events without a day, and how unnamed sources know, if no report says so.",
    ),
    Key("next", MARKDOWN, "What comes next. Left out: the events planned for after `as_of`."),
)

STATUS = (
    Key("status", CHOICE, "How sure it was.", options=model.STATUSES, required=True),
    Key("when", DATE, "The date that was given for it then, where it has another by now."),
    Key("on", DATE, "Since when."),
    Key("by", NAMES, "Who said so then: an actor or a source."),
    Key("source", ID, "Who reported that."),
)

RELATIVE_DATE = (
    Key("says", TEXT, "The story’s own word: Friday.", required=True),
    Key("as_of", NAME, "What the word counts from: a date, or a source. Left out: the explainer’s `as_of`."),
    Key("is", DATE, "The date that it means."),
)

UPDATE = (
    Key("on", DATE, "The day of the update.", required=True),
    Key("text", MARKDOWN, "What was new.", required=True),
)

CORRECTION = (
    Key("on", DATE, "When it was corrected.", required=True),
    Key("text", MARKDOWN, "What was wrong, and what is right.", required=True),
)

PAGE = (
    Key("title", TEXT, "The headline.", required=True),
    Key("summary", TEXT, "One or two sentences, for lists and search engines."),
    Key("order", NUMBER, "Its place among its neighbours, smallest first."),
    _choice("status", ("published", "draft"), "A draft is never in a published site."),
    Key("aliases", TEXTS, "Old addresses of this page, which lead to it."),
)

SITE = (
    Key("format", NUMBER, "The version of this format; 1."),
    Key("title", TEXT, "The site’s name.", required=True),
    Key("tagline", TEXT, "A few words below the name."),
    Key("description", TEXT, "One or two sentences, for the home page and search engines."),
    Key("base_url", URL, "Where the site is published. Feeds and the sitemap need it."),
    Key("language", LANGUAGE, "The language that the site is written in."),
    Key("nav", RECORDS, "The entries of the navigation, in order. Left out: the site’s own lists.", record="nav"),
    Key("footer", MARKDOWN, "One line at the foot of each page."),
    Key("authors", TEXTS, "Who publishes the site."),
    Key("licence", TEXT, "Under which terms its text may be used."),
    Key("search", YES_NO, "Readers can search the site. Needs the extra `search` where it is built."),
    Key("embeds", YES_NO, "Other sites may show single quotes, events, actors and timelines of this one. Needs `base_url`."),
    _choice("data", ("lean", "full"), "How many files for machines each page has. Left out: `lean`."),
    Key("images", YES_NO, "Whether an image is drawn for each explainer. Left out: no."),
    Key("sync", YES_NO, "Whether a build waits until the disk has the new site before it takes its place. Left out: yes."),
    Key("problems", RECORDS, "Problems that count for more or less here, or are not reported, each with the reason.", record="override"),
    Key("publish", RECORDS, "Where `backstory publish` puts the site: each target with its name.", record="target"),
    Key("style", RECORDS, "Words that the desk does not use, and what it writes instead.", record="style_rule"),
    Key(
        "plugins",
        VERSIONS,
        "Python packages that bring checks, pages, formats and ways to publish, each with the versions that the site takes.",
    ),
)

OVERRIDE = (
    Key("code", CODE, "The code of the problem, as its message ends with it.", required=True),
    _choice("severity", ("error", "warning", "off"), "Its severity here; off: it is not reported.", required=True),
    Key(
        "files", TEXTS, "The files that this is for, as paths from the site’s folder; * stands for any part of a name, ** for any folders."
    ),
    Key("why", TEXT, "The reason.", required=True),
)

STYLE = (Key("style", RECORDS, "Words that the desk does not use, and what it writes instead.", required=True, record="style_rule"),)
"""Of `content/style.yaml`."""

STYLE_RULE = (
    Key("what", TEXTS, "The words, whole ones; in any case, unless they have a capital.", required=True),
    Key("instead", TEXTS, "What to write instead; of one `check --fix` writes it, of several the author chooses."),
    Key("why", TEXT, "The reason, shown with the problem."),
    _choice("level", ("warning", "error"), "What it counts as. Left out: warning."),
    Key("languages", TEXTS, "The languages of the texts that it is for, such as en or pt-BR. Left out: all."),
)

NAV = (
    Key("title", TEXT, "The words to show.", required=True),
    Key("path", TEXT, "A path of this site, such as /events/, or an address.", required=True),
)

RECORDS_OF_FORMAT: dict[str, tuple[Key, ...]] = {
    "explainer": EXPLAINER,
    "actor": ACTOR,
    "position": POSITION,
    "source": SOURCE,
    "quote": QUOTE,
    "translation": TRANSLATION,
    "event": EVENT,
    "image": IMAGE,
    "in_short": IN_SHORT,
    "status": STATUS,
    "relative_date": RELATIVE_DATE,
    "update": UPDATE,
    "correction": CORRECTION,
    "page": PAGE,
    "site": SITE,
    "nav": NAV,
    "override": OVERRIDE,
    "style": STYLE,
    "style_rule": STYLE_RULE,
    "target": TARGET,
}


class ShortForm(msgspec.Struct, frozen=True):
    """The short forms of one kind of record, besides a list of whole records."""

    alone: bool = False
    """One record may stand without a list."""
    by_id: bool = False
    """A mapping of id to record; an id with no value refers to a shared record."""
    bare: tuple[str, ...] = ()
    """Kinds of values that may replace the record."""
    lines: bool = False
    """Several texts may stand in a list, without an id."""
    short: tuple[str, str] | None = None
    """Two keys for which an unknown key and its value stand: `speaker: words`."""
    defaults: bool = False
    """`{defaults: {…}, list: …}` sets common values once."""
    listed: bool = True
    """They may stand in a list; otherwise each has its name."""


SHORT_FORMS: dict[str, ShortForm] = {
    "actor": ShortForm(by_id=True, bare=(TEXT, ID), lines=True),
    "correction": ShortForm(alone=True, short=("on", "text")),
    "event": ShortForm(by_id=True, bare=(TEXT, ID), short=("when", "title"), defaults=True),
    "image": ShortForm(alone=True, listed=False),
    "in_short": ShortForm(alone=True, listed=False),
    "nav": ShortForm(alone=True),
    "override": ShortForm(alone=True),
    "position": ShortForm(alone=True, bare=(TEXT,)),
    "quote": ShortForm(by_id=True, short=("speaker", "text"), defaults=True),
    "source": ShortForm(by_id=True, bare=(URL, ID)),
    "status": ShortForm(alone=True, short=("on", "status")),
    "style_rule": ShortForm(alone=True),
    "target": ShortForm(by_id=True, listed=False),
    "translation": ShortForm(alone=True, bare=(TEXT,)),
    "update": ShortForm(alone=True, short=("on", "text")),
}
"""The short forms of each nested record."""

MARK_KEYS = {"by": "speaker", "source": "via", "on": "said"}
"""Keys of a mark behind a quotation, `{by=ann-lee}`, with the keys of a quote that they stand for; its other keys are those of a quote."""

EVENT_MARK_KEYS = {"event": "id", "on": "when", "source": "sources"}
"""Keys, with those of an event that they stand for, of a mark that makes a timeline entry of words in square brackets: `{event=vote on=2022-01-18}`."""

IN_LINE: dict[str, tuple[str, ...]] = {"actor": ("name", "position"), "source": ("url",), "unnamed": ("described_as",)}
"""Keys for which the comma-separated words behind an id stand, for records that can also be written in braces."""

BY_NAME: dict[str, dict[str, Key]] = {record: {key.name: key for key in table} for record, table in RECORDS_OF_FORMAT.items()}

REQUIRED: dict[str, tuple[Key, ...]] = {record: tuple(key for key in table if key.required) for record, table in RECORDS_OF_FORMAT.items()}
"""The keys that each record must have."""

NAMES_IN: dict[str, tuple[str, ...]] = {
    record: tuple(key.name for key in table if key.takes in {NAME, NAMES}) for record, table in RECORDS_OF_FORMAT.items()
}
"""The keys of each record that take an id or plain words."""
