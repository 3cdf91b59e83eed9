"""Read, link and check a site: the part of a build before anything is written. `check` stops here; `build`, the preview and publishing continue."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder import checks
from builder.build import files_beside_texts, parallel
from builder.build.named_plugins import active, pages_of
from builder.build.run import IN_ONE_PROCESS, Options, Progress, Run, silent
from builder.build.timings import stage
from builder.build.without_drafts import LinkedSite, ParsedSite, link_without_drafts
from builder.checks import cascades, house_style, severities
from builder.checks.future_dates import FutureDates, ahead
from builder.content import copied_files, reading, settings
from builder.diagnostics import Diagnostic, stop_build
from builder.incremental import dependencies, parse_cache
from builder.incremental.memo import CacheFile, CorruptCache, LazyMap, Memory, updated
from builder.incremental.small_files import STATE_FOLDER
from builder.linking import drafts
from builder.linking.value_locations import ValueLocations
from builder.model import Document, Settings, Site
from builder.pages import Pages
from builder.render import social_card
from builder.render.template_sources import TemplateSources

if TYPE_CHECKING:
    from builder.build.plugins import ActivePlugins
    from builder.content.reading import Tree


class LoadedSite(msgspec.Struct, frozen=True, eq=False):
    """A site that has been read, linked and checked."""

    site: Site
    pages: Pages
    tree: reading.Tree
    diagnostics: tuple[Diagnostic, ...]
    """All problems, with the severities that the site sets, sorted by file and place."""
    left_out: tuple[Document, ...] = ()
    """Drafts, scheduled explainers, and the records that only these use."""
    waiting: tuple[drafts.Scheduled, ...] = ()
    """Scheduled explainers, the next one first."""
    memory: Memory | None = None
    """Results for the next run; None if they belong to another site."""
    changes: dependencies.Changes | None = None
    """Differences from the site of the last run; None if unknown."""
    ahead: int | None = None
    """The first day on which a problem with a future date disappears."""
    plugins: "ActivePlugins | None" = None
    """What the plugins bring that the site names; None if it names none."""

    def stops(self, *, strict: bool = False) -> bool:
        """Return whether the problems prevent publication."""
        return stop_build(self.diagnostics, strict=strict)


def load_site(options: Options, *, progress: Progress = silent, extra_rules: Sequence[checks.SiteRule] = ()) -> LoadedSite:
    """Read a site and find all its problems. Only the cache is written; `options.output` is not read. `extra_rules` are checks run only on request."""
    return load_in_run(options, Run(options.jobs, progress), extra_rules)


def load_in_run(options: Options, run: Run, extra_rules: Sequence[checks.SiteRule] = ()) -> LoadedSite:
    """Read a site and find all its problems, as a part of a run; see `load_site`. Raises `CorruptCache` if its cache is damaged, `ExecutorProblem` if its executor fails."""
    _forget_old_edits(options.root)
    cache_file = run.cache.cache_file if run.cache is not None else None
    with stage(run.profile, "recall"):
        parsed = parse_cache.ParseCache(options.root) if options.cache else None
        known = dict(cache_file.value(_SIGNATURES, _Pairs)) if cache_file is not None and _SIGNATURES in cache_file else {}
    with stage(run.profile, "read"):
        tree = _with_rows(reading.read(options.root, known if parsed is not None else None))
    with stage(run.profile, "recall"):
        memory = Memory(cache_file if cache_file is not None and parsed is not None and can_continue(cache_file, options, tree) else None)
    documents = documents_of(tree, parsed, memory, run)
    loaded = link_and_check(
        options,
        ParsedSite(tree, documents),
        memory,
        templates=templates_of(options),
        extra_rules=extra_rules,
        run=run,
    )
    if loaded.memory is not None:
        store_inputs(memory, options, tree, loaded)
    if parsed is not None:
        with stage(run.profile, "remember"):
            parsed.save()
    return loaded


def _forget_old_edits(root: Path) -> None:
    # What writes edits takes long to import, and most sites have none.
    if (root / STATE_FOLDER / "edits").is_file():
        from builder.output.edits import forget_old

        forget_old(root)


def _with_rows(tree: "Tree") -> "Tree":
    # The readers of tables take long to import, and few sites have tables.
    if not tree.tables:
        return msgspec.structs.replace(tree, rows={})
    from builder.build import master_tables

    return master_tables.with_rows(tree)


class _Inputs(msgspec.Struct, frozen=True, array_like=True):
    """The inputs of linking besides the content files. The address of the site is none of them: it only changes pages."""

    drafts: bool
    future: bool
    settings: tuple[bytes | None, bytes | None]
    """The bytes of `site.yaml` and of `style.yaml`."""
    day: int | None
    left_out: bool
    """Whether anything was left out."""
    until: int | None
    """The day of the next scheduled explainer, or the first reported future date, whichever is earlier."""


_Pairs = list[tuple[str, bytes]]

_INPUTS, _KEYS, _SIGNATURES = "inputs of linking", "keys of documents", "signatures of files"


def can_continue(cache_file: CacheFile, options: Options, tree: reading.Tree) -> bool:
    """Return whether the inputs of linking are those of the last build."""
    if _INPUTS not in cache_file:
        return False
    then: _Inputs = cache_file.value(_INPUTS, _Inputs)
    if (tree.settings, tree.style) != then.settings:
        return False
    later = options.day == then.day or (
        options.day is not None and then.day is not None and then.day <= options.day and (then.until is None or options.day < then.until)
    )
    if not then.left_out and options.drafts >= then.drafts and options.future >= then.future and later:
        return True  # nothing was held back, so nothing more can come
    if (options.drafts, options.future) != (then.drafts, then.future):
        return False
    if options.day == then.day:
        return True
    # On another day the same explainers are there, unless one has come that waited for it.
    return not options.future and later


def store_inputs(memory: Memory, options: Options, tree: reading.Tree, loaded: LoadedSite) -> None:
    """Keep the inputs of linking, for `can_continue`."""
    early = [drafts.day_of(document) for document in loaded.left_out if not options.future] + [loaded.ahead]
    until = min((day for day in early if day is not None and options.day is not None and day > options.day), default=None)
    memory.store(
        _INPUTS, _Inputs(options.drafts, options.future, (tree.settings, tree.style), options.day, bool(loaded.left_out), until), _Inputs
    )


def documents_of(tree: reading.Tree, parsed: parse_cache.ParseCache | None, memory: Memory, run: Run) -> Mapping[str, Document]:
    """Return the documents of the content files, by path; unchanged ones are loaded on access."""
    if parsed is None:
        documents = parse(tree.texts, parsed, run)
        return {document.path: document for document in documents}
    with stage(run.profile, "recall"):
        then: _Pairs | None = memory.load(_KEYS, _Pairs)
        before = dict(then or ())
        keys = {path: before[path] for path in tree.unread if path in before}
        lost = [path for path in tree.unread if path not in before or not parsed.use(before[path])]
        texts = [*tree.texts, *((path, tree.get(path) or b"") for path in lost)]
        keys |= {path: parse_cache.key_of(path, data) for path, data in texts}
        keys = {path: keys[path] for path in sorted(keys)}
        fresh = [text for text in texts if before.get(text[0]) != keys[text[0]] or not parsed.use(keys[text[0]])]
    read = {document.path: document for document in parse(fresh, parsed, run)}
    former = LazyMap(before, lambda path: _cached_document(parsed, before[path])) if then is not None else None
    now: Mapping[str, Document] = updated(former, keys, read) if former is not None else {path: read[path] for path in keys}
    memory.store(_KEYS, list(keys.items()), _Pairs)
    memory.store(_SIGNATURES, list(tree.signatures.items()), _Pairs)
    return memory.begin("documents", now, former)


def _cached_document(parsed: parse_cache.ParseCache, key: bytes) -> Document:
    found = parsed.document(key, keep=False)
    if found is None:
        raise CorruptCache
    return found


def parse(texts: Sequence[tuple[str, bytes]], parsed: parse_cache.ParseCache | None, run: Run = IN_ONE_PROCESS) -> tuple[Document, ...]:
    """Parse content files, in their order; those in `parsed` are not parsed again."""
    with stage(run.profile, "recall"):
        known = parsed.recall(texts) if parsed is not None else (None,) * len(texts)
    unknown = [text for text, document in zip(texts, known, strict=True) if document is None]
    with stage(run.profile, "parse", len(unknown)):
        fresh = parallel.parse(unknown, run)
    if parsed is not None and unknown:
        parsed.learn((path, data, document) for (path, data), document in zip(unknown, fresh, strict=True))
    rest = iter(fresh)
    return tuple(document if document is not None else next(rest) for document in known)


def link_and_check(
    options: Options,
    parsed: ParsedSite,
    memory: Memory | None = None,
    *,
    templates: TemplateSources,
    extra_rules: Sequence[checks.SiteRule] = (),
    run: Run = IN_ONE_PROCESS,
) -> LoadedSite:
    """Link all documents, in the order of their paths, and check the result. `memory` is that of the last run, in a preview."""
    return link_unchecked(options, parsed, memory, templates=templates, extra_rules=extra_rules, run=run).find_problems()


class UncheckedSite(msgspec.Struct, frozen=True, eq=False):
    """A site that has been linked, with its pages, whose problems are still to be found."""

    loaded: LoadedSite
    """Without `diagnostics` and `ahead`."""
    find_problems: Callable[[], LoadedSite]
    """Returns the site with its problems. To be called once, before the memory begins its next run."""


def link_unchecked(
    options: Options,
    parsed: ParsedSite,
    memory: Memory | None = None,
    *,
    templates: TemplateSources,
    extra_rules: Sequence[checks.SiteRule] = (),
    run: Run = IN_ONE_PROCESS,
) -> UncheckedSite:
    """Link all documents, as `link_and_check` does, and leave the checks for later: a preview shows its pages before their problems."""
    memory = memory if memory is not None else Memory()
    chosen, problems = memory.compute("settings", (options.base_url, parsed.tree.settings, parsed.tree.style), _settings)
    plugins = active(chosen)
    linked = link_without_drafts(options, chosen, parsed, plugins, memory, run)
    with stage(run.profile, "views"):
        pages, failed = pages_of(linked.site, memory if linked.has_memory else None, linked.changes)
    linked = msgspec.structs.replace(linked, tree=files_beside_texts.without_unused(linked.tree, linked.site, linked.texts))
    # What is a draft besides waits for its author.
    ready = [document for document in linked.left_out if options.drafts or not drafts.is_draft(document)]
    loaded = LoadedSite(
        linked.site,
        pages,
        linked.tree,
        (),
        linked.left_out,
        drafts.waiting(ready, options.day) if not options.future else (),
        memory if linked.has_memory else None,
        linked.changes if linked.has_memory else None,
        plugins=plugins,
    )

    def find_problems() -> LoadedSite:
        late = _days_ahead(linked.documents, options.day, memory)
        with stage(run.profile, "check"):
            found_problems = dict.fromkeys(
                (
                    *linked.tree.diagnostics,
                    *problems,
                    *templates.problems({page.template for page in pages} if plugins is not None else frozenset()),
                    *_problems_of_files(linked.documents, memory),
                    *linked.problems,
                    *(social_card.problems() if linked.site.settings.images else ()),
                    *(plugins.problems if plugins is not None else ()),
                    *failed,
                    *_broken_rules(options.root, linked, pages, plugins, templates.assets(), memory),
                    *(problem for rule in extra_rules for problem in rule(linked.site)),
                )
            )
            # Words said after their source was published are the same slip.
            reported = {problem.location for problem in found_problems if problem.code == "quote-too-late"}
            found_problems |= dict.fromkeys(problem for _, problem in late if problem.location not in reported)
        first = min((day for day, _ in late), default=None)
        return msgspec.structs.replace(loaded, diagnostics=_reported(found_problems, linked), ahead=first)

    return UncheckedSite(loaded, find_problems)


def _problems_of_files(documents: Mapping[str, Document], memory: Memory) -> tuple[Diagnostic, ...]:
    of_files = memory.map_values("problems of files", documents, lambda document: document.diagnostics, tuple[Diagnostic, ...])
    found: tuple[Diagnostic, ...] = memory.compute(
        "all problems of files", of_files, lambda found: tuple(chain.from_iterable(found.values())), tuple[Diagnostic, ...]
    )
    return found


def _days_ahead(documents: Mapping[str, Document], day: int | None, memory: Memory) -> list[tuple[int, Diagnostic]]:
    of_days = memory.map_values("days ahead", documents, lambda document: ahead(document, day), FutureDates | None)
    return [day for path in memory.keys_with_values("files with days ahead", of_days) for day in of_days[path] or ()]


def _broken_rules(
    root: Path, linked: LinkedSite, pages: Pages, plugins: "ActivePlugins | None", assets: Collection[str], memory: Memory
) -> Iterator[Diagnostic]:
    """Yield the problems that the rules find in what is published: in its records, in its pages and files, and in its words."""
    site, copies = linked.site, linked.tree.copies
    of_plugins = (plugins.rules, plugins.digest) if plugins is not None else ()
    yield from checks.check(site, memory if linked.has_memory else None, linked.changes, *of_plugins)
    files = {**{name: f"templates/{name}" for name in assets}, **copies}
    yield from checks.check_published(site, pages, files, linked.texts, memory)
    yield from copied_files.problems(root, files)
    yield from _against_style(site.settings, linked.documents, linked.tree)


def _at_its_value(problem: Diagnostic, linked: LinkedSite) -> Diagnostic:
    """Return a problem of a record with its caret at the value that is wrong, where the rule knows the value alone."""
    if problem.code not in checks.AT_VALUES:
        return problem
    return msgspec.structs.replace(problem, location=ValueLocations(linked.documents).locate(problem.location, problem.subject))


def _reported(problems: Iterable[Diagnostic], linked: LinkedSite) -> tuple[Diagnostic, ...]:
    """Return the problems to report: without those that follow from another, with the severities that the site sets."""
    unseen, tree = [document.path for document in linked.left_out], linked.tree
    reported = drafts.explained(problems, linked.left_out) if linked.left_out else tuple(problems)
    unread = cascades.unreadable_files(reported)
    reported = tuple(_at_its_value(problem, linked) for problem in reported)
    root_causes = cascades.without_cascades(reported, unread, lambda path: (tree.get(path) or b"").decode("utf-8", "replace"))
    if tree.rows:
        from builder.build import master_tables

        root_causes = master_tables.at_rows(root_causes, tree)
    return merge_problems(severities.apply(root_causes, linked.site.settings.overrides, unseen=[*unseen, *unread]))


def templates_of(options: Options) -> TemplateSources:
    """Return the templates of a site; its own override the default ones."""
    return TemplateSources((options.root / "templates", reading.DEFAULT_TEMPLATES), options.root)


def _against_style(chosen: Settings, kept: Mapping[str, Document], tree: reading.Tree) -> Iterator[Diagnostic]:
    """Yield the words that are against the house style. All files are looked at each time: places are not in what is kept. Rows of tables have no text."""
    if chosen.style:
        for path, document in kept.items():
            if path not in (tree.rows or {}):
                yield from house_style.problems(chosen.style, document, tree.get(path) or b"", chosen.language)


def _settings(given: tuple[str | None, bytes | None, bytes | None]) -> tuple[Settings, tuple[Diagnostic, ...]]:
    base_url, data, style = given
    chosen, problems = settings.read(data) if data is not None else (Settings(), ())
    if style is not None:
        rules, more = settings.read_style(style)
        chosen, problems = msgspec.structs.replace(chosen, style=(*chosen.style, *rules)), (*problems, *more)
    if base_url is not None:
        chosen = msgspec.structs.replace(chosen, base_url=settings.with_slash(base_url))
    return chosen, problems


def merge_problems(*reported: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the problems of several checks, each once and with all of its places, sorted by file and place."""
    return in_order(cascades.grouped(dict.fromkeys(problem for problems in reported for problem in problems)))


def in_order(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return problems sorted by file and place."""
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))
