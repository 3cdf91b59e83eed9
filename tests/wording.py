"""Which words of the interface the code and the templates ask for: what tests hold the catalogues to."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from builder.model import MEDIUMS, STATUSES
from builder.settings import DEFAULT_NAV

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPT = ROOT / "templates/assets/backstory.js"
_ASKED = re.compile(r"""(?<![\w.])_\(\s*"([^"]+)"(?:\s*,\s*"([^"]+)")?""")
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>", re.DOTALL)
_SPOKEN = re.compile(r"""\b(?:title|alt|placeholder|aria-label|aria-description|data-(?:count|none|since))="([^"]*)\"""")
_CODE = re.compile(r"<code>.*?</code>", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
_SET = re.compile(
    r"""(?:(?:textContent|innerText|innerHTML|title|ariaLabel|placeholder)\s*\+?=|setAttribute\("(?:aria-label|title|placeholder)",|new Option\()\s*["`]([^"`]*)"""
)
_SLOT = re.compile(r"\$\{[^}]*\}")
COMPUTED = {
    "builder/views/cards/events.py": STATUSES,
    "builder/views/pages.py": tuple(link.title for link in DEFAULT_NAV),
    "builder/views/cards/quotes.py": tuple(medium.replace("-", " ") for medium in MEDIUMS),
}
"""Where the word that is asked for is not written out, and which words it can be."""


def asked() -> dict[str, bool]:
    """Return each word that something asks for by its key in a catalogue, and whether it goes with a number."""
    found: dict[str, bool] = {}
    for path in TEMPLATES:
        found |= {many or one: bool(many) for one, many in _ASKED.findall(path.read_text("utf-8"))}
    for path in sorted((ROOT / "builder").rglob("*.py")):
        found |= _of_code(path)
    return found


def _of_code(path: Path) -> Iterator[tuple[str, bool]]:
    name = path.relative_to(ROOT).as_posix()
    if name == "builder/language.py":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"word", "plural"}:
                words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
                if called == "plural" and len(words) == 2:
                    yield words[1], True
                elif called == "word" and words:
                    yield words[0], False
                else:
                    assert name in COMPUTED, f"{name}:{node.lineno} asks for words that nobody can find"
                    yield from ((one, False) for one in COMPUTED[name])


def hard_coded(template: str) -> Iterator[str]:
    """Yield the words that a template says without asking for them in the site's language."""
    bare = _CODE.sub(" ", _JINJA.sub(" ", template))
    for spoken in _SPOKEN.findall(bare):
        if _LETTER.search(spoken):
            yield spoken
    for text in _TAG.sub("\n", bare).split("\n"):
        if _LETTER.search(text) and "://" not in text:
            yield text.strip()


def said_by_script(script: str) -> Iterator[str]:
    """Yield the words that a script puts on a page without having them from the page."""
    for text in _SET.findall(script):
        if _LETTER.search(_SLOT.sub("", text)):
            yield text
