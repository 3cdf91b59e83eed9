"""A site's own template as one that counts what it does: filters of `metering` and `counted_filters` are put where it may take long.

What can be known when it is compiled is counted then: the characters of its own that a body makes are a number, and what cannot take long is left as it is.
"""

from collections.abc import Iterable
from typing import cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from builder.render.confinement import METHODS, macros_of
from builder.render.counted_filters import UNCOUNTED
from builder.render.metering import PREFIX

SLOW = 10
"""Steps that a template, a macro and a recursive loop count for: each takes as long as some ten passes."""
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


def rewritten(tree: nodes.Template, known: Iterable[str]) -> nodes.Template:
    """Return a template, changed in place, that counts its operations. `known` are the names of the environment's filters."""
    return cast("nodes.Template", _Count(frozenset(known)).visit(tree))


def holds_values(tree: nodes.Template) -> bool:
    """Return whether a template that is imported makes more than macros and what is written outright: such as a list, which stays what it has become."""
    return not all(
        isinstance(node, nodes.Macro | nodes.Import | nodes.FromImport | nodes.Output)
        or (isinstance(node, nodes.Assign) and isinstance(node.node, nodes.Const))
        for node in tree.body
    )


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
        self._bound: set[str] = set()
        self._calls: list[nodes.Call] = []
        self._recursive = 0

    def visit_Template(self, node: nodes.Template) -> nodes.Template:  # noqa: N802 - the name of the kind of node
        """Count a template as it begins."""
        begun = cast("nodes.Template", self._begun(node))
        # A name that is set to something else may be anything.
        macros = self._macros - self._bound
        for call in self._calls:
            if cast("nodes.Name", call.node).name not in macros:
                call.node = _counted("called", call.node)
        return begun

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Note a name that is set."""
        if node.ctx != "load":
            self._bound.add(node.name)
        return node

    def visit_FromImport(self, node: nodes.FromImport) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Note the macros that are drawn in."""
        self._macros.update(macros_of(node))
        return self.generic_visit(node)

    def _begun(self, node: nodes.Node) -> nodes.Node:
        if isinstance(node, nodes.Macro):
            self._macros.update(macros_of(node))
        body = cast("nodes.Template", node).body
        data = _data(body)
        self.generic_visit(node)
        operations = 1 if isinstance(node, nodes.Block) else SLOW
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
        if isinstance(called, nodes.Getattr) and called.attr in METHODS:
            name = nodes.Const(called.attr, lineno=node.lineno)
            given = [name, *node.args]
            return nodes.Filter(called.node, f"{PREFIX}method", given, node.kwargs, node.dyn_args, node.dyn_kwargs, lineno=node.lineno)
        if isinstance(called, nodes.Name) and called.name == "_":
            node.args = [argument if isinstance(argument, nodes.Const) else _counted("looked", argument) for argument in node.args]
        elif isinstance(called, nodes.Name) and called.name == "loop":
            recursive = (nodes.Const(self._recursive, lineno=node.lineno), nodes.Const(SLOW, lineno=node.lineno))
            node.args = [_counted("passes", argument, *recursive) for argument in node.args]
        elif isinstance(called, nodes.Name):
            self._calls.append(node)
        elif isinstance(called, nodes.Getattr) and called.attr == "changed":
            node.args = [_counted("looked", argument) for argument in node.args]
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
            node.args = [_counted("looked", argument) for argument in node.args]
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
        for operand in node.ops:
            if not isinstance(operand.expr, nodes.Const) and (operand.op in {"in", "notin"} or not isinstance(node.expr, nodes.Const)):
                operand.expr = _counted("looked", operand.expr)
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
        node.nodes = [expression if isinstance(expression, nodes.Const) else _counted("piece", expression) for expression in node.nodes]
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
