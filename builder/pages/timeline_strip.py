"""The timeline of a story as a strip, to scale: percentages across and pixels down, so that it fits any window.

Facts and plans are above the axis, claims below it. Each event is a sign and a few words on one line; events share lines if there is room.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from builder import dates
from builder.dates import Date, day_counts
from builder.dates.date import EITHER
from builder.i18n.language import Language, direction
from builder.model import CLAIMED, FACTS, Explainer, Site
from builder.pages import cards, event_ranking
from builder.pages.shapes import DateView, EventCard, Ref
from builder.pages.timeline_strip_labels import WHOLE, WIDE, Placed, length_of, may_cross, room, words_of

MOST_EVENTS = 10
"""Events in one strip."""

STRUCK = frozenset({"denied", "cancelled"})
"""Statuses whose sign is struck through."""

ROW = 19
"""Pixels from one line to the next."""

_LABEL_GAP = 10
"""Pixels between a sign and its words."""
_ASIDE = 60
"""Thousandths for what lies far off, before the axis begins or after it ends."""
_FAR = 3
"""So many times the length of all the rest is a gap that breaks the axis."""
_LONG = 45
"""Days of a span up to which it decides where the axis begins and ends."""
_PARTS = (880, 800, 720, 640)
"""Thousandths up to which the events may be drawn, so that words have room behind them: the axis goes on through later days."""
_BELOW = 180
"""Thousandths that a month or a year below a tick takes up in a narrow window."""
_HEAD, _FOOT = 18, 36
"""Pixels for the words at the line where the account ends, and for the ticks."""


class TimelinePoint(msgspec.Struct, frozen=True, gc=False):
    """An event in the strip."""

    event: Ref
    number: int
    """From 1: the sign and the entry of the list have the same."""
    words: str
    """A few, to stand beside the sign."""
    wide_words: str
    """More of them, for a wide window with nothing beside the strip; "" if these are all."""
    when: str
    """`c. 18 Jan 2022`; "" if unknown."""
    standing: str
    """How sure it is, in words; "" of what has happened."""
    shape: str
    """One of `dates.DATE_SHAPES`."""
    ends: str
    """Which ends are open, as `DateView.ends`; also of what goes on beyond the axis."""
    signs: str
    """The symbols of the event, as `EventCard.signs`."""
    left: int
    middle: int
    right: int
    """Thousandths of the width; all the same for a day."""
    y: int
    """Pixels from the top."""
    far: bool
    """Whether it lies beyond the axis: then its date stands with its words."""
    side: str
    """Where the words stand: `after` the sign, `before` it, or `inside`, where the sign leaves no room beside it."""
    claimed: bool
    """Whether the event is only claimed."""
    struck: bool
    """Whether the sign is struck through: the event is denied or cancelled."""
    label_x: int
    """Thousandths of the width at which the words begin, or end if `label_anchor` is `end`."""
    label_offset: int
    """Pixels from there to the words; negative to the left."""
    label_anchor: str
    """`middle` or `end`, as SVG's `text-anchor`; "" for the start."""


class Tick(msgspec.Struct, frozen=True, gc=False):
    """A place on the axis."""

    at: int
    words: str
    below: str
    """The month or year where it begins; "" elsewhere."""


class MiniTimeline(msgspec.Struct, frozen=True, gc=False):
    """A drawn story."""

    marks: tuple[TimelinePoint, ...]
    undated: tuple[Ref, ...]
    """Events without a date."""
    ticks: tuple[Tick, ...]
    axis: int
    """Pixels from the top."""
    height: int
    begins: int
    ends: int
    """Between which thousandths the axis is to scale."""
    now: int
    """Place of `as_of`, in thousandths of the width; -1 if unknown."""
    crossed: tuple[int, ...]
    """Pixels down at which words cross the line there: it is broken for them."""
    as_of: DateView | None
    rtl: bool
    claims: bool
    """Whether any event is only claimed, and hatched."""
    signs: tuple[TimelinePoint, ...]
    """The key: each sign that is drawn, with its meaning as its words."""


class _Scale(msgspec.Struct, frozen=True):
    first: int
    last: int
    begins: int
    ends: int

    def at(self, day: float) -> int:
        """Return the place of a moment, at an end of the whole width where it lies beyond the axis."""
        if day < self.first:
            return self.begins // 3 if self.begins else 0
        if day > self.last + 1:
            return WHOLE - (WHOLE - self.ends) // 3
        return round(self.begins + (self.ends - self.begins) * (day - self.first) / (self.last + 1 - self.first))


def of_explainer(site: Site, slug: str, timeline: tuple[EventCard, ...]) -> MiniTimeline | None:
    """Return the strip of an explainer, of whose `timeline` it has the events that matter most; None if too few have a date."""
    chosen = set(event_ranking.ranked(site, slug)[:MOST_EVENTS])
    return _of(site, tuple(event for event in timeline if event.id in chosen), site.explainers[slug])


def of_stories(site: Site, slugs: Sequence[str], root: str) -> MiniTimeline | None:
    """Return the mini timeline of several explainers, up to their newest `as_of`; None if too few events have a date."""
    ranks = [event_ranking.ranked(site, slug) for slug in slugs]
    # Of each story the first that matters, then of each the second: none is left out for another.
    chosen = list(dict.fromkeys(keys[n] for n in range(MOST_EVENTS) for keys in ranks if n < len(keys)))[:MOST_EVENTS]
    newest = cards.newest(site, slugs)
    shown = sorted(chosen, key=lambda key: (dates.sort_key(site.events[key].when.date), key))
    return _of(site, tuple(cards.event_card(site, key, root) for key in shown), newest)


def _of(site: Site, events: tuple[EventCard, ...], until: Explainer | None) -> MiniTimeline | None:
    as_of = until.as_of.date if until is not None else None
    view = cards.state_day(site, until.slug) if until is not None else None
    rtl = direction(site.settings.language) == "rtl"
    dated = [(event, site.events[event.id].when.date) for event in events]
    return strip(site.language, dated, as_of, view, rtl=rtl)


def strip(
    language: Language, events: Sequence[tuple[EventCard, Date | None]], as_of: Date | None, view: DateView | None, *, rtl: bool
) -> MiniTimeline | None:
    """Return the mini timeline of events with their dates; None if fewer than two have one. `view` is `as_of` in words."""
    dated = [(card, date) for card, date in events if date is not None and _bounds(date) is not None and card.when is not None]
    undated = tuple(_ref(card) for card, date in events if date is None or _bounds(date) is None)
    if len(dated) < 2:
        return None
    end = as_of.upper if as_of is not None else None
    whole = _scale([date for _, date in dated], end)
    # Words of what comes after the account stand on its side of the line; where there is no room for them, the axis leaves some.
    laid = _laid(dated, whole, end)
    for part in _PARTS:
        if laid[-1] and part < whole.ends:
            laid = min(laid, _laid(dated, _extended(whole, part), end), key=lambda laid_out: laid_out[-1])
    scale, placed, above, below, _ = laid
    now = -1 if end is None else scale.at(end + 1)
    words, wide = words_of(placed, now), words_of(placed, now, WIDE)
    axis = _HEAD + max(above, 1) * ROW
    marks = tuple(
        TimelinePoint(
            _ref(mark_there.card),
            mark_there.number,
            words[mark_there.number],
            wide[mark_there.number] if wide[mark_there.number] != words[mark_there.number] else "",
            mark_there.card.when.short if mark_there.card.when is not None else "",
            mark_there.card.standing if mark_there.card.status not in FACTS else "",
            _shape(mark_there.date),
            _ends(mark_there.date, scale),
            mark_there.card.signs,
            *(
                (WHOLE - mark_there.right, WHOLE - mark_there.middle, WHOLE - mark_there.left)
                if rtl
                else (mark_there.left, mark_there.middle, mark_there.right)
            ),
            y=(axis + _FOOT if mark_there.card.status in CLAIMED else _HEAD) + mark_there.row * ROW + ROW // 2,
            far=mark_there.far,
            side=mark_there.side,
            claimed=mark_there.card.status in CLAIMED,
            struck=mark_there.card.status in STRUCK,
            label_x=label_x,
            label_offset=label_offset,
            label_anchor=label_anchor,
        )
        for mark_there in placed
        for label_x, label_offset, label_anchor in (_label(mark_there, rtl=rtl),)
    )
    return MiniTimeline(
        marks,
        undated,
        tuple(msgspec.structs.replace(tick, at=WHOLE - tick.at) if rtl else tick for tick in _ticks(scale, language)),
        axis,
        axis + _FOOT + below * ROW,
        WHOLE - scale.ends if rtl else scale.begins,
        WHOLE - scale.begins if rtl else scale.ends,
        WHOLE - now if rtl and now >= 0 else now,
        tuple(sorted({mark.y for mark_there, mark in zip(placed, marks, strict=True) if not mark.claimed and may_cross(mark_there, now)})),
        view,
        rtl,
        any(card.status in CLAIMED for card, _ in dated),
        _key(marks, language),
    )


def _key(marks: Sequence[TimelinePoint], language: Language) -> tuple[TimelinePoint, ...]:
    """Return one of each sign that is drawn, with what it means."""
    word = language.word
    shapes = {
        "day": word("on this day"),
        "range": word("throughout this time"),
        "open": word("goes on beyond this end"),
        "choice": word("some time within these days"),
        "about": word("around this time"),
        "several": word("on these days"),
        "uncertain": word("day uncertain"),
    }
    found: dict[str, TimelinePoint] = {}
    for mark in marks:
        is_span = mark.left != mark.right
        shape = mark.shape if mark.shape in shapes else "range" if is_span else "day"
        if not mark.claimed and not mark.standing:
            found.setdefault(shape, _sample(mark, shapes[shape], shape, is_span=is_span))
        elif not mark.claimed:
            found.setdefault("to come", _sample(mark, word("planned or possible"), "day", is_span=False))
        else:
            found.setdefault("claimed", _sample(mark, word("only claimed"), "day", is_span=False, struck=False))
        if mark.struck:
            found.setdefault("struck", _sample(mark, word("denied or cancelled"), "day", is_span=False))
    return tuple(found.values())


def _sample(mark: TimelinePoint, words: str, shape: str, *, is_span: bool, struck: bool | None = None) -> TimelinePoint:
    """Return the sign of a mark, drawn for the key."""
    left, right = (100, 900) if is_span else (500, 500)
    return msgspec.structs.replace(
        mark, words=words, shape=shape, left=left, middle=500, right=right, y=8, struck=mark.struck if struck is None else struck
    )


def _label(placed: Placed, *, rtl: bool) -> tuple[int, int, str]:
    """Return where the words beside a sign are anchored, their offset in pixels, and their `text-anchor`; in a right-to-left text, sides are mirrored."""
    if placed.side == "inside":
        return WHOLE - placed.middle if rtl else placed.middle, 0, "middle"
    before = placed.side == "before"
    x = placed.left if before else placed.right
    is_left = before != rtl
    return WHOLE - x if rtl else x, -_LABEL_GAP if is_left else _LABEL_GAP, "end" if before else ""


def _laid(dated: Sequence[tuple[EventCard, Date]], scale: _Scale, end: int | None) -> tuple[_Scale, list[Placed], int, int, int]:
    """Return the place of each event on an axis, the number of lines above it and below, and how many words cross the line where the account ends."""
    above: list[list[tuple[float, float]]] = []
    below: list[list[tuple[float, float]]] = []
    placed = []
    crossing = 0
    now = scale.at(end + 1) if end is not None else -1
    for n, (card, date) in enumerate(dated, start=1):
        rows = below if card.status in CLAIMED else above
        left, middle, right = _extent(date, scale, end)
        far = _is_far(date, scale)
        side, row, crosses = room(rows, left, right, length_of(card, far=far), -1 if rows is below else now, past=card.status in FACTS)
        crossing += crosses
        placed.append(Placed(n, card, date, left, middle, right, far, side, row, crosses))
    return scale, placed, len(above), len(below), crossing


def _ref(card: EventCard) -> Ref:
    return Ref(card.short or card.title, card.path, "event", doubt=card.doubt)


def _bounds(date: Date) -> tuple[int, int] | None:
    first, last = date.lower, date.upper
    some = last if first is None else first
    return None if some is None else (some if first is None else first, some if last is None else last)


def _scale(found: Iterable[Date], end: int | None) -> _Scale:
    """Return where the axis begins and ends: around most events and the day of the account, without what lies far off."""
    bounds = [both for both in map(_bounds, found) if both is not None]
    close = [both for both in bounds if both[1] - both[0] <= _LONG] or bounds
    inside = sorted({day for both in close for day in both} | ({end} if end is not None else set()))
    while len(inside) > 2:
        gap, n = max((later - earlier, n) for n, (earlier, later) in enumerate(pairwise(inside)))
        later = inside[n + 1 :] if end is None or end > inside[n] else []
        part = later or inside[: n + 1]
        if len(part) < 2 or gap <= _FAR * max(part[-1] - part[0], 2):
            break
        inside = part
    pad = max(1, (inside[-1] - inside[0] + 1) // 12)
    first, last = inside[0] - pad, inside[-1] + pad
    return _Scale(
        first,
        last,
        _ASIDE if any(until < first for _, until in bounds) else 0,
        WHOLE - _ASIDE if any(since > last for since, _ in bounds) else WHOLE,
    )


def _extended(scale: _Scale, part: int) -> _Scale:
    """Return the same axis over more days, so that what it ended with is at `part` thousandths of the width."""
    length = (scale.last + 1 - scale.first) * (scale.ends - scale.begins)
    return msgspec.structs.replace(scale, last=scale.first - 1 + -(-length // (part - scale.begins)))


def _shape(date: Date) -> str:
    """Return the sign of a date: what was on one day up to another is a day of a span, and not all of it."""
    return "choice" if date.kind == EITHER or (date.shape == "range" and "X" in date.edtf) else date.shape


def _extent(date: Date, scale: _Scale, end: int | None) -> tuple[int, int, int]:
    """Return where the sign of a date begins, is in its middle and ends. What goes on without an end is drawn up to `end`, the last day that the account knows of."""
    first, last = _bounds(date) or (0, 0)
    middle = scale.at((first + last + 1) / 2)
    if date.shape in {"day", "hours", "uncertain"} and first == last:
        return middle, middle, middle
    if date.shape == "about":
        return (
            scale.at(first if date.earliest is None else date.earliest),
            middle,
            scale.at((last if date.latest is None else date.latest) + 1),
        )
    left = 0 if date.lower is None else scale.at(first)
    known_until = scale.at(end + 1) if end is not None and first <= end else WHOLE
    right = known_until if date.upper is None else scale.at(last + 1)
    return left, (left + right) // 2, right


def _is_far(date: Date, scale: _Scale) -> bool:
    first, last = _bounds(date) or (0, 0)
    return last < scale.first or first > scale.last


def _ends(date: Date, scale: _Scale) -> str:
    bounds = _bounds(date) or (0, 0)
    early, late = bounds[0] < scale.first <= bounds[1], bounds[0] <= scale.last < bounds[1]
    sides = (("from-nowhere", date.lower is None or early), ("to-nowhere", date.upper is None or late))
    return " ".join(side for side, holds in sides if holds)


def _ticks(scale: _Scale, language: Language) -> list[Tick]:
    """Return at most about ten ticks: days, months or years."""
    length = scale.last - scale.first + 1
    if length <= 70:
        interval = next((days_apart for days_apart in (1, 2, 3, 4) if length / days_apart <= 12), 7)
        found = range(-(-scale.first // interval) * interval, scale.last + 1, interval)
        ticks = [Tick(scale.at(day + 0.5), str(day_counts.civil(day)[2]), _month(day, language)) for day in found]
    elif length <= 1_000:
        interval = 1 if length <= 300 else 3
        year, month, _ = day_counts.civil(scale.first)
        months = [(year + (month + n) // 12, (month + n) % 12 + 1) for n in range(length // 28 + 2)]
        begins = [(day_counts.ordinal(*month, 1), month) for month in months if (month[1] - 1) % interval == 0]
        ticks = [Tick(scale.at(day), language.months_short[of[1] - 1], _year(of[0], language)) for day, of in begins if day <= scale.last]
    else:
        first, last = day_counts.civil(scale.first)[0] + 1, day_counts.civil(scale.last)[0]
        interval = next(size * 10**power for power in range(16) for size in (1, 2, 5) if (last - first) / (size * 10**power) <= 8)
        years = range(-(-first // interval) * interval, last + 1, interval)
        ticks = [Tick(scale.at(day_counts.ordinal(year, 1, 1)), _year(year, language), "") for year in years]
    # What is the same as at the tick before is not said again, nor is what has no room before the next.
    news = [n for n, tick in enumerate(ticks) if tick.below and (not n or ticks[n - 1].below != tick.below)]
    told = {*news[-1:], *(n for n, later in pairwise(news) if ticks[later].at - ticks[n].at >= _BELOW)}
    return [tick if n in told else msgspec.structs.replace(tick, below="") for n, tick in enumerate(ticks)]


def _month(day: int, language: Language) -> str:
    year, month, _ = day_counts.civil(day)
    return dates.wording(dates.parse(f"{year:04}-{month:02}"), language, style="short") if 0 < year < 10_000 else _year(year, language)


def _year(year: int, language: Language) -> str:
    return dates.wording(dates.parse(day_counts.edtf_year(year)), language, style="short")
