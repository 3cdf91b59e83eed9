"""Pages by our own templates, made by the plain code that `template_compiler` writes of them.

A template takes part if it and all that it draws in come with Backstory; where a site has put one of these aside, Jinja makes the page, as it does where this code ends in an error:
Jinja then tells what is wrong, and where. The bytes are the same on both roads.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import CodeType
from typing import Any

import msgspec
from jinja2 import Environment, nodes
from jinja2.nodes import EvalContext
from jinja2.runtime import markup_join
from jinja2.utils import _PassArg
from markupsafe import Markup

from builder.render.escaping import escaped, shown
from builder.render.template_compiler import Unsupported, written

Draw = Callable[[Any, Any, Any], str]
"""Makes a page of `page`, `site` and `linked_data`."""


class CompiledTemplates:
    """Our templates as functions. Made once a build and process."""

    def __init__(
        self,
        environment: Environment,
        parse: Callable[[str], nodes.Template],
        are_ours: Callable[[str], bool],
        compiled: Callable[[str, Callable[[], str]], CodeType],
        kept: Callable[..., str],
    ) -> None:
        """`parse` returns the tree of a template; `compiled` the code of a template, which may be known, or else of what it is given; `kept` draws a part that may stand on many pages."""
        self._parse, self._are_ours, self._compiled = parse, are_ours, compiled
        self._modules: dict[str, dict[str, Any]] = {}
        self._pages: dict[str, Draw | None] = {}
        self._sees = {
            "Markup": Markup,
            "escaped": escaped,
            "shown": shown,
            "markup_join": markup_join,
            "has": _has,
            "above": _above,
            "all_of": _all_of,
            "records": _records,
            "word": environment.globals["_"],
            "filters": _filters(environment),
            "kept": kept,
            "imported": lambda name, macro: self._module(name)[f"m_{macro}"],
        }

    def page(self, name: str) -> Draw | None:
        """Return what makes pages of a template; None where Jinja has to."""
        if name not in self._pages:
            self._pages[name] = self._page(name) if self._are_ours(name) else None
        return self._pages[name]

    def _page(self, name: str) -> Draw | None:
        blocks: dict[str, tuple[Any, ...]] = {}
        try:
            module = self._module(name)
            while True:
                for block, draw in module["blocks"].items():
                    blocks[block] = (*blocks.get(block, ()), draw)
                if not module["parent"]:
                    break
                module = self._module(module["parent"])
        except (Unsupported, KeyError):
            return None
        return partial(_drawn, module["body"], blocks)

    def _module(self, name: str) -> dict[str, Any]:
        found = self._modules.get(name)
        if found is None:
            found = dict(self._sees)
            exec(self._compiled(name, lambda: written(self._parse(name))), found)  # noqa: S102 - our own template
            self._modules[name] = found
        return found


def _drawn(body: Callable[..., str], blocks: Mapping[str, Any], page: object, site: object, linked_data: object) -> str:
    return body(page, site, linked_data, blocks)


def _filters(environment: Environment) -> dict[str, Callable[..., Any]]:
    """Return the filters of an environment, given what Jinja passes to them."""
    passed = {
        _PassArg.context: environment.context_class(environment, {}, None, {}),
        _PassArg.eval_context: EvalContext(environment),
        _PassArg.environment: environment,
    }
    found = {}
    for name, made in environment.filters.items():
        wants = _PassArg.from_obj(made)
        found[name] = made if wants is None else partial(made, passed[wants])
    return found


def _above(block: tuple[Callable[..., str], ...], own: Callable[..., str]) -> Callable[..., str]:
    """Return what a block stands in the place of."""
    return block[block.index(own) + 1]


def _has(value: object, name: str) -> bool:
    """Return whether a thing has an attribute, or else an item of this name, as Jinja asks for them."""
    if hasattr(value, name):
        return True
    if isinstance(value, str | msgspec.Struct):
        return False
    try:
        value[name]  # type: ignore[index]  # if it has none, that is the answer
    except (TypeError, LookupError, AttributeError):
        return False
    return True


def _records(items: Any) -> Any:
    """Return records whose attributes are asked for; of anything else, Jinja asks for items first, so it makes the page."""
    found = _all_of(items)
    for record in found:
        if not isinstance(record, msgspec.Struct):
            raise TypeError("not all of these are records")
    return found


def _all_of(items: Any) -> Any:
    return items if type(items) is tuple else tuple(items)
