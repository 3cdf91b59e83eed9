"""Editorial rules over the whole Site.

Each rule is a function that yields the problems of one record, in one list. Rules about one file are in `content.parse`, those about references in `linking`.
A rule that follows the published policy of a newsroom names it. What makes a page untrue or breaks it is an error; what a newsroom's policy
asks for is a warning. Rules report only what is certain: a date that may or may not contradict is no problem.

The fields that the rules of a record read are recorded, as for pages (`incremental.dependencies`): a run after an edit checks only records whose result may change.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from builder.checks.attribution import attribution, grounds, nameless, off_record, verbatim, voices
from builder.checks.chronology import (
    days_of_explainer,
    days_of_history,
    days_of_offices,
    days_of_source,
    replies,
    reported,
    state,
    statuses_in_explainer,
    undated,
    ways,
)
from builder.checks.lookalike_ids import alike
from builder.checks.people import offices, unlisted
from builder.checks.published_site import Clash, Linking, dead_links, navigation, paths, plain_pages, report_clashes
from builder.checks.quotations import quotations, quotations_of_actor, quotations_of_event, quotations_of_source
from builder.checks.references import (
    embeds,
    embeds_of_actor,
    embeds_of_event,
    embeds_of_pages,
    embeds_of_source,
    unused_actor,
    unused_event,
    unused_source,
)
from builder.checks.unnamed import basis, boilerplate, counts, described, identities, opinions, reasons, recognisable
from builder.checks.weekdays import day_of_event, days_of_marks, days_of_quotes
from builder.diagnostics import Diagnostic
from builder.incremental import dependencies
from builder.incremental.dependencies import Changes, Notes, Noticed, Relied, Step
from builder.incremental.memo import Memory, revised
from builder.model import Site
from builder.pages import Pages, cards

Rule = Callable[[Site], Iterator[Diagnostic]]
"""A rule over the whole site, called on request."""

RULES: Mapping[str, tuple[Callable[[Site, str], Iterator[Diagnostic]], ...]] = {
    "explainers": (
        attribution,
        off_record,
        opinions,
        days_of_quotes,
        days_of_marks,
        days_of_explainer,
        statuses_in_explainer,
        reported,
        replies,
        ways,
        unlisted,
        quotations,
        embeds,
    ),
    "actors": (
        described,
        identities,
        recognisable,
        basis,
        reasons,
        boilerplate,
        counts,
        days_of_offices,
        offices,
        quotations_of_actor,
        embeds_of_actor,
        unused_actor,
    ),
    "events": (voices, grounds, undated, state, days_of_history, day_of_event, quotations_of_event, embeds_of_event, unused_event),
    "sources": (nameless, verbatim, days_of_source, quotations_of_source, embeds_of_source, unused_source),
    "pages": (embeds_of_pages,),
}
"""Every rule, by the field of the Site that has its records; the rules of `pages` are called once for all pages. A new rule is a function in one of these modules,
its codes in the guide, and its line in this list.
"""

RecordKey = tuple[str, str]
"""A field of the Site, and the id of a record in it."""

_STEP, _RELIED, _STEPS, _GROUND = "what rules found", "what rules rely on", "what steps of rules rely on", "what all rules rely on"


def check(
    site: Site,
    memory: Memory | None = None,
    changes: Changes | None = None,
    rules: Mapping[str, tuple[Callable[[Site, str], Iterator[Diagnostic]], ...]] = RULES,
    made_by: str = "",
) -> tuple[Diagnostic, ...]:
    """Return the problems that all rules find. `memory` has the results of the last run, if there was one, and `changes` are the differences of its site.

    `rules` are ours, or ours with those of plugins; `made_by` is a digest of the code of these, since results of other code do not count.
    """
    memory = memory if memory is not None else Memory()
    notes = Notes()
    watched = cards.noting(site, notes)
    before = _PreviousRun(memory, watched, notes, _ground(site) + made_by)
    asked = [(field, key) for field in rules for key in (getattr(site, field) if field != "pages" else ("",))]
    again = before.asked_again(asked, changes)
    noticed = Noticed(notes)
    found: dict[RecordKey, tuple[Diagnostic, ...]] = {}
    for one in again:
        field, key = one
        notes.now = set()
        problems = tuple(problem for rule in rules[field] for problem in rule(watched, key))
        noticed.page(one, "")
        if problems or one in before.found:
            found[one] = problems
    return before.leave(asked, found, noticed)


_IN_GROUND = ("settings", "language", "day")


def _ground(site: Site) -> str:
    """Return a digest of the settings that all rules may read. The address and the day do not matter to them: a preview has others."""
    settings = msgspec.structs.replace(site.settings, base_url="")
    return dependencies.ground(msgspec.structs.replace(site, settings=settings, day=None))


class _PreviousRun:
    """The results and dependencies of the rules in the last run."""

    def __init__(self, memory: Memory, watched: Site, notes: Notes, ground: str) -> None:
        self._memory, self._watched, self._notes, self._ground = memory, watched, notes, ground
        self.found: Mapping[RecordKey, tuple[Diagnostic, ...]] = {}
        self._relied: Mapping[RecordKey, Relied] = {}
        self._steps: Mapping[bytes, Step] = {}
        left = memory.recall(_STEP)
        if left is not None and left[0] == ground:
            _, self.found, self._relied, self._steps = left
        elif left is None and memory.held(_GROUND, str) == ground:
            self.found = memory.held(_STEP, tuple[Diagnostic, ...], RecordKey) or {}
            self._relied = memory.held(_RELIED, Relied, RecordKey) or {}
            self._steps = memory.held(_STEPS, Step, bytes) or {}
        self._same: set[bytes] = set()

    def asked_again(self, asked: list[RecordKey], changes: Changes | None) -> list[RecordKey]:
        """Return the records whose rules may have another result now."""
        # Fields that are no list or mapping are part of the ground digest.
        of_records = {field: change for field, change in changes.items() if field not in _IN_GROUND} if changes is not None else None
        looks = dependencies.changed_looks(of_records) if of_records is not None else None
        if looks is None or not self._relied:
            self.found, self._relied, self._steps = {}, {}, {}
            return asked
        stale, self._same = dependencies.stale(self, looks, self._ask)
        return [one for one in asked if one in stale or one not in self._relied]

    def _ask(self, name: str, given: tuple[Any, ...]) -> str:
        return dependencies.asked_again(self._notes, name, given, lambda: cards.STEPS[name](self._watched, *given))

    def steps(self, signs: set[bytes]) -> list[tuple[bytes, Step]]:
        """Return the steps that depend on one of these; see `dependencies.Ledger`."""
        return dependencies.relying(self._steps, signs, self._memory.relying(_STEPS, signs, bytes))

    def pages(self, signs: set[bytes]) -> list[RecordKey]:
        """Return the records whose rules depend on one of these."""
        return [one for one, _ in dependencies.relying(self._relied, signs, self._memory.relying(_RELIED, signs, RecordKey))]

    def leave(self, asked: list[RecordKey], found: dict[RecordKey, tuple[Diagnostic, ...]], noticed: Noticed) -> tuple[Diagnostic, ...]:
        """Store the results for the next run, and return all problems, with those of the last run that still hold."""
        for number in self._notes.steps if self._same else ():
            if dependencies.mark(self._notes.looks[number]) in self._same:
                noticed.step(number)  # its result is the same, though its dependencies may differ
        seen = noticed.seen()
        order = dict.fromkeys(asked)
        all_found = revised(
            self.found,
            {one: None for one in asked if found.get(one, self.found.get(one))},
            {one: problems for one, problems in found.items() if problems},
        )
        relied = revised(self._relied, order, dict(seen.pages))
        steps = revised(self._steps, dict.fromkeys((*self._steps, *seen.steps)), seen.steps)
        memory = self._memory
        memory.keep(_STEP, (self._ground, all_found, relied, steps))
        memory.hold(_STEP, all_found, tuple[Diagnostic, ...], RecordKey)
        memory.hold(_RELIED, relied, Relied, RecordKey)
        memory.hold(_STEPS, steps, Step, bytes)
        memory.hold(_GROUND, self._ground, str)
        return tuple(problem for problems in all_found.values() for problem in problems)


def check_published(
    site: Site, pages: Pages, copies: Mapping[str, str], texts: Sequence[Linking], memory: Memory | None = None
) -> tuple[Diagnostic, ...]:
    """Return the problems of the published site as a whole; `texts` are its `texts_with_links`. `memory` has the results of the last run, if there was one."""
    memory = memory if memory is not None else Memory()
    copies = memory.steady("copies", dict(copies))
    outputs = Outputs(pages, copies)
    clashes = memory.whole("paths", (pages.names, copies), lambda given: tuple(paths(*given)), tuple[Clash, ...])
    linked = memory.whole("plain pages linked to", site.targets, plain_pages, tuple[str, ...])
    return (
        *report_clashes(site, clashes, copies),
        *alike(site),
        *dead_links(site, texts, outputs),
        *navigation(site, texts, outputs, linked),
    )


class Outputs:
    """The paths of the output, pages and copies."""

    def __init__(self, pages: Pages, copies: Mapping[str, str]) -> None:
        self._pages, self._copies = pages, copies

    def __contains__(self, path: object) -> bool:
        return path in self._pages.outputs or path in self._copies

    def __iter__(self) -> Iterator[str]:
        yield from self._pages.outputs
        yield from self._copies
