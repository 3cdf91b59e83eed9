"""A cache of recent results, so that no server is asked the same every day."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from builder.incremental import small_files
from builder.link_checker.client import FINE, MOVED, LinkStatus

FILE = "links.json"
VERSION = 1

_DAY = 86_400.0
LIFETIME = 30 * _DAY
"""Seconds for which a working or moved address is cached."""

FAILURE_LIFETIME = _DAY
"""Seconds for which any other result is cached: what was repaired shows the next day."""


class _CachedResult(msgspec.Struct, frozen=True):
    answer: LinkStatus
    at: float
    """Seconds since 1970."""


class _Stored(msgspec.Struct):
    version: int = VERSION
    answers: dict[str, _CachedResult] = {}


class ResultCache:
    """The results in `.backstory/links.json` of a site; a file that cannot be read counts as empty."""

    def __init__(self, root: Path, clock: Callable[[], float]) -> None:
        self._path = root / small_files.STATE_FOLDER / FILE
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

    def recall(self, url: str) -> LinkStatus | None:
        """Return the cached result of an address; None if there is none or it is too old."""
        found = self._stored.answers.get(url)
        return found.answer if found is not None and self._lives(found) else None

    def keep(self, answers: Mapping[str, LinkStatus]) -> None:
        """Add new results; those that say nothing of the address itself are not kept."""
        for url, answer in answers.items():
            if answer.lasts:
                self._stored.answers[url] = _CachedResult(answer, self._now)
                self._changed = True

    def save(self) -> None:
        """Write the valid results, in one step. Errors of the disk are ignored."""
        if self._changed:
            kept = {url: found for url, found in sorted(self._stored.answers.items()) if self._lives(found)}
            small_files.remember(self._path, msgspec.json.format(msgspec.json.encode(_Stored(VERSION, kept)), indent=1))

    def _lives(self, found: _CachedResult) -> bool:
        # A time in the future is from a wrong clock.
        return 0 <= self._now - found.at < (LIFETIME if found.answer.kind in {FINE, MOVED} else FAILURE_LIFETIME)
