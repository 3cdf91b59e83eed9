"""The documents parsed from content files in earlier runs: parsing is most of a build, and an unchanged file has the same document.

    .backstory/parsed/<toolchain>/<number>.pack     each the documents of one run, whole or not there

A document is found by a digest of its path and bytes, in a folder named by the digest of the toolchain, so a stale document is never used.
Each has a checksum of its own: a damaged one is ignored, and deleting all of it at any moment costs only time.
Packs hold plain values that are checked against their types when they are unpacked; nothing in them is executed.
"""

import contextlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from builder.incremental import toolchain
from builder.incremental.memo import CacheFile, CacheWriter, CorruptCache, encode
from builder.incremental.memo.packs import decode
from builder.incremental.small_files import STATE_FOLDER, make, mapped, replacing
from builder.model import Document

MOST_PACKS = 16
"""Number of packs from which they are rewritten as one."""

_DOCUMENTS = "documents"


class ParseCache:
    """The documents of earlier runs below one root."""

    def __init__(self, root: Path) -> None:
        self._folder = root / STATE_FOLDER / "parsed"
        self._own = self._folder / toolchain.digest()
        self._known: dict[bytes, Any] = {}
        """Key of a document → a function that returns it packed."""
        self._packs: list[str] = []
        self._files: dict[str, CacheFile] = {}
        """The packs by name."""
        self._used: set[bytes] = set()
        with contextlib.suppress(OSError):
            for name in sorted(pack.name for pack in self._own.iterdir()):
                if name.endswith(".pack"):
                    self._take(name)
        self._many = len(self._packs) >= MOST_PACKS

    def recall(self, texts: Sequence[tuple[str, bytes]]) -> tuple[Document | None, ...]:
        """Return the document of each content file; None for one that was never parsed."""
        return tuple(self.document(key_of(path, data)) for path, data in texts)

    def document(self, key: bytes, *, keep: bool = True) -> Document | None:
        """Return the document of a content file by its key; None if there is none, or it is damaged. With `keep` it stays in the cache."""
        raw = self._known.get(key)
        if raw is None:
            return None
        try:
            document: Document = decode(raw(key), Document)
        except CorruptCache:
            del self._known[key]
            return None
        if keep:
            self._used.add(key)
        return document

    def knows(self, path: str, data: bytes) -> bool:
        """Return whether the document of a content file is cached; if so, it stays in the cache."""
        return self.use(key_of(path, data))

    def use(self, key: bytes) -> bool:
        """Return whether there is a document of this key; if so, it stays in the cache."""
        if key not in self._known:
            return False
        self._used.add(key)
        return True

    def learn(self, read: Iterable[tuple[str, bytes, Document]]) -> None:
        """Store documents that were just parsed, packed one by one: all of them together take as much memory as the rest of a large site.

        An error of the disk is ignored: it costs the next run time.
        """
        documents = {key_of(path, data): document for path, data, document in read}
        if documents:
            with contextlib.suppress(OSError):
                self._write(documents, map(encode, documents.values()))

    def save(self) -> None:
        """Join the packs into one if they are many, or much of them is stale. An error of the disk is ignored."""
        stale = len(self._known) > 2 * len(self._used) + 100
        if self._many or stale:
            with contextlib.suppress(OSError):
                self._rewrite()
                self._many = False
        with contextlib.suppress(OSError):
            self._erase()

    def _erase(self) -> None:
        """Write zeros over documents that are not used any more: a draft that was deleted, or words that were taken back, must not stay here."""
        if self._known.keys() <= self._used:
            return
        for name, pack in self._files.items():
            unused = [byte_range for key, byte_range in pack.byte_ranges(_DOCUMENTS, bytes).items() if key not in self._used]
            if unused:
                with (self._own / name).open("r+b") as stream:
                    for begin, end in unused:
                        stream.seek(begin)
                        stream.write(bytes(end - begin))
        self._known = {key: raw for key, raw in self._known.items() if key in self._used}

    def _rewrite(self) -> None:
        kept = {}
        for key in self._used:
            with contextlib.suppress(CorruptCache, KeyError):
                kept[key] = bytes(self._known[key](key))
        old = list(self._packs)
        self._write(kept, kept.values())
        self._packs = self._packs[len(old) :]
        for pack in old:
            self._files.pop(pack, None)
            (self._own / pack).unlink(missing_ok=True)

    def _write(self, keys: Mapping[bytes, object], packed: Iterable[bytes]) -> None:
        """Write a pack, and record its contents."""
        make(self._own)
        name = f"{1 + max(map(_number, self._packs), default=0):06}-{os.getpid()}.pack"
        with replacing(self._own / name) as stream:
            writer = CacheWriter(stream.write)
            writer.all(_DOCUMENTS, keys, packed)
            writer.end()
        self._take(name)
        self._used.update(keys)
        for other in self._folder.iterdir():  # what other versions left
            if other.name != self._own.name:
                shutil.rmtree(other, ignore_errors=True)

    def _take(self, name: str) -> None:
        self._packs.append(name)
        with contextlib.suppress(CorruptCache, OSError):
            pack = CacheFile([mapped(self._own / name)])
            self._known.update(dict.fromkeys(pack.order(_DOCUMENTS, bytes), pack.raw(_DOCUMENTS, bytes)))
            self._files[name] = pack


def key_of(path: str, data: bytes) -> bytes:
    """Return the key of a content file: a digest of its path and its bytes."""
    return blake2b(data, digest_size=16, salt=b"file", person=blake2b(path.encode(), digest_size=16).digest()).digest()


def _number(pack: str) -> int:
    return int(pack.partition("-")[0]) if pack[:1].isdigit() else 0
