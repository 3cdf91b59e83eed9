"""What plugins bring, as the rest of the program may call it: their code runs here and nowhere else.

Whatever it raises, `sys.exit` among it, is a problem that has the plugin's name, and what it returns has the types that its interface names.
What it prints goes to standard error: standard output may be read by a program.
"""

import contextlib
import functools
import re
import sys
import threading
import types
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, TextIO

import msgspec

from builder import urls
from builder.build import plugin_values
from builder.build.plugin_waits import PLUGIN_WAITS
from builder.checks import RecordRule
from builder.content import package_versions
from builder.content.markup.plugin_marks import Mark, UnknownValue, checked, is_name
from builder.diagnostics import ERROR, WARNING, Diagnostic, Location, TextEdit
from builder.exporting import Chosen, Exported, Exporter, ExportProblem
from builder.formats import DRAWN, ENCODERS, SIZED
from builder.importing import importer_types
from builder.importing.importer_types import Importer, ImportInput, ImportOptions, ImportProblem, ImportResult, Question
from builder.incremental.memo import CorruptCache
from builder.model import Plugin, Site, SpanStyle
from builder.pages import Page, PageLister, Query
from builder.pages.kinds import PageKind
from builder.render.template_sources import TemplateProblem

_KINDS_IMPORTED = {importer_types.EVENT, importer_types.ACTOR, importer_types.SOURCE, importer_types.QUOTE}
_TEXT = str | importer_types.Ref
_FIELD = _TEXT | tuple[_TEXT | Mapping[str, _TEXT | tuple[_TEXT, ...]], ...] | Mapping[str, _TEXT | tuple[_TEXT, ...]]
"""What a field of an imported record may be."""
_CODE = re.compile(r"[a-z0-9][a-z0-9-]*")


class PluginProblem(Exception):
    """A plugin cannot be taken; the message goes on after its name."""


class MissingPlugin(PluginProblem):
    """It is not installed."""


class FailedCode(PluginProblem):
    """Its code has raised an error, told in `words`."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return f"failed: {self.words}"


class OtherVersion(PluginProblem):
    """It is installed in a version that the site does not take."""


def of_plugin(plugin: Plugin, problem: PluginProblem) -> Diagnostic:
    """Return the problem of a plugin as it is told."""
    message = f"The plugin “{plugin.name}” {problem}."
    install = f"pip install '{plugin.name}{plugin.wants if plugin.wants != package_versions.ANY else ''}'"
    if isinstance(problem, MissingPlugin):
        return Diagnostic(
            "plugin-missing", message, plugin.location, help=f"Install it where Backstory is installed: {install}. Or delete it here."
        )
    if isinstance(problem, OtherVersion):
        return Diagnostic("plugin-version", message, plugin.location, help=f"Install another: {install}. Or change the version here.")
    advice = "Report this to the authors of the plugin, or delete it here until it is fixed."
    return Diagnostic("plugin-failed", message, plugin.location, help=advice)


class _PrintingToStderr:
    """Sends what is printed to standard error while any thread is inside: `sys.stdout` is one for all of them, so the last to leave restores it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._stdout: TextIO = sys.stdout

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._stdout, sys.stdout = sys.stdout, sys.stderr
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                sys.stdout = self._stdout


_PRINTING_TO_STDERR = _PrintingToStderr()


@contextlib.contextmanager
def their_code(*passed: type[BaseException], doing: str = "") -> Iterator[None]:
    """Run code of a plugin. Raises `PluginProblem` for whatever it raises, but for errors that are `passed` on.

    `doing` names what is told as waited for if it takes long; "" for what may.
    """
    try:
        with PLUGIN_WAITS.during(doing) if doing else contextlib.nullcontext(), _PRINTING_TO_STDERR:
            yield
    except BaseException as error:
        # Where a cache is damaged, the build begins anew.
        if isinstance(error, (CorruptCache, KeyboardInterrupt, PluginProblem, *passed)):
            raise
        raise FailedCode(said(error)) from error


def said(error: BaseException) -> str:
    """Return an error in words."""
    return f"{type(error).__name__}: {error}".rstrip(": .")


def expect(value: object, wanted: Any, name: str) -> None:
    """Raise `TypeError` for a value of another type."""
    if found := plugin_values.wrong(value, wanted, name):
        raise TypeError(found)


def _part(plugin: Plugin, where: str) -> str:
    return f"the plugin “{plugin.name}”, {where}"


def _failed(plugin: Plugin, where: str, problem: PluginProblem) -> Diagnostic:
    placed = PluginProblem(f"failed in its {where}: {problem.words}") if isinstance(problem, FailedCode) else problem
    return of_plugin(plugin, placed)


# --- checks ------------------------------------------------


def rule_of(plugin: Plugin, field: str, rule: RecordRule) -> RecordRule:
    """Return a rule whose problems have the plugin's name before their codes, and which never raises."""
    name = getattr(rule, "__name__", "rule")

    def reporting_rule(site: Site, record_id: str) -> Iterator[Diagnostic]:
        where = f"check “{name}”" + (f" of {field} “{record_id}”" if record_id else "")
        try:
            with their_code(doing=_part(plugin, where)):
                found = [_under(plugin.name, problem) for problem in rule(site, record_id)]
        except PluginProblem as problem:
            found = [_failed(plugin, where, problem)]
        yield from found

    return reporting_rule


def _under(name: str, problem: Any) -> Diagnostic:
    if not isinstance(problem, Diagnostic):
        raise TypeError(f"a check yields Diagnostics, not {type(problem).__name__}")
    expect(problem, Diagnostic, "the Diagnostic")
    places: tuple[Location | TextEdit, ...] = (problem.location, *problem.also, *problem.edits)
    if outside := next((place.path for place in places if not _is_inside(place.path)), None):
        raise ValueError(f"“{outside}” is no path of a file of the site, such as “content/explainers/talks.md”")
    if any(min(place.line, place.column) < 0 for place in places):
        raise ValueError("a line and a column are not below 0")
    if problem.severity not in {ERROR, WARNING}:
        raise ValueError(f"there is no severity “{problem.severity}”")
    code = package_versions.normal(problem.code.rpartition("/")[2])
    if not _CODE.fullmatch(code):
        raise ValueError(f"“{problem.code}” is no code; write it like “no-anonymous-headline”")
    return msgspec.structs.replace(problem, code=f"{name}/{code}")


def _is_inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in PurePosixPath(path).parts and "\\" not in path


# --- pages ------------------------------------------------


def family_of(plugin: Plugin, lister: PageLister) -> PageLister:
    """Return a family of pages whose failures are reported under the name of its plugin."""
    name = getattr(lister, "__name__", "pages")

    def guarded(make: Callable[..., Any], finish: Callable[[Any], Any] = lambda made: made) -> Callable[..., Any]:
        # Wrapped, it keeps the module and the name that an incremental build knows it by.
        @functools.wraps(make)
        def made(*given: Any) -> Any:
            try:
                with their_code(TemplateProblem, doing=_part(plugin, f"pages “{name}”")):
                    return finish(make(*given))
            except PluginProblem as problem:
                raise TemplateProblem(_failed(plugin, f"pages “{name}”", problem)) from problem

        return made

    def of(view: Any, page: Page, finish: Callable[[Any], Any]) -> Any:
        if isinstance(view, Query):
            if not isinstance(view.function, types.FunctionType) or "<" in view.function.__qualname__:
                raise TypeError(
                    f"the page “{page.path}” is made by a function that holds values of its own, which nobody sees change; "
                    "write the function at the top of its module, and what it needs behind it: Query(function, id)"
                )
            return Query(guarded(view.function, finish), *view.args)
        if view is None or (isinstance(view, msgspec.Struct) and not isinstance(view, type)):
            return finish(view)
        raise TypeError(f"the page “{page.path}” needs a record or Query(function, …) as its view, not {type(view).__name__}")

    def pages(site: Site) -> tuple[Page, ...]:
        found: tuple[Any, ...] = tuple(lister(site))
        if wrong := [type(listed).__name__ for listed in found if not isinstance(listed, Page)]:
            raise TypeError(f"a family yields Pages, not {wrong[0]}")
        if odd := [page.path for page in found if not _is_path(page.path)]:
            raise ValueError(f"“{odd[0]}” is no path of a page; write it like “desk/” or “desk/list.csv”")
        return tuple(
            Page(
                page.path,
                page.template,
                of(page.view_from, page, functools.partial(_view, page.template)),
                of(page.facts_from, page, _record),
                _kind(page.template),
            )
            for page in found
        )

    listed: PageLister = guarded(functools.update_wrapper(pages, lister))
    return listed


def _record(view: object) -> object:
    if view is not None and not isinstance(view, msgspec.Struct):
        raise TypeError(f"what a page shows is a record, not {type(view).__name__}")
    return view


def _view(template: str, view: object) -> object:
    """Return the view of a page. Raises an error for one that its encoder does not take."""
    _record(view)
    if template in ENCODERS:
        ENCODERS[template](view)
    elif template in {DRAWN, SIZED}:
        expected = "CardImage" if template == DRAWN else "PictureFile"
        if type(view).__name__ != expected:
            raise TypeError(f"“{template}” is made of a {expected}, not of a {type(view).__name__}")
    return view


def _kind(template: str) -> PageKind:
    """Return the kind of a plugin's page: its template decides, since plugins need not know our kinds."""
    if template in ENCODERS:
        return "data"
    if template in {DRAWN, SIZED}:
        return "share-image" if template == DRAWN else "picture"
    return "plugin-page" if template.endswith(".html") else "plugin-file"


def _is_path(path: str) -> bool:
    parts = path.removesuffix("/").split("/")
    return all(part and part[0] != "." and urls.is_portable(part) for part in parts)


# --- marks and formats ------------------------------------------------


def mark_of(plugin: Plugin, brought: Mark, taken: Mapping[str, tuple[str, Mark]]) -> Mark:
    """Return a mark whose failures are reported under the name of its plugin. Raises `PluginProblem` if its name is taken, or no author can write it."""
    if brought.name in taken:
        raise PluginProblem(f"brings the mark “{brought.name}”, which “{taken[brought.name][0]}” brings already")
    if not is_name(brought.name):
        raise PluginProblem(f"brings a mark “{brought.name}”; its name begins with x- and has lower case letters, digits and hyphens")

    def style(site: Site, value: str) -> SpanStyle:
        try:
            with their_code(UnknownValue, doing=_part(plugin, f"mark “{brought.name}” of “{value}”")):
                return checked(brought.style(site, value))
        except PluginProblem as problem:
            raise TemplateProblem(_failed(plugin, f"mark “{brought.name}” of “{value}”", problem)) from problem

    return msgspec.structs.replace(brought, style=style)


def importer_of(plugin: Plugin, brought: Importer) -> Importer:
    """Return an importer that raises nothing but `ImportProblem`."""

    def recognises(import_input: ImportInput) -> bool:
        try:
            with their_code(doing=_part(plugin, f"importer “{brought.name}”")):
                return bool(brought.recognises(import_input))
        except PluginProblem:  # a file that it cannot look at is of no format that it knows
            return False

    def read(import_input: ImportInput, options: ImportOptions) -> ImportResult:
        try:
            with their_code(ImportProblem, Question, doing=_part(plugin, f"importer “{brought.name}”")):
                found = brought.read(import_input, options)
                expect(found, ImportResult, "what an importer returns")
                for record in found.records:
                    if record.kind not in _KINDS_IMPORTED:
                        raise ValueError(f"there are no records of the kind “{record.kind}”")
                    expect(record.fields, Mapping[str, _FIELD], "what a record has as")
                return found
        except PluginProblem as problem:
            raise ImportProblem(f"the plugin “{plugin.name}” {problem}") from problem

    return msgspec.structs.replace(brought, recognises=recognises, read=read)


def exporter_of(plugin: Plugin, brought: Exporter) -> Exporter:
    """Return an exporter that raises nothing but `ExportProblem`."""

    def write(chosen: Chosen) -> Exported:
        try:
            with their_code(ExportProblem, doing=_part(plugin, f"exporter “{brought.name}”")):
                found = brought.write(chosen)
                expect(found, Exported, "what an exporter returns")
                if not found.files:
                    raise ValueError("it has made no file")
                if odd := [file.name for file in found.files if not _is_inside(file.name)]:
                    raise ValueError(f"“{odd[0]}” is no name of a file in a folder")
                return found
        except PluginProblem as problem:
            raise ExportProblem(f"the plugin “{plugin.name}” {problem}") from problem

    return msgspec.structs.replace(brought, write=write)
