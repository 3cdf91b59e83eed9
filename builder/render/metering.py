"""Counts the operations and characters of a site's own templates on one page, so that none runs without end or fills the memory.

`rewriting` rewrites such a template to use the filters of `counted_parts` and `counted_filters`, each of which counts before it does what it stands for.
Nothing here looks at a clock: the same template is stopped at the same place on any machine.
"""

import re
from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Any

import msgspec
from jinja2.runtime import Context

MOST_OPERATIONS = 1_000_000
"""Passes of loops, calls and items that filters look at, in one page."""
MOST_CHARACTERS = 50_000_000
"""Characters that a page may make, also those that it does not show."""
MOST_BITS = 8_192
"""Size of a whole number."""

SCANNED_LETTERS = 256
"""Letters of a text that are looked through in the time of one operation."""
READ_LETTERS = 8
"""Letters that are read one by one in the time of one operation."""
COMPARED_PAIRS = 8_192
"""Pairs of letters, of one text and another, that are compared in the time of one operation."""
MULTIPLIED_PAIRS = 65_536
"""Pairs of bits, of one number and another, that are multiplied in the time of one operation."""
_BITS_OF_DIGIT = 3
"""Bits of a number for which one digit is counted: a digit stands for a little more."""
_WIDTH_DIGITS = 12
"""Digits from which a width is more than any page may make."""

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
            self.raise_if_exhausted()

    def count_characters(self, number: int) -> None:
        """Count characters. Raises `Exhausted` if none are left."""
        self.characters -= number
        if self.characters < 0:
            self.raise_if_exhausted()

    def raise_if_exhausted(self) -> None:
        """Raise `Exhausted` if more was counted than a page may make.

        What runs for nearly every output subtracts from `operations` and `characters` itself, and calls this where one is below 0:
        a call for each would take longer than what it counts.
        """
        if self.operations < 0:
            raise Exhausted(f"it makes more than {MOST_OPERATIONS:,} passes and calls")
        if self.characters < 0:
            raise Exhausted(f"it makes more than {MOST_CHARACTERS:,} characters")

    def count_text(self, value: Any) -> None:
        """Count the text that a value would make, with all that it holds; `TypeError` for what has none."""
        sort = SORTS[type(value)]
        if sort == "text":
            self.count_characters(len(value))
        elif sort == "list":
            self.count_operations(len(value))
            for item in value:
                self.count_text(item)
        elif sort == "mapping":
            self.count_text(value.items())
        elif sort == "number":
            self.count_characters(1 + value.bit_length() // _BITS_OF_DIGIT)
        elif sort == "other":
            require_text(value)
            # It is made twice, and no template has much of it: a record as it stands.
            self.count_characters(len(str(value)))

    def count_scan(self, value: Any, times: int = 1) -> None:
        """Count what it takes to look through a value, with the lists and long texts in it, so many times."""
        sort = SORTS[type(value)]
        if sort == "text":
            times *= 1 + len(value) // SCANNED_LETTERS
        elif sort in HOLD:
            self.count_operations(times * (1 + len(value)))
            for item in (*value, *value.values()) if sort == "mapping" else value:
                its_sort = SORTS[type(item)]
                if its_sort in HOLD or (its_sort == "text" and len(item) >= SCANNED_LETTERS):
                    self.count_scan(item, times)
            return
        self.operations -= times
        if self.operations < 0:
            self.raise_if_exhausted()

    def count_result(self, value: Any) -> Any:
        """Count a value that was made, and return it."""
        sort = SORTS[type(value)]
        if sort == "text":
            self.characters -= len(value)
            if self.characters < 0:
                self.raise_if_exhausted()
        elif sort in HOLD:
            self.count_operations(len(value))
        elif sort == "number":
            require_bits(value.bit_length())
        return value


class Exhausted(Exception):
    """A page did more than any page may; the message says what, as half a sentence."""


def meter_of(context: Context) -> Meter:
    """Return what is left to the page that is made."""
    return context.environment.meter  # type: ignore[attr-defined, no-any-return]  # ours has one


def each(meter: Meter, items: Iterable[Any], data: int) -> Iterator[Any]:
    """Yield items, each counted with so many characters."""
    for item in items:
        meter.count_operations()
        meter.count_characters(data)
        yield item


def require_bits(number: int) -> None:
    """Raise `Exhausted` for a whole number of so many bits, if no template may make one."""
    if number > MOST_BITS:
        raise Exhausted(f"it makes a number of more than {MOST_BITS:,} bits")


def count_percent_format(meter: Meter, pattern: str, argument: object) -> None:
    """Count what a pattern with “%” may make: all widths that it has, or is given, and the texts that it is given at each sign."""
    signs = pattern.count("%")
    if signs:
        meter.count_characters(sum(int(run) if len(run) < _WIDTH_DIGITS else MOST_CHARACTERS + 1 for run in _WIDTH.findall(pattern)))
    if "*" in pattern:
        meter.count_characters(
            sum(abs(number) for number in (argument if isinstance(argument, tuple) else (argument,)) if isinstance(number, int))
        )
    for _ in range(signs):
        meter.count_text(argument)


FROM_THE_END = frozenset({"lstrip", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "strip", "trim"})
"""Methods and filters that may compare each letter of one text with each of another."""


def at_least_zero(number: object) -> int:
    """Return a whole number that is not negative; 0 for anything else."""
    return max(number, 0) if isinstance(number, int) else 0


def count_replacement(meter: Meter, value: object, arguments: tuple[Any, ...]) -> None:
    """Count what it makes to replace the first given text in a value by the second."""
    if len(arguments) > 1 and all(isinstance(argument, str) for argument in (value, *arguments[:2])):
        meter.count_characters(str.count(value, arguments[0]) * len(arguments[1]))  # type: ignore[arg-type]  # it is a text


def count_brace_format(meter: Meter, pattern: str, given: tuple[Any, ...]) -> None:
    """Count what a pattern with names in braces may make: each of the given values in each of its places."""
    before = meter.characters
    for argument in given:
        meter.count_text(argument)
    meter.count_characters((before - meter.characters) * max(pattern.count("{") - 1, 0))


def count_joined(meter: Meter, between: object, items: Iterable[Any]) -> list[Any]:
    """Count what it makes to join items, and return them."""
    meter.count_text(between)
    found = list(each(meter, items, len(str(between))))
    meter.count_text(found)
    return found


def require_text(value: object) -> object:
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
