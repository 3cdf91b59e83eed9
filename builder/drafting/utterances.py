"""A quotation, or a stretch of reported speech, while its speaker is looked for."""

from typing import TYPE_CHECKING

from builder.drafting.findings import UNRESOLVED

if TYPE_CHECKING:
    from builder.drafting.cues import Cue
    from builder.drafting.entities import Entity


class Utterance:
    """A quotation, or a stretch of reported speech, with its attribution so far."""

    def __init__(self, kind: str, spans: list[tuple[int, int]], sentence: int, token: int) -> None:
        self.kind, self.spans, self.sentence, self.token = kind, spans, sentence, token
        self.entity: Entity | None = None
        self.mention: tuple[int, int] | None = None
        self.how = UNRESOLVED
        self.why = ""
        self.others: list[Entity] = []
        self.cue: Cue | None = None
        self.joins: Utterance | None = None
        """The piece before it, if both are one utterance."""
        self.paragraph = -1
        self.unclosed = False
        self.in_marks = True
        self.denied = False
        """Whether the words, or their sense, are denied."""
        self.is_name = False
        """Whether it is the name of a thing: the channel “Drevin-1”."""
        self.nobody = False
        """Whether it is most likely not speech: so-called “blue fleet”."""
