"""What the interface says without the catalogue: words, quotation marks and bare numbers that stand in templates and scripts themselves."""

import importlib
import pkgutil
import re
import typing
from collections.abc import Iterator

import msgspec

from builder import pages
from builder.i18n.catalogues.used_words import ROOT, messages

SCRIPTS = tuple(ROOT / f"templates/assets/{name}.js" for name in ("backstory", "search"))


def _counted() -> set[str]:
    """Return the names of all fields of views that are numbers, and never anything else."""
    found: dict[str, set[object]] = {}
    for info in pkgutil.iter_modules(pages.__path__):
        for value in vars(importlib.import_module(f"builder.pages.{info.name}")).values():
            if isinstance(value, type) and issubclass(value, msgspec.Struct) and value.__module__.startswith("builder.pages"):
                for name, hint in typing.get_type_hints(value).items():
                    found.setdefault(name, set()).add(hint)
    return {name for name, hints in found.items() if hints == {int}}


_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>", re.DOTALL)
_SPOKEN = re.compile(
    r"""\b(?:title|alt|placeholder|aria-(?:label|description|roledescription|valuetext|placeholder)|data-(?:count|none|since|more|all|broken))="([^"]*)\""""
)
_CODE = re.compile(r"<code>.*?</code>", re.DOTALL)
_SAYS = re.compile(r"[^\W\d_]|[“”„‟«»‹›‘‚]")
"""A letter or a quotation mark."""
_SET = re.compile(
    r"""(?:(?:textContent|innerText|innerHTML|title|ariaLabel|placeholder)\s*\+?[=:]|setAttribute\("(?:aria-label|title|placeholder)",|new Option\()\s*["`]([^"`]*)"""
)
_PRINTED = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_NUMBER = re.compile(r"\.(?:" + "|".join(sorted(_counted())) + r")\b(?!\.)|\|\s*length\b")
_DRAWN = re.compile(
    r"""<(?:svg|path|rect|circle|text|pre)\b(?:[^<>]|\{\{.*?\}\})*>|\b(?:id|href|width|height|data-n|x[12]?|y[12]?|c[xy])="(?:[^"{]|\{\{.*?\}\})*\""""
)
"""Numbers that no reader reads."""
_PUT = re.compile(r"""\.textContent\s*\+?=\s*([\w.]+\.(?:length|size))\b|\.replace\("\{\w+\}",\s*(?!figures\()([\w.]+)\)""")
_SLOT = re.compile(r"\$\{[^}]*\}")


def asked() -> dict[str, bool]:
    """Return each word that something asks for by its key in a catalogue, and whether it goes with a number."""
    return {message.many or message.one: bool(message.many) for message in messages()}


def hard_coded(template: str) -> Iterator[str]:
    """Yield the words that a template says without asking for them in the site's language."""
    bare = _CODE.sub(" ", _JINJA.sub(" ", template)).replace("&nbsp;", " ")
    for spoken in _SPOKEN.findall(bare):
        if _SAYS.search(spoken):
            yield spoken
    for text in _TAG.sub("\n", bare).split("\n"):
        if _SAYS.search(text) and "://" not in text:
            yield text.strip()


def said_by_script(script: str) -> Iterator[str]:
    """Yield the words that a script puts on a page without having them from the page."""
    for text in _SET.findall(script):
        if _SAYS.search(_SLOT.sub("", text)):
            yield text


def bare_numbers(template: str) -> Iterator[str]:
    """Yield what a template prints of the numbers that views hold, without grouping them as the language does."""
    for printed in _PRINTED.findall(_DRAWN.sub(" ", template)):
        if re.fullmatch(r"-?\s*[a-z][a-z_]*\(.*\)\s*-?", printed.strip(), re.DOTALL):
            continue  # a macro, which prints what it is given as it does
        # What a number goes with is put into words by `_`, which groups it; what is compared or called is not printed.
        shown = re.sub(r"""(?:_|how_many)\((?:[^()]|"[^"]*")*\)""", "", printed)
        if _NUMBER.search(shown) and not re.search(r"\|\s*number\b", shown):
            yield printed.strip()


def bare_in_script(script: str) -> Iterator[str]:
    """Yield the numbers that a script puts on a page without writing them as the page's language does."""
    for one, other in _PUT.findall(script):
        yield one or other
