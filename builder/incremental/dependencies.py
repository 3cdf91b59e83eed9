"""What a page relies on: every look that the making of its view took at the Site.

A view is a pure function of the Site. Where all that it looked at is as it was, it is what it was, and need not be made to know that.

    looks      ("actors", "nato")                   one record, or that there is none
               ("events", KEYS)                     which there are, and their order
               ("events", ALL)                      all of them, and their order
               ("builder.pages.events._order", ())  what came out of a step that itself looked at all of something

A step of the last kind is looked into only where what it saw has changed; and where the same came out nevertheless, nobody who asked it saw a change.
In a ledger a look is known by its `sign`, four bytes: what relies on it is found by a search for these, and nothing else of a large site is read. Two looks may share
one, and then what relies on either is made; a step, which is kept by its own name, has a `mark` of eight.
"""

import contextlib
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

import msgspec

from builder.incremental.memo import Change
from builder.model import Site

Look = tuple[str, Any]
"""A field of the Site and a key in it, `ALL` for the whole; or the name of a step and what it was given."""

ALL = None
KEYS = ()

MANY = 24
"""Looks from which a step is noted instead of all that it looked at."""

MANY_STEPS = 64
"""Steps, up to which those of single records are asked again."""

SIGN, _MARK = 4, 8
"""Bytes of a sign, and of a mark."""

_encode = msgspec.msgpack.Encoder().encode
"""Maps in their order, which a page may follow."""
_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Notes:
    """What was looked at since the last page was begun. Looks go by numbers here: a card is kept with all that it looked at, and there are hundreds of thousands."""

    __slots__ = ("_numbers", "_whole", "looks", "now", "signs", "steps")

    def __init__(self) -> None:
        self.now: set[int] = set()
        self.looks: list[Look] = []
        """By number; and their signs:"""
        self.signs: list[bytes] = []
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
            self.signs.append(sign(look))
            if look[1] is ALL or look[1] == KEYS or is_step(look[0]):
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


def mark(look: Look) -> bytes:
    """Return what a step is kept by in a ledger."""
    return blake2b(_encode(look), digest_size=_MARK).digest()


def sign(look: Look) -> bytes:
    """Return what a look is found by in a ledger."""
    return blake2b(_encode(look), digest_size=SIGN).digest()


def is_step(field: str) -> bool:
    """Return whether a look is at a step, whose name is a function's, rather than at a field."""
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

    # The two that are asked most, without a further call.
    def __getitem__(self, key: _Key) -> _Item:
        if key in self._numbers:
            self._notes.now.add(self._numbers[key])
        else:
            self._note(key)
        return self._items[key]

    def get(self, key: _Key, default: Any = None) -> Any:
        if key in self._numbers:
            self._notes.now.add(self._numbers[key])
        else:
            self._note(key)
        return self._items.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._items

    def _all(self) -> Mapping[_Key, _Item]:
        self._note(ALL)
        return self._items

    def _keys(self) -> Mapping[_Key, _Item]:
        self._note(KEYS)
        return self._items

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._keys())

    def __len__(self) -> int:
        return len(self._keys())

    def keys(self) -> Any:
        return self._keys().keys()

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


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=12).hexdigest()


def _of(value: Any) -> str:
    # In its order, which a page may follow; and its keys may be pairs, by which no map is sorted.
    return _digest(_encode(list(value.items()) if isinstance(value, Mapping) else value))


class Relied(msgspec.Struct, frozen=True, array_like=True):
    """What one file of the output relies on."""

    asked: str
    """What tells its page from others that are made at its path; see `plan.asked`."""
    looks: bytes
    """Signs, one after another."""


class Step(msgspec.Struct, frozen=True, array_like=True):
    """What a step relied on, and what came of it."""

    name: str
    given: tuple[Any, ...]
    came: str
    """Digest of what came out; "" where that is not asked."""
    looks: bytes


class Ledger(Protocol):
    """What all files of the last build relied on."""

    def steps(self, signs: set[bytes]) -> Iterable[tuple[bytes, Step]]:
        """Return the steps that rely on one of these, each with its mark."""

    def pages(self, signs: set[bytes]) -> Iterable[Any]:
        """Return the files that do."""


Changes = Mapping[str, Change | None]
"""Field of the Site → in what it differs from that of the last build; None where nobody knows. A field that is not there is as it was."""


def changed_looks(changes: Changes) -> set[Look] | None:
    """Return every look that may see something else now; None where that may be any."""
    found: set[Look] = set()
    for field, change in changes.items():
        if change is None:
            return None
        found.update((field, key) for key in change.keys)
        found.add((field, ALL))
        if change.order:
            found.add((field, KEYS))
    return found


def stale(ledger: Ledger, changed: Iterable[Look], ask: Callable[[str, tuple[Any, ...]], str]) -> tuple[set[Any], set[bytes]]:
    """Return the files whose views may be others now, and the marks of steps that were asked again and came out the same.

    `ask` takes a step again, and returns the digest of what comes out, "" where it is none any more.
    """
    signs = new = {sign(look) for look in changed}
    same: set[bytes] = set()
    others: set[bytes] = set()
    while new:  # until no step hangs on another that has turned out to be changed
        found = {one: step for one, step in ledger.steps(new) if one not in others and one not in same}
        new = set()
        for one, step in found.items():
            given = _tuples(step.given)
            # Of a whole site there are few; of single records so many may be others that to ask them all takes longer than to make what relies on them.
            asked = step.came and (not given or len(same) + len(others) < MANY_STEPS)
            if asked and ask(step.name, given) == step.came:
                same.add(one)
            else:
                others.add(one)
                new.add(sign((step.name, given)))
        signs = signs | new
    return set(ledger.pages(signs)), same


def asked_again(notes: Notes, name: str, given: tuple[Any, ...], take: Callable[[], object]) -> str:
    """Take a step again, if it was not yet, and return a digest of what comes out; "" where it is none any more."""
    number = notes.number((name, given))
    if number not in notes.steps:
        # What it was given may be gone, and so may the step.
        with contextlib.suppress(KeyError, LookupError, StopIteration):
            take()
    return notes.steps[number][1] if number in notes.steps else ""


_Looking = TypeVar("_Looking", Relied, Step)


def relying(known: Mapping[_Key, _Looking], signs: AbstractSet[bytes], among: Iterable[_Key] | None) -> list[tuple[_Key, _Looking]]:
    """Return what relies on one of these, with its key; `among` are those that may, None where that is not known."""
    wanted = _numbers(b"".join(signs))
    found = known.items() if among is None else ((key, known[key]) for key in among if key in known)
    return [(key, one) for key, one in found if not wanted.isdisjoint(_numbers(one.looks))]


def _numbers(signs: bytes) -> frozenset[int]:
    # As numbers they are compared a hundred at a time.
    return frozenset(array("I", signs))


def _tuples(given: Any) -> Any:
    # Keys of several parts are tuples, which no file format knows.
    return tuple(map(_tuples, given)) if isinstance(given, list | tuple) else given


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """What some pages were found to rely on when they were made."""

    steps: Mapping[bytes, Step]
    """By their marks."""
    pages: tuple[tuple[Any, Relied], ...]
    """Path, and what the file relies on."""


class Noticed:
    """Gathers what pages are found to rely on."""

    def __init__(self, notes: Notes, told: set[int] | None = None) -> None:
        """`told` are the numbers of steps that need not be told again; those that are told here are added."""
        self.notes = notes
        self._told = told if told is not None else set()
        self._steps: dict[bytes, Step] = {}
        self._pages: list[tuple[Any, Relied]] = []

    def page(self, path: Any, asked: str) -> None:
        """Take what was looked at since `notes.now` was empty as what a page relies on."""
        self._pages.append((path, Relied(asked, self._signs(self.notes.now))))

    def step(self, number: int) -> None:
        """Take a step and all steps that it took, whatever relies on them."""
        self._told.add(number)
        looks, came = self.notes.steps[number]
        name, given = self.notes.looks[number]
        self._steps[mark((name, given))] = Step(name, given, came, self._signs(looks))

    def _signs(self, numbers: Iterable[int]) -> bytes:
        for number in self.notes.steps.keys() & numbers:
            if number not in self._told:
                self.step(number)
        return b"".join(map(self.notes.signs.__getitem__, numbers))

    def seen(self) -> Seen:
        """Return all that was gathered."""
        return Seen(self._steps, tuple(self._pages))
