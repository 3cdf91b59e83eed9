"""What was read out of content files in earlier runs: parsing is most of a build, and a file that has not changed says what it said.

    .backstory/parsed/<version>/<number>.pack     each the documents of one run, whole or not there

A document is found by a digest of its path, its bytes and the version of Backstory with all its modules, so nothing stale is ever taken for fresh.
A pack ends with a digest of itself: one that is torn, cut or from elsewhere is passed over, and deleting all of it at any moment costs only time.
Packs hold plain values that are checked against their types when they are read; nothing in them is run.
"""

import contextlib
import functools
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

from builder import __version__
from builder.model import Document

KEPT = ".backstory"
"""Below the site's root: all that only saves time."""

MOST_PACKS = 16
"""From here on they are written anew as one."""

_DIGEST = 16
_PACK = msgspec.msgpack.Decoder(list[tuple[bytes, msgspec.Raw]])
_DOCUMENT = msgspec.msgpack.Decoder(Document)
_ENCODE = msgspec.msgpack.Encoder().encode


class Memo:
    """The documents of earlier runs below one root."""

    def __init__(self, root: Path) -> None:
        self._folder = root / KEPT / "parsed"
        self._own = self._folder / version()
        self._known: dict[bytes, msgspec.Raw] = {}
        self._packs: list[str] = []
        self._fresh: dict[bytes, msgspec.Raw] = {}
        self._used: set[bytes] = set()
        with contextlib.suppress(OSError):
            for name in sorted(pack.name for pack in self._own.iterdir()):
                if name.endswith(".pack"):
                    self._packs.append(name)
                    self._known.update(_read(self._own / name))

    def recall(self, texts: Sequence[tuple[str, bytes]]) -> tuple[Document | None, ...]:
        """Return the document of each content file, None where it was never read."""
        found: list[Document | None] = []
        for path, data in texts:
            key = _key(path, data)
            packed = self._known.get(key)
            document = None
            if packed is not None:
                with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
                    document = _DOCUMENT.decode(packed)
                    self._used.add(key)
            found.append(document)
        return tuple(found)

    def knows(self, path: str, data: bytes) -> bool:
        """Say whether it has the document of a content file, and will keep it."""
        key = _key(path, data)
        if key in self._known:
            self._used.add(key)
        return key in self._known or key in self._fresh

    def learn(self, read: Iterable[tuple[str, bytes, Document]]) -> None:
        """Keep what was read out of content files now."""
        for path, data, document in read:
            self._fresh[_key(path, data)] = msgspec.Raw(_ENCODE(document))

    def save(self) -> None:
        """Write down what is new. A disk that refuses costs the next run time, and this one nothing."""
        stale = len(self._known) > 2 * len(self._used) + 100
        rewrite = len(self._packs) >= MOST_PACKS or stale
        if not self._fresh and not rewrite:
            return
        entries: Mapping[bytes, msgspec.Raw] = (
            {**{key: packed for key, packed in self._known.items() if key in self._used}, **self._fresh} if rewrite else self._fresh
        )
        with contextlib.suppress(OSError):
            self._own.mkdir(parents=True, exist_ok=True)
            name = _write(
                self._own, entries, 1 + max((int(pack.partition("-")[0]) for pack in self._packs if pack[:1].isdigit()), default=0)
            )
            for old in self._packs if rewrite else ():
                (self._own / old).unlink(missing_ok=True)
            self._packs = [name] if rewrite else [*self._packs, name]
            self._known.update(self._fresh)
            self._used.update(self._fresh)
            self._fresh = {}
            for other in self._folder.iterdir():  # what other versions left
                if other.name != self._own.name:
                    shutil.rmtree(other, ignore_errors=True)


def _key(path: str, data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST, salt=b"file", person=blake2b(path.encode(), digest_size=16).digest()).digest()


@functools.cache
def version() -> str:
    """Return what stands for this very Backstory: the version, and for those who work on it the code itself."""
    found = blake2b(__version__.encode(), digest_size=8)
    package = Path(__file__).parents[1]
    for file in sorted(package.rglob("*.py")) + sorted(package.rglob("languages/*.json")):
        found.update(file.read_bytes())
    return found.hexdigest()


def _read(file: Path) -> dict[bytes, msgspec.Raw]:
    try:
        data = file.read_bytes()
        if blake2b(data[:-_DIGEST], digest_size=_DIGEST).digest() != data[-_DIGEST:]:
            return {}
        return dict(_PACK.decode(memoryview(data)[:-_DIGEST]))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _write(folder: Path, entries: Mapping[bytes, msgspec.Raw], number: int) -> str:
    data = _ENCODE(list(entries.items()))
    name = f"{number:06}-{os.getpid()}.pack"
    fresh = folder / f".{name}"
    try:
        fresh.write_bytes(data + blake2b(data, digest_size=_DIGEST).digest())
        fresh.replace(folder / name)
    finally:
        fresh.unlink(missing_ok=True)
    return name
