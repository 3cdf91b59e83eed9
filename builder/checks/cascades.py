"""Suppress problems caused by another problem: fixing that one fixes the others.

If the front matter of a file could not be read to its end, the records below the error are missing, and are reported as missing elsewhere.
Applied once, when all problems are known.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec

from builder.content.parse import slug_of
from builder.diagnostics import KEY_OF_MARK, RUN_TOGETHER, SOURCE_OF_NOTHING, Diagnostic, Location

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
    return tuple(dict.fromkeys(problem.location.path for problem in problems if problem.code in UNREAD))


def without_cascades(problems: Collection[Diagnostic], broken: Collection[str], text_of: Callable[[str], str]) -> Iterator[Diagnostic]:
    """Yield the problems that are not caused by others.

    `broken` are the paths of files that are unreadable, and `text_of` returns the text of one. Missing and unused records in other files
    are suppressed if the words of their name occur in one of these.
    An id without a record is reported where it is listed and not where it is used; an invalid id, or a record without what it must have, where it is defined.
    Words that look like an id are not reported where that id is missing as one.
    A missing date of a record is not reported if its date cannot be read.
    Nothing that depends on a source is reported in a file of which a source could not be read.
    A quotation without an end or a record is not reported where a mark behind it is mistyped, or the record of a quote cannot be read or is not found.
    An unused record is not reported if a broken reference was most likely meant for it.
    """
    lost = [_words(text_of(path)) for path in broken]
    causes = {(problem.location.path, _named(problem)): problem for problem in problems if problem.code == "reference-unknown"}
    causes |= {(problem.location.path, _named(problem)): problem for problem in problems if problem.listed or problem.code in _OF_RECORD}
    undated = {
        *_undated(problems),
        *_of_mistyped_marks(problems),
        *_of_wrong_quotes(problems),
        *_of_wrong_keys(problems),
        *_of_ids_twice(problems),
        *_of_foreign_marks(problems),
        *_of_one_path(problems),
        *_of_notes(problems),
        *_of_two_dates(problems),
        *_of_one_actor(problems),
    }
    without_source = {problem.location.path for problem in problems if problem.kind == "source" and problem.code in _SOURCE_UNREAD}
    renamed = {problem.suggestion for problem in problems if problem.code == "reference-unknown"} - {""}
    for problem in problems:
        if problem.location.path in broken:
            follows = problem.code not in _OF_READING
        elif (
            problem in undated
            or (problem.location.path in without_source and _hangs_on_source(problem))
            or (problem.code in _UNUSED and _named(problem) in renamed)
            or (problem.code == "actor-twice" and any(location.path in broken for location in problem.also))
            or (
                problem.code in {"reference-unknown", "words-like-id", "link-unknown"}
                and _is_told_by(causes.get((problem.location.path, _named(problem))), problem)
            )
        ):
            follows = True
        else:
            named = _words(_named(problem)) if lost and problem.code in _MISSING | _UNUSED else set()
            follows = bool(named) and any(named <= words for words in lost)
        if not follows:
            yield problem


_SOURCE_UNREAD = frozenset({"url-wrong", "date-wrong"})
"""Problems of a source in one line, which is then missing."""

_WITHOUT_SOURCE = frozenset({"quote-no-source", "event-no-source"})


def _hangs_on_source(problem: Diagnostic) -> bool:
    return problem.code in _WITHOUT_SOURCE or (problem.code == "reference-unknown" and problem.kind == "source")


_OF_ONE_THING = frozenset({"reference-unknown", "words-like-id", "footnote-undefined", "link-unknown", "link-dead", "anchor-dead"})
"""Problems that are reported at each use of one missing thing: adding or renaming it fixes all."""


_JOINED = _OF_ONE_THING | _WITHOUT_SOURCE
"""Problems that are reported once with all their locations: quotes, and events, of one explainer most often lack the same source."""


def grouped(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the problems, with those about the same thing joined into one with all locations."""
    found: dict[object, list[Diagnostic]] = {}
    for number, problem in enumerate(problems):
        one_thing = problem.code in _JOINED
        slip: object = (
            (problem.code, problem.severity, problem.of_several or problem.message, problem.help, _within(problem)) if one_thing else number
        )
        found.setdefault(slip, []).append(problem)
    for same in found.values():
        if same[0].code not in _JOINED:
            yield same[0]
            continue
        locations = sorted(
            {location for problem in same for location in (problem.location, *problem.also)},
            key=lambda problem: (problem.path, problem.line, problem.column),
        )
        yield msgspec.structs.replace(same[0], message=_of_several(same), location=locations[0], also=tuple(locations[1:]))


_SHOWN = 5


def _of_several(same: list[Diagnostic]) -> str:
    """Return the message of the same problem at several locations."""
    if not same[0].of_several or len(same) == 1:
        return same[0].message
    subjects = ", ".join(f"“{problem.subject}”" for problem in same[:_SHOWN]) + (", …" if len(same) > _SHOWN else "")
    return same[0].of_several.format(n=len(same), subjects=subjects)


def _within(problem: Diagnostic) -> str:
    """Return the file within which alone a problem means the same thing: of `boat.png` and of the ids of quotes; "" where it means the same everywhere."""
    of_site = problem.code == "anchor-dead" or problem.subject.startswith("/") or (problem.code in _BY_ID and problem.kind != "quote")
    return "" if of_site else problem.location.path


_BY_ID = frozenset({"reference-unknown", "link-unknown"})
"""Problems with an id, which means one record all over the site, but for those of quotes."""


_UNDATED = frozenset({"quote-no-date"})


def _undated(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the missing dates of records whose date cannot be read: that of the last record above it."""
    undated: dict[str, list[Diagnostic]] = {}
    wrong: list[Location] = []
    for problem in problems:
        if problem.code in _UNDATED:
            undated.setdefault(problem.location.path, []).append(problem)
        elif problem.code == "date-wrong":
            wrong.append(problem.location)
    for location in wrong:
        above = [problem for problem in undated.get(location.path, ()) if problem.location.line <= location.line]
        if above:
            yield max(above, key=lambda problem: problem.location.line)


_MISTYPED = frozenset({"mark-mistyped", "span-unknown"})
_OF_MARK = frozenset({"quotation-unpaired", "key-missing", "quote-no-source"})
"""Problems of a line, or of what stands above it, in which a mark is mistyped or stands behind nothing."""


def _of_mistyped_marks(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what only follows from a mistyped mark: the quotation before it that seems to be open, what the records of its line lack, and its quotations without a record."""
    lines: dict[str, list[int]] = {}
    mistyped: dict[tuple[str, int], str] = {}
    for problem in problems:
        is_quote_id = problem.code == "link-unknown" and problem.kind == "quote"
        if problem.code in _MISTYPED or problem.slip == KEY_OF_MARK or is_quote_id:
            lines.setdefault(problem.location.path, []).append(problem.location.line)
            if problem.code == "mark-mistyped":
                mistyped[problem.location.path, problem.location.line] = problem.subject
    if not lines:
        return
    unpaired = [problem for problem in problems if problem.code == "quotation-unpaired"]
    for path, found in lines.items():
        for line in found:
            above = [problem for problem in unpaired if problem.location.path == path and problem.location.line <= line]
            if above:
                yield max(above, key=lambda problem: (problem.location.line, problem.location.column))
    for problem in problems:
        own = lines.get(problem.location.path)
        if own and _is_of_mark(problem, {*own}, mistyped.get((problem.location.path, problem.location.line), "")):
            yield problem


def _is_of_mark(problem: Diagnostic, lines: set[int], mistyped: str) -> bool:
    """Return whether a problem follows from the marks of its file that are mistyped, on these `lines`; `mistyped` is one on its own line."""
    if problem.code == "quotation-unrecorded":
        return {location.line for location in (problem.location, *problem.also)} <= lines
    if problem.code == "span-unknown":
        return bool(problem.subject) and problem.subject in mistyped
    return problem.code in _OF_MARK and problem.location.line in lines


_WRONG_QUOTES = frozenset({"quote-not-found", "not-a-record", "key-missing", "id-twice"})


def _of_wrong_quotes(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the quotations without a record of files in which as many quotes or more have no words that stand in the text.

    So too the sources of paragraphs in which no quote stands: that quote may be theirs.
    """
    wrong: dict[str, int] = {}
    for problem in problems:
        if problem.code in _WRONG_QUOTES and (problem.code == "quote-not-found" or problem.kind == "quote"):
            wrong[problem.location.path] = wrong.get(problem.location.path, 0) + 1
    for problem in problems if wrong else ():
        is_unrecorded = problem.code == "quotation-unrecorded" and 1 + len(problem.also) <= wrong.get(problem.location.path, 0)
        if is_unrecorded or (problem.location.path in wrong and problem.slip == SOURCE_OF_NOTHING):
            yield problem


def _of_ids_twice(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the ambiguous words of quotes of whose id there is another: that one, which is not read, takes its own place in the text."""
    firsts = [location for problem in problems if problem.code == "id-twice" for location in problem.also]
    for problem in problems if firsts else ():
        if problem.code == "quote-ambiguous" and any(_is_in_record(problem.location, first) for first in firsts):
            yield problem


def _of_foreign_marks(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield signs of emphasis that begin a mark of another program: the star of `*[HTML]: …`."""
    foreign = {problem.location for problem in problems if problem.code == "markup-foreign"}
    for problem in problems if foreign else ():
        if problem.code == "emphasis-unread" and any(
            (location.path, location.line, location.column) == (problem.location.path, problem.location.line, problem.location.column)
            for location in foreign
        ):
            yield problem


def _is_in_record(location: Location, record: Location) -> bool:
    return location.path == record.path and record.line <= location.line <= record.line + _LINES_OF_RECORD


def _of_one_path(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the shared titles of files that claim one path, which are most likely copies, and the wrong name of one of them: put right, it would be that of the other."""
    twice = {location.path for problem in problems if problem.code == "path-twice" for location in (problem.location, *problem.also)}
    for problem in problems if twice else ():
        is_name = problem.code == "id-wrong" and not problem.location.line
        if (problem.code == "title-shared" or is_name) and problem.location.path in twice:
            yield problem


def _of_notes(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the footnotes that nothing refers to where as many references have no footnote: their numbers most likely belong together."""
    undefined: dict[str, set[str]] = {}
    for problem in problems:
        if problem.code == "footnote-undefined":
            undefined.setdefault(problem.location.path, set()).add(problem.subject)
    left = {path: len(found) for path, found in undefined.items()}
    for problem in problems if left else ():
        if problem.code == "footnote-unused" and left.get(problem.location.path, 0) > 0:
            left[problem.location.path] -= 1
            yield problem


def _of_two_dates(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the problems of the date of an event for which two files give another `when`: one of them may be right."""
    disagreeing = [problem.location for problem in problems if problem.code == "records-disagree" and problem.subject == "when"]
    for problem in problems if disagreeing else ():
        if problem.code == "event-passed" and any(
            _is_in_record(location, problem.location) or _is_in_record(problem.location, location) for location in disagreeing
        ):
            yield problem


def _of_one_actor(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the shared names in texts of actors that may be one."""
    names = {problem.subject for problem in problems if problem.code == "actor-twice"}
    for problem in problems if names else ():
        if problem.code == "name-shared" and problem.subject in names:
            yield problem


_LINES_OF_RECORD = 8
"""Lines below the beginning of a record in which a key is one of its own."""


_OF_GLUED = frozenset({"quote-no-speaker", "quote-no-source", "key-missing", "event-no-date", "event-no-voice", "event-no-source"})
"""What is reported of a record too if one of its keys runs together with its value."""


def _of_wrong_keys(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the sources without a name of which a key is misspelt, and what a record lacks of which a key runs together with its value."""
    nameless = [problem for problem in problems if problem.code == "source-nameless"]
    keys = [problem.location for problem in problems if problem.code == "key-unknown"] if nameless else []
    glued = {(problem.location.path, problem.location.line) for problem in problems if problem.slip == RUN_TOGETHER}
    for problem in problems if glued else ():
        if problem.code in _OF_GLUED and (problem.location.path, problem.location.line) in glued:
            yield problem
    for problem in nameless:
        location = problem.location
        if any(_is_in_record(key, location) for key in keys):
            yield problem


_OF_RECORD = frozenset({"id-wrong", "key-missing"})
"""Problems of a record that is then left out, or has another id."""


def _is_told_by(other: Diagnostic | None, problem: Diagnostic) -> bool:
    """Return whether a problem with an id is another one of the same file: that of the entry that lists it, or that of the front matter for a link or for words."""
    if other is None or other is problem:
        return False
    return (
        problem.code == "link-unknown"
        or other.code in _OF_RECORD
        or other.listed
        or (problem.code == "words-like-id" and other.kind == "actor")
    )


def _named(problem: Diagnostic) -> str:
    """Return the id, path or words that a problem reports as broken or unused."""
    if problem.code in _UNUSED:
        return slug_of(problem.location.path)
    # Of `/events/reopening/` and `pool#reopening` the last part is what a file gives a name to.
    return re.split(r"[#/]", problem.subject.rstrip("/"))[-1]


def _words(text: str) -> set[str]:
    """Return the words of an id or text: derived ids have the words of a title and a date in another order."""
    return set(re.split(r"[\W_]+", text.casefold())) - {""}
