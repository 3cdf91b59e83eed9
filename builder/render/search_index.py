"""The index that readers search in the browser: written by Pagefind from the records of the site, the same bytes for the same records.

    records ─▶ a small page each, in a folder that goes away ─▶ pagefind ─▶ the files to publish below `pagefind/`

Pagefind comes with the extra `search`. What it wrote is kept below `.backstory/`, so that a build in which no record changes need not run it.
"""

import contextlib
import importlib.util
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

from builder import output as output_files
from builder.content.mentions import search_text_of
from builder.i18n.tags import language_code
from builder.incremental import small_files, toolchain
from builder.incremental.digests import digest
from builder.pages.search_records import SearchRecord

FOLDER = "pagefind/"
"""Where the index is in the output."""

ENTRY = "pagefind/pagefind-entry.json"

FILTERS = "pagefind/filters.json"
"""What narrows a search. Pagefind has filters of its own, but writes them in another order at each run; these are the same every time."""

_KEPT = "search.pack"
_DIGEST = 16
_ENCODE = msgspec.msgpack.Encoder().encode
_PATIENCE = 600
"""Seconds after which Pagefind is taken to hang: it reads some thousand records a second."""

_WANTED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_ENDINGS = (".pf_meta", ".pf_fragment", ".pf_index", ".pagefind")
"""What a search needs; the page around it is our own."""


_WORDLESS = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body data-pagefind-body>\ua66e</body></html>'.encode()
"""A page for a site in which nothing can be found yet: Pagefind makes no index without a word. This letter nobody looks for, and what is of no kind is not shown."""


class SearchProblem(output_files.OutputProblem):
    """The index cannot be made; says why, and what to do."""


class _Fragment(msgspec.Struct, frozen=True):
    meta: dict[str, str]


class _Kept(msgspec.Struct, frozen=True):
    of: str
    files: dict[str, bytes]


def index(records: Iterable[SearchRecord], language: str, root: Path, *, keep: bool) -> Mapping[str, bytes]:
    """Return the files of the search index by their path in the output.

    `root` is the folder of the site, from which the last index is reused, and to which this one is saved if `keep`. Raises `SearchProblem` if Pagefind is missing or fails.
    """
    program = _program()
    records = tuple(records)
    pages = {f"{digest(record.path.encode())}.html": _page(record, language) for record in records}
    if not any(char.isalnum() for record in records for char in record.title + record.text):
        pages["none.html"] = _WORDLESS
    filters = {record.path: record.filters for record in records}
    of = digest(part for name in sorted(pages) for part in (name.encode(), pages[name]))
    of = digest(_ENCODE((of, toolchain.digest(), sorted(filters.items()))))
    store = root / small_files.STATE_FOLDER / _KEPT
    kept = _recall(store) if keep else None
    if kept is not None and kept.of == of:
        return kept.files
    made = run_pagefind(program, pages, language)
    made[FILTERS] = _filters(made, filters)
    if keep:
        small_files.remember(store, _sealed(_ENCODE(_Kept(of, made))))
    return made


def _program() -> Path:
    """Return where Pagefind is."""
    found = importlib.util.find_spec("pagefind_bin")
    for folder in found.submodule_search_locations or () if found is not None else ():
        for name in ("pagefind", "pagefind.exe"):
            path = Path(folder) / name
            if path.is_file():
                return path
    message = (
        "content/site.yaml has “search: yes”, which needs Pagefind, and Pagefind is not installed here. "
        "Install it with: pip install 'backstory[search]' – or write “search: no”. Nothing was written."
    )
    raise SearchProblem(message)


def _page(record: SearchRecord, language: str) -> bytes:
    """Return a record as the page that Pagefind reads."""
    import html

    metadata = {"path": record.path, "kind": record.kind, "note": record.note}
    lines = [f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(value)}">' for name, value in metadata.items() if value]
    title = search_text_of(record.title)
    heading = '<h1 data-pagefind-meta="title">'
    if title != record.title:
        lines.append(f'<meta data-pagefind-meta="title[content]" content="{html.escape(record.title)}">')
        heading = "<h1>"
    return (
        f'<!DOCTYPE html><html lang="{html.escape(language)}"><head><meta charset="utf-8">{"".join(lines)}</head><body data-pagefind-body>'
        f"{heading}{html.escape(title)}</h1><p>{html.escape(search_text_of(record.text))}</p></body></html>"
    ).encode()


def _filters(made: Mapping[str, bytes], filters: Mapping[str, tuple[tuple[str, str], ...]]) -> bytes:
    """Return, by filter and value, the numbers of the records that have it; `ids` are the records as Pagefind calls them."""
    import gzip

    ids: list[str] = []
    found: dict[str, dict[str, list[int]]] = {}
    for path in sorted(made):
        if path.endswith(".pf_fragment"):
            # A fragment is JSON behind a word that says what it is.
            data = gzip.decompress(made[path])
            fragment = msgspec.json.decode(data[data.index(b"{") :], type=_Fragment)
            for name, value in filters.get(fragment.meta.get("path", ""), ()):
                found.setdefault(name, {}).setdefault(value, []).append(len(ids))
            ids.append(path.rpartition("/")[2].removesuffix(".pf_fragment"))
    return msgspec.json.encode({"ids": ids, "filters": found}, order="deterministic")


def run_pagefind(program: Path, pages: Mapping[str, bytes], language: str) -> dict[str, bytes]:
    """Return the files of the index that Pagefind makes of pages. Raises `SearchProblem`."""
    # Late: most builds change no record, and run nothing.
    import subprocess
    import tempfile

    try:
        with tempfile.TemporaryDirectory(prefix="backstory-search-") as folder:
            return _indexed(program, pages, language, Path(folder))
    except (OSError, subprocess.TimeoutExpired) as error:
        # Where the disk is full it does not say which; it is the one for passing files then.
        where = f" in {tempfile.tempdir}" if isinstance(error, OSError) and not error.filename else ""
        message = f"Pagefind could not make the search index{where}: {error}. Nothing was written."
        raise SearchProblem(message) from error


def _indexed(program: Path, pages: Mapping[str, bytes], language: str, folder: Path) -> dict[str, bytes]:
    import subprocess

    site, output = folder / "site", folder / "index"
    site.mkdir()
    for name, page in pages.items():
        (site / name).write_bytes(page)
    short = language_code(language)
    command: list[str | Path] = [program, "--silent", "--site", site, "--output-path", output, "--force-language", short]
    ran = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False, cwd=folder, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program, with names of our own
    if ran.returncode:
        said = (ran.stderr or ran.stdout).decode("utf-8", "replace").strip()[-500:]
        message = f"Pagefind could not make the search index: {said or f'it ended with {ran.returncode}'}. Nothing was written."
        raise SearchProblem(message)
    found = sorted(path for path in output.rglob("*") if path.is_file() and (path.name in _WANTED or path.suffix in _ENDINGS))
    return {FOLDER + path.relative_to(output).as_posix(): path.read_bytes() for path in found}


def _recall(store: Path) -> _Kept | None:
    data = small_files.recall(store)
    if data is not None and _sealed(data[:-_DIGEST]) == data:
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
            return msgspec.msgpack.decode(data[:-_DIGEST], type=_Kept)
    return None


def _sealed(data: bytes) -> bytes:
    return data + blake2b(data, digest_size=_DIGEST).digest()
