"""Writes an accepted proposal to its file, with the record of a new speaker or source where it needs one."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from builder import urls
from builder.content import one_line_records
from builder.content.editing import Refused, SourceFile, insert, replace, spliced
from builder.content.editing.front_matter import is_short
from builder.content.frontmatter import MappingNode, Scalar, in_braces
from builder.diagnostics import ERROR, Diagnostic
from builder.drafting import proposal_wording
from builder.drafting.proposals import SECTIONS, Proposal, Unfit, accept
from builder.model import UNNAMED
from builder.preview.parsed_files import parsed

_KEYS_IN_ONE_LINE = {"actor": ("name", "type", "position", "here"), "unnamed": ("described_as", "knows_because", "anonymity_reason")}


_ASKED = ("how they know:", "why not named:")


class NewRecord(msgspec.Struct, frozen=True):
    """A record to add together with a proposal: its speaker or its source."""

    section: str
    """`actors`, `unnamed` or `sources`."""
    id: str
    line: str
    """The record in one line, as typed; "" if the site has it in a separate file."""


class NotInText(Unfit):
    """The words of a quote do not stand in the author's text."""


def speaker(typed: str) -> NewRecord | None:
    """Return the record of a typed speaker: a name, `Jane Roe, Clerk`, or a description in small letters, `a clerk at the hall`; None for an id."""
    line = " ".join(typed.split())
    name = line.partition(",")[0]
    key = urls.slug(name)
    if not key or (urls.is_id(line) and line == line.lower()):
        return None
    is_named = not line[0].islower()
    return NewRecord("actors" if is_named else "unnamed", key, line)


def source(typed: str) -> NewRecord | None:
    """Return the record of a source typed in a line, `Lantern, Ferry in doubt, 2025-10-15`; None for an id."""
    line = " ".join(typed.split())
    publisher = one_line_records.source(line).get("publisher")
    key = urls.slug(publisher) if isinstance(publisher, str) else ""
    return NewRecord("sources", key, line) if key else None


def as_line(proposal: Proposal) -> str:
    """Return the record of a proposal in one line, as it can be typed; "" if it has none."""
    if proposal.kind not in _KEYS_IN_ONE_LINE:
        return ""
    parts = [_plain(proposal.get(key)) for key in _KEYS_IN_ONE_LINE[proposal.kind]]
    return ("; " if proposal.kind == "unnamed" else ", ").join(filter(None, parts))


def in_words(proposal: Proposal, names: Mapping[str, str]) -> str:
    """Return a proposal in words, as it is shown; `names` has the names of speakers and sources by their ids."""
    line = as_line(proposal)
    if proposal.kind == "unnamed":
        described, *rest = (_plain(proposal.get(key)) for key in _KEYS_IN_ONE_LINE["unnamed"])
        known_facts = (f"{asked} {words if words != 'unknown' else 'not told'}" for asked, words in zip(_ASKED, rest, strict=True) if words)
        return " · ".join((described, *known_facts))
    kind = proposal.get("type")
    return (
        line.replace(f", {kind}", f", {proposal_wording.KINDS_IN_WORDS.get(kind, kind)}")
        if line
        else proposal_wording.in_words(proposal, names)
    )


def with_line(proposal: Proposal, typed: str) -> Proposal:
    """Return the proposal of an actor or an unnamed source with its record replaced by a typed line; its id stays."""
    line = " ".join(typed.split())
    found = one_line_records.unnamed(line) if proposal.kind == "unnamed" else one_line_records.actor(line)
    kept = {key: value for key, value in proposal.record if key not in {*_KEYS_IN_ONE_LINE[proposal.kind], "of"}}
    return msgspec.structs.replace(proposal, record=tuple({**kept, **{key: _written(value) for key, value in found.items()}}.items()))


def accept_in_file(path: str, text: str, proposal: Proposal, also: Sequence[Proposal], fresh: Sequence[NewRecord]) -> str:
    """Return the file with the record of a proposal, after those of others that it needs.

    Raises `NotInText` if a quote's words are not in the text, and `Unfit` where the file cannot be extended or would have a new error.
    """
    now = text
    for new in fresh:
        now = _inserted(path, now, new)
    proposal = _with_denied_quote(path, now, proposal)
    now = _accepted(path, now, proposal, also)
    for done in (*also, proposal):
        now = _in_one_line(path, now, done)
    wrong = [problem for problem in parsed(path, now.encode()).diagnostics if problem.severity == ERROR]
    before = {_problem_key(problem) for problem in parsed(path, text.encode()).diagnostics} if wrong else set()
    for problem in wrong:
        if _problem_key(problem) not in before:
            words = " ".join(filter(None, (problem.message, problem.help))).rstrip(".")
            raise NotInText(words) if problem.code == "quote-not-found" else Unfit(words)
    return now


def _accepted(path: str, text: str, proposal: Proposal, also: Sequence[Proposal]) -> str:
    """Accept a proposal. A mark in the text takes only the date: the word “Friday” is in the text itself."""
    day = re.search(r"\bis: ([^,}]+)", proposal.get("said")) if proposal.kind == "quote" else None
    if day is not None:
        marked = accept(text, proposal.having("said", day[1].strip()), also)
        if _quotes(path, marked) == _quotes(path, text):
            return marked
    return accept(text, proposal, also)


def _with_denied_quote(path: str, text: str, proposal: Proposal) -> Proposal:
    """Return a proposal without the quote that it denies, where the file has no such quote."""
    denied = proposal.get("denies")
    if not denied:
        return proposal
    found = parsed(path, text.encode()).explainer
    has = found is not None and any(quote.id == denied for quote in found.quotes)
    return proposal if has else proposal.having("denies", "")


def _quotes(path: str, text: str) -> int:
    """Return how many quotes the front matter of a file lists."""
    source = SourceFile.of(path, text.encode())
    fields = () if isinstance(source, Refused) else source.block.fields.items
    return sum(len(value.items) for key, value in fields if key.value == "quotes" and not isinstance(value, Scalar))


def _inserted(path: str, text: str, new: NewRecord) -> str:
    found = SourceFile.of(path, text.encode())
    made = found if isinstance(found, Refused) else insert(found, new.section, new.line or None, key=new.id)
    if isinstance(made, Refused):
        if made.reason == "there-already":
            return text
        raise Unfit(made.message.rstrip("."))
    return spliced(text, made.edits)


def _in_one_line(path: str, text: str, proposal: Proposal) -> str:
    """Return a file of format 2 with the record of an actor in one line, where that says all that it says."""
    found = SourceFile.of(path, text.encode())
    line, key = as_line(proposal), proposal.get("id")
    if isinstance(found, Refused) or not is_short(found) or not line or not key:
        return text
    record = next((value for name, value in found.block.fields.items if name.value == SECTIONS[proposal.kind]), None)
    node = next((value for name, value in record.items if name.value == key), None) if isinstance(record, MappingNode) else None
    said = {name.value: value.value for name, value in node.items if isinstance(value, Scalar)} if isinstance(node, MappingNode) else {}
    short = one_line_records.unnamed(line) if proposal.kind == "unnamed" else one_line_records.actor(line)
    flat = {name: value.get("role", "") if isinstance(value, dict) else value for name, value in short.items()}
    if not isinstance(node, MappingNode) or len(said) != len(node.items) or flat != said or said.get("type") == UNNAMED:
        return text
    made = replace(found, (SECTIONS[proposal.kind], key), line)
    return text if isinstance(made, Refused) else spliced(text, made.edits)


def _plain(written: str) -> str:
    """Return the words of a value as it is written in braces; "" for a record or a list."""
    if written.startswith(("{", "[")):
        return ""
    return written[1:-1].replace('\\"', '"') if written.startswith('"') else written


def _written(value: str | Mapping[str, str]) -> str:
    """Return a value as it is written in braces; the role alone of an office that has nothing else."""
    if isinstance(value, str):
        return in_braces(value)
    if set(value) == {"role"}:
        return in_braces(value["role"])
    return "{" + ", ".join(f"{key}: {in_braces(inner)}" for key, inner in value.items()) + "}"


def _problem_key(problem: Diagnostic) -> tuple[str, str]:
    return problem.code, problem.message
