"""`backstory annotate`: the proposals of a draft, one by one; each answer is one edit of the file."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from builder import cli, urls
from builder.cli.commands.known_records import KnownRecords
from builder.cli.commands.proposal_questions import (
    ACCEPT,
    ASKED,
    BACK,
    KIND,
    QUESTIONS,
    REJECT,
    SKIP,
    SOURCE,
    SPEAKER,
    KeyQuestion,
    NoAnswer,
    Quit,
    answered,
    ask,
    shown_value,
)
from builder.content import reading
from builder.content.editing import Refused, between
from builder.content.frontmatter import in_braces
from builder.diagnostics.shortening import shorten
from builder.drafting import proposal_wording
from builder.drafting.draft_file import KINDS_OF_ACTOR
from builder.drafting.proposals import Proposal, Unfit, read_proposals, reject
from builder.output import edits
from builder.preview.annotating import accept_proposal
from builder.preview.annotating.accept_proposal import NewRecord

if TYPE_CHECKING:
    from argparse import Namespace

HELP = "a accept · x reject · e edit · 1 to 9 choose that candidate · s skip · u take the last answer back · q quit"
EDIT_HELP = "Enter keeps what stands in brackets · - empties it · u goes back a question · a accepts now"

PROPOSAL_LABELS = {"actor": "Actor", "unnamed": "Source without a name", "quote": "Quote", "event": "Day"}

_SHOWN = 300
"""Characters of the article that are shown around a finding."""
_MOST_SHOWN = 40
"""Characters of a record in the list of changes."""


class _Reject(Exception):
    """The author rejects the proposal while something is asked about it."""


UNDONE = "undone"
"""That the last answer is to be taken back."""


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
        return _Session(root, path).through()
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


class _Session:
    """The proposals of one file, gone through from the first to the last."""

    def __init__(self, root: Path, path: Path) -> None:
        self._root = root
        self._path = path
        self._fresh: list[NewRecord] = []
        """Records that answers to the proposal at hand have named, and that the file does not have yet."""

    def through(self) -> int:
        """Ask about each proposal and carry the answers out. Returns the exit code."""
        passed: set[str] = set()
        counts = {"accepted": 0, "rejected": 0}
        done: list[str] = []
        code = cli.FINE
        total = len(read_proposals(self._read()))
        if not total:
            print(f"{self._path.name} has no proposals.")
            return cli.FINE
        print(f"{total} proposals. {HELP}\n")
        try:
            while left := [proposal for proposal in read_proposals(self._read()) if proposal.id not in passed]:
                proposal_now = left[0]
                self._fresh = []
                self._show(proposal_now, len(passed) + sum(counts.values()) + 1, total)
                answer = self._answer(proposal_now)
                if answer == UNDONE:
                    self._undo(done, counts, passed)
                elif answer:
                    counts[answer] += 1
                    done.append(answer)
                else:
                    passed.add(proposal_now.id)
                    done.append(proposal_now.id)
        except Quit:
            print()
        except KeyboardInterrupt:
            print()
            code = cli.INTERRUPTED
        remaining = len(read_proposals(self._read()))
        print(f"Accepted {counts['accepted']}, rejected {counts['rejected']}, {remaining} left.")
        if sum(counts.values()):
            print("backstory undo takes the last answer back.")
        if not remaining:
            print("Nothing is left to answer. backstory check --drafts shows what the records still need.")
        return code

    def _undo(self, done: list[str], counts: dict[str, int], passed: set[str]) -> None:
        """Take the last answer back: what it wrote, or that a proposal was skipped."""
        if not done:
            print("  There is no answer to take back.")
            return
        last = done.pop()
        passed.discard(last)
        if last not in counts:
            return
        undone = edits.undo(self._root)
        if isinstance(undone, Refused):
            done.append(last)
            print(f"  Not done: {undone.message}")
        else:
            counts[last] -= 1

    def _read(self) -> str:
        try:
            return self._path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            raise Unfit("it is not UTF-8") from None

    def _show(self, proposal: Proposal, number: int, total: int) -> None:
        print(f"[{number}/{total}] {PROPOSAL_LABELS[proposal.kind]}: {self._description(proposal)}")
        at, line = self._article_line(proposal)
        if line:
            print(f"  line {at}: {line if len(line) <= _SHOWN else line[:_SHOWN] + '…'}")
        how = {"read": "the article says so", "likely": "probably", "ask": "please decide"}.get(proposal.found, proposal.found)
        print(f"  {how}" + (f": {proposal.because}" if proposal.because else ""))
        if proposal.ask:
            print(f"  {proposal.ask}")
        for n, candidate in enumerate(proposal.candidates[:9], 1):
            print(f"    {n} {self._known.name(candidate)}")

    def _description(self, proposal: Proposal) -> str:
        if len(self._known.sources) == 1 and proposal.get("via"):
            proposal = proposal.having("via", "")  # Each of them has that source.
        return accept_proposal.in_words(proposal, self._known.names)

    def _article_line(self, proposal: Proposal) -> tuple[int, str]:
        """Return the line of the article that a proposal is about, with its number: of the kept article, or of the explainer that is the author's own."""
        text = self._read()
        sources = [*proposal.values("via"), *proposal.values("sources")]
        for source in sources or [via for other in read_proposals(text) for via in (*other.values("via"), *other.values("sources"))]:
            kept = self._root / "content/sources" / f"{source}.txt"
            if urls.is_id(source) and kept.is_file() and kept != self._path:
                return proposal_wording.line_of(proposal, kept.read_text("utf-8", errors="replace"))
        return proposal_wording.line_in_text(proposal, text)

    # --- answers ------------------------------------------------

    def _answer(self, proposal: Proposal) -> str:
        """Ask for an answer and carry it out. Returns what was done; "" if the proposal was skipped, `UNDONE` if the last answer is to be taken back."""
        given = ""
        while True:
            given = given or ask("> ").lower()
            given, key = "", given
            if key in SKIP:
                return ""
            if key in REJECT:
                return self._reject(proposal)
            if key in BACK:
                return UNDONE
            if key in {"e", "edit"}:
                proposal, given = self._edit_proposal(proposal)
                print(f"  {self._description(proposal)}")
                continue
            if key.isdigit() and 1 <= int(key) <= len(proposal.candidates):
                proposal = proposal.choosing(int(key))
            elif key not in ACCEPT:
                print(f"  {HELP}")
                continue
            try:
                whole = self._complete_proposal(proposal)
                return self._accept(whole) if whole is not None else ""
            except _Reject:
                return self._reject(proposal)

    def _edit_proposal(self, proposal: Proposal) -> tuple[Proposal, str]:
        """Ask for each key of a record in turn. Returns the changed proposal, and the key that ended the questions, if one did; Ctrl-C ends them too, and what was answered stays."""
        print(f"  {EDIT_HELP}")
        questions = [each for each in QUESTIONS[proposal.kind] if each.key != "denies" or proposal.get("denies")]
        before: list[tuple[int, Proposal]] = []
        n = 0
        while n < len(questions):
            question = questions[n]
            self._list_answers(question)
            now = ", ".join(self._known.name(each) for each in shown_value(proposal, question).split(", "))
            try:
                given = ask(f"  {question.words}{f' [{now}]' if now else ''}: ")
            except KeyboardInterrupt:
                print("\n  What you have answered stays: a accepts it, e asks again, Ctrl-C quits.")
                return proposal, ""
            if (low := given.lower()) in BACK:
                n, proposal = before.pop() if before else (n, proposal)
                continue
            if low in (SKIP | REJECT | ACCEPT) - {""}:
                return proposal, low
            try:
                changed, same = self._answered(proposal, question, given)
            except NoAnswer as why:
                print(f"  {why}")
                continue
            if given:
                before.append((n, proposal))
            proposal = changed
            n += not same
        return proposal, ""

    def _list_answers(self, question: KeyQuestion) -> None:
        """Print what an answer may be, with numbers."""
        asked = question.answer
        listed = KINDS_OF_ACTOR if asked == KIND else self._known.choices(asked) if asked in {SPEAKER, SOURCE} else ()
        if listed:
            print(f"  {self._known.numbered(listed)}")

    def _answered(self, proposal: Proposal, question: KeyQuestion, given: str) -> tuple[Proposal, bool]:
        """Return a proposal with what was answered, and whether the same question is still to be asked. `NoAnswer` where it is no answer."""
        if not given:
            return proposal, False
        key, colon, value = given.partition(":")
        if colon and key.strip() in {each.key for each in QUESTIONS[proposal.kind]} | {"id"}:
            return self._with_key(proposal, key.strip(), value.strip()), True
        if given == "-":
            return proposal.having(question.key, ""), False
        if question.answer in {SPEAKER, SOURCE}:
            known = self._known.choices(question.answer)
            if given.isdecimal() and not 1 <= int(given) <= len(known):
                raise NoAnswer("Give the number of one of them, a name, or a new one as the question has it.")
            return self._with_key(proposal, question.key, known[int(given) - 1] if given.isdecimal() else given), False
        if question.key == "name" and "," in given:
            return accept_proposal.with_line(proposal, given), False
        return answered(proposal, question, given), False

    def _with_key(self, proposal: Proposal, key: str, value: str) -> Proposal:
        """Return a proposal with a key of its record; a speaker or a source that is written in a line becomes a record of its own."""
        if key in {"speaker", "via"} and value:
            typed, value = value, self._known.called(SPEAKER if key == "speaker" else SOURCE, value)
            if value != typed and self._known.name(value).lower() != typed.lower():
                print(f"  {self._known.name(value)} is meant. For somebody else, write the whole name.")
        read = {"speaker": self._speaker, "via": accept_proposal.source}.get(key)
        new = read(value) if read is not None and value else None
        if new is not None:
            return self._naming(proposal, key, new)
        return proposal.having(key, value if value.startswith(("{", "[", '"')) else in_braces(value) if value else "")

    def _speaker(self, typed: str) -> NewRecord | None:
        # An actor of the site with a file of their own is listed by the id.
        is_shared = urls.is_id(typed) and (self._root / "content/actors" / f"{typed}.md").is_file()
        return NewRecord("actors", typed, "") if is_shared else accept_proposal.speaker(typed)

    def _naming(self, proposal: Proposal, key: str, new: NewRecord) -> Proposal:
        if new.section == "sources" or new.id not in self._known.speakers:
            self._fresh.append(new)
            kind = {"actors": "actor", "unnamed": "source without a name", "sources": "source"}[new.section]
            print(f"  New {kind}: {new.line} (its id: {new.id})" if new.line else f"  {new.id} is an actor of the site.")
        return proposal.having(key, new.id)

    @property
    def _known(self) -> KnownRecords:
        return KnownRecords(self._root, self._name, self._read(), self._fresh)

    def _complete_proposal(self, proposal: Proposal) -> Proposal | None:
        """Return a proposal with all that its record needs, which is asked for; None if that is not given."""
        while True:
            known = self._known.speakers
            key = proposal.lacks
            if not key and proposal.kind == "quote" and proposal.get("speaker") not in known:
                print(f"  “{self._known.name(proposal.get('speaker'))}” is no actor of this explainer.")
                key = "speaker"
            if not key:
                return proposal
            listed = {"type": proposal.candidates, "speaker": self._known.choices(SPEAKER)}.get(key, ())
            if listed and not (key == "type" and proposal.ask):  # the kinds stand above
                print(f"  {self._known.numbered(listed)}")
            value = ask(f"  {ASKED[key]}")
            if value.lower() in SKIP:
                return None
            if value.lower() in REJECT:
                raise _Reject
            if value.lower() in ACCEPT or (not listed and (len(value) == 1 or not any(map(str.isalnum, value)))):
                print("  That is no answer to this question. x rejects the proposal, s skips it, q quits.")
                continue
            if value.isdigit() and 1 <= int(value) <= len(listed):
                value = listed[int(value) - 1]
            value = next(
                (
                    kind
                    for kind in proposal.candidates
                    if key == "type" and value.lower() in {kind.lower(), proposal_wording.KINDS_IN_WORDS.get(kind)}
                ),
                value,
            )
            if key == "type" and value not in proposal.candidates:
                print(f"  “{value}” is none of them.")
                continue
            proposal = self._with_key(proposal, key, value) if key == "speaker" else proposal.having(key, in_braces(value))

    def _accept(self, proposal: Proposal) -> str:
        """Write the file with a record. What it needs besides, such as the speaker of a quote, is accepted with it."""
        also = [self._complete_proposal(other) for other in _required_proposals(read_proposals(self._read()), proposal)]
        if None in also:
            return ""
        needed = [other for other in also if other is not None]
        while True:
            text = self._read()
            try:
                self._write(
                    text,
                    accept_proposal.accept_in_file(self._name, text, proposal, needed, self._fresh),
                    f"accept {proposal.kind} “{_brief(proposal)}”",
                )
            except accept_proposal.NotInText as why:
                print(f"  {why}.")
                value = ask("  The words as your text has them, or n if it does not quote them (empty: skip): ")
                if value.lower() in SKIP:
                    return ""
                if value.lower() in REJECT:
                    return self._reject(proposal)
                if len(value) == 1 and value.lower() != "n":
                    print("  That is no answer to this question. x rejects the proposal, s skips it, q quits.")
                    continue
                proposal = proposal.having("in_body", "no") if value.lower() in {"n", "no"} else proposal.having("text", in_braces(value))
            except Unfit as unfit:
                print(f"  Not done: {unfit}.")
                return ""
            else:
                return "accepted"

    def _reject(self, proposal: Proposal) -> str:
        """Write the file with the note that a proposal is not wanted."""
        text = self._read()
        try:
            self._write(text, reject(text, proposal), f"reject {proposal.kind} “{_brief(proposal)}”")
        except Unfit as unfit:
            print(f"  Not done: {unfit}.")
            return ""
        return "rejected"

    @property
    def _name(self) -> str:
        """The path of the file from the site's root."""
        path, root = self._path.absolute(), self._root.absolute()
        return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()

    def _write(self, text: str, made: str, what: str) -> None:
        done = edits.write(self._root, [between(self._name, text.encode(), made.encode())], what)
        if isinstance(done, Refused):
            raise Unfit(done.message.rstrip("."))


def _brief(proposal: Proposal) -> str:
    words = accept_proposal.as_line(proposal) or proposal_wording.briefly(proposal) or proposal.id
    return shorten(words, _MOST_SHOWN)


def _required_proposals(left: Sequence[Proposal], proposal: Proposal) -> list[Proposal]:
    speaker = proposal.get("speaker")
    of_quote = proposal.kind == "quote" and bool(speaker)
    return [other for other in left if of_quote and other.get("id") == speaker and other.kind in {"actor", "unnamed"}]
