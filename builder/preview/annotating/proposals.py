"""Proposals of a draft in the preview: the open ones with their quotations, and the edit for an accepted or rejected one."""

from collections import deque
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from builder.content import frontmatter
from builder.content.editing import FileEdit, Refused, SourceFile, quote_nobody, refused, spliced
from builder.content.frontmatter import in_braces
from builder.drafting import proposal_wording
from builder.drafting.accepted_quotes import without_commas
from builder.drafting.proposals import Proposal, Unfit, read_proposals, reject
from builder.model import Site
from builder.preview.annotating import accept_proposal
from builder.preview.annotating.annotation_form import AcceptProposal, ProposalForm, RejectProposal
from builder.preview.annotating.build_records import as_change, speaker_of, with_record
from builder.preview.annotating.quotation_status import TO_DO, LocatedQuotation, words_of

_NOBODY: Mapping[str, str] = MappingProxyType({})


class ProposalState(msgspec.Struct, frozen=True):
    """A proposal as the form shows it."""

    id: str
    kind: str
    """`actor`, `unnamed`, `quote` or `event`."""
    line: str
    """What the form begins with: the record in one line, the words of a quote, the title of an event."""
    key: str
    """The id that the record has; "" if it has none."""
    because: str
    ask: str
    candidates: tuple[str, ...]
    speaker: str
    via: str
    denies: str
    """The id of the quote that it denies; "" for none."""
    day: str
    """In words: `“Friday”, that is 2022-01-14`."""
    told: str
    """The whole record in words, with the names of its speaker and its source."""
    context: tuple[str, str, str]
    """The words of the text that led to it, between those before and behind them in their line; thrice "" where it has none."""
    passage: int
    """The quotation that it is about, from 0; -1 for none."""


def open_proposals(data: bytes, found: tuple[LocatedQuotation, ...], names: Mapping[str, str] = _NOBODY) -> tuple[ProposalState, ...]:
    """Return the open proposals of a file; `found` are its quotations, `names` the names of actors and sources by their ids."""
    if b"proposed:" not in data:
        return ()
    try:
        text = data.decode("utf-8")
        left = read_proposals(text)
    except (Unfit, UnicodeDecodeError):
        return ()
    open_: dict[str, deque[int]] = {}  # Words → the quotations that have them, each for one proposal.
    for n, located_quotation in enumerate(found):
        if located_quotation.in_text and located_quotation.match.status in TO_DO:
            has = without_commas(" ".join(words_of(located_quotation.body, located_quotation.passage)))
            open_.setdefault(has, deque()).append(n)
    named = {**names, **proposal_wording.names(left)}
    has_one_source = len({via for proposal in left for via in _values(proposal.get("via"))}) == 1
    made = []
    for proposal in left:
        words = _values(proposal.get("text"))
        having = open_.get(without_commas(words[0])) if words else None
        passage = having.popleft() if having else -1
        made.append(
            ProposalState(
                proposal.id,
                proposal.kind,
                accept_proposal.as_line(proposal) or " … ".join(words) or " ".join(_values(proposal.get("title"))),
                proposal.get("id"),
                proposal.because,
                proposal.ask,
                proposal.candidates,
                proposal.get("speaker"),
                proposal.get("via") or proposal.get("sources"),
                proposal.get("denies"),
                proposal_wording.day_in_words(proposal),
                accept_proposal.in_words(proposal.having("via", "") if has_one_source else proposal, named),
                proposal_wording.in_context(proposal, text),
                passage,
            )
        )
    return tuple(made)


def label(data: bytes, answer: ProposalForm) -> str:
    """Return the label of a submitted proposal in the list of changes."""
    proposal = next((proposal for proposal in read_proposals(data.decode("utf-8")) if proposal.id == answer.proposal), None)
    line = answer.line.strip() if isinstance(answer, AcceptProposal) else ""
    if proposal is None or (proposal.kind == "event" and line):
        return line or answer.proposal
    return proposal_wording.briefly(proposal)


def answer_proposal(
    site: Site, source: SourceFile, data: bytes, answer: ProposalForm, found: LocatedQuotation | None
) -> FileEdit | Refused:
    """Return the edit for a submitted proposal; `found` is its quotation, if it has one."""
    text = source.text
    try:
        answered = next((proposal for proposal in read_proposals(text) if proposal.id == answer.proposal), None)
        if answered is None:
            return refused("changed", source.path, message="This proposal was answered already.")
        made = (
            _rejected(source, text, answered, answer, found)
            if isinstance(answer, RejectProposal)
            else _accepted(site, source, answered, answer)
        )
    except Unfit as unfit:
        return refused("value", source.path, message=f"{unfit}.")
    return made if isinstance(made, Refused) else as_change(source.path, data, made)


def _rejected(source: SourceFile, text: str, proposal: Proposal, answer: RejectProposal, found: LocatedQuotation | None) -> str | Refused:
    now = source.with_text(reject(text, proposal))
    if not answer.nobody or found is None:
        return now.text
    passage = found.passage
    at = source.offset(passage.end_line, passage.end_column) + 1 + now.body_start - source.body_start
    made = quote_nobody(now, at)
    return made if isinstance(made, Refused) else spliced(now.text, made.edits)


def _accepted(site: Site, source: SourceFile, proposal: Proposal, answer: AcceptProposal) -> str | Refused:
    now = source
    if proposal.kind == "quote":
        speaker = answer.speaker or proposal.get("speaker")
        if answer.named.strip() or answer.described.strip():
            spoken = speaker_of(site, answer)
            if isinstance(spoken, Refused):
                return spoken
            written = with_record(source, *spoken)
            if isinstance(written, Refused):
                return written
            now, speaker = written, spoken.id
        proposal = _quote(proposal, speaker, answer)
    elif proposal.kind == "event" and answer.said in proposal.candidates:
        proposal = proposal.choosing(proposal.candidates.index(answer.said) + 1)
    if proposal.kind != "quote" and answer.line.strip():
        proposal = proposal.having("title", in_braces(answer.line.strip())) if proposal.kind == "event" else _of_line(proposal, answer.line)
    if answer.kind in proposal.candidates and proposal.kind == "actor":
        proposal = proposal.having("type", answer.kind)
    if proposal.lacks:
        return refused(
            "value",
            source.path,
            message={"title": "Write what happened.", "speaker": "Choose who said it."}.get(proposal.lacks, "Choose what it is."),
        )
    also = [
        other
        for other in read_proposals(now.text)
        if proposal.kind == "quote" and other.kind in {"actor", "unnamed"} and other.get("id") == proposal.get("speaker")
    ]
    also = [other.having("type", answer.kind) if other.lacks == "type" and answer.kind in other.candidates else other for other in also]
    lacking = next((other for other in also if other.lacks), None)
    if lacking is not None:
        return refused("value", source.path, message=f"Choose what “{accept_proposal.as_line(lacking)}” is, under “Kind”.")
    return accept_proposal.accept_in_file(source.path, now.text, proposal, also, ())


def _of_line(proposal: Proposal, line: str) -> Proposal:
    return proposal if line.strip() == accept_proposal.as_line(proposal) else accept_proposal.with_line(proposal, line)


def _quote(proposal: Proposal, speaker: str, answer: AcceptProposal) -> Proposal:
    """Return the proposal of a quote as it was answered; the day that it proposes stays unless another was chosen."""
    if answer.denies == "no":
        proposal = proposal.having("denies", "")
    proposal = proposal.having("speaker", speaker).having("via", answer.via)
    if answer.said:
        day = in_braces(answer.said)
        proposal = proposal.having("said", f"{{says: {in_braces(answer.says)}, is: {day}}}" if answer.says else day)
    for key, value in (("medium", answer.medium), ("rules", answer.rules), ("to", answer.to)):
        proposal = proposal.having(key, in_braces(value)) if value else proposal
    return proposal


def _values(written: str) -> tuple[str, ...]:
    """Return the words of a value as it is written in braces; none where it is a record."""
    fields, problems = frontmatter.load(f"value: {written}", path="")
    value = fields.items[0][1] if fields.items and not problems else None
    items = value.items if isinstance(value, frontmatter.SequenceNode) else (value,)
    return tuple(item.value for item in items if isinstance(item, frontmatter.Scalar) and item.value)
