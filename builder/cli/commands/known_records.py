"""Who and what the questions of `backstory annotate` may name: the actors, sources and quotes of a file and of its proposals, by their names."""

from collections.abc import Sequence
from pathlib import Path

from builder import urls
from builder.cli.commands.proposal_questions import SPEAKER
from builder.content.parse import parse
from builder.drafting import proposal_wording
from builder.drafting.proposals import read_proposals, speakers
from builder.model import Source
from builder.preview.annotating.accept_proposal import NewRecord

_UNKNOWN = "unknown"
"""What a speaker is who is not known; the last choice."""


class KnownRecords:
    """The records that an answer about a file may name."""

    def __init__(self, root: Path, path: str, text: str, fresh: Sequence[NewRecord]) -> None:
        document = parse(path, text.encode())
        own = document.explainer
        self.speakers = speakers(text) | {new.id for new in fresh if new.section != "sources"}
        sources = [source.id for source in own.sources if isinstance(source, Source)] if own is not None else []
        self.sources = frozenset((*sources, *(new.id for new in fresh if new.section == "sources")))
        self.names = proposal_wording.names(read_proposals(text)) | proposal_wording.names_in(document)
        for key in self.speakers - self.names.keys():
            shared = root / "content/actors" / f"{key}.md"
            if urls.is_id(key) and shared.is_file():
                self.names |= proposal_wording.names_in(parse(f"content/actors/{key}.md", shared.read_bytes()))

    def name(self, key: str) -> str:
        """Return what a record, or a kind of actor, is called; its id if it has no name."""
        return proposal_wording.KINDS_IN_WORDS.get(key, self.names.get(key, key))

    def numbered(self, keys: Sequence[str]) -> str:
        """Return what may be answered by number: `1 Ann Lee · 2 Bob Cox`."""
        return " · ".join(f"{n} {self.name(key)}" for n, key in enumerate(keys, 1))

    def choices(self, answer: str) -> tuple[str, ...]:
        """Return the ids of the speakers or the sources that may be chosen by number, in the order of their names."""
        ids = self.speakers if answer == SPEAKER else self.sources
        return tuple(sorted(ids, key=lambda each: (each == _UNKNOWN, self.name(each).lower(), each)))

    def called(self, answer: str, words: str) -> str:
        """Return the id of the one speaker or source of a name, or of the one speaker with that surname; the words themselves where none has it, or several have."""
        names = {each: self.name(each).lower() for each in self.choices(answer)}
        same = [each for each, name in names.items() if name == words.lower()]
        if not same and answer == SPEAKER:
            same = [each for each, name in names.items() if name.partition(",")[0].rpartition(" ")[2] == words.lower()]
        return same[0] if len(same) == 1 else words
