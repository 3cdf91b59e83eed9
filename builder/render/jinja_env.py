"""Jinja, set up for sites of thousands of pages: the same templates make the same text, with less between them and it.

Of the time that Jinja takes for a page, a third goes into wrapping what is only joined to a string, into finding out anew for each call what kind
of thing is called, and into asking for attributes by a function of its own. All that can be left out without touching what a template means; where something
is not of the usual kind, it is done in Jinja's own way.
"""

import keyword
from collections.abc import Callable
from types import MethodType
from typing import Any, cast

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from builder.model import Trusted


def _escaped(text: str) -> str:
    return str(escape(text))


# What `escape` itself calls, without the wrapper around what comes out. It is not promised.
escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _escaped)
"""Return a text in which nothing is markup."""


def shown(value: object) -> str:
    """Return a value as it stands in a page: escaped, unless it is markup."""
    kind = type(value)
    if kind is str:
        return escaped(value)  # type: ignore[arg-type]  # it is one
    if kind is Markup:
        return value  # type: ignore[return-value]  # it is a string
    if kind is int:
        return str(value)
    if kind is Trusted:
        return value.html  # type: ignore[attr-defined, no-any-return]  # it has one
    return escape(value)


class _Worded(NodeTransformer):
    """Puts words of the interface in place of what asks for them, where it can ask for no other: `_("Sources")` becomes `"Quellen"`."""

    def __init__(self, word: Callable[[str], str], worded: Markup) -> None:
        self._word = word
        self._worded = worded

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Return the attributes of an element with words of the interface where they are asked for; or the node as it is."""
        return nodes.Const(self._worded, lineno=node.lineno) if node.name == "worded" and node.ctx == "load" else node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name of the kind of node
        """Return the word; or the node as it is."""
        node = cast("nodes.Call", self.generic_visit(node))
        if (
            not (isinstance(node.node, nodes.Name) and node.node.name == "_" and len(node.args) == 1)
            or node.kwargs
            or node.dyn_args
            or node.dyn_kwargs
        ):
            return node
        asked = node.args[0]
        if not (isinstance(asked, nodes.Const) and isinstance(asked.value, str)):
            return node
        return nodes.Const(self._word(asked.value), lineno=node.lineno)


class _Code(CodeGenerator):
    """Writes templates as Python."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - the name of the kind of node
        """Write a template; before all else, import the names that its code uses."""
        made = cast("Environment", self.environment)
        word = made.word
        if word is not None and all(name.name not in {"_", "worded"} or name.ctx == "load" for name in node.find_all(nodes.Name)):
            node = cast("nodes.Template", _Worded(word, made.worded).visit(node))
        self.writeline(f"from {shown.__module__} import {shown.__name__}")
        super().visit_Template(node, frame)

    _drawn: nodes.Expr | None = None
    """The call whose result stands in the page as it is."""
    _may_miss = 0
    """In how many tests of whether something is there."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and not (node.kwargs or node.dyn_args or node.dyn_kwargs):
            self._drawn = node
        else:
            self.write(f"{shown.__name__}(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._drawn is node:
            self._drawn = None
        else:
            super()._output_child_post(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - as it is there
        """Write a call."""
        if self._drawn is not node:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("context.drawn(")
        self.visit(node.node, frame)
        for given in node.args:
            self.write(", ")
            self.visit(given, frame)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the name of the kind of node
        """Write how an attribute is asked for: as Python does it, where Python can write it."""
        plain = (
            cast("Environment", self.environment).straight
            and not self._may_miss
            and isinstance(node.node, nodes.Name | nodes.Getattr | nodes.Getitem | nodes.Call)
            and node.attr.isascii()  # Python takes some other letters for one another
            and not keyword.iskeyword(node.attr)
        )
        if plain:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")
        else:
            super().visit_Getattr(node, frame)

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802 - the name of the kind of node
        """Write a test."""
        asks = node.name in {"defined", "undefined"}
        self._may_miss += asks
        super().visit_Test(node, frame)
        self._may_miss -= asks

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802 - the name of the kind of node
        """Write a filter."""
        asks = node.name in {"default", "d"}
        self._may_miss += asks
        super().visit_Filter(node, frame)
        self._may_miss -= asks


class _Scope(Context):
    """What a template sees, and how it calls things."""

    def drawn(self, called: Any, /, *given: Any) -> str:
        """Return what stands in a page where a macro or a function is called: a macro has escaped what it shows."""
        kind = type(called)
        if kind in cast("Environment", self.environment).plain:
            return shown(called(*given))
        if kind is Macro:
            left = getattr(called, "_argument_count", -1) - len(given)
            if left >= 0 and not (called.caller or called.explicit_caller or called.catch_kwargs or called.catch_varargs):
                # As `call` below; but what comes out is joined to a string at once.
                made: str = called._func(*given, *(missing,) * left) if left else called._func(*given)  # noqa: SLF001 - as its own `__call__` does
                return made
        return shown(self.call(called, *given))

    def call(self, called: Any, /, *given: Any, **named: Any) -> Any:
        """Call a macro or a function with what a template gives it."""
        kind = type(called)
        if kind is Macro:
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
            # How many of those that a macro names are left to it. It has no such count where Jinja came to keep it otherwise.
            left = getattr(called, "_argument_count", -1) - len(given)
            if left >= 0 and not (named or called.caller or called.explicit_caller or called.catch_kwargs or called.catch_varargs):
                made = called._func(*given, *(missing,) * left)  # noqa: SLF001 - as its own `__call__` does
                # A macro has escaped what it shows.
                return made if type(made) is Markup or not self.eval_ctx.autoescape else Markup(made)  # noqa: S704 - as its own `__call__` does
        elif kind is MethodType or kind in cast("Environment", self.environment).plain:
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
            return called(*given, **named)
        return super().call(called, *given, **named)


class _Template(jinja2.Template):
    """A template whose globals are those of its environment."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        # Asked for each import of each page, and always the same.
        del ctx
        if self._module is None:
            self._module = self.make_module()
        return self._module


class Environment(jinja2.Environment):
    """Jinja's environment, for our templates and a site's own. All is escaped, undefined names are errors."""

    template_class = _Template
    code_generator_class = _Code
    context_class = _Scope

    straight = False
    """Whether attributes are asked for as Python does it: a template that asks for one that is not there then ends in an `AttributeError`, and is to be made by another environment."""
    plain: frozenset[type] = frozenset()
    """Kinds of things in `globals` that are called with what a template gives them and nothing else."""
    word: Callable[[str], str] | None = None
    """What `_` makes of a text that is given alone; None where that is known only when a page is made."""
    worded = Markup("")
    """The attributes of an element with words of the interface: `worded` in a template."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what Jinja's own takes."""
        super().__init__(*given, **named)
        self._ready: dict[Any, jinja2.Template] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:
        """Return a template. Each page asks for ten by name; here, none of them changes any more."""
        found = self._ready.get(name) if globals is None else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if globals is None and isinstance(name, str):
                self._ready[name] = found
        return found


_PLAIN = frozenset({str, int, bool})

_ROOT = "\0"
"""Stands for the way to the site's root in a part that is kept: no text of a site has this character, see `diagnostics.signs`."""


class Kept:
    """Parts that stand on many pages, drawn once: `kept(event_entry, event, page.root)` is `event_entry(event, page.root)`.

    A macro of another file sees nothing but what it is given, so it draws the same from the same. Views are compared by identity: one event is one object on all pages.
    Our own macros put `root` before paths and use it for nothing else, so what they draw is kept once for pages of every depth.
    """

    MOST = 32_000_000
    """Characters that are held at once: more than that are begun anew, so that a large site needs no more memory for it than a small one."""

    def __init__(self, is_ours: Callable[[str], bool]) -> None:
        """`is_ours` says of the name of a template whether it and all that it draws in come with Backstory."""
        self._is_ours = is_ours
        self._drawn: dict[tuple[object, ...], tuple[object, object]] = {}
        self._held = 0
        self._rooted: dict[int, tuple[bool, object]] = {}

    def __call__(self, part: Callable[..., object], *given: object) -> object:
        """Return what a part makes of what it is given."""
        key = [one if one.__class__ in _PLAIN else id(one) for one in given]
        root: Any = given[1] if len(given) > 1 else None
        if root.__class__ is not str or root.strip("./") or not self._takes_root(part):
            return self._held_or_drawn(part, given, (id(part), *key))
        key[1] = _ROOT
        found: Any = self._drawn.get(one := (id(part), *key))
        text = found[0] if found is not None else self._held_or_drawn(part, (given[0], _ROOT, *given[2:]), one)
        # As `Markup` itself makes one of a string.
        return str.__new__(Markup, text.replace(_ROOT, root))

    def _held_or_drawn(self, part: Callable[..., object], given: tuple[object, ...], key: tuple[object, ...]) -> Any:
        found = self._drawn.get(key)
        if found is None:
            drawn = part(*given)
            if self._held > self.MOST:
                self._drawn.clear()
                self._held = 0
            self._held += len(drawn) if isinstance(drawn, str) else 0
            # With what it was drawn from, which then cannot become something else of the same identity.
            found = self._drawn[key] = drawn, (part, given)
        return found[0]

    def _takes_root(self, part: Any) -> bool:
        """Say whether a part is a macro of ours that takes `root` second."""
        found = self._rooted.get(id(part))
        if found is None:
            code = getattr(getattr(part, "_func", None), "__code__", None)
            name = code.co_filename.removeprefix("templates/") if code is not None else ""
            takes = getattr(part, "arguments", ())[1:2] == ("root",) and self._is_ours(name)
            found = self._rooted[id(part)] = takes, part
        return found[0]
