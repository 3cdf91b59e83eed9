"""A content file to be edited: its text, and the ranges of its values."""

import functools
import re
from bisect import bisect_right
from collections import Counter

import msgspec

from builder.content import frontmatter
from builder.content.editing.edit import Refused, digest, refused
from builder.content.editing.outline import Map, Seq, Span, Unclear, outline
from builder.diagnostics import characters

_LINE_END = re.compile(r"\r\n|\r|\n")
_BREAKS = re.compile("[\u2028\u2029]")
_DATA = (".yaml", ".yml")


class SourceFile(msgspec.Struct, frozen=True, dict=True):
    """One file. Offsets count the characters of `text`, from 0."""

    path: str
    text: str
    """As it was decoded, with its byte-order mark and line ends."""
    digest: str
    block: frontmatter.SplitFile
    """What our own parser reads in it."""
    codes: Counter[str]
    """How often it met each kind of problem."""

    @staticmethod
    def of(path: str, data: bytes) -> "SourceFile | Refused":
        """Return a file by its path from the site’s root and its bytes, or why it cannot be changed."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return refused("encoding", path)
        return _read(path, text, digest(data))

    def with_text(self, text: str) -> "SourceFile":
        """Return the file as it would be with another text."""
        return _read(self.path, text, "")

    # --- lines ------------------------------------------------

    @functools.cached_property
    def starts(self) -> list[int]:
        """Where each line begins; the first behind the byte-order mark."""
        return [len(self.text) - len(self.text.removeprefix("\ufeff")), *(found.end() for found in _LINE_END.finditer(self.text))]

    def offset(self, line: int, column: int) -> int:
        """Return where a line and column, from 1, stand in the text."""
        if not 1 <= line <= len(self.starts):
            return len(self.text)
        return min(self.starts[line - 1] + column - 1, len(self.text))

    def line_of(self, offset: int) -> int:
        """Return the line, from 1, that an offset lies in."""
        return max(1, bisect_right(self.starts, offset))

    def column_of(self, offset: int) -> int:
        """Return the column of an offset, from 0."""
        return offset - self.starts[self.line_of(offset) - 1]

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return self.starts[self.line_of(offset) - 1]

    def line_end(self, offset: int) -> int:
        """Return where the words of the line of an offset end, before its line end."""
        found = _LINE_END.search(self.text, offset)
        return found.start() if found is not None else len(self.text)

    def next_line(self, offset: int) -> int:
        """Return where the line behind that of an offset begins, or where the text ends."""
        found = _LINE_END.search(self.text, offset)
        return found.end() if found is not None else len(self.text)

    def newline(self, offset: int) -> str:
        """Return the line end that is usual at an offset: of its own line, or of the one before."""
        found = _LINE_END.search(self.text, offset)
        if found is None:
            found = next(iter([*_LINE_END.finditer(self.text)][-1:]), None)
        return found[0] if found is not None else "\n"

    # --- front matter and body ------------------------------------------------

    @property
    def is_data(self) -> bool:
        """Whether the whole file is YAML."""
        return self.path.endswith(_DATA)

    @functools.cached_property
    def head(self) -> tuple[int, int]:
        """Where the YAML begins and ends."""
        if self.is_data:
            return self.starts[0], len(self.text)
        return self.starts[1], self.starts[self.block.body_line - 2]

    @functools.cached_property
    def body_start(self) -> int:
        """Where the body begins."""
        if self.is_data:
            return len(self.text)
        if not self.block.present:
            return self.starts[0]
        return self.starts[self.block.body_line - 1] if self.block.body_line <= len(self.starts) else len(self.text)

    @functools.cached_property
    def fields(self) -> Map | Refused | None:
        """The mapping of the front matter with its places; None if it is empty."""
        if not self.is_data and (not self.block.present or self.codes["front-matter-open"]):
            return refused("front-matter", self.path)
        if self.codes["yaml-too-deep"] or self.codes["yaml-too-large"] or self.codes["yaml-documents"]:
            return refused("yaml", self.path)
        import yaml

        start, end = self.head
        # One character for each, as our parser reads them, so that columns stay.
        words = characters.NEVER.sub("\ufffd", _BREAKS.sub(" ", self.text[start:end]))
        first = 1 if self.is_data else 2
        try:
            return outline(_LINE_END.sub("\n", words), lambda line, column: self.offset(line + first, column + 1), self.text)
        except (yaml.YAMLError, Unclear, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            return refused("yaml", self.path, mark.line + first if mark is not None else 0)

    @functools.cached_property
    def indents(self) -> tuple[int, int]:
        """By how many columns the author indents a mapping below its key, and a list."""
        found: dict[type, int] = {}
        waiting: list[Span] = [self.fields] if isinstance(self.fields, Map) else []
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, Map) and not node.flow:
                for key, value in node.items:
                    if isinstance(value, (Map, Seq)) and not value.flow and self.line_of(value.start) > self.line_of(key.start):
                        found.setdefault(type(value), self.column_of(value.start) - self.column_of(key.start))
                    waiting.append(value)
            elif isinstance(node, Seq):
                waiting += node.items
        mapping = found.get(Map, 0)
        mapping = mapping if mapping > 0 else max(2, found.get(Seq, 2))
        return mapping, max(0, found.get(Seq, mapping))


@functools.lru_cache(maxsize=4)  # an edit reads the file before it and after it several times
def _read(path: str, text: str, known_as: str) -> SourceFile:
    if path.endswith(_DATA):
        fields, problems = frontmatter.load(_LINE_END.sub("\n", text).removeprefix("\ufeff"), path=path)
        block = frontmatter.SplitFile(fields, "", 1)
    else:
        block, problems = frontmatter.split(text, path=path)
    return SourceFile(path, text, known_as, block, Counter(problem.code for problem in problems))
