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
from typing import Any

from builder.incremental import toolchain
from builder.incremental.small_files import recall, remember

_DIGEST = 16


def recall_code(name: str, language: str, source: str) -> CodeType | None:
    """Return the stored code of one of our templates in one language; None if there is none of this source and toolchain."""
    code = unsealed(source, recall(_file(name, language)))
    return code if isinstance(code, CodeType) else None


def remember_code(name: str, language: str, source: str, code: CodeType) -> None:
    """Keep the code of a template of ours, if Python may keep that of modules. An error of the disk costs the next run time."""
    if not sys.dont_write_bytecode:
        with contextlib.suppress(ValueError):  # what marshal does not know
            data = marshal.dumps(code)
            remember(_file(name, language), sealed(source, data))


def _file(name: str, language: str) -> Path:
    # What a filter makes of a constant is worked out when it is compiled, and may be a number in one's language.
    beside = Path(importlib.util.cache_from_source(str(Path(__file__).parents[1] / "render" / "templates.py")))
    return beside.with_suffix("") / f"{name.replace('/', '.')}.{language}"


def sealed(source: str, data: bytes) -> bytes:
    """Return what is to be kept of a source, behind a digest of both and of the toolchain, which shows what is stale or damaged."""
    made_by = f"{toolchain.digest()}\0{sys.version}\0{source}\0".encode()
    return blake2b(made_by + data, digest_size=_DIGEST).digest() + data


def unsealed(source: str, found: bytes | None) -> Any:
    """Return the value that was kept of a source, packed by `marshal`; None if there is none of this source and toolchain."""
    data = found[_DIGEST:] if found is not None else b""
    return marshal.loads(data) if data and sealed(source, data) == found else None  # noqa: S302 - from where Python takes our modules
