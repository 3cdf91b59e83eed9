"""The regular expressions that runs compile when they use them, kept beside our own modules as Python code: in `__pycache__`, with the same rights and the same trust.

To compile those that an edit needs takes a tenth of its build. Python has no public way to keep a compiled expression: where its parts are others than those named here, expressions are compiled as ever.
`PYTHONDONTWRITEBYTECODE` keeps the file from being written.
"""

import contextlib
import importlib.util
import marshal
import re
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builder.i18n import patterns
from builder.incremental import template_cache
from builder.incremental.small_files import recall, remember

try:
    import _sre  # type: ignore[import-not-found]  # no stub has it
    from re import _compiler, _parser  # type: ignore[attr-defined]  # as below
except ImportError:  # another Python than CPython, or another version
    _sre = None

_Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What `_sre.compile` takes besides the pattern: flags, code, and the number, the numbers and the names of groups."""

_UNKNOWN = (AttributeError, TypeError, ValueError, RuntimeError, OverflowError)
"""What the parts of Python raise where they are others than here."""


@contextlib.contextmanager
def used() -> Iterator[None]:
    """Compile late patterns by what earlier runs have kept, and keep those that are new at the end."""
    cache, before = PatternCache(), patterns.compiler
    patterns.compiler = cache.compile
    try:
        yield
    finally:
        patterns.compiler = before
        cache.save()


class PatternCache:
    """The late patterns that were compiled, in this run and in earlier ones."""

    def __init__(self) -> None:
        data = recall(file()) if _sre is not None else None
        self._known: dict[tuple[str | bytes, int], _Parts] = template_cache.unsealed("patterns", data) or {}
        self._new: set[tuple[str | bytes, int]] = set()

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """Return what `re.compile` does."""
        known = self._known.get((pattern, int(flags)))
        if known is not None:
            with contextlib.suppress(*_UNKNOWN):
                return made(pattern, known)
        self._new.add((pattern, int(flags)))
        return re.compile(pattern, flags)

    def save(self) -> None:
        """Keep what is new. An error of the disk costs the next run time."""
        if self._new and _sre is not None and not sys.dont_write_bytecode:
            with contextlib.suppress(*_UNKNOWN):
                data = marshal.dumps(self._known | {(pattern, flags): parts(pattern, flags) for pattern, flags in self._new})
                remember(file(), template_cache.sealed("patterns", data))


def parts(pattern: str | bytes, flags: int) -> _Parts:
    """Return what a pattern is compiled to, as `re` does it."""
    parsed = _parser.parse(pattern, flags)
    numbers, names = parsed.state.groupdict, [None] * parsed.state.groups
    for name, number in numbers.items():
        names[number] = name
    code = array("I", _compiler._code(parsed, flags)).tobytes()  # noqa: SLF001 - there is no public name
    return flags | parsed.state.flags, code, parsed.state.groups - 1, numbers, tuple(names)


def made(pattern: str | bytes, found: _Parts) -> re.Pattern[Any]:
    """Return a pattern that was compiled to these parts. Python checks them; what it does not know raises one of `_UNKNOWN`."""
    flags, code, groups, numbers, names = found
    return _sre.compile(pattern, flags, array("I", code).tolist(), groups, numbers, names)  # type: ignore[no-any-return]  # as `re` calls it


def file() -> Path:
    """Return where they are kept."""
    return Path(importlib.util.cache_from_source(str(Path(patterns.__file__)))).with_suffix(".kept")
