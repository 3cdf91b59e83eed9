"""`backstory annotate`: the proposals of a draft, one by one; each answer is one edit of the file."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from builder import cli, urls
from builder.content import reading
from builder.content.frontmatter import in_braces
from builder.drafting.answering import Proposal, accept, reject, speakers, waiting
from builder.drafting.blocks import Unfit

if TYPE_CHECKING:
    from argparse import Namespace

HELP = "a accept · x reject · e edit · 1 to 9 choose that candidate · s skip · q quit"

KINDS = {"actor": "Actor", "unnamed": "Source without a name", "quote": "Quote", "event": "Day"}

_ASKED = {
    "speaker": "Speaker, an id or its number (empty: skip): ",
    "text": "The words, as they stand in your text (empty: skip): ",
    "title": "What happened (empty: skip): ",
    "type": "What it is (a number, or one of those words; empty: skip): ",
    "id": "Its id (empty: skip): ",
    "described_as": "The words that describe them (empty: skip): ",
}
_SHOWN = 300
"""Characters of the article that are shown around a finding."""


class _Quit(Exception):
    """The author has had enough for now."""


class _Reject(Exception):
    """The author rejects the proposal while something is asked about it."""


ACCEPT, REJECT, SKIP, QUIT = ({"a", "accept", "y", "yes"}, {"x", "r", "reject"}, {"s", "skip", ""}, {"q", "quit"})
"""What may be answered at every question, in small letters."""


def run(root: Path, args: "Namespace") -> int:
    """Run the command."""
    return annotate(root, args.file)


def annotate(root: Path, file: str) -> int:
    """Go through the proposals of an explainer. Returns the exit code."""
    path = _path(root, file)
    if path is not None and path.suffix != ".md":
        print(f"backstory: {file} is the article; name the explainer, content/explainers/….md.", file=sys.stderr)
        return cli.USAGE
    if path is None:
        print(f"backstory: there is no explainer {file}. Name one of content/explainers/.", file=sys.stderr)
        return cli.USAGE
    try:
        return _review(root, path)
    except Unfit as unfit:
        print(f"backstory: {path.name}: {unfit}.", file=sys.stderr)
        return cli.PROBLEMS
    except OSError as error:
        print(f"backstory: {error.filename or path} could not be read or written: {reading.reason(error)}.", file=sys.stderr)
        return cli.PROBLEMS


def _path(root: Path, file: str) -> Path | None:
    """Return the file that is meant: a path from here or from the site's folder, or the address of an explainer."""
    for path in (Path(file), root / file, root / "content/explainers" / f"{file}.md", root / "content/explainers" / file / "index.md"):
        if path.is_file():
            return path
    return None


def _review(root: Path, path: Path) -> int:
    passed: set[str] = set()
    counts = {"accepted": 0, "rejected": 0}
    total = len(waiting(_read(path)))
    if not total:
        print(f"{path.name} has no proposals.")
        return cli.FINE
    print(f"{total} proposals. {HELP}\n")
    try:
        while left := [one for one in waiting(_read(path)) if one.id not in passed]:
            one = left[0]
            _show(root, path, one, len(passed) + sum(counts.values()) + 1, total)
            answer = _answer(path, one)
            if answer:
                counts[answer] += 1
            else:
                passed.add(one.id)
    except _Quit:
        print()
    remaining = len(waiting(_read(path)))
    print(f"Accepted {counts['accepted']}, rejected {counts['rejected']}, {remaining} left.")
    if not remaining:
        print("Nothing is left to answer. backstory check --drafts shows what the records still need.")
    return cli.FINE


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise Unfit("it is not UTF-8") from None


def _show(root: Path, path: Path, one: Proposal, number: int, total: int) -> None:
    print(f"[{number}/{total}] {KINDS[one.kind]}: {', '.join(f'{key}: {value}' for key, value in one.record if value)}")
    line = _article_line(root, path, one)
    if line:
        print(f"  line {one.at}: {line}")
    how = {"read": "stated in the text", "likely": "likely", "ask": "only you can answer"}.get(one.found, one.found)
    print(f"  {how}" + (f": {one.because}" if one.because else ""))
    if one.ask:
        print(f"  {one.ask}")
    for n, candidate in enumerate(one.candidates[:9], 1):
        print(f"    {n} {candidate}")


def _article_line(root: Path, path: Path, one: Proposal) -> str:
    """Return the line of the kept article that a proposal is about; "" where it is not kept."""
    source = one.get("via") or one.get("sources")
    kept = root / "content/sources" / f"{source}.txt"
    if not source or not urls.is_id(source) or not kept.is_file() or kept == path:
        return ""
    lines = kept.read_text("utf-8", errors="replace").splitlines()
    words = lines[one.at - 1].strip() if 0 < one.at <= len(lines) else ""
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


def _answer(path: Path, one: Proposal) -> str:
    """Ask for an answer and carry it out. Returns what was done; "" if the proposal was skipped."""
    while True:
        given = _ask("> ").lower()
        if given in SKIP:
            return ""
        if given in REJECT:
            return _edit(path, one, "rejected")
        if given in {"e", "edit"}:
            one = _edit_proposal(one)
            print(f"  {', '.join(f'{key}: {value}' for key, value in one.record if value)}")
            continue
        if given.isdigit() and 1 <= int(given) <= len(one.candidates):
            one = one.choosing(int(given))
        elif given not in ACCEPT:
            print(f"  {HELP}")
            continue
        try:
            whole = _complete_proposal(one, speakers(_read(path)))
            return _edit(path, whole, "accepted") if whole is not None else ""
        except _Reject:
            return _edit(path, one, "rejected")


def _ask(prompt: str) -> str:
    try:
        given = input(prompt).strip()
    except EOFError:
        raise _Quit from None
    if given.lower() in QUIT:
        raise _Quit
    return given


def _edit_proposal(one: Proposal) -> Proposal:
    while given := _ask("  key: value (empty: done): "):
        key, colon, value = given.partition(":")
        if not colon and given.lower() in SKIP | REJECT | ACCEPT:
            print("  First end the editing with an empty line.")
            continue
        if not colon or not key.strip().isidentifier():
            print("  Write a key, a colon and the value, such as: title: The council votes")
            continue
        value = value.strip()
        one = one.having(key.strip(), value if value.startswith(("{", "[", '"')) else in_braces(value) if value else "")
    return one


def _complete_proposal(one: Proposal, known: frozenset[str]) -> Proposal | None:
    """Return a proposal with all that its record needs, which is asked for; None where that is not given."""
    while True:
        key = one.lacks
        if not key and one.kind == "quote" and one.get("speaker") not in known:
            print(f"  “{one.get('speaker')}” is no actor of this explainer.")
            key = "speaker"
        if not key:
            return one
        listed = {"type": one.candidates, "speaker": tuple(sorted(known))}.get(key, ())
        if listed:
            print("  " + " · ".join(f"{n} {choice}" for n, choice in enumerate(listed, 1)))
        value = _ask(f"  {_ASKED[key]}")
        if value.lower() in SKIP:
            return None
        if value.lower() in REJECT:
            raise _Reject
        if value.lower() in ACCEPT or (not listed and (len(value) == 1 or not any(map(str.isalnum, value)))):
            print("  That is no answer to this question. x rejects the proposal, s skips it, q quits.")
            continue
        if value.isdigit() and 1 <= int(value) <= len(listed):
            value = listed[int(value) - 1]
        if key == "type" and value not in one.candidates:
            print(f"  “{value}” is none of them.")
            continue
        one = one.having(key, in_braces(value))


def _edit(path: Path, one: Proposal, done: str) -> str:
    """Write the file with an answer in it. What it needs besides, such as the speaker of a quote, is accepted with it."""
    text = _read(path)
    try:
        if done == "rejected":
            made = reject(text, one)
        else:
            also = [_complete_proposal(other, speakers(text)) for other in _required_proposals(waiting(text), one)]
            if None in also:
                return ""
            made = accept(text, one, [other for other in also if other is not None])
    except Unfit as unfit:
        print(f"  Not done: {unfit}.")
        return ""
    _write(path, made)
    return done


def _required_proposals(left: Sequence[Proposal], one: Proposal) -> list[Proposal]:
    speaker = one.get("speaker")
    return [
        other for other in left if one.kind == "quote" and speaker and other.get("id") == speaker and other.kind in {"actor", "unnamed"}
    ]


def _write(path: Path, text: str) -> None:
    """Put a file in the place of another in one step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
        Path(name).chmod(path.stat().st_mode & 0o7777)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
