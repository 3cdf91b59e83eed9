"""One problem: what is wrong, where, and what to do about it."""

import functools
import itertools
from collections.abc import Iterable, Set as AbstractSet
from typing import TypedDict

import msgspec

from builder.diagnostics.characters import LONGEST_COMPARED, apart, plain, shown
from builder.diagnostics.codes import CODES, ERROR


class Location(msgspec.Struct, frozen=True, gc=False):
    """A line, or some characters of it, in a content file."""

    path: str
    """Path of the file from the site's root, with forward slashes: `content/explainers/talks.md`."""
    line: int = 0
    """Line, counted from 1; 0 where the whole file is meant."""
    column: int = 0
    """Column in characters, counted from 1; 0 where the whole line is meant."""
    width: int = 1
    """How many characters the caret underlines."""

    @property
    def end(self) -> int:
        """The column just behind the last character that is meant; 0 where the whole line is."""
        return self.column + max(1, self.width) if self.column else 0

    def __str__(self) -> str:
        """`path:line:column`, as editors and terminals turn into a link."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"


class TextEdit(msgspec.Struct, frozen=True, gc=False):
    """A range of a content file, and what is to be written there instead; lines and columns count as those of a `Location`."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    """The column just behind the last character."""
    text: str


RUN_TOGETHER = "run-together"
"""Slip of `key-unknown`: a key without the colon or space before its value, `publisher:P`."""

KEY_OF_MARK = "key-of-mark"
"""Slip of `key-unknown`: a key within the braces of a mark."""

SOURCE_OF_NOTHING = "source-of-nothing"
"""Slip of `span-unknown`: the source of a paragraph or section without a quote or event."""


class Diagnostic(msgspec.Struct, frozen=True, gc=False):
    """One problem, as an author will read it."""

    code: str
    """A key of `CODES`: names the rule, for the guide and for `site.yaml`."""
    message: str
    """One plain sentence: what is wrong."""
    location: Location
    help: str = ""
    """What to do, in one or two sentences; "" if the message says it all."""
    severity: str = ""
    """`ERROR` stops a publish, `WARNING` does not; left out, what `CODES` says."""
    also: tuple[Location, ...] = ()
    """Other locations that the problem is about, such as the first use of a doubled id."""
    draft: bool = False
    """Whether only what is a draft has the problem, so that it does not stop the site."""
    subject: str = ""
    """The word that it is about, as the author wrote it: an id, a key, a value, an address; "" if it is about no single one."""
    kind: str = ""
    """The kind of record that the problem is about, or that the subject was to name, such as `actor`; "" if any may be meant."""
    listed: bool = False
    """Whether the subject is an id that is listed with nothing after it, and so has no record."""
    suggestion: str = ""
    """The word that was most likely meant instead of the subject; it is proposed, and never written without the author."""
    of_several: str = ""
    """The message of the same problem at several locations: `{n}` is their number, `{subjects}` the first subjects; "" if the message is the same."""
    edits: tuple[TextEdit, ...] = ()
    """What to write where the problem has one meaning alone: `check --fix` writes it."""
    slip: str = ""
    """Which slip of its code it is, where other problems follow from this one alone, such as `RUN_TOGETHER`; "" otherwise."""

    def __post_init__(self) -> None:
        """Take the severity from `CODES`, and write out the invisible characters in the words."""
        if not self.severity:
            known = CODES.get(self.code)
            msgspec.structs.force_setattr(self, "severity", known.severity if known is not None else ERROR)
        for words in ("message", "help"):
            if (written_out := shown(getattr(self, words))) != getattr(self, words):
                msgspec.structs.force_setattr(self, words, written_out)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """By file, then by where in the file, then by rule: the order in which problems are reported."""
        return (self.location.path, self.location.line, self.location.column, self.code, self.message)


def stop_build(problems: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Return whether problems prevent publication: errors do, and where it is `strict`, warnings too."""
    return any(strict or problem.severity == ERROR for problem in problems)


class Details(TypedDict, total=False):
    """Fields of a `Diagnostic` that few problems have, as keywords of functions that make one."""

    kind: str
    suggestion: str
    edits: tuple[TextEdit, ...]
    slip: str


COMPARED = 50
"""Names that are compared with a wrong one, at most."""


def did_you_mean(word: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """Return "Did you mean “x”?" with the nearest of `known`, or "" if none is near: `alike` is the least likeness, up to 1.

    Where the two look alike, it says by which characters they differ.
    """
    return proposed(word, nearest(word, known, alike=alike))


class Advice(msgspec.Struct, frozen=True):
    """The help of a problem, with the word that it proposes."""

    help: str = ""
    suggestion: str = ""

    def __bool__(self) -> bool:
        """Whether there is advice."""
        return bool(self.help)


def advice(word: str, known: Iterable[str], *, alike: float = 0.6) -> Advice:
    """Return what `did_you_mean` says, with the word that it proposes."""
    near = nearest(word, known, alike=alike)
    return Advice(proposed(word, near), near)


def proposed(word: str, near: str, instead: str = "") -> str:
    """Return "Did you mean “x”?" for a word and the one that is near to it, "" for none; `instead` is what to write for that, where it is another."""
    if not near:
        return ""
    difference = apart(word, near, "what is written here", "that")
    return f"Did you mean “{instead or near}”?" + (f" The two look alike: {difference}." if difference else "")


def nearest(word: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """Return the nearest of `known`, or "" if none is near."""
    import difflib  # late: few sites have such a problem

    if len(word) > LONGEST_COMPARED:
        return ""
    pool = sorted(_alike(word, {candidate for candidate in known if len(candidate) <= LONGEST_COMPARED}))
    near = difflib.get_close_matches(word, pool, n=1, cutoff=alike)
    if not near:
        for fold in (str.casefold, _looks):
            folded = {fold(name): name for name in pool}
            near = [folded[match] for match in difflib.get_close_matches(fold(word), sorted(folded), n=1, cutoff=alike)]
            if near:
                break
    return near[0] if near else ""


def _looks(word: str) -> str:
    return plain(word).casefold()


def _alike(word: str, known: AbstractSet[str]) -> Iterable[str]:
    """Return those that share most pairs of letters with a word: each of them is compared letter by letter, which takes long for thousands."""
    if len(known) <= COMPARED:
        return known
    import heapq

    own = _pairs(word)

    def shared(other: str) -> tuple[float, str]:
        pairs = _pairs(other)
        return len(own & pairs) / (len(own) + len(pairs) + 1), other

    return heapq.nlargest(COMPARED, known, key=shared)


@functools.lru_cache(maxsize=5_000)
def _pairs(word: str) -> frozenset[tuple[str, str]]:
    folded = f" {_looks(word)} "
    return frozenset(itertools.pairwise(folded))
