"""What a page relies on: every look that the making of its view took at the Site.

A view is a pure function of the Site. Where all that it looked at is as it was, it is what it was, and need not be made to know that.

    looks      ("actors", "nato")                   one record, or that there is none
               ("events", None)                     all of them, and their order
               ("builder.views.events._order", ())  what came out of a step that itself looked at all of something

A step of the last kind is looked into only where what it saw has changed; and where the same came out nevertheless, nobody who asked it saw a change.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

from builder.model import Site

Look = tuple[str, Any]
"""A field of the Site and a key in it, `ALL` for the whole; or the name of a step and what it was given."""

ALL = None

MANY = 24
"""Looks from which a step is noted instead of all that it looked at."""

APART = ("bodies", "explainers", "by_slug")
"""Fields with long records, of which each has a digest of its own from the start: few change at a time, and some stand in two fields."""

_encode = msgspec.msgpack.Encoder().encode
"""Maps in their order, which a page may follow."""
_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Notes:
    """What was looked at since the last page was begun. Looks go by numbers here: a card is kept with all that it looked at, and there are hundreds of thousands."""

    __slots__ = ("_numbers", "_whole", "looks", "now", "steps")

    def __init__(self) -> None:
        self.now: set[int] = set()
        self.looks: list[Look] = []
        """By number."""
        self.steps: dict[int, tuple[tuple[int, ...], str]] = {}
        """Step → what it looked at, and a digest of what came out; "" where that is not asked."""
        self._numbers: dict[Look, int] = {}
        self._whole: set[int] = set()
        """Numbers of steps, and of looks at all of something."""

    def number(self, look: Look) -> int:
        """Return the number of a look; it gets one where it has none."""
        found = self._numbers.get(look)
        if found is None:
            found = self._numbers[look] = len(self.looks)
            self.looks.append(look)
            if look[1] is ALL or is_step(look[0]):
                self._whole.add(found)
        return found

    def step(self, name: str, given: tuple[Any, ...], make: Callable[[], _Made]) -> tuple[_Made, tuple[int, ...]]:
        """Return what `make` makes, and what whoever asks for it relies on: its looks where they are few, else the step itself."""
        outer, self.now = self.now, set()
        try:
            made = make()
        finally:
            inner, self.now = self.now, outer
        looks = tuple(inner)
        whole = not self._whole.isdisjoint(looks)
        # Only a step that can be asked again from a file is worth a name: its arguments are ids.
        if not (whole or len(looks) >= MANY) or not all(map(_is_id, given)):
            return made, looks
        number = self.number((name, given))
        self.steps[number] = looks, _of(made) if whole else ""
        return made, (number,)


def is_step(field: str) -> bool:
    """Say whether a look is at a step, whose name is a function's, rather than at a field."""
    return "." in field


def _is_id(given: object) -> bool:
    return isinstance(given, str) or (isinstance(given, tuple) and all(map(_is_id, given)))


class _Records(Mapping[_Key, _Item]):
    """A field of a Site that notes who is looked at."""

    __slots__ = ("_field", "_items", "_notes", "_numbers")

    def __init__(self, field: str, items: Mapping[_Key, _Item], notes: Notes) -> None:
        self._field, self._items, self._notes = field, items, notes
        self._numbers: dict[object, int] = {}

    def _note(self, key: object) -> None:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._notes.number((self._field, key))
        self._notes.now.add(number)

    def __getitem__(self, key: _Key) -> _Item:
        self._note(key)
        return self._items[key]

    def get(self, key: _Key, default: Any = None) -> Any:
        self._note(key)
        return self._items.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._items

    def _all(self) -> Mapping[_Key, _Item]:
        self._note(ALL)
        return self._items

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def keys(self) -> Any:
        return self._all().keys()

    def values(self) -> Any:
        return self._all().values()

    def items(self) -> Any:
        return self._all().items()


class _List(Sequence[_Item]):
    """The same of a field that is a list."""

    __slots__ = ("_field", "_items", "_notes")

    def __init__(self, field: str, items: tuple[_Item, ...], notes: Notes) -> None:
        self._field, self._items, self._notes = field, items, notes

    def _all(self) -> tuple[_Item, ...]:
        self._notes.now.add(self._notes.number((self._field, ALL)))
        return self._items

    def __getitem__(self, key: Any) -> Any:
        return self._all()[key]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[_Item]:
        return iter(self._all())


def watched(site: Site, notes: Notes) -> Site:
    """Return a Site that says the same and notes every look at it."""
    fields: dict[str, Any] = {}
    for name in site.__struct_fields__:
        value = getattr(site, name)
        if isinstance(value, Mapping):
            fields[name] = _Records(name, value, notes)
        elif isinstance(value, tuple):
            fields[name] = _List(name, value, notes)
    return msgspec.structs.replace(site, **fields)


def ground(site: Site) -> str:
    """Return a digest of what every page relies on without a look being noted: the settings, the language and the day."""
    return _digest(
        _encode([getattr(site, name) for name in site.__struct_fields__ if not isinstance(getattr(site, name), Mapping | tuple)])
    )


class Values:
    """Digests of what can be looked at in a Site; each is taken when first asked for."""

    def __init__(self, site: Site, ask: Callable[[str, tuple[Any, ...]], None], notes: Notes) -> None:
        """`ask` takes a step again, so that `notes` has what it looks at and what comes out now."""
        self._site = site
        self._ask = ask
        self._notes = notes
        self._found: dict[Look, str] = {}
        self._fields: dict[str, str] = {}
        self._of: dict[int, str] = {}

    def __getitem__(self, look: Look) -> str:
        found = self._found.get(look)
        if found is None:
            found = self._found[look] = self._digest(*look)
        return found

    def step(self, look: Look) -> str:
        """Return a digest of what comes out of a step now; "" where it is none any more."""
        number = self._notes.number(look)
        if number not in self._notes.steps:
            self._ask(*look)
        return self._notes.steps[number][1] if number in self._notes.steps else ""

    def field(self, name: str) -> str:
        """Return a digest of a whole field; "" of one that there is not."""
        found = self._fields.get(name)
        if found is None:
            found = self._fields[name] = self._whole(getattr(self._site, name, None), apart=name in APART)
        return found

    def _whole(self, items: Any, *, apart: bool) -> str:
        if items is None:
            return ""
        pairs = items.items() if isinstance(items, Mapping) else enumerate(items)
        return _digest(_encode([(key, self._of_value(one)) for key, one in pairs] if apart else list(pairs)))

    def _digest(self, field: str, key: Any) -> str:
        if key is ALL:
            return self.field(field)
        items = getattr(self._site, field)
        return self._of_value(items[key]) if key in items else ""

    def _of_value(self, value: Any) -> str:
        # By identity: an explainer stands in two fields, and its body is long.
        found = self._of.get(id(value))
        if found is None:
            found = self._of[id(value)] = _of(value)
        return found


class Relied(msgspec.Struct, frozen=True, array_like=True):
    """What one file of the output relies on."""

    asked: str
    """Digest of the function that makes its view, of what that is given besides the Site, and of its template's name."""
    view: str
    """Digest of the view that came of it."""
    looks: tuple[int, ...]
    """Places in `Ledger.looks`."""


class Ledger(msgspec.Struct, frozen=True, array_like=True):
    """What all files of the last build relied on."""

    ground: str = ""
    fields: Mapping[str, str] = {}
    """Digests of the whole fields of the Site that were looked at: where one is as it was, so is all that can be looked at in it."""
    looks: tuple[Look, ...] = ()
    digests: tuple[str, ...] = ()
    """Of what each look saw."""
    steps: Mapping[int, tuple[int, ...]] = {}
    """Look that is a step → what it looked at."""
    pages: Mapping[str, Relied] = {}
    used: int = 0
    """How many looks there were when there last was none on which nothing relies."""


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=12).hexdigest()


def _of(value: Any) -> str:
    # In its order, which a page may follow; and its keys may be pairs, by which no map is sorted.
    return _digest(_encode(list(value.items()) if isinstance(value, Mapping) else value))


def known(ledger: Ledger, site: Site, values: Values) -> dict[str, Relied]:
    """Return the files whose views are what they were, by path."""
    if ledger.ground != ground(site):
        return {}
    changed = {n for n, look in _in_changed_fields(ledger, values) if values[look] != ledger.digests[n]}
    waiting = dict(ledger.steps)
    found = bool(changed)
    while found:  # until no step hangs on another that has turned out to be changed
        found = False
        for n in [n for n, inner in waiting.items() if not changed.isdisjoint(inner)]:
            del waiting[n]
            if not ledger.digests[n] or values.step(ledger.looks[n]) != ledger.digests[n]:
                changed.add(n)
                found = True
    return {path: relied for path, relied in ledger.pages.items() if changed.isdisjoint(relied.looks)}


def _in_changed_fields(ledger: Ledger, values: Values) -> Iterator[tuple[int, Look]]:
    """Yield the looks, with their places, that may see something else now: a field that is as it was is not looked into."""
    same = {field for field, digest in ledger.fields.items() if values.field(field) == digest}
    return ((n, look) for n, look in enumerate(ledger.looks) if look[0] not in same and n not in ledger.steps)


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """What some pages were found to rely on when they were made."""

    looks: tuple[Look, ...]
    """Each once, the inner ones of a step before it."""
    steps: Mapping[int, tuple[tuple[int, ...], str]]
    """Look that is a step → what it looked at, and the digest of what came out."""
    pages: tuple[tuple[str, Relied], ...]
    """Path, and what the file relies on; places are those in `looks` here."""


class Noticed:
    """Gathers what pages are found to rely on."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self._places: dict[int, int] = {}
        self._steps: dict[int, tuple[tuple[int, ...], str]] = {}
        self._pages: list[tuple[str, Relied]] = []

    def page(self, path: str, asked: str, view: str) -> None:
        """Take what was looked at since `notes.now` was empty as what a page relies on."""
        self._pages.append((path, Relied(asked, view, self._all(self.notes.now))))

    def all_steps(self) -> None:
        """Take all steps that were taken, whatever relies on them."""
        for number in self.notes.steps:
            if number not in self._places:
                self._place(number)

    def _all(self, numbers: Iterable[int]) -> tuple[int, ...]:
        known = self._places.get
        return tuple([place if (place := known(number)) is not None else self._place(number) for number in numbers])

    def _place(self, number: int) -> int:
        step = self.notes.steps.get(number)
        if step is not None:
            looks, digest = step
            inner = self._all(looks)
            self._steps[len(self._places)] = inner, digest
        return self._places.setdefault(number, len(self._places))

    def seen(self) -> Seen:
        """Return all that was gathered."""
        return Seen(tuple(map(self.notes.looks.__getitem__, self._places)), self._steps, tuple(self._pages))


class Writing:
    """The ledger of a build, while its pages are made: those that are kept rely on what they relied on before, the others on what is seen now."""

    def __init__(self, site: Site, values: Values, before: Ledger, kept: Mapping[str, Relied], notes: Notes) -> None:
        """`notes` has the steps that were taken again to know what is `kept`: what came out was the same, what they looked at need not be."""
        self._ground = ground(site)
        self._values = values
        self._mends = bool(kept) and len(before.looks) <= 2 * before.used and 2 * len(kept) >= len(before.pages)
        base = before if self._mends else Ledger()
        self._used = base.used
        self._looks = list(base.looks)
        self._places = {look: n for n, look in enumerate(base.looks)}
        self._digests = list(base.digests)
        self._steps = dict(base.steps)
        self._pages = dict(kept) if self._mends else {}
        if self._mends:
            for n, look in _in_changed_fields(before, values):
                self._digests[n] = values[look]
            noticed = Noticed(notes)
            noticed.all_steps()
            self.add(noticed.seen())
        else:  # what nobody relies on any more goes
            self.add(_still(before, kept, notes))

    def add(self, new: Seen) -> None:
        """Take in what some pages rely on."""
        known = self._places.get
        # One process gathers what all others have seen: of most looks it knows already.
        moved = [place if (place := known(look)) is not None else self._place(look) for look in new.looks]
        for n, (looks, digest) in new.steps.items():
            self._steps[moved[n]] = tuple([moved[one] for one in looks])
            self._digests[moved[n]] = digest
        for path, relied in new.pages:
            self._pages[path] = Relied(relied.asked, relied.view, tuple([moved[n] for n in relied.looks]))

    def _place(self, look: Look) -> int:
        place = self._places[look] = len(self._looks)
        self._looks.append(look)
        self._digests.append("" if is_step(look[0]) else self._values[look])
        return place

    def ledger(self) -> Ledger:
        """Return it."""
        fields = {look[0] for look in self._looks if not is_step(look[0])}
        digests = {field: self._values.field(field) for field in sorted(fields)}
        used = self._used if self._mends else len(self._looks)
        return Ledger(self._ground, digests, tuple(self._looks), tuple(self._digests), self._steps, self._pages, used)


def _still(before: Ledger, kept: Mapping[str, Relied], notes: Notes) -> Seen:
    """Return what the kept pages rely on now, without what nobody relies on any more."""
    still = Notes()
    numbers = list(map(still.number, before.looks))
    now = list(map(still.number, notes.looks))
    still.steps |= {numbers[n]: (tuple([numbers[one] for one in inner]), before.digests[n]) for n, inner in before.steps.items()}
    still.steps |= {now[n]: (tuple([now[one] for one in inner]), digest) for n, (inner, digest) in notes.steps.items()}
    noticed = Noticed(still)
    for path, relied in kept.items():
        still.now = {numbers[n] for n in relied.looks}
        noticed.page(path, relied.asked, relied.view)
    return noticed.seen()
