"""The words of a phrase as a description of somebody: without possessive endings, in the singular, in the nominative."""

import re
from collections.abc import Sequence

from builder.drafting.tokens import Token
from builder.i18n.lexicons.lexicon import Lexicon


def bare(word: str) -> str:
    """Return a word without its possessive ending."""
    for ending in ("’s", "'s", "’", "'"):
        if word.endswith(ending):
            return word[: -len(ending)]
    return word


def text_of(tokens: Sequence[Token], span: tuple[int, int]) -> str:
    """Return the words of some tokens, as far apart as in the text."""
    made = ""
    end = tokens[span[0]].start
    for token in tokens[span[0] : span[1]]:
        made += (" " if made and token.start > end else "") + token.text
        end = token.end
    return made


def head_of(words: Sequence[str], lexicon: Lexicon) -> str:
    """Return the word of a description that says what somebody is."""
    for n, word in enumerate(words):
        if n and (word in lexicon.joining or word in {"who", "des", "der", "eines", "einer"}):
            return words[n - 1]
    return words[-1]


def is_plural(head: str, determiner: str, lexicon: Lexicon) -> bool:
    """Return whether a noun with its determiner is of several."""
    if determiner in {"a", "an", "one", "another", "this", "ein", "eine", "einer", "each", "every"}:
        return False
    if determiner.isdigit() or determiner in {
        "two",
        "three",
        "four",
        "five",
        "several",
        "many",
        "some",
        "few",
        "both",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "mehrere",
        "einige",
        "viele",
    }:
        return True
    if lexicon.capitals:
        return not determiner and (head.endswith(("innen", "leute", "en", "er", "kreise")) or head in lexicon.people)
    return head in {"people", "men", "women", "children", "police"} or (head.endswith("s") and not head.endswith("ss"))


def singular(head: str) -> str:
    """Return an English noun of several as one of one."""
    if head in {"people", "persons"}:
        return "person"
    if head.endswith("men"):
        return head[:-3] + "man"
    return head[:-1] if head.endswith("s") and not head.endswith("ss") else head


def with_article(text: str, article: str) -> str:
    """Return words with an article before them, in small letters."""
    return f"{article.lower()} {text}"


_CASES = {"eines": "ein", "einem": "ein", "einen": "ein"}


def nominative(words: str, head: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return a German description and its noun as they stand alone: “eines früheren Sprechers der Bahn” is “ein früherer Sprecher der Bahn”."""
    first, _, rest = words.partition(" ")
    if not lexicon.capitals or not rest:
        return words, head
    parts = rest.split()
    at = next((n for n, word in enumerate(parts) if word.lower() == head), None)
    if at is None:
        return words, head
    if first in _CASES:
        noun = _of_men(parts[at], lexicon, genitive=first == "eines")
        before = [re.sub(r"en$", "er", word) for word in parts[:at]]
        return " ".join([_CASES[first], *before, noun, *parts[at + 1 :]]), noun.lower()
    if first == "einer" and head.endswith("in"):
        before = [re.sub(r"en$", "e", word) for word in parts[:at]]
        return " ".join(["eine", *before, *parts[at:]]), head
    return words, head


def _of_men(noun: str, lexicon: Lexicon, *, genitive: bool) -> str:
    """Return a German noun for a man without the ending of its case."""
    if noun.lower().removesuffix("n") + "r" in lexicon.people:
        return noun.removesuffix("n") + "r"  # Beamten, Beamter
    if noun.lower().removesuffix("n") in lexicon.people:
        return noun.removesuffix("n")
    return re.sub(r"(?<=[^s])s$", "", noun) if genitive else noun
