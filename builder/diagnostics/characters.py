"""Characters that an eye passes over, by their names: invisible ones, ones that look like others, and ones that are never published.

apart("oﬃce", "office", "the body", "the quote")  →  "the body has “ﬃ” (LATIN SMALL LIGATURE FFI, U+FB03) where the quote has “ffi”"
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from builder.i18n.patterns import late
from builder.i18n.scripts import encoded

LONGEST_COMPARED = 300
"""Characters of a name or word that is compared with others letter by letter: the time for that grows with the square, and no name is longer."""

# --- names ------------------------------------------------

_CONTROLS = [
    "NULL",
    "START OF HEADING",
    "START OF TEXT",
    "END OF TEXT",
    "END OF TRANSMISSION",
    "ENQUIRY",
    "ACKNOWLEDGE",
    "BELL",
    "BACKSPACE",
    "TAB",
    "LINE FEED",
    "VERTICAL TAB",
    "FORM FEED",
    "CARRIAGE RETURN",
    "SHIFT OUT",
    "SHIFT IN",
    "DATA LINK ESCAPE",
    "DEVICE CONTROL ONE",
    "DEVICE CONTROL TWO",
    "DEVICE CONTROL THREE",
    "DEVICE CONTROL FOUR",
    "NEGATIVE ACKNOWLEDGE",
    "SYNCHRONOUS IDLE",
    "END OF TRANSMISSION BLOCK",
    "CANCEL",
    "END OF MEDIUM",
    "SUBSTITUTE",
    "ESCAPE",
    "FILE SEPARATOR",
    "GROUP SEPARATOR",
    "RECORD SEPARATOR",
    "UNIT SEPARATOR",
]
"""Control characters have no names of their own in Unicode's list, only these aliases."""

_KINDS = {"Cc": "a control character", "Cs": "half of a surrogate pair", "Co": "a character of private use"}


def name(char: str) -> str:
    """Return `ESCAPE`, `RIGHT-TO-LEFT MARK` or `a noncharacter` for one character."""
    code = ord(char)
    if code < len(_CONTROLS):
        return _CONTROLS[code]
    if code in {0x7F, 0x85}:
        return "DELETE" if code == 0x7F else "NEXT LINE"
    kind = "a noncharacter" if _is_no_character(code) else "a character that Unicode does not have"
    return unicodedata.name(char, "") or _KINDS.get(unicodedata.category(char), kind)


def point(char: str) -> str:
    """Return `U+200F` for one character."""
    return f"U+{ord(char):04X}"


def named(char: str) -> str:
    """Return `U+200F (RIGHT-TO-LEFT MARK)` for one character."""
    return f"{point(char)} ({name(char)})"


def _is_no_character(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


# --- what a message shows ------------------------------------------------

_NOWHERE_SEEN = late(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
"""What a terminal or a page would not show, or would do; what joins or divides the letters of a script or an emoji is not among them."""

_INVISIBLE = late(f"(?:{_NOWHERE_SEEN.pattern}|[\u034f\u115f\u1160\u17b4\u17b5\u200c\u200d\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff])")


def shown(text: str) -> str:
    """Return a text with `‹U+200F›` for each invisible character."""
    return text if text.isascii() and text.isprintable() else _NOWHERE_SEEN.sub(lambda found: f"‹{point(found[0])}›", text)


# --- two texts that look alike ------------------------------------------------

_LOOKS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЗаеорсухѕіјһԁԛԝґкΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανικρυχωɑɡıƖӏｌ‐‑‒–—―−：，．！？；（）՚ʼ’‘´′",
    "ABESIJKMHOPCTYX3aeopcyxsijhdqwrkABEZHIKMNOPTYXoavikpuxwagilll-------:,.!?;()''''''",
)
"""The commonest letters of other scripts that look like Latin ones, and signs that look like ASCII."""


def plain(text: str) -> str:
    """Return what a text looks like: two that an eye takes for one another have one form."""
    folded = unicodedata.normalize("NFKC", text).translate(_LOOKS)
    return " ".join(_INVISIBLE.sub("", folded).split())


_MOST_REPORTED = 2
_ALIKE_IN_ASCII = ("0O", "1lI|", "5S")


def apart(one: str, other: str, of: str, beside: str) -> str:
    """Return by which characters two texts differ that look alike, as a part of a sentence; "" if any eye sees it.

    `of` and `beside` are what a message calls the two.
    """
    if one == other:
        return ""
    found = list(_differences(one, other))
    if not found or not all(_is_hard_to_see(left, right) for left, right in found):
        return ""
    pairs = list(dict.fromkeys(found))
    parts = [_difference(left, right, of, beside) for left, right in pairs[:_MOST_REPORTED]]
    return "; ".join(parts) + (f"; and in {len(pairs) - _MOST_REPORTED} more places" if len(pairs) > _MOST_REPORTED else "")


def _differences(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches in which two texts differ: what is one letter with its marks stays together."""
    import difflib  # late: few sites have such a problem

    left, right = list(_letters(one)), list(_letters(other))
    in_line = [(a, b) for a, b in zip(left, right, strict=False) if a != b]
    if len(left) == len(right) and all(_is_hard_to_see(a, b) for a, b in in_line):
        yield from in_line
        return
    if max(len(left), len(right)) > LONGEST_COMPARED:
        yield one, other
        return
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            yield from zip(left[a:b], right[c:d], strict=True)
        elif tag != "equal":
            yield "".join(left[a:b]), "".join(right[c:d])


def _letters(text: str) -> Iterator[str]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield text[start:at]
            start = at


def _is_hard_to_see(left: str, right: str) -> bool:
    if plain(left) == plain(right):
        return True
    if len(left) == len(right) == 1:
        scripts = {_script(left), _script(right)}
        return any({left, right} <= set(signs) for signs in _ALIKE_IN_ASCII) or (len(scripts) == 2 and "" not in scripts)
    return False


def _script(char: str) -> str:
    """Return the first word of a letter's name, which is that of its script; "" for what is no letter."""
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""


def _difference(left: str, right: str, of: str, beside: str) -> str:
    if not left or not right:
        has, lacks, sign = (of, beside, left) if left else (beside, of, right)
        return f"{has} has {_with_name(sign)}, which {lacks} does not have"
    there = f"“{left}”" if left.isascii() and len(left) > 1 else _with_name(left)
    here = f"“{right}”" if right.isascii() and len(right) > 1 else _with_name(right)
    return f"{of} has {there} where {beside} has {here}"


def _with_name(text: str) -> str:
    if len(text) > 3:
        return " and ".join(dict.fromkeys(_with_name(char) for char in text if not char.isalnum() or not char.isascii())) or f"“{text}”"
    if len(text) > 1:
        return f"“{shown(text)}” ({' and '.join(f'{name(char)}, {point(char)}' for char in text)})"
    if _INVISIBLE.fullmatch(text):
        return f"‹{point(text)}› ({name(text)})"
    if text.isspace():
        return "a space" if text == " " else f"a {name(text)} ({point(text)})"
    return f"“{text}” ({name(text)}, {point(text)})"


def name_hidden(text: str) -> str:
    """Return the characters of a key or an id that are easily taken for others or not seen, by their names; "" if there are none."""
    found = dict.fromkeys(
        char for char in text if not char.isascii() and (plain(char).isascii() or _INVISIBLE.fullmatch(char) or char.isspace())
    )
    mixed = any(char.isascii() and char.isalpha() for char in text)
    named_chars = [_with_name(char) for char in found if mixed or not char.isalpha()]
    return " and ".join(named_chars[:_MOST_REPORTED])


# --- what is never published ------------------------------------------------

_OVERRIDES = "\u202d\u202e"
_CLOSERS = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}
_OPENERS = {opener: closer for closer, openers in _CLOSERS.items() for opener in openers}

_NEVER = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\U000e0000-\U000e007f" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
NEVER = late(f"[{_NEVER}{_OVERRIDES}]")
"""Characters that no text may have: control characters, what is no character, what has other words shown backwards, and tags, which no reader sees and programs read."""

_FLAG = late("\U0001f3f4[\U000e0020-\U000e007e]{1,10}\U000e007f")
"""The flag of England and others: the only place of tags."""

_SUSPECT = late(f"[{_NEVER}\u202a-\u202e\u2066-\u2069]")

_IN_PLANE_0 = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]")
_BEYOND = late("[\U00010000-\U0010ffff]")
"""Patterns that are found fast, as one with parts beyond U+FFFF is not."""

IN_PLACE = "\ufffd"


class Unpublishable(msgspec.Struct, frozen=True, gc=False):
    """A character that is not published, and where in the text it stands."""

    char: str
    at: int
    times: int = 1

    @property
    def message(self) -> str:
        """The message."""
        if self.char in _OVERRIDES:
            return f"{named(self.char)} has words shown in another order than they are written."
        if self.char in _OPENERS or self.char in _CLOSERS:
            what = "is not closed where its text ends" if self.char in _OPENERS else "closes nothing"
            return f"{named(self.char)} {what}, so that words around it could be shown in another order than they are written."
        kind = unicodedata.category(self.char)
        return f"{named(self.char)} stands here" + (", a control character: it" if kind == "Cc" else ": it") + " cannot be published."

    @property
    def help(self) -> str:
        """The help."""
        if self.char in _OPENERS and self.char not in _OVERRIDES:
            return f"Delete it, or close it with {named(_OPENERS[self.char])} in the same paragraph or value."
        again = f" It stands here {self.times} times." if self.times > 1 else ""
        return f"Delete it: most editors do not show it, so type the words around it anew.{again}"


_PRINTED = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
"""Characters of ASCII that are never refused."""


def is_suspect(text: str) -> bool:
    """Return whether a text may have something that is refused."""
    # Nearly every text has nothing but what can be printed, which is seen far sooner than a pattern is looked for; of ASCII, sooner still.
    rest = encoded(text).translate(None, _PRINTED).decode("utf-8", "surrogatepass")
    return not rest.isprintable() and (
        _IN_PLANE_0.search(rest) is not None or any(map(_is_refused_beyond, map(ord, _BEYOND.findall(rest))))
    )


def _is_refused_beyond(code: int) -> bool:
    return 0xE0000 <= code <= 0xE007F or _is_no_character(code)


def find_unpublishable(text: str) -> tuple[Unpublishable, ...]:
    """Return what must not be published of a text: each character once, at its first offset.

    Signs that embed or isolate words of another direction may stand where they are closed in the same text.
    """
    if not is_suspect(text):
        return ()
    text = _FLAG.sub(lambda flag: " " * len(flag[0]), text)
    found: dict[str, list[int]] = {}
    opened: list[tuple[str, int]] = []
    for match in _SUSPECT.finditer(text):
        char, at = match[0], match.start()
        if char in _OPENERS:
            opened.append((char, at))
        if char in _CLOSERS and opened and opened[-1][0] in _CLOSERS[char]:
            opened.pop()
        elif char in _OVERRIDES or char not in _OPENERS:
            found.setdefault(char, []).append(at)
    for char, at in opened:
        if char not in _OVERRIDES:
            found.setdefault(char, []).append(at)
    return tuple(
        sorted(
            (Unpublishable(char, offsets[0], len(offsets)) for char, offsets in found.items()), key=lambda unpublishable: unpublishable.at
        )
    )


def message_and_advice(characters: Sequence[Unpublishable]) -> tuple[str, str]:
    """Return what is wrong with a text that has some of these, and what to do about it: one problem, however many they are."""
    if len(characters) == 1:
        return characters[0].message, characters[0].help
    names = [named(character.char) for character in characters]
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return (
        f"{listed} stand here: they cannot be published.",
        f"Delete them: most editors do not show them, so type the words around them anew.{_often(characters)}",
    )


def _often(found: Sequence[Unpublishable]) -> str:
    times = sum(unpublishable.times for unpublishable in found)
    return f" They stand here {times} times." if times > len(found) else ""


def without(text: str, characters: Iterable[Unpublishable]) -> str:
    """Return a text with U+FFFD, which is shown as a sign of its own, in the place of what must not be published."""
    for character in characters:
        text = text.replace(character.char, IN_PLACE)
    return text


def lookalikes(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each id or name that looks like one before it, behind that one."""
    odd = [record_id for record_id in ids if not record_id.isascii()]
    if not odd:  # as on nearly all sites: every editor shows letters of ASCII so that they differ
        return
    seen: dict[str, str] = {}
    for record_id in sorted(ids, key=lambda written_id: (not written_id.isascii(), written_id)):
        first = seen.setdefault(plain(record_id), record_id)
        if first != record_id:
            yield first, record_id
