"""Plugins: Python packages that bring checks, families of pages, marks, importers, exporters and ways to publish, by entry points of the groups in `GROUPS`.

    [project.entry-points."backstory.checks"]
    rules = "house_checks:RULES"

Only packages that `plugins` in `content/site.yaml` names are loaded. What a package brings meets the interfaces of our own lists, and is handed to those who use them;
no list is changed. A package that is missing, of another version or wrong is a diagnostic with its name, and so is an exception that its code raises.
"""

import functools
import importlib.metadata
import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from importlib.machinery import ModuleSpec
from importlib.metadata import Distribution, EntryPoint
from pathlib import Path
from typing import Any

import msgspec

from builder import checks, urls
from builder.checks import RecordRule
from builder.content import package_versions
from builder.content.markup.plugin_marks import Mark, UnknownValue, checked, is_name
from builder.diagnostics import Diagnostic
from builder.exporting import Chosen, Exported, Exporter, ExportProblem
from builder.formats import DRAWN, ENCODERS, SIZED
from builder.importing.importer_types import Importer, ImportInput, ImportOptions, ImportProblem, ImportResult, Question
from builder.incremental.memo import CorruptCache
from builder.model import Plugin, Site, SpanStyle
from builder.pages import Page, PageLister, Query
from builder.pages.kinds import PageKind
from builder.render.template_sources import TemplateProblem

CHECKS, PAGES, MARKS, IMPORTERS, EXPORTERS, PUBLISHERS = GROUPS = (
    "backstory.checks",
    "backstory.pages",
    "backstory.marks",
    "backstory.importers",
    "backstory.exporters",
    "backstory.publishers",
)


class ActivePlugins(msgspec.Struct, frozen=True, eq=False):
    """The plugins of a site, with all that they bring."""

    checks: Mapping[str, tuple[RecordRule, ...]] = {}
    """Rules by the field of the Site that has their records, as in `checks.RULES`."""
    families: tuple[PageLister, ...] = ()
    """As in `pages.FAMILIES`. One whose code fails raises `TemplateProblem`, and so do the functions that make its views."""
    marks: Mapping[str, tuple[str, Mark]] = {}
    """Name of a mark → the plugin that brings it, and the mark."""
    importers: tuple[Importer, ...] = ()
    exporters: tuple[Exporter, ...] = ()
    publishers: Mapping[str, Callable[..., Any]] = {}
    """Classes that meet `publish.Publisher`, by `to` in the settings: `house-publishing/ftp`."""
    problems: tuple[Diagnostic, ...] = ()
    """Plugins that could not be taken."""
    digest: str = ""
    """Of names, versions and all files of the plugins; "" if there are none."""

    @property
    def rules(self) -> Mapping[str, tuple[RecordRule, ...]]:
        """All rules, ours first."""
        return {field: (*ours, *self.checks.get(field, ())) for field, ours in checks.RULES.items()}


def active(plugins: Sequence[Plugin]) -> ActivePlugins:
    """Return what the plugins of a site bring. Never raises: a failing plugin is a problem of `content/site.yaml`."""
    if not plugins:
        return ActivePlugins()
    rules: dict[str, list[RecordRule]] = {}
    families: list[PageLister] = []
    marks: dict[str, tuple[str, Mark]] = {}
    importers, exporters, publishers, problems, digests = [], [], {}, [], []
    for plugin in plugins:
        try:
            found = _installed(plugin)
            digests.append(f"{plugin.name} {found.version} {_digest(found)}")
            for entry in _entries(found):
                brought = _loaded(entry)
                if entry.group == CHECKS:
                    for field, more in _rules(brought).items():
                        rules.setdefault(field, []).extend(_named_for_plugin(plugin, field, rule) for rule in more)
                elif entry.group == PAGES:
                    families += [_family(plugin, lister) for lister in _families(brought)]
                elif entry.group == MARKS:
                    mark = _mark(plugin, _of_kind(brought, Mark), marks)
                    marks[mark.name] = (plugin.name, mark)
                elif entry.group == IMPORTERS:
                    importers.append(_importer(plugin, _of_kind(brought, Importer)))
                elif entry.group == EXPORTERS:
                    exporters.append(_exporter(plugin, _of_kind(brought, Exporter)))
                elif callable(brought):
                    publishers[f"{plugin.name}/{entry.name}"] = brought
        except PluginProblem as problem:
            problems.append(_of_plugin(plugin, problem))
    return ActivePlugins(
        {field: tuple(found) for field, found in rules.items()},
        tuple(families),
        marks,
        tuple(importers),
        tuple(exporters),
        publishers,
        tuple(problems),
        blake2b("\0".join(digests).encode(), digest_size=8).hexdigest(),
    )


class PluginProblem(Exception):
    """A plugin cannot be taken; the message goes on after its name."""


class MissingPlugin(PluginProblem):
    """It is not installed."""


class OtherVersion(PluginProblem):
    """It is installed in a version that the site does not take."""


def _of_plugin(plugin: Plugin, problem: PluginProblem) -> Diagnostic:
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


def _installed(plugin: Plugin) -> Distribution:
    try:
        found = importlib.metadata.distribution(plugin.name)
    except importlib.metadata.PackageNotFoundError:
        raise MissingPlugin("is not installed") from None
    if not package_versions.fits(found.version, plugin.wants):
        raise OtherVersion(f"is installed in version {found.version}, and this site takes {plugin.wants}")
    return found


def _entries(found: Distribution) -> list[EntryPoint]:
    entries = sorted((entry for entry in found.entry_points if entry.group in GROUPS), key=lambda entry: (entry.group, entry.name))
    if not entries:
        raise PluginProblem(f"brings nothing: it has no entry point of the groups {', '.join(GROUPS)}")
    return entries


def _loaded(entry: EntryPoint) -> Any:
    try:
        return entry.load()
    except (Exception, SystemExit) as error:
        raise PluginProblem(f"could not load {entry.value}: {_said(error)}") from error


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": .")


def _of_kind(brought: Any, kind: type[Any]) -> Any:
    if not isinstance(brought, kind):
        raise PluginProblem(f"brings a {type(brought).__name__} where there must be an {kind.__name__}")
    return brought


def _rules(brought: Any) -> Mapping[str, tuple[RecordRule, ...]]:
    if not isinstance(brought, Mapping) or not all(
        isinstance(rules, tuple | list) and all(map(callable, rules)) for rules in brought.values()
    ):
        raise PluginProblem("brings checks that are no mapping of fields to lists of functions")
    if unknown := [str(field) for field in brought if field not in checks.RULES]:
        raise PluginProblem(f"brings checks of “{unknown[0]}”; there are: {', '.join(checks.RULES)}")
    return {field: tuple(rules) for field, rules in brought.items()}


def _families(brought: Any) -> tuple[PageLister, ...]:
    if not isinstance(brought, tuple | list) or not all(map(callable, brought)):
        raise PluginProblem("brings families of pages that are no list of functions")
    return tuple(brought)


# --- their code runs here ------------------------------------------------


def _named_for_plugin(plugin: Plugin, field: str, rule: RecordRule) -> RecordRule:
    """Return a rule whose problems have the plugin's name before their codes, and which never raises."""

    def reporting_rule(site: Site, record_id: str) -> Iterator[Diagnostic]:
        try:
            found = [_under(plugin.name, problem) for problem in rule(site, record_id)]
        except CorruptCache:  # what the last build kept is damaged: the build begins anew
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, an author is told whose code it was
            name = getattr(rule, "__name__", "rule")
            of = f" of {field} “{record_id}”" if record_id else ""
            found = [_of_plugin(plugin, PluginProblem(f"failed in its check “{name}”{of}: {_said(error)}"))]
        yield from found

    return reporting_rule


def _under(name: str, problem: Any) -> Diagnostic:
    if not isinstance(problem, Diagnostic):
        raise TypeError(f"a check yields Diagnostics, not {type(problem).__name__}")
    code = package_versions.normal(problem.code.rpartition("/")[2])
    return msgspec.structs.replace(problem, code=f"{name}/{code}")


def _family(plugin: Plugin, lister: PageLister) -> PageLister:
    """Return a family of pages whose failures are reported under the name of its plugin."""
    name = getattr(lister, "__name__", "pages")

    def guarded(make: Callable[..., Any]) -> Callable[..., Any]:
        # Wrapped, it keeps the module and the name that an incremental build knows it by.
        @functools.wraps(make)
        def made(*given: Any) -> Any:
            try:
                return make(*given)
            except CorruptCache:  # what the last build kept is damaged: the build begins anew
                raise
            except Exception as error:
                problem = PluginProblem(f"failed in its pages “{name}”: {_said(error)}")
                raise TemplateProblem(_of_plugin(plugin, problem)) from error

        return made

    def of(view: Any, page: Page) -> Any:
        if isinstance(view, Query):
            return Query(guarded(view.function), *view.args)
        if view is None or (isinstance(view, msgspec.Struct) and not isinstance(view, type)):
            return view
        raise TypeError(f"the page “{page.path}” needs a record or Query(function, …) as its view, not {type(view).__name__}")

    def pages(site: Site) -> tuple[Page, ...]:
        found: tuple[Any, ...] = tuple(lister(site))
        if wrong := [type(one).__name__ for one in found if not isinstance(one, Page)]:
            raise TypeError(f"a family yields Pages, not {wrong[0]}")
        if odd := [page.path for page in found if not _is_path(page.path)]:
            raise ValueError(f"“{odd[0]}” is no path of a page; write it like “desk/” or “desk/list.csv”")
        return tuple(
            Page(page.path, page.template, of(page.view_from, page), of(page.facts_from, page), _kind(page.template)) for page in found
        )

    listed: PageLister = guarded(functools.update_wrapper(pages, lister))
    return listed


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


def _mark(plugin: Plugin, brought: Mark, taken: Mapping[str, tuple[str, Mark]]) -> Mark:
    """Return a mark whose failures are reported under the name of its plugin. Raises `PluginProblem` if its name is taken, or no author can write it."""
    if brought.name in taken:
        raise PluginProblem(f"brings the mark “{brought.name}”, which “{taken[brought.name][0]}” brings already")
    if not is_name(brought.name):
        raise PluginProblem(f"brings a mark “{brought.name}”; its name begins with x- and has lower case letters, digits and hyphens")

    def style(site: Site, value: str) -> SpanStyle:
        try:
            return checked(brought.style(site, value))
        except UnknownValue:
            raise
        except Exception as error:
            problem = PluginProblem(f"failed in its mark “{brought.name}” of “{value}”: {_said(error)}")
            raise TemplateProblem(_of_plugin(plugin, problem)) from error

    return msgspec.structs.replace(brought, style=style)


def _importer(plugin: Plugin, brought: Importer) -> Importer:
    def recognises(import_input: ImportInput) -> bool:
        try:
            return bool(brought.recognises(import_input))
        except Exception:  # noqa: BLE001 - a file that it cannot look at is of no format that it knows
            return False

    def read(import_input: ImportInput, options: ImportOptions) -> ImportResult:
        try:
            return brought.read(import_input, options)
        except (ImportProblem, Question):
            raise
        except Exception as error:
            raise ImportProblem(f"the plugin “{plugin.name}” failed: {_said(error)}") from error

    return msgspec.structs.replace(brought, recognises=recognises, read=read)


def _exporter(plugin: Plugin, brought: Exporter) -> Exporter:
    def write(chosen: Chosen) -> Exported:
        try:
            return brought.write(chosen)
        except ExportProblem:
            raise
        except Exception as error:
            raise ExportProblem(f"the plugin “{plugin.name}” failed: {_said(error)}") from error

    return msgspec.structs.replace(brought, write=write)


# --- their code as part of the toolchain ------------------------------------------------


def _digest(found: Distribution) -> str:
    """Return a digest of all files of a package; of one that is installed for editing, of the sources that its entry points name too."""
    return digest_of_files(tuple(sorted({path for path in _files(found) if "__pycache__" not in path.parts})))


def _files(found: Distribution) -> Iterator[Path]:
    for file in found.files or ():
        yield Path(str(found.locate_file(file)))
    for entry in found.entry_points:
        spec = _spec(entry.module.partition(".")[0]) if entry.group in GROUPS else None
        for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
            yield from Path(folder).rglob("*")
        if spec is not None and spec.origin is not None:
            yield Path(spec.origin)


def _spec(module: str) -> ModuleSpec | None:
    try:
        return importlib.util.find_spec(module)
    except (ImportError, ValueError):  # which is reported when it is loaded
        return None


@functools.cache
def digest_of_files(paths: tuple[Path, ...]) -> str:
    """Return a digest of files, computed once a process: loaded code does not change."""
    hasher = blake2b(digest_size=8)
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:  # a folder, or what was taken away since it was installed
            continue
        hasher.update(f"{path.name}\0{len(data)}\0".encode(errors="surrogateescape"))
        hasher.update(data)
    return hasher.hexdigest()
