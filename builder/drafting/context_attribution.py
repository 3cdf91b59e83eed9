"""Attributes quotations without a verb of saying, by the text before them, and finds quotation marks around other words."""

import re
from collections.abc import Iterator, Sequence

from builder.drafting import cues
from builder.drafting.article_state import ArticleState
from builder.drafting.entities import Entity
from builder.drafting.findings import BODY, CERTAIN, DIRECT, LIKELY, PARTIAL, UNRESOLVED
from builder.drafting.phrases import NAME, Phrase
from builder.drafting.subjects import SubjectReader
from builder.drafting.tokens import QUOTED, Sentence, Token
from builder.drafting.utterances import Utterance
from builder.i18n.lexicons.lexicon import Lexicon, words

_CLOSING = "“”„\"«»‘’' "
_NAMED_THINGS = words(
    """agency channel station newspaper paper magazine portal website programme program show series film song album book novel play opera café cafe restaurant hotel bar club pub cinema theatre theater
    ship boat vessel ferry tanker trawler yacht tug company firm concern plant factory mine mill enterprise joint-stock group movement party bloc coalition foundation association society union team band
    operation project codenamed code-named agentur sender zeitung magazin portal film lied buch roman restaurant hotel kneipe café schiff fähre frachter tanker firma partei verein stiftung projekt"""
)
"""Nouns that a name in quotation marks stands behind."""
_BESIDE = 2
"""Tokens from a quotation to the words of saying beside it, with a comma or a dash between."""
_LONGEST_NAME = 4
"""Words."""
_LONGEST_TITLE = 150
"""Characters."""
_WHETHER = frozenset({"whether", "if", "what", "why", "how", "who", "when", "where", "about"})
HEARS = frozenset({"heard", "hears", "learned", "learnt"})
"""Verbs of those who are told something: “…”, a jury heard."""

_OTHERWISE = frozenset({"disagrees", "disagreed", "disagree", "differently", "otherwise", "anders", "widersprach", "widerspricht"})

_SIGNS = frozenset({",", "—", "–", "-"})

_NAMES_A_THING = frozenset(
    ["so-called", "sogenannte", "sogenannten", "sogenannter", "dubbed", "nicknamed", "titled", "entitled", "headlined"]
)
"""Words before a quotation that is the name of something."""


def attribute(run: ArticleState, utterance: Utterance, number: int, n: int) -> None:
    """Attribute a quotation by its context, or leave it unresolved with candidates.

    `number` is its sentence, `n` its token there.
    """
    sentence = run.sentences[number]
    tokens = sentence.tokens
    last = last_before(run, number, n)
    is_same = last is not None and last.paragraph == sentence.paragraph
    opens = all(token.low in run.lexicon.conjunctions or token.low in run.lexicon.adverbs or token.text in _SIGNS for token in tokens[:n])
    if last is not None and last.entity is not None and is_same and opens and number - last.sentence <= 1:
        _as_before(utterance, last, last.how)
        if last.kind == DIRECT and utterance.kind == DIRECT and last.cue is not None:
            utterance.joins = last
        return
    if sentence_is_reported(run.lexicon, tokens[:n]):
        subject = run.readers[number].main_subject(n)
        if subject is not None:
            _to_phrase(run, utterance, number, subject, "")
            return
    if _behind_colon(run, utterance, number, n, opens=opens):
        return
    alone = sentence.is_alone
    if alone and sentence.first and (asked := _who_is_asked(run, number - 1)) is not None and not _tells_later(run, number):
        _to_phrase(run, utterance, number - 1, asked, "")
        return
    if alone and last is not None and (other := _whose_turn(run, last, utterance, number)) is not None:
        _as_before(utterance, other, LIKELY)
        utterance.others = [last.entity] if last.entity is not None else []
        return
    if alone and last is not None and _goes_on(run, last, number):
        _as_before(utterance, last, LIKELY)
        return
    if alone and not sentence.first:
        if is_same and last is not None and last.entity is not None and not _disagrees(run, number - 1):
            _as_before(utterance, last, LIKELY)
            return
        subject = _subject(run, number - 1)
        if subject is not None:
            _to_phrase(run, utterance, number - 1, subject, "")
            return
    utterance.others = list(_guesses(run, number, last if alone else None))


def sentence_is_reported(lexicon: Lexicon, tokens: Sequence[Token]) -> bool:
    """Return whether words are in the mood of reported speech, as German has it: “Sie habe …”."""
    if not lexicon.capitals:
        return False
    begins = (
        len(tokens) > 1 and tokens[0].low in {"er", "sie", "es", "man"} and tokens[1].low.endswith("e") and not tokens[1].low.endswith("te")
    )
    return begins or any(token.low in lexicon.reporting for token in tokens)


def last_before(run: ArticleState, number: int, n: int) -> Utterance | None:
    """Return the last quotation before a token of a sentence."""
    earlier = (
        utterance
        for utterance in reversed(run.utterances.values())
        if utterance.sentence < number or (utterance.sentence == number and utterance.token < n)
    )
    return next((utterance for utterance in earlier if not utterance.is_name), None)


def is_of_nobody(lexicon: Lexicon, utterance: Utterance, sentence: Sentence, n: int) -> bool:
    """Return whether a quotation is most likely not speech: a name, a title, or words in a sentence without a verb of saying."""
    tokens = sentence.tokens
    if any(token.low in _NAMES_A_THING for token in tokens[max(0, n - 2) : n]):
        return True
    is_beside = utterance.cue is not None and 0 < utterance.cue.start - n <= _BESIDE
    if utterance.how != CERTAIN and not is_beside and _is_title(lexicon, tokens[n].text):
        return True
    if utterance.how != UNRESOLVED or utterance.cue is not None:
        return False
    if not sentence.is_alone and any(token.low in HEARS for token in tokens[n + 1 :]):
        return False  # somebody has said so: “…”, a jury heard
    if utterance.kind == DIRECT and n and tokens[n - 1].text == ":":
        return False  # a colon announces speech
    return utterance.kind == PARTIAL or not sentence.is_alone


def is_name_of_thing(tokens: Sequence[Token], n: int) -> bool:
    """Return whether a quotation is the name of a thing, as it stands behind its noun: the channel “Drevin-1”."""
    bare = tokens[n].text.strip(_CLOSING)
    return (
        n > 0
        and tokens[n - 1].low in _NAMED_THINGS
        and 0 < len(bare.split()) <= _LONGEST_NAME
        and bare[-1:] not in {".", ",", "!", "?"}
        and (bare[0].isupper() or bare[0].isdigit())
    )


def _is_title(lexicon: Lexicon, words: str) -> bool:
    """Return whether quoted words are written as titles are in English: each with a capital, but for the small ones."""
    if lexicon.capitals or len(words) > _LONGEST_TITLE:
        return False
    small = lexicon.prepositions | lexicon.determiners | lexicon.conjunctions
    content_words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", words) if word not in small]
    return len(content_words) > 1 and all(word[0].isupper() for word in content_words)


def _as_before(utterance: Utterance, last: Utterance, how: str) -> None:
    utterance.entity, utterance.how, utterance.why, utterance.mention, utterance.cue = last.entity, how, last.why, last.mention, last.cue
    utterance.others = last.others


def _behind_colon(run: ArticleState, utterance: Utterance, number: int, n: int, *, opens: bool) -> bool:
    """Attribute a quotation after a colon to the subject of the words before it, and return whether there is one."""
    tokens = run.sentences[number].tokens
    before = run.sentences[number - 1] if number else None
    if before is not None and opens and before.tokens[-1].text == ":":
        here = run.cues[number - 1]
        subject = here[-1].subject if here else _before_colon(run.readers[number - 1], len(before.tokens) - 1)
        subject = subject or run.readers[number - 1].main_subject(len(before.tokens))
        if subject is not None:
            _to_phrase(run, utterance, number - 1, subject, "…:")
            return True
    if not n or tokens[n - 1].text != ":":
        return False
    reader = run.readers[number]
    subject = _before_colon(reader, n - 1) or reader.main_subject(n - 1)
    if subject is not None:
        _to_phrase(run, utterance, number, subject, "…:")
    return subject is not None


def _before_colon(reader: SubjectReader, end: int) -> Phrase | None:
    """Return the name that a colon follows: “… surprises the pollster Ann Lee: “…””."""
    behind = [n for n in range(1, end) if reader.low_at(n - 1) in {"from", "by", "von"}]  # “the key quote from Ann Lee:”
    for start in [*reader.starts(0, end), *behind]:
        subject = reader.phrase(start)
        if subject is not None and subject.end == end and subject.kind == NAME:
            return subject
    return None


def _to_phrase(run: ArticleState, utterance: Utterance, number: int, subject: Phrase, why: str) -> None:
    tokens = run.sentences[number].tokens
    utterance.entity, utterance.others, _ = run.resolve_phrase(number, subject)
    utterance.how = LIKELY if utterance.entity is not None else UNRESOLVED
    utterance.mention = (tokens[subject.start].start, tokens[subject.end - 1].end)
    words = run.article.text[utterance.mention[0] : utterance.mention[1]]
    utterance.why = why or " ".join(words.split())


def _subject(run: ArticleState, number: int) -> Phrase | None:
    """Return the speaker in a sentence, or else its subject."""
    here = [cue for cue in run.cues[number] if cue.kind != cues.ACCORDING]
    return here[-1].subject if here else run.readers[number].main_subject(len(run.sentences[number].tokens))


def _disagrees(run: ArticleState, number: int) -> bool:
    """Return whether a sentence introduces a different view, and so another speaker."""
    return any(token.low in _OTHERWISE for token in run.sentences[number].tokens)


def _goes_on(run: ArticleState, last: Utterance, number: int) -> bool:
    """Return whether a quotation that is a paragraph of its own goes on with the one before."""
    return (
        last.entity is not None
        and last.sentence == number - 1
        and last.cue is not None
        and last.kind == DIRECT
        and run.sentences[number].first
        and not _tells_later(run, number)
    )


def _whose_turn(run: ArticleState, last: Utterance, utterance: Utterance, number: int) -> Utterance | None:
    """Return the utterance of the speaker before the last one, if two speak by turns and one of them asks; None if they do not."""
    before = next((utterance for utterance in reversed(run.utterances.values()) if utterance.sentence < last.sentence), None)
    if (
        before is None
        or before.paragraph != last.paragraph - 1
        or before.entity is None
        or last.entity is None
        or before.entity is last.entity
        or last.unclosed
    ):
        return None
    if last.paragraph != utterance.paragraph - 1 or not run.sentences[number].first or _tells_later(run, number):
        return None
    asked = any(run.article.text[: spoken.spans[-1][1]].rstrip(_CLOSING).endswith("?") for spoken in (before, last, utterance))
    return before if asked and {before.kind, last.kind, utterance.kind} == {DIRECT} else None


def _who_is_asked(run: ArticleState, number: int) -> Phrase | None:
    """Return who is asked something in a sentence, “he was asked whether …”; None if nobody is."""
    if number < 0 or run.lexicon.capitals:
        return None
    tokens, reader = run.sentences[number].tokens, run.readers[number]
    if any(token.kind == QUOTED for token in tokens):
        return None
    verb = next((n for n, token in enumerate(tokens) if n and token.low == "asked" and tokens[n - 1].low in {"was", "is", "were"}), None)
    return reader.subject_before(verb - 1, 0) if verb is not None and reader.low_at(verb + 1) in _WHETHER else None


def _tells_later(run: ArticleState, number: int) -> bool:
    """Return whether the paragraph of a quotation names the speaker after it."""
    for other in run.sentences[number + 1 :]:
        if other.paragraph != run.sentences[number].paragraph:
            return False
        if cues.cues(SubjectReader(other.tokens, run.lexicon)):
            return True
    return False


def _guesses(run: ArticleState, number: int, last: Utterance | None) -> Iterator[Entity]:
    """Yield the likely speakers: the last one, then the subjects of this sentence and the one before."""
    found: list[Entity] = [last.entity] if last is not None and last.entity is not None else []
    for at in (number, number - 1):
        for mention in run.cast.of_sentence(at):
            if mention.subject and mention.entity not in found and mention.entity.kind != BODY:
                found.append(mention.entity)
    yield from found[:3]
