"""What a build knew at its end, kept for the next one into the same output: it saves the joining and making of what has not changed, and losing it costs nothing else.

    .backstory/joined/<output>-<toolchain>/<number>.pack     the first has everything, the others what was another after each build

`memory.kept` tells what is in them: plain values with checksums, found without being read. A build is alone at its output, so nobody else writes here meanwhile.
"""

import contextlib
import os
import shutil
import zlib
from pathlib import Path

from builder.incremental import toolchain
from builder.incremental.memo import Cabinet, Filing, Memory, Torn
from builder.incremental.parse_cache import KEPT
from builder.incremental.small_files import make, mapped

MOST = 24
"""Files from which they are written anew as one; and so they are where those that were added are as long as a fourth of the first."""


class Kept:
    """What builds of the site at `root` into `output` have left."""

    def __init__(self, root: Path, output: Path) -> None:
        self._folders = root / KEPT / "joined"
        self._name = f"{zlib.crc32(os.fsencode(output.resolve())):08x}-{toolchain.digest()}"
        self._folder = self._folders / self._name
        self._files: list[Path] = []
        self.cabinet: Cabinet | None = None
        """None where there is nothing that is whole."""
        with contextlib.suppress(OSError, Torn):
            self._files = sorted(file for file in self._folder.iterdir() if file.suffix == ".pack")
            if self._files:
                self.cabinet = Cabinet([mapped(file) for file in self._files])

    def whole(self) -> Cabinet | None:
        """Return what is there if all of it is whole, for whoever is to look at it for hours."""
        if self.cabinet is not None:
            try:
                self.cabinet.check()
            except Torn:
                self.forget()
        return self.cabinet

    def forget(self) -> None:
        """Take nothing of it up."""
        self.cabinet = None

    def leave(self, memory: Memory) -> None:
        """Leave what a build knows to the next one. A disk that refuses costs the next build time, and this one nothing."""
        with contextlib.suppress(OSError):
            more = (
                self.cabinet is not None
                and memory.is_taken_up
                and len(self._files) < MOST
                and self._added() < self._files[0].stat().st_size // 4
            )
            after = self.cabinet.last if more and self.cabinet is not None else 0
            number = 1 + int(self._files[-1].stem) if self._files and self._files[-1].stem.isdigit() else 1
            make(self._folder)
            file = self._folder / f"{number:06}.pack"
            fresh = file.with_name(f".{file.name}-{os.getpid()}")
            try:
                with fresh.open("wb") as stream:
                    filing = Filing(stream.write, after)
                    memory.file(filing, more=more)
                    filing.end()
                if more and not filing.drawers:
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
