"""What the steps of the last run made, for a run that is given nearly the same.

A preview walks the whole road at every save, a build at every start, and one file has changed. A pure step that is given what it was given before makes what it made before,
so it need not run; and what comes out equal *is* the old object, so that the next step sees at a glance that nothing came its way.
An empty memory changes nothing but the time it takes.

A memory can be filed away at the end of one process (`file`) and taken up by the next (a `CacheFile`). What a step made is then unpacked when somebody looks at it, or,
where it follows at once from what it was given (`DERIVED`), made again: a build after an edit looks at a few records of thousands.
"""

from builder.incremental.memo.carried import DERIVED, Answered, Token
from builder.incremental.memo.lazy_maps import LazyMap, alike_keys, changed_keys, same, updated
from builder.incremental.memo.packs import CacheFile, CacheWriter, CorruptCache, encode
from builder.incremental.memo.steps import MapChange, Memory, Pairs

__all__ = [
    "DERIVED",
    "Answered",
    "CacheFile",
    "CacheWriter",
    "CorruptCache",
    "LazyMap",
    "MapChange",
    "Memory",
    "Pairs",
    "Token",
    "alike_keys",
    "changed_keys",
    "encode",
    "same",
    "updated",
]
