"""From what an author chose in the form to the change of the file: the record that it makes, and nothing that was not chosen.

A change is made here for the bytes that the page was made from, read again as the whole file, and refused if that brings up an error which was not there.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from builder import urls
from builder.content.anchoring import normalise
from builder.content.editing import FileEdit, Refused, Source, Value, between, insert, mark_behind, quote_nobody, refused, spliced
from builder.content.parse import parse
from builder.content.quotations import BLOCK, Passage
from builder.content.schema import BY_NAME, SHORT
from builder.content.schema.synonyms import KEY_SYNONYMS
from builder.diagnostics import ERROR, Diagnostic
from builder.model import Site
from builder.preview.annotating.changing import changed, deleted
from builder.preview.annotating.passages import accounts_of, words_of

MOST_BEFORE = 12
"""Words that may stand before a quote to tell it from the same words elsewhere."""

MOST_IN_ID = 5
"""Words of a quote in an id of its own."""

_COMMA = ",，、"
_NO_SPEAKERS = frozenset((*BY_NAME["quote"], *KEY_SYNONYMS["quote"]))
UNKNOWN = "unknown"


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the form sends: only what the text says or the author chose. "" is what nobody chose."""

    page: str
    """The address of the page that was annotated."""
    digest: str
    """Of the file that the page was made from."""
    passage: int = -1
    """Which quotation of the text is meant, from 0."""
    words: tuple[str, ...] = ()
    """Its words, as the page has them."""
    nobody: bool = False
    """Whether it quotes nobody."""
    speaker: str = ""
    """The id of who spoke, or `unknown`."""
    named: str = ""
    """A speaker who is in no record yet: the name, and behind a comma the office."""
    described: str = ""
    """A speaker who is in no record yet and is not named: how they are described."""
    via: str = ""
    said: str = ""
    """A date in EDTF."""
    says: str = ""
    """The words of the text that mean it."""
    medium: str = ""
    rules: str = ""
    to: str = ""
    quote: str = ""
    """The id of a record that is to be changed; "" where a new one is made."""
    keys: dict[str, str] = {}
    """Keys of that record with other values, "" for those that go."""
    deletes: bool = False
    """Whether that record goes."""


def change(site: Site, slug: str, data: bytes, answer: Answer) -> FileEdit | Refused:
    """Return the change of an explainer's file that an answer makes, or why it makes none. `data` are the bytes that the site was made from."""
    path = site.explainers[slug].place.path
    source = Source.of(path, data)
    if isinstance(source, Refused):
        return source
    if answer.quote:
        return _changed(site, slug, source, data, answer)
    passage = _passage(site, slug, answer)
    if passage is None:
        return refused("changed", path, message="This passage is not in the text any more, or has become another.")
    if answer.nobody:
        made = quote_nobody(source, _behind(source, passage))
        return made if isinstance(made, Refused) else _checked(path, data, made)
    return _quoted(site, slug, source, data, passage, answer)


def _passage(site: Site, slug: str, answer: Answer) -> Passage | None:
    found = accounts_of(site, slug)
    if not 0 <= answer.passage < len(found):
        return None
    passage = found[answer.passage].passage
    return passage if words_of(site.bodies[slug], passage) == answer.words else None


def _behind(source: Source, passage: Passage) -> int:
    """Return where in the file a quotation ends: behind the mark that closes it, or the last words of a block."""
    if passage.kind != BLOCK:
        return source.offset(passage.end_line, passage.end_column) + 1
    at = source.offset(passage.line, 1)
    while (behind := source.next_line(at)) < len(source.text) and source.text[behind : source.line_end(behind)].strip():
        at = behind
    return at + len(source.text[at : source.line_end(at)].rstrip())


def _quoted(site: Site, slug: str, source: Source, data: bytes, passage: Passage, answer: Answer) -> FileEdit | Refused:
    """Record a passage as a quote; a speaker who has no record gets one."""
    spoken = _speaker(site, answer)
    if isinstance(spoken, Refused):
        return spoken
    section, record, speaker = spoken
    now = _with_speaker(source, section, record, speaker)
    if isinstance(now, Refused):
        return now
    if site.explainers[slug].format == SHORT and not answer.says:
        made = _marked(source, now, data, passage, mark_keys(speaker, answer))
        if not isinstance(made, Refused) or made.reason != "layout":
            return made
    words = _without_comma(words_of(site.bodies[slug], passage))
    quote = quote_record(speaker, words, answer)
    first: Refused | None = None
    for more in _told_apart(site, slug, passage, words):
        made = insert(now, "quotes", {**quote, **more})
        if isinstance(made, Refused):
            return made
        whole = between(source.path, data, spliced(now.text, made.edits).encode())
        checked = _checked(source.path, data, whole)
        if not isinstance(checked, Refused):
            return checked
        first = first or checked
    return first or refused("changed", source.path)


def _marked(source: Source, now: Source, data: bytes, passage: Passage, keys: Mapping[str, str]) -> FileEdit | Refused:
    """Record a passage as a quote by a mark behind it; `now` is the file with a new speaker, whose record stands above."""
    shift = now.body_start - source.body_start
    made = mark_behind(now, _behind(source, passage) + shift, keys)
    if isinstance(made, Refused):
        return made
    return _checked(source.path, data, between(source.path, data, spliced(now.text, made.edits).encode()))


def mark_keys(speaker: str, answer: Answer) -> dict[str, str]:
    """Return the keys of a mark that makes a quote: those that were chosen."""
    found = {"by": speaker, "source": answer.via, "on": answer.said, "medium": answer.medium, "rules": answer.rules, "to": answer.to}
    return {key: value for key, value in found.items() if value}


def _with_speaker(source: Source, section: str, record: Value, speaker: str) -> Source | Refused:
    """Return the file with the record of a speaker who had none; as it is where there is no section to write to."""
    if not section:
        return source
    added = insert(source, section, record, key=speaker)
    return added if isinstance(added, Refused) else source.with_text(spliced(source.text, added.edits))


def _changed(site: Site, slug: str, source: Source, data: bytes, answer: Answer) -> FileEdit | Refused:
    """Change or delete the record of a quote."""
    quote = site.quotes.get((slug, answer.quote))
    if quote is None:
        return refused("changed", source.path, message=f"There is no quote “{answer.quote}” any more.")
    if answer.deletes:
        made = deleted(site, slug, source, quote)
        return made if isinstance(made, Refused) else _checked(source.path, data, made)
    is_spoken = answer.speaker or answer.named.strip() or answer.described.strip()
    spoken = _speaker(site, answer) if is_spoken else ("", None, "")
    if isinstance(spoken, Refused):
        return spoken
    made = changed(site, slug, source, data, quote, answer.keys, spoken[2])
    if isinstance(made, Refused):
        return made
    # Behind the change: the record was found by its line.
    both = _with_speaker(source.with_text(spliced(source.text, made.edits)), *spoken)
    return both if isinstance(both, Refused) else _checked(source.path, data, between(source.path, data, both.text.encode("utf-8")))


def _told_apart(site: Site, slug: str, passage: Passage, words: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield what tells a quote from others with its words, from nothing to most: an id of its own, and ever more of what stands before it."""
    taken = {key for _, key in site.quotes_in[slug]}
    made = urls.slug(" ".join(" ".join(words).split()[:MOST_IN_ID])) or "quote"
    own = next(one for n in range(2, len(taken) + 3) if (one := f"{made}-{n}") not in taken)
    for prefix in ("", *_before(site, slug, passage)):
        more = {"prefix": prefix} if prefix else {}
        yield more
        yield {"id": own, **more}


def quote_record(speaker: str, words: Sequence[str], answer: Answer) -> Mapping[str, Value]:
    """Return the record of a quote, in its shortest form; keys that nobody chose are not in it."""
    text: Value = words[0] if len(words) == 1 else list(words)
    record: dict[str, Value] = {"text": text, "speaker": speaker} if speaker in {*_NO_SPEAKERS, UNKNOWN} else {speaker: text}
    if answer.said:
        record["said"] = {"says": answer.says, "is": answer.said} if answer.says else answer.said
    chosen = {"to": answer.to, "rules": answer.rules, "medium": answer.medium, "via": answer.via}
    return record | {key: value for key, value in chosen.items() if value}


def _speaker(site: Site, answer: Answer) -> tuple[str, Value, str] | Refused:
    """Return the section and record of a speaker who has none yet, "" and None for one who has; and the id."""
    if answer.named.strip():
        return _new(site, "actors", answer.named)
    if answer.described.strip():
        return _new(site, "unnamed", answer.described)
    if answer.speaker == UNKNOWN or answer.speaker in site.actors:
        return "", None, answer.speaker
    return refused("value", "", message="Choose who said it." if not answer.speaker else f"There is no actor “{answer.speaker}”.")


def _new(site: Site, section: str, words: str) -> tuple[str, Value, str] | Refused:
    line = " ".join(words.split())
    name = line.partition(",")[0].strip() if section == "actors" else line
    # Whoever has a record gets no second one.
    known = next((key for key, actor in site.actors.items() if actor.title.casefold() == name.casefold()), "")
    if known:
        return "", None, known
    key = new_id(site, name)
    return (section, line, key) if key else refused("value", "", message=f"No id can be made of “{name}”.")


def new_id(site: Site, name: str) -> str:
    """Return an id for a new record that no other has; "" where the name has no letter and no digit."""
    made = urls.slug(name)
    taken = {*site.actors, *site.sources, *site.events, *site.explainers, UNKNOWN}
    numbered = (made, *(f"{made}-{n}" for n in range(2, 100)))
    return next((one for one in numbered if one not in taken and urls.is_id(one)), "") if made else ""


def _without_comma(words: Sequence[str]) -> tuple[str, ...]:
    """Return words without the comma that the author's own sentence puts inside the marks."""
    return (*words[:-1], words[-1].rstrip(_COMMA)) if words else ()


def _before(site: Site, slug: str, passage: Passage) -> tuple[str, ...]:
    """Return what stands before a passage, ever more words of it, to tell it from the same words elsewhere."""
    text = normalise(site.bodies[slug].text[max(0, passage.start - 400) : passage.start])[0]
    words = text.rstrip(" \"'").split()
    return tuple(" ".join(words[-n:]).strip("\"'") for n in range(1, min(MOST_BEFORE, len(words)) + 1))


def _checked(path: str, data: bytes, made: FileEdit) -> FileEdit | Refused:
    """Return a change, or the first error that the file would have with it and has not now."""
    now = {_told(problem) for problem in parse(path, data).diagnostics}
    after = parse(path, spliced(data.decode("utf-8"), made.edits).encode("utf-8"))
    fresh = [problem for problem in after.diagnostics if problem.severity == ERROR and _told(problem) not in now]
    return refused("value", path, message=" ".join(filter(None, (fresh[0].message, fresh[0].help)))) if fresh else made


def _told(problem: Diagnostic) -> tuple[str, str]:
    return problem.code, problem.message
