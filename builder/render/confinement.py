"""Forbidden operations in a site's own templates: reported with line and column when a template is compiled, before any of it runs.

Names of attributes, filters and tests are known then, so nothing is asked while pages are made: Jinja's own sandbox asks at every attribute and call.
What hangs on values, such as how often a loop runs, is counted by `metering`: `rewriting` puts its filters in place of what may take long.
Templates that come with Backstory are neither checked nor counted.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from jinja2 import nodes, sandbox
from jinja2.visitor import NodeVisitor
from markupsafe import Markup

from builder.diagnostics import Diagnostic, Location
from builder.render.metering import MOST_BITS

METHODS = frozenset(name for kind in (str, list, tuple, dict, Markup) for name in dir(kind) if not name.startswith("_"))
"""Methods that values of templates have."""
FORBIDDEN = frozenset(
    {"encode", "format_map", "from_bytes", "maketrans", "mro", "to_bytes", "translate", "drawn_by"}
    | sandbox.UNSAFE_GENERATOR_ATTRIBUTES
    | sandbox.UNSAFE_COROUTINE_ATTRIBUTES
    | sandbox.UNSAFE_ASYNC_GENERATOR_ATTRIBUTES
)
"""Attributes that lead out of a template, or past what is counted."""
CALLED_AT_ONCE = frozenset({"center", "expandtabs", "format", "join", "ljust", "replace", "rjust", "zfill"})
"""Methods that are counted where they are called, and so cannot be kept under another name."""
_FRAMES = ("gi_", "cr_", "ag_", "f_", "tb_", "co_", "func_", "im_")
"""What Python's own attributes of running code begin with."""
_ATTRIBUTE_AT = {"groupby": 0, "selectattr": 0, "rejectattr": 0, "join": 1, "max": 1, "min": 1, "sort": 2, "sum": 0, "unique": 1}
"""Where filters take the name of an attribute; `map` by its name alone."""
_FIELD = re.compile(r"\{\{|\}\}|\{\}|\{[A-Za-z0-9][A-Za-z0-9_]*\}")
_CALLED_ONLY = ("_", "kept")


def problems(tree: nodes.Template, text: str, name: str) -> Iterator[Diagnostic]:
    """Yield the problems of a template that does what a site's template may not, from top to bottom. `text` is its source, `name` its path in `templates/`."""
    look = _Look(tree)
    lines = text.splitlines()
    seen: dict[tuple[int, str], int] = {}
    for line, word, message in sorted(look.found, key=lambda finding: finding[0]):
        written = lines[line - 1] if 0 < line <= len(lines) else ""
        location = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(written, seen.get((line, word), 0))
        if word and location is not None:
            seen[line, word] = location.end()
            yield _problem(message, Location(f"templates/{name}", line, location.start() + 1, len(word)))
        else:
            yield _problem(message, Location(f"templates/{name}", line, max(written.find("{"), 0) + 1))


def _problem(message: str, location: Location) -> Diagnostic:
    hint = "A template shows what its page gives it, and reaches nothing else of the program or the machine. See the guide, “What a template may do”."
    return Diagnostic("template-unsafe", message, location, help=hint)


def _wrong_attribute(name: str) -> str:
    """Return what is wrong with the name of an attribute; "" where nothing is."""
    if unicodedata.normalize("NFKC", name).startswith("_"):
        return f"“{name}” begins with an underscore: such attributes belong to the program, not to the page."
    if name in FORBIDDEN or name.startswith(_FRAMES):
        return f"“{name}” leads out of the template."
    return ""


def macros_of(node: nodes.Node) -> Iterable[str]:
    """Return the macros that a part of a template makes or draws in, by name."""
    drawn_in = node.names if isinstance(node, nodes.FromImport) else []
    return [node.name] if isinstance(node, nodes.Macro) else [name if isinstance(name, str) else name[1] for name in drawn_in]


class _Look(NodeVisitor):
    """Finds what a template may not do."""

    def __init__(self, tree: nodes.Template) -> None:
        self.found: list[tuple[int, str, str]] = []
        self._macros: set[str] = set()
        self._modules: set[str] = set()
        self._called: set[int] = set()
        self._kept: list[nodes.Call] = []
        # All in one pass: with many templates, most of what confinement takes are such passes.
        self.visit(tree)
        for node in self._kept:
            if not self._keeps_macro(node):
                self._tell(node, "kept", "“kept” takes a macro by its name, then what the macro is given.")

    def _tell(self, node: nodes.Node, word: str, message: str) -> None:
        self.found.append((node.lineno, word, message))

    def visit_Call(self, node: nodes.Call) -> None:  # noqa: N802 - the name of the kind of node
        """Look at a call."""
        called = node.node
        self._called.add(id(called))
        if isinstance(called, nodes.Name) and called.name == "kept":
            self._kept.append(node)
        if isinstance(called, nodes.Getattr) and called.attr == "format" and not _plain_pattern(called.node):
            message = "“format” is for texts that stand in the template, with plain names in braces: “{n} quotes”."
            self._tell(called, "format", message)
        self.generic_visit(node)

    def _keeps_macro(self, node: nodes.Call) -> bool:
        if not node.args or node.dyn_args or node.dyn_kwargs:
            return False
        part = node.args[0]
        if isinstance(part, nodes.Getattr):
            return isinstance(part.node, nodes.Name) and part.node.name in self._modules
        return isinstance(part, nodes.Name) and part.name in self._macros

    def visit_Name(self, node: nodes.Name) -> None:  # noqa: N802 - the name of the kind of node
        """Look at a name."""
        if node.ctx != "load":
            self._bound(node, node.name)
            return
        self._read_as_written(node, node.name)
        if node.name in _CALLED_ONLY and id(node) not in self._called:
            self._tell(node, node.name, f"“{node.name}” can only be called.")

    def _bound(self, node: nodes.Node, name: str) -> None:
        self._read_as_written(node, name)
        # What a template draws in sees its names: there, a literal pattern could be another text.
        if name in _CALLED_ONLY:
            self._tell(node, name, f"“{name}” cannot be given another meaning: take another name.")

    def _read_as_written(self, node: nodes.Node, name: str) -> None:
        # Python takes such a letter for the plain one: then two names would be one, and “ｋept” another “kept”.
        if (plain := unicodedata.normalize("NFKC", name)) != name:
            self._tell(node, name, f"“{name}” has letters that are read as others: write “{plain}”.")

    def visit_Block(self, node: nodes.Block) -> None:  # noqa: N802 - the name of the kind of node
        """Look at a block."""
        self._read_as_written(node, node.name)
        self.generic_visit(node)

    def visit_Macro(self, node: nodes.Macro) -> None:  # noqa: N802 - the name of the kind of node
        """Look at a macro."""
        self._macros.update(macros_of(node))
        self._bound(node, node.name)
        self.generic_visit(node)

    def visit_Import(self, node: nodes.Import) -> None:  # noqa: N802 - the name of the kind of node
        """Look at an import."""
        self._modules.add(node.target)
        self._bound(node, node.target)

    def visit_FromImport(self, node: nodes.FromImport) -> None:  # noqa: N802 - the name of the kind of node
        """Look at imported names."""
        self._macros.update(macros_of(node))
        for name in node.names:
            self._bound(node, name if isinstance(name, str) else name[1])

    def visit_Const(self, node: nodes.Const) -> None:  # noqa: N802 - the name of the kind of node
        """Look at what is written outright."""
        if isinstance(node.value, int) and node.value.bit_length() > MOST_BITS:
            self._tell(node, "", f"A number of more than {MOST_BITS:,} bits is too large.")

    def visit_Getattr(self, node: nodes.Getattr) -> None:  # noqa: N802 - the name of the kind of node
        """Look at an attribute."""
        self._attribute(node, node.attr)
        self.generic_visit(node)

    def _attribute(self, node: nodes.Expr, name: str) -> None:
        if wrong := _wrong_attribute(name):
            self._tell(node, name, wrong)
        elif name in CALLED_AT_ONCE and id(node) not in self._called:
            self._tell(node, name, f"“{name}” must be called where it stands.")

    def visit_Getitem(self, node: nodes.Getitem) -> None:  # noqa: N802 - the name of the kind of node
        """Look at a subscript."""
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            name = node.arg.value
            if name == "format":
                self._tell(node, name, "“format” is for texts that stand in the template.")
            else:
                self._attribute(node, name)
        self.generic_visit(node)

    def visit_Filter(self, node: nodes.Filter) -> None:  # noqa: N802 - the name of the kind of node
        """Look at a filter."""
        if node.name == "attr":
            self._tell(node, "attr", "“attr” reads any attribute: write it outright, “page.title”.")
        elif node.name == "map":
            self._map(node)
        if (at := _ATTRIBUTE_AT.get(node.name)) is not None and not (node.name == "sum" and not node.args):
            if node.dyn_args is not None:
                self._tell(node, node.name, f"“{node.name}” must name its attribute outright.")
            if len(node.args) > at:
                self._attributes_of(node, node.args[at])
        if node.name == "map" or node.name in _ATTRIBUTE_AT:
            if node.dyn_kwargs is not None:
                self._tell(node, node.name, f"“{node.name}” must name its attribute outright.")
            for argument in node.kwargs:
                if argument.key == "attribute":
                    self._attributes_of(node, argument.value)
        self.generic_visit(node)

    def _map(self, node: nodes.Filter) -> None:
        if node.dyn_args is not None:
            self._tell(node, "map", "“map” must name its filter outright.")
        if not node.args:
            return
        name = node.args[0].value if isinstance(node.args[0], nodes.Const) else None
        if not isinstance(name, str):
            self._tell(node, "map", "“map” must name its filter outright.")
        elif name == "attr":
            self._tell(node, "map", "“attr” reads any attribute: write map(attribute=…).")
        elif name == "map" or (name in _ATTRIBUTE_AT and not (name == "join" and len(node.args) < 3)):
            self._tell(node, "map", f"“map” cannot use “{name}” on each item: write a loop.")

    def _attributes_of(self, node: nodes.Filter, named: nodes.Expr) -> None:
        if not isinstance(named, nodes.Const):
            self._tell(node, node.name, f"“{node.name}” must name its attribute outright.")
        elif isinstance(named.value, str):
            for name in re.split(r"[.,]", named.value):
                if wrong := _wrong_attribute(name) or (f"“{name}” is a method." if name in CALLED_AT_ONCE else ""):
                    self._tell(node, name, wrong)


def _plain_pattern(node: nodes.Expr) -> bool:
    """Return whether a text, or all texts that `_` chooses from, are literal and have plain names in braces."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_":
        return bool(node.args) and all(map(_plain_pattern, node.args[:2])) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    if not isinstance(node, nodes.Const) or not isinstance(node.value, str):
        return False
    return not re.search(r"[{}]", _FIELD.sub("", node.value))
