"""Builds the records of speakers and quotes, distinguishes equal quotes, and checks the edited file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from builder import urls
from builder.content import one_line_records
from builder.content.anchoring import normalise
from builder.content.editing import FileEdit, Refused, SourceFile, Value, between, insert, refused, spliced
from builder.content.editing.front_matter import is_short
from builder.content.schema import BY_NAME
from builder.content.schema.synonyms import KEY_SYNONYMS
from builder.diagnostics import ERROR, Diagnostic
from builder.linking import actor_types
from builder.model import Site
from builder.preview.annotating.annotation_form import SpeakerForm, StatementForm
from builder.preview.parsed_files import parsed

MAX_PREFIX_WORDS = 12
"""Words in the longest `prefix` of a quote."""

MAX_ID_WORDS = 5
"""Words of a quote in its explicit id."""

_COMMA = ",，、"
_NO_SPEAKERS = frozenset((*BY_NAME["quote"], *KEY_SYNONYMS["quote"]))
UNKNOWN = "unknown"


def mark_keys(speaker: str, answer: StatementForm) -> dict[str, str]:
    """Return the keys of a mark that makes a quote: those that were chosen."""
    found = {"by": speaker, "source": answer.via, "on": answer.said, "medium": answer.medium, "rules": answer.rules, "to": answer.to}
    return {key: value for key, value in found.items() if value}


def with_record(source: SourceFile, section: str, record: Value, key: str) -> SourceFile | Refused:
    """Return the file with a new record; as it is where there is no section to write to."""
    if not section:
        return source
    written = _with_type(record, is_short=is_short(source)) if section == "actors" and isinstance(record, str) else record
    added = insert(source, section, written, key=key)
    return added if isinstance(added, Refused) else source.with_text(spliced(source.text, added.edits))


def _with_type(line: str, *, is_short: bool) -> Value:
    """Return the record of an actor typed in a line, with a type where the name is that of a company or an office: untyped, it would count as a person."""
    name, _, office = (part.strip() for part in line.partition(","))
    kind = actor_types.kind_of(name)
    if not kind or "type" in one_line_records.actor(line):
        return line
    if is_short:
        return ", ".join(filter(None, (name, kind, office)))
    return {"name": name, "type": kind, **({"position": office} if office else {})}


def as_change(path: str, data: bytes, text: str) -> FileEdit | Refused:
    """Return the change of a file from its bytes to another text, or why it is not made."""
    return checked(path, data, between(path, data, text.encode("utf-8")))


def in_front_matter(
    data: bytes, now: SourceFile, record: Mapping[str, Value], distinguishing: Iterable[Mapping[str, str]]
) -> FileEdit | Refused:
    """Return the edit that adds the record of a quote, with the first of some keys that lead to it; `now` is the file with earlier edits applied."""
    first: Refused | None = None
    for more in distinguishing:
        made = insert(now, "quotes", {**record, **more})
        if isinstance(made, Refused):
            return made
        whole = as_change(now.path, data, spliced(now.text, made.edits))
        if not isinstance(whole, Refused):
            return whole
        first = first or whole
    return first or refused("changed", now.path)


def distinguishing_keys(site: Site, slug: str, start: int, words: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield keys that distinguish a quote from others with the same words, the fewest first: an explicit id, and ever longer prefixes."""
    free_id = free_quote_id(site, slug, " ".join(words))
    for prefix in ("", *_before(site, slug, start)):
        more = {"prefix": prefix} if prefix else {}
        yield more
        yield {"id": free_id, **more}


def free_quote_id(site: Site, slug: str, words: str) -> str:
    """Return an id for a quote with these words that no quote of its explainer has."""
    taken = {key for _, key in site.quotes_in[slug]}
    made = urls.slug(" ".join(words.split()[:MAX_ID_WORDS])) or "quote"
    return next(candidate for n in range(2, len(taken) + 3) if (candidate := f"{made}-{n}") not in taken)


def quote_record(speaker: str, words: Sequence[str], answer: StatementForm) -> Mapping[str, Value]:
    """Return the record of a quote in its shortest form, with the chosen keys only."""
    text: Value = words[0] if len(words) == 1 else list(words)
    record: dict[str, Value] = {"text": text, "speaker": speaker} if speaker in {*_NO_SPEAKERS, UNKNOWN} else {speaker: text}
    if answer.said:
        record["said"] = {"says": answer.says, "is": answer.said} if answer.says else answer.said
    chosen = {"to": answer.to, "rules": answer.rules, "medium": answer.medium, "via": answer.via}
    return record | {key: value for key, value in chosen.items() if value}


class ChosenSpeaker(NamedTuple):
    """The speaker that an author chose, or described anew."""

    section: str
    """Of the front matter, where a record is to be added; "" for none."""
    record: Value
    """None for none."""
    id: str


def speaker_of(site: Site, answer: SpeakerForm) -> ChosenSpeaker | Refused:
    """Return the speaker, or why there can be none."""
    if answer.named.strip():
        return new_actor(site, "actors", answer.named)
    if answer.described.strip():
        return new_actor(site, "unnamed", answer.described)
    if answer.speaker == UNKNOWN or answer.speaker in site.actors:
        return ChosenSpeaker("", None, answer.speaker)
    return refused("value", "", message="Choose who said it." if not answer.speaker else f"There is no actor “{answer.speaker}”.")


def new_actor(site: Site, section: str, words: str) -> ChosenSpeaker | Refused:
    """Return an actor from a line of words, known or new."""
    line = " ".join(words.split())
    name = line.partition(",")[0].strip() if section == "actors" else line
    # An actor that has a record gets no second one.
    known = next((key for key, actor in site.actors.items() if actor.title.casefold() == name.casefold()), "")
    if known:
        return ChosenSpeaker("", None, known)
    key = new_id(site, name)
    return ChosenSpeaker(section, line, key) if key else refused("value", "", message=f"No id can be made of “{name}”.")


def new_id(site: Site, name: str) -> str:
    """Return an id for a new record that no other has; "" if the name has no letter and no digit."""
    made = urls.slug(name)
    taken = {*site.actors, *site.sources, *site.events, *site.explainers, UNKNOWN}
    numbered = (made, *(f"{made}-{n}" for n in range(2, 100)))
    return next((candidate for candidate in numbered if candidate not in taken and urls.is_id(candidate)), "") if made else ""


def without_comma(words: Sequence[str]) -> tuple[str, ...]:
    """Return words without the comma that the author's own sentence puts inside the marks."""
    return (*words[:-1], words[-1].rstrip(_COMMA)) if words else ()


def _before(site: Site, slug: str, start: int) -> tuple[str, ...]:
    """Return prefixes of an offset in the text, each one word longer."""
    text = normalise(site.bodies[slug].text[max(0, start - 400) : start])[0]
    words = text.rstrip(" \"'").split()
    return tuple(" ".join(words[-n:]).strip("\"'") for n in range(1, min(MAX_PREFIX_WORDS, len(words)) + 1))


def checked(path: str, data: bytes, made: FileEdit) -> FileEdit | Refused:
    """Return a change, or the first error that the file would have with it and has not now."""
    after = parsed(path, spliced(data.decode("utf-8"), made.edits).encode("utf-8"))
    wrong = [problem for problem in after.diagnostics if problem.severity == ERROR]
    now = {_problem_key(problem) for problem in parsed(path, data).diagnostics} if wrong else set()
    fresh = [problem for problem in wrong if _problem_key(problem) not in now]
    return refused("value", path, message=" ".join(filter(None, (fresh[0].message, fresh[0].help)))) if fresh else made


def _problem_key(problem: Diagnostic) -> tuple[str, str]:
    return problem.code, problem.message
