"""Plugins: Python packages that bring checks, families of pages, marks, importers, exporters and ways to publish, by entry points of the groups in `GROUPS`.

    [project.entry-points."backstory.checks"]
    rules = "house_checks:RULES"

Only packages that `plugins` in `content/site.yaml` names are loaded. What a package brings meets the interfaces of our own lists, and is handed to those who use them;
no list is changed. A package that is missing, of another version or wrong is a diagnostic with its name, and so is an exception that its code raises.
"""

import functools
import importlib.metadata
import importlib.util
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from importlib.machinery import ModuleSpec
from importlib.metadata import Distribution, EntryPoint
from pathlib import Path
from typing import Any

import msgspec

from builder import checks, exporting
from builder.build import plugin_values
from builder.build.guarded_plugins import (
    MissingPlugin,
    OtherVersion,
    PluginProblem,
    exporter_of,
    family_of,
    importer_of,
    mark_of,
    of_plugin,
    rule_of,
    said,
    their_code,
)
from builder.checks import RecordRule
from builder.content import package_versions
from builder.content.markup.plugin_marks import Mark
from builder.diagnostics import Diagnostic
from builder.exporting import Exporter
from builder.importing.importer_types import Importer
from builder.model import Plugin
from builder.pages import PageLister

CHECKS, PAGES, MARKS, IMPORTERS, EXPORTERS, PUBLISHERS = GROUPS = (
    "backstory.checks",
    "backstory.pages",
    "backstory.marks",
    "backstory.importers",
    "backstory.exporters",
    "backstory.publishers",
)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


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
    importers: list[Importer] = []
    exporters: list[Exporter] = []
    publishers, problems, digests = {}, [], []
    for plugin in plugins:
        try:
            found = _installed(plugin)
            digests.append(f"{plugin.name} {found.version} {_digest(found)}")
            for entry in _entries(found):
                brought = _loaded(entry)
                if entry.group == CHECKS:
                    with their_code():
                        brought_rules = _rules(brought)
                    for field, more in brought_rules.items():
                        rules.setdefault(field, []).extend(rule_of(plugin, field, rule) for rule in more)
                elif entry.group == PAGES:
                    families += [family_of(plugin, lister) for lister in _families(brought)]
                elif entry.group == MARKS:
                    mark = mark_of(plugin, _of_kind(brought, Mark), marks)
                    marks[mark.name] = (plugin.name, mark)
                elif entry.group == IMPORTERS:
                    importers.append(importer_of(plugin, _unlike(_of_kind(brought, Importer), _our_importers(), importers)))
                elif entry.group == EXPORTERS:
                    exporters.append(exporter_of(plugin, _unlike(_of_kind(brought, Exporter), exporting.EXPORTERS, exporters)))
                else:
                    publishers[f"{plugin.name}/{entry.name}"] = _called(brought)
        except PluginProblem as problem:
            problems.append(of_plugin(plugin, problem))
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


def _installed(plugin: Plugin) -> Distribution:
    try:
        found = importlib.metadata.distribution(plugin.name)
    except importlib.metadata.PackageNotFoundError:
        raise MissingPlugin("is not installed") from None
    if not package_versions.fits(found.version, plugin.wants):
        raise OtherVersion(f"is installed in version {found.version}, and this site takes {plugin.wants}")
    return found


def _entries(found: Distribution) -> list[EntryPoint]:
    ours = [entry for entry in found.entry_points if entry.group.startswith("backstory.")]
    if unknown := [entry.group for entry in ours if entry.group not in GROUPS]:
        raise PluginProblem(f"has an entry point of the unknown group {unknown[0]}; the groups are {', '.join(GROUPS)}")
    entries = sorted(ours, key=lambda entry: (entry.group, entry.name))
    if not entries:
        raise PluginProblem(f"brings nothing: it has no entry point of the groups {', '.join(GROUPS)}")
    return entries


def _loaded(entry: EntryPoint) -> Any:
    try:
        with their_code(doing=f"{entry.value} of a plugin to load"):
            return entry.load()
    except PluginProblem as problem:
        raise PluginProblem(f"could not load {entry.value}: {said(problem.__cause__ or problem)}") from problem


def _of_kind(brought: Any, kind: type[Any]) -> Any:
    if not isinstance(brought, kind):
        raise PluginProblem(f"must bring “{kind.__name__}”, not “{type(brought).__name__}”")
    if found := plugin_values.wrong(brought, kind, f"the {kind.__name__}"):
        raise PluginProblem(f"brings “{kind.__name__}” with a wrong value: {found}")
    return brought


def _called(brought: Any) -> Callable[..., Any]:
    if not callable(brought):
        raise PluginProblem(f"brings no class that publishes but {type(brought).__name__}")
    made: Callable[..., Any] = brought
    return made


def _our_importers() -> Iterable[Importer]:
    from builder.importing.formats import FORMATS  # late: few plugins bring one, and all of them are loaded by it

    return FORMATS


def _unlike(brought: Any, ours: Iterable[Any], others: Iterable[Any]) -> Any:
    """Return an importer or exporter with a name of its own. Raises `PluginProblem` for any other."""
    kind = type(brought).__name__.lower()
    if not _NAME.fullmatch(brought.name):
        raise PluginProblem(f"brings an {kind} “{brought.name}”; its name has lower case letters, digits and hyphens")
    for whose, known in (("Backstory", ours), ("another plugin", others)):
        if brought.name in {loaded.name for loaded in known}:
            raise PluginProblem(f"brings the {kind} “{brought.name}”, which {whose} brings already; it needs another name")
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
