"""The part of a memory that is loaded from the process before and stored for the next: see `steps.Memory`."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

from builder.incremental.memo.lazy_maps import LazyMap, alike_keys
from builder.incremental.memo.packs import CacheFile, CacheWriter, encode

_Key = TypeVar("_Key", bound=Hashable)
_Made = TypeVar("_Made")

DERIVED = object()
"""Marker in place of a type: values of the step are computed again instead of stored."""

PARTS = ", parts"
"""Suffix of the name of a further section of a step."""

_UNCHANGED = object()
"""Marker in place of a value: the stored one, unread."""

MANY_PIECES = 48
"""Number of pieces up to which each is searched for by itself."""


class CacheSection(NamedTuple):
    """The stored result of a step."""

    made: Any
    kind: Any
    """Its type, or the type of its values if it is a mapping."""
    keys: Any


class PersistentMemory:
    """The part of a `Memory` that outlives a process."""

    def __init__(self, cache_file: CacheFile | None = None) -> None:
        """`cache_file` is what another process has stored; None if there is none."""
        self._before: dict[str, Any] = {}
        self._now: dict[str, Any] = {}
        self._cache_file = cache_file
        self._steps: dict[str, Any] = cache_file.value("steps", dict[str, Any]) if cache_file is not None else {}
        """Of the process before: step → its inputs, as `_comparable` returns them."""
        self._loaded: dict[str, Any] = {}
        """Results of steps of the process before, as far as they have been loaded."""
        self._inputs: dict[str, Any] = {}
        """Step → its inputs in this run, as `_comparable` returns them."""
        self._sections: dict[str, CacheSection] = {}
        self._makers: dict[str, tuple[object, Mapping[Any, object]]] = {}
        self._names: dict[int, tuple[str, object]] = {}
        self._stored_names: set[str] = set()
        self._stored_before: dict[str, Any] = {}
        """Values that the last run of this process stored with `store`."""

    def begin_run(self) -> None:
        """Make the results of this run those of the last one, and begin another; what another process has stored is not used any more."""
        self._before, self._now = self._now, {}
        self._stored_before = {
            name: section.made for name, section in self._sections.items() if name in self._stored_names and section.made is not _UNCHANGED
        }
        self._steps, self._loaded, self._inputs, self._sections, self._makers, self._names = {}, {}, {}, {}, {}, {}
        self._stored_names = set()
        self._cache_file = None

    def previous(self, step: str) -> Any:
        """Return what a step stored with `set_current` in the last run, or None."""
        return self._before.get(step)

    def set_current(self, step: str, left: Any) -> None:
        """Store a value for the next run of this process.

        Raises `ValueError` if another step of this run has the same name: each would get the value of the other.
        """
        if step in self._now:
            raise ValueError(f"two steps are called {step!r}")
        self._now[step] = left

    def begin(self, name: str, whole: _Made, former: _Made | None) -> _Made:
        """Record the inputs of a run, and those of the process before, if there was one."""
        if former is not None:
            self._loaded[name] = former
        self._name(name, whole)
        self.set_current(name, whole)
        return whole

    @property
    def is_taken_up(self) -> bool:
        """Whether the results of the process before are used."""
        return self._cache_file is not None

    def load(self, name: str, kind: Any, keys: Any = str) -> Any:
        """Return a value that the last run stored with `store`, in this process or the one before; None if there is none."""
        if name in self._stored_before:
            return self._stored_before[name]
        return self._load_stored(name, keys, kind) if self._cache_file is not None and name in self._cache_file else None

    def store(self, name: str, result: Any, kind: Any, keys: Any = str) -> None:
        """Store a value for the next run that is not the result of a step."""
        self._sections[name] = CacheSection(result, kind, keys)
        self._stored_names.add(name)

    def store_unchanged(self, name: str, kind: Any, keys: Any = str) -> None:
        """Store again, unread, what the process before has stored."""
        self.store(name, _UNCHANGED, kind, keys)

    def relying(self, name: str, pieces: Iterable[bytes], keys: Any = str) -> set[Any] | None:
        """Return the keys of a section whose values may hold one of these bytes; None if all must be read: to search for many pieces takes longer."""
        pieces = list(pieces)
        if self._cache_file is None or name not in self._cache_file or len(pieces) > MANY_PIECES:
            return None
        return self._cache_file.holding(name, keys, pieces)

    def _load_stored(self, name: str, keys: Any, kind: Any) -> Any:
        """Return a value that the process before stored; a mapping unpacks its values on access."""
        assert self._cache_file is not None
        if not self._cache_file.is_mapping(name):
            return self._cache_file.value(name, kind)
        found = self._cache_file.lazy_map(name, keys, kind)
        self._makers[name] = found.compute, found.order
        return found

    @staticmethod
    def _derived(keys: Mapping[_Key, object], make: Callable[[_Key], Any]) -> LazyMap[_Key, Any]:
        return LazyMap(keys.order if isinstance(keys, LazyMap) else keys, make)

    def _name(self, name: str, made: object) -> None:
        if isinstance(made, Mapping):
            self._names[id(made)] = name, made

    def _note(self, step: str, given: Any, made: Any, kind: Any = DERIVED, keys: Any = str) -> None:
        """Record how the result of a step is found again in the next process."""
        self._name(step, made)
        self._inputs[step] = given
        if kind is not DERIVED:
            self._sections[step] = CacheSection(made, kind, keys)

    def _comparable(self, given: Any) -> Any:
        """Return the inputs of a step in a form that a later process can compare: mappings by the names of the steps that made them, all else by a digest."""
        found = self._names.get(id(given))
        if found is not None:
            return found[0]
        if isinstance(given, Mapping) and given:
            return None
        if isinstance(given, tuple) and any(id(part) in self._names for part in given):
            return [self._comparable(part) for part in given]
        return _digest(given)

    def _is_unchanged(self, named: Any, given: Any) -> bool:
        """Return whether the inputs of a step are those of the process before, by their recorded digests."""
        if isinstance(named, str):
            return named in self._loaded and self._loaded[named] is given
        if isinstance(named, list):
            return isinstance(given, tuple) and len(given) == len(named) and all(map(self._is_unchanged, named, given))
        return isinstance(named, bytes) and named != b"" and not (isinstance(given, Mapping) and given) and _digest(given) == named

    def write_cache(self, writer: CacheWriter, *, more: bool) -> None:
        """Write the results of all steps. With `more`, the files of the process before stay, and only what differs is added."""
        steps = {step: given for step, given in self._inputs.items() if given is not None}
        self._write_value(writer, "steps", steps, more=more)
        for name, section in self._sections.items():
            if name not in steps and name not in self._stored_names and name.rpartition(", ")[0] not in steps:
                continue
            if section.made is _UNCHANGED:
                if more:
                    continue
                section = CacheSection(self._load_stored(name, section.keys, section.kind), section.kind, section.keys)  # noqa: PLW2901 - what it stands for
            if isinstance(section.made, Mapping):
                self._write_mapping(writer, name, section, more=more)
            else:
                self._write_value(writer, name, section.made, more=more)

    def _write_value(self, writer: CacheWriter, name: str, made: Any, *, more: bool) -> None:
        packed = encode(made)
        if not (more and self._cache_file is not None and name in self._cache_file and self._cache_file.raw_value(name) == packed):
            writer.write_value(name, packed)

    def _write_mapping(self, writer: CacheWriter, name: str, section: CacheSection, *, more: bool) -> None:
        made, maker = section.made, self._makers.get(name)
        if maker is None or not isinstance(made, LazyMap) or made.compute is not maker[0]:
            writer.write_mapping(name, made.order if isinstance(made, LazyMap) else made, map(_packed, made.values()))
        elif not more:
            assert self._cache_file is not None
            raw = self._cache_file.raw_values(name, section.keys)
            writer.write_mapping(name, made.order, (_packed(made[key]) if key in made.fresh else bytes(raw(key)) for key in made))
        elif made.fresh or made.order is not maker[1]:
            order = made.order if not alike_keys(made.order, maker[1]) else None
            known = {key: n for n, key in enumerate(made.order)}
            writer.write_changes(name, order, {key: _packed(made[key]) for key in made.fresh if key in known}, known)


def _packed(value: Any) -> bytes:
    # A set has no order of its own, and equal values are stored as equal bytes.
    return encode(sorted(value) if isinstance(value, frozenset) else value)


def _digest(value: Any) -> bytes:
    try:
        return blake2b(encode(value), digest_size=12).digest()
    except (TypeError, OverflowError):
        return b""
