"""Digests of bytes, by which files and views are compared."""

from collections.abc import Iterable
from hashlib import blake2b


def digest(data: bytes | Iterable[bytes]) -> str:
    """Return a short digest of bytes, whole or in pieces: 96 bits, so that no two pages of any site share one by chance."""
    if isinstance(data, bytes):
        return blake2b(data, digest_size=12).hexdigest()
    found = blake2b(digest_size=12)
    for piece in data:
        found.update(piece)
    return found.hexdigest()
