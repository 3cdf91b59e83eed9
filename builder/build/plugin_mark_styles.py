"""The marks of plugins in the texts of a site: which there are, what their values mean, and what is wrong with them."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from builder.content.markup.plugin_marks import Mark, UnknownValue
from builder.content.renaming.files import bodies
from builder.diagnostics import Diagnostic, Location, nearest
from builder.incremental.memo import Memory
from builder.model import Document, Site, Span, SpanStyle
from builder.render.template_sources import TemplateProblem

if TYPE_CHECKING:
    from builder.build.plugins import ActivePlugins

SiteAndProblems = tuple[Site, tuple[Diagnostic, ...]]
"""A Site, and the problems that linking has found."""


def with_marks(
    linked: SiteAndProblems, documents: Mapping[str, Document], plugins: "ActivePlugins | None", memory: Memory
) -> SiteAndProblems:
    """Return a Site with the styles of all marks of plugins in its texts, and its problems with those of unknown marks. Never raises."""
    found = memory.map_values("marks of plugins", documents, _marks, tuple[Span, ...] | None)
    files = memory.keys_with_values("files with marks of plugins", found)
    if not files:
        return linked
    site, found_problems = linked
    known: Mapping[str, tuple[str, Mark]] = plugins.marks if plugins is not None else {}
    styles: dict[tuple[str, str], SpanStyle] = {}
    wrong: dict[tuple[str, str], Diagnostic] = {}
    problems: list[Diagnostic] = []
    for path in files:
        for span in found[path] or ():
            key, location = (span.name, span.value), Location(path, span.line, span.column, span.width)
            if span.name not in known:
                problems.append(_unknown(span, known, location))
                continue
            if key not in styles and key not in wrong:
                try:
                    styles[key] = known[span.name][1].style(site, span.value)
                except UnknownValue as error:
                    wrong[key] = _wrong(span, known[span.name][0], location, str(error))
                except TemplateProblem as problem:  # its code failed, which is reported of the plugin
                    wrong[key] = problem.diagnostic
            if key in wrong:
                problem_of_value = wrong[key]
                problems.append(
                    problem_of_value if "/" not in problem_of_value.code else msgspec.structs.replace(problem_of_value, location=location)
                )
    steady = memory.backdate("styles of marks of plugins", styles, SpanStyle, tuple[str, str])
    return msgspec.structs.replace(site, spans=steady), (*found_problems, *problems)


def _marks(document: Document) -> tuple[Span, ...] | None:
    """Return the marks in the texts of a file; None if there are none, as in nearly all."""
    return tuple(_begun(document)) or None


def _begun(document: Document) -> Iterator[Span]:
    for body in bodies(document):
        for segment in body.segments:
            if segment.__class__ is Span and not segment.ends:
                yield segment


def _wrong(span: Span, plugin: str, location: Location, said: str) -> Diagnostic:
    message = said or f"The mark “{span.name}” does not know “{span.value}”."
    return Diagnostic(f"{plugin}/{span.name}", message, location, help="Write a value that it knows.", subject=span.value)


def _unknown(span: Span, known: Mapping[str, object], location: Location) -> Diagnostic:
    near = nearest(span.name, tuple(known))
    if near:
        advice = f"Did you mean “{near}”?"
    elif known:
        advice = f"Plugins of this site bring: {', '.join(known)}."
    else:
        advice = "Name the plugin under “plugins” in content/site.yaml, or write the words without the brackets and braces."
    return Diagnostic(
        "mark-unknown", f"No plugin that this site names brings the mark “{span.name}”.", location, help=advice, subject=span.name
    )
