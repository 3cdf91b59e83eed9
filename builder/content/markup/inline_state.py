"""The state of one inline text: the library's, with a memory."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from builder.content.markup.flanking import flanks

if TYPE_CHECKING:
    from markdown_it.utils import EnvType


class State(StateInline):
    """The state of one inline text while it is read."""

    def __init__(
        self,
        src: str,
        md: MarkdownIt,
        env: "EnvType",
        tokens: list[Token],
        start: re.Pattern[str],
        addresses: Mapping[int, tuple[int, str]],
    ) -> None:
        super().__init__(src, md, env, tokens)
        self.start = start
        """Where plain words end."""
        self.addresses = addresses
        """Where addresses without any mark begin: where each ends, and what it leads to."""
        self.address_starts = tuple(addresses) if addresses else ()
        """The offsets of `addresses`, in their order."""
        self.labels: dict[tuple[int, bool], int] = {}
        """(opening bracket, whether a link inside forbids it) → its closing bracket, or why there is none."""
        self.closed: set[int] = set()
        """Where brackets close that have an opening one."""
        self.last_brace = src.rfind("]{")
        """After this no span can end."""
        self.last_bracket = src.rfind("]")
        """After this no bracket can close."""
        self.first_escaped = src.find("\\[")
        """Where the first bracket with a backslash before it stands; -1 if none does."""
        self.last_comment = src.rfind("-->") if "<!--" in src else -1
        """After this no comment can end."""
        self.unread: set[int] = set()
        """Where marks of ours begin that cannot be read, and have been reported."""
        self.runs: dict[int, tuple[int, int]] = {}
        """Where stars stand, by the number of their first token."""
        self.in_words = False
        """Whether some of them stand within a word."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 – the library calls it so.
        """Return whether stars can begin emphasis, and whether they can end it."""
        found = super().scanDelims(start, canSplitWord)
        if not canSplitWord or self.src.isascii():
            return found
        beside = flanks(self.src, start, start + found.length, self.posMax)
        return Scanned(*beside, found.length) if beside is not None else found
