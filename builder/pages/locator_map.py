"""A small map of the events of a story, over land and water alone: borders and names of countries are claims.

It is drawn from coordinates that the author gives; without any there is no map. Equal events make equal drawings.
"""

import itertools
import math
from collections.abc import Iterable, Sequence

import msgspec

from builder.diagnostics.shortening import shorten
from builder.model import FACTS, Site
from builder.pages import coastlines
from builder.pages.shapes import EventCard

WIDTH, HEIGHT = 272, 108
"""Of the drawing, in its own units, which are pixels in the margin of a desk."""

LEAST = 12.0
"""Degrees of latitude that a map shows at least, so that its shores can be recognised."""

FINE = 2
"""Steps to a unit in which shores are drawn."""

_SIDE, _HEAD = 0.2, 0.16
"""What is left free beside and above the outermost places, as parts of the drawing: for their names."""

_LETTER, _LINE, _DOT = 6.5, 14, 4
"""Width of a letter, height of a line and radius of a dot."""

_LONGEST = 24
_Point = tuple[float, float]
_Box = tuple[float, float, float, float]


class MapPlace(msgspec.Struct, frozen=True, gc=False):
    """A place on a map."""

    name: str
    x: int
    y: int
    hollow: bool
    """Whether nothing there has happened so far, or not for certain."""
    label_x: int
    label_y: int
    anchor: str
    """`start`, `middle` or `end`; "" if there is no room for the name."""


class LocatorMap(msgspec.Struct, frozen=True, gc=False):
    """A map of places."""

    width: int
    height: int
    land: str
    """A path, in units of a `FINE`th of a unit."""
    spots: tuple[MapPlace, ...]
    title: str
    """`Map: Geneva, Kyiv`"""
    about: str
    """What happened where, in words: `Geneva: the foreign ministers meet (planned).`"""


def locator(site: Site, events: Iterable[EventCard]) -> LocatorMap | None:
    """Return the map of some events; None if none of them has coordinates."""
    found: dict[tuple[float, float], list[EventCard]] = {}
    for event in events:
        at = site.events[event.id].coordinates
        if at is not None:
            found.setdefault((round(at[0], 2), round(at[1], 2)), []).append(event)
    if not found:
        return None
    names = [_name(cards[0]) for cards in found.values()]
    places_in_words = (f"{name}: {', '.join(map(_what, cards))}" for name, cards in zip(names, found.values(), strict=True))
    view = MapView(list(found))
    points = [view.project(longitude, latitude) for latitude, longitude in found]
    places = [(name, round(x), round(y)) for name, (x, y) in zip(names, points, strict=True)]
    hollow = [not any(card.status in FACTS for card in cards) for cards in found.values()]
    return LocatorMap(
        width=WIDTH,
        height=HEIGHT,
        land=view.shores(),
        spots=place_labels(places, hollow),
        title=site.language.word("Map: {places}").format(places=", ".join(dict.fromkeys(names))),
        about="; ".join(places_in_words) + ".",
    )


def _name(event: EventCard) -> str:
    name = event.place.partition(",")[0].strip() or event.short or event.title
    return shorten(name, _LONGEST)


def _what(event: EventCard) -> str:
    return f"{event.title} ({event.doubt})" if event.doubt else event.title


class MapView:
    """The part of the world that a map shows: equirectangular, true to scale at its middle latitude."""

    def __init__(self, places: Sequence[tuple[float, float]]) -> None:
        """`places` are latitudes and longitudes."""
        latitudes = [latitude for latitude, _ in places]
        longitudes = _unwrapped([longitude for _, longitude in places])
        self._latitude = max(-75.0, min(75.0, (min(latitudes) + max(latitudes)) / 2))
        self._longitude = (min(longitudes) + max(longitudes)) / 2
        self._narrow = math.cos(math.radians(self._latitude))
        wide = (max(longitudes) - min(longitudes)) * self._narrow / (1 - 2 * _SIDE)
        high = (max(latitudes) - min(latitudes)) / (1 - 2 * _HEAD)
        self._scale = min(WIDTH / max(wide, 1e-9), HEIGHT / max(high, LEAST))

    def project(self, longitude: float, latitude: float) -> _Point:
        """Return where a place is in the drawing."""
        east = (longitude - self._longitude + 180) % 360 - 180
        return self._at(self._longitude + east, latitude)

    def _at(self, longitude: float, latitude: float) -> _Point:
        x = WIDTH / 2 + (longitude - self._longitude) * self._narrow * self._scale
        return round(x, 1), round(HEIGHT / 2 - (latitude - self._latitude) * self._scale, 1)

    def shores(self) -> str:
        """Return all land in view as a path, in units of a `FINE`th."""
        half, up = (WIDTH / 2 + 4) / (self._narrow * self._scale), (HEIGHT / 2 + 4) / self._scale
        box = (self._longitude - half, self._latitude - up, self._longitude + half, self._latitude + up)
        seen = (
            [(x + turn, y) for x, y in ring]
            for (west, south, east, north), ring in coastlines.rings()
            if north >= box[1] and south <= box[3]
            for turn in (-360.0, 0.0, 360.0)
            if east + turn >= box[0] and west + turn <= box[2]
        )
        return "".join(self._path(_clipped(ring, box)) for ring in seen)

    def _path(self, ring: Sequence[_Point]) -> str:
        """Return a ring as an SVG path, without points too near to each other to be seen; "" if none are left."""
        points: list[tuple[int, int]] = []
        for longitude, latitude in ring:
            x, y = self._at(longitude, latitude)
            at = (round(x * FINE), round(y * FINE))
            if not points or max(abs(at[0] - points[-1][0]), abs(at[1] - points[-1][1])) >= 4 * FINE:
                points.append(at)
        if len(points) < 3:
            return ""
        offsets = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in itertools.pairwise(points)]
        return f"M{points[0][0]} {points[0][1]}l{' '.join(offsets).replace(' -', '-')}z"


def _unwrapped(longitudes: Sequence[float]) -> list[float]:
    """Return longitudes counted so that the widest gap between them is not crossed: Fiji and Samoa are neighbours."""
    around = sorted(longitude % 360 for longitude in longitudes)
    gaps = [(later - earlier, later) for earlier, later in zip(around, [*around[1:], around[0] + 360], strict=True)]
    first = max(gaps)[1] % 360
    found = [(longitude - first) % 360 + first for longitude in longitudes]
    turn = 360.0 if min(found) > 180 else 0.0
    return [longitude - turn for longitude in found]


def _clipped(ring: Sequence[_Point], box: _Box) -> Sequence[_Point]:
    """Return what of a ring lies in a box (Sutherland and Hodgman)."""
    for axis, side, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        if not ring:
            break
        kept: list[_Point] = []
        before = ring[-1]
        for point in ring:
            inside, was = sign * (point[axis] - side) >= 0, sign * (before[axis] - side) >= 0
            if inside != was:
                part = (side - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
            if inside:
                kept.append(point)
            before = point
        ring = kept
    return ring


def place_labels(places: Sequence[tuple[str, int, int]], hollow: Sequence[bool]) -> tuple[MapPlace, ...]:
    """Return places with their names where these cover neither each other nor a dot."""
    taken: list[_Box] = [(x - _DOT - 1, y - _DOT - 1, x + _DOT + 1, y + _DOT + 1) for _, x, y in places]
    found = []
    for n, (name, x, y) in enumerate(places):
        label = (x, y, "")
        for at_x, at_y, anchor in _around(x, y):
            box = label_box(name, at_x, at_y, anchor)
            others = (box_there for m, box_there in enumerate(taken) if m != n)
            if is_on_map(box) and not any(overlap(box, box_there) for box_there in others):
                taken.append(box)
                label = (at_x, at_y, anchor)
                break
        found.append(MapPlace(name, x, y, hollow[n], *label))
    return tuple(found)


def _around(x: int, y: int) -> Iterable[tuple[int, int, str]]:
    """Yield where the name of a place may stand, the best first: the base line, and what of it is given."""
    right, left, low, high = x + 8, x - 8, y + 16, y - 8
    yield right, y + 4, "start"
    yield left, y + 4, "end"
    yield x, high, "middle"
    yield x, low, "middle"
    for side, anchor in ((right, "start"), (left, "end")):
        yield side, high, anchor
        yield side, low, anchor


def label_box(name: str, x: float, y: float, anchor: str) -> _Box:
    """Return the left, top, right and bottom of a label."""
    width = sum(2 * _LETTER if letter > "\u1fff" else _LETTER for letter in name)
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return left, y - _LINE + 3, left + width, y + 3


def is_on_map(box: _Box) -> bool:
    """Return whether a box lies on the map."""
    return box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= HEIGHT - 2


def overlap(one: _Box, other: _Box) -> bool:
    """Return whether two boxes overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
