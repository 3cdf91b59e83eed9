"""Editorial rules over the whole Site: what no single file can know.

Each rule is a function that yields problems, in one visible list. Rules about one file alone stand in `parse`, those about references in `crossref`.
Where a newsroom has published the policy behind a rule, the rule names it. What makes a page untrue or breaks it is an error; what a newsroom's policy
asks for is a warning. A date that does not decide is no problem: rules tell only of what is certain.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from builder.checks.attribution import attribution, off_record, verbatim, voices
from builder.checks.chronology import days_of_explainer, order_of_dates, quotes_and_reports, replies, reported, statuses, told_days
from builder.checks.people import offices, stories_with_names, unlisted
from builder.checks.published import bodies_with_links, dead_links, navigation, paths, plain_pages
from builder.checks.references import embeds, unused
from builder.checks.unnamed import basis, boilerplate, counts, described, identities, opinions, reasons, recognisable
from builder.checks.weekdays import counted_from, relative_dates
from builder.diagnostics import Diagnostic
from builder.memory import Memory
from builder.model import Site
from builder.views import Pages

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
    order_of_dates,
    replies,
    # Who is who.
    offices,
    # What leads where.
    embeds,
    unused,
)
"""Every rule over the whole site. A new one is a function in one of these modules, its codes in the guide, and its line in this list."""

OF_ONE: tuple[tuple[Callable[[Site, Memory], Mapping[str, Any]], Callable[[Any], tuple[Diagnostic, ...]]], ...] = (
    (stories_with_names, unlisted),
    (told_days, statuses),
    (quotes_and_reports, reported),
    (lambda site, _: site.by_slug, days_of_explainer),
)
"""Rules that take long, or need less than the fields that they look at: what gathers all that they see, by key, and the rule for one of these."""


def check(site: Site, memory: Memory | None = None) -> tuple[Diagnostic, ...]:
    """Return what all rules find. `memory` is that of the last run, where there was one: a rule that would see the same finds the same."""
    memory = memory if memory is not None else Memory()
    found: list[Diagnostic] = []
    for rule in RULES:
        found += memory.looked(f"rule {rule.__name__}", site, partial(_found_by, rule))
    for gather, rule_of_one in OF_ONE:
        for told in memory.each(f"rule {rule_of_one.__name__}", gather(site, memory), rule_of_one).values():
            found += told
    return tuple(found)


def _found_by(rule: Rule, site: Site) -> tuple[Diagnostic, ...]:
    return tuple(rule(site))


def whole(site: Site, pages: Pages, copies: Mapping[str, str], memory: Memory | None = None) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the published site as a whole. `memory` is that of the last run, where there was one."""
    memory = memory if memory is not None else Memory()
    copies = memory.steady("copies", dict(copies))
    outputs = memory.whole("outputs", (pages.names, copies), _outputs)
    bodies = bodies_with_links(site, memory)
    return (
        *memory.whole("paths", (pages.names, copies), lambda given: tuple(paths(*given))),
        *dead_links(site, bodies, outputs),
        *navigation(site, bodies, outputs, memory.whole("plain pages linked to", site.targets, plain_pages)),
    )


def _outputs(given: tuple[Iterable[tuple[str, str]], Iterable[str]]) -> frozenset[str]:
    names, copies = given
    return frozenset((*(output for output, _ in names), *copies))
