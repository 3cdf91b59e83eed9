"""Pages into the bytes of files.

A template sees `page` (the view), `site`, `linked_data` for the head, `_` for words of the interface, `kept` for parts that are on many pages, and `worded` for attributes. Undefined names are errors,
all values are escaped but `Trusted`, and the names of templates to extend, include or import are literal: fingerprints depend on them.
"""

import functools
import re
from collections.abc import Callable
from types import CodeType
from typing import TYPE_CHECKING, Any

from builder.content import reading
from builder.diagnostics import Diagnostic, Location
from builder.formats import ENCODERS, json_ld
from builder.formats.parts import Publication
from builder.incremental import template_cache
from builder.model import Trusted
from builder.pages.kinds import PAGE_KINDS
from builder.render import picture_resizing, social_card, unused_templates
from builder.render.template_sources import TemplateProblem, TemplateSources

if TYPE_CHECKING:
    from jinja2 import nodes

    from builder.i18n.language import Language
    from builder.pages import Page, SiteView
    from builder.pages.picture_sizes import PictureFile
    from builder.render.compiled_templates import CompiledTemplates


def _drawn_anew(part: Callable[..., object], *given: object) -> object:
    return part(*given)


class Renderer:
    """Renders pages. Made once a build and process, since getting the templates ready is most of the cost."""

    def __init__(self, sources: TemplateSources, language: "Language", *, keeps: bool = False) -> None:
        """With `keeps`, parts that stand on many pages are drawn once: for a process that renders a whole site and then ends."""
        from builder.render.escaping import FragmentCache
        from builder.render.metering import Meter  # late: a build that writes nothing needs no template engine
        from builder.render.site_environment import SiteEnvironment

        self._meter = Meter()
        kept = FragmentCache(sources.are_ours) if keeps else _drawn_anew
        self.environment = SiteEnvironment(sources, language, self._meter, kept, native_attributes=True)
        self._slower = functools.cache(lambda: SiteEnvironment(sources, language, self._meter, kept, native_attributes=False))
        self._sources = sources
        self._kept: Any = kept
        self._compiled: dict[str, Any] = {}

    @functools.cached_property
    def compiled(self) -> "CompiledTemplates":
        """Our templates as plain functions."""
        from builder.render.compiled_templates import CompiledTemplates

        return CompiledTemplates(self.environment, self._tree, self._sources.are_ours, self._code, getattr(self._kept, "drawn", self._kept))

    def _tree(self, name: str) -> "nodes.Template":
        return self.environment.with_words(self.environment.parse(self._sources.text(name), name))

    def _code(self, name: str, written: Callable[[], str]) -> CodeType:
        """Return the plain code of a template, kept from another time or made."""
        source, kind = self._sources.text(name), f"compiled-{self.environment.compiled_for}"
        code = template_cache.recall_code(name, kind, source)
        if code is None:
            code = compile(written(), f"<plain code of {name}>", "exec")
            template_cache.remember_code(name, kind, source, code)
        return code

    @functools.cached_property
    def _painter(self) -> social_card.Painter:
        return social_card.Painter(self._sources.fonts())

    def _sized(self, view: "PictureFile") -> bytes:
        try:
            return picture_resizing.make(view, self._sources.picture(view.file, view.digest))
        except (OSError, ValueError) as error:
            message = f"No size of this picture could be made: {error}."
            hint = "Build again, if it has just been changed; else save it again as JPEG or PNG."
            raise TemplateProblem(Diagnostic("picture-unreadable", message, Location(view.file), help=hint)) from error

    def render(self, page: "Page", site: "SiteView") -> bytes:
        """Return the file of a page, made by an encoder, the painter, the scaler or a template. Raises `TemplateProblem` if a template fails."""
        view: Any = page.view
        match PAGE_KINDS[page.kind].producer:
            case "encoder":
                return ENCODERS[page.template](view)
            case "drawing":
                return self._painter.draw(view)
            case "picture":
                return self._sized(view)
        try:
            return self._drawn(page, site)
        except Exception as error:
            problem = _problem(error, page)
            if problem is None:
                raise
            raise TemplateProblem(problem) from error

    def _drawn(self, page: "Page", site: "SiteView") -> bytes:
        """Return the file that a template makes."""
        import jinja2

        view: Any = page.view
        self._meter.begin()
        linked_data = linked_data_of(page, site)
        draw = self.compiled.page(page.template)
        if draw is not None:
            try:
                return draw(view, site, linked_data).encode("utf-8")
            except (TypeError, ValueError, AttributeError, ArithmeticError, LookupError, NameError, jinja2.TemplateError):
                pass  # Jinja tells what is wrong.
        template = self._compiled.get(page.template)
        if template is None:
            template = self._compiled[page.template] = self.environment.get_template(page.template)
        seen = {"page": view, "site": site, "linked_data": linked_data}
        try:
            text: str = template.render(seen)
        except AttributeError:
            # Something is not there: whether that is a mistake, Jinja's own way of asking tells.
            template = self._compiled[page.template] = self._slower().get_template(page.template)
            self._meter.begin()
            text = template.render(seen)
        own_xml = page.template.endswith(".xml") and not self._sources.is_ours(page.template)
        if own_xml and (wrong := unused_templates.not_xml(text, page.output, page.template)) is not None:
            raise TemplateProblem(wrong)
        return text.encode("utf-8")


def _problem(error: Exception, page: "Page") -> Diagnostic | None:
    """Return what to report of an error in a template that makes a page; None if it is none of a template."""
    import jinja2

    from builder.render.metering import Exhausted

    match error:
        case jinja2.TemplateSyntaxError():
            location = Location(error.filename or f"templates/{error.name}", error.lineno)
            return Diagnostic("template-syntax", f"This template cannot be read: {_clause(error)}.", location)
        case jinja2.UndefinedError():
            message = f"The template asks for something that is not there: {_clause(error)}."
            hint = f"It was making {page.output}. The guide lists what a template sees."
            return Diagnostic("template-name", message, _location(error, page), help=hint)
        case Exhausted():
            message = f"The template was stopped on {page.output}: {error}."
            hint = "Look for a loop or a macro that goes on without end, or for a text that grows in a loop."
            return Diagnostic("template-failed", message, _location(error, page), help=hint)
        case OSError():
            message = f"The system failed while the template made {page.output}: {reading.reason(error)}."
        case RecursionError():
            message = f"The template recurses endlessly on {page.output}: it includes itself, or a macro calls itself."
            if not _location(error, page).line:  # it never ran
                message = "This template nests expressions too deeply to be read."
        case MemoryError():
            message = f"The template makes more on {page.output} than this machine can hold."
        case _ if isinstance(error, (*_FAILURES, jinja2.TemplateError)):
            message = f"The template failed on {page.output}: {_clause(error)}."
        case _:
            return None
    return Diagnostic("template-failed", message, _location(error, page))


_FAILURES = (TypeError, ValueError, AttributeError, ArithmeticError, LookupError, AssertionError, RuntimeError)
"""Errors that what a template writes may lead to, also within Jinja's filters: a mapping that changes while it is gone over, a length that makes no sense."""

_NO_ATTRIBUTE = re.compile(r"'[\w.]+ object' has no (?:attribute|element) '?([^']*)'?")
_UNDEFINED = re.compile(r"'([^']*)' is undefined")


def linked_data_of(page: "Page", site: "SiteView") -> Trusted:
    """Return the JSON-LD for the head of an HTML page, escaped for its `<script>` element; empty for other files."""
    if not PAGE_KINDS[page.kind].is_html:
        return Trusted("")
    view: Any = page.view
    if page.facts is not None:
        return Trusted(json_ld.encode(page.facts, view.root).decode())
    publication = Publication(site.title, site.language, site.base_url, site.licence, site.authors)
    return Trusted(json_ld.encode_page(publication, view.title, view.summary, view.path, view.root).decode())


def _clause(error: BaseException) -> str:
    """Return what an error says, without the names that our own code has for things, for the end of a sentence."""
    said = " ".join(str(error).split()).partition("; use sys.")[0].rstrip(".")
    found = _NO_ATTRIBUTE.fullmatch(said) or _UNDEFINED.fullmatch(said)
    if found is not None:
        return f"“{found[1]}”"
    return f"there is no item {said}" if type(error) in {KeyError, IndexError} else said


def _location(error: BaseException, page: "Page") -> Location:
    """Return the line of the innermost template that an error came through."""
    found = Location(f"templates/{page.template}")
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("templates/"):
            found = Location(file, trace.tb_lineno)
        trace = trace.tb_next
    return found
