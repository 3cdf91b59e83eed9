"""What the files of the last build relied on, kept below `.backstory/`: it saves the making of what has not changed, and losing it costs nothing else.

    .backstory/relied/<version>.pack

It ends with a digest of itself and holds plain values that are checked against their types; nothing in it is run.
"""

import contextlib
import itertools
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from builder.files.memo import KEPT, version
from builder.files.memory import recall, remember
from builder.reliance import Ledger

_DIGEST = 16
_LEDGER = msgspec.msgpack.Decoder(Ledger)


def read_ledger(root: Path) -> Ledger:
    """Return what the files of the last build below a root relied on; an empty ledger where nobody knows."""
    data = recall(_file(root))
    if data is None or blake2b(data[:-_DIGEST], digest_size=_DIGEST).digest() != data[-_DIGEST:]:
        return Ledger()
    try:
        found = _LEDGER.decode(memoryview(data)[:-_DIGEST])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Ledger()
    number = len(found.looks)
    used = itertools.chain(found.steps, *found.steps.values(), *(relied.looks for relied in found.pages.values()))
    if len(found.digests) != number or not all(0 <= n < number for n in used):
        return Ledger()
    # Keys of several parts are tuples, which no file format knows.
    looks = tuple((field, _tuples(key) if isinstance(key, list) else key) for field, key in found.looks)
    return msgspec.structs.replace(found, looks=looks)


def _tuples(key: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuples(part) if isinstance(part, list) else part for part in key)


def write_ledger(root: Path, ledger: Ledger) -> None:
    """Keep what the files of this build relied on. A disk that refuses costs the next build time."""
    file = _file(root)
    data = msgspec.msgpack.encode(ledger)
    if remember(file, data + blake2b(data, digest_size=_DIGEST).digest()):
        with contextlib.suppress(OSError):
            for other in file.parent.iterdir():  # what other versions left
                if other.name != file.name:
                    other.unlink()


def _file(root: Path) -> Path:
    return root / KEPT / "relied" / f"{version()}.pack"
