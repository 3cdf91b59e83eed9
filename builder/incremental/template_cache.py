"""Our own templates as Python code, kept beside our own modules as Python code: in `__pycache__`, with the same rights and the same trust.

A site's own templates are not kept: what is run must not come from a folder that others may write to. As with Python's own, losing all of it costs time alone,
`PYTHONDONTWRITEBYTECODE` keeps it from being written and `PYTHONPYCACHEPREFIX` has it elsewhere.
"""

import contextlib
import importlib.util
import marshal
import sys
from hashlib import blake2b
from pathlib import Path
from types import CodeType

from builder.incremental import toolchain
from builder.incremental.small_files import recall, remember

_DIGEST = 16


def recall_code(name: str, language: str, source: str) -> CodeType | None:
    """Return the stored code of one of our templates in one language; None if there is none of this source and toolchain."""
    data = recall(_file(name, language))
    if data is None or _seal(source, data[_DIGEST:]) != data[:_DIGEST]:
        return None
    code = marshal.loads(data[_DIGEST:])  # noqa: S302 - from where Python takes our modules
    return code if isinstance(code, CodeType) else None


def remember_code(name: str, language: str, source: str, code: CodeType) -> None:
    """Keep the code of a template of ours, if Python may keep that of modules. An error of the disk costs the next run time."""
    if not sys.dont_write_bytecode:
        with contextlib.suppress(ValueError):  # what marshal does not know
            data = marshal.dumps(code)
            remember(_file(name, language), _seal(source, data) + data)


def _file(name: str, language: str) -> Path:
    # What a filter makes of a constant is worked out when it is compiled, and may be a number in one's language.
    beside = Path(importlib.util.cache_from_source(str(Path(__file__).parents[1] / "render" / "templates.py")))
    return beside.with_suffix("") / f"{name.replace('/', '.')}.{language}"


def _seal(source: str, data: bytes) -> bytes:
    """Return a digest of code, its source and the toolchain, which shows stale and damaged code."""
    made_by = f"{toolchain.digest()}\0{sys.version}\0{source}\0".encode()
    return blake2b(made_by + data, digest_size=_DIGEST).digest()
