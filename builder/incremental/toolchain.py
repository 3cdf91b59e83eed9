"""The toolchain: our own code, Python, and the libraries that decide on the bytes of a page.

One digest of all of it is in the key of everything that is kept between builds and in the manifest of an output folder,
so after an upgrade of any of them a build is the clean one. It is loaded at every start, so it imports little.
"""

import os
import sys

TYPE_CHECKING = False  # as mypy knows it; `typing` is slow to load
if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARIES = (
    "budoux",
    "charset-normalizer",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "mdurl",
    "msgspec",
    "opencc",
    "pagefind-bin",
    "pillow",
    "python-calamine",
    "pyyaml",
)
"""Libraries that decide on the bytes of a page, an image or the search index, or on the problems of a text, also as readers of the tables in `content/tables/`, and what these depend on; by normalised name (PEP 503)."""

_INFO = (".dist-info", ".egg-info")
_SOURCES = (".py", ".json")
known_digest = ""


def libraries() -> list[list[str]]:
    """Return, for each folder of `sys.path`, the folders and files in it that name an installed release: `jinja2-3.1.6.dist-info`.

    Only names are read: `importlib.metadata` takes longer to load than a small build.
    """
    return [sorted(name for name in _names(path) if name.endswith(_INFO)) for path in sys.path]


def versions() -> "dict[str, str]":
    """Return what decides on the bytes of a page by its name: a digest of our code, and the versions of Python and of `LIBRARIES`, "" for one that is not installed."""
    found = {"Backstory": code_digest(), "Python": sys.version.partition(" ")[0]}
    installed: dict[str, str] = {}
    for folder in libraries():
        for entry in folder:
            name, _, rest = entry.partition("-")
            # The first on the path is the one that is imported. An egg's name goes on with the Python that it is for.
            installed.setdefault(name.lower().replace("_", "-").replace(".", "-"), rest.rpartition(".")[0].partition("-py")[0])
    return {**found, **{name: installed.get(name, "") for name in LIBRARIES}}


def digest() -> str:
    """Return a digest of `versions`, the same for the same code and versions on any machine: 16 hexadecimal digits."""
    global known_digest  # noqa: PLW0603 - what is loaded does not change while the process runs
    if not known_digest:
        from hashlib import blake2b  # late: a start that finds nothing changed needs none

        listed = "\0".join(f"{name} {version}" for name, version in versions().items())
        known_digest = blake2b(listed.encode(), digest_size=8).hexdigest()
    return known_digest


def with_plugins(plugins: str) -> str:
    """Return the digest with that of a site's plugins; `digest` itself if there are none."""
    if not plugins:
        return digest()
    from hashlib import blake2b

    return blake2b(f"{digest()}\0{plugins}".encode(), digest_size=8).hexdigest()


def code_digest() -> str:
    """Return a digest of our own code and the catalogues of languages: of the path and the content of each file."""
    return digest_of_code(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def digest_of_code(folder: str) -> str:
    """Return a digest of the Python files in a folder."""
    from hashlib import blake2b
    from zlib import adler32, crc32

    found = blake2b(digest_size=8)
    for path in sorted(_files(folder)):
        with open(path, "rb", buffering=0) as stream:
            data = stream.read()
        # Two checksums, a fourth of what a digest takes: all of it is read at each start.
        found.update(f"{path[len(folder) + 1 :]}\0{len(data)} {crc32(data)} {adler32(data)}\0".encode(errors="surrogateescape"))
    return found.hexdigest()


def _files(folder: str) -> "Iterator[str]":
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:
        return
    for entry in found:
        if entry.name.endswith(_SOURCES):
            yield f"{folder}/{entry.name}"
        elif entry.is_dir():
            yield from _files(f"{folder}/{entry.name}")


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")
    except OSError:  # what stands on the path need not be there
        return []
