"""What a link that leads to nothing was most likely meant to lead to."""

import posixpath
import re
from collections.abc import Iterable, Mapping

from builder import images, urls
from builder.diagnostics import did_you_mean, meant

_OUTSIDE = re.compile(
    r"(?:www\.[\w-]+\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|int|info|eu|uk|de|at|ch|fr|us|ca|au)(?:[/?#]|$))", re.IGNORECASE
)


def hint(target: str, file: str, path: str, known: Iterable[str], addresses: Mapping[str, str]) -> str:
    """Say what to write instead of the link `target` in the content file `file`, which leads to `path` from the site's root; "" where nobody can know.

    `known` are the files of the output, `addresses` the pages of content files.
    """
    if _OUTSIDE.match(target):
        return f"The address of another site begins with https://: write https://{target}."
    if near := near_path(f"/{path}", (f"/{name.removesuffix('index.html')}" for name in known)):
        return near
    if path.endswith((".md", ".markdown")):
        files = {urls.copied(one): posixpath.relpath(f"/{one}", f"/{posixpath.dirname(file)}") for one in addresses}
        near = near_path(path, files)
        word = meant(near)
        return f"Did you mean “{files[word]}”?" if word else "Write where the file lies, seen from this one, such as ../pages/method.md."
    if path.lower().endswith((*images.SUFFIXES, ".svg", ".gif", ".pdf")):
        name = target.rpartition("/")[2]
        return f"Put the file into content/static/ and write /{name}; or beside an explainer’s index.md in a folder of its own, and write {name}."
    return ""


def near_path(path: str, known: Iterable[str]) -> str:
    """Return “Did you mean …?” with a path that ends in the same name, or beside it in one that is spelt alike; "" where there is none.

    What two paths share before their names says nothing of what was meant.
    """
    above, name = _apart(path)
    same: list[str] = []
    beside: dict[str, str] = {}
    for other in known:
        where, last = _apart(other)
        if last and urls.alike(last) == urls.alike(name):
            same.append(other)
        elif last and where == above:
            beside[last] = other
    if same:
        return did_you_mean(path, same) or f"Did you mean “{min(same)}”?"
    near = did_you_mean(name, beside, alike=0.75) if name else ""
    return f"Did you mean “{beside[word]}”?" if (word := meant(near)) else ""


def _apart(path: str) -> tuple[str, str]:
    above, _, name = path.rstrip("/").rpartition("/")
    return above, name
