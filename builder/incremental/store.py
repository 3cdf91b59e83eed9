"""What builds keep for the next ones: results by output, and the documents of content files for all outputs together. Losing any of it costs time only.

    .backstory/cache/<name>-<toolchain>/<number>.pack     the first has everything, the others what was another after each run

Their format is that of `memo.packs`: plain values with checksums, found without being read. A build holds the lock of its output, so nothing else writes results of this output meanwhile;
where two runs store documents at once, those of one of them are lost, or both.
"""

import contextlib
import os
import shutil
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from builder.incremental import toolchain
from builder.incremental.memo import CacheFile, CacheWriter, CorruptCache, Memory
from builder.incremental.small_files import STATE_FOLDER, make, mapped

MOST_CACHE_FILES = 24
"""Number of files from which they are rewritten as one; also if the added ones have a fourth of the size of the first."""

_OF_OLD = ("joined", "parsed")
"""Folders in which earlier versions kept theirs."""


class Store:
    """The files of one name below a site's root."""

    def __init__(self, root: Path, name: str) -> None:
        self._folders = root / STATE_FOLDER / "cache"
        self._name = f"{name}-{toolchain.digest()}"
        self._folder = self._folders / self._name
        self._files: list[Path] = []
        self.cache_file: CacheFile | None = None
        """None if there is no cache, or it is damaged."""
        with contextlib.suppress(OSError, CorruptCache):
            self._files = sorted(file for file in self._folder.iterdir() if file.suffix == ".pack")
            if self._files:
                self.cache_file = CacheFile([mapped(file) for file in self._files])

    def whole(self) -> CacheFile | None:
        """Return what the last run left after a check of every byte of it, for a process that runs for hours; None if it is damaged."""
        if self.cache_file is not None:
            try:
                self.cache_file.check()
            except CorruptCache:
                self.forget()
        return self.cache_file

    def delete(self) -> None:
        """Delete all of it."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def forget(self) -> None:
        """Use nothing of the last run."""
        self.cache_file = None

    def store(self, memory: Memory, *, anew: bool = False) -> None:
        """Store the results of a run for the next one; with `anew` in one file, so that nothing of earlier ones stays. An error of the disk is ignored: it costs the next run time."""
        with contextlib.suppress(OSError):
            more = (
                self.cache_file is not None
                and not anew
                and memory.is_taken_up
                and len(self._files) < MOST_CACHE_FILES
                and sum(file.stat().st_size for file in self._files[1:]) < self._files[0].stat().st_size // 4
            )
            after = self.cache_file.last if more and self.cache_file is not None else 0
            number = 1 + int(self._files[-1].stem) if self._files and self._files[-1].stem.isdigit() else 1
            make(self._folder)
            file = self._folder / f"{number:06}.pack"
            fresh = file.with_name(f".{file.name}-{os.getpid()}")
            try:
                with fresh.open("wb") as stream:
                    writer = CacheWriter(stream.write, after)
                    memory.write_cache(writer, more=more)
                    writer.end()
                if more and not writer.section_count:
                    return
                if not more:  # the last one goes first: what is left never looks whole without it
                    for old in reversed(self._files):
                        old.unlink(missing_ok=True)
                fresh.replace(file)
            finally:
                fresh.unlink(missing_ok=True)
            self._files = [*self._files, file] if more else [file]
            self._clear_others()

    def erase(self, section: str, keys: Any, unused: Collection[Any]) -> None:
        """Write zeros over the values of some keys, in every file: words that were taken back must not stay in any. An error of the disk is ignored."""
        with contextlib.suppress(OSError, CorruptCache):
            ranges = CacheFile([mapped(file) for file in self._files]).byte_ranges(section, keys, unused) if unused else []
            for file, found in zip(self._files, ranges, strict=False):
                if found:
                    with file.open("r+b") as stream:
                        for begin, end in found:
                            stream.seek(begin)
                            stream.write(bytes(end - begin))

    def _clear_others(self) -> None:
        """Delete what other versions left."""
        for other in self._folders.iterdir():
            if other.name != self._name and other.name.rpartition("-")[0] == self._name.rpartition("-")[0]:
                shutil.rmtree(other, ignore_errors=True)
        for name in _OF_OLD:
            shutil.rmtree(self._folders.with_name(name), ignore_errors=True)


def of_output(root: Path, output: Path) -> Store:
    """Return the store of the results of builds of the site at `root` into `output`."""
    return Store(root, f"{zlib.crc32(os.fsencode(output.resolve())):08x}")
