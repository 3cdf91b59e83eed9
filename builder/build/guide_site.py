"""The guide for authors, as it comes with Backstory: the section of a problem for a terminal, and its pages for the preview of any site.

Its texts are those of `content/pages/guide/`, and its pages are made as those of every site are.
"""

import functools
import re
import threading

from builder.build.load import LoadedSite, link_and_check, parse
from builder.build.run import Options
from builder.build.without_drafts import ParsedSite
from builder.content import cleaning, reading
from builder.incremental.memo import Memory
from builder.pages import site_view
from builder.render.template_sources import TemplateSources
from builder.render.templates import Renderer

_SETTINGS = b"title: Backstory\nnav: [{title: Guide, path: /guide/}]\n"
_SECTION = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)


def section(code: str) -> str:
    """Return the section of the guide about a problem, in Markdown; "" if the guide is not installed."""
    try:
        text = (reading.GUIDE / "guide" / "problems.md").read_text("utf-8")
    except OSError:
        return ""
    headings = list(_SECTION.finditer(text))
    for found, following in zip(headings, [*headings[1:], None], strict=True):
        if found[1] == code:
            return text[found.start() : following.start() if following is not None else len(text)].strip() + "\n"
    return ""


def file(output: str) -> bytes | None:
    """Return a file of the guide's own site, by its path there: `guide/problems/index.html`, `assets/backstory.css`; None if there is none."""
    made = _site()
    page = made.loaded.pages.find(output)
    if page is not None:
        with made.lock:
            if output not in made.rendered:
                made.rendered[output] = made.renderer.render(page, site_view(made.loaded.site, page.root))
            return made.rendered[output]
    asset = made.assets.get(output)
    try:
        return cleaning.cleaned(asset, made.assets) if asset is not None else None
    except OSError:
        return None


class _Made:
    """The guide's site, read and linked; its pages are rendered on request."""

    def __init__(self) -> None:
        sources = TemplateSources((reading.DEFAULT_TEMPLATES,))
        self.assets = sources.assets()
        self.loaded = _read(sources)
        self.renderer = Renderer(sources, self.loaded.site.language)
        self.rendered: dict[str, bytes] = {}
        self.lock = threading.Lock()


_site = functools.cache(_Made)


def _read(templates: TemplateSources) -> LoadedSite:
    found = sorted(path for path in (reading.GUIDE / "guide.md", *(reading.GUIDE / "guide").glob("*.md")) if path.is_file())
    texts = [(f"content/pages/{path.relative_to(reading.GUIDE).as_posix()}", path.read_bytes()) for path in found]
    tree = reading.Tree(tuple(sorted(texts)), {}, _SETTINGS, ())
    return link_and_check(
        Options(reading.GUIDE, reading.GUIDE, jobs=1, cache=False),
        ParsedSite(tree, {document.path: document for document in parse(tree.texts, None)}),
        Memory(),
        templates=templates,
    )
