"""Explains YAML syntax errors: the likely slip, where the parser only names the token it expected, often lines later.

Each function of `_SLIPS` finds one kind of slip in the lines around the parser's complaint; the first that finds its own decides.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from builder.content import schema
from builder.content.frontmatter import lookalike_signs
from builder.diagnostics import characters
from builder.i18n.patterns import late

COMMENT = late(r"(?<=\S) (#[^\s#].*)")
"""A comment as nobody writes one: with one space before it and none behind its sign."""

TAB = "This line is indented with a tab."


class Complaint(msgspec.Struct, frozen=True):
    """A message of the parser; lines and columns from 0."""

    said: str
    line: int
    column: int
    opened: tuple[int, int] | None = None
    """Where what it was reading began."""


class Slip(msgspec.Struct, frozen=True):
    """The likely cause, which is reported instead; lines and columns from 0."""

    line: int
    column: int
    width: int
    message: str
    help: str


def find(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    """Return what is most likely wrong in the lines of a block, or None if unknown."""
    if not 0 <= complaint.line <= len(rows):
        return None
    return next((slip for kind in _SLIPS if (slip := kind([*rows, ""], complaint)) is not None), None)


def continued(rows: Sequence[str], said: str, line: int, column: int) -> tuple[int, ...]:
    """Return the line that counts as going on with a key below it, where that key is what the parser complains of; nothing for other complaints."""
    if _NOT_ALLOWED not in said or not line < len(rows):
        return ()
    row = _row(rows[line])
    is_first = row.key and column == row.column + len(row.key)
    above = next(_above(rows, line), None)
    return (above[0],) if above is not None and (is_first or not (above[1].key or above[1].dashed)) else ()


_NOT_ALLOWED = "mapping values are not allowed"
"""What the parser says of a colon within a text that goes on from the line above."""


# --- how words can stand ------------------------------------------------

_BARE = late(r"\w(?:[\w .’/-]|:(?=\S))*")


_PAIRS = frozenset(["“”", "‘’", "„“", "„”", "‚‘", "«»", "»«", "””", "’’"])


def quoted(words: str) -> str:
    """Return words in quotation marks, as YAML takes them for one value; typographic ones around them are taken for what was meant so."""
    if len(words) > 2 and words[0] + words[-1] in _PAIRS:
        words = words[1:-1]
    return _in_marks(words)


def _in_marks(words: str) -> str:
    return f'"{words}"' if not set('"\\') & set(words) else "'" + words.replace("'", "''") + "'"


def in_braces(words: str) -> str:
    """Return words, just as they are, so that they can stand in braces: in quotation marks where they have a comma or a sign."""
    return words if _BARE.fullmatch(words) else _in_marks(words)


def in_full(form: str, key: str, words: str, *more: tuple[str, str]) -> str:
    """Return `key: words`, a short form of `schema.IN_LINE`, written as a record to which more keys are added."""
    names = schema.IN_LINE[form]
    parts = [(name, in_braces(part.strip())) for name, part in zip(names, words.split(",", len(names) - 1), strict=False)]
    return f"{key}: {{{', '.join(f'{name}: {value}' for name, value in (*parts, *more))}}}"


# --- lines ------------------------------------------------

_LINE = late(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<rest>.*)")
_PAIR = late(r"(?P<key>[^\s:#\"'\[\]{},][^:]*):(?:[ ]+(?P<value>\S.*))?[ ]*")


class _Row(msgspec.Struct, frozen=True):
    """One line: where its words begin behind spaces and dashes, and the key and value that it has."""

    column: int
    dashed: bool
    rest: str
    key: str
    """"" if it has none."""
    value: str


def _row(text: str) -> _Row:
    line = _LINE.fullmatch(text.rstrip("\n"))
    assert line is not None
    pair = _PAIR.fullmatch(line["rest"])
    key, value = (pair["key"], pair["value"] or "") if pair is not None else ("", "")
    return _Row(len(line["lead"]), "-" in line["lead"], line["rest"].rstrip(), key, value)


_KNOWN = frozenset(key for table in schema.BY_NAME.values() for key in table)
_ID = late(r"[^\W_]+(?:[-.][^\W_]+)*")


def _list_around(rows: Sequence[str], line: int) -> tuple[str, str]:
    """Return the kind of record that is listed where a line stands, and its form in `schema.IN_LINE`; "" if there is none."""
    for above in range(line - 1, -1, -1):
        row = _row(rows[above])
        if row.column == 0 and row.key and not row.dashed:
            known = schema.BY_NAME["explainer"].get(row.key)
            record = known.record if known is not None and not row.value else ""
            return record, row.key if row.key in schema.IN_LINE else record if record in schema.IN_LINE else ""
    return "", ""


def _above(rows: Sequence[str], line: int) -> Iterator[tuple[int, _Row]]:
    for above in range(line - 1, -1, -1):
        if rows[above].strip():
            yield above, _row(rows[above])


# --- the slips ------------------------------------------------


def _tab(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    row = rows[complaint.line]
    if "\t" not in row[: len(row) - len(row.lstrip())]:
        return None
    return Slip(complaint.line, complaint.column, 1, TAB, "YAML takes only spaces: replace the tab by spaces.")


def _byte_order_mark(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    """A sign of no width that files begin with, and that is left over where two were joined."""
    at = rows[complaint.line].find("\ufeff")
    if not 0 <= at <= complaint.column + 1:
        return None
    words = rows[complaint.line].strip("\ufeff ").partition(":")[0][:60]
    message = f"A {characters.name(chr(0xFEFF))} (U+FEFF) stands before “{words}”."
    return Slip(complaint.line, at, 1, message, "Delete it: most editors do not show it.")


_HALF = late(r"\\u([dD][89abAB][0-9a-fA-F]{2})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def _half_of_a_pair(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    """An escape of JSON's, which writes a character beyond U+FFFF as two halves."""
    found = _HALF.search(rows[complaint.line]) if "Unicode character escape" in complaint.said else None
    if found is None:
        return None
    message = f"“{found[0]}” is half of a surrogate pair, and no character."
    help_ = "Delete it."
    if found[2]:
        char = chr(0x10000 + ((int(found[1], 16) - 0xD800) << 10) + int(found[2], 16) - 0xDC00)
        message, help_ = f"YAML does not read “{found[0]}”, as JSON writes “{char}”.", f"Write “{char}” itself."
    return Slip(complaint.line, found.start(), len(found[0]), message, help_)


_SIGNS = ">|-&*?!@`%,]}:"


def _sign_first(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    for line, column in filter(None, (complaint.opened, (complaint.line, complaint.column))):
        found = _row(rows[line])
        words = found.value or found.rest
        begins = len(rows[line].rstrip()) - len(words)
        if line == complaint.line and (star := lookalike_signs.star(rows[line].lstrip())):
            return Slip(line, found.column, 1, *star)
        if words and words[0] in _SIGNS and column == begins and line == complaint.line:
            written = f"{found.key}: {quoted(words)}" if found.key else quoted(words)
            message = f"A value cannot begin with “{words[0]}”, which means something in YAML."
            listed = f", or write a list: {found.key}: [{words[2:]}]" * (words[0] == "-" and bool(found.key))
            return Slip(line, column, 1, message, f"Put the whole value in quotation marks: {written}{listed}")
    return None


_OPENING = late(r"[ ]*(?:-[ ]+)*(?:[\w-]+:[ ]+)?(?=[\"'\[{])")
_CLOSING = {"[": "]", "{": "}"}


def _end(rows: Sequence[str], line: int, column: int, last: int) -> tuple[int, int] | None:
    """Return where the quotation mark or bracket that opens at a place is closed: the place behind; None if it is not. A bracket is followed on its own line only."""
    sign = rows[line][column]
    if sign in _CLOSING:
        end = rows[line].find(_CLOSING[sign], column)
        return (line, end + 1) if end >= 0 else None
    column += 1
    while line <= last:
        row = rows[line]
        while column < len(row):
            if (sign == '"' and row[column] == "\\") or (sign == "'" and row[column : column + 2] == "''"):
                column += 1
            elif row[column] == sign:
                return line, column + 1
            column += 1
        line, column = line + 1, 0
    return None


_FAR = 200
"""Lines above a complaint that are searched for what was never closed."""


def _ends_in_the_middle(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    line = max(0, complaint.line - _FAR)
    while line <= complaint.line:
        opening = _OPENING.match(rows[line])
        end = _end(rows, line, opening.end(), complaint.line) if opening is not None else None
        if opening is None or end is None:
            line += 1
            continue
        rest = rows[end[0]][end[1] :].strip()
        if end[0] == complaint.line and rest and not rest.startswith(("#", ":", ",")):
            return _unclosed(rows, line, opening.end(), end[0])
        line = end[0] + 1
    return None


def _unclosed(rows: Sequence[str], line: int, column: int, end: int) -> Slip:
    sign = rows[line][column]
    what = "bracket" if sign in _CLOSING else "quotation mark"
    if end > line:
        return Slip(line, column, 1, "The quotation mark that is opened here is not closed on this line.", "Close it where the value ends.")
    row, value = _row(rows[line]), rows[line][column:].rstrip()
    # The marks that stand around the whole of it were meant so; others are the author's words.
    words = value[1:-1] if value[0] == value[-1] and value[0] not in _CLOSING else value
    written = f"{row.key}: {quoted(words)}" if row.key else quoted(words)
    message = f"This value begins with a {what} that ends in the middle."
    return Slip(line, column, len(value), message, f"Put the whole value in quotation marks: {written}")


def _comment(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    """A text that goes on below a line which a “#” has ended."""
    for above, _ in _above(rows, complaint.opened[0] if complaint.opened and "simple key" in complaint.said else complaint.line):
        found = COMMENT.search(rows[above])
        if found is None:
            return None
        message = f"The text ends before “{found[1][:60]}”: a space and “#” begin a comment."
        return Slip(above, found.start(1), len(found[1]), message, "Put the whole text in quotation marks.")
    return None


def _colon(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    """A colon where the text of a value goes on: the second of its line, or that of a line which was meant to be a key."""
    if _NOT_ALLOWED not in complaint.said:
        return None
    row = _row(rows[complaint.line][: complaint.column + 1])
    if not row.key or complaint.column != row.column + len(row.key):
        return _second_colon(complaint, rows[complaint.line])
    for above, owner in _above(rows, complaint.line):
        if odd := lookalike_signs.bullet(rows[above].strip()):
            return Slip(above, owner.column, 2, *odd)
        if owner.key.startswith("-"):
            written = f"- {owner.key.lstrip('-')}: {owner.value}".rstrip()
            return Slip(above, owner.column, 1, "A space is missing behind the dash.", f"Write “{written}”.")
        if owner.key:
            return _too_far_right(rows, complaint, row, owner)
        if owner.column == row.column:
            return _without_colon(rows, above, owner)
    return None


_KEY_IN_BRACES = late(r"[{,\[][ ]*([\w.-]+):[ ]+")
_ENDS_IN_BRACES = late(r"[ ]*(?:,[ ]*[\w.-]+:(?:[ ]|$)|[}\]]|$)")


def _colon_in_braces(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    """A colon within a value that stands in braces, or in brackets."""
    row = rows[complaint.line]
    if "did not find expected ','" not in complaint.said or row[complaint.column : complaint.column + 1] != ":":
        return None
    begun = [found for found in _KEY_IN_BRACES.finditer(row) if found.end() <= complaint.column]
    end = _ENDS_IN_BRACES.search(row, complaint.column)
    if not begun or end is None or row[begun[-1].end()] in "\"'":
        return None
    if missing := lookalike_signs.missing_comma(row[begun[-1].end() : complaint.column]):
        return Slip(complaint.line, begun[-1].end() + missing.column, missing.width, missing.message, missing.help)
    written = f"Put the whole value in quotation marks: {begun[-1][1]}: {quoted(row[begun[-1].end() : end.start()].strip())}"
    return Slip(complaint.line, complaint.column, 1, "A second colon stands where YAML expects a plain value.", written)


def _second_colon(complaint: Complaint, row: str) -> Slip:
    first = re.match(r"[ ]*(?:-[ ]+)*([\w.][^:#\"'\[\]{}]{0,60}?(?:T\d\d:\d\d[^:]{0,10}?)?):[ ]+(\S.*)", row)
    example = (
        f"{first[1]}: {quoted(first[2].rstrip())}" if first is not None and first[2][0] not in "\"'[{" else 'title: "Kyiv: what we know"'
    )
    message = "A second colon stands where YAML expects a plain value."
    return Slip(complaint.line, complaint.column, 1, message, f"Put the whole value in quotation marks: {example}")


def _too_far_right(rows: Sequence[str], complaint: Complaint, row: _Row, owner: _Row) -> Slip:
    record, form = _list_around(rows, complaint.line)
    if row.key not in _KNOWN and not (record and _ID.fullmatch(row.key)):
        message = "A colon stands in a text that goes on from the line above."
        return Slip(complaint.line, complaint.column, 1, message, "Put the whole text in quotation marks.")
    message = f"“{row.key}” stands too far to the right, and so counts as part of the text above."
    help_ = f"Begin it in column {owner.column + 1}, below “{owner.key}”."
    if record and row.key in schema.BY_NAME[record] and owner.key not in schema.BY_NAME[record]:
        if form:
            value = _row(rows[complaint.line]).value
            help_ = f"Write one record: {in_full(form, owner.key, owner.value, (row.key, value))}"
        elif not owner.dashed:
            help_ = f"Write “- {owner.key}: …”, with a dash, and begin “{row.key}” below “{owner.key}”, in the same column."
    return Slip(complaint.line, row.column, len(row.key), message, help_)


_GLUED = late(r"([\w.-]+):(\S.*|[^\S ].*)")


def _without_colon(rows: Sequence[str], line: int, row: _Row) -> Slip:
    """What is wrong with a line that should have had a key: its colon, or the space behind it."""
    record, _ = _list_around(rows, line)
    glued = _GLUED.fullmatch(row.rest)
    word, _, words = row.rest.partition(" ")
    if odd := lookalike_signs.colon(row.rest):
        return Slip(line, row.column, len(row.rest), *odd)
    if odd := lookalike_signs.bullet(row.rest):
        return Slip(line, row.column, 1, *odd)
    if glued is not None and (glued[1] in _KNOWN or record):
        message = f"A space is missing behind “{glued[1]}:”."
        if glued[2][0].isspace():
            message = f"The space behind “{glued[1]}:” is one of another kind, such as word processors make."
        return Slip(line, row.column + len(glued[1]), 1, message, f"Type it anew: “{glued[1]}: {glued[2].strip()[:60]}”.")
    if words and (word in _KNOWN or (record and _ID.fullmatch(word) and word == word.lower())):
        return Slip(line, row.column, len(word), f"A colon is missing behind “{word}”.", f"Write “{word}: {words.strip()[:60]}”.")
    message = "This line has no key: a colon is missing, or it goes on from the text above."
    return Slip(
        line, row.column, len(row.rest), message, "Write “key: value”, or indent the line by two spaces if it goes on from the text above."
    )


def _missing_colon(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    if "could not find expected ':'" not in complaint.said or complaint.opened is None:
        return None
    return _without_colon(rows, complaint.opened[0], _row(rows[complaint.opened[0]]))


def _beside_the_list(rows: Sequence[str], complaint: Complaint) -> Slip | None:
    """A line among the entries of a list that is no entry, and no key of one."""
    if "'-' indicator" not in complaint.said or complaint.opened is None:
        return None
    row, dash = _row(rows[complaint.line]), complaint.opened[1]
    owner = next((owner for _, owner in _above(rows, complaint.line) if owner.dashed), None)
    if not row.key or owner is None:
        return None
    if row.column == dash and row.key not in _KNOWN:
        return Slip(complaint.line, row.column, len(row.key), f"A dash is missing before “{row.key}”.", f"Write “- {row.rest[:60]}”.")
    message = f"“{row.key}” stands too far to the left to belong to the entry above."
    return Slip(
        complaint.line, row.column, len(row.key), message, f"Begin it in column {owner.column + 1}, below “{owner.key or owner.rest[:20]}”."
    )


_SLIPS = (
    _colon_in_braces,
    _tab,
    _byte_order_mark,
    _half_of_a_pair,
    _sign_first,
    _ends_in_the_middle,
    _comment,
    _colon,
    _missing_colon,
    _beside_the_list,
)


# --- what is told where no slip is found ------------------------------------------------
