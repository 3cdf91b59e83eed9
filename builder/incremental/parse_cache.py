"""The documents parsed from content files in earlier runs: parsing is most of a build, and an unchanged file has the same document.

A document is found by a digest of its path and bytes, in the store of one toolchain, so a stale one is never used. All outputs share them, and so do commands without an output.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from builder.incremental.memo import CorruptCache, Memory, updated
from builder.incremental.store import Store
from builder.model import Document

_DOCUMENTS = "documents"


class ParseCache:
    """The documents of earlier runs below one root."""

    def __init__(self, root: Path) -> None:
        self._store = Store(root, _DOCUMENTS)
        self._used: set[bytes] = set()
        self._lost: set[bytes] = set()
        self._learned: dict[bytes, Document] = {}
        self._known: Mapping[bytes, Document]
        try:
            self._memory = Memory(self._store.cache_file)
            self._known = self._memory.load(_DOCUMENTS, Document, bytes) or {}
        except CorruptCache:
            self._memory, self._known = Memory(), {}

    def recall(self, texts: Sequence[tuple[str, bytes]]) -> tuple[Document | None, ...]:
        """Return the document of each content file; None for one that was never parsed."""
        return tuple(self.document(key_of(path, data)) for path, data in texts)

    def document(self, key: bytes, *, keep: bool = True) -> Document | None:
        """Return the document of a content file by its key; None if there is none, or it is damaged. With `keep` it stays in the cache."""
        try:
            found = self._learned.get(key) or (self._known[key] if self._is_known(key) else None)
        except CorruptCache:
            self._lost.add(key)
            return None
        if keep and found is not None:
            self._used.add(key)
        return found

    def knows(self, path: str, data: bytes) -> bool:
        """Return whether the document of a content file is cached; if so, it stays in the cache."""
        return self.use(key_of(path, data))

    def use(self, key: bytes) -> bool:
        """Return whether there is a document of this key; if so, it stays in the cache."""
        if key not in self._learned and not self._is_known(key):
            return False
        self._used.add(key)
        return True

    def _is_known(self, key: bytes) -> bool:
        return key in self._known and key not in self._lost

    def learn(self, read: Iterable[tuple[str, bytes, Document]]) -> None:
        """Take documents that were just parsed, for `save`."""
        self._learned.update((key_of(path, data), document) for path, data, document in read)

    def save(self) -> None:
        """Store the new documents, and delete those that were not used: a draft that was deleted, or words that were taken back, must not stay. An error of the disk is ignored."""
        kept = dict.fromkeys((*(key for key in self._known if key in self._used), *self._learned))
        unused = [key for key in self._known if key not in kept]
        if self._learned or unused:
            self._memory.store(_DOCUMENTS, updated(self._known, kept, self._learned), Document, bytes)
            try:
                self._store.store(self._memory)
                self._store.erase(_DOCUMENTS, bytes, unused)
            except CorruptCache:
                self._store.delete()


def key_of(path: str, data: bytes) -> bytes:
    """Return the key of a content file: a digest of its path and its bytes."""
    return blake2b(data, digest_size=16, salt=b"file", person=blake2b(path.encode(), digest_size=16).digest()).digest()
