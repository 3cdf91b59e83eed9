"""The plugins of a site, loaded only if it names any: the metadata of packages takes long to load."""

from pathlib import Path
from typing import TYPE_CHECKING

from builder.content import settings
from builder.diagnostics import Diagnostic
from builder.incremental.dependencies import Changes
from builder.incremental.memo import Memory
from builder.model import Settings, Site
from builder.output.regular_files import read_ordinary
from builder.pages import Pages, list_pages
from builder.render.template_sources import TemplateProblem

if TYPE_CHECKING:
    from builder.build.plugins import ActivePlugins


def active(chosen: Settings) -> "ActivePlugins | None":
    """Return what the plugins of a site bring; None if it names none."""
    if not chosen.plugins:
        return None
    from builder.build import plugins

    return plugins.active(chosen.plugins)


def active_of(root: Path) -> "ActivePlugins | None":
    """Return what the plugins of the site in a folder bring; None if it names none, or its settings cannot be read."""
    try:
        data = read_ordinary(root / settings.PATH)
    except OSError:
        return None
    return active(settings.read(data)[0])


def pages_of(site: Site, memory: Memory | None = None, changes: Changes | None = None) -> tuple[Pages, tuple[Diagnostic, ...]]:
    """Return every page of a site, as `list_pages` does, and the problem of a plugin that could not list its own: then the pages are ours alone."""
    found = active(site.settings)
    if found is None:
        return list_pages(site, memory, changes=changes), ()
    try:
        return list_pages(site, memory, found.families, found.digest, changes), ()
    except TemplateProblem as problem:
        return list_pages(site), (problem.diagnostic,)  # what the memory has of this run is not whole
