"""Where the words of a quote stand in the text: exactly there, or nowhere.

Both sides go through one fixed normalisation (`normalise`), so that curly and straight quotes, dashes, spaces and line breaks make no difference, and
nothing else is forgiven. Fuzziness only suggests, in the help of a problem; it never decides what is published.
"""

import bisect
import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from builder.diagnostics import WARNING, Diagnostic
from builder.model import Body, Link, MarkClose, MarkOpen, Quote, Segment, Text

_ONE_FOR_ONE = str.maketrans(
    {
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
# Soft hyphens and signs of no width vanish; an ellipsis is three dots; white space of any kind and length is one space.
_OTHERS = re.compile("[\xad\u200b\u200c\u200d\u2060\ufeff]+|…|\\s\\s+|[\\t-\\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_COMBINED = re.compile(
    ".[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+", re.DOTALL
)
_QUOTATION = " \"'"

MOST_WORDS = 20_000
"""Words of a body that are searched for the nearest passage, which is a courtesy and must not take long."""


class Range(msgspec.Struct, frozen=True, gc=False):
    """A stretch of `Body.text` that holds words of a quote."""

    start: int
    end: int
    quote: str


class Normalised(msgspec.Struct, frozen=True):
    """A text in its normal form, and the way back to where it came from."""

    text: str
    breaks: tuple[int, ...]
    """Offsets in the normal form from which the shift changes."""
    shifts: tuple[int, ...]
    """What to add from each of these offsets on."""

    def original(self, at: int) -> int:
        """Return where an offset of the normal form stands in the original."""
        return at + self.shifts[bisect.bisect_right(self.breaks, at) - 1]


def normalise(text: str) -> Normalised:
    """Return the one normal form in which quotes and bodies are compared: NFC, straight quotes, hyphens for dashes, single spaces, three dots."""
    patterns = [_OTHERS] if unicodedata.is_normalized("NFC", text) else [_OTHERS, _COMBINED]
    found = sorted((match for pattern in patterns for match in pattern.finditer(text)), key=lambda match: match.start())
    out: list[str] = []
    breaks, shifts = [0], [0]
    at = length = 0
    for match in found:
        if match.start() < at:
            continue
        out.append(text[at : match.start()])
        length += match.start() - at
        new = _replacement(match[0])
        out.append(new)
        length += len(new)
        at = match.end()
        breaks.append(length)
        shifts.append(at - length)
    out.append(text[at:])
    return Normalised("".join(out).translate(_ONE_FOR_ONE), tuple(breaks), tuple(shifts))


def _replacement(found: str) -> str:
    if found == "…":
        return "..."
    if found.isspace():
        return " "
    return unicodedata.normalize("NFC", found) if unicodedata.combining(found[-1]) else ""


def anchored(body: Body) -> frozenset[str]:
    """Return the ids of the quotes whose words are marked in a body."""
    return frozenset(segment.id for segment in body.segments if isinstance(segment, MarkOpen) and segment.kind == "quote")


def anchor(body: Body, quotes: Sequence[Quote], *, path: str) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Return the body with a mark around the words of each quote, and the problems of those that are not there exactly once.

    Quotes with `in_body: no`, and those that the author has marked in the text with `[words]{quote=id}`, are passed over. `path` is the file's.
    Quotes of the same words that stand in the body as often as there are such quotes are given to them in order.
    """
    spanned = anchored(body)
    sought = [quote for quote in quotes if quote.in_body and quote.id not in spanned]
    if not sought:
        return body, ()
    text = normalise(body.text)
    problems: list[Diagnostic] = []
    ranges: list[Range] = []
    taken: dict[tuple[str, ...], int] = {}
    wordings = [tuple(normalise(segment).text.strip() for segment in quote.segments) for quote in sought]
    for quote, words in zip(sought, wordings, strict=True):
        same = wordings.count(words)
        nth = taken[words] = taken.get(words, -1) + 1
        found = _find(text.text, quote, words, same, nth, body, path)
        if isinstance(found, Diagnostic):
            problems.append(found)
        else:
            ranges += [Range(text.original(start), text.original(end - 1) + 1, quote.id) for start, end in found]
    kept, overlaps = _apart(ranges, {quote.id: quote for quote in sought})
    free = frozenset(quote.id for quote in sought if quote.mode == "indirect")
    return _mark(body, kept, free), (*problems, *overlaps)


# --- finding ------------------------------------------------


def _occurrences(text: str, words: str) -> list[int]:
    """Return where the words stand whole: “advice” is not in “advices”."""
    found = []
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        begins = not (words[0].isalnum() and at and text[at - 1].isalnum())
        ends = not (words[-1].isalnum() and end < len(text) and text[end].isalnum())
        if begins and ends:
            found.append(at)
        at = text.find(words, at + 1)
    return found


def _find(
    text: str, quote: Quote, words: tuple[str, ...], same: int, nth: int, body: Body, path: str
) -> list[tuple[int, int]] | Diagnostic:
    places: list[tuple[int, int]] = []
    at = 0
    for n, segment in enumerate(words):
        everywhere = _occurrences(text, segment) if segment else []
        found = [start for start in everywhere if start >= at]
        if not found:
            return _not_found(quote, quote.segments[n], body, out_of_order=bool(everywhere))
        if n == 0 and quote.prefix:
            chosen = [start for start in found if _follows(text, start, quote.prefix)]
            if len(chosen) != 1:
                return _wrong_prefix(quote, len(chosen), _prefixes(text, found))
            found = chosen
        elif n == 0 and len(found) > 1:
            if len(found) != same:
                return _ambiguous(quote, len(found), _prefixes(text, found))
            found = found[nth:]
        places.append((found[0], found[0] + len(segment)))
        at = found[0] + len(segment)
    del path
    return places


def _follows(text: str, start: int, prefix: str) -> bool:
    return text[:start].rstrip(_QUOTATION).endswith(normalise(prefix).text.rstrip(_QUOTATION).lstrip())


def _prefixes(text: str, starts: Iterable[int]) -> list[str]:
    """Return, for each place, the fewest words before it that no other place has."""
    before = [text[max(0, start - 200) : start].rstrip(_QUOTATION).split(" ") for start in starts]
    for number in range(1, 12):
        found = [" ".join(words[-number:]) for words in before]
        if len(set(found)) == len(found):
            return found
    return [" ".join(words[-11:]) for words in before]


# --- telling ------------------------------------------------


def _not_found(quote: Quote, words: str, body: Body, *, out_of_order: bool) -> Diagnostic:
    if out_of_order:
        hint = "The parts of a split quote are sought one after the other: list them in the order of the text."
    else:
        hint = (
            _nearest(words, body.text) or "Quote the words as they stand in the body, or write “in_body: no” if they shall not stand there."
        )
    return Diagnostic("quote-not-found", f"“{_shorten(words)}” does not stand in the body.", quote.place, help=hint)


def _ambiguous(quote: Quote, number: int, prefixes: list[str]) -> Diagnostic:
    options = ", or ".join(f"“prefix: {prefix}”" for prefix in prefixes[:3])
    return Diagnostic(
        "quote-ambiguous",
        f"“{_shorten(quote.segments[0])}” stands {number} times in the body.",
        quote.place,
        help=f"Say which with the words before it: {options}.",
    )


def _wrong_prefix(quote: Quote, number: int, prefixes: list[str]) -> Diagnostic:
    told = "never stands" if not number else f"stands {number} times"
    options = ", or ".join(f"“prefix: {prefix}”" for prefix in prefixes[:3])
    return Diagnostic(
        "quote-ambiguous",
        f"“{_shorten(quote.segments[0])}” {told} after “{_shorten(quote.prefix)}”.",
        quote.place,
        help=f"Before the words stands: {options}.",
    )


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else text[:67].rsplit(" ", 1)[0] + " …"


def _nearest(words: str, text: str) -> str:
    """Return which passage of the body comes nearest to the words, and where the two differ; "" where none does."""
    theirs = text.replace("\ufffc", " ").split()[:MOST_WORDS]
    ours = words.split()
    plain = [normalise(word).text.strip(".,;:!?\"'()[]").casefold() for word in theirs]
    wanted = [normalise(word).text.strip(".,;:!?\"'()[]").casefold() for word in ours]
    match = difflib.SequenceMatcher(None, plain, wanted, autojunk=False).find_longest_match()
    if match.size * 3 < len(ours) or not match.size:
        return ""
    low = max(0, match.a - match.b - 3)
    window = plain[low : match.a + len(ours) - match.b + 3]
    blocks = [block for block in difflib.SequenceMatcher(None, window, wanted, autojunk=False).get_matching_blocks() if block.size]
    # What stands before the first common word and after the last is as many words as the quote has there.
    start = max(0, low + blocks[0].a - blocks[0].b)
    end = min(len(theirs), low + blocks[-1].a + len(ours) - blocks[-1].b)
    found = theirs[start:end]
    told = f"The nearest words in the body are “{_bare(' '.join(found))}”."
    for tag, a, b, c, d in difflib.SequenceMatcher(None, plain[start:end], wanted, autojunk=False).get_opcodes():
        if tag == "replace":
            return f"{told} There the body has “{_bare(' '.join(found[a:b]))}”, the quote “{_bare(' '.join(ours[c:d]))}”."
        if tag != "equal":
            return f"{told} There the {'body' if tag == 'delete' else 'quote'} has “{_bare(' '.join(found[a:b] or ours[c:d]))}” more."
    return f"{told} They differ in punctuation or in capital letters."


def _bare(passage: str) -> str:
    """Return a passage as it is shown between quotation marks: without its own."""
    return _shorten(passage.strip("“”„\"‘’',"))


# --- marking ------------------------------------------------


def _apart(ranges: list[Range], quotes: dict[str, Quote]) -> tuple[list[Range], list[Diagnostic]]:
    """Keep ranges that do not overlap; of two that do, the longer one stays."""
    kept: list[Range] = []
    problems = []
    for one in sorted(ranges, key=lambda found: (found.start - found.end, found.start)):
        other = next((found for found in kept if one.start < found.end and found.start < one.end), None)
        if other is None:
            kept.append(one)
        else:
            quote = quotes[one.quote]
            hint = "Only the longer one is marked in the text. Write “in_body: no” if that is meant."
            problems.append(
                Diagnostic(
                    "quote-overlap", f"These words lie within those of the quote “{other.quote}”.", quote.place, help=hint, severity=WARNING
                )
            )
    return sorted(kept, key=lambda found: found.start), problems


def _mark(body: Body, ranges: list[Range], free: frozenset[str]) -> Body:
    """Put marks around the ranges: one for each stretch of words between two pieces of markup, so that a mark never crosses an element."""
    pieces = _pieces(body, ranges)
    total: dict[str, int] = {}
    for of_segment in pieces.values():
        for piece in of_segment:
            total[piece.quote] = total.get(piece.quote, 0) + 1
    done: dict[str, int] = {}
    out: list[Segment] = []
    for n, segment in enumerate(body.segments):
        cut = pieces.get(n)
        if cut is None:
            out.append(segment)
            continue
        at = 0
        for piece in cut:
            part = done[piece.quote] = done.get(piece.quote, -1) + 1
            if isinstance(segment, Text):
                start, end = piece.start - segment.at, piece.end - segment.at
                if start > at:
                    out.append(Text(segment.text[at:start], segment.at + at, segment.linkable))
                words: Segment = Text(segment.text[start:end], piece.start, segment.linkable and piece.quote in free)
                at = end
            else:
                words = segment
            out += (MarkOpen("quote", piece.quote, part), words, MarkClose("quote", piece.quote, part == total[piece.quote] - 1))
        if isinstance(segment, Text) and at < len(segment.text):
            out.append(Text(segment.text[at:], segment.at + at, segment.linkable))
    return msgspec.structs.replace(body, segments=tuple(out))


def _pieces(body: Body, ranges: list[Range]) -> dict[int, list[Range]]:
    """Return which words of which segment belong to a quote."""
    found: dict[int, list[Range]] = {}
    starts = [one.start for one in ranges]
    inside = 0
    for n, segment in enumerate(body.segments):
        if isinstance(segment, MarkOpen):
            inside += 1
        elif isinstance(segment, MarkClose):
            inside -= 1
        if inside or not isinstance(segment, Text | Link):
            continue  # what the author has marked by hand stays as it is
        text = segment.text if isinstance(segment, Text) else segment.words
        end = segment.at + len(text)
        first = max(0, bisect.bisect_right(starts, segment.at) - 1)
        for one in ranges[first : bisect.bisect_left(starts, end)]:
            low, high = max(one.start, segment.at), min(one.end, end)
            if low < high and text[low - segment.at : high - segment.at].strip():
                found.setdefault(n, []).append(Range(low, high, one.quote))
    return found
