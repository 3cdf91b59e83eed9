"""The results of the steps of the last run, for a run with nearly the same inputs.

A preview runs all steps at every save, a build at every start, and one file has changed. A pure step with the inputs of the last run has its result too,
so it need not run; and an equal result *is* the old object, so that the next step sees at once that its input has not changed.
An empty memory changes nothing but the time it takes.

A memory can be written at the end of one process (`PersistentMemory.write_cache`) and loaded by the next (a `CacheFile`). A result is then unpacked on access, or,
if it follows at once from the inputs (`DERIVED`), computed again: a build after an edit reads a few records of thousands.
"""

from builder.incremental.memo.lazy_maps import LazyMap, alike_keys, changed_keys, same, updated
from builder.incremental.memo.packs import CacheFile, CacheWriter, CorruptCache, encode
from builder.incremental.memo.persistent import DERIVED
from builder.incremental.memo.steps import MapChange, Memory, Pairs

__all__ = [
    "DERIVED",
    "CacheFile",
    "CacheWriter",
    "CorruptCache",
    "LazyMap",
    "MapChange",
    "Memory",
    "Pairs",
    "alike_keys",
    "changed_keys",
    "encode",
    "same",
    "updated",
]
