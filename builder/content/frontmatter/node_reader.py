"""YAML into nodes: the events of libyaml, put together without recursion, with their locations in the file.

What is no YAML is left out, in as small a piece as can be, and reported; all else is returned.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence as Rows
from itertools import groupby
from typing import Any

import msgspec

from builder.content.frontmatter import error_recovery, lookalike_signs, tabs
from builder.content.frontmatter.nodes import MappingNode, Open, Scalar, close
from builder.content.frontmatter.parser_messages import explain
from builder.content.frontmatter.syntax_hints import COMMENT, TAB, Complaint, continued, find, quoted
from builder.diagnostics import Diagnostic, Location, TextEdit, characters
from builder.i18n.patterns import late

MOST_NESTING = 30
"""Levels of lists and mappings in a block; the format itself needs five."""

GIVE_UP = 200
"""Levels at which the rest of the block is not looked at any more: the time of libyaml grows with their square."""

MOST_CHARACTERS = 4_000_000
"""Characters of YAML in one file: far more than any desk writes by hand."""


class NodeReader:
    """Builds nodes from libyaml's events, without recursion."""

    def __init__(self, path: str, shift: int) -> None:
        self.path = path
        self.shift = shift
        self.problems: list[Diagnostic] = []
        self.may_have_refused = False
        self.rows: list[str] = []
        self.comments: dict[tuple[int, int], str] = {}
        self.top: list[Any] = []

    def location(self, mark: Any, width: int = 1) -> Location:
        """Return the location of a mark of PyYAML in the file."""
        return Location(self.path, mark.line + 1 + self.shift, mark.column + 1, width)

    def problem(self, code: str, message: str, location: Location, hint: str = "", edits: tuple[TextEdit, ...] = ()) -> None:
        """Report a problem; one of YAML's syntax once for all its locations."""
        problem = Diagnostic(code, message, location, help=hint, edits=edits)
        earlier = enumerate(self.problems) if code == "yaml" else ()
        first = next((n for n, other in earlier if other.code == code and other.message == problem.message), None)
        if first is None:
            self.problems.append(problem)
        elif location != self.problems[first].location:
            self.problems[first] = msgspec.structs.replace(self.problems[first], also=(*self.problems[first].also, location))

    def inside(self) -> str:
        """Return the key of the whole file below which reading is now."""
        items = self.top[0].items if self.top and isinstance(self.top[0], Open) and self.top[0].is_mapping else ()
        return str(items[-1][0].value) if items else ""

    def read(self, text: str) -> MappingNode:
        """Return the mapping at the top of a block; an empty one, and a problem, if there is none."""
        top = self.top
        if len(text) > MOST_CHARACTERS:
            self.problem("yaml-too-large", "The front matter is far too long to be meant.", Location(self.path, 1 + self.shift))
            return MappingNode((), 1 + self.shift, 1)
        text, is_suspect = self._without_refused(text)
        self.may_have_refused = "\\" in text or (is_suspect and characters.is_suspect(text))
        import yaml  # late: a warm build reads no YAML

        loader: Any = getattr(yaml, "CLoader", yaml.Loader)
        self.rows = text.split("\n")
        if " #" in text:
            self.comments = {(at, found.start()): found[1] for at, row in enumerate(self.rows) if (found := COMMENT.search(row))}
        before = len(self.problems)
        try:
            self._build(_events(text, loader), yaml.events, top)
        except yaml.YAMLError as error:
            self._syntax(error, self.rows)
            rest = self._rest(loader)
            reported, self.problems = self.problems, self.problems[:before]
            top.clear()
            with contextlib.suppress(yaml.YAMLError):  # what was read before the slip is kept
                self._build(_events(rest, loader), yaml.events, top)
            self.problems = list(dict.fromkeys((*reported, *self.problems)))
        except RecursionError:  # the pure-Python parser, on nesting that libyaml takes in its stride
            self.problem("yaml-too-deep", "The front matter is nested too deeply.", Location(self.path, 1 + self.shift))
        return self._top(top[0]) if top else MappingNode((), 1 + self.shift, 1)

    def _top(self, first: Any) -> MappingNode:
        """Return what a block consists of, if that is a mapping; an empty one, and a problem, if it is anything else."""
        node = close(first) if isinstance(first, Open) else first
        if isinstance(node, MappingNode):
            return node
        is_empty = isinstance(node, Scalar) and not node.value and node.plain
        if not is_empty and not any(problem.code == "yaml" for problem in self.problems):
            where = Location(self.path, node.line, node.column)
            self.problem("yaml-not-keys", "This must be a list of keys with their values.", where, "Write “key: value”, one to a line.")
        return MappingNode((), 1 + self.shift, 1)

    def _rest(self, loader: Any) -> str:
        """Return the block without what is no YAML, and report each piece that was not reported yet."""
        import yaml

        def read(rows: Rows[str]) -> error_recovery.Fault | None:
            try:
                first, too_deep = error_recovery.first_node(_events("\n".join(rows), loader), yaml.events, MOST_NESTING + GIVE_UP)
            except yaml.YAMLError as error:
                marks = (_mark(error, "context_mark") if _is_open(error) else None, _mark(error, "problem_mark"))
                above = continued(rows, str(error), marks[1].line, marks[1].column) if marks[1] is not None else ()
                return error_recovery.Fault((*above, *(mark.line for mark in marks if mark is not None)), error)
            except RecursionError:
                return error_recovery.Fault((), None)
            if too_deep is not None:
                return error_recovery.Fault((too_deep,), None)
            # Words that are no key of anything would make all that stands below them no YAML.
            return None if first is None or isinstance(first, yaml.events.MappingStartEvent) else error_recovery.Fault((0,), None)

        kept, left_out = error_recovery.without_faults(self.rows, read)
        for piece in left_out:
            lines = range(piece.start + 1 + self.shift, piece.end + 1 + self.shift)
            known = any(location.line in lines for problem in self.problems for location in (problem.location, *problem.also))
            if not known and piece.fault.error is not None:
                self._syntax(piece.fault.error, self.rows, piece.shift)
        return "\n".join(kept)

    def _without_refused(self, text: str) -> tuple[str, bool]:
        """Report characters that no value may have, wherever they stand, and return the text without them, and whether it may have others.

        Those that must be closed are looked for value by value.
        """
        if not text.isascii() and (found := _BREAKS.search(text)):
            message = f"{characters.named(found[0])} stands here, which ends a line for YAML and for no editor."
            self.problem("character-wrong", message, self._spot(text, found.start()), "Delete it, and type a space where one is needed.")
            text = _BREAKS.sub(" ", text)
        if not characters.is_suspect(text):
            return text, False
        refused = [unpublishable for unpublishable in characters.find_unpublishable(text) if characters.NEVER.match(unpublishable.char)]
        for _, of_line in groupby(refused, lambda unpublishable: text.count("\n", 0, unpublishable.at)):
            together = tuple(of_line)
            message, hint = characters.message_and_advice(together)
            self.problem("character-wrong", message, self._spot(text, together[0].at), hint)
        return characters.without(text, refused), True

    def _spot(self, text: str, at: int) -> Location:
        return Location(self.path, text.count("\n", 0, at) + 1 + self.shift, at - text.rfind("\n", 0, at))

    def _value(self, value: str, location: Location) -> str:
        """Return the value of a scalar without what is never published, of which an escape may have made some."""
        found = characters.find_unpublishable(value)
        if found:
            message, hint = characters.message_and_advice(found)
            self.problem("character-wrong", message, location, hint)
        return characters.without(value, found)

    def _scalar(self, event: Any, parent: Open | None) -> Scalar:
        mark, end = event.start_mark, event.end_mark
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        value, style = event.value, event.style
        if not style and not value.isascii() and lookalike_signs.may_be_odd(value):
            self._typed(event, parent)
        # Of words in quotation marks, the words alone are meant.
        in_marks = style in _QUOTES
        line, column = mark.line, mark.column
        width = end.column - column - 2 * in_marks if end.line == line else 0
        cut = self.comments.get((end.line, end.column), "") if self.comments and not style else ""
        line, column = line + 1 + self.shift, column + 1 + in_marks
        if self.may_have_refused:
            value = self._value(value, Location(self.path, line, column, max(1, width)))
        return Scalar(value, line, column, not style, width, cut)

    def _typed(self, event: Any, parent: Open | None) -> None:
        """Report characters that look like signs of YAML and are none."""
        mark = event.start_mark
        is_key = parent is not None and parent.is_mapping and parent.key is None
        owner = parent.key.value if parent is not None and parent.key is not None else self.inside()
        slip = lookalike_signs.slip(event.value, self.row(mark.line), mark.column, is_key=is_key, owner=owner)
        if slip is not None:
            self.problem("yaml", slip.message, Location(self.path, mark.line + 1 + self.shift, slip.column + 1, slip.width), slip.help)

    def _build(self, events: Iterable[Any], kinds: Any, top: list[Any]) -> None:
        """Put the values of YAML events into `top`, with their lines and columns; `kinds` is PyYAML's module of event classes."""
        stack: list[Open] = []
        skipped = 0  # depth inside something that is refused as a whole
        scalar, start_map, start_list = kinds.ScalarEvent, kinds.MappingStartEvent, kinds.SequenceStartEvent
        ends = (kinds.MappingEndEvent, kinds.SequenceEndEvent)
        node: Any
        documents = 0
        for event in events:
            kind = event.__class__
            if kind is scalar:
                if skipped:
                    continue
                parent = stack[-1] if stack else None
                node = self._scalar(event, parent)
                if parent is not None:
                    # Nearly all events are these, so they take the shortest way.
                    if not parent.is_mapping:
                        parent.items.append(node)
                    elif parent.key is None:
                        parent.key = node
                    else:
                        self._put(parent, node)
                    continue
            elif kind is start_map or kind is start_list:
                if skipped:
                    skipped += 1
                    if skipped > GIVE_UP:
                        return
                    continue
                node = self._opened(event, is_mapping=kind is start_map, depth=len(stack))
                if isinstance(node, Open):
                    self._add(stack, top, node)
                    stack.append(node)
                    continue
                skipped = 1
            elif kind in ends:
                if skipped:
                    skipped -= 1
                    continue
                stack.pop()
                continue
            elif kind is kinds.AliasEvent:
                if skipped:
                    continue
                node = self._alias(event)
            elif kind is kinds.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.problem(
                        "yaml-documents", "A second YAML document begins here; only the first is read.", self.location(event.start_mark, 3)
                    )
                    return
                continue
            else:
                continue
            self._add(stack, top, node)

    def _add(self, stack: list[Open], top: list[Any], node: Any) -> None:
        """Put a value into the mapping or list that is open, or at the top."""
        if stack:
            self._put(stack[-1], node)
        else:
            top.append(node)

    def _opened(self, event: Any, *, is_mapping: bool, depth: int) -> Open | Scalar:
        """Return the mapping or list that an event begins; an empty value, and a problem, if it lies too deep."""
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        mark = event.start_mark
        opened = Open(is_mapping, mark.line + 1 + self.shift, mark.column + 1)
        if depth < MOST_NESTING:
            return opened
        self.problem("yaml-too-deep", f"This is nested more than {MOST_NESTING} levels deep.", self.location(mark))
        return Scalar("", opened.line, opened.column)

    def _alias(self, event: Any) -> Scalar:
        """Report an alias, and return an empty value in its place."""
        mark = event.start_mark
        self.problem(
            "yaml-alias",
            f"“*{event.anchor}” is a YAML alias, which is not read here.",
            self.location(mark, len(event.anchor) + 1),
            f"Write the value out; or, if the star is meant, put the whole value in quotation marks: {quoted(f'*{event.anchor}')}",
        )
        return Scalar("", mark.line + 1 + self.shift, mark.column + 1)

    def _refuse(self, event: Any) -> None:
        mark = event.start_mark
        rest = self.row(mark.line)[mark.column :]
        sign = _SIGN.match(rest)
        shown = sign[0] if sign is not None else rest[:1]
        what = "an anchor" if event.anchor is not None and event.tag is None else "a tag"
        hint = "Delete it, or put the value in quotation marks if the sign is meant."
        if hasattr(event, "value") and not event.style and event.end_mark.line == mark.line:
            words = self.row(mark.line)[mark.column : event.end_mark.column].rstrip()
            hint = f"Delete it; or, if it is meant, put the whole value in quotation marks: {quoted(words)}"
        self.problem("yaml-tag", f"“{shown}” is {what} of YAML, which is not read here.", self.location(mark, max(1, len(shown))), hint)

    def row(self, line: int) -> str:
        """Return a line of the block."""
        return self.rows[line] if line < len(self.rows) else ""

    def _put(self, parent: Open, node: Any) -> None:
        if not parent.is_mapping:
            parent.items.append(node)
            return
        if parent.key is None:
            if isinstance(node, Scalar):
                parent.key = node
            else:
                parent.key = _DROPPED
                hint = "Put words with brackets or braces in quotation marks."
                if self.inside() == "quotes":
                    hint = "Write several speakers as “speaker: [one, two]”, and their words as “text: …”."
                self.problem("yaml-key", "A key must be a plain word.", Location(self.path, node.line, node.column), hint)
            return
        key, parent.key = parent.key, None
        if key is _DROPPED:
            return
        first = parent.seen.get(key.value)
        if first is not None:
            self.problems.append(
                Diagnostic(
                    "key-twice",
                    f"The key “{key.value}” is given twice here.",
                    Location(self.path, key.line, key.column, max(1, len(key.value))),
                    help="Keep one of the two, or join their values.",
                    also=(Location(self.path, first.line, first.column),),
                )
            )
            return
        parent.seen[key.value] = key
        parent.items.append((key, node))

    def _syntax(self, error: Any, rows: list[str], shift: int = 0) -> None:
        """Report an error of the parser; `shift` lines stand above those that it was given."""
        mark, opened = _mark(error, "problem_mark", shift), _mark(error, "context_mark", shift)
        said = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
        if mark is not None:
            begun = (opened.line, opened.column) if opened is not None else None
            slip = find(rows, Complaint(said, mark.line, mark.column, begun))
            if slip is not None:
                location = Location(self.path, slip.line + 1 + self.shift, slip.column + 1, max(1, slip.width))
                mended = tabs.as_spaces(self.rows, self.path, 1 + self.shift) if slip.message == TAB else ()
                self.problem("yaml", slip.message, location, slip.help, mended)
                return
        # What is never closed is noticed lines later, where nothing is wrong.
        if mark is None or (_is_open(error) and opened is not None and opened.line < mark.line):
            mark = opened
        where = self.location(mark) if mark is not None else Location(self.path, 1 + self.shift)
        message, hint = explain(said)
        self.problem("yaml", message, where, hint)


def _events(text: str, loader: Any) -> Iterator[Any]:
    """Return the events of a block, as `yaml.parse` yields them: a fifth of the time of reading a block is its loop."""
    return iter(loader(text).get_event, None)


class _Mark(msgspec.Struct, frozen=True):
    """A line and column of a block; both count from 0."""

    line: int
    column: int


def _is_open(error: Any) -> bool:
    """Return whether something was begun and never closed."""
    return any(sign in str(getattr(error, "context", "")) for sign in ("quoted scalar", "flow sequence", "flow mapping"))


def _mark(error: Any, name: str, shift: int = 0) -> _Mark | None:
    mark = getattr(error, name, None)
    return _Mark(mark.line + shift, mark.column) if mark is not None else None


_SIGN = late(r"\S*[^\s,\]}]|\S")

_BREAKS = late("[\u2028\u2029]")

_QUOTES = ("'", '"')


_DROPPED = Scalar("", 0, 0)
"""Stands for a key that was refused: its value is dropped too."""
