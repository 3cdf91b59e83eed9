"""`backstory draft`: an article becomes the draft of an explainer, or JSON."""

import codecs
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from builder import cli, dates, urls
from builder.build import load, master_tables
from builder.build.run import Run
from builder.cli import build_day, problem_output
from builder.cli.commands.build import progress
from builder.cli.commands.fix import refusal_reason
from builder.content import frontmatter, reading, settings
from builder.content.editing import Refused
from builder.content.frontmatter import Scalar, SequenceNode
from builder.drafting import ArticleText, Draft, as_data, draft_of, explainer, is_foreign, read
from builder.drafting.draft_file import DraftFile, DraftFileOptions
from builder.i18n.tags import language_code
from builder.model import Actor, Document, Settings, Source
from builder.output import edits
from builder.urls import is_web_address

if TYPE_CHECKING:
    from argparse import Namespace

LARGEST_ARTICLE = 2_000_000
"""Bytes: an article of more is a book."""

_FOREIGN = (
    "backstory: warning: the article is probably neither in English nor in German, the languages that are read; check each speaker and day."
)

_IN_TITLE, _IN_ID = 9, 3
"""Words of a headline in the title of a draft, and in the id of its source where no day is known."""

KEPT = "content/sources/*.txt"
"""What a `.gitignore` should name."""


class DraftOptions(NamedTuple):
    """The arguments of the command."""

    published: str | None
    own: bool
    title: str | None
    url: str | None
    publisher: str | None
    language: str | None
    again: bool = False
    """Whether an article may be drafted that was drafted before."""


class _DraftProblem(Exception):
    """The command cannot be carried out; the message says why."""


def run(root: Path | None, args: "Namespace") -> int:
    """Run the command. Without a site, what is found is printed as JSON."""
    if root is None:
        return show(args.article, args.published, args.language)
    draft_options = DraftOptions(args.published, args.own, args.title, args.url, args.publisher, args.language, args.again)
    return draft(root, args.article, draft_options)


def show(article: str, published: str | None, language: str | None) -> int:
    """Print what the rules find in an article as JSON. Returns the exit code."""
    try:
        found, day, _ = _find_statements(article, published, language)
    except _DraftProblem as problem:
        return _refused(problem)
    _warn_without_day(day)
    plain = (sys.stdout.encoding or "").lower() not in {"utf-8", "utf8"}  # any terminal and pipe can take ASCII
    print(json.dumps(as_data(found, day), ensure_ascii=plain, indent=1))
    return cli.FINE


def draft(root: Path, article: str, draft_options: DraftOptions) -> int:
    """Make the draft of an explainer, and of an article by others the kept text of its source. Nothing that exists is overwritten."""
    try:
        documents = tuple(load.parse(master_tables.read(root).texts, None, Run()))
        names = [draft_options.publisher or "", *_publishers(documents)]
        found, day, text = _find_statements(article, draft_options.published, draft_options.language, names, asks=True)
        if not draft_options.again:
            _refuse_second_draft(root, found.article, text, own=draft_options.own)
        wanted = _describe_draft(root, documents, (article, text), found.article, day, draft_options)
        slug = _slug(wanted.title)
        made = explainer(found, wanted)
        texts = {root / "content/explainers" / f"{slug}.md": made.text}
        if not wanted.own:
            texts[root / "content/sources" / f"{wanted.source}.txt"] = text
        _write(root, texts)
    except _DraftProblem as problem:
        return _refused(problem)
    _print_summary(root, texts, found, made)
    if wanted.own and wanted.heading not in {"", wanted.title}:
        print(f"The title is “{wanted.title}”; the article’s headline, “{wanted.heading}”, is the title of its source, {wanted.source}.")
    if day is None:
        sys.stdout.flush()
        _warn_without_day(day)
        print(
            f"To draft it again with its day: delete {' and '.join(str(_short_path(root, path)) for path in texts)} first.", file=sys.stderr
        )
    return cli.FINE


def _refused(problem: _DraftProblem) -> int:
    print(f"backstory: {problem}", file=sys.stderr)
    return cli.USAGE


def _find_statements(
    article: str, published: str | None, language: str | None, publishers: Sequence[str] = (), *, asks: bool = False
) -> tuple[Draft, dates.Date | None, str]:
    """Return the findings, the day that relative dates count from, and the article's text as in the file. Where nothing tells the day, and `asks`, a person at a terminal is asked.

    `publishers` are names of publications that the article may speak of.
    """
    text = _text(article)
    read_ = read(text, name=article, language=language or "", publishers=publishers)
    if not any(map(str.isalnum, read_.text)):
        raise _DraftProblem(f"{'What was given' if article == '-' else article} has no words in it.")
    if not language and is_foreign(read_.text):
        print(_FOREIGN, file=sys.stderr)
    day = _day(published) if published not in {None, "", "unknown"} else _metadata_day(read_)
    if day is None and published is None and asks and article != "-" and sys.stdin.isatty() and sys.stdout.isatty():
        day = _asked_day()
    with progress(shown=problem_output.shows_progress(problem_output.TEXT)) as show:
        found = draft_of(read_, day, lambda done, of: show("read", done, of))
    return found, day, text


def _publishers(documents: Sequence[Document]) -> set[str]:
    """Return the publishers of the sources of a site."""
    found = {document.source.publisher for document in documents if document.source is not None}
    for document in documents:
        if document.explainer is not None:
            found |= {source.publisher for source in document.explainer.sources if isinstance(source, Source)}
    return found


def _text(article: str) -> str:
    try:
        if article == "-":
            data = sys.stdin.buffer.read(LARGEST_ARTICLE + 1)
        else:
            with Path(article).open("rb") as stream:
                data = stream.read(LARGEST_ARTICLE + 1)
    except OSError as error:
        raise _DraftProblem(f"{article} could not be read: {reading.reason(error)}.") from None
    if len(data) > LARGEST_ARTICLE:
        raise _DraftProblem(f"{'What was given' if article == '-' else article} is too large for an article.")
    try:
        text = data.decode("utf-16" if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8")
    except UnicodeDecodeError:
        raise _DraftProblem(
            f"{'What was given' if article == '-' else article} is not text in UTF-8. Save it as plain text, in UTF-8."
        ) from None
    if not any(map(str.isalnum, text)):
        raise _DraftProblem(f"{'What was given' if article == '-' else article} has no words in it.")
    return text


def _day(published: str | None) -> dates.Date:
    try:
        day = dates.parse((published or "").strip())
    except dates.DateProblem as problem:
        raise _DraftProblem(f"“{published}” is not a date. {problem.reason} {problem.hint}".rstrip()) from None
    if not dates.is_day(day.edtf):
        raise _DraftProblem(f"--published takes a day, such as 2022-01-19, not “{published}”.")
    return day


def _asked_day() -> dates.Date | None:
    """Return the day that a person types; None where they do not know it."""
    while True:
        try:
            given = input("When did the article appear? “Friday” and the like are counted from that day. 2022-01-19, or Enter if unknown: ")
        except EOFError:
            return None
        if not given.strip():
            return None
        try:
            return _day(given)
        except _DraftProblem as problem:
            print(problem)


def _metadata_day(article: ArticleText) -> dates.Date | None:
    """Return the publication day in the metadata of a page."""
    try:
        return dates.parse(article.published) if article.published else None
    except dates.DateProblem:
        return None


def _describe_draft(
    root: Path,
    documents: Sequence[Document],
    file: tuple[str, str],
    article: ArticleText,
    day: dates.Date | None,
    draft_options: DraftOptions,
) -> DraftFileOptions:
    name, text = file
    if draft_options.url and not is_web_address(draft_options.url):
        raise _DraftProblem(f"“{draft_options.url}” is no address of the web. Write it in full, beginning with https://.")
    known = {document.actor.id for document in documents if document.actor is not None}
    for document in documents:
        if document.explainer is not None:
            known |= {actor.id for actor in document.explainer.actors if isinstance(actor, Actor)}
    heading = article.title or (Path(name).stem if name != "-" else "")
    title = draft_options.title or (heading if draft_options.own else f"About: {_short(heading)}" if heading else "")
    if not title:
        raise _DraftProblem("the article has no headline. Give the explainer a title with --title.")
    publisher = draft_options.publisher or article.publisher or (_site(root).title if draft_options.own else "")
    published = day.edtf if day is not None else ""
    source = urls.slug(f"own {published}" if draft_options.own else f"{publisher or 'article'} {published or _short(heading, _IN_ID)}")
    there = {document.source.id for document in documents if document.source is not None}
    there |= {source.id for document in documents if document.explainer is not None for source in document.explainer.sources}
    source = _free_id(source, there, root)
    return DraftFileOptions(
        title=title,
        source=source,
        publisher=publisher,
        url=draft_options.url or (article.url if is_web_address(article.url) else ""),
        published=published,
        own=draft_options.own,
        file=text,
        heading=article.title or (title if draft_options.own else ""),
        language=article.language if article.language != _language(root) else "",
        today=dates.iso(build_day.day()) or "",
        known=frozenset(known),
        rejected=frozenset(_rejected(root)),
    )


def _slug(title: str) -> str:
    slug = urls.slug(title)
    if not slug:
        raise _DraftProblem("the title needs a letter or a digit, since the address is made from it. Give one with --title.")
    return slug


def _short(heading: str, most: int = _IN_TITLE) -> str:
    words = heading.split()
    return heading if len(words) <= most else " ".join(words[:most])


def _free_id(source: str, there: set[str], root: Path) -> str:
    made, number = source or "article", 2
    while made in there or (root / "content/sources" / f"{made}.txt").exists():
        made, number = f"{source}-{number}", number + 1
    return made


def _site(root: Path) -> Settings:
    return settings.read((root / settings.PATH).read_bytes())[0]


def _language(root: Path) -> str:
    return language_code(_site(root).language)


def _refuse_second_draft(root: Path, article: ArticleText, text: str, *, own: bool) -> None:
    before = _drafted_before(root, article, text, own=own)
    if before:
        raise _DraftProblem(
            f"this article was drafted before: {before} has its words. Nothing was written. To draft it once more, add --again."
        )


def _drafted_before(root: Path, article: ArticleText, text: str, *, own: bool) -> str:
    """Return the file that an article became before: the kept text of its source, or of an own one the explainer that is its text; "" for none."""
    if not own:
        words = text.split()
        kept = (path for path in sorted((root / "content/sources").glob("*.txt")) if path.read_text("utf-8", "replace").split() == words)
        return next((str(_short_path(root, path)) for path in kept), "")
    words = [word for paragraph in article.paragraphs for word in article.text[paragraph.start : paragraph.end].split()]
    for document in load.parse(reading.read(root).texts, None, Run()):
        if document.explainer is not None and (body := document.explainer.body.text.split()) and words[-len(body) :] == body:
            title = words[: len(words) - len(body)]
            if not title or title == article.title.split():
                return document.path
    return ""


def _rejected(root: Path) -> set[str]:
    """Return the ids of all proposals that an explainer of the site rejects."""
    found: set[str] = set()
    for path, data in reading.read(root).texts:
        if not path.startswith("content/explainers/") or b"rejected:" not in data:
            continue
        block, _ = frontmatter.split(data.decode("utf-8", "replace"), path=path)
        for key, value in block.fields.items:
            if key.value == "rejected":
                items = value.items if isinstance(value, SequenceNode) else (value,)
                found |= {item.value for item in items if isinstance(item, Scalar)}
    return found


def _write(root: Path, texts: Mapping[Path, str]) -> None:
    there = [path for path in texts if path.exists()]
    if there:
        raise _DraftProblem(
            f"{_short_path(root, there[0])} is there already. Nothing was written. Give the explainer another title with --title."
        )
    files = {_short_path(root, path): text.encode("utf-8") for path, text in texts.items()}
    done = edits.write_files(root, files, f"draft {next(iter(texts)).stem}")
    if isinstance(done, Refused):
        raise _DraftProblem(f"{refusal_reason(done).rstrip('.')}.")


def _print_summary(root: Path, texts: Mapping[Path, str], found: Draft, result: DraftFile) -> None:
    """Print what was made, and what is left to answer."""
    path, *others = texts
    counts = [(sum(kind == which for kind, _ in result.proposals), which) for which in ("actor", "unnamed", "quote", "event")]
    words = {"actor": "actor", "unnamed": "source without a name", "quote": "quote", "event": "day"}
    listed = [
        f"{n} {words[which] if n == 1 else words[which].replace('source', 'sources') if which == 'unnamed' else words[which] + 's'}"
        for n, which in counts
        if n
    ]
    print(f"Made {_short_path(root, path)}, a draft: it proposes {', '.join(listed) or 'nothing'}.")
    for other in others:
        print(f"Made {_short_path(root, other)}, the article itself: quotes are compared with it, and it is never published.")
    ask = sum(how == "ask" for _, how in result.proposals)
    likely = sum(how == "likely" for _, how in result.proposals)
    if result.proposals:
        of_days = " A day takes a title from you, or is rejected." if any(kind == "event" for kind, _ in result.proposals) else ""
        print(f"Left to answer: {ask} to decide, {likely} probably right; of the others the article says so.{of_days} Review them:")
        print("  in the preview (backstory serve): open the draft, and press “a”")
        print(f"  in the terminal: backstory annotate {_short_path(root, path)}")
    if others and not _is_ignored(root):
        print(f"If the folder is in git, write {KEPT} into .gitignore: the text of others is not yours to share.")
    if not found.said and not found.days:
        print("No quotations and no days were found in it.")
    print("`backstory build --drafts` shows it.")


def _warn_without_day(day: dates.Date | None) -> None:
    """Warn where the day of an article is not known."""
    if day is None:
        print(
            "backstory: warning: the article has no publication date, so “Friday” and the like have no dates. Give the day with --published.",
            file=sys.stderr,
        )


def _is_ignored(root: Path) -> bool:
    try:
        return KEPT in (root / ".gitignore").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _short_path(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
