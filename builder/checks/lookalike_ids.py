"""Ids and titles that are taken for one another: two records, and readers and authors see one."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from builder.content import settings
from builder.diagnostics import WARNING, Diagnostic, Location, characters
from builder.model import Explainer, PlainPage, Record, Site


def alike(site: Site) -> Iterator[Diagnostic]:
    """Report ids of one kind of record that look alike, each with the first of them; addresses of pages and names of targets too."""
    ids: tuple[tuple[str, Mapping[str, Record]], ...] = (
        ("The ids of two actors", site.actors),
        ("The ids of two events", site.events),
        ("The ids of two sources", site.sources),
        ("The ids of two explainers", site.explainers),
    )
    named: tuple[tuple[str, Iterable[str], Callable[[str], Location]], ...] = (
        *((what, records, lambda record_id, records=records: records[record_id].location) for what, records in ids),
        ("The addresses of two pages", [page.slug for page in site.pages], lambda slug: _page(site, slug).location),
        ("The names of two targets", [target.name for target in site.settings.publish], lambda _: Location(settings.PATH)),
    )
    for what, names, location in named:
        for first, other in characters.lookalikes(names):
            how = characters.apart(other, first, "the one", "the other")
            message = f"{what} look alike, “{other}” and “{first}”" + (f": {how}." if how else ".")
            hint = "If they are one, use one id. If they are two, give one of them an id that an eye tells apart."
            here, also = location(other), location(first)
            yield Diagnostic("id-alike", message, here, help=hint, severity=WARNING, also=(also,) if also != here else (), subject=other)


def _page(site: Site, slug: str) -> PlainPage:
    return next(page for page in site.pages if page.slug == slug)


def same_titles(site: Site) -> Iterator[Diagnostic]:
    """Report explainers and pages with the title of another one in the same language: readers cannot tell them apart in a list or a search."""
    titled: dict[tuple[str, str], list[Explainer | PlainPage]] = {}
    every: tuple[Explainer | PlainPage, ...] = (*site.explainers.values(), *site.pages)
    for named_id in every:
        language = (named_id.lang if isinstance(named_id, Explainer) else "") or site.settings.language
        titled.setdefault((language, characters.plain(named_id.title).casefold()), []).append(named_id)
    for first, *others in titled.values():
        if others:
            count = "Two" if len(others) == 1 else str(1 + len(others))
            kind = "explainers" if all(isinstance(record, Explainer) for record in (first, *others)) else "pages"
            yield Diagnostic(
                "title-shared",
                f"{count} {kind} have the title “{first.title}”.",
                others[0].location,
                help="Give each a title of its own; if they are one, keep one file.",
                also=(first.location, *(record.location for record in others[1:])),
                subject=first.title,
            )
