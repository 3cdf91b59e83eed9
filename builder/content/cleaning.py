"""Copied files as they are published: pictures without place and device, stylesheets joined and without comments."""

from collections.abc import Container, Mapping
from pathlib import Path

from builder.content import image_metadata, stylesheets


def all_cleaned(copies: Mapping[str, Path], wanted: Container[str]) -> dict[str, bytes]:
    """Return the wanted files that `cleaned` may change, by path in the output. `copies` are all copied files, so named. `OSError` if one cannot be read."""
    return {output: cleaned(path, copies) for output, path in copies.items() if output in wanted and is_cleaned(output)}


def cleaned(path: Path, copies: Mapping[str, Path]) -> bytes:
    """Return a file as it is published. `copies` has the sections of stylesheets, by path in the output. `OSError` if a file cannot be read."""
    data = path.read_bytes()
    name = path.name.lower()
    if name.endswith(image_metadata.SUFFIXES) or "." not in name:
        return image_metadata.bare(data)
    if name.endswith(stylesheets.SUFFIX):
        return stylesheets.bare(stylesheets.joined(data, lambda section: copies[section].read_bytes() if section in copies else None))
    return data


def is_cleaned(name: str) -> bool:
    """Return whether `cleaned` may change a file of this name."""
    last = name.rpartition("/")[2]
    return "." not in last or last.lower().endswith((*image_metadata.SUFFIXES, stylesheets.SUFFIX))
