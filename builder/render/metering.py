"""What a site's own templates may do on one page, counted: steps and characters, so that none runs without end or fills the memory.

`confinement` rewrites such a template to use the filters of `filters`, each of which counts before it does what it stands for.
Nothing here looks at a clock: the same template is stopped at the same place on any machine.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import BuiltinMethodType
from typing import Any

import msgspec
from jinja2 import filters as jinja_filters, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.utils import _PassArg
from markupsafe import Markup

MOST_STEPS = 1_000_000
"""Passes of loops, calls and items that filters look at, in one page."""
MOST_CHARACTERS = 50_000_000
"""Characters that a page may make, also those that it does not show."""
MOST_BITS = 8_192
"""Size of a whole number."""

PREFIX = "counted "
"""Begins the names of counted filters, which no template can write."""

_WIDTH = re.compile(r"[0-9]{3,}")


class Meter:
    """What is left to a page."""

    __slots__ = ("characters", "steps")

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin a page."""
        self.steps = MOST_STEPS
        self.characters = MOST_CHARACTERS

    def step(self, number: int = 1) -> None:
        """Count steps. Raises `Exhausted` if none are left."""
        self.steps -= number
        if self.steps < 0:
            raise Exhausted(f"it makes more than {MOST_STEPS:,} passes and calls")

    def make(self, number: int) -> None:
        """Count characters. Raises `Exhausted` if none are left."""
        self.characters -= number
        if self.characters < 0:
            raise Exhausted(f"it makes more than {MOST_CHARACTERS:,} characters")

    def text_of(self, value: object) -> None:
        """Count the text that a value would make, with all that it holds."""
        if isinstance(value, str):
            self.make(len(value))
        elif isinstance(value, list | tuple):
            self.step(len(value))
            for one in value:
                self.text_of(one)
        elif isinstance(value, Mapping):
            self.step(len(value))
            for key, one in value.items():
                self.text_of(key)
                self.text_of(one)

    def look(self, value: object) -> None:
        """Count the steps of one pass through a value."""
        if isinstance(value, str):
            self.step(1 + len(value) // 256)
        elif isinstance(value, list | tuple | Mapping):
            self.step(1 + len(value))
        else:
            self.step()

    def result(self, value: Any) -> Any:
        """Count a value that was made, and return it."""
        if isinstance(value, str):
            self.make(len(value))
        elif isinstance(value, list | tuple | Mapping):
            self.step(len(value))
        return value


class Exhausted(Exception):
    """A page did more than any page may; the message says what, as half a sentence."""


def _meter(context: Context) -> Meter:
    return context.environment.meter  # type: ignore[attr-defined, no-any-return]  # ours has one


# --- what stands in the place of parts of a template ---


@pass_context
def _begins(context: Context, data: int, steps: int) -> str:
    meter = _meter(context)
    meter.step(steps)
    meter.make(data)
    return ""


@pass_context
def _passes(context: Context, items: Any, data: int, steps: int = 0) -> Iterable[Any]:
    """Return what a loop goes over, counted. A list that grows while it is gone over is gone over as it was."""
    meter = _meter(context)
    meter.step(steps)
    if isinstance(items, list | tuple | Mapping | str):
        meter.step(len(items))
        meter.make(len(items) * data)
        return items if isinstance(items, tuple | str) else tuple(items)
    return _each(meter, items, data)


def _each(meter: Meter, items: Iterable[Any], data: int) -> Iterator[Any]:
    for item in items:
        meter.step()
        meter.make(data)
        yield item


@pass_context
def _looked(context: Context, value: Any) -> Any:
    _meter(context).look(value)
    return value


@pass_context
def _called(context: Context, value: Any) -> Any:
    meter = _meter(context)
    meter.step()
    if isinstance(value, BuiltinMethodType):
        meter.look(value.__self__)
    elif isinstance(value, LoopContext):
        raise TypeError("a recursive loop must be called by its name, “loop”")
    return value


@pass_context
def _piece(context: Context, value: Any) -> Any:
    _meter(context).text_of(value)
    return value


@pass_context
def _item(context: Context, value: Any, key: Any) -> Any:
    """Return an item, and never an attribute."""
    try:
        return value[key]
    except (TypeError, LookupError, AttributeError):
        if isinstance(value, msgspec.Struct):
            hint = "a computed subscript reads items of lists and mappings; name this one outright, such as “page.title”"
            return context.environment.undefined(hint=hint)
        return context.environment.undefined(obj=value, name=key)


@pass_context
def _sum(context: Context, left: Any, right: Any) -> Any:
    return _meter(context).result(left + right)


@pass_context
def _product(context: Context, left: Any, right: Any) -> Any:
    meter = _meter(context)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, str | list | tuple) and isinstance(other, int):
            number = len(one) * max(other, 0)
            if isinstance(one, str):
                meter.make(number)
            else:
                meter.step(number)
    if isinstance(left, int) and isinstance(right, int):
        _bits(left.bit_length() + right.bit_length())
    return left * right


@pass_context
def _power(context: Context, left: Any, right: Any) -> Any:
    del context
    if isinstance(left, int) and isinstance(right, int):
        _bits(left.bit_length() * abs(right))
    return left**right


@pass_context
def _rest(context: Context, left: Any, right: Any) -> Any:
    if isinstance(left, str):
        _formats(_meter(context), left, right)
    return _meter(context).result(left % right)


def _bits(number: int) -> None:
    if number > MOST_BITS:
        raise Exhausted(f"it makes a number of more than {MOST_BITS:,} bits")


def _formats(meter: Meter, pattern: str, given: object) -> None:
    """Count what a pattern with “%” may make: all widths that it has, or is given, and the texts that it is given at each sign."""
    signs = pattern.count("%")
    if signs:
        meter.make(sum(int(run) if len(run) < 12 else MOST_CHARACTERS + 1 for run in _WIDTH.findall(pattern)))
    if "*" in pattern:
        meter.make(sum(abs(one) for one in (given if isinstance(given, tuple) else (given,)) if isinstance(one, int)))
    for _ in range(signs):
        meter.text_of(given)


@pass_context
def _method(context: Context, value: Any, name: str, /, *given: Any, **named: Any) -> Any:
    """Return what a method of a text, a list or a mapping returns; of anything else, what it returns as ever."""
    meter = _meter(context)
    called = context.environment.getattr(value, name)
    if not isinstance(value, str | list | tuple | Mapping):
        meter.step()
        return context.call(called, *given, **named)
    meter.look(value)
    if isinstance(value, str):
        if name in {"ljust", "rjust", "center", "zfill"}:
            meter.make(_whole(given[0] if given else 0))
        elif name == "expandtabs":
            meter.make(value.count("\t") * _whole(given[0] if given else named.get("tabsize", 8)))
        elif name == "replace":
            _replaces(meter, value, given)
        elif name in {"split", "rsplit", "splitlines"}:
            meter.step(len(value) // 8)
        elif name == "join" and given:
            given = (_joins(meter, value, given[0]),)
    for one in given:
        meter.look(one)
    return meter.result(called(*given, **named))


def _whole(number: object) -> int:
    return max(number, 0) if isinstance(number, int) else 0


def _replaces(meter: Meter, value: object, given: tuple[Any, ...]) -> None:
    if len(given) > 1 and all(isinstance(one, str) for one in (value, *given[:2])):
        meter.make(str.count(value, given[0]) * len(given[1]))  # type: ignore[arg-type]  # it is a text


def _joins(meter: Meter, between: object, items: Iterable[Any]) -> list[Any]:
    found = list(_each(meter, items, len(str(between))))
    meter.text_of(found)
    return found


# --- Jinja's own filters, counted ---

UNCOUNTED = frozenset({"abs", "count", "d", "default", "first", "float", "int", "last", "length", "number", "safe"})
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
        "wordcount",
        "wordwrap",
        "xmlattr",
    }
)
"""Filters that make a text of what they are given."""


def _before(name: str, meter: Meter, context: Context, value: Any, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Count what a filter will do, and return what it is to be given."""
    every = (*given, *named.values())
    if name == "join":
        attribute = named.pop("attribute", given[1] if len(given) > 1 else None)
        items = value if attribute is None else jinja_filters.sync_do_map(context, value, attribute=attribute)
        return _joins(meter, named.get("d", given[0] if given else ""), items)
    if name == "sum":
        return _sums(meter, context, value, *given, **named)
    if name in _TEXTS and not isinstance(value, str):
        meter.text_of(value)
    elif isinstance(value, str):
        meter.step(len(value) // 8 if name == "wordcount" else 0 if name in _TEXTS else len(value))
    size = len(value) if isinstance(value, str | list | tuple | Mapping) else 1
    if name == "replace":
        _replaces(meter, value, (*given, *named.values()))
    elif name == "format":
        _formats(meter, str(value), every)
    elif name in {"center", "batch", "slice"}:
        (meter.make if name == "center" else meter.step)(sum(map(_whole, every)))
    elif name == "indent":
        meter.make((str(value).count("\n") + 1) * sum(_whole(one) for one in every))
    elif name in {"tojson", "round"} and any(abs(one) > 100 for one in every if isinstance(one, int)):
        raise ValueError(f"“{name}” takes numbers up to 100")
    elif name in {"select", "reject", "selectattr", "rejectattr"}:
        meter.step(size * sum(len(one) for one in every if isinstance(one, list | tuple | Mapping)))
    elif name == "striptags":
        meter.step(str(value).count("<") * size // 4096)
    if name not in {"replace", "map"}:
        meter.make(sum(size * len(one) for one in every if isinstance(one, str) and len(one) > 200))
    return value


def _sums(meter: Meter, context: Context, items: Any, attribute: Any = None, start: Any = 0) -> list[Any]:
    """Count a sum, and return what is added. Lists are copied at each step."""
    found = list(_each(meter, items if attribute is None else jinja_filters.sync_do_map(context, items, attribute=attribute), 0))
    if isinstance(start, list | tuple):
        length = len(start)
        for one in found:
            length += len(one) if isinstance(one, list | tuple) else 0
            meter.step(1 + length // 16)
    return found


def _counted(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    passed = _PassArg.from_obj(original)

    @pass_context
    def counted(context: Context, value: Any, *given: Any, **named: Any) -> Any:
        meter = _meter(context)
        meter.look(value)
        value = _before(name, meter, context, value, given, named)
        if name == "join":
            given = given[:1]
        elif name == "sum":
            given, named = (None, *given[1:]), {key: one for key, one in named.items() if key != "attribute"}
        if passed is _PassArg.context:
            done = original(context, value, *given, **named)
        elif passed is _PassArg.eval_context:
            done = original(context.eval_ctx, value, *given, **named)
        elif passed is _PassArg.environment:
            done = original(context.environment, value, *given, **named)
        else:
            done = original(value, *given, **named)
        return meter.result(done)

    return counted


def counted(known: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the counted filters for these of Jinja, by the names that `confinement` writes."""
    parts: dict[str, Callable[..., Any]] = {
        "begins": _begins,
        "passes": _passes,
        "looked": _looked,
        "called": _called,
        "piece": _piece,
        "item": _item,
        "+": _sum,
        "*": _product,
        "**": _power,
        "%": _rest,
        "method": _method,
    }
    made = {f"|{name}": _counted(name, original) for name, original in known.items() if name not in UNCOUNTED}
    return {f"{PREFIX}{name}": made_of for name, made_of in {**parts, **made}.items()}


def holds_text(value: object) -> object:
    """Return a value as a page may show it. Raises `TypeError` if its text would contain its address in memory."""
    if isinstance(value, Markup | str) or type(value).__name__ not in _NO_TEXT:
        return value
    raise TypeError(f"a {_NO_TEXT[type(value).__name__]} has no text: {_INSTEAD[type(value).__name__]}")


_NO_TEXT = {
    "generator": "list that is not finished",
    "method": "method",
    "builtin_function_or_method": "method",
    "function": "function",
    "Kept": "function",
}
_INSTEAD = {
    "generator": "add “| list” or “| join”",
    "method": "call it",
    "builtin_function_or_method": "call it",
    "function": "call it",
    "Kept": "call it",
}
