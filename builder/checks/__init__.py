"""Editorial rules over the whole Site.

Each rule is a function that yields the problems of one record, in one list. Rules about one file are in `content.parse`, those about references in `linking`.
A rule that follows the published policy of a newsroom names it. What makes a page untrue or breaks it is an error; what a newsroom's policy
asks for is a warning. Rules report only what is certain: a date that may or may not contradict is no problem.

The fields that the rules of a record read are recorded, as for pages (`incremental.dependencies`): a run after an edit checks only records whose result may change.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from builder.checks.actors import names_in_another_case, names_in_longer_names, names_in_other_signs, office_on_the_day, unlisted_actors
from builder.checks.attribution import (
    attribution,
    claim_without_speaker,
    event_without_source,
    nameless_source,
    off_record,
    words_in_source_text,
)
from builder.checks.chronology import (
    days_of_explainer,
    days_of_offices,
    days_of_source,
    order_of_via,
    status_by_date,
    status_by_newest_explainer,
    statuses_in_explainer,
    undated_event,
    words_after_report,
)
from builder.checks.circles import actors_in_circles, quotes_in_circles, sources_in_circles
from builder.checks.doubted_events import events_doubted_in_text
from builder.checks.embeds import embeds, embeds_of_actor, embeds_of_event, embeds_of_pages, embeds_of_source
from builder.checks.event_titles import worded_otherwise
from builder.checks.histories import days_of_history
from builder.checks.lookalike_ids import alike, same_titles
from builder.checks.named_speakers import other_speaker_named
from builder.checks.published_site import Clash, LinksOfText, dead_links, navigation, paths, plain_pages, report_clashes
from builder.checks.quotations import quotations, quotations_of_actor, quotations_of_event, quotations_of_source
from builder.checks.relative_dates import day_of_event, days_of_marks, days_of_quotes
from builder.checks.replies import replies_that_contradict, replies_to_later_quotes
from builder.checks.revealed_names import (
    links_by_name,
    links_of_actor_by_name,
    links_of_event_by_name,
    links_of_pages_by_name,
    links_of_source_by_name,
    named_under_terms,
    names_of_unnamed,
)
from builder.checks.same_actors import same_descriptions, same_names
from builder.checks.unnamed_sources import (
    boilerplate_reason,
    count_and_number,
    missing_basis,
    missing_description,
    missing_reason,
    named_in_description,
    opinions_of_unnamed,
    recognisable_office,
    revealed_identity,
)
from builder.checks.unsaid_words import paraphrases_denied, words_not_said
from builder.checks.unused_records import unused_actor, unused_event, unused_source
from builder.diagnostics import Diagnostic
from builder.incremental import dependencies
from builder.incremental.dependencies import Changes, ReadLog, changed_reads
from builder.incremental.ledger import Ledger, ReadCollector
from builder.incremental.memo import Memory, updated
from builder.model import Site
from builder.pages import PageEntry, Pages, cards

SiteRule = Callable[[Site], Iterator[Diagnostic]]
"""A rule over the whole site, called on request."""

RecordRule = Callable[[Site, str], Iterator[Diagnostic]]
"""A rule over one record, given by its id, or over one explainer, given by its slug."""

RULES: Mapping[str, tuple[RecordRule, ...]] = {
    "explainers": (
        attribution,
        off_record,
        opinions_of_unnamed,
        days_of_quotes,
        days_of_marks,
        days_of_explainer,
        statuses_in_explainer,
        words_after_report,
        replies_to_later_quotes,
        quotes_in_circles,
        replies_that_contradict,
        order_of_via,
        unlisted_actors,
        names_in_another_case,
        names_in_longer_names,
        names_in_other_signs,
        quotations,
        other_speaker_named,
        named_under_terms,
        links_by_name,
        words_not_said,
        paraphrases_denied,
        events_doubted_in_text,
        same_descriptions,
        embeds,
    ),
    "actors": (
        missing_description,
        revealed_identity,
        recognisable_office,
        named_in_description,
        names_of_unnamed,
        missing_basis,
        missing_reason,
        boilerplate_reason,
        count_and_number,
        days_of_offices,
        office_on_the_day,
        actors_in_circles,
        quotations_of_actor,
        embeds_of_actor,
        links_of_actor_by_name,
        unused_actor,
    ),
    "events": (
        claim_without_speaker,
        worded_otherwise,
        event_without_source,
        undated_event,
        status_by_newest_explainer,
        status_by_date,
        days_of_history,
        day_of_event,
        quotations_of_event,
        embeds_of_event,
        links_of_event_by_name,
        unused_event,
    ),
    "sources": (
        nameless_source,
        words_in_source_text,
        days_of_source,
        sources_in_circles,
        quotations_of_source,
        embeds_of_source,
        links_of_source_by_name,
        unused_source,
    ),
    "pages": (embeds_of_pages, links_of_pages_by_name),
}
"""Every rule, by the field of the Site that has its records; the rules of `pages` are called once for all pages. A new rule is a function in one of these modules,
its codes in the guide, and its line in this list.
"""

AT_VALUES = frozenset({"via-order"})
"""Codes of problems that are about one value of a record: the subject, which says where the caret stands."""

RecordKey = tuple[str, str]
"""A field of the Site, and the id of a record in it."""

_PROBLEMS = "what rules found"
"""The step that keeps the problems of each record for the next run."""
_READS = "what rules rely on"
"""The step that keeps what the rules of each record have read."""

_UNTRACKED_FIELDS = frozenset({"settings", "language", "day"})
"""Fields of the Site whose reads are not recorded: `_untracked_digest` decides on them."""


def check(
    site: Site,
    memory: Memory | None = None,
    changes: Changes | None = None,
    rules: Mapping[str, tuple[RecordRule, ...]] = RULES,
    plugins_digest: str = "",
) -> tuple[Diagnostic, ...]:
    """Return the problems that all rules find. `memory` has the results of the last run, if there was one, and `changes` are the differences of its site.

    `rules` are ours, or ours with those of plugins; `plugins_digest` is a digest of the code of these, since results of other code do not count.
    """
    memory = memory if memory is not None else Memory()
    log, untracked = ReadLog(), _untracked_digest(site) + plugins_digest
    watched = cards.recording(site, log)
    of_records = {field: change for field, change in changes.items() if field not in _UNTRACKED_FIELDS} if changes is not None else None
    ledger = Ledger(memory, "rules", {_READS: RecordKey}, untracked, changed_reads(of_records) if of_records is not None else None)
    before: Mapping[RecordKey, tuple[Diagnostic, ...]] = (
        (memory.load(_PROBLEMS, tuple[Diagnostic, ...], RecordKey) or {}) if ledger.is_current else {}
    )
    stale = ledger.stale(log, lambda name, given: cards.TRACKED_FUNCTIONS[name](watched, *given))[_READS]
    asked = [(field, key) for field in rules for key in (getattr(site, field) if field != "pages" else ("",))]
    known, collector = ledger.before(_READS), ReadCollector(log)
    fresh: dict[RecordKey, tuple[Diagnostic, ...]] = {}
    for record_key in asked:
        if record_key in known and record_key not in stale:
            continue
        field, key = record_key
        log.begin()
        problems = tuple(problem for rule in rules[field] for problem in rule(watched, key))
        collector.result(_READS, record_key)
        if problems or record_key in before:
            fresh[record_key] = problems
    ledger.add(collector.reads())
    ledger.store({_READS: frozenset(asked)}, untracked)
    order = {record_key: None for record_key in asked if fresh.get(record_key, before.get(record_key))}
    found = updated(before, order, {key: problems for key, problems in fresh.items() if problems})
    memory.store(_PROBLEMS, found, tuple[Diagnostic, ...], RecordKey)
    return tuple(problem for problems in found.values() for problem in problems)


def _untracked_digest(site: Site) -> str:
    """Return a digest of the settings that all rules may read. The address and the day do not matter to them: a preview has others."""
    settings = msgspec.structs.replace(site.settings, base_url="")
    return dependencies.untracked_digest(msgspec.structs.replace(site, settings=settings, day=None))


def check_published(
    site: Site, pages: Pages, copies: Mapping[str, str], texts: Sequence[LinksOfText], memory: Memory | None = None
) -> tuple[Diagnostic, ...]:
    """Return the problems of the published site as a whole; `texts` are its `texts_with_links`. `memory` has the results of the last run, if there was one."""
    memory = memory if memory is not None else Memory()
    copies = memory.backdate("copies", dict(copies))
    outputs = Outputs(pages, copies)
    clashes = memory.compute("paths", (pages.entries, copies), lambda given: tuple(paths(*given)), tuple[Clash, ...])
    linked = memory.compute("plain pages linked to", site.targets, plain_pages, tuple[str, ...])
    # Each of these two looks at all records of a kind, and most edits change none of them.
    titled = (site.explainers, tuple((page.title, page.location) for page in site.pages), site.settings.language)
    titles = memory.compute("titles that are shared", titled, lambda _: tuple(same_titles(site)), tuple[Diagnostic, ...])
    names = memory.compute("names that are shared", site.actors, lambda _: tuple(same_names(site)), tuple[Diagnostic, ...])
    return (
        *report_clashes(site, clashes, pages.entries, copies),
        *alike(site),
        *titles,
        *names,
        *dead_links(site, texts, outputs),
        *navigation(site, texts, outputs, linked),
    )


class Outputs:
    """The paths of the output, pages and copies."""

    def __init__(self, pages: Pages, copies: Mapping[str, str]) -> None:
        self._pages, self._copies = pages, copies

    def __contains__(self, path: object) -> bool:
        return path in self._pages.outputs or path in self._copies

    def entry(self, path: str) -> PageEntry | None:
        """Return the page that makes a file; None if it is copied, or does not exist."""
        return self._pages.entry(path)

    def __iter__(self) -> Iterator[str]:
        yield from self._pages.outputs
        yield from self._copies
