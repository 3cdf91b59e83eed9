"""The input and the result of an importer: plain values, no disk."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec


class ImportProblem(Exception):
    """A file cannot be imported; the message is a clause with the file as its subject, “it …”."""


class Question(ImportProblem):
    """A question that only the author can answer. `option` is the command-line option for the answer, without its value."""

    def __init__(self, message: str, option: str, answers: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.option = option
        self.answers = answers


class Missing(ImportProblem):
    """A library that reads this format is not installed; `extra` is the extra of Backstory that has it."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"it needs a library that is not installed. Install it with: pip install 'backstory[{extra}]'")


class File(msgspec.Struct, frozen=True):
    """One file."""

    name: str
    """Its path from the folder that was named, with slashes; of a single file its name."""
    data: bytes


def _find_nothing(_path: str) -> bytes | None:
    """Find nothing."""
    return None


class ImportInput(msgspec.Struct, frozen=True):
    """A file to import, or a folder with all its files."""

    name: str
    files: tuple[File, ...]
    is_folder: bool = False
    beside: Callable[[str], bytes | None] = _find_nothing
    """Returns a file that lies beside the one that is named, or beside the folder, such as a picture; None if there is none."""

    def finder_for(self, name: str) -> Callable[[str], bytes | None]:
        """Return what finds the files beside one of a folder's files."""
        folder = name.rpartition("/")[0]
        files = {file.name: file.data for file in self.files}
        return lambda path: files.get(f"{folder}/{path}" if folder else path)

    @property
    def data(self) -> bytes:
        """The bytes of the single file."""
        return self.files[0].data

    @property
    def ending(self) -> str:
        """The ending of the name, in small letters and with its point; "" for a folder."""
        stem, point, last = self.name.rpartition(".")
        return f".{last.lower()}" if stem and point and not self.is_folder else ""

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name[: -len(self.ending)] if self.ending else self.name


def _ignore_progress(_done: int, _of: int) -> None:
    """Show nothing."""


class ImportOptions(msgspec.Struct, frozen=True):
    """The options of an import."""

    kind: str = ""
    """`timeline`, `actors`, `sources` or `quotes`, of a table; "" to find it out."""
    dates: str = ""
    """`dmy` or `mdy`; "" to find it out."""
    columns: tuple[tuple[str, str], ...] = ()
    """Column of a table → key of the record."""
    sheet: str = ""
    encoding: str = ""
    title: str = ""
    today: str = ""
    """The day of the command, as EDTF."""
    progress: Callable[[int, int], None] = _ignore_progress


class ImportNote(msgspec.Struct, frozen=True):
    """A note on something that was left out or changed."""

    where: str
    """The file where there are several, and the row, line or entry in it."""
    what: str
    is_assumed: bool = False
    """Whether it only tells what is assumed: that is said once, at the import, and not at every build of a table that stays the master."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class Ref(msgspec.Struct, frozen=True):
    """A record of the same import, by the key that it has there; or one of the site, if it is none of these."""

    kind: str
    key: str


Fields = dict[str, Any]
"""Key of the format → a text, a `Ref`, a list of these, a mapping, or a list of mappings. Texts stand in quotation marks in what is written."""

EVENT, ACTOR, SOURCE, QUOTE = "event", "actor", "source", "quote"


class Record(msgspec.Struct, frozen=True):
    """An event, actor, source or quote."""

    kind: str
    key: str
    """By which other records of the import refer to it."""
    where: str
    fields: Fields
    id: str = ""
    """The id that it has in the original, or should have; "" to make one from its name."""
    body: str = ""
    """Markdown below the record, in a file of its own."""
    is_same: bool = False
    """Whether the file itself says that a record of the site with this id is the same."""


class Picture(msgspec.Struct, frozen=True):
    """A file that belongs to an article, and lies beside it."""

    name: str
    data: bytes


class Article(msgspec.Struct, frozen=True):
    """A text that becomes an explainer."""

    where: str
    name: str
    """Which its address is made from."""
    fields: Fields
    """Keys of an explainer."""
    body: str
    pictures: tuple[Picture, ...] = ()
    key: str = ""
    """By which links of other articles name it: `link_to(key)` in their bodies."""
    source: str = ""
    """The key of the record that the article itself is, as a source; "" if it is the author's own."""
    words: str = ""
    """Its words as plain text, which are kept beside that source."""


class ImportResult(msgspec.Struct, frozen=True):
    """The result of an import."""

    title: str = ""
    records: tuple[Record, ...] = ()
    articles: tuple[Article, ...] = ()
    import_notes: tuple[ImportNote, ...] = ()
    fields: Mapping[str, Any] = {}
    """Further keys of the explainer that the records go into."""
    body: str = ""
    """The beginning of its text."""
    mapping: Mapping[str, Any] | None = None
    """What was said of a table, to be kept for the next time."""


def link_to(key: str) -> str:
    """Return what stands in a body for the address of another article of the import, until that is known. No text has it, since control characters are taken out."""
    return f"\x01{key}\x02"


class Importer(msgspec.Struct, frozen=True):
    """One format. A plugin adds one by an entry point of the group `backstory.importers` (`build.plugins`)."""

    name: str
    about: str
    """What it reads, for the list of formats."""
    recognises: Callable[[ImportInput], bool]
    """Whether a file is of this format, by its name and first bytes; it never raises."""
    read: Callable[[ImportInput, ImportOptions], ImportResult]
    """Return what the file has. Raises `ImportProblem` if it is of another format or broken as a whole."""
