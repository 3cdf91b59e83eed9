"""Suggestions for links that lead to nothing."""

import functools
import posixpath
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from builder import urls
from builder.content import image_metadata
from builder.diagnostics import Advice, nearest, proposed

_OUTSIDE = re.compile(
    r"(?:www\.[\w-]+\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|int|info|eu|uk|de|at|ch|fr|us|ca|au)(?:[/?#]|$))", re.IGNORECASE
)


class LinkSuggestions:
    """Suggests targets. The index is made at the first use."""

    def __init__(self, known: Iterable[str], addresses: Mapping[str, str]) -> None:
        """`known` are the files of the output, `addresses` maps content files to their pages."""
        self._known, self._addresses = known, addresses

    def of(self, target: str, file: str, path: str) -> Advice:
        """Return what to write instead of the link `target` in the content file `file`, which leads to `path` from the site's root; "" where unknown."""
        if _OUTSIDE.match(target):
            return Advice(f"The address of another site begins with https://: write https://{target}.")
        if near := self._of_signs(target, path):
            return Advice(near)
        if near := self._outputs.near(f"/{path}"):
            return Advice(proposed(f"/{path}", near), near)
        if path.endswith((".md", ".markdown")):
            found = self._content.near(path)
            if not found:
                return Advice("Write where the file lies, seen from this one, such as ../pages/method.md.")
            there = posixpath.relpath(f"/{self._files[found]}", f"/{posixpath.dirname(file)}")
            return Advice(proposed(path, found, there), there)
        if path.lower().endswith((*image_metadata.SUFFIXES, ".svg", ".gif", ".pdf")):
            name = target.rpartition("/")[2]
            return Advice(
                f"Put the file into content/static/ and write /{name}; or beside an explainer’s index.md in a folder of its own, and write {name}."
            )
        return Advice()

    def _of_signs(self, target: str, path: str) -> str:
        """Return help for a file whose name has characters with a meaning in addresses: `press%20photo.png`, `a#b.png`, `c?.png`."""
        above, name = path.rpartition("/")[0], target.rpartition("/")[2]
        for literal in dict.fromkeys((quote(name, safe=""), quote(name), urls.file_of(name), name)):
            if literal and (f"{above}/{literal}" if above else literal) in self._known:
                plain = re.sub(r"[%#?\s]+", "-", unquote(literal))
                return f"The file’s own name is “{literal}”, and “%”, “#” and “?” mean something else in an address. Rename it to {plain}; or write {quote(literal)}."
        return ""

    def near(self, path: str) -> Advice:
        """Return “Did you mean …?” with the path of a page or file of the site that is near to one, if there is one."""
        found = self._outputs.near(path)
        return Advice(proposed(path, found), found)

    @functools.cached_property
    def _outputs(self) -> "_Paths":
        return _Paths(f"/{name.removesuffix('index.html')}" for name in self._known)

    @functools.cached_property
    def _files(self) -> Mapping[str, str]:
        """Content files by the path that a copy would have, so that links to files are recognised."""
        return {urls.copied_path(file): file for file in self._addresses}

    @functools.cached_property
    def _content(self) -> "_Paths":
        return _Paths(self._files)


class _Paths:
    """Paths, indexed by name and by folder."""

    def __init__(self, known: Iterable[str]) -> None:
        self._named: dict[str, list[str]] = {}
        self._beside: dict[str, dict[str, str]] = {}
        for path in known:
            above, name = _apart(path)
            if name:
                self._named.setdefault(urls.alike(name), []).append(path)
                self._beside.setdefault(above, {})[name] = path

    def near(self, path: str) -> str:
        """Return a path with the same name, or one in the same folder with a similar name; "" if there is none.

        Similar folders do not count.
        """
        above, name = _apart(path)
        if same := self._named.get(urls.alike(name)):
            return nearest(path, same) or min(same)
        beside = self._beside.get(above, {})
        return beside[found] if name and (found := nearest(name, beside, alike=0.75)) else ""


def _apart(path: str) -> tuple[str, str]:
    above, _, name = path.rstrip("/").rpartition("/")
    return above, name
