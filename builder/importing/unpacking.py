"""Packages of Office programs, which are ZIP archives: unpacked only as far as they are harmless."""

import io
import zipfile

from builder.importing.importer_types import ImportProblem

MAX_UNPACKED_BYTES = 300_000_000
"""Of all that is packed, unpacked."""
MAX_PART_BYTES = 150_000_000
MAX_PARTS = 10_000


_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office programs before 2007 begin, and the protected ones of today."""


def refuse_protected(data: bytes) -> None:
    """Refuse a package that a password protects, with an `ImportProblem`: it lies in a container of the old kind."""
    if data.startswith(_OLD) and "EncryptedPackage".encode("utf-16-le") in data:
        raise ImportProblem("it is protected by a password. Save it without one")


def open_package(data: bytes) -> zipfile.ZipFile:
    """Return a package. Raises `ImportProblem` if it is none, or unpacks to too much."""
    refuse_protected(data)
    if data.startswith(_OLD):
        raise ImportProblem("it is of the old kind of Office files, such as DOC. Save it in the kind of today, such as DOCX")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        message = f"it is damaged, or no file of an office program: {error}"
        raise ImportProblem(message) from error
    parts = package.infolist()
    if (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES
        or any(part.file_size > MAX_PART_BYTES for part in parts)
    ):
        message = "it unpacks to far more than it should, and was not read"
        raise ImportProblem(message)
    is_sealed = "META-INF/manifest.xml" in package.namelist() and b"encryption-data" in read_part(package, "META-INF/manifest.xml")
    if is_sealed or any(part.flag_bits & 1 for part in parts):
        message = "it is protected by a password. Save it without one"
        raise ImportProblem(message)
    return package


def declares_entities(data: bytes) -> bool:
    """Return whether XML declares entities, in any encoding of it."""
    head = data[:16_384].replace(b"\0", b"")
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of a package. `ImportProblem` where it is damaged, larger than it says it is, or declares entities."""
    data = read_bytes(package, name)
    if declares_entities(data):
        message = f"its part {name} declares entities, which no office program does, and was not read"
        raise ImportProblem(message)
    return data


def read_bytes(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a file of an archive. `ImportProblem` where it is damaged, or larger than it says it is."""
    try:
        with package.open(name) as stream:
            data = stream.read(MAX_PART_BYTES + 1)
    except (zipfile.BadZipFile, OSError, EOFError, KeyError, ValueError, NotImplementedError) as error:
        message = f"it is damaged: {error}"
        raise ImportProblem(message) from error
    if len(data) > MAX_PART_BYTES:
        message = "it unpacks to far more than it should, and was not read"
        raise ImportProblem(message)
    return data
