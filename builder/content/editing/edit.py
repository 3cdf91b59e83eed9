"""An edit of a file: ranges of its text with their replacements, bound to the digest of the file."""

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import msgspec

_FEW = 50
"""Lines between which every likeness is looked for."""
COMPARED = 500_000
"""Bytes of a file that are compared line by line; a larger one changes as a whole."""


class Edit(msgspec.Struct, frozen=True, order=True, gc=False):
    """A range of a file's text and what is written there instead.

    `start` and `end` count characters (Unicode code points) of the file decoded from UTF-8, from 0, with its byte-order mark and its line ends as they are.
    """

    start: int
    end: int
    text: str


class FileEdit(msgspec.Struct, frozen=True):
    """All edits of one file. They are sorted, and no two overlap."""

    path: str
    """From the site’s root: `content/actors/nato.md`."""
    digest: str
    """Of the bytes that the edits were made for; "" of a file that is not there yet."""
    edits: tuple[Edit, ...]
    to: str = ""
    """The path that the file gets; "" if it keeps its own."""
    deletes: bool = False
    """Whether the file goes."""
    data: bytes | None = None
    """All bytes that the file gets, where it is no text or changes as a whole; it has no edits then."""


class Refused(msgspec.Struct, frozen=True):
    """Why a change was not made; nothing is written."""

    reason: str
    """A key of `REASONS`."""
    message: str
    path: str = ""
    line: int = 0
    """From 1; 0 where the whole file is meant."""


REASONS = {
    "encoding": "The file is not valid UTF-8.",
    "front-matter": "The file has no front matter that ends.",
    "yaml": "The front matter is not valid YAML.",
    "alias": "An alias, an anchor, a tag or a merge of YAML stands there.",
    "key-twice": "A key stands twice on the way there.",
    "no-such-place": "There is nothing at that place.",
    "not-a-record": "There must be a record or a list of records at that place.",
    "there-already": "It is there already.",
    "no-id": "A mapping of id to record takes no record without an id.",
    "comment-inside": "A comment would be lost.",
    "value": "The value cannot be written in YAML as Backstory reads it.",
    "layout": "These lines cannot be changed safely.",
    "not-in-text": "The range is not in the text, or is not a passage of it.",
    "overlap": "Two changes overlap.",
    "changed": "The file has changed since.",
    "not-allowed": "The file is not one of content/.",
    "read-only": "The file may not be written.",
    "missing": "The file is not there.",
    "occupied": "Another file is there already.",
    "disk": "The disk refused.",
    "made": "The last change has made this file. The preview deletes none; to take it back: backstory undo",
    "nothing": "There is nothing to undo.",
}


def refused(reason: str, path: str, line: int = 0, message: str = "") -> Refused:
    """Return why a change was not made, in the words of `REASONS` where there are no better ones."""
    return Refused(reason, message or REASONS[reason], path, line)


def digest(data: bytes) -> str:
    """Return the digest by which the bytes of a file are known."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def spliced(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with its edits made; they are sorted and do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*parts, text[at:]))


def applied(data: bytes, change: FileEdit) -> bytes | Refused:
    """Return the bytes of a file with a change made, or why not: they are not those that it was made for."""
    if (digest(data) if change.digest else "") != change.digest or (data and not change.digest):
        return refused("changed", change.path)
    if change.data is not None or change.deletes:
        return change.data or b""
    try:
        return spliced(data.decode("utf-8"), change.edits).encode("utf-8")
    except UnicodeError:
        return refused("encoding", change.path)


def inverse(data: bytes, change: FileEdit) -> FileEdit:
    """Return the change that takes back `change` of the bytes `data`."""
    if change.deletes:
        return replaced(change.path, None, data)
    if not change.digest:
        made = applied(b"", change)
        return FileEdit(change.path, digest(made if isinstance(made, bytes) else b""), (), deletes=True)
    if change.data is not None:
        return FileEdit(change.path, digest(change.data), (), data=data)
    text = data.decode("utf-8")
    back = []
    shift = 0
    for edit in change.edits:
        start = edit.start + shift
        back.append(Edit(start, start + len(edit.text), text[edit.start : edit.end]))
        shift += len(edit.text) - (edit.end - edit.start)
    after = spliced(text, change.edits).encode("utf-8")
    return FileEdit(change.to or change.path, digest(after), tuple(back), change.path if change.to else "")


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...] | None:
    """Return edits sorted, each once; None if two are of the same words."""
    known = sorted(dict.fromkeys(edits))
    for before, after in pairwise(known):
        if after.start < before.end or (after.start == before.start and after.end == before.end):
            return None
    return tuple(known)


def between(path: str, before: bytes, after: bytes) -> FileEdit:
    """Return the change from one text of a file to another, by lines and then by what two lines share at their ends."""
    old, new = before.decode("utf-8"), after.decode("utf-8")
    values, two = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in values:
        starts.append(starts[-1] + len(line))
    edits = []
    for i1, i2, j1, j2 in _changed_lines(values, two):
        start, end, text = starts[i1], starts[i2], "".join(two[j1:j2])
        was = old[start:end]
        head = _shared(was, text)
        tail = _shared(was[head:][::-1], text[head:][::-1])
        edits.append(Edit(start + head, end - tail, text[head : len(text) - tail]))
    return FileEdit(path, digest(before), tuple(edits))


def _changed_lines(sequence: Sequence[str], two: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield from and to which line of a text it is changed, and from and to which line of the other text stand there, in time that grows with their length."""
    here, there = Counter(sequence), Counter(two)
    place = {line: n for n, line in enumerate(two) if there[line] == 1}
    i = j = 0
    # Lines that both texts have once are the same ones, so only what stands between two of them is compared.
    for n, at in (
        *_in_step([(n, place[line]) for n, line in enumerate(sequence) if here[line] == 1 and line in place]),
        (len(sequence), len(two)),
    ):
        yield from _within(sequence, two, (i, n, j, at))
        i, j = n + 1, at + 1


def _in_step(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return as many of these pairs as can be had without one that goes back; the first of all pairs grows already."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, at) in enumerate(pairs):
        length = bisect_left(ends, at)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [at], [n]
    found = []
    n = last[-1] if last else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _within(sequence: Sequence[str], two: Sequence[str], lines: tuple[int, int, int, int]) -> Iterator[tuple[int, int, int, int]]:
    i, i_end, j, j_end = lines
    if sequence[i:i_end] == two[j:j_end]:
        return
    if max(i_end - i, j_end - j) <= _FEW:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, sequence[i:i_end], two[j:j_end], autojunk=False).get_opcodes():
            if tag != "equal":
                yield i + i1, i + i2, j + j1, j + j2
    elif i_end - i == j_end - j:
        yield from ((i + n, i + n + 1, j + n, j + n + 1) for n in range(i_end - i) if sequence[i + n] != two[j + n])
    else:
        yield lines


def replaced(path: str, before: bytes | None, after: bytes) -> FileEdit:
    """Return the change from one content of a file to another, whatever the two hold; `before` is None if there is no file yet."""
    try:
        if before is None:
            return FileEdit(path, "", (Edit(0, 0, after.decode("utf-8")),))
        if max(len(before), len(after)) <= COMPARED:
            return between(path, before, after)
    except UnicodeDecodeError:  # a picture, or a table in another encoding
        pass
    return FileEdit(path, "" if before is None else digest(before), (), data=after)


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    most = min(len(one), len(other))
    return next((n for n in range(most) if one[n] != other[n]), most)
