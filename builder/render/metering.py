"""Counts the operations and characters of a site's own templates on one page, so that none runs without end or fills the memory.

`rewriting` rewrites such a template to use the filters of `filters`, each of which counts before it does what it stands for.
Nothing here looks at a clock: the same template is stopped at the same place on any machine.
"""

import re
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from types import BuiltinMethodType
from typing import Any

import msgspec
from jinja2 import pass_context
from jinja2.runtime import Context, LoopContext

MOST_OPERATIONS = 1_000_000
"""Passes of loops, calls and items that filters look at, in one page."""
MOST_CHARACTERS = 50_000_000
"""Characters that a page may make, also those that it does not show."""
MOST_BITS = 8_192
"""Size of a whole number."""

PREFIX = "counted "
"""Begins the names of counted filters, which no template can write."""

_WIDTH = re.compile(r"[0-9]{3,}")


class _Sorts(dict[type, str]):
    """What there is to count of values, by their type: each type is asked for once, as asking for a mapping takes three calls."""

    def __missing__(self, kind: type) -> str:
        """Return `text`, `list`, `mapping`, `number`, `nothing` or `other`, and keep it."""
        found = self[kind] = next((sort for sort, kinds in _KINDS.items() if issubclass(kind, kinds)), "other")
        return found


_KINDS: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "list": (list, tuple, KeysView, ValuesView, ItemsView),
    "mapping": (Mapping,),
    "number": (int,),
    "nothing": (float, type(None)),
}
SORTS = _Sorts()
HOLD = frozenset({"list", "mapping"})
"""What holds other values."""


class Meter:
    """The operations and characters left to a page."""

    __slots__ = ("characters", "operations", "page")

    def __init__(self) -> None:
        self.page = 0
        self.begin()

    def begin(self) -> None:
        """Begin a page, which gets the next number."""
        self.page += 1
        self.operations = MOST_OPERATIONS
        self.characters = MOST_CHARACTERS

    def count_operations(self, number: int = 1) -> None:
        """Count operations. Raises `Exhausted` if none are left."""
        self.operations -= number
        if self.operations < 0:
            raise Exhausted(f"it makes more than {MOST_OPERATIONS:,} passes and calls")

    def count_characters(self, number: int) -> None:
        """Count characters. Raises `Exhausted` if none are left."""
        self.characters -= number
        if self.characters < 0:
            raise Exhausted(f"it makes more than {MOST_CHARACTERS:,} characters")

    def text_of(self, value: Any) -> None:
        """Count the text that a value would make, with all that it holds; `TypeError` for what has none."""
        sort = SORTS[type(value)]
        if sort == "text":
            self.count_characters(len(value))
        elif sort == "list":
            self.count_operations(len(value))
            for item in value:
                self.text_of(item)
        elif sort == "mapping":
            self.text_of(value.items())
        elif sort == "number":
            self.count_characters(1 + value.bit_length() // 3)
        elif sort == "other":
            holds_text(value)
            # It is made twice, and no template has much of it: a record as it stands.
            self.count_characters(len(str(value)))

    def look(self, value: Any, times: int = 1) -> None:
        """Count what it takes to look through a value, with the lists in it, so many times."""
        sort = SORTS[type(value)]
        if sort == "text":
            times *= 1 + len(value) // 256
        elif sort in HOLD:
            self.count_operations(times * (1 + len(value)))
            for item in value.values() if sort == "mapping" else value:
                if SORTS[type(item)] in HOLD:
                    self.look(item, times)
            return
        self.operations -= times
        if self.operations < 0:
            self.count_operations(0)

    def result(self, value: Any) -> Any:
        """Count a value that was made, and return it."""
        sort = SORTS[type(value)]
        if sort == "text":
            self.characters -= len(value)
            if self.characters < 0:
                self.count_characters(0)
        elif sort in HOLD:
            self.count_operations(len(value))
        elif sort == "number":
            bits(value.bit_length())
        return value


class Exhausted(Exception):
    """A page did more than any page may; the message says what, as half a sentence."""


def meter_of(context: Context) -> Meter:
    """Return what is left to the page that is made."""
    return context.environment.meter  # type: ignore[attr-defined, no-any-return]  # ours has one


# --- what stands in the place of parts of a template ---


@pass_context
def _begins(context: Context, data: int, operations: int) -> str:
    meter: Meter = context.environment.meter  # type: ignore[attr-defined]  # ours has one
    meter.operations -= operations
    meter.characters -= data
    if meter.operations < 0 or meter.characters < 0:
        meter.count_operations(0)
        meter.count_characters(0)
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
            meter.count_operations(0)
            meter.count_characters(0)
        return items
    meter.count_operations(operations)
    if isinstance(items, list | tuple | Mapping | str):
        meter.count_operations(len(items))
        meter.count_characters(len(items) * data)
        return items if isinstance(items, tuple | str) else tuple(items)
    return each(meter, items, data)


def each(meter: Meter, items: Iterable[Any], data: int) -> Iterator[Any]:
    """Yield items, each counted with so many characters."""
    for item in items:
        meter.count_operations()
        meter.count_characters(data)
        yield item


@pass_context
def _looked(context: Context, value: Any) -> Any:
    meter: Meter = context.environment.meter  # type: ignore[attr-defined]  # ours has one
    if type(value) is str:
        meter.operations -= 1 + len(value) // 256
        if meter.operations < 0:
            meter.count_operations(0)
    else:
        meter.look(value)
    return value


@pass_context
def _called(context: Context, value: Any) -> Any:
    meter = meter_of(context)
    meter.count_operations()
    if isinstance(value, BuiltinMethodType):
        meter.look(value.__self__)
    elif isinstance(value, LoopContext):
        raise TypeError("a recursive loop must be called by its name, “loop”")
    return value


@pass_context
def _piece(context: Context, value: Any) -> Any:
    meter: Meter = context.environment.meter  # type: ignore[attr-defined]  # ours has one
    if type(value) is str:
        meter.characters -= len(value)
        if meter.characters < 0:
            meter.count_characters(0)
    else:
        meter.text_of(value)
    return value


@pass_context
def _item(context: Context, value: Any, key: Any) -> Any:
    """Return an item, and never an attribute."""
    meter_of(context).look(key)
    try:
        return value[key]
    except (TypeError, LookupError, AttributeError):
        if isinstance(value, msgspec.Struct):
            hint = "a computed subscript reads items of lists and mappings; name this one outright, such as “page.title”"
            return context.environment.undefined(hint=hint)
        return context.environment.undefined(obj=value, name=key)


@pass_context
def _sum(context: Context, left: Any, right: Any) -> Any:
    meter: Meter = context.environment.meter  # type: ignore[attr-defined]  # ours has one
    made = left + right
    if type(made) is not str:
        return meter.result(made)
    meter.characters -= len(made)  # nearly all are ways from the root: as few calls as it takes
    if meter.characters < 0:
        meter.count_characters(0)
    return made


@pass_context
def _difference(context: Context, left: Any, right: Any) -> Any:
    return meter_of(context).result(left - right)


@pass_context
def _product(context: Context, left: Any, right: Any) -> Any:
    meter = meter_of(context)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, str | list | tuple) and isinstance(other, int):
            number = len(one) * max(other, 0)
            if isinstance(one, str):
                meter.count_characters(number)
            else:
                meter.count_operations(number)
    if isinstance(left, int) and isinstance(right, int):
        bits(left.bit_length() + right.bit_length())
        meter.count_operations(left.bit_length() * right.bit_length() >> 16)
    return left * right


@pass_context
def _power(context: Context, left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int):
        bits(left.bit_length() * abs(right))
        meter_of(context).count_operations((left.bit_length() * right) ** 2 >> 16)
    return left**right


@pass_context
def _rest(context: Context, left: Any, right: Any) -> Any:
    if isinstance(left, str):
        formats(meter_of(context), left, right)
    return meter_of(context).result(left % right)


def bits(number: int) -> None:
    """Raise `Exhausted` for a whole number of so many bits, if no template may make one."""
    if number > MOST_BITS:
        raise Exhausted(f"it makes a number of more than {MOST_BITS:,} bits")


def formats(meter: Meter, pattern: str, argument: object) -> None:
    """Count what a pattern with “%” may make: all widths that it has, or is given, and the texts that it is given at each sign."""
    signs = pattern.count("%")
    if signs:
        meter.count_characters(sum(int(run) if len(run) < 12 else MOST_CHARACTERS + 1 for run in _WIDTH.findall(pattern)))
    if "*" in pattern:
        meter.count_characters(
            sum(abs(number) for number in (argument if isinstance(argument, tuple) else (argument,)) if isinstance(number, int))
        )
    for _ in range(signs):
        meter.text_of(argument)


@pass_context
def _method(context: Context, value: Any, name: str, /, *given: Any, **named: Any) -> Any:
    """Return what a method of a text, a list or a mapping returns; of anything else, what it returns as ever."""
    meter = meter_of(context)
    called = context.environment.getattr(value, name)
    if not isinstance(value, str | list | tuple | Mapping):
        meter.count_operations()
        return context.call(called, *given, **named)
    meter.look(value)
    # A list that takes in what is read from it would grow for ever.
    given = tuple(list(each(meter, argument, 0)) if isinstance(argument, Iterator) else argument for argument in given)
    if isinstance(value, str):
        if name in {"ljust", "rjust", "center", "zfill"}:
            meter.count_characters(whole(given[0] if given else 0))
        elif name == "expandtabs":
            meter.count_characters(value.count("\t") * whole(given[0] if given else named.get("tabsize", 8)))
        elif name == "format":
            fills(meter, value, (*given, *named.values()))
        elif name == "replace":
            replaces(meter, value, given)
        elif name in {"split", "rsplit", "splitlines"}:
            meter.count_operations(len(value) // 8)
        if name in FROM_THE_END:
            meter.count_operations(
                sum(len(value) * len(argument) >> 13 for argument in (*given, *named.values()) if isinstance(argument, str))
            )
        elif name == "join" and given:
            given = (joins(meter, value, given[0]),)
    for argument in (*given, *named.values()):
        meter.look(argument)
    return meter.result(called(*given, **named))


FROM_THE_END = frozenset({"lstrip", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "strip", "trim"})
"""Methods and filters that may compare each letter of one text with each of another."""


def whole(number: object) -> int:
    """Return a whole number that is not negative; 0 for anything else."""
    return max(number, 0) if isinstance(number, int) else 0


def replaces(meter: Meter, value: object, arguments: tuple[Any, ...]) -> None:
    """Count what it makes to replace the first given text in a value by the second."""
    if len(arguments) > 1 and all(isinstance(argument, str) for argument in (value, *arguments[:2])):
        meter.count_characters(str.count(value, arguments[0]) * len(arguments[1]))  # type: ignore[arg-type]  # it is a text


def fills(meter: Meter, pattern: str, given: tuple[Any, ...]) -> None:
    """Count what a pattern with names in braces may make: each of the given values in each of its places."""
    before = meter.characters
    for argument in given:
        meter.text_of(argument)
    meter.count_characters((before - meter.characters) * max(pattern.count("{") - 1, 0))


def joins(meter: Meter, between: object, items: Iterable[Any]) -> list[Any]:
    """Count what it makes to join items, and return them."""
    meter.text_of(between)
    found = list(each(meter, items, len(str(between))))
    meter.text_of(found)
    return found


PARTS: Mapping[str, Callable[..., Any]] = {
    "begins": _begins,
    "passes": _passes,
    "looked": _looked,
    "called": _called,
    "piece": _piece,
    "item": _item,
    "+": _sum,
    "-": _difference,
    "*": _product,
    "**": _power,
    "%": _rest,
    "method": _method,
}
"""What `confinement` puts in the place of parts of a template, by name."""


def holds_text(value: object) -> object:
    """Return a value as it is given to a page; `TypeError` if its text would have its address in memory."""
    if isinstance(value, _HAVE_TEXT):
        return value
    kind = type(value).__name__
    if kind in _NO_TEXT:
        raise TypeError(f"a {_NO_TEXT[kind]} has no text: {_INSTEAD[kind]}")
    if _ADDRESS.search(str(value)):
        raise TypeError("it shows something that has no text, such as a method or a list that is not finished")
    return value


_HAVE_TEXT = (str, int, float, type(None), msgspec.Struct)
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+>")


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
