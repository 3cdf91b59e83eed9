"""The records of all files while they are linked."""

from collections.abc import Mapping
from typing import NamedTuple

from builder.model import Actor, Event, Explainer, PlainPage, Source


class JoinedRecords(NamedTuple):
    """All records of a site, joined from their files, by id; explainers by slug."""

    explainers: Mapping[str, Explainer]
    actors: Mapping[str, Actor]
    events: Mapping[str, Event]
    sources: Mapping[str, Source]
    pages: tuple[PlainPage, ...]
