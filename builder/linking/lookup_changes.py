"""Look-ups whose answers differ from the last run."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from builder.diagnostics import Location
from builder.incremental.dependencies import Read
from builder.incremental.memo import changed_keys


def differences(
    before: Mapping[str, Mapping[Any, Any]], now: Mapping[str, Mapping[Any, Any]], differ: Callable[[Any, Any], bool]
) -> set[Read]:
    """Return all look-ups whose answers differ, by the comparison `differ`."""
    return {
        (about, key)
        for about, given in now.items()
        if given is not before[about]
        for key in (*changed_keys(given, before[about]), *(key for key in before[about] if key not in given))
        if differ(before[about].get(key), given.get(key))
    }


def differ(one: Any, other: Any) -> bool:
    """Return whether two answers differ."""
    return bool(one != other)


def differ_in_substance(one: Any, other: Any) -> bool:
    """Return whether two records differ in more than their line numbers: a line added above moves all that follow."""
    return one is not other and one != other and _placeless(one) != _placeless(other)


def _placeless(value: Any) -> Any:
    if isinstance(value, Location):
        return None
    if isinstance(value, tuple):
        return tuple(_placeless(item) for item in value)
    if isinstance(value, msgspec.Struct):
        return tuple(_placeless(getattr(value, name)) for name in value.__struct_fields__)
    return value
