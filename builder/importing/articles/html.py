"""Saved pages and exports of Google Docs: the article within, and what the page says of itself as a source."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from builder import dates
from builder.content.html_events import VOID
from builder.importing.articles.hidden_text import remove_hidden
from builder.importing.articles.html_to_markdown import PageWriter
from builder.importing.articles.page_metadata import ArticleMetadata
from builder.importing.decoding import decode
from builder.importing.html_words import address, line
from builder.importing.importer_types import (
    SOURCE,
    Article,
    ImportInput,
    ImportNote,
    ImportOptions,
    ImportProblem,
    ImportResult,
    Missing,
    Record,
)
from builder.importing.mapping_values import drop_empty

MAX_PAGE_CHARACTERS = 20_000_000
"""Characters of a page."""


_MAX_PARSED_NESTING = 4_000
"""Elements within one another: the time that parsing takes grows with the square of it."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]{0,2000}>")
_UNCLOSED = VOID | frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "rt",
        "rp",
        "html",
        "body",
        "head",
    ]
)
"""Elements that have no end, or need none."""


def _depth(text: str) -> int:
    """Return how deep the elements of a page stand within one another, at most."""
    if text.count("<") <= _MAX_PARSED_NESTING:
        return 0
    at = deepest = 0
    for found in _TAG.finditer(text):
        if found[2].lower() in _UNCLOSED or found[0].endswith("/>"):
            continue
        at = max(0, at - 1) if found[1] else at + 1
        deepest = max(deepest, at)
    return deepest


def parse_page(text: str) -> Any:
    """Return a page as its tree. `Missing` where the library is."""
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise Missing("articles") from None
    if len(text) > MAX_PAGE_CHARACTERS:
        message = "it is too large for an article"
        raise ImportProblem(message)
    if _depth(text) > _MAX_PARSED_NESTING:
        raise ImportProblem("its elements stand within one another, far deeper than anybody writes")
    return LexborHTMLParser(text)


def read_page(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the article of a page, and the page as a source if it says where it is from."""
    import_notes: list[ImportNote] = []
    data = import_input.data
    encoding = options.encoding
    if not encoding and (found := re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,20})", data[:4000], re.IGNORECASE)):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            encoding = found[1].decode()
    return import_html(decode(data, encoding, import_notes), import_input, import_notes)


def read_source(data: bytes, at: str, import_notes: list[ImportNote], *, charset: str = "") -> dict[str, Any]:
    """Return what a page says of itself as a source, as fields of the format; `at` is where it was found, `charset` what its server says of its encoding.

    `Missing` where the library is.
    """
    said = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,20})", data[:4000], re.IGNORECASE)
    text = _decoded(data, charset, said[1].decode() if said else "")
    about = ArticleMetadata(parse_page(text), lambda what: import_notes.append(ImportNote("", what)))
    url = address(urljoin(at, about.canonical or about.url))
    if urlsplit(url).hostname != urlsplit(at).hostname:
        import_notes.append(ImportNote("", f"it says that it is a copy of {url}"))
        url = at
    return drop_empty(
        {
            "title": about.title,
            "publisher": about.publisher,
            "authors": about.authors,
            "url": url,
            "published": about.published,
            "lang": about.lang,
        }
    )


_LONGEST_LETTER = 4


def _decoded(data: bytes, *names: str) -> str:
    """Return the text of a page: in UTF-8 if it can be, else in the first of these encodings that there is, and not only half."""
    for name in ("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", *names):
        try:
            return data.decode(name)
        except UnicodeDecodeError as error:
            if error.start > len(data) - _LONGEST_LETTER:  # a long page is cut anywhere
                return data[: error.start].decode(name)
        except (LookupError, UnicodeError):
            continue
    try:
        return data.decode(next(filter(None, names), "cp1252"), "replace")
    except (LookupError, UnicodeError):
        return data.decode("cp1252", "replace")


def import_html(
    text: str, import_input: ImportInput, import_notes: list[ImportNote], *, fields: dict[str, Any] | None = None, title: str = ""
) -> ImportResult:
    """Return what a page comes to. `fields` and `title` are what the file that it was made from says of itself."""

    def add_note(what: str) -> None:
        import_notes.append(ImportNote("", what))

    for comment in re.findall(r"<!--(?!\[if|<!| saved from url=)(.*?)-->", text[:2_000_000], re.DOTALL):
        if words := line(comment):
            add_note(f"a comment was left out: “{words[:300]}”")
    tree = parse_page(text)
    about = ArticleMetadata(tree, add_note)
    root = _article(tree)
    styles = {name: rules for style in tree.css("style") for name, rules in re.findall(r"\.([\w-]+)\s*\{([^{}]*)\}", style.text(deep=True))}
    if root is not None:
        if around := _around(root):
            add_note(f"what stands around the article was left out: “{around[:300]}”")
        remove_hidden(root, styles, add_note)
    page = PageWriter(tree.root, about.url, import_input.beside, add_note, styles)
    body = page.markdown(root) if root is not None else ""
    heading = (root.css_first("p.title") or root.css_first("h1")) if root is not None else None
    called = line(heading.text(deep=True)) if heading is not None else ""
    is_called = heading is not None and heading.tag == "p"
    # A title in the style for titles says more than the properties of a document, which often stay from another one.
    title = (called if is_called and fields is not None else "") or title or about.title or called or import_input.stem
    body = _without_title(body, title, is_called=is_called)
    if not body.strip():
        message = "it has no text"
        raise ImportProblem(message)
    records: list[Record] = []
    if about.url:
        source = drop_empty(
            {
                "title": title,
                "publisher": about.publisher,
                "authors": about.authors,
                "url": about.url,
                "published": about.published,
                "lang": about.lang,
            }
        )
        records.append(Record(SOURCE, about.url, "the page", source))
    own = drop_empty(
        {"title": title, "summary": about.summary, "authors": about.authors if not about.url else [], "lang": about.lang, **(fields or {})}
    )
    day = about.published[:10]
    if day and dates.is_day(day) and "published" not in own:
        own["published"] = day
    article = Article("", title, own, body, page.pictures, key=import_input.name, source=about.url, words=plain(body) if about.url else "")
    return ImportResult("", tuple(records), (article,), tuple(import_notes))


def plain(body: str) -> str:
    """Return the words of a text of Markdown, without its marks."""
    text = re.sub(r"\[\^[^\]]*\]:?", "", body)
    text = re.sub(r"!\[([^\]]*)\]\((?:<[^>]*>|[^()\s]*)(?: \"([^\"]*)\")?\)", r"\1 \2", text)
    text = re.sub(r"(?<!\\)\[([^\[\]]*)\]\((?:<[^>]*>|[^()\s]*)\)", r"\1", text)
    text = re.sub(r"(?m)^(?:> ?|#{2,6} |[ ]*- )+|(?<!\\)(?:\*\*|\*|~~)|^\|(?:---\|)+$", "", text)
    return re.sub(r"\\(?=[^\w\s]|[_\n])", "", text).strip() + "\n"


def _article(tree: Any) -> Any:
    """Return the element that holds the article: the one that is marked as such, or the whole body."""
    for selector in ("[itemprop=articleBody]", "article", "main", "[role=main]"):
        found = tree.css(selector)
        if len(found) == 1 or (found and selector != "article"):
            return found[0]
        if found:
            best = max(found, key=lambda node: len(node.text(deep=True)))
            if 2 * len(best.text(deep=True)) > sum(len(node.text(deep=True)) for node in found):
                return best
    return tree.body


_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "textarea"})


def _around(root: Any) -> str:
    """Return the words of a page that stand outside of its article."""
    before: list[str] = []
    behind: list[str] = []
    node = root
    while node is not None and node.tag not in {"body", "html"}:
        sibling = node.prev
        while sibling is not None:
            before.append(_seen(sibling))
            sibling = sibling.prev
        sibling = node.next
        while sibling is not None:
            behind.append(_seen(sibling))
            sibling = sibling.next
        node = node.parent
    return line(" ".join((*reversed(before), *behind)))


def _seen(node: Any) -> str:
    """Return the words of an element that a reader sees."""
    if node.tag in _UNSEEN:
        return ""
    texts = (
        child
        for child in node.traverse(include_text=True)
        if child.tag == "-text" and (child.parent is None or child.parent.tag not in _UNSEEN)
    )
    return " ".join(text.text() for text in texts)


_MAX_BLOCKS_ABOVE_TITLE = 10
"""Blocks above the title of a document, such as the head of its pages."""


def _without_title(body: str, title: str, *, is_called: bool) -> str:
    blocks = body.split("\n\n")
    for n, block in enumerate(blocks):
        bare = re.sub(r"[*_\\]", "", block.lstrip("# ")).strip()
        if bare == line(title) and (block.startswith("#") or (is_called and n < _MAX_BLOCKS_ABOVE_TITLE)):
            return "\n\n".join((*blocks[:n], *blocks[n + 1 :]))
    return body
