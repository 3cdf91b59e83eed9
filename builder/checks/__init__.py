"""Editorial rules over the whole Site: what no single file can know.

Each rule is a function that yields problems, in one visible list. Rules about one file alone stand in `parse`, those about references in `crossref`.
Where a newsroom has published the policy behind a rule, the rule names it. What makes a page untrue or breaks it is an error; what a newsroom's policy
asks for is a warning. A date that does not decide is no problem: rules tell only of what is certain.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from builder.checks.attribution import attribution, off_record, verbatim, voices
from builder.checks.chronology import order_of_dates, replies, reported, statuses
from builder.checks.people import offices, unlisted
from builder.checks.published import dead_links, navigation, paths
from builder.checks.references import embeds, unused
from builder.checks.unnamed import basis, boilerplate, counts, described, identities, opinions, reasons, recognisable
from builder.checks.weekdays import counted_from, relative_dates
from builder.diagnostics import Diagnostic
from builder.model import Site
from builder.views import Page

Rule = Callable[[Site], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    # Who says it.
    attribution,
    verbatim,
    off_record,
    voices,
    # Sources without a name.
    described,
    identities,
    recognisable,
    basis,
    reasons,
    boilerplate,
    counts,
    opinions,
    # When.
    relative_dates,
    counted_from,
    statuses,
    order_of_dates,
    reported,
    replies,
    # Who is who.
    offices,
    unlisted,
    # What leads where.
    embeds,
    unused,
)
"""Every rule. A new one is a function in one of these modules, its codes in the guide, and its line in this list."""


def check(site: Site) -> tuple[Diagnostic, ...]:
    """Return what all rules find."""
    return tuple(problem for rule in RULES for problem in rule(site))


def whole(site: Site, pages: Iterable[Page], copies: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the published site as a whole."""
    pages = tuple(pages)
    outputs = {*(page.output for page in pages), *copies}
    return (*paths(pages, copies), *dead_links(site, outputs), *navigation(site, outputs))
