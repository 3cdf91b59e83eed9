"""A draft into the file of an explainer: the quotations as its text, and every record as a proposal.

Of an article by others nothing goes into that file but quoted words, names and a few words that led to them; the whole stays in the kept text of its source.
"""

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from builder import urls
from builder.content.frontmatter import in_braces
from builder.content.schema import SHORT
from builder.drafting import unnamed_sources
from builder.drafting.coreference import KIN
from builder.drafting.denials import id_of_quote
from builder.drafting.documents import is_document
from builder.drafting.draft_body import body, cut, is_quoted, plain
from builder.drafting.findings import (
    BODY,
    CERTAIN,
    INDIRECT,
    LIKELY,
    PARTIAL,
    UNNAMED,
    UNRESOLVED,
    AttributedSpeech,
    DateMention,
    Draft,
    Speaker,
)
from builder.linking.actor_types import kind_of

KINDS_OF_ACTOR = ("Organization", "PublicBody", "Group", "Country", "Person")
"""Types of actors that the author chooses from when the article does not decide."""

_IN_ID = 3
"""Words of a quotation in the id of its proposal."""

_IN_PREFIX = 3
"""Words in the `prefix` that tells a quotation from the same words elsewhere."""

_MARKS = " \n“”\"„«»‘’'‚"

_Namer = Callable[..., str]
"""Makes the id of a proposal from words."""


class DraftFileOptions(msgspec.Struct, frozen=True):
    """Options for the file of a draft."""

    title: str
    source: str = ""
    """The id of the article's source; "" if there is none."""
    own: bool = False
    """Whether the article is the author's own: its text becomes that of the explainer."""
    publisher: str = ""
    url: str = ""
    published: str = ""
    heading: str = ""
    """The article's own headline."""
    file: str = ""
    """The article as its file has it, by which lines are counted."""
    language: str = ""
    """The language of the article, if it is not that of the site."""
    today: str = ""
    known: frozenset[str] = frozenset()
    """Ids of actors that the site has."""
    rejected: frozenset[str] = frozenset()
    """Ids of proposals that were rejected before."""


class DraftFile(msgspec.Struct, frozen=True):
    """The text of a file, with its proposals."""

    text: str
    proposals: tuple[tuple[str, str], ...]
    """Of each proposal its kind and how it was found."""


def explainer(draft: Draft, wanted: DraftFileOptions) -> DraftFile:
    """Return the file of an explainer that is begun with a draft."""
    draft = msgspec.structs.replace(draft, said=tuple(map(_with_denied_open, draft.said)))
    proposals = [proposal for proposal in _proposals(draft, wanted) if proposal.id not in wanted.rejected]
    lines = [
        "---",
        f"format: {SHORT}",
        f"title: {in_braces(wanted.title)}",
        "status: draft                     # delete this line to publish",
    ]
    if wanted.own and wanted.published:
        lines.append(f"published: {wanted.published}")
    if wanted.own and draft.article.authors:
        lines.append(f"authors: [{', '.join(map(in_braces, draft.article.authors))}]")
    if wanted.own and wanted.language:
        lines.append(f"lang: {wanted.language}")
    if wanted.source:
        told = {
            "publisher": wanted.publisher,
            "title": wanted.heading if wanted.own else cut(wanted.heading),
            "url": wanted.url,
            "published": wanted.published,
            "accessed": "" if wanted.own else wanted.today,
            "lang": wanted.language,
        }
        record = ", ".join(f"{key}: {in_braces(value)}" for key, value in told.items() if value)
        lines += ["sources:", f"  {wanted.source}: {{{record}}}"]
    if proposals:
        lines.append("proposed:                         # to accept or reject: backstory annotate; none of it is published")
        for proposal in proposals:
            lines += proposal.lines()
    if not wanted.own:
        lines.append("# Below stand the quotations of the article, in its order. Write your own text around them.")
    lines += ["---", *body(draft, own=wanted.own)]
    return DraftFile("\n".join(lines) + "\n", tuple((proposal.kind, proposal.found) for proposal in proposals))


_WHOSE = re.compile(r"(?:his|her|its|their|our|my|your|sein|seine|ihr|ihre|unser|unsere)\s", re.IGNORECASE)
"""How a name begins that says nothing outside the article: “his office”."""
_NAME_IT = "Write a name that readers know."


class _Proposal(msgspec.Struct, frozen=True):
    id: str
    kind: str
    at: int
    found: str
    record: str
    because: str = ""
    ask: str = ""
    candidates: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        yield f"  - id: {self.id}"
        yield f"    at: {self.at}"
        yield f"    found: {self.found}"
        if self.because:
            yield f"    because: {in_braces(self.because)}"
        if self.ask:
            yield f"    ask: {in_braces(self.ask)}"
        if self.candidates:
            yield f"    candidates: [{', '.join(map(in_braces, self.candidates))}]"
        yield f"    {self.kind}: {{{self.record}}}"


def _proposals(draft: Draft, wanted: DraftFileOptions) -> Iterator[_Proposal]:
    digest = hashlib.sha256(draft.article.text.encode()).hexdigest()[:4]
    ids = _ids(draft)
    taken: dict[str, int] = {}

    def named(*parts: str) -> str:
        made = urls.slug(" ".join(filter(None, (*parts, digest))))
        taken[made] = taken.get(made, 0) + 1
        return made if taken[made] == 1 else f"{made}-{taken[made]}"

    first = {
        attributed_speech.speaker: attributed_speech for attributed_speech in reversed(draft.said) if attributed_speech.speaker is not None
    }
    may_speak = _may_speak(draft)
    for speaker in ids:
        if speaker in may_speak:
            yield _actor(draft, wanted, speaker, first.get(speaker), ids[speaker], named)
    known = _Known(ids, may_speak, _shown(draft, wanted))
    for attributed_speech in draft.said:
        if not attributed_speech.unclosed or wanted.own:
            yield _quote(draft, wanted, attributed_speech, known, named)
    for day in _each_once(draft.days):
        yield _event(draft, wanted, day, named)


def _may_speak(draft: Draft) -> frozenset[Speaker]:
    """Return all who speak, and who may where nobody is known to: somebody else who is only mentioned gets no record."""
    may = (
        speaker
        for attributed_speech in draft.said
        for speaker in ((attributed_speech.speaker,) if attributed_speech.speaker is not None else attributed_speech.candidates)
    )
    return frozenset(speaker for speaker in may if not is_document(speaker))


def _each_once(days: Sequence[DateMention]) -> Iterator[DateMention]:
    """Yield the first of the days that are the same."""
    seen: set[str] = set()
    for day in days:
        if day.date.edtf not in seen:
            seen.add(day.date.edtf)
            yield day


def _ids(draft: Draft) -> dict[Speaker, str]:
    """Return a unique id for each speaker and candidate."""
    found: dict[Speaker, str] = {}
    for attributed_speech in draft.said:
        for speaker in (*((attributed_speech.speaker,) if attributed_speech.speaker is not None else ()), *attributed_speech.candidates):
            if speaker in found:
                continue
            name = speaker.name if speaker.kind != UNNAMED else " ".join(speaker.name.split()[:5])
            made = urls.slug(name) or "speaker"
            number = 2
            while made in found.values():
                made = f"{urls.slug(name) or 'speaker'}-{number}"
                number += 1
            found[speaker] = made
    return found


def _line(draft: Draft, wanted: DraftFileOptions, offset: int) -> int:
    """Return the line of the article on which a character stands, as its kept text has them."""
    if not wanted.file:
        return draft.article.text.count("\n", 0, offset) + 1
    return wanted.file.count("\n", 0, draft.article.at(offset)) + 1


def _behind_mentions(draft: Draft, speaker: Speaker) -> Sequence[str]:
    """Return the text behind each mention of a speaker: a report says at any of them how they know, or why they have no name."""
    mentions = {
        attributed_speech.mention
        for attributed_speech in draft.said
        if attributed_speech.speaker == speaker and attributed_speech.mention is not None
    }
    end = speaker.offset + len(speaker.name)
    named = {end} if draft.article.text[speaker.offset : end].casefold() == speaker.name.casefold() else set()
    return [draft.article.text[end:] for end in sorted({end for _, end in mentions} | named)]


def _actor(draft: Draft, wanted: DraftFileOptions, speaker: Speaker, said: AttributedSpeech | None, key: str, named: _Namer) -> _Proposal:
    offset = said.mention[0] if said is not None and said.mention is not None else speaker.offset
    because = cut(said.why) if said is not None else ""
    found = said.how if said is not None else UNRESOLVED
    if speaker.kind == UNNAMED:
        behind = _behind_mentions(draft, speaker)
        reason = cut(unnamed_sources.first_known(unnamed_sources.anonymity_reason(words) for words in behind))
        fields = {
            "id": key,
            "described_as": cut(speaker.name),
            "knows_because": cut(unnamed_sources.first_known(unnamed_sources.knows_because(speaker.name, words) for words in behind)),
            "anonymity_reason": reason if reason == unnamed_sources.UNKNOWN else f"“{reason}”",
        }
        if speaker.plural:
            fields["count"] = unnamed_sources.count(speaker.name)
        return _Proposal(named("unnamed", key), "unnamed", _line(draft, wanted, offset), found, _fields(fields), because)
    if key in wanted.known:
        return _Proposal(
            named("actor", key),
            "actor",
            _line(draft, wanted, offset),
            LIKELY,
            _fields({"id": key}),
            because,
            f"Is this the “{key}” that the site has?",
        )
    fields = {"id": key, "name": cut(speaker.name)}
    kind = kind_of(speaker.name) or ("Organization" if speaker.organization else "") if speaker.kind == BODY else ""
    asked = speaker.unsure or (speaker.kind == BODY and not kind)
    ask = "What is it? Nothing in the article tells for certain." if asked else ""
    if kind:
        fields["type"] = kind
    position = next((role for role in speaker.roles if role.lower() not in KIN), "")
    if position:
        fields["position"] = cut(re.sub(r"^The (?=[a-z])", "the ", position))
    if _WHOSE.match(speaker.name) and not asked:
        return _Proposal(named("actor", key), "actor", _line(draft, wanted, offset), LIKELY, _fields(fields), because, f"Whose? {_NAME_IT}")
    found = UNRESOLVED if asked else found
    return _Proposal(
        named("actor", key), "actor", _line(draft, wanted, offset), found, _fields(fields), because, ask, KINDS_OF_ACTOR if asked else ()
    )


class _Known(NamedTuple):
    """What all quotes of a draft are written from."""

    ids: dict[Speaker, str]
    may_speak: frozenset[Speaker]
    shown: str
    """The words of the text of the explainer: all, or those that others are quoted with."""


def _shown(draft: Draft, wanted: DraftFileOptions) -> str:
    text = draft.article.text
    if wanted.own:
        return " ".join(text.split())
    quoted = (text[start:end] for attributed_speech in draft.said if is_quoted(attributed_speech) for start, end in attributed_speech.spans)
    return " ".join(" ".join(quoted).split())


def _quote(draft: Draft, wanted: DraftFileOptions, said: AttributedSpeech, known: _Known, named: _Namer) -> _Proposal:
    ids = known.ids
    text = draft.article.text
    pieces = [plain(text[start:end]) for start, end in said.spans]
    own_words = not (wanted.own or is_quoted(said))
    what = "reported" if said.kind == INDIRECT else "answer"
    key = named(what, str(_line(draft, wanted, said.spans[0][0]))) if own_words else named("quote", *pieces[0].split()[:_IN_ID])
    document = is_document(said.speaker)
    speaker = ids.get(said.speaker, "") if said.speaker is not None and not document else ""
    fields = [f"speaker: {speaker}"] if speaker else ["speaker: "]
    if own_words:
        fields.append('text: ""')
    else:
        fields.append("text: " + (in_braces(pieces[0]) if len(pieces) == 1 else f"[{', '.join(map(in_braces, pieces))}]"))
    if not own_words and (before := _prefix(draft, wanted, said, pieces[0], known.shown)):
        fields.append(f"id: {urls.slug(' '.join([*pieces[0].split()[:5], str(_line(draft, wanted, said.spans[0][0]))]))}")
        fields.append(f"prefix: {in_braces(before)}")
    if said.kind == INDIRECT:
        fields.append("mode: indirect")
    elif said.kind == PARTIAL:
        fields.append("mode: partial")
    denies = id_of_quote(text, said.denies) if said.denies and not own_words else ""
    if denies:
        fields.append(f"denies: {denies}")
    if said.day is not None and said.day.how == CERTAIN:
        fields.append(f"said: {in_braces(said.day.date.edtf)}")
    if wanted.source:
        fields.append(f"via: {wanted.source}")
    candidates = tuple(ids[candidate] for candidate in said.candidates if candidate in known.may_speak)
    if speaker:
        candidates = (speaker, *candidates) if candidates else ()
    ask = (
        "Whose words are these? What is written has an author."
        if document
        else "Who says this?"
        if not speaker
        else "Is this the right speaker?"
        if said.how == LIKELY
        else ""
    )
    if denies:
        ask = f"Does this deny the quote “{denies}”?"
    elif said.denied and said.kind == INDIRECT and wanted.own:
        ask = "Is this the right speaker? If the denied words are a quote of your text, `denies:` with its id links the two."
    elif said.denied and said.kind == INDIRECT:
        ask = "What is denied there, in your own words? They must stand in your text; `denies` names the quote that it answers."
    elif said.denied:
        ask = "Whose words are these? Here somebody denies them."
    elif own_words and said.kind == INDIRECT:
        ask = "What is reported there, in your own words? They must stand in your text."
    elif own_words:
        ask = "Which words of this answer do you quote? They must stand in your text."
    day_asked = _day_asked(said)
    ask = " ".join(filter(None, (ask, day_asked)))
    how = UNRESOLVED if document else LIKELY if (denies or day_asked) and said.how == CERTAIN else said.how
    return _Proposal(key, "quote", _line(draft, wanted, said.spans[0][0]), how, ", ".join(fields), cut(said.why), ask, candidates)


def _day_asked(said: AttributedSpeech) -> str:
    """Return the question whether a day is that of an utterance, with the reason; "" where the sentence of the utterance tells it."""
    if said.day is None or said.day.how == CERTAIN:
        return ""
    reason = f"“{cut(said.day.words)}” stands in another sentence" if said.day.words else "it is the day of the report"
    return f"Was it said on {said.day.date.edtf}? It is a guess, which is not written: {reason}."


def _with_denied_open(said: AttributedSpeech) -> AttributedSpeech:
    """Return denied words without a speaker: a record would make them a claim of the person who denies them."""
    if not said.denied or said.kind == INDIRECT or said.speaker is None:
        return said
    return msgspec.structs.replace(said, speaker=None, how=UNRESOLVED, candidates=(said.speaker, *said.candidates))


def _prefix(draft: Draft, wanted: DraftFileOptions, said: AttributedSpeech, words: str, shown: str) -> str:
    """Return the words just before a quotation in the text of the explainer, where its own stand there more than once; else ""."""
    text = draft.article.text
    # Most stand there once, which is seen sooner without a pattern.
    found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", shown) if shown.count(words) > 1 else ()
    if len(list(itertools.islice(found, 2))) < 2:
        return ""
    if wanted.own:
        return " ".join(text[: said.spans[0][0]].rstrip(_MARKS).split()[-_IN_PREFIX:])
    return f"{cut(said.speaker.name) if said.speaker is not None else 'Somebody'}:"


def _event(draft: Draft, wanted: DraftFileOptions, day: DateMention, named: _Namer) -> _Proposal:
    words = cut(" ".join(draft.article.text[day.start : day.end].split()))
    counted = f", as_of: {wanted.source}" if wanted.source and wanted.published else ""
    exact = words == day.date.edtf
    when = in_braces(day.date.edtf) if exact else f"{{says: {in_braces(words)}{counted}, is: {in_braces(day.date.edtf)}}}"
    sources = f", sources: {wanted.source}" if wanted.source else ""
    other = (day.other.edtf,) if day.other is not None and day.how != "read" else ()
    return _Proposal(
        named("day", day.date.edtf.replace("/", " ")),
        "event",
        _line(draft, wanted, day.start),
        day.how,
        f'when: {when}, title: ""{sources}',
        "",
        "Title for the timeline (empty: leave it out)",
        (day.date.edtf, *other) if other else (),
    )


def _fields(fields: dict[str, str]) -> str:
    return ", ".join(f"{key}: {in_braces(value)}" for key, value in fields.items())
