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

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Notes:
    """What was looked at since the last page was begun."""

    __slots__ = ("now", "steps")

    def __init__(self) -> None:
        self.now: set[Look] = set()
        self.steps: dict[Look, tuple[frozenset[Look], str]] = {}
        """Step → what it looked at, and a digest of what came out; "" where that is not asked."""

    def step(self, name: str, given: tuple[Any, ...], make: Callable[[], _Made]) -> tuple[_Made, frozenset[Look]]:
        """Return what `make` makes, and what whoever asks for it relies on: its looks where they are few, else the step itself."""
        outer, self.now = self.now, set()
        try:
            made = make()
        finally:
            inner, self.now = self.now, outer
        looks = frozenset(inner)
        whole = any(key is ALL or is_step(field) for field, key in looks)
        # Only a step that can be asked again from a file is worth a name: its arguments are ids.
        if not (whole or len(looks) >= MANY) or not all(map(_is_id, given)):
            return made, looks
        look = (name, given)
        self.steps[look] = looks, _of(made) if whole else ""
        return made, frozenset((look,))


def is_step(field: str) -> bool:
    """Say whether a look is at a step, whose name is a function's, rather than at a field."""
    return "." in field


def _is_id(given: object) -> bool:
    return isinstance(given, str) or (isinstance(given, tuple) and all(map(_is_id, given)))


class _Records(Mapping[_Key, _Item]):
    """A field of a Site that notes who is looked at."""

    __slots__ = ("_field", "_items", "_notes")

    def __init__(self, field: str, items: Mapping[_Key, _Item], notes: Notes) -> None:
        self._field, self._items, self._notes = field, items, notes

    def __getitem__(self, key: _Key) -> _Item:
        self._notes.now.add((self._field, key))
        return self._items[key]

    def get(self, key: _Key, default: Any = None) -> Any:
        self._notes.now.add((self._field, key))
        return self._items.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._notes.now.add((self._field, key))
        return key in self._items

    def _all(self) -> Mapping[_Key, _Item]:
        self._notes.now.add((self._field, ALL))
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
        self._notes.now.add((self._field, ALL))
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
        self._of: dict[int, str] = {}

    def __getitem__(self, look: Look) -> str:
        found = self._found.get(look)
        if found is None:
            found = self._found[look] = self._digest(*look)
        return found

    def step(self, look: Look) -> str:
        """Return a digest of what comes out of a step now; "" where it is none any more."""
        if look not in self._notes.steps:
            self._ask(*look)
        return self._notes.steps[look][1] if look in self._notes.steps else ""

    def _digest(self, field: str, key: Any) -> str:
        items = getattr(self._site, field)
        if key is not ALL:
            return self._of_value(items[key]) if key in items else ""
        if isinstance(items, Mapping):
            return _digest(_encode([(one, self[field, one]) for one in items]))
        return _digest(_encode([self._of_value(one) for one in items]))

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
    looks: tuple[Look, ...] = ()
    digests: tuple[str, ...] = ()
    """Of what each look saw."""
    steps: Mapping[int, tuple[int, ...]] = {}
    """Look that is a step → what it looked at, in the order in which they were first taken: the inner before the outer."""
    pages: Mapping[str, Relied] = {}


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=12).hexdigest()


def _of(value: Any) -> str:
    # In its order, which a page may follow; and its keys may be pairs, by which no map is sorted.
    return _digest(_encode(list(value.items()) if isinstance(value, Mapping) else value))


def known(ledger: Ledger, site: Site, values: Values) -> dict[str, Relied]:
    """Return the files whose views are what they were, by path."""
    if ledger.ground != ground(site):
        return {}
    changed: set[int] = set()
    for n, (look, digest) in enumerate(zip(ledger.looks, ledger.digests, strict=True)):
        inner = ledger.steps.get(n)
        if inner is None:
            if values[look] != digest:
                changed.add(n)
        elif not changed.isdisjoint(inner) and (not digest or values.step(look) != digest):
            changed.add(n)
    return {path: relied for path, relied in ledger.pages.items() if changed.isdisjoint(relied.looks)}


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
        self._places: dict[Look, int] = {}
        self._steps: dict[int, tuple[tuple[int, ...], str]] = {}
        self._pages: list[tuple[str, Relied]] = []

    def page(self, path: str, asked: str, view: str) -> None:
        """Take what was looked at since `notes.now` was empty as what a page relies on."""
        places = self._places
        found = tuple([places[look] if look in places else self._place(look) for look in self.notes.now])
        self._pages.append((path, Relied(asked, view, found)))

    def _place(self, look: Look) -> int:
        if is_step(look[0]):
            looks, digest = self.notes.steps[look]
            inner = tuple([self._places[one] if one in self._places else self._place(one) for one in looks])
            self._steps[len(self._places)] = inner, digest
        return self._places.setdefault(look, len(self._places))

    def seen(self) -> Seen:
        """Return all that was gathered."""
        return Seen(tuple(self._places), self._steps, tuple(self._pages))


def ledger(site: Site, values: Values, before: Ledger, kept: Mapping[str, Relied], seen: Iterable[Seen], notes: Notes) -> Ledger:
    """Return what the files rely on after a build: those `kept` on what they relied on `before`, the others on what was `seen`.

    `notes` has the steps that were taken again to know what is kept: what came out was the same, what they looked at need not be.
    """
    places: dict[Look, int] = {}
    digests: list[str] = []
    steps: dict[int, tuple[int, ...]] = {}
    pages: dict[str, Relied] = {}

    def put(look: Look, step: tuple[tuple[int, ...], str] | None) -> int:
        found = places[look] = len(places)
        if step is None:
            digests.append(values[look])
        else:
            steps[found] = step[0]
            digests.append(step[1])
        return found

    def add(old: Seen) -> None:
        moved: list[int] = []
        for n, look in enumerate(old.looks):
            step = old.steps.get(n)
            found = places.get(look)
            if found is None:
                found = put(look, step and (tuple([moved[one] for one in step[0]]), step[1]))
            moved.append(found)
        for path, relied in old.pages:
            pages[path] = Relied(relied.asked, relied.view, tuple([moved[n] for n in relied.looks]))

    add(_still(before, kept, notes))
    for one in seen:
        add(one)
    return Ledger(ground(site), tuple(places), tuple(digests), steps, pages)


def _still(before: Ledger, kept: Mapping[str, Relied], notes: Notes) -> Seen:
    """Return what the kept pages rely on now, without what nobody relies on any more."""
    noticed = Noticed(Notes())
    steps = noticed.notes.steps
    steps.update(
        {before.looks[n]: (frozenset([before.looks[one] for one in inner]), before.digests[n]) for n, inner in before.steps.items()}
    )
    steps.update(notes.steps)
    for path, relied in kept.items():
        noticed.notes.now = {before.looks[n] for n in relied.looks}
        noticed.page(path, relied.asked, relied.view)
    return noticed.seen()
