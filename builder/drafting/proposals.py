"""Answers to the proposals of a draft, each as one edit of its file: all that the author wrote besides stays, byte for byte."""

import re
from collections.abc import Sequence as Many

import msgspec

from builder.content import frontmatter
from builder.content.editing import FileEdit, Refused, SourceFile, Value, insert, remove, spliced
from builder.content.editing.plain_values import plain_value, shape_of
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode, in_braces, quoted
from builder.drafting.accepted_quotes import marked

SECTIONS = {"actor": "actors", "unnamed": "unnamed", "quote": "quotes", "event": "timeline"}
"""Kind of a proposal → the key that its record goes to."""

_BY_ID = frozenset({"actor", "unnamed"})
"""Kinds whose records are keyed by id."""

_NEEDED = {"event": "title", "quote": "text", "actor": "id", "unnamed": "described_as"}


class Unfit(Exception):
    """A file is written in a way that cannot be changed here; the words say how."""


class Proposal(msgspec.Struct, frozen=True):
    """A proposal as it stands in a file."""

    id: str
    kind: str
    at: int
    """The line of the article; 0 if unknown."""
    found: str
    because: str
    ask: str
    candidates: tuple[str, ...]
    record: tuple[tuple[str, str], ...]
    """The keys of the record, with their values as YAML."""
    first: int
    """The line of the file on which it begins."""

    def get(self, key: str) -> str:
        """Return a value of the record as YAML; "" if it is empty or not there."""
        value = dict(self.record).get(key, "")
        return "" if value in {'""', "''"} else value

    def value(self, key: str) -> Value:
        """Return what a value of the record says; "" if it is empty or not there."""
        written = self.get(key)
        return _value(written) if written else ""

    def values(self, key: str) -> tuple[str, ...]:
        """Return what a value of the record says, of one word or several; none where it is empty."""
        found = self.value(key)
        several = found if isinstance(found, list | tuple) else (found,)
        return tuple(str(written) for written in several if written)

    def having(self, key: str, value: str) -> "Proposal":
        """Return the proposal with another value in its record, given as YAML. With another speaker it denies nothing: that was told of the one proposed."""
        record = dict(self.record) | {key: value}
        if key == "speaker" and value != self.get(key):
            record.pop("denies", None)
        return msgspec.structs.replace(self, record=tuple(record.items()))

    def choosing(self, number: int) -> "Proposal":
        """Return the proposal with one of its candidates, counted from 1: a speaker, a type of actor, or a date."""
        chosen = self.candidates[number - 1]
        if self.kind == "actor":
            return self.having("type", chosen)
        if self.kind != "event":
            return self.having("speaker", chosen)
        when = dict(self.record).get("when", "")
        return self.having("when", re.sub(r"is: [^,}]+", f"is: {chosen}", when) if "is:" in when else chosen)

    @property
    def lacks(self) -> str:
        """The key without which its record says nothing; "" if none is missing."""
        if self.kind == "quote" and not self.get("speaker"):
            return "speaker"
        if self.kind == "actor" and self.candidates and not self.get("type"):
            return "type"
        needed = _NEEDED[self.kind]
        return "" if self.get(needed) else needed


def read_proposals(text: str) -> tuple[Proposal, ...]:
    """Return the proposals of a file that are still to be answered."""
    block, problems = frontmatter.split(text.replace("\r\n", "\n"), path="")
    if problems or not block.present:
        raise Unfit("the block between the dashes cannot be read; backstory check --drafts tells why")
    node = _get(block.fields, "proposed")
    items = node.items if isinstance(node, SequenceNode) else ()
    return tuple(proposal for proposal in map(_read, items) if proposal is not None)


def speakers(text: str) -> frozenset[str]:
    """Return the ids that a quote of a file may name as its speaker: those of its actors and of its proposals, and `unknown`."""
    block, _ = frontmatter.split(text.replace("\r\n", "\n"), path="")
    found = {"unknown"} | {proposal.get("id") for proposal in read_proposals(text) if proposal.kind in {"actor", "unnamed"}}
    for name in ("actors", "unnamed"):
        node = _get(block.fields, name)
        if isinstance(node, MappingNode):
            found |= {key.value for key, _ in node.items}
        elif isinstance(node, SequenceNode):
            for item in node.items:
                found |= {item.value} if isinstance(item, Scalar) else {_words(item, "id")} if isinstance(item, MappingNode) else set()
    return frozenset(found - {""})


def accept(text: str, proposal: Proposal, also: Many[Proposal] = ()) -> str:
    """Return the file with the record of a proposal where it belongs, after those of others that it needs. `Unfit` where the file is written in a way that this cannot extend."""
    for accepted in (*also, proposal):
        text = _without(text, accepted.id)
        in_text = marked(text, dict(accepted.record)) if accepted.kind == "quote" else None
        text = _with_record(text, accepted) if in_text is None else in_text
    return text


def reject(text: str, proposal: Proposal) -> str:
    """Return the file without a proposal, and with a note of it, so that it is not proposed again."""
    source = _source(_without(text, proposal.id))
    return _changed(source, insert(source, "rejected", proposal.id))


def _with_record(text: str, proposal: Proposal) -> str:
    """Return the file with the record of a proposal in its section."""
    source = _source(text)
    record = {key: value for key, written in proposal.record if (value := _value(written))}
    if proposal.kind not in _BY_ID:
        return _changed(source, insert(source, SECTIONS[proposal.kind], record))
    key = record.pop("id", None)
    return _changed(source, insert(source, SECTIONS[proposal.kind], record or None, key=key if isinstance(key, str) else ""))


def _without(text: str, key: str) -> str:
    """Return the file without a proposal, and without the key of all where it is the last."""
    left = read_proposals(text)
    if not any(proposal.id == key for proposal in left):
        raise Unfit(f"“{key}” is not there any more")
    source = _source(text)
    node = _get(source.block.fields, "proposed")
    items = node.items if isinstance(node, SequenceNode) else ()
    number = next(n for n, item in enumerate(items) if isinstance(item, MappingNode) and _words(item, "id") == key)
    return _changed(source, remove(source, ("proposed",) if len(items) == 1 else ("proposed", number)))


def _source(text: str) -> SourceFile:
    source = SourceFile.of("content/explainers/draft.md", text.encode())
    if isinstance(source, Refused):
        raise Unfit(_without_stop(source.message))
    return source


def _changed(source: SourceFile, change: FileEdit | Refused) -> str:
    if isinstance(change, Refused):
        raise Unfit(_without_stop(change.message))
    return spliced(source.text, change.edits)


def _without_stop(message: str) -> str:
    """Return why a change was refused as it stands behind a colon."""
    return message[:1].lower() + message[1:].removesuffix(".")


def _value(written: str) -> Value:
    """Return the text of a value written as YAML."""
    fields, problems = frontmatter.load(f"value: {written}", path="")
    return plain_value(shape_of(fields.items[0][1])) if fields.items and not problems else written


def _get(fields: MappingNode, name: str) -> Node | None:
    return next((value for key, value in fields.items if key.value == name), None)


def _read(node: Node) -> Proposal | None:
    if not isinstance(node, MappingNode):
        return None
    kind = next((key.value for key, _ in node.items if key.value in SECTIONS), "")
    record = _get(node, kind)
    key = _words(node, "id")
    if not kind or not key or not isinstance(record, MappingNode):
        return None
    at, candidates = _words(node, "at"), _get(node, "candidates")
    return Proposal(
        id=key,
        kind=kind,
        at=int(at) if at.isdigit() else 0,
        found=_words(node, "found"),
        because=_words(node, "because"),
        ask=_words(node, "ask"),
        candidates=tuple(item.value for item in candidates.items if isinstance(item, Scalar))
        if isinstance(candidates, SequenceNode)
        else (),
        record=tuple((name.value, _flow(value)) for name, value in record.items),
        first=node.line,
    )


def _words(node: MappingNode, name: str) -> str:
    value = _get(node, name)
    return value.value if isinstance(value, Scalar) else ""


def _flow(node: Node) -> str:
    """Return a value as it is written within braces."""
    if isinstance(node, MappingNode):
        return "{" + ", ".join(f"{key.value}: {_flow(value)}" for key, value in node.items) + "}"
    if isinstance(node, SequenceNode):
        return "[" + ", ".join(map(_flow, node.items)) + "]"
    if not node.value:
        return "" if node.plain else '""'
    return in_braces(node.value) if node.plain else quoted(node.value)
