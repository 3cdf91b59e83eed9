"""Unnamed sources: what readers learn of them, and what must not be published.

The words that these rules look for are English and German. In other languages boilerplate, counts and opinions are not found, and how a source knows must stand
in `knows_because`.
"""

import re
from collections.abc import Iterator

from builder.content import mentions, schema
from builder.diagnostics import WARNING, Diagnostic
from builder.i18n.patterns import late
from builder.linking.descriptions_as_names import is_like_name
from builder.model import PERSON, UNNAMED, Actor, Site
from builder.model.descriptions import is_of_one, is_of_several, plain
from builder.pages.cards import once_a_site

_BASIS = late(
    r"""\b(?: familiar\ with | knowledge\ of | (?:close|privy)\ to | involved\ in | briefed | present\ at | access\ to | spokes\w+
    | wh(?:o|om|ose)\b.{0,80}\b(?:saw|seen|heard|read|attended|worked|took\ part|took\ notes|was\ there|were\ there|was\ present|were\ present|reviewed|knows?)
    | vertraut\ mit | mit\ (?:der|den|dem)\ .{0,80}\bvertraut\w* | Kenntnis | eingeweiht | (?:Presse)?[Ss]precher\w* )\b""",
    re.VERBOSE,
)
"""Words in a description that tell how the source knows."""

NOT_AUTHORISED = late(
    r"""(?: (?:\bnot|n['’]t|\bnever) \s+ (?:been\s+|being\s+)? (?:formally\s+|officially\s+|explicitly\s+)?
          (?:authori[sz]ed|allowed|permitted|cleared|free|at\ liberty|supposed)
      | \bunauthori[sz]ed
      | \b(?:lack\w*|without|no) \s+ (?:the\s+|any\s+|official\s+)? (?:authori[sz]ation|authority|permission|clearance) )
      \s+ to \s+ (?:\w+\s+)? (?:speak|talk|comment|discuss|brief|disclose|address|be\s+(?:quoted|named|identified))
    | \bnicht \s+ (?:dazu\s+|öffentlich\s+)? (?:befugt|berechtigt|autorisiert|ermächtigt) (?:,?\s+(?:\w+\s+){0,5}?zu\s+\w+)?""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words that give as the reason only that somebody may not speak."""

_MORE = late(
    r"[;,]|\b(?:and|but|because|since|as|for fear|fear\w*|risk\w*|lest|lose|could|would|might|und|aber|weil|denn|fürchte\w*)\b",
    re.IGNORECASE,
)
"""Words after the phrase that give the risk."""

_QUOTED = late(r"[“\"„«»].+[”\"“»«]")
"""Words of the report, as its own."""

_OPINION = late(
    r"\bin (?:my|our) (?:own |personal |honest |humble )?(?:opinion|view|judge?ment)\b|\bmy (?:own |personal )?(?:opinion|view) is\b"
    r"|\bmeiner (?:persönlichen )?(?:Meinung|Ansicht|Auffassung) nach\b|\bnach meiner (?:Meinung|Ansicht|Auffassung)\b",
    re.IGNORECASE,
)

NUMBERS = {word: n for n, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)}
NUMBERS |= {word: n for n, word in enumerate(["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"], 2)}

_COUNTED = late(rf"([1-9][0-9]{{0,2}}|{'|'.join(NUMBERS)})\s", re.IGNORECASE)
_UNCERTAIN = late(
    r"\b(?:and|or|to|und|oder|bis|with|mit|dozen|hundred|thousand|score|pairs?|groups?|teams?|couples?|families|delegations?|parties|sides?"
    r"|Dutzend|hundert|tausend|Paare?|Gruppen?|Teams?|Familien|Delegationen|Parteien|Seiten?)\b|[,/&–+-]",
    re.IGNORECASE,
)
"""Words beside a number that change it, or that count no single people."""


def _unnamed(site: Site, actor_id: str) -> Iterator[Actor]:
    """Yield the actor of an id, if it is unnamed."""
    actor = site.actors[actor_id]
    if actor.type == UNNAMED:
        yield actor


def _speaks(site: Site, actor: Actor) -> bool:
    """Return whether a statement comes from an actor: one that only acts needs no basis."""
    return actor.id in site.said_by or actor.id in site.events_attributed_to


def missing_description(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """An unnamed source is described in the words of the report (AP: background is without the name, but with a description)."""
    for actor in _unnamed(site, actor_id):
        if not actor.described_as or actor.described_as.strip().lower() == "unknown":
            yield Diagnostic(
                "unnamed-undescribed",
                "This unnamed source is not described.",
                actor.location,
                help="Add “described_as:” with the words of the report.",
            )


def revealed_identity(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """No file names a source that another file leaves unnamed; within one file, `content.parse` checks it."""
    for actor in _unnamed(site, actor_id):
        named = [name for name in schema.IDENTIFYING if getattr(actor, "positions" if name == "position" else name)]
        if not named:
            continue
        carried = " and ".join(f"“{name}”" for name in named)
        records = [
            item
            for slug in site.explainers_of.get(actor_id, ())
            for item in site.records_in[slug]
            if isinstance(item, Actor) and item.id == actor_id
        ]
        naming = [item for item in records if item.type != UNNAMED]
        for item in naming or [actor]:
            yield Diagnostic(
                "unnamed-identity",
                f"“{actor.id}” is an unnamed source in one place and has {carried} in another: that would name them.",
                item.location,
                help="Delete it, from the file’s history too. If these are two people, give each an id.",
                also=tuple(other.location for other in (actor, *records) if other not in naming and other.location != item.location),
            )


def recognisable_office(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """An unnamed source is not called “the mayor” if the site names exactly one mayor: readers would take it for that person."""
    for actor in _unnamed(site, actor_id):
        holder = _only_holder(site, actor, plain(actor.described_as).casefold())
        if holder:
            yield Diagnostic(
                "unnamed-recognisable",
                f"“{actor.described_as}” can only be {site.actors[holder].title}, who is named on this site.",
                actor.location,
                help="Use a wider description, or name the speaker if the report does.",
                severity=WARNING,
                also=(site.actors[holder].location,),
            )


def named_in_description(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """An unnamed source is not described by a name: that of an actor of the site, or words that read as one. Languages with capitals on all nouns are left out."""
    for actor in _unnamed(site, actor_id):
        head = _HEAD.split(actor.described_as, maxsplit=1)[0].strip()
        who = bearers(site).get(plain(head).casefold(), "")
        spoken = {site.settings.language, *(site.explainers[slug].lang for slug in site.explainers_of.get(actor_id, ()))}
        if who or (is_like_name(head) and not any(map(mentions.capitalises_nouns, spoken))):
            yield Diagnostic(
                "unnamed-recognisable",
                f"“{head}” is the name of {site.actors[who].title}, who is named on this site."
                if who
                else f"“{head}” reads as somebody’s name, and this source is to have none.",
                actor.location,
                help="If it is their name, take it out, of the file’s history too; else describe them in the words of the report, in small letters: “a clerk”.",
                severity=WARNING,
                also=(site.actors[who].location,) if who else (),
            )


_HEAD = late(r"[,;:(–—]| - ")


@once_a_site
def bearers(site: Site) -> dict[str, str]:
    """Return the names and aliases of people, in small letters, with whose they are."""
    people = [(key, actor) for key, actor in site.actors.items() if actor.type == PERSON]
    return {plain(name).casefold(): key for key, actor in people for name in (actor.name, *actor.alias) if name}


_OF_WHAT = late(r" (?:of|in|at) ")


def _only_holder(site: Site, actor: Actor, words: str) -> str:
    """Return the only named actor with the office that `words` name; "" if there is none, or several.

    An office of the same body counts. An office without a body counts within the same explainer, where readers know.
    """
    if not words.startswith("the "):
        return ""
    name = words.removeprefix("the ")
    stories = set(site.explainers_of.get(actor.id, ()))
    for role in (name, *(name[: found.start()] for found in _OF_WHAT.finditer(name))):
        held_by = {
            who: of
            for who, of in _holders(site).get(role, ())
            if (of and of == actor.of) or (not (of and actor.of) and not stories.isdisjoint(site.explainers_of.get(who, ())))
        }
        # Of several bodies that have such an office, a description without one may mean any.
        if len(held_by) == 1 and (actor.of or not any(held_by.values())):
            return next(iter(held_by))
    return ""


@once_a_site
def _holders(site: Site) -> dict[str, list[tuple[str, str]]]:
    """Return office → the named actors that hold or held it, each with the body of the office."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, actor in site.actors.items():
        for held in actor.positions if actor.type != UNNAMED else ():
            found.setdefault(held.role.casefold(), []).append((key, held.of))
    return found


def missing_basis(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """Readers can see how an unnamed source knows (New York Times), or that the reports do not say."""
    for actor in _unnamed(site, actor_id):
        if not actor.knows_because and _speaks(site, actor) and not _BASIS.search(plain(actor.described_as)):
            yield Diagnostic(
                "unnamed-basis",
                "Missing: how this unnamed source knows.",
                actor.location,
                help="Add “knows_because:” with what the report says of it, or “knows_because: unknown” where it says nothing.",
                severity=WARNING,
            )


def missing_reason(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """Readers can see why a source is unnamed, or that the reports do not say: a named source is preferred (Reuters), so its lack needs a reason."""
    for actor in _unnamed(site, actor_id):
        if not actor.anonymity_reason and _speaks(site, actor):
            yield Diagnostic(
                "unnamed-reason",
                "Missing: why this source is not named.",
                actor.location,
                help="Add “anonymity_reason:” with the reason that the report gives, or “anonymity_reason: unknown” where it gives none.",
                severity=WARNING,
            )


def boilerplate_reason(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """“Not authorized to speak” is boilerplate and no reason (New York Times); it is accepted if more is said, or as the report's own words in quotation marks."""
    for actor in _unnamed(site, actor_id):
        reason = plain(actor.anonymity_reason)
        found = NOT_AUTHORISED.search(reason)
        if found and not _MORE.search(reason, found.end()) and not _QUOTED.fullmatch(reason):
            yield Diagnostic(
                "unnamed-boilerplate",
                "“Not authorized to speak” is said of nearly every unnamed source, and tells a reader nothing.",
                actor.location,
                help="If the report says what the source would risk, write that; otherwise keep its own words, in quotation marks: “anonymity_reason: '“…”'”.",
                severity=WARNING,
            )


def count_and_number(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """One source is not “sources” (Reuters: never the plural for one), and several are not “an official”."""
    for actor in _unnamed(site, actor_id):
        if not actor.count.isdecimal():
            continue
        number = int(actor.count[:9])
        if number == 1 and is_of_several(actor.described_as):
            yield _miscounted(actor, f"One source is described here as several: “{actor.described_as}”.")
        elif number > 1 and is_of_one(actor.described_as):
            yield _miscounted(actor, f"{number} sources are described here as one: “{actor.described_as}”.")
        elif number > 1 and number_in(plain(actor.described_as)) not in {0, number}:
            yield _miscounted(actor, f"{number} sources are described here as another number: “{actor.described_as}”.")


def _miscounted(actor: Actor, message: str) -> Diagnostic:
    return Diagnostic(
        "unnamed-count",
        message,
        actor.location,
        help="Correct “described_as:” or “count:”; if the number is not known, write “count: unknown”.",
        severity=WARNING,
    )


def number_in(words: str) -> int:
    """Return the number of people in a description, if it begins with one; 0 otherwise."""
    found = _COUNTED.match(words)
    if found is None or _UNCERTAIN.search(words):
        return 0
    return int(found[1]) if found[1].isdecimal() else NUMBERS[found[1].casefold()]


def opinions_of_unnamed(site: Site, slug: str) -> Iterator[Diagnostic]:
    """An unnamed source gives information and not opinion (AP).

    Only words that call themselves an opinion are reported. Others are for an editor to judge.
    """
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        # Asked first: few speakers are unnamed.
        if not quote.speakers or any(site.actors[who].type != UNNAMED for who in quote.speakers):
            continue
        found = next((match for match in map(_OPINION.search, quote.segments) if match), None)
        if found:
            yield Diagnostic(
                "unnamed-opinion",
                f"An unnamed source gives an opinion here: “{found[0]}”.",
                quote.location,
                help="Leave it out, or find a named source for it.",
                severity=WARNING,
            )
