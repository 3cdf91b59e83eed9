"""What the code of a plugin returns, held against the types that the interface names: what is wrong is told of the plugin, not of what uses it later."""

import collections.abc
import types
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Union

import msgspec

_NAMES = {collections.abc.Callable: "function", tuple: "tuple", Mapping: "mapping", dict: "mapping"}
_DEEPEST = 20
"""Lists in lists, and records in records, that are looked through."""


def wrong(value: object, wanted: Any, name: str = "it", depth: int = 0) -> str:
    """Return what is wrong with a value, as half a sentence; "" if it is what is wanted: a class, a union, a tuple, a mapping, a function or `Any`.

    Of records, each field is looked at. `name` is what the value is called.
    """
    if depth > _DEEPEST:
        return f"{name} holds itself"
    origin, given = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in {Union, types.UnionType}:
        found = [wrong(value, item, name, depth) for item in given]
        return "" if "" in found else found[0]
    kind = origin or wanted
    if kind is Any or (kind is collections.abc.Callable and callable(value)):
        return ""
    # A list does for a tuple, as Python has it, but no truth for a number.
    if not isinstance(value, tuple | list if kind is tuple else kind) or (isinstance(value, bool) and kind is int):
        return f"{name} must be {_NAMES.get(kind) or kind.__name__}, not {_kind(value)}"
    return next(filter(None, (wrong(member, of, called, depth + 1) for member, of, called in _held(value, given, name))), "")


def _held(value: object, given: tuple[Any, ...], name: str) -> Iterator[tuple[object, Any, str]]:
    """Yield the values that a value holds, each with its type and with what it is called."""
    if isinstance(value, msgspec.Struct):
        yield from ((getattr(value, field), kind, f"its “{field}”") for field, kind in _fields(type(value)).items())
    elif isinstance(value, Mapping) and given:
        yield from ((member, given[1], f"{name} “{key}”") for key, member in value.items())
    elif isinstance(value, tuple | list) and given:
        yield from ((item, given[0], f"one of {name}") for item in value)


def _kind(value: object) -> str:
    return "None" if value is None else f"{type(value).__name__}"


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {name: hints[name] for name in kind.__struct_fields__}
