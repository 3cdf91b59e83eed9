"""Jinja's environment for one site: its templates, its language, and the limits of a page."""

import re
from collections.abc import Callable
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from markupsafe import Markup

from builder.i18n.language import Language
from builder.incremental import template_cache
from builder.render import confinement, counted_filters, metering, rewriting
from builder.render.escaping import FragmentCache
from builder.render.jinja_env import Environment
from builder.render.template_sources import TemplateProblem, TemplateSources


class SiteEnvironment(Environment):
    """An environment that compiles each template of ours once and stores its code, and that confines those of the site."""

    plain = frozenset({FragmentCache})

    def __init__(
        self, sources: TemplateSources, language: Language, meter: metering.Meter, kept: Callable[..., object], *, native_attributes: bool
    ) -> None:
        """`kept` draws a part that stands on many pages; `native_attributes` as in `Environment`."""

        def load(name: str) -> tuple[str, str, Callable[[], bool]]:
            return sources.text(name), f"templates/{name}", lambda: True

        super().__init__(
            loader=jinja2.FunctionLoader(load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        attributes = language.attributes()
        self._sources = sources
        self._holds_values: dict[str, bool] = {}
        self.compiled_for = "-".join((language.tag, *(f"{name}={value}" for name, value in attributes.items())))
        """What the code of a template depends on besides its text."""
        self.native_attributes = native_attributes
        self.meter = meter
        self.word = language.word
        self.worded = Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in attributes.items())
        # No clock, no chance, no queries: a page is a function of what it shows.
        self.globals = {"_": language.text, "kept": kept, "worded": self.worded}
        for name in ("attr", "random"):
            self.filters.pop(name, None)
        self.filters["number"] = language.number
        self.filters.update(counted_filters.counted({"number": language.number}))

    def compile(self, source: Any, name: Any = None, filename: Any = None, **how: Any) -> Any:  # type: ignore[override]  # its ways to compile to text are passed on
        """Return the code of a template, from the cache if it is one of ours."""
        ours = name is not None and not how and self.native_attributes and self._sources.is_ours(name)
        code = template_cache.recall_code(name, self.compiled_for, source) if ours else None
        if code is None:
            code = super().compile(source, name, filename, **how)
            if ours:
                template_cache.remember_code(name, self.compiled_for, source, code)
        return code

    def is_confined(self, name: str | None) -> bool:
        """Return whether a template is a site's own: it is counted."""
        return name is None or not self._sources.is_ours(name)

    def lasts(self, name: str) -> bool:
        """Return whether neither a template nor any that it draws in holds a value that a page could change for the next one."""
        return not any(self._holds(file) for file in self._sources.all_of(name) if self.is_confined(file))

    def _holds(self, name: str) -> bool:
        if name not in self._holds_values:  # drawn in, and not compiled yet
            tree: nodes.Template = super()._parse(self._sources.text(name), name, f"templates/{name}")
            self._holds_values[name] = rewriting.holds_values(tree)
        return self._holds_values[name]

    def _compile(self, source: str, filename: str) -> CodeType:
        try:
            return super()._compile(source, filename)
        except SyntaxError as error:  # what Jinja reads, and Python does not: a name given twice, a hundred loops in one another
            raise jinja2.TemplateSyntaxError(str(error.msg), _line(source, error.lineno or 0), filename=filename) from None

    def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
        tree = super()._parse(source, name, filename)
        if self.is_confined(name):
            for problem in confinement.problems(tree, source, name or ""):
                raise TemplateProblem(problem)
            if name is not None:
                self._holds_values[name] = rewriting.holds_values(tree)
            tree = rewriting.rewritten(tree, self.filters)
        return tree


def _line(code: str, line: int) -> int:
    """Return the line of a template whose code has this line: Jinja ends its code with `debug_info`, pairs of a line of the template and a line of code."""
    noted = re.search(r"^debug_info = '([0-9=&]*)'$", code, re.MULTILINE)
    pairs = [pair.partition("=") for pair in noted[1].split("&")] if noted is not None and noted[1] else []
    return max((int(own) for own, _, at in pairs if int(at) <= line), default=1)
