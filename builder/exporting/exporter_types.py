"""The input and the result of an exporter: plain values, no disk."""

from collections.abc import Callable, Iterable

import msgspec

from builder.formats.published_data import ActorRecord, EventRecord, ExplainerData, QuoteRecord, SiteData, SourceRecord
from builder.model import QuoteKey, Site
from builder.pages import data_records, event_records


class ExportProblem(Exception):
    """The records cannot be exported in this format; the message is a clause with the file as its subject, “it …”."""


class Missing(ExportProblem):
    """A library that writes this format is not installed; `extra` is the extra of Backstory that has it."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"it needs a library that is not installed. Install it with: pip install 'backstory[{extra}]'")


def _find_nothing(_path: str) -> bytes | None:
    """Find nothing."""
    return None


class Chosen(msgspec.Struct, frozen=True, eq=False):
    """The records to export: those of a whole site, or of some of its files."""

    site: Site
    explainers: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    quotes: tuple[QuoteKey, ...] = ()
    is_whole: bool = True
    """Whether it is the whole site."""
    picture: Callable[[str], bytes | None] = _find_nothing
    """Returns a picture, without what is said in it of the place where it was taken, by its path in the published site; None if there is none."""

    @property
    def actor_records(self) -> tuple[ActorRecord, ...]:
        """The actors."""
        return tuple(data_records.actor(self.site, key) for key in self.actors)

    @property
    def event_records(self) -> tuple[EventRecord, ...]:
        """The events, in the order of time."""
        return tuple(event_records.event(self.site, key) for key in self.events)

    @property
    def source_records(self) -> tuple[SourceRecord, ...]:
        """The sources."""
        return tuple(data_records.source(self.site, key) for key in self.sources)

    @property
    def quote_records(self) -> tuple[QuoteRecord, ...]:
        """The quotes."""
        return tuple(data_records.quote(self.site, key) for key in self.quotes)

    @property
    def data(self) -> ExplainerData | SiteData:
        """All of them as one file: that of the explainer, if there is only one."""
        if len(self.explainers) == 1 and not self.is_whole:
            return data_records.explainer_data(self.site, self.explainers[0])
        whole = data_records.site_data(self.site)
        return msgspec.structs.replace(whole, events=self.event_records)


class File(msgspec.Struct, frozen=True):
    """A file that is written."""

    name: str
    """What it is called in a folder."""
    data: bytes


class Exported(msgspec.Struct, frozen=True):
    """The result of an export."""

    files: tuple[File, ...]
    omissions: tuple[str, ...] = ()
    """What the format cannot hold, for the user."""


class Exporter(msgspec.Struct, frozen=True):
    """One format."""

    name: str
    about: str
    """What it writes, for the list of formats."""
    ending: str
    """What the names of its files end with."""
    write: Callable[[Chosen], Exported]
    """Return the files. Raises `ExportProblem` if there is nothing to write, or a library is missing."""


def list_in_quotes(texts: Iterable[str], longest: int = 8) -> str:
    """Return some texts as a list for a message, each in quotation marks."""
    found = list(texts)
    more = f" and {len(found) - longest} more" if len(found) > longest else ""
    return ", ".join(f"“{name}”" for name in found[:longest]) + more
