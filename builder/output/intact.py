"""Whether the files of the output folder are as they were built.

A build writes the manifest last, so a file that is as it was built is not younger. Only younger files are read, or all of them where that is asked for,
and compared with the digest in the manifest.
"""

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from builder.incremental.digests import digest
from builder.output import plan as planning
from builder.output.regular_files import read_ordinary


def existing_files(output: Path, wanted: Iterable[str], manifest: planning.Manifest, *, read_all: bool = False) -> planning.FolderState:
    """Return which of the wanted paths are ordinary files in the output folder, and which of them are not as the manifest has them.

    With `read_all` every file is read, else those that are not older than the manifest.
    """
    if not output.is_dir():
        return planning.FolderState(manifest)
    folder, look_at = os.fspath(output), os.lstat
    try:
        made = look_at(f"{folder}/{planning.MANIFEST}").st_mtime_ns
    except OSError:
        made = 0
    present, replaced, young, latest = set(), set(), [], made
    for path in wanted:
        try:
            now = look_at(f"{folder}/{path}")
        except OSError:
            continue
        if stat.S_ISREG(now.st_mode):
            present.add(path)
            if now.st_mtime_ns >= made or read_all:
                young.append(path)
                latest = max(latest, now.st_mtime_ns)
        elif manifest.digest_of(path) and not stat.S_ISDIR(now.st_mode):  # a link or a pipe, put in the place of a file of ours
            replaced.add(path)
    changed = {path for path in young if (built := manifest.digest_of(path)) and not _is(f"{folder}/{path}", built)}
    if latest > made and not changed and not replaced:  # the folder was copied: the next build need not read them again
        with contextlib.suppress(OSError):
            os.utime(f"{folder}/{planning.MANIFEST}", ns=(latest + 1, latest + 1))
    return planning.FolderState(manifest, frozenset(present - changed), frozenset(changed | replaced))


def _is(file: str, built: str) -> bool:
    try:
        return digest(read_ordinary(file)) == built
    except OSError:  # it cannot be read, so that is unknown: it is written again
        return False


def read_intact(output: Path, manifest: planning.Manifest, path: str) -> bytes | None:
    """Return the bytes of a file in the output folder; None if it cannot be read or is not as it was built."""
    try:
        data = read_ordinary(output / path)
    except OSError:
        return None
    return data if manifest.digest_of(path) in {"", digest(data)} else None
