"""What was answered lately, so that nobody's server is asked the same every day."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from builder.incremental import parse_cache, small_files
from builder.link_checker.client import FINE, MOVED, Answer

FILE = "links.json"
VERSION = 1

_DAY = 86_400.0
GOOD = 30 * _DAY
"""Seconds for which a good answer is believed."""

BAD = _DAY
"""Seconds for which any other is: what was mended is to be seen the next day."""


class _Remembered(msgspec.Struct, frozen=True):
    answer: Answer
    at: float
    """When it was given, in seconds since 1970."""


class _Stored(msgspec.Struct):
    version: int = VERSION
    answers: dict[str, _Remembered] = {}


class Memory:
    """The answers in `.backstory/links.json` of a site; a file that cannot be read is an empty one."""

    def __init__(self, root: Path, clock: Callable[[], float]) -> None:
        self._path = root / parse_cache.KEPT / FILE
        self._now = clock()
        self._changed = False
        self._stored = _Stored()
        data = small_files.recall(self._path)
        if data is not None:
            try:
                found = msgspec.json.decode(data, type=_Stored)
            except (msgspec.DecodeError, UnicodeDecodeError):
                found = _Stored()
            if found.version == VERSION:
                self._stored = found

    def recall(self, url: str) -> Answer | None:
        """Return what was answered, None where nothing was or too long ago."""
        found = self._stored.answers.get(url)
        return found.answer if found is not None and self._lives(found) else None

    def keep(self, answers: Mapping[str, Answer]) -> None:
        """Take in new answers; those that say nothing of the address itself are not kept."""
        for url, answer in answers.items():
            if answer.lasts:
                self._stored.answers[url] = _Remembered(answer, self._now)
                self._changed = True

    def save(self) -> None:
        """Write what is still believed, in one step; a disk that refuses costs only the memory."""
        if self._changed:
            kept = {url: found for url, found in sorted(self._stored.answers.items()) if self._lives(found)}
            small_files.remember(self._path, msgspec.json.format(msgspec.json.encode(_Stored(VERSION, kept)), indent=1))

    def _lives(self, found: _Remembered) -> bool:
        # What was answered in the future is from a clock that was wrong.
        return 0 <= self._now - found.at < (GOOD if found.answer.kind in {FINE, MOVED} else BAD)
