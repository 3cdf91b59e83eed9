"""Find the words of the interface in templates and code."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from builder.content.settings import DEFAULT_NAV
from builder.model import MEDIUMS, STATUSES

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPUTED = {
    "builder/content/markup/plain_words.py": (
        tuple(status for status in STATUSES if status not in {"occurred", "conditional"}),
        "How firm an event is",
    ),
    "builder/pages/page.py": (tuple(link.title for link in DEFAULT_NAV), "Menu"),
    "builder/pages/cards/quote_cards.py": (
        tuple(medium.replace("-", " ") for medium in MEDIUMS),
        "The occasion on which something was said",
    ),
}
"""Calls whose word is not a literal → the possible words, and the note for translators."""

_ASKED = re.compile(r"""(?<![\w.])_\(\s*"([^"]+)"(?:\s*,\s*"([^"]+)")?""")
_CALLED = re.compile(r"\b(?:word|plural)\(")
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_ATTRIBUTE = re.compile(r"""\b([\w-]+)="[^"<>]*$""")
_TAGS = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>")
_VOID = {"input", "link", "meta", "base", "path", "rect", "circle"}
_SEEN_AS = {
    "a": "Link",
    "button": "Button",
    "dt": "Label before a fact",
    "h1": "Heading",
    "h2": "Heading",
    "h3": "Heading",
    "label": "Label of a field",
    "option": "Entry of a menu to choose from",
    "title": "Title of the window",
}
_SAID_AS = {"aria-label": "Read aloud, not shown", "title": "Shown when pointed at"}


class Message(msgspec.Struct, frozen=True):
    """Words that are asked for in one place."""

    one: str
    """The English, or its singular."""
    many: str
    """The English plural; "" without a number."""
    path: str
    line: int
    note: str
    """Note for translators; may be empty."""


@cache
def messages() -> tuple[Message, ...]:
    """Return all words in use, in the order of the files; words that are used twice come twice."""
    return tuple(_messages())


def _messages() -> Iterator[Message]:
    for path in TEMPLATES:
        yield from of_template(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    for path in sorted((ROOT / "builder").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name != "builder/i18n/language.py" and not name.startswith("builder/i18n/catalogues/"):
            yield from of_code(name, path.read_text("utf-8"))


def of_template(name: str, text: str) -> Iterator[Message]:
    """Yield the words of a template."""
    for found in _ASKED.finditer(text):
        before = text[: found.start()]
        # What opens the expression that the words stand in is not closed yet, and no HTML.
        yield Message(found[1], found[2] or "", name, before.count("\n") + 1, _note(_JINJA.sub(" ", before.rpartition("{{")[0])))


def _note(before: str) -> str:
    attribute = _ATTRIBUTE.search(before)
    if attribute:
        return _SAID_AS.get(attribute[1], "Shown by a script" if attribute[1].startswith("data-") else "")
    closed: list[str] = []
    for slash, tag in reversed(_TAGS.findall(before)):
        if slash:
            closed.append(tag)
        elif closed and closed[-1] == tag:
            closed.pop()
        elif tag not in _VOID:
            return _SEEN_AS.get(tag, "")
    return ""


def of_code(name: str, text: str) -> Iterator[Message]:
    """Yield the words of a module. Raises `LookupError` if a word is no literal and not in `COMPUTED`."""
    if not _CALLED.search(text):  # Most modules; parsing them all takes seconds.
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in {"word", "plural"}:
            continue
        words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if called == "plural" and len(words) == 2:
            yield Message(words[0], words[1], name, node.lineno, "")
        elif called == "word" and words:
            yield Message(words[0], "", name, node.lineno, "")
        elif name in COMPUTED:
            known, note = COMPUTED[name]
            yield from (Message(word, "", name, node.lineno, note) for word in known)
        else:
            raise LookupError(f"{name}:{node.lineno} asks for words that are no literal: list them in COMPUTED")
