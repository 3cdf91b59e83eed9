"""Cards of quotes: basis, sources and relations."""

from typing import NamedTuple

import msgspec

from builder import urls
from builder.formats import value_labels
from builder.i18n.language import direction
from builder.i18n.scripts import direction_of
from builder.incremental.memoize import once_a_site
from builder.model import INDIRECT, OURS, RELATIONS, UNNAMED, Actor, Explainer, Quote, QuoteKey, Site
from builder.pages.cards.frames import frame
from builder.pages.cards.refs import actor_ref, date, event_ref, explainer_ref, inferred, noted, source_ref, source_short
from builder.pages.cards.speaker_kinds import speaker_kind
from builder.pages.shapes import (
    DASHED,
    DOTTED,
    INSTITUTION,
    NAMED,
    NOT_NAMED,
    SOLID,
    UNKNOWN,
    Basis,
    Chain,
    DateView,
    QuoteCard,
    Ref,
    Relation,
    TranslationView,
)

_LINES = {NAMED: SOLID, INSTITUTION: SOLID, NOT_NAMED: DASHED, UNKNOWN: DOTTED}


@once_a_site
def _kind_words(site: Site) -> dict[str, str]:
    word = site.language.word
    return {
        NAMED: word("named person"),
        INSTITUTION: word("institution"),
        NOT_NAMED: word("not named"),
        UNKNOWN: word("speaker unknown"),
    }


def basis(site: Site, quote: Quote) -> Basis:
    """Return the basis of a quote. The terms are those that the author gives, and are never inferred."""
    word = site.language.word
    speakers = [site.actors[key] for key in quote.speakers]
    speaks = speaker_kind(site, quote)
    terms, doubt = value_labels.terms(site.language, quote.rules), value_labels.doubt(site.language, quote.doubt)
    who = (
        _names([*(_spoken_name(site, actor, first=not n) for n, actor in enumerate(speakers)), *quote.unfound], site)
        if speakers or quote.unfound
        else word("Speaker unknown")
    )
    to = _names([actor_ref(site, key).name for key in quote.to], site)
    if to:
        to = word("to {name}").format(name=to)
        to = inferred(site, to) if "to" in quote.derived else to
    form = word("paraphrased") if quote.is_paraphrase else ""
    return Basis(
        DOTTED if quote.doubt == "low" else _LINES[speaks],
        speaks,
        _kind_words(site)[speaks],
        terms,
        doubt,
        ", ".join(part for part in (f"{who} {to}" if to else who, form, terms, doubt) if part),
    )


def _spoken_name(site: Site, actor: Actor, *, first: bool) -> str:
    """Return the name of a speaker for the sentence of a basis; `first` gives it a capital."""
    if actor.type != UNNAMED:
        return actor.title
    words = actor.described_as or actor.title
    for article in ("a ", "an "):
        if words.startswith(article):
            words = site.language.word("an unnamed {description}").format(description=words[len(article) :])
            break
    return words[:1].upper() + words[1:] if first else words


def _names(names: list[str], site: Site) -> str:
    if len(names) < 2:
        return "".join(names)
    return site.language.word("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


@once_a_site
def quote_card(site: Site, key: QuoteKey) -> QuoteCard:
    """Return a quote with its whole chain."""
    quote, explainer = site.quotes[key], site.explainers[key[0]]
    word = site.language.word
    found = basis(site, quote)
    mode = "" if "mode" in quote.derived else quote.mode
    said = date(site, quote.said)
    reported = date(site, site.sources[quote.via[0]].published) if said is None and quote.via else None
    speakers = tuple(actor_ref(site, who) for who in (*quote.speakers, *quote.unfound))
    via = tuple(_marked(source_ref(site, source), "via", quote) for source in quote.via)
    certainty = ""
    if quote.cert:
        judged = {
            "high": word("The corrected wording is certain") if quote.corrected else word("The attribution is certain"),
            "medium": word("The corrected wording is likely") if quote.corrected else word("The attribution is likely"),
            "low": word("The corrected wording is a guess") if quote.corrected else word("The attribution is doubtful"),
        }
        certainty = judged[quote.cert]
        if quote.resp:
            certainty = word("{judgement}, says {who}").format(judgement=certainty, who=quote.resp)
    lang = quote.lang or (explainer.lang if explainer.lang != site.settings.language else "")
    translation = None
    if quote.translation is not None:
        how = {
            "human": word("translated by a person"),
            "machine": word("translated by a machine"),
            "unknown": word("translated by") if quote.translation.by else word("translator not named"),
        }
        translation = TranslationView(quote.translation.text, quote.translation.by, how[quote.translation.method])
    return QuoteCard(
        id=quote.id,
        path=urls.statement_path(*key),
        in_text=f"{urls.explainer_path(key[0])}#quote--{quote.id}" if quote.in_body else "",
        segments=quote.segments,
        speakers=speakers,
        to=tuple(_marked(actor_ref(site, who), "to", quote) for who in quote.to),
        said=said,
        reported=reported,
        reported_words=_reported_words(site, reported) if reported is not None else "",
        mode=mode,
        mode_words={"direct": word("direct quote"), "partial": word("partial quote"), INDIRECT: word("paraphrase")}.get(
            mode, word("quote")
        ),
        medium=word(quote.medium.replace("-", " ")) if quote.medium else "",
        basis=found,
        via=via,
        chain=_chain(site, quote, speakers),
        about=tuple(event_ref(site, event) for event in quote.about),
        relations=_relations(site, key),
        lang=lang,
        direction=_direction(site, explainer, quote, lang),
        translation=translation,
        as_published=quote.as_published,
        corrected=quote.corrected,
        certainty=certainty,
        note=quote.note,
        explainer=explainer_ref(explainer),
        extra=noted(site, quote.extra),
        frame=frame(site, "quotes", *key, title=found.sentence, draft=explainer.draft),
    )


def _reported_words(site: Site, when: DateView) -> str:
    word = site.language.word
    if when.shape != "day":
        return word("reported")
    return word("reported at") if "T" in when.machine else word("reported on")


def _marked(ref: Ref, field: str, quote: Quote) -> Ref:
    """Return a link, marked as inferred if the author left out the field that it comes from."""
    return msgspec.structs.replace(ref, derived=True) if field in quote.derived else ref


def _direction(site: Site, explainer: Explainer, quote: Quote, lang: str) -> str:
    """Return the direction of a quote where it is another than that of what stands around it; that of its letters, if its language is not given."""
    around = {direction(site.settings.language), direction(explainer.lang or site.settings.language)}
    own = direction(lang) if lang else "" if explainer.lang else direction_of(" ".join(quote.segments))
    return own if own and around != {own} else ""


def _chain(site: Site, quote: Quote, speakers: tuple[Ref, ...]) -> tuple[Chain, ...]:
    word = site.language.word
    via = tuple(_marked(source_short(site, source), "via", quote) for source in quote.via)
    chain = [Chain(word("said by"), speakers)] if speakers else []
    # A translator is no link: whether they had the words before or after the report, nobody said.
    if via:
        chain.append(Chain(word("published by"), via[:1]))
        chain += [Chain(word("republished by"), (again,)) for again in via[1:]]
    return tuple(chain)


class Related(NamedTuple):
    """The relation of a quote to another."""

    relation: str
    other: QuoteKey
    passive: bool
    """Whether the other denies, confirms, answers or repeats this one."""
    ours: bool
    """Whether it is the author's reading, not stated by a source."""
    words: str


def related(site: Site, key: QuoteKey) -> tuple[Related, ...]:
    """Return the relations of a quote to others, contradictions first."""
    quote, replies = site.quotes[key], site.replies.get(key, ())
    if not (quote.relations or replies):
        return ()
    word = site.language.word
    words = {
        ("denies", False): word("denies"),
        ("confirms", False): word("confirms"),
        ("answers", False): word("answers"),
        ("repeats", False): word("repeats"),
        ("denies", True): word("is denied by"),
        ("confirms", True): word("is confirmed by"),
        ("answers", True): word("is answered by"),
        ("repeats", True): word("is repeated by"),
    }
    found = []
    for relation, other in replies:
        ours = relation in OURS and not site.quotes[other].stated
        found.append(Related(relation, other, passive=True, ours=ours, words=words[relation, True]))
    for relation, other in quote.relations:
        ours = relation in OURS and not quote.stated
        found.append(Related(relation, other, passive=False, ours=ours, words=words[relation, False]))
    return tuple(sorted(found, key=lambda related: RELATIONS.index(related.relation)))


def relation_words(site: Site, relation: Related) -> str:
    """Return a relation in words, marked as our reading if no source states it."""
    return f"{relation.words} ({site.language.word('as we read it')})" if relation.ours else relation.words


def _in_a_line(site: Site, related: Related) -> str:
    """Return a relation with the speakers of the other quote, without its words."""
    speakers, doubt = site.quotes[related.other].speakers, value_labels.doubt(site.language, site.quotes[related.other].doubt)
    who = ", ".join(actor_ref(site, key).name for key in speakers) if speakers else site.language.word("an unknown speaker")
    ours = site.language.word("as we read it") if related.ours else ""
    return ", ".join(part for part in (f"{related.words} {who}", ours, doubt) if part)


def _relations(site: Site, key: QuoteKey) -> tuple[Relation, ...]:
    return tuple(
        Relation(
            relation.relation,
            relation_words(site, relation),
            _in_a_line(site, relation),
            Ref(" … ".join(site.quotes[relation.other].segments), urls.statement_path(*relation.other), "quote"),
            INDIRECT if site.quotes[relation.other].is_paraphrase else "",
            tuple(actor_ref(site, who) for who in site.quotes[relation.other].speakers),
            value_labels.doubt(site.language, site.quotes[relation.other].doubt),
            relation.passive,
        )
        for relation in related(site, key)
    )
