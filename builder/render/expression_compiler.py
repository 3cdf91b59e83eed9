"""Writes what stands in a template's braces as Python, for `template_compiler`."""

import keyword
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.visitor import NodeVisitor
from markupsafe import Markup, escape

SEEN = ("page", "site", "linked_data")
"""What a page sees, in this order."""
GIVEN_TO_BLOCKS = ", ".join((*(f"l_{name}" for name in SEEN), "blocks"))

_DRAWN_IN = frozenset({"caller", "super"})
"""Names whose calls return what stands in a page as it is."""
_METHODS = frozenset({"format", "split"})
_OPERATORS = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in"}
_LOOP = {"first": "({n} == 0)", "last": "({n} == {end})", "index": "({n} + 1)", "index0": "{n}"}
_PLAIN = re.compile(r"[\w .,:;/()-]*", re.ASCII)
"""Texts that stand in the braces of an f-string as they are."""


class Unsupported(Exception):
    """A template says something that is left to Jinja."""


def refuse(node: nodes.Node) -> NoReturn:
    """Leave a template to Jinja."""
    raise Unsupported(f"line {node.lineno}: {type(node).__name__}")


def text_of(body: Sequence[nodes.Node]) -> str | None:
    """Return the text of what is nothing but text, or None."""
    text = ""
    for node in body:
        if not isinstance(node, nodes.Output):
            return None
        for expression in node.nodes:
            if isinstance(expression, nodes.TemplateData):
                text += expression.data
            elif isinstance(expression, nodes.Const):
                text += str(escape(expression.value))
            else:
                return None
    return text


class Expressions(NodeVisitor):
    """Writes expressions; `visit` returns the code of one, which is a name, a constant or stands in brackets."""

    def __init__(self) -> None:
        self.scopes: list[dict[str, str]] = []
        """Names of variables in a template, each with that in the code; the innermost last."""
        self.constants: dict[str, str] = {}
        """The code of constants, each with the name that it has."""
        self.macros: set[str] = set()

    def found(self, name: str) -> str | None:
        """Return what a variable is called in the code; None where there is none."""
        return next((scope[name] for scope in reversed(self.scopes) if name in scope), None)

    def constant(self, value: object) -> str:
        """Return the code of a constant."""
        if isinstance(value, str):
            code = f"Markup({str(value)!r})" if isinstance(value, Markup) else repr(value)
            return code if type(value) is str and _PLAIN.fullmatch(value) else self.constants.setdefault(code, f"k_{len(self.constants)}")
        if value is None or isinstance(value, bool | int | float):
            return repr(value)
        raise Unsupported(repr(value))

    def is_drawn(self, node: nodes.Node) -> bool:
        """Return whether a node is a call of a macro or the like: what it returns stands in a page as it is."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            return False
        name = node.node.name
        return name in _DRAWN_IN or (self.found(name) is None and (name in self.macros or name == "kept"))

    def drawn(self, node: nodes.Call, *more: str) -> str:
        """Return the code of such a call, given something more."""
        if not self.is_drawn(node) or node.dyn_args is not None or node.dyn_kwargs is not None:
            refuse(node)
        assert isinstance(node.node, nodes.Name)
        name = node.node.name
        if name in _DRAWN_IN:
            found = self.found(name)
            if found is None or node.args or node.kwargs:
                refuse(node)
            return f"{found}({GIVEN_TO_BLOCKS if name == 'super' else ''})"
        if name == "kept":
            part = node.args[0] if len(node.args) > 2 else None
            if not isinstance(part, nodes.Name) or part.name not in self.macros or self.found(part.name) is not None or node.kwargs:
                refuse(node)
            return f"kept(m_{part.name}, {', '.join(map(self.visit, node.args[1:]))})"
        return f"m_{name}({', '.join((*map(self.visit, node.args), *(f'l_{argument.key}={self.visit(argument.value)}' for argument in node.kwargs), *more))})"

    def _given(self, node: nodes.Call | nodes.Filter, *first: nodes.Node) -> str:
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            refuse(node)
        return ", ".join(
            (*map(self.visit, (*first, *node.args)), *(f"{argument.key}={self.visit(argument.value)}" for argument in node.kwargs))
        )

    def get_visitor(self, node: nodes.Node) -> Any:
        """Return what writes a node: the method that is named for its kind."""
        return getattr(self, f"_{type(node).__name__.lower()}", None)

    def generic_visit(self, node: nodes.Node, *given: Any, **named: Any) -> NoReturn:
        """Refuse what there is no method for."""
        del given, named
        refuse(node)

    def _const(self, node: nodes.Const) -> str:
        return self.constant(node.value)

    def _name(self, node: nodes.Name) -> str:
        found = self.found(node.name)
        if not found or node.name in {"loop", *_DRAWN_IN}:
            refuse(node)
        return found

    def _getattr(self, node: nodes.Getattr) -> str:
        if isinstance(node.node, nodes.Name) and node.node.name == "loop":
            n, _, end = (self.found("loop") or "").partition(" ")
            if not n or node.attr not in _LOOP:
                refuse(node)
            return _LOOP[node.attr].format(n=n, end=end)
        if not node.attr.isascii() or keyword.iskeyword(node.attr) or node.attr.startswith("_"):
            refuse(node)
        return f"{self.visit(node.node)}.{node.attr}"

    def _getitem(self, node: nodes.Getitem) -> str:
        return f"{self.visit(node.node)}[{self.visit(node.arg)}]"

    def _slice(self, node: nodes.Slice) -> str:
        return ":".join("" if expression is None else self.visit(expression) for expression in (node.start, node.stop, node.step))

    def _call(self, node: nodes.Call) -> str:
        called = node.node
        if self.is_drawn(node):
            return f"Markup({self.drawn(node)})"
        if isinstance(called, nodes.Name) and called.name == "_" and self.found("_") is None:
            return f"word({self._given(node)})"
        if not isinstance(called, nodes.Getattr) or called.attr not in _METHODS:
            refuse(node)
        return f"{self.visit(called.node)}.{called.attr}({self._given(node)})"

    def _filter(self, node: nodes.Filter) -> str:
        if node.node is None:
            refuse(node)
        if (
            node.name == "map"
            and not node.args
            and [(str(argument.key), type(argument.value)) for argument in node.kwargs] == [("attribute", nodes.Const)]
        ):
            name = node.kwargs[0].value.as_const()
            if isinstance(name, str) and name.isidentifier() and name.isascii() and not keyword.iskeyword(name):
                return f"(one.{name} for one in records({self.visit(node.node)}))"
        return f"filters[{node.name!r}]({self._given(node, node.node)})"

    def _test(self, node: nodes.Test) -> str:
        if node.name == "string" and not node.args:
            return f"isinstance({self.visit(node.node)}, str)"
        if node.name != "defined" or not isinstance(node.node, nodes.Getattr):
            refuse(node)
        return f"has({self.visit(node.node.node)}, {node.node.attr!r})"

    def _not(self, node: nodes.Not) -> str:
        return f"(not {self.visit(node.node)})"

    def _neg(self, node: nodes.Neg) -> str:
        return f"(-{self.visit(node.node)})"

    def _binary(self, node: nodes.BinExpr) -> str:
        return f"({self.visit(node.left)} {node.operator} {self.visit(node.right)})"

    _add = _sub = _mul = _div = _floordiv = _mod = _and = _or = _binary

    def _compare(self, node: nodes.Compare) -> str:
        return f"({self.visit(node.expr)}{''.join(f' {_OPERATORS[operand.op]} {self.visit(operand.expr)}' for operand in node.ops)})"

    def _condexpr(self, node: nodes.CondExpr) -> str:
        if node.expr2 is None:
            refuse(node)
        return f"({self.visit(node.expr1)} if {self.visit(node.test)} else {self.visit(node.expr2)})"

    def _concat(self, node: nodes.Concat) -> str:
        return f"markup_join(({', '.join(map(self.visit, node.nodes))},))"

    def _tuple(self, node: nodes.Tuple) -> str:
        return f"({''.join(f'{self.visit(expression)}, ' for expression in node.items)})"

    def _list(self, node: nodes.List) -> str:
        return f"[{', '.join(map(self.visit, node.items))}]"

    def _dict(self, node: nodes.Dict) -> str:
        return f"{{{', '.join(f'{self.visit(pair.key)}: {self.visit(pair.value)}' for pair in node.items)}}}"
