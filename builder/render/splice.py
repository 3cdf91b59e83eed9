"""Files that hold all records of a site, one after another: where a few records have changed, the others' pieces are taken from the file as it was.

What is composed is what `ListFile.write` writes of the whole view, byte for byte; only the records that have changed are made.
"""

from array import array
from collections.abc import Callable, Container, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from builder.formats import ListFile, form_of
from builder.model import Site
from builder.pages import Page, Query, data_records

if TYPE_CHECKING:
    from builder.formats.parts import Publication

Key = str | tuple[str, str]
Record = tuple[str, Key]
"""A kind of record, and the key of one."""


class ComposedFile(msgspec.Struct, frozen=True, array_like=True):
    """A file of many records, as it was written."""

    kinds: tuple[str, ...]
    sections: tuple[tuple[Key, ...], ...]
    """The keys of its records, by section."""
    lengths: bytes
    """Of the pieces of its records, one after another."""
    begin: int
    """Where the first piece begins."""


class PreviousFiles:
    """The composed files of the last build, and which of their pieces still hold."""

    def __init__(self, composed: Mapping[str, ComposedFile], stale: Container[object], read: Callable[[str], bytes | None]) -> None:
        """`stale` has the records that may be others now; `read` returns a file of the output, None where it is not as it was built."""
        self.composed, self.stale, self.read = composed, stale, read


class Composition:
    """A file of many records in this build: first its records, then its sections, and its bytes only if it must be written."""

    def __init__(self, site: Site, page: Page) -> None:
        """`site` may notice who is looked at: that is the order of the records."""
        made = form_and_kinds(page, site)
        assert made is not None
        self._form, self._kinds = made
        self._site, self._page = site, page
        self._publication: Publication = data_records.publication(site)
        self._sections = tuple(tuple(data_records.RECORDS[kind][0](site)) for kind in self._kinds)
        self._records: dict[Record, msgspec.Struct] = {}
        self._taken: dict[Record, int] = {}
        self._before: ComposedFile | None = None
        self._old = b""

    def collect(self, former: PreviousFiles | None, note: Callable[[Record], None]) -> None:
        """Make the records that are not taken from the previous file; `note` is called for each of them, to record its reads."""
        before = former.composed.get(self._page.output) if former is not None else None
        if former is not None and before is not None:
            old = former.read(self._page.output)
            if old is not None:
                self._before, self._old = before, old
        indexes = _index_by_record(self._kinds, self._before)
        stale = former.stale if former is not None else ()
        for kind, keys in zip(self._kinds, self._sections, strict=True):
            make = data_records.RECORDS[kind][1]
            for key in keys:
                record = (kind, key)
                index = indexes.get(record)
                if index is not None and record not in stale:
                    self._taken[record] = index
                else:
                    self._records[record] = make(self._site, key)
                    note(record)

    def write(self) -> tuple[bytes, ComposedFile]:
        """Return the file, and what the next build takes it up by."""
        assert isinstance(self._page.view_from, Query)
        begin = self._form.begin(self._page.view_from.function(self._site))
        starts = list(_starts(self._form, self._before)) if self._before is not None else []
        before = array("I")
        before.frombytes(self._before.lengths if self._before is not None else b"")
        lengths, parts = array("I"), [begin]
        for section, keys in zip(self._form.sections, self._sections, strict=True):
            pieces = []
            for key in keys:
                record = (section.kind, key)
                index = self._taken.get(record)
                if index is not None:
                    piece = self._old[starts[index] : starts[index] + before[index]]
                else:
                    piece = section.piece(self._publication, self._records[record])
                lengths.append(len(piece))
                if piece:
                    pieces.append(piece)
            parts.append(section.between.join(pieces))
        data = b"".join((*parts, self._form.end))
        return data, ComposedFile(self._kinds, self._sections, lengths.tobytes(), len(begin))


def form_and_kinds(page: Page, site: Site) -> tuple[ListFile, tuple[str, ...]] | None:
    """Return how a page of a Site is composed, and of which kinds of record; None of one that is not."""
    if page.kind != "all-records" or not isinstance(page.view_from, Query):
        return None
    kinds = tuple(map(str, page.view_from.args))
    form = form_of(page.template, kinds)
    if form is None or tuple(section.kind for section in form.sections) != kinds:
        return None
    # A list without entries is left out of JSON.
    return (form, kinds) if any(data_records.RECORDS[kind][0](site) for kind in kinds) else None


def _index_by_record(kinds: tuple[str, ...], before: ComposedFile | None) -> dict[Record, int]:
    if before is None or before.kinds != kinds:
        return {}
    return {
        record: n
        for n, record in enumerate(
            chain.from_iterable(((kind, key) for key in keys) for kind, keys in zip(kinds, before.sections, strict=True))
        )
    }


def _starts(form: ListFile, before: ComposedFile) -> Iterator[int]:
    """Yield where each piece of a file begins."""
    lengths = array("I")
    lengths.frombytes(before.lengths)
    at, n = before.begin, 0
    for section, keys in zip(form.sections, before.sections, strict=True):
        first = True
        for _ in keys:
            if lengths[n] and not first:
                at += len(section.between)
            yield at
            at += lengths[n]
            first = first and not lengths[n]
            n += 1
