"""The chapters of the guide by their headings, and the small site that stands around an example in them."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from builder.content import frontmatter
from builder.content.parse import parse
from builder.model import Explainer

ROOT = Path(__file__).parents[2]
COVER = ROOT / "content/pages/guide.md"
GUIDE = COVER.with_suffix("")
CHAPTERS = sorted(path.stem for path in GUIDE.glob("*.md"))
MARKDOWN = MarkdownIt("commonmark").enable(["table"]).use(deflist_plugin)
CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")


class Part:
    """What stands below one heading, up to the next."""

    def __init__(self, title: str, level: int, tokens: list[Token]) -> None:
        self.title = title
        self.level = level
        self.tokens = tokens

    def definitions(self) -> dict[str, str]:
        """Terms that are code and nothing else, each with its definition as Markdown."""
        found: dict[str, str] = {}
        terms: list[str] = []
        inside = ""
        for token in self.tokens:
            if token.type == "dt_open":
                terms, inside = ([], "dt") if inside == "dd" else (terms, "dt")
            elif token.type == "dd_open":
                inside = "dd"
            elif token.type == "dl_close":
                terms, inside = [], ""
            elif token.type == "inline" and inside == "dt":
                code = CODE.fullmatch(token.content)
                if code:
                    assert code[1] not in found, f"“{code[1]}” is told twice under “{self.title}”"
                    terms.append(code[1])
            elif token.type == "inline" and inside == "dd":
                for term in terms:
                    found[term] = f"{found[term]}\n{token.content}" if term in found else token.content
        return found

    def rows(self) -> list[list[str]]:
        """The rows of all tables, as Markdown, without their heads."""
        rows: list[list[str]] = []
        head = False
        for token in self.tokens:
            if token.type in {"thead_open", "thead_close"}:
                head = token.type == "thead_open"
            elif token.type == "tr_open" and not head:
                rows.append([])
            elif token.type == "inline" and not head and rows and token.level > 3:
                rows[-1].append(token.content.replace("\\|", "|"))
        return rows

    def text(self) -> str:
        return "\n\n".join(token.content for token in self.tokens if token.type in {"inline", "fence"})

    def fences(self) -> list[tuple[str, str]]:
        return [(token.info, token.content) for token in self.tokens if token.type == "fence"]


def front_and_body(path: Path) -> frontmatter.SplitFile:
    block, problems = frontmatter.split(path.read_text("utf-8"), path=path.name)
    assert not problems
    return block


@functools.cache
def parts(path: Path) -> list[Part]:
    found = [Part("", 1, [])]
    tokens = MARKDOWN.parse(front_and_body(path).body)
    for n, token in enumerate(tokens):
        if token.type == "heading_open":
            found.append(Part(tokens[n + 1].content, int(token.tag[1]), []))
        found[-1].tokens.append(token)
    return found


FOLDERS = {"explainer": "explainers", "actor": "actors", "event": "events", "source": "sources", "page": "pages"}


def with_quotes(kind: str, text: str) -> str:
    """Return the file with the words of its quotes below it, where it has no body of its own."""
    if kind != "explainer" or front_of(text).body.strip():
        return text
    explainer = parse("content/explainers/example.md", text.encode()).explainer
    quotes = explainer.quotes if isinstance(explainer, Explainer) else ()
    return text + "\n\n".join(f"{quote.prefix} “{words}”" for quote in quotes for words in quote.segments if quote.in_body) + "\n"


def front_of(text: str) -> frontmatter.SplitFile:
    return frontmatter.split(text, path="guide")[0]


PROBLEMS = {part.title: part for part in parts(GUIDE / "problems.md") if part.level == 3}

WORLD = {
    "title": "title: Will the ferry run?\n",
    "published": "published: 2025-10-16\n",
    "sources": "sources: {lantern-1015: {publisher: The Lantern, title: Winter ferry in doubt, published: 2025-10-15}}\n",
    "actors": "actors: [ottoline-brack, gullhaven-council]\n",
    "unnamed": "unnamed:\n  hall-clerk: {described_as: a clerk at the village hall, knows_because: typed the agenda, anonymity_reason: unknown}\n",
    "quotes": "quotes:\n  - ottoline-brack: The boat is sound\n    said: 2025-10-14\n",
    "timeline": "timeline:\n  - 2025-10-14: The ferry is late\n    id: ferry\n"
    "  - 2025-10-21: The council votes\n    id: council-vote\n    actors: gullhaven-council\n",
}
"""What stands around an example in problems.md, unless it says otherwise itself."""

FILES = {
    "site.yaml": "title: Gullhaven\nfooter: '[About](/about/)'\n",
    "pages/about.md": "---\ntitle: About\n---\nWho we are.\n",
    "actors/ottoline-brack.md": "---\nname: Ottoline Brack\n---\n",
    "actors/gullhaven-council.md": "---\nname: Village Council\ntype: PublicBody\n---\n",
    "static/boat.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


def site_with(info: list[str], text: str) -> dict[str, str]:
    """Return the content files of a small site with an example in its place: what it is and where it goes, its info says."""
    kind = next((word for word in info if word in {*FOLDERS, "site"}), "explainer")
    files, front, body = dict(FILES), dict(WORLD), ""
    if info[0] == "markdown" and kind == "page":
        files["pages/about.md"] = f"---\ntitle: About\n---\n{text}"
    elif info[0] == "markdown":
        words = f"---\n{''.join(front.values())}---\n“The boat is sound,” says Brack.\n\n{text}"
        return files | {"explainers/ferry.md": words}
    elif kind == "site":
        files["site.yaml"] = text
    elif "file" in info:
        return files | {"explainers/ferry.md": text, "actors/ottoline-brack.md": "", "actors/gullhaven-council.md": ""}
    elif kind == "explainer":
        fragment, _, body = text.partition("---\n")
        front |= dict(split_keys(fragment))
    else:
        files[f"{FOLDERS[kind]}/pilot.md"] = text
        if "right" in info:
            front[FOLDERS[kind]] = "sources: [pilot]\n" if kind == "source" else "actors: [ottoline-brack, gullhaven-council, pilot]\n"
    return files | {"explainers/ferry.md": with_quotes("explainer", f"---\n{''.join(front.values())}---\n{body}")}


def split_keys(text: str) -> Iterator[tuple[str, str]]:
    """Cut a fragment of front matter at its top-level keys."""
    starts = [match.start() for match in re.finditer(r"^(?=[^\s#-])", text, re.MULTILINE)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start:end].partition(":")[0], text[start:end]
