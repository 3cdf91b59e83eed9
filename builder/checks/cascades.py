"""Suppress problems caused by another problem: fixing that one fixes the others.

If the front matter of a file could not be read to its end, the records below the error are missing, and are reported as missing elsewhere.
Applied once, when all problems are known.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec

from builder.content.parse import slug_of
from builder.diagnostics import Diagnostic, Place

UNREAD = frozenset(
    {
        "front-matter-missing",
        "front-matter-open",
        "yaml",
        "yaml-not-keys",
        "yaml-documents",
        "yaml-too-deep",
        "yaml-too-large",
    }
)
"""Problems after which the contents of a file are not fully known."""

_OF_READING = UNREAD | {"encoding", "key-twice", "yaml-alias", "character-wrong", "yaml-key", "yaml-tag"}
"""Problems that are kept for such a file: those found before reading stopped."""

_MISSING = frozenset({"reference-unknown", "words-like-id", "link-unknown", "link-dead", "anchor-dead"})
_UNUSED = frozenset({"actor-unused", "event-unused", "source-unused", "page-unlinked"})


def unreadable_files(problems: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return the paths of the files whose front matter could not be read to its end."""
    return tuple(dict.fromkeys(problem.place.path for problem in problems if problem.code in UNREAD))


def without_cascades(problems: Collection[Diagnostic], broken: Collection[str], text_of: Callable[[str], str]) -> Iterator[Diagnostic]:
    """Yield the problems that are not caused by others.

    `broken` are the paths of files that are unreadable, and `text_of` returns the text of one. Missing and unused records in other files
    are suppressed if the words of their name occur in one of these.
    An id without a record is reported where it is listed and not where it is used; an invalid id is reported where it is defined.
    A missing date of a record is not reported if its date cannot be read.
    An unused record is not reported if a broken reference was most likely meant for it.
    """
    lost = [_words(text_of(path)) for path in broken]
    told = {(problem.place.path, _named(problem)): problem for problem in problems if problem.code == "reference-unknown"}
    told |= {(problem.place.path, _named(problem)): problem for problem in problems if problem.listed or problem.code == "id-wrong"}
    undated = set(_undated(problems))
    renamed = {problem.suggestion for problem in problems if problem.code == "reference-unknown"} - {""}
    for problem in problems:
        if problem.place.path in broken:
            follows = problem.code not in _OF_READING
        elif (
            problem in undated
            or (problem.code in _UNUSED and _named(problem) in renamed)
            or (
                problem.code in {"reference-unknown", "words-like-id", "link-unknown"}
                and _is_told_by(told.get((problem.place.path, _named(problem))), problem)
            )
        ):
            follows = True
        else:
            named = _words(_named(problem)) if lost and problem.code in _MISSING | _UNUSED else set()
            follows = bool(named) and any(named <= words for words in lost)
        if not follows:
            yield problem


_OF_ONE_THING = frozenset({"reference-unknown", "link-unknown", "link-dead", "anchor-dead"})
"""Problems that are reported at each use of one missing thing: adding or renaming it fixes all."""


def grouped(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the problems, with those about the same thing joined into one with all places."""
    found: dict[object, list[Diagnostic]] = {}
    for number, problem in enumerate(problems):
        one_thing = problem.code in _OF_ONE_THING
        slip: object = (problem.code, problem.severity, problem.message, problem.help, _within(problem)) if one_thing else number
        found.setdefault(slip, []).append(problem)
    for same in found.values():
        if same[0].code not in _OF_ONE_THING:
            yield same[0]
            continue
        places = sorted(
            {place for problem in same for place in (problem.place, *problem.also)}, key=lambda one: (one.path, one.line, one.column)
        )
        yield msgspec.structs.replace(same[0], place=places[0], also=tuple(places[1:]))


def _within(problem: Diagnostic) -> str:
    """Return the file within which alone a problem means the same thing: of `boat.png` and of the ids of quotes; "" where it means the same everywhere."""
    of_site = problem.code == "anchor-dead" or problem.subject.startswith("/") or (problem.code in _BY_ID and problem.kind != "quote")
    return "" if of_site else problem.place.path


_BY_ID = frozenset({"reference-unknown", "link-unknown"})
"""Problems with an id, which means one record all over the site, but for those of quotes."""


_UNDATED = frozenset({"quote-no-date"})


def _undated(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the missing dates of records whose date cannot be read: that of the last record above it."""
    undated: dict[str, list[Diagnostic]] = {}
    wrong: list[Place] = []
    for problem in problems:
        if problem.code in _UNDATED:
            undated.setdefault(problem.place.path, []).append(problem)
        elif problem.code == "date-wrong":
            wrong.append(problem.place)
    for place in wrong:
        above = [problem for problem in undated.get(place.path, ()) if problem.place.line <= place.line]
        if above:
            yield max(above, key=lambda problem: problem.place.line)


def _is_told_by(other: Diagnostic | None, problem: Diagnostic) -> bool:
    """Return whether a problem with an id is another one of the same file: that of the entry that lists it, or a link's that of the front matter."""
    return other is not None and other is not problem and (problem.code == "link-unknown" or other.code == "id-wrong" or other.listed)


def _named(problem: Diagnostic) -> str:
    """Return the id, path or words that a problem reports as broken or unused."""
    if problem.code in _UNUSED:
        return slug_of(problem.place.path)
    # Of `/events/reopening/` and `pool#reopening` the last part is what a file gives a name to.
    return re.split(r"[#/]", problem.subject.rstrip("/"))[-1]


def _words(text: str) -> set[str]:
    """Return the words of an id or text: derived ids have the words of a title and a date in another order."""
    return set(re.split(r"[\W_]+", text.casefold())) - {""}
