"""Jinja's own filters, counted by `metering`: each counts its work before it does it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import filters as jinja_filters, pass_context
from jinja2.runtime import Context
from jinja2.utils import _PassArg

from builder.render import metering
from builder.render.counted_parts import PARTS
from builder.render.metering import PREFIX, Meter, require_text

UNCOUNTED = frozenset({"count", "d", "default", "first", "last", "length"})
"""Filters that take as long for anything that they are given."""
_TEXTS = frozenset(
    {
        "capitalize",
        "center",
        "e",
        "escape",
        "forceescape",
        "format",
        "indent",
        "lower",
        "pprint",
        "replace",
        "string",
        "striptags",
        "title",
        "tojson",
        "trim",
        "truncate",
        "upper",
        "urlencode",
        "urlize",
        "wordwrap",
        "xmlattr",
    }
)
"""Filters that make a text of what they are given."""
_PLAIN = frozenset({str, int, bool, float, type(None)})
"""Kinds of values that hold no others."""
_READ = frozenset({"float", "int", "pprint", "striptags", "title", "tojson", "urlencode", "wordcount", "xmlattr"})
"""Filters that read a text letter by letter."""
_READ_SLOWLY = frozenset({"number", "urlize", "wordwrap"})
"""Filters that take some ten times as long for each letter."""
_QUICK = frozenset({"abs", "safe"})
"""Filters that copy a text at most."""
_AT_ONCE = (_TEXTS | _QUICK) - _READ_SLOWLY
"""Filters for which the text that they make tells enough."""
_TESTS = frozenset({"select", "reject", "selectattr", "rejectattr"})
_COMPARES = _TESTS | {"groupby", "max", "min", "sort", "unique"}
"""Filters that compare items: these are counted first, also where they are made one by one."""

_COPIED_ITEMS = 16
"""Items of a list that are copied in the time of one operation."""
_PAIRS_OF_WORD, _PAIRS_OF_GAP, _PAIRS_OF_TAG = 4_096, 2_048, 4_096
"""Letters that are looked through in the time of one operation where each is looked at again and again: those of a word that is broken, for each
of its letters; of a gap between words, for each of its blanks; and of a text, for each “<”."""
_ESCAPED = 9
"""Characters of an address that stand for a letter of three bytes."""
_SHORT = 200
"""Letters of an argument, such as a mark at the end, that are not counted."""
_LARGEST_NUMBER = 100
"""The largest width or precision that `tojson` and `round` take."""


def _count_before(name: str, meter: Meter, context: Context, value: Any, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Count what a filter will do, and return what it is to be given."""
    every = (*given, *named.values())
    for argument in every:
        if argument.__class__ not in _PLAIN:
            (meter.count_text if name in _TEXTS else meter.count_scan)(argument)
    if name == "join":
        attribute = named.pop("attribute", given[1] if len(given) > 1 else None)
        items = value if attribute is None else jinja_filters.sync_do_map(context, value, attribute=attribute)
        return metering.count_joined(meter, named.get("d", given[0] if given else ""), items)
    if name == "sum":
        return _count_sum(meter, context, value, *given, **named)
    if name in _COMPARES and not isinstance(value, str | list | tuple | Mapping):
        value = list(metering.each(meter, value, 0))
        meter.count_scan(value)
    if name in _TEXTS and not isinstance(value, str):
        meter.count_text(value)
    elif isinstance(value, str):
        meter.count_operations(len(value) // metering.READ_LETTERS if name in _READ else 0 if name in _AT_ONCE else len(value))
    _count_work(name, meter, value, every, named)
    return value


def _count_work(name: str, meter: Meter, value: Any, every: tuple[Any, ...], named: Mapping[str, Any]) -> None:
    """Count what a filter will do beyond looking at its value once. `every` is all that it is given."""
    size = len(value) if isinstance(value, str | list | tuple | Mapping) else 1
    if name == "replace":
        metering.count_replacement(meter, value, every)
    elif name == "format":
        metering.count_percent_format(meter, str(value), every)
    elif name in {"center", "batch", "slice"}:
        (meter.count_characters if name == "center" else meter.count_operations)(sum(map(metering.at_least_zero, every)))
    elif name == "indent":
        width = sum(len(argument) if isinstance(argument, str) else metering.at_least_zero(argument) for argument in every)
        meter.count_characters((len(str(value).splitlines()) + 1) * width)
    elif name in {"tojson", "round"} and any(abs(argument) > _LARGEST_NUMBER for argument in every if isinstance(argument, int)):
        raise ValueError(f"“{name}” takes numbers up to {_LARGEST_NUMBER}")
    elif name in _TESTS:
        for argument in every:
            meter.count_scan(argument, size)
    elif name == "wordwrap":
        width = max(next((argument for argument in (named.get("width"), *every) if isinstance(argument, int)), 79), 1)
        words = str(value).split()
        meter.count_operations(
            sum(len(word) ** 2 // _PAIRS_OF_WORD for word in words) // width + _longest_gap(str(value)) ** 2 // _PAIRS_OF_GAP
        )
        meter.count_characters((len(words) + size // width) * sum(len(argument) for argument in every if isinstance(argument, str)))
    elif name == "urlencode":
        meter.count_characters(
            sum(_ESCAPED * len(text) for text in (value, *_texts_in(value)) if isinstance(text, str) and not text.isascii())
        )
    elif name == "striptags":
        meter.count_operations(str(value).count("<") * size // _PAIRS_OF_TAG)
    if name in metering.FROM_THE_END:
        meter.count_operations(sum(size * len(argument) // metering.COMPARED_PAIRS for argument in every if isinstance(argument, str)))
    if name == "replace":
        for argument in every:
            require_text(argument)
    elif name != "map":
        meter.count_characters(sum(size * len(argument) for argument in every if isinstance(argument, str) and len(argument) > _SHORT))


def _texts_in(value: object) -> list[object]:
    return [*value.keys(), *value.values()] if isinstance(value, Mapping) else []


def _longest_gap(text: str) -> int:
    """Return the length of the longest run of blanks in a text."""
    return max(map(len, re.findall(r"\s+", text)), default=0)


def _count_sum(meter: Meter, context: Context, items: Any, attribute: Any = None, start: Any = 0) -> list[Any]:
    """Count a sum, and return what is added. Lists are copied at each addition."""
    found = list(metering.each(meter, items if attribute is None else jinja_filters.sync_do_map(context, items, attribute=attribute), 0))
    if isinstance(start, list | tuple):
        length = len(start)
        for item in found:
            length += len(item) if isinstance(item, list | tuple) else 0
            meter.count_operations(1 + length // _COPIED_ITEMS)
    return found


def _counted(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    passed = _PassArg.from_obj(original)

    @pass_context
    def counted(context: Context, value: Any, *given: Any, **named: Any) -> Any:
        meter = metering.meter_of(context)
        meter.count_scan(value)
        value = _count_before(name, meter, context, value, given, named)
        if name == "join":
            given = given[:1]
        elif name == "sum":
            given, named = (None, *given[1:]), {key: argument for key, argument in named.items() if key != "attribute"}
        if passed is _PassArg.context:
            done = original(context, value, *given, **named)
        elif passed is _PassArg.eval_context:
            done = original(context.eval_ctx, value, *given, **named)
        elif passed is _PassArg.environment:
            done = original(context.environment, value, *given, **named)
        else:
            done = original(value, *given, **named)
        return meter.count_result(done)

    return counted


def counted(known: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the counted filters for these of Jinja, by the names that `rewriting` writes."""
    made = {f"|{name}": _counted(name, original) for name, original in known.items() if name not in UNCOUNTED}
    return {f"{PREFIX}{name}": made_of for name, made_of in {**PARTS, **made}.items()}
