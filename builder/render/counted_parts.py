"""What stands in the place of parts of a site's own template: each counts by `metering` what it does, before it does it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set as AbstractSet
from types import BuiltinMethodType
from typing import Any

import msgspec
from jinja2 import pass_context
from jinja2.runtime import Context, LoopContext

from builder.render import metering
from builder.render.metering import SCANNED_LETTERS, Meter


@pass_context
def _begins(context: Context, data: int, operations: int) -> str:
    meter: Meter = context.environment.meter  # type: ignore[attr-defined]  # ours has one
    meter.operations -= operations
    meter.characters -= data
    if meter.operations < 0 or meter.characters < 0:
        meter.raise_if_exhausted()
    return ""


@pass_context
def _passes(context: Context, items: Any, data: int, operations: int = 0) -> Iterable[Any]:
    """Return what a loop goes over, counted. A list that grows while it is gone over is gone over as it was."""
    meter: Meter = context.environment.meter  # type: ignore[attr-defined]  # ours has one
    if type(items) is tuple:  # nearly all that a page has to go over
        number = len(items)
        meter.operations -= operations + number
        meter.characters -= number * data
        if meter.operations < 0 or meter.characters < 0:
            meter.raise_if_exhausted()
        return items
    meter.count_operations(operations)
    if isinstance(items, list | tuple | Mapping | str):
        meter.count_operations(len(items))
        meter.count_characters(len(items) * data)
        return items if isinstance(items, tuple | str) else tuple(items)
    return metering.each(meter, items, data)


@pass_context
def _looked(context: Context, value: Any) -> Any:
    meter: Meter = context.environment.meter  # type: ignore[attr-defined]  # ours has one
    if type(value) is str:
        meter.operations -= 1 + len(value) // SCANNED_LETTERS
        if meter.operations < 0:
            meter.raise_if_exhausted()
    else:
        meter.count_scan(value)
    return value


@pass_context
def _called(context: Context, value: Any) -> Any:
    meter = metering.meter_of(context)
    meter.count_operations()
    if isinstance(value, BuiltinMethodType):
        meter.count_scan(value.__self__)
    elif isinstance(value, LoopContext):
        raise TypeError("a recursive loop must be called by its name, “loop”")
    return value


@pass_context
def _piece(context: Context, value: Any) -> Any:
    meter: Meter = context.environment.meter  # type: ignore[attr-defined]  # ours has one
    if type(value) is str:
        meter.characters -= len(value)
        if meter.characters < 0:
            meter.raise_if_exhausted()
    else:
        meter.count_text(value)
    return value


@pass_context
def _item(context: Context, value: Any, key: Any) -> Any:
    """Return an item, and never an attribute."""
    metering.meter_of(context).count_scan(key)
    try:
        return value[key]
    except (TypeError, LookupError, AttributeError):
        if isinstance(value, msgspec.Struct):
            hint = "a computed subscript reads items of lists and mappings; name this one outright, such as “page.title”"
            return context.environment.undefined(hint=hint)
        return context.environment.undefined(obj=value, name=key)


@pass_context
def _add(context: Context, left: Any, right: Any) -> Any:
    meter: Meter = context.environment.meter  # type: ignore[attr-defined]  # ours has one
    made = left + right
    if type(made) is not str:
        return meter.count_result(made)
    meter.characters -= len(made)  # nearly all are ways from the root
    if meter.characters < 0:
        meter.raise_if_exhausted()
    return made


@pass_context
def _subtract(context: Context, left: Any, right: Any) -> Any:
    if isinstance(left, AbstractSet) or isinstance(right, AbstractSet):
        raise TypeError("what is left of keys has no order of its own, so a page would be another each time: choose among them with “if”")
    return metering.meter_of(context).count_result(left - right)


@pass_context
def _multiply(context: Context, left: Any, right: Any) -> Any:
    meter = metering.meter_of(context)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, str | list | tuple) and isinstance(other, int):
            number = len(one) * max(other, 0)
            if isinstance(one, str):
                meter.count_characters(number)
            else:
                meter.count_operations(number)
    if isinstance(left, int) and isinstance(right, int):
        metering.require_bits(left.bit_length() + right.bit_length())
        meter.count_operations(left.bit_length() * right.bit_length() // metering.MULTIPLIED_PAIRS)
    return left * right


@pass_context
def _power(context: Context, left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int):
        metering.require_bits(left.bit_length() * abs(right))
        metering.meter_of(context).count_operations((left.bit_length() * right) ** 2 // metering.MULTIPLIED_PAIRS)
    return left**right


@pass_context
def _modulo(context: Context, left: Any, right: Any) -> Any:
    if isinstance(left, str):
        metering.count_percent_format(metering.meter_of(context), left, right)
    return metering.meter_of(context).count_result(left % right)


@pass_context
def _method(context: Context, value: Any, name: str, /, *given: Any, **named: Any) -> Any:
    """Return what a method of a text, a list or a mapping returns; of anything else, what it returns as ever."""
    meter = metering.meter_of(context)
    called = context.environment.getattr(value, name)
    if not isinstance(value, str | list | tuple | Mapping):
        meter.count_operations()
        return context.call(called, *given, **named)
    meter.count_scan(value)
    # A list that takes in what is read from it would grow for ever.
    given = tuple(list(metering.each(meter, argument, 0)) if isinstance(argument, Iterator) else argument for argument in given)
    if isinstance(value, str):
        if name in {"ljust", "rjust", "center", "zfill"}:
            meter.count_characters(metering.at_least_zero(given[0] if given else 0))
        elif name == "expandtabs":
            meter.count_characters(value.count("\t") * metering.at_least_zero(given[0] if given else named.get("tabsize", 8)))
        elif name == "format":
            metering.count_brace_format(meter, value, (*given, *named.values()))
        elif name == "replace":
            metering.count_replacement(meter, value, given)
        elif name in {"split", "rsplit", "splitlines"}:
            meter.count_operations(len(value) // metering.READ_LETTERS)
        if name in metering.FROM_THE_END:
            meter.count_operations(
                sum(
                    len(value) * len(argument) // metering.COMPARED_PAIRS
                    for argument in (*given, *named.values())
                    if isinstance(argument, str)
                )
            )
        elif name == "join" and given:
            given = (metering.count_joined(meter, value, given[0]),)
    for argument in (*given, *named.values()):
        meter.count_scan(argument)
    return meter.count_result(called(*given, **named))


PARTS: Mapping[str, Callable[..., Any]] = {
    "begins": _begins,
    "passes": _passes,
    "looked": _looked,
    "called": _called,
    "piece": _piece,
    "item": _item,
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "**": _power,
    "%": _modulo,
    "method": _method,
}
"""What `rewriting` puts in the place of parts of a template, by name."""
