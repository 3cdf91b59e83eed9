"""What is fed to the parts that read what authors write: each takes any bytes, and holds what is always so of the answer."""

from builder import dates
from builder.content import anchoring, frontmatter, markup, settings
from builder.content.parse import FOLDERS, parse
from builder.diagnostics import Location
from builder.model import Document, Quote


def document(data: bytes) -> None:
    folder = FOLDERS[data[0] % len(FOLDERS)] if data else FOLDERS[0]
    assert isinstance(parse(f"content/{folder}/x.md", data[1:]), Document)


def block(data: bytes) -> None:
    settings.read(data)
    text = data.decode("utf-8", "replace")
    fields, problems = frontmatter.load(text, path="a.md")
    assert isinstance(fields, frontmatter.MappingNode)
    assert all(problem.location.line <= text.count("\n") + text.count("\r") + 2 for problem in problems)


def body(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    made, _ = markup.read(text, path="a.md")
    assert "<script" not in "".join(getattr(segment, "html", "") for segment in made.segments)
    markup.read_line(text, location=Location("a.md", 1, 1))


def date(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    try:
        found = dates.parse(text)
    except dates.DateProblem:
        return
    assert dates.parse(found.edtf) == found


def quote(data: bytes) -> None:
    words, _, text = data.decode("utf-8", "replace").partition("\n")
    made, _ = markup.read(text, path="a.md")
    found, _, _ = anchoring.anchor(made, [Quote(id="q", segments=(words,))], path="a.md")
    assert found.text == made.text


TARGETS = {"document": document, "block": block, "body": body, "date": date, "quote": quote}
