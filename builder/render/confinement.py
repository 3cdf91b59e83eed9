"""Forbidden operations in a site's own templates: reported with line and column when a template is compiled, before any of it runs.

Names of attributes, filters and tests are known then, so nothing is asked while pages are made: Jinja's own sandbox asks at every attribute and call.
What hangs on values, such as how often a loop runs, is counted by `metering`: `rewritten` puts its filters in place of what may take long.
Templates that come with Backstory are neither checked nor counted.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import cast

from jinja2 import nodes, sandbox
from jinja2.visitor import NodeTransformer, NodeVisitor
from markupsafe import Markup

from builder.diagnostics import Diagnostic, Location
from builder.render.counted_filters import UNCOUNTED
from builder.render.metering import MOST_BITS, PREFIX

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
SLOW = 10
"""Steps that a template counts for, and a recursive loop: each takes as long as some ten passes."""
_CALLED_ONLY = ("_", "kept")
_OF_KIND = frozenset(
    {
        "boolean",
        "callable",
        "defined",
        "false",
        "float",
        "integer",
        "iterable",
        "mapping",
        "none",
        "number",
        "sequence",
        "string",
        "true",
        "undefined",
    }
)
"""Tests that take as long for anything."""


def problems(tree: nodes.Template, text: str, name: str) -> Iterator[Diagnostic]:
    """Yield the problems of a template that does what a site's template may not, from top to bottom. `text` is its source, `name` its path in `templates/`."""
    look = _Look(tree)
    look.visit(tree)
    lines = text.splitlines()
    seen: dict[tuple[int, str], int] = {}
    for line, word, message in sorted(look.found, key=lambda one: one[0]):
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


def _macros_of(node: nodes.Node) -> Iterable[str]:
    """Return the macros that a part of a template makes or draws in, by name."""
    drawn_in = node.names if isinstance(node, nodes.FromImport) else []
    return [node.name] if isinstance(node, nodes.Macro) else [name if isinstance(name, str) else name[1] for name in drawn_in]


class _Look(NodeVisitor):
    """Finds what a template may not do."""

    def __init__(self, tree: nodes.Template) -> None:
        self.found: list[tuple[int, str, str]] = []
        self._macros: set[str] = set()
        self._modules: set[str] = set()
        # All in one pass: with many templates, most of what confinement takes are such passes.
        for one in tree.find_all((nodes.Macro, nodes.FromImport, nodes.Import)):
            self._macros.update(_macros_of(one))
            if isinstance(one, nodes.Import):
                self._modules.add(one.target)
        self._called: set[int] = set()

    def _tell(self, node: nodes.Node, word: str, message: str) -> None:
        self.found.append((node.lineno, word, message))

    def visit_Call(self, node: nodes.Call) -> None:  # noqa: N802 - the name of the kind of node
        """Look at a call."""
        called = node.node
        self._called.add(id(called))
        if isinstance(called, nodes.Name) and called.name == "kept" and not self._keeps_macro(node):
            message = "“kept” takes a macro by its name, then what the macro is given."
            self._tell(node, "kept", message)
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
        elif node.name in _CALLED_ONLY and id(node) not in self._called:
            self._tell(node, node.name, f"“{node.name}” can only be called.")

    def _bound(self, node: nodes.Node, name: str) -> None:
        # What a template draws in sees its names: there, a literal pattern could be another text.
        if name in _CALLED_ONLY:
            self._tell(node, name, f"“{name}” cannot be given another meaning: take another name.")

    def visit_Macro(self, node: nodes.Macro) -> None:  # noqa: N802 - the name of the kind of node
        """Look at a macro."""
        self._bound(node, node.name)
        self.generic_visit(node)

    def visit_Import(self, node: nodes.Import) -> None:  # noqa: N802 - the name of the kind of node
        """Look at an import."""
        self._bound(node, node.target)

    def visit_FromImport(self, node: nodes.FromImport) -> None:  # noqa: N802 - the name of the kind of node
        """Look at imported names."""
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
            for one in node.kwargs:
                if one.key == "attribute":
                    self._attributes_of(node, one.value)
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


# --- rewriting ---


def rewritten(tree: nodes.Template, known: Iterable[str]) -> nodes.Template:
    """Return a template, changed in place, that counts its operations. `known` are the names of the environment's filters."""
    return cast("nodes.Template", _Count(frozenset(known)).visit(tree))


def _counted(name: str, node: nodes.Expr, *given: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, PREFIX + name, list(given), [], None, None, lineno=node.lineno)


def _data(body: Iterable[nodes.Node]) -> int:
    """Return how many characters of its own a body makes, without those of the loops in it."""
    found = 0
    for node in body:
        if isinstance(node, nodes.TemplateData):
            found += len(node.data)
        elif isinstance(node, nodes.Const):
            found += len(str(node.value))
        elif not isinstance(node, nodes.For | nodes.Macro | nodes.CallBlock | nodes.Block):
            found += _data(node.iter_child_nodes())
    return found


class _Count(NodeTransformer):
    """Puts counted filters where a template may take long."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._macros: set[str] = {"_", "kept", "super", "caller", "loop"}
        self._recursive = 0

    def visit_Template(self, node: nodes.Template) -> nodes.Template:  # noqa: N802 - the name of the kind of node
        """Count a template as it begins."""
        bound = set()
        for one in node.find_all((nodes.Macro, nodes.FromImport, nodes.Name)):
            self._macros.update(_macros_of(one))
            if isinstance(one, nodes.Name) and one.ctx != "load":
                bound.add(one.name)
        # A name that is set to something else may be anything.
        self._macros -= bound
        return cast("nodes.Template", self._begun(node))

    def _begun(self, node: nodes.Node) -> nodes.Node:
        body = cast("nodes.Template", node).body
        data = _data(body)
        self.generic_visit(node)
        operations = SLOW if isinstance(node, nodes.Template) else 1
        begins = _counted("begins", nodes.Const(data, lineno=node.lineno), nodes.Const(operations, lineno=node.lineno))
        body.insert(0, nodes.ExprStmt(begins, lineno=node.lineno))
        return node

    visit_Block = visit_Macro = visit_CallBlock = _begun  # noqa: N815 - the names of the kinds of nodes

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count the passes of a loop."""
        data = _data(node.body)
        outer, self._recursive = self._recursive, data if node.recursive else self._recursive
        self.generic_visit(node)
        self._recursive = outer
        goes_over = cast("nodes.Expr", node.iter)
        node.iter = _counted("passes", goes_over, nodes.Const(data, lineno=node.lineno))
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count a call."""
        self.generic_visit(node)
        called = node.node
        if isinstance(called, nodes.Getattr) and called.attr in METHODS and called.attr != "format":
            name = nodes.Const(called.attr, lineno=node.lineno)
            given = [name, *node.args]
            return nodes.Filter(called.node, f"{PREFIX}method", given, node.kwargs, node.dyn_args, node.dyn_kwargs, lineno=node.lineno)
        if isinstance(called, nodes.Name) and called.name == "loop":
            recursive = (nodes.Const(self._recursive, lineno=node.lineno), nodes.Const(SLOW, lineno=node.lineno))
            node.args = [_counted("passes", one, *recursive) for one in node.args]
        elif isinstance(called, nodes.Name) and called.name not in self._macros:
            node.node = _counted("called", called)
        elif isinstance(called, nodes.Getattr) and called.attr == "changed":
            node.args = [_counted("looked", one) for one in node.args]
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count a filter."""
        self.generic_visit(node)
        if node.name == "map" and node.args and isinstance(node.args[0], nodes.Const):
            node.args[0] = nodes.Const(self._name(str(node.args[0].value)), lineno=node.lineno)
        node.name = self._name(node.name)
        return node

    def _name(self, name: str) -> str:
        return f"{PREFIX}|{name}" if name in self._known and name not in UNCOUNTED else name

    def visit_Test(self, node: nodes.Test) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count a test, but for those that look at nothing but what kind of thing it is."""
        self.generic_visit(node)
        if node.name not in _OF_KIND:
            node.node = _counted("looked", node.node)
            node.args = [_counted("looked", one) for one in node.args]
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count the key of a mapping that is written there."""
        self.generic_visit(node)
        if not isinstance(node.key, nodes.Const):
            node.key = _counted("looked", node.key)
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count a comparison, unless one side is written there."""
        self.generic_visit(node)
        for one in node.ops:
            if not isinstance(one.expr, nodes.Const) and (one.op in {"in", "notin"} or not isinstance(node.expr, nodes.Const)):
                one.expr = _counted("looked", one.expr)
        if len(node.ops) > 1 or node.ops[0].op in {"in", "notin"}:
            node.expr = _counted("looked", node.expr)
        return node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Keep Jinja from computing an attribute of a constant when the template is compiled: the text of a method has its address in memory."""
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name | nodes.Getattr | nodes.Call):
            node.node = _counted("looked", node.node)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Read items alone where a subscript is computed; count what is cut out."""
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _counted("looked", node.node)
        elif not isinstance(node.arg, nodes.Const):
            return _counted("item", node.node, node.arg)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count what is joined."""
        self.generic_visit(node)
        node.nodes = [one if isinstance(one, nodes.Const) else _counted("piece", one) for one in node.nodes]
        return node

    def visit_Add(self, node: nodes.Add) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count a sum, which may be of texts."""
        return self._operated("+", node)

    def visit_Sub(self, node: nodes.Sub) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count a difference, which may be of large numbers."""
        return self._operated("-", node)

    def visit_Mul(self, node: nodes.Mul) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count a product."""
        return self._operated("*", node)

    def visit_Pow(self, node: nodes.Pow) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count a power."""
        return self._operated("**", node)

    def visit_Mod(self, node: nodes.Mod) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Count a rest, which may be a text by a pattern."""
        return self._operated("%", node)

    def _operated(self, sign: str, node: nodes.BinExpr) -> nodes.Node:
        self.generic_visit(node)
        return _counted(sign, node.left, node.right)
