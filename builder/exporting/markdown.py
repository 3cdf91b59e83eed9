"""An explainer as Markdown of its own, for editors and for machines that quote: its attributions are words, and nothing in it needs Backstory."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from builder.exporting import attributed_text
from builder.exporting.blocks import CODE, HEADING, ITEM, RULE, TABLE, TERM, Runs, TextBlock, TextRun
from builder.exporting.exporter_types import Chosen, Exported, ExportProblem, File

_SPECIAL = re.compile(r"([\\`*_\[\]<>~|]|(?<!\w)[#&]|!(?=\[))")
_ESCAPED = r"\\\1"
_BEGINS = re.compile(r"(?m)^(\s*)([-+=](?=\s|$|[-=])|\d{1,9}(?=[.)]\s)|:(?=\s))")


def write(chosen: Chosen) -> Exported:
    """Return a file for each explainer."""
    if not chosen.explainers:
        message = "it has no explainer, and Markdown is the text of one"
        raise ExportProblem(message)
    omissions: list[str] = []
    files: list[File] = []
    for slug in chosen.explainers:
        made = attributed_text.explainer_prose(chosen.site, slug)
        files.append(File(f"{slug}.md", as_markdown(made).encode()))
        lost = sum(bool(run.picture) and not _is_shown(run) for block in made.blocks for run in block.runs)
        if lost:
            omissions.append(
                f"{slug}: of {lost} {'picture' if lost == 1 else 'pictures'}, only the words that describe them, since content/site.yaml has no base_url"
            )
    return Exported(tuple(files), tuple(omissions))


def as_markdown(text: attributed_text.Prose) -> str:
    """Return an explainer as Markdown."""
    parts = [*_front_matter(text), ""]
    before = ""
    for block in text.blocks:
        lines = list(_block(block))
        # Items of one list stand together.
        kind = f"{block.kind}{block.quoted}"
        if not (block.kind == ITEM and before == kind):
            parts.append("" if not block.quoted or not before.endswith(str(block.quoted)) else ">" * block.quoted)
        parts += lines
        before = kind
    if text.notes:
        parts += ["", *(f"[^{number}]: {inline(runs)}" for number, runs in text.notes)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)) + "\n"


def _front_matter(prose: attributed_text.Prose) -> Iterator[str]:
    record = prose.record
    yield "---"
    yield f"title: {_quoted(record.title)}"
    for key, text in (
        ("summary", record.summary),
        ("date", record.published.edtf if record.published is not None else ""),
        ("lastmod", record.updated.edtf if record.updated is not None else ""),
        ("lang", record.lang),
        ("canonical", prose.address),
    ):
        if text:
            yield f"{key}: {_quoted(text)}"
    for key, texts in (("authors", record.authors), ("tags", tuple(topic.name for topic in record.topics))):
        if texts:
            yield f"{key}: [{', '.join(map(_quoted, texts))}]"
    yield "---"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _block(block: TextBlock) -> Iterator[str]:
    before = "> " * block.quoted
    if block.kind == RULE:
        yield f"{before}***"
    elif block.kind == CODE:
        text = "".join(run.text for run in block.runs).rstrip("\n")
        fence = "`" * max(3, *(len(found) + 1 for found in re.findall(r"`+", text)), 3)
        yield from (f"{before}{line}" for line in (fence, *text.split("\n"), fence))
    elif block.kind == TABLE:
        for n, row in enumerate(block.rows):
            yield f"{before}| {' | '.join(inline(cell) for cell in row)} |"
            if n == 0:
                yield f"{before}|{'---|' * len(row)}"
    elif block.kind == HEADING:
        yield f"{before}{'#' * block.level} {inline(block.runs)}"
    elif block.kind == TERM:
        yield f"{before}**{inline(block.runs)}**"
    else:
        depth = "    " * (block.level - 1) if block.kind == ITEM else "    " * block.level
        sign = (f"{block.number}. " if block.number else "- ") if block.kind == ITEM else ""
        yield f"{before}{depth}{sign}{_BEGINS.sub(_escaped_begin, inline(block.runs))}"


def _escaped_begin(match: re.Match[str]) -> str:
    # In “1. words” the dot is what makes it a list.
    return f"{match[1]}{match[2]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}"


def inline(runs: Runs) -> str:
    """Return words as Markdown."""
    return "".join(_linked(to, list(group)) for to, group in groupby(runs, key=lambda run: run.link))


def _linked(to: str, runs: Sequence[TextRun]) -> str:
    made = "".join(map(_run, runs))
    if not to:
        return made
    to = to.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    # An address that is its own words is one that readers click on.
    return f"<{to}>" if "".join(run.text for run in runs) == to else f"[{made}]({f'<{to}>' if '(' in to or ')' in to else to})"


def _is_shown(run: TextRun) -> bool:
    """Return whether a picture has an address that holds wherever the text goes."""
    return run.picture.startswith(("https://", "http://"))


def _run(run: TextRun) -> str:
    if run.note:
        return f"[^{run.note}]"
    if run.is_break:
        return "\\\n"
    if _is_shown(run):
        return f"![{_SPECIAL.sub(_ESCAPED, run.text[1:-1])}]({run.picture})"
    text = run.text
    if run.code:
        fence = "`" * (max((len(found) for found in re.findall(r"`+", text)), default=0) + 1)
        made = f"{fence} {text} {fence}" if text[:1] == "`" or text[-1:] == "`" else f"{fence}{text}{fence}"
    else:
        made = _SPECIAL.sub(_ESCAPED, text)
    for is_so, sign in ((run.bold, "**"), (run.italic, "*"), (run.struck, "~~")):
        if is_so and text.strip():
            inner = made.strip()
            start = made[: len(made) - len(made.lstrip())]
            made = f"{start}{sign}{inner}{sign}{made[len(made.rstrip()) :]}"
    return made
