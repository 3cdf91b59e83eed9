"""The house style of a desk, `style` in `content/site.yaml`: words that it does not use, and what it writes instead.

They are looked for in what an author writes and readers see: the text, and the values of the front matter that are shown.
Not looked at are quotations, speech behind dashes and names, titles in italics, code, addresses, marks in braces, and what others have written, such as the titles of sources.
"""

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from builder.content import frontmatter, markup, schema
from builder.content.frontmatter import Node, Scalar, SequenceNode
from builder.content.quotations import BLOCK, scan
from builder.diagnostics import Diagnostic, Location, TextEdit
from builder.i18n.lexicons import first_names
from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE
from builder.model import Actor, Body, Document, StyleRule

_OWN: Mapping[str, tuple[str, ...]] = {
    "explainer": ("title", "summary"),
    "page": ("title", "summary"),
    "actor": ("name", "here"),
    "position": ("role",),
    "source": ("note",),
    "quote": ("note",),
    "event": ("title", "text", "place", "short"),
    "in_short": ("happened", "says", "disputed", "not_known", "next"),
    "update": ("text",),
    "correction": ("text",),
}
"""Keys of each record whose words are the author's own, and shown."""

_LINES = frozenset({"actor", "position", "event", "update", "correction"})
"""Records whose short form is a line of such words."""

_LINE_END = late(r"\r\n|\r|\n")
_FENCE = late(r" {0,3}(`{3,}|~{3,})")
_NO_WORDS = late(
    r"<!--(?:(?!<!--).)*?-->|%%[^\s%][^%]*%%"  # comments
    r"|(?<!`)(?P<ticks>`++).{1,2000}?(?<!`)(?P=ticks)(?!`)"  # code
    r"|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[\[[^\[\]|\n]*(?:\]\]|\|)"  # where a link leads
    r"|(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|</?[A-Za-z][^<>]*>|<https?:[^<>\s]*>|\{[^{}\n]*\}",
    re.DOTALL,
)
_SENTENCE_START = late(r"(?:^|[.!?:…]|^\W*[-*+#>]|^\s*\d+[.)])[\s“„«\"'‘(*_]*$")
_OF_WORD = rf"[^\W{CLOSE}]"
"""A letter of a word that has blanks around it."""
_BOUNDLESS = late(rf"[\W{CLOSE}]")
"""Signs, and letters of scripts without blanks: they begin and end words anywhere."""
_WORD = late(rf"[^\W_{CLOSE}]+")
_ASCII_WORD = late(r"[A-Za-z0-9]+")
_SELECTOR = late("[\ufe00-\ufe0f]")
"""Says how the sign before it is drawn, and belongs to no word."""
_BLANKS = " \t\u00a0\u2009\u202f"
_LONGEST = 1_000
"""Characters of words that rules may make together."""
_BEFORE = 200
"""Characters in which a sentence is seen to begin."""

_CUT = "\0"
"""Stands for a character that is not looked at."""


def problems(rules: Sequence[StyleRule], document: Document, data: bytes, language: str) -> Iterator[Diagnostic]:
    """Yield where a file has words that the desk does not use. `data` are its bytes, `language` is the tag of the site's."""
    kind, body = _parts(document)
    if not kind or not document.path.endswith((".md", ".markdown")):
        return
    tag = (document.explainer.lang if document.explainer is not None else "") or language
    meant = [rule for rule in rules if not rule.languages or any(_covers(wanted, tag) for wanted in rule.languages)]
    if not meant:
        return
    text = _LINE_END.sub("\n", data.decode("utf-8-sig", "replace"))
    index = _Index(meant)
    if not any(_pattern(what).search(text) for _, what in index.of(text)):
        return
    rows = text.split("\n")
    shown = _shown(rows, document, kind, body, tag)
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    for rule, what in index.of(shown):
        for found in _pattern(what).finditer(shown):
            if not _is_within_letter(found, shown) and not _is_meant(rule, what, found, shown):
                yield _problem(rule, what, found, _Place(shown, starts, document.path, index))


def _parts(document: Document) -> tuple[str, Body | None]:
    for kind in ("explainer", "page"):
        if (record := getattr(document, kind)) is not None:
            return kind, record.body
    for kind in ("actor", "event", "source"):
        if (record := getattr(document, kind)) is not None:
            return kind, record.text
    return "", None


def _covers(wanted: str, tag: str) -> bool:
    return tag.lower() == wanted.lower() or tag.lower().startswith(f"{wanted.lower()}-")


# --- what is looked at ------------------------------------------------


def _shown(rows: Sequence[str], document: Document, kind: str, body: Body | None, language: str) -> str:
    """Return the text with all cut out that is not looked at, character by character, so that places stay."""
    path = document.path
    cast = [actor for actor in document.explainer.actors if isinstance(actor, Actor)] if document.explainer is not None else []
    block, _ = frontmatter.split("\n".join(rows), path=path)
    first = block.body_line - 1 if block.present else 0
    words = [*(_CUT * len(row) for row in rows[:first]), *_text(rows[first:])]
    for node in _own(block.fields, kind):
        for row, start, end in _ranges(node, rows[:first]):
            words[row] = words[row][:start] + rows[row][start:end] + words[row][end:]
    if kind == "page":  # what is kept of a plain page has nothing of its quotations
        body = markup.read(block.body, path=path, line=block.body_line)[0]
    if body is not None:
        for value in (body, *body.values):
            _cut_quotations(words, value, language)
    names = frozenset(word for actor in cast for word in actor.name.split()[-1:])
    return "\n".join([*words[:first], *_without_speech(words[first:], names)])


def _text(rows: Sequence[str]) -> list[str]:
    fence = ""
    kept = []
    for row in rows:
        mark = _FENCE.match(row)
        if mark is not None and (not fence or (mark[1].startswith(fence) and not row[mark.end() :].strip())):
            fence = "" if fence else mark[1]
            kept.append(_CUT * len(row))
        else:
            kept.append(_CUT * len(row) if fence else row)
    return _NO_WORDS.sub(lambda found: re.sub(r"[^\n]", _CUT, found[0]), "\n".join(kept)).split("\n")


def _own(node: Node, record: str, *, key: str = "") -> Iterator[Scalar]:
    """Yield the values of a record, and of those within it, that are the author's own words."""
    if isinstance(node, Scalar):
        # A word alone is an id.
        if record in _LINES and " " in node.value.strip():
            yield node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _own(item, record, key=key)
    else:
        for name, value in node.items:
            known = schema.BY_NAME[record].get(name.value)
            if name.value in _OWN.get(record, ()):
                yield from _scalars(value)
            elif name.value == "unnamed":
                continue  # they are described in the words of a report
            elif known is None:
                yield from _own(value, record)
            elif known.record:
                yield from _own(value, known.record)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _scalars(item)


def _ranges(node: Scalar, rows: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the rows of a value, from 0, each with the columns where its words begin and end."""
    first = node.line - 1
    if not 0 <= first < len(rows):
        return
    if node.width:
        yield first, node.column - 1, node.column - 1 + node.width
        return
    yield first, node.column - 1, len(rows[first])
    indent = _indent(rows[first])
    for row in range(first + 1, len(rows)):
        if rows[row].strip() and _indent(rows[row]) <= indent:
            return
        yield row, 0, len(rows[row])


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())


def _cut_quotations(words: list[str], body: Body, language: str) -> None:
    for passage in scan(body, language).passages:
        row = passage.line - 1
        if passage.no_quotation or not 0 <= row < len(words):
            continue
        if passage.kind == BLOCK:
            while row < len(words) and words[row].lstrip().startswith(">"):
                words[row] = _CUT * len(words[row])
                row += 1
            continue
        last = min(passage.end_line or passage.line, len(words)) - 1
        for n in range(row, last + 1):
            start = passage.column - 1 if n == row else 0
            end = passage.end_column if n == last and passage.end_column else len(words[n])
            words[n] = words[n][:start] + _CUT * (end - start) + words[n][end:]


_DASH_SPEECH = late(r"\s*[—–―]\s*[^\w\s]*(?P<first>\w)")
_TURN = late(r"\s*(?:\*\*|__)?(?P<name>[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}):(?:\*\*|__)?\s")
_LETTERS_OF_TURNS = frozenset("QAFI")
"""Question and answer, Frage, Interviewer."""
_TITLE = late(r"(?<![\w*_])(?P<sign>[*_])(?=[^\W\d_])[^*_\n]{1,200}(?P=sign)(?![\w*_])")
_TITLE_WORD = late(r"[^\W\d_]+")
_SMALL_WORD = 3
"""Letters up to which a word of a title may have no capital."""


def _without_speech(rows: list[str], names: frozenset[str]) -> list[str]:
    """Return the rows of a text without speech that has no quotation marks, and without titles of works.

    That is a paragraph behind a dash, or behind the name of who speaks, as in a transcript (`names` are surnames of the file), and words in italics with capitals.
    """
    kept: list[str] = []
    is_speech = False
    for n, row in enumerate(rows):
        if not n or not rows[n - 1].strip():
            is_speech = _is_dash_speech(row) or _is_turn(row, names)
        elif not is_speech or _is_turn(row, names):
            is_speech = _is_turn(row, names)
        kept.append(_CUT * len(row) if is_speech else _TITLE.sub(_cut_title, row))
    return kept


def _is_dash_speech(row: str) -> bool:
    """Return whether a row begins with a dash and a sentence: “— We wait, said …”; not “— and so it went on”."""
    found = _DASH_SPEECH.match(row)
    return found is not None and not found["first"].islower()


def _is_turn(row: str, names: frozenset[str]) -> bool:
    """Return whether a row begins with who speaks: “Ann Lee: …”, “Lee: …”, “**Q:** …”; not “Note: …”."""
    found = _TURN.match(row)
    if found is None:
        return False
    words = found["name"].split()
    if len(words) == 1:
        return words[0] in names or words[0] in _LETTERS_OF_TURNS
    return words[-1] in names or words[0].casefold() in first_names.KNOWN


def _cut_title(found: re.Match[str]) -> str:
    words = _TITLE_WORD.findall(found[0])
    is_title = len(words) > 1 and all(word[0].isupper() for word in words if len(word) > _SMALL_WORD)
    return _CUT * len(found[0]) if is_title else found[0]


# --- finding and telling ------------------------------------------------


class _Index:
    """Rules by a word that each of their words holds: only few of thousands are looked for in a text. Of two rules of the same words, the first counts."""

    def __init__(self, rules: Sequence[StyleRule]) -> None:
        first: dict[str, tuple[StyleRule, str]] = {}
        for rule in rules:
            for what in rule.what:
                first.setdefault(what, (rule, what))
        self._rules = list(first.values())
        self._by_word: dict[str, list[int]] = {}
        self._others: list[int] = []
        for n, (_, what) in enumerate(self._rules):
            word = max(_ASCII_WORD.findall(what), key=len, default="") if what.isascii() else ""
            (self._by_word.setdefault(word.casefold(), []) if word else self._others).append(n)

    def of(self, text: str) -> list[tuple[StyleRule, str]]:
        """Return the rules whose words may stand in a text, each with the words, in their order."""
        found = {n for word in set(map(str.casefold, _WORD.findall(text))) for n in self._by_word.get(word, ())}
        return [self._rules[n] for n in sorted(found.union(self._others))]

    def settled(self, words: str) -> str:
        """Return words as all rules together have them; "" if one rule takes back what another writes."""
        seen = set()
        while words not in seen and len(words) <= _LONGEST:
            seen.add(words)
            for rule, what in self.of(words):
                found = _pattern(what).search(words)
                if found is not None and len(rule.instead) == 1 and not _is_meant(rule, what, found, words):
                    words = f"{words[: found.start()]}{_like(found[0], what, rule.instead[0])}{words[found.end() :]}"
                    break
            else:
                return words
        return ""


@functools.lru_cache(maxsize=4096)
def _pattern(what: str) -> re.Pattern[str]:
    """Return what finds words: whole ones, over line ends too, and in any case unless they have a capital."""
    between = rf"(?:[{_BLANKS}]+(?:\n[ \t]*)?|\n[ \t]*)"
    words = between.join("".join(map(_letter, part)) for part in unicodedata.normalize("NFC", what).split())
    before = "" if _BOUNDLESS.match(what[0]) else rf"(?<!{_OF_WORD})"
    behind = "" if _BOUNDLESS.match(what[-1]) else rf"(?!{_OF_WORD})"
    return re.compile(f"{before}{words}{behind}", 0 if any(map(str.isupper, what)) else re.IGNORECASE)


def _letter(char: str) -> str:
    """Return what finds a letter: with its accent, or with the accent behind it."""
    if char in "'’":
        return "['’]"
    apart = unicodedata.normalize("NFD", char)
    return re.escape(char) if apart == char else f"(?:{re.escape(char)}|{re.escape(apart)})"


def _is_within_letter(found: re.Match[str], shown: str) -> bool:
    """Return whether an accent or a vowel sign of its own follows, or stands before a word that has blanks around it: then the words are part of others."""
    before = "" if _BOUNDLESS.match(found[0]) else shown[found.start() - 1 : found.start()]
    return any(
        unicodedata.category(char).startswith("M") and not _SELECTOR.match(char) for char in before + shown[found.end() : found.end() + 1]
    )


def _is_meant(rule: StyleRule, what: str, found: re.Match[str], shown: str) -> bool:
    """Return whether the words stand within what is to be written instead of them, or have their capital from the beginning of a sentence."""
    words = found[0].lower()
    for instead in rule.instead:
        at = instead.lower().find(words)
        first = max(0, found.start() - at)
        whole = shown[first : first + len(instead)]
        if at >= 0 and (whole == instead or (whole.lower() == instead.lower() and words != instead.lower())):
            return True
    if all(instead.lower() != what.lower() for instead in rule.instead):
        return False
    before = shown[max(0, found.start() - _BEFORE) : found.start()]
    row = before.rpartition("\n")[2]
    return (not row.strip(f" \t{_CUT}") and len(row) < _BEFORE) or _SENTENCE_START.search(row) is not None


class _Place(NamedTuple):
    """A text in which rules are broken."""

    shown: str
    starts: Sequence[int]
    path: str
    together: _Index


def _problem(rule: StyleRule, what: str, found: re.Match[str], place: _Place) -> Diagnostic:
    path = place.path
    line = bisect_right(place.starts, found.start())
    column = found.start() - place.starts[line - 1] + 1
    words = " ".join(found[0].split())
    instead = tuple(_like(words, what, replacement) for replacement in rule.instead)
    # Where another rule has other words for these, its are written at once.
    settled = place.together.settled(instead[0]) if len(instead) == 1 else ""
    instead = (settled,) if settled else instead
    named = " or ".join(f"“{replacement}”" for replacement in instead)
    message = f"The house style has {named} for “{words}”." if instead else f"The house style does not use “{words}”."
    if len(instead) == 1 and not settled:
        message = f"{message[:-1]}, and another rule takes that back."
    width = len(found[0].partition("\n")[0])
    edits: tuple[TextEdit, ...] = ()
    if settled and "\n" not in found[0]:
        # Of a sentence and of a short form, one full stop is enough.
        written = settled[:-1] if settled.endswith(".") and place.shown[found.end() : found.end() + 1] == "." else settled
        if re.match(_OF_WORD, written) and re.match(_OF_WORD, place.shown[found.start() - 1 : found.start()]):
            written = f" {written}"  # a word in the place of a sign: 50 per cent
        edits = (TextEdit(path, line, column, line, column + width, written),)
    return Diagnostic(
        "style-rule",
        message,
        Location(path, line, column, width),
        help=rule.why,
        severity=rule.level,
        subject=words,
        suggestion=settled,
        edits=edits,
    )


def _like(words: str, what: str, instead: str) -> str:
    """Return what to write, with the capitals of the words that it stands for."""
    if any(map(str.isupper, what)) or words == words.lower():
        return instead
    if len(words) > 1 and words.isupper():
        return instead.upper()
    parts = words.split()
    if len(parts) > 1 and all(part[:1].isupper() for part in parts):  # a title, or the name of an office
        return " ".join(part[:1].upper() + part[1:] for part in instead.split(" "))
    return instead[:1].upper() + instead[1:] if words[:1].isupper() else instead
