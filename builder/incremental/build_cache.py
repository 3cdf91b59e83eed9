"""The results of a build, stored for the next one into the same output: it need not link and make again what has not changed. Losing them costs time only.

    .backstory/joined/<output>-<toolchain>/<number>.pack     the first has everything, the others what was another after each build

Their format is that of `memo.packs`: plain values with checksums, found without being read. A build holds the lock of its output, so no other process writes here meanwhile.
"""

import contextlib
import os
import shutil
import zlib
from pathlib import Path

from builder.incremental import toolchain
from builder.incremental.memo import CacheFile, CacheWriter, CorruptCache, Memory
from builder.incremental.small_files import STATE_FOLDER, make, mapped

MOST_CACHE_FILES = 24
"""Number of files from which they are rewritten as one; also if the added ones have a fourth of the size of the first."""


class BuildCache:
    """The cache of builds of the site at `root` into `output`."""

    def __init__(self, root: Path, output: Path) -> None:
        self._folders = root / STATE_FOLDER / "joined"
        self._name = f"{zlib.crc32(os.fsencode(output.resolve())):08x}-{toolchain.digest()}"
        self._folder = self._folders / self._name
        self._files: list[Path] = []
        self.cache_file: CacheFile | None = None
        """None if there is no cache, or it is damaged."""
        with contextlib.suppress(OSError, CorruptCache):
            self._files = sorted(file for file in self._folder.iterdir() if file.suffix == ".pack")
            if self._files:
                self.cache_file = CacheFile([mapped(file) for file in self._files])

    def whole(self) -> CacheFile | None:
        """Return the cache of the last build after a check of every byte of it, for a process that runs for hours; None if it is damaged."""
        if self.cache_file is not None:
            try:
                self.cache_file.check()
            except CorruptCache:
                self.forget()
        return self.cache_file

    def delete(self) -> None:
        """Delete the cache of this output."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def forget(self) -> None:
        """Use nothing of the last build."""
        self.cache_file = None

    def store(self, memory: Memory, *, anew: bool = False) -> None:
        """Store the results of a build for the next one; with `anew` in one file, so that nothing of earlier ones stays. An error of the disk is ignored: it costs the next build time."""
        with contextlib.suppress(OSError):
            more = (
                self.cache_file is not None
                and not anew
                and memory.is_taken_up
                and len(self._files) < MOST_CACHE_FILES
                and self._added() < self._files[0].stat().st_size // 4
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
                if more and not writer.sections:
                    return
                if not more:  # the last one goes first: what is left never looks whole without it
                    for old in reversed(self._files):
                        old.unlink(missing_ok=True)
                fresh.replace(file)
            finally:
                fresh.unlink(missing_ok=True)
            for other in self._folders.iterdir():  # what other versions left
                if other.name != self._name and other.name[:9] == self._name[:9]:
                    shutil.rmtree(other, ignore_errors=True)

    def _added(self) -> int:
        return sum(file.stat().st_size for file in self._files[1:])
