"""The pictures that records have and texts show: how large each is, and which of them cannot be shown in sizes."""

import importlib.util
import io
from collections.abc import Iterable, Mapping
from operator import attrgetter
from pathlib import Path

import msgspec

from builder.checks.published_site import LinksOfText
from builder.content import image_metadata
from builder.diagnostics import WARNING, Diagnostic, Location
from builder.i18n.patterns import late
from builder.incremental.digests import digest
from builder.incremental.memo import Memory
from builder.model import Image, Picture, Shown, Site, location_of
from builder.pages import pictures

_DRAWN = ".svg"
_WHOLE = (_DRAWN, ".gif")
"""How the names of pictures end that are shown as they are: a drawing has every size, and a moving one would stand still."""

SiteAndProblems = tuple[Site, tuple[Diagnostic, ...]]
"""A Site, and the problems found when it was linked."""

_TURNED = frozenset({5, 6, 7, 8})
"""Values of Exif's orientation that swap width and height."""


def with_pictures(
    linked: SiteAndProblems, texts: Iterable[LinksOfText], root: Path, copies: Mapping[str, str], memory: Memory
) -> SiteAndProblems:
    """Return a Site with the pictures that its records have and its texts show, and its problems with theirs.

    `texts` are its `texts_with_links`, `copies` the files that are copied as they are, by path in the output. That one is missing is reported with the
    links that lead nowhere.
    """
    site, found_problems = linked
    wanted: dict[str, list[tuple[str, Location]]] = {}
    for kind, records in (("wide", site.explainers), ("portrait", site.actors)):
        named = memory.map_values(f"pictures: {kind}", records, attrgetter("image"), Image | None)
        for key in memory.keys_with_values(f"records with a picture: {kind}", named):
            image = named[key]
            assert image is not None
            wanted.setdefault(pictures.published(site, image), []).append((kind, image.location))
    for file, hrefs in texts:
        for href in hrefs:
            if isinstance(href, Shown):
                wanted.setdefault(pictures.shown(site, href.target, file), []).append(("shown", location_of(href, file)))
    problems: list[Diagnostic] = []
    found: dict[str, Picture] = {}
    drawn = importlib.util.find_spec("PIL") is not None
    for path in sorted(path for path in wanted if path in copies):
        kinds = {kind for kind, _ in wanted[path]}
        location = wanted[path][0][1]
        try:
            data = image_metadata.bare((root / copies[path]).read_bytes())
        except OSError:
            continue  # reported when it is copied
        size, whole = (0, 0), path.lower().endswith(_WHOLE)
        if path.lower().endswith(_DRAWN):
            size = _size_of_drawing(data)
        elif drawn:
            size, problem = _size(data, location)
            if problem is not None and not whole:
                # What a text alone shows is shown as it is.
                problems.append(msgspec.structs.replace(problem, severity=WARNING) if kinds == {"shown"} else problem)
        found[path] = Picture(
            copies[path], digest(data), *size, wide=not kinds.isdisjoint({"wide", "shown"}), portrait="portrait" in kinds, whole=whole
        )
    if not drawn and (
        large := [path for path, picture in found.items() if not picture.whole and {kind for kind, _ in wanted[path]} != {"shown"}]
    ):
        problems.append(_without_library(wanted[large[0]][0][1]))
    steady = memory.backdate("pictures of the site", found, Picture)
    return (msgspec.structs.replace(site, pictures=steady) if steady else site), (*found_problems, *problems)


def _size(data: bytes, location: Location) -> tuple[tuple[int, int], Diagnostic | None]:
    """Return width and height of a picture, the right way up; zeros and a problem where it cannot be read."""
    from PIL import Image as Pillow  # late: a site without pictures needs none

    try:
        with Pillow.open(io.BytesIO(data)) as opened:
            width, height = opened.size
            if opened.getexif().get(0x0112) in _TURNED:
                width, height = height, width
            return (width, height), None
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError):
        problem = Diagnostic(
            "picture-unreadable",
            "This picture cannot be read, so no sizes of it are made.",
            location,
            help="Open it in a program for pictures, and save it again as JPEG or PNG.",
        )
        return (0, 0), problem


_ROOT = late(rb"<svg\b[^>]*>")
_LENGTH = late(rb"""\s(width|height)\s*=\s*["']\s*([\d.]+)(?:px)?\s*["']""")
_VIEW_BOX = late(rb"""\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']""")


def _size_of_drawing(data: bytes) -> tuple[int, int]:
    """Return width and height of an SVG, as its first element says; zeros where it does not say."""
    root = _ROOT.search(data[:65536])
    if root is None:
        return (0, 0)
    lengths = dict(_LENGTH.findall(root[0]))
    box = _VIEW_BOX.search(root[0])
    pair = (lengths[b"width"], lengths[b"height"]) if len(lengths) == 2 else box.groups() if box is not None else ()
    try:
        width, height = (round(float(value)) for value in pair)
    except ValueError:
        return (0, 0)
    return (width, height) if width and height else (0, 0)


def _without_library(location: Location) -> Diagnostic:
    return Diagnostic(
        "pictures-whole",
        "Pictures are published in their full size only, since the library that makes smaller ones is not installed.",
        location,
        help="Install it with Backstory: pip install 'backstory[images]'.",
        severity=WARNING,
    )
