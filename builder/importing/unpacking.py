"""Packages of Office programs, which are ZIP archives: unpacked only as far as they are harmless."""

import io
import zipfile

from builder.importing.shapes import ImportProblem

MOST_BYTES = 300_000_000
"""Of all that is packed, unpacked."""
MOST_OF_A_PART = 150_000_000
MOST_PARTS = 10_000


def open_package(data: bytes) -> zipfile.ZipFile:
    """Return a package. Raises `ImportProblem` if it is none, or unpacks to too much."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        message = f"it is damaged, or no file of an office program: {error}"
        raise ImportProblem(message) from error
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_BYTES or any(one.file_size > MOST_OF_A_PART for one in parts):
        message = "it unpacks to far more than it should, and was not read"
        raise ImportProblem(message)
    if any(one.flag_bits & 1 for one in parts):
        message = "it is protected by a password. Save it without one"
        raise ImportProblem(message)
    return package


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of a package. `ImportProblem` where it is damaged, larger than it says it is, or declares entities."""
    try:
        with package.open(name) as stream:
            data = stream.read(MOST_OF_A_PART + 1)
    except (zipfile.BadZipFile, OSError, EOFError, KeyError, ValueError, NotImplementedError) as error:
        message = f"it is damaged: {error}"
        raise ImportProblem(message) from error
    if len(data) > MOST_OF_A_PART:
        message = "it unpacks to far more than it should, and was not read"
        raise ImportProblem(message)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        message = f"its part {name} declares entities, which no office program does, and was not read"
        raise ImportProblem(message)
    return data
