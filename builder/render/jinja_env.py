"""Jinja, set up for sites of thousands of pages: the same templates make the same text, with less between them and it.

Of the time that Jinja takes for a page, a third goes into wrapping what is only joined to a string, into finding out anew for each call what kind
of thing is called, and into asking for attributes by a function of its own. All that can be left out without touching what a template means; where something
is not of the usual kind, it is done in Jinja's own way.
"""

import keyword
from collections.abc import Callable, Iterable
from types import MethodType
from typing import Any, cast

import jinja2
import msgspec
from jinja2 import filters, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from builder.render import counted_filters, metering
from builder.render.escaping import FragmentCache, shown


class _Position:
    """Where in a loop its body is drawn: what templates ask of `loop` most."""

    __slots__ = ("first", "last")

    def __init__(self, *, first: bool, last: bool) -> None:
        self.first, self.last = first, last


_ASKED_OF_POSITIONS = frozenset(_Position.__slots__)
_ONLY, _FIRST, _MIDDLE, _LAST = (
    _Position(first=first, last=last) for first, last in ((True, True), (True, False), (False, False), (False, True))
)


def looped(items: Iterable[Any], undefined: object = None) -> Iterable[tuple[Any, _Position]]:
    """Return what a loop goes over, each with its position, as Jinja's `LoopContext` does for loops that ask for more."""
    del undefined
    all_of_them = items if type(items) is tuple else tuple(items)
    if len(all_of_them) == 1:
        return ((all_of_them[0], _ONLY),)
    positions = [_MIDDLE] * len(all_of_them)
    if positions:
        positions[0], positions[-1] = _FIRST, _LAST
    return zip(all_of_them, positions, strict=True)


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


class TemplateCode(CodeGenerator):
    """Writes templates as Python."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - the name of the kind of node
        """Write a template; before all else, import the names that its code uses."""
        made = cast("Environment", self.environment)
        node = made.with_words(node)
        self.counts_steps = made.is_confined(self.name)
        self.writeline(f"from {shown.__module__} import escaped, {shown.__name__}")
        self.writeline(f"from {looped.__module__} import {looped.__name__}")
        super().visit_Template(node, frame)

    counts_steps = False
    """Whether what the template shows is counted."""
    _drawn: nodes.Expr | None = None
    """The call whose result stands in the page as it is."""
    _may_miss = 0
    """In how many tests of whether something is there."""

    _together = False
    """Whether what is shown is counted together with what stands beside it, in one call."""

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Write a line of code."""
        if self.counts_steps and x.endswith(".extend(("):
            self._together, x = True, f"{x[:-1]}context.{_Scope.counted_together.__name__}(("
        elif self._together and x == "))":
            self._together, x = False, ")))"
        super().writeline(x, node, extra)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self.counts_steps and not self._together:
            self.write("context.counted(")
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and not (node.kwargs or node.dyn_args or node.dyn_kwargs):
            self._drawn = node
        else:
            # Nearly all that is shown is a string: that is asked where it stands, which takes half as long as a call.
            self.write("(escaped(shows) if type(shows := (")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._drawn is node:
            self._drawn = None
        elif not frame.eval_ctx.autoescape or frame.eval_ctx.volatile or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            show = f"context.{_Scope.shown.__name__}" if self.counts_steps else shown.__name__
            self.write(f")) is str else {show}(shows))")
        if self.counts_steps and not self._together:
            self.write(")")

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

    _loop_asks_little = False

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - the name of the kind of node
        """Write a loop."""
        self._loop_asks_little = _asks_little(node)
        super().visit_For(node, frame)

    def write(self, x: str) -> None:
        """Write a piece of code."""
        if self._loop_asks_little and x.endswith(" in LoopContext("):
            x = x.replace("LoopContext", looped.__name__)
            self._loop_asks_little = False
        super().write(x)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the name of the kind of node
        """Write how an attribute is asked for: as Python does it, where Python can write it."""
        plain = (
            cast("Environment", self.environment).native_attributes
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


def _asks_little(loop: nodes.For) -> bool:
    """Return whether a loop uses only `loop.first` and `loop.last`, and passes `loop` to nothing else."""
    passes_on = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Block, nodes.ContextReference, nodes.DerivedContextReference)
    if loop.recursive or any(loop.find(kind) is not None for kind in passes_on):
        return False
    named = [id(name) for name in loop.find_all(nodes.Name) if name.name == "loop"]
    asked = {id(attribute.node) for attribute in loop.find_all(nodes.Getattr) if attribute.attr in _ASKED_OF_POSITIONS}
    return bool(named) and asked.issuperset(named)


class _Scope(Context):
    """The context of a template: its names, and how it calls macros and functions."""

    def counted(self, text: str) -> str:
        """Return a text that a site's own template shows, counted."""
        # Called for all that such a template shows: as few calls as it takes.
        meter: metering.Meter = self.environment.meter  # type: ignore[attr-defined]  # ours has one
        meter.characters -= len(text)
        if meter.characters < 0:
            meter.raise_if_exhausted()
        return text

    def counted_together(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Return texts that a site's own template shows one after another, counted."""
        meter: metering.Meter = self.environment.meter  # type: ignore[attr-defined]  # ours has one
        meter.characters -= sum(map(len, texts))
        if meter.characters < 0:
            meter.raise_if_exhausted()
        return texts

    def shown(self, value: object) -> str:
        """Return a value as it stands in a page, counted if it is a list or a mapping."""
        if metering.SORTS[type(value)] in metering.HOLD:
            cast("Environment", self.environment).meter.count_text(value)
        return shown(metering.require_text(value))

    def drawn(self, called: Any, /, *given: Any) -> str:
        """Return what stands in a page where a macro or a function is called: a macro has escaped what it shows."""
        kind = type(called)
        if kind is Macro:
            try:
                make, count = called.drawn_by
            except AttributeError:
                make, count = called.drawn_by = _drawn_by(called)
            left = count - len(given)
            if not left:
                return make(*given)  # type: ignore[no-any-return]  # it returns a text
            if left > 0:
                return make(*given, *(missing,) * left)  # type: ignore[no-any-return]  # as above
        elif kind is FragmentCache:
            return called.shown(*given)  # type: ignore[no-any-return]  # as above
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


def _drawn_by(macro: Any) -> tuple[Any, int]:
    """Return what makes the text of a macro, and how many arguments that takes: as in `call`, but what comes out is joined to a string at once. -1 where it is not so simple."""
    simple = not (macro.caller or macro.explicit_caller or macro.catch_kwargs or macro.catch_varargs)
    return macro._func, getattr(macro, "_argument_count", -1) if simple else -1  # noqa: SLF001 - as its own `__call__` does


class _Template(jinja2.Template):
    """A template whose globals are those of its environment."""

    _lasts = True
    _page = 0

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        # Asked for each import of each page. It is the same for all, unless one page could leave something there for the next.
        del ctx
        made = cast("Environment", self.environment)
        if self._module is None:
            self._lasts = self.name is None or made.lasts(self.name)
        elif self._lasts or self._page == made.meter.page:
            return self._module
        self._module, self._page = self.make_module(), made.meter.page
        return self._module


class Environment(jinja2.Environment):
    """Jinja's environment, for our templates and a site's own. All is escaped, undefined names are errors."""

    template_class = _Template
    code_generator_class = TemplateCode
    context_class = _Scope

    native_attributes = False
    """Whether attributes are asked for as Python does it: a template that asks for one that is not there then ends in an `AttributeError`, and is to be made by another environment."""
    plain: frozenset[type] = frozenset()
    """Kinds of things in `globals` that are called with what a template gives them and nothing else."""
    word: Callable[[str], str] | None = None
    """What `_` makes of a text that is given alone; None where that is known only when a page is made."""
    worded = Markup("")
    """The attributes of an element with words of the interface: `worded` in a template."""
    meter = metering.Meter()
    """What is left to the page that is made."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what Jinja's own takes."""
        super().__init__(*given, **named)
        self._ready: dict[Any, jinja2.Template] = {}
        # Nothing here waits for anything: filters are what they are made of for that.
        self.filters.update({name: getattr(filters, f"sync_{made.__name__}", made) for name, made in self.filters.items()})
        self.filters.update(counted_filters.counted(self.filters))

    def with_words(self, tree: nodes.Template) -> nodes.Template:
        """Return a template with words of the interface in place of what asks for them, where these are known before a page is made."""
        if self.word is None or any(name.name in {"_", "worded"} and name.ctx != "load" for name in tree.find_all(nodes.Name)):
            return tree
        return cast("nodes.Template", _Worded(self.word, self.worded).visit(tree))

    def is_confined(self, name: str | None) -> bool:
        """Return whether a template is a site's own: it is counted."""
        del name
        return False

    def lasts(self, name: str) -> bool:
        """Return whether what a template makes for those who import it is the same on every page."""
        del name
        return True

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return what an object has by a key or a name. A record has attributes alone, so its items are not asked for first."""
        if type(argument) is str and isinstance(obj, msgspec.Struct):
            try:
                return getattr(obj, argument)
            except AttributeError:
                pass
        return super().getitem(obj, argument)

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:
        """Return a template. Each page asks for ten by name; here, none of them changes any more."""
        found = self._ready.get(name) if globals is None else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if globals is None and isinstance(name, str):
                self._ready[name] = found
        return found
