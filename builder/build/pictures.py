"""The pictures that records have: how large each is, and which of them cannot be shown in sizes."""

import importlib.util
import io
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path

import msgspec

from builder.content import image_metadata
from builder.diagnostics import WARNING, Diagnostic, Place
from builder.incremental.digests import digest
from builder.incremental.memo import Memory
from builder.model import Image, Picture, Site
from builder.pages import pictures

_WHOLE = (".svg", ".gif")
"""How the names of pictures end that are shown as they are: a drawing has every size, and a moving one would stand still."""

Linked = tuple[Site, tuple[Diagnostic, ...]]
"""A Site, and the problems found when it was linked."""

_TURNED = frozenset({5, 6, 7, 8})
"""Values of Exif's orientation that swap width and height."""


def with_pictures(linked: Linked, root: Path, copies: Mapping[str, str], memory: Memory) -> Linked:
    """Return a Site with the pictures that its records have, and its problems with theirs.

    `copies` are the files that are copied as they are, by path in the output. That one is missing is told with the links that lead nowhere.
    """
    site, told = linked
    wanted: dict[str, list[tuple[str, Image]]] = {}
    for kind, records in (("lead", site.explainers), ("portrait", site.actors)):
        named = memory.map_values(f"pictures: {kind}", records, attrgetter("image"), Image | None)
        for key in memory.keys_with_values(f"records with a picture: {kind}", named):
            image = named[key]
            assert image is not None
            wanted.setdefault(pictures.published(site, image), []).append((kind, image))
    problems: list[Diagnostic] = []
    found: dict[str, Picture] = {}
    drawn = importlib.util.find_spec("PIL") is not None
    for path in sorted(path for path in wanted if path in copies):
        kinds = {kind for kind, _ in wanted[path]}
        place = wanted[path][0][1].place
        try:
            data = image_metadata.bare((root / copies[path]).read_bytes())
        except OSError:
            continue  # whoever copies it tells that
        size = (0, 0)
        if drawn and not path.lower().endswith(_WHOLE):
            size, problem = _size(data, place)
            problems += [problem] if problem is not None else []
        found[path] = Picture(copies[path], digest(data), *size, lead="lead" in kinds, portrait="portrait" in kinds)
    if not drawn and (whole := [path for path in found if not path.lower().endswith(_WHOLE)]):
        problems.append(_without_library(wanted[whole[0]][0][1].place))
    steady = memory.backdate("pictures of the site", found, Picture)
    return (msgspec.structs.replace(site, pictures=steady) if steady else site), (*told, *problems)


def _size(data: bytes, place: Place) -> tuple[tuple[int, int], Diagnostic | None]:
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
            place,
            help="Open it in a program for pictures, and save it again as JPEG or PNG.",
        )
        return (0, 0), problem


def _without_library(place: Place) -> Diagnostic:
    return Diagnostic(
        "pictures-whole",
        "Pictures are published in their full size only, since the library that makes smaller ones is not installed.",
        place,
        help="Install it with Backstory: pip install 'backstory[images]'.",
        severity=WARNING,
    )
