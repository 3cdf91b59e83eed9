"""One build, from `content/` to the output folder: the only module that knows the whole road.

    content/ ─read─▶ parse ─▶ crossref ─▶ views ─▶ plan ─▶ render ─apply─▶ site/

`look` goes as far as the checks and writes nothing: `check` stops there, `build` goes on, and the preview and publishing walk the same road.
Errors stop it before anything is written.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder import checks, crossref, drawing, files, gone, held, language, overrides, plan, searching, settings, workers
from builder.checks.references import unused
from builder.diagnostics import ERROR, Diagnostic
from builder.gone import Gone
from builder.making import Maker, Remembered
from builder.memory import Memory
from builder.model import Document, Settings, Site
from builder.parse import slug_of
from builder.profiling import Profile, stage
from builder.receipts import Look
from builder.templates import Sources, TemplateProblem
from builder.views import Pages, views
from builder.views.finding import records
from builder.workers import Progress

if TYPE_CHECKING:
    from concurrent.futures import Executor


class Options(msgspec.Struct, frozen=True):
    """What a build or a check is asked for."""

    root: Path
    output: Path
    base_url: str | None = None
    """Instead of the one in `site.yaml`."""
    drafts: bool = False
    future: bool = False
    """Whether explainers are taken in whose day has not come."""
    day: int | None = None
    """Today in UTC, counted as `dates.first_day` does. None: every explainer's day has come."""
    strict: bool = False
    """Warnings stop it as errors do."""
    jobs: int = 0
    """Processes; 0 for as many as pay."""
    cache: bool = True
    """Whether to take up, and to leave, what files say that have not changed since."""


class Seen(msgspec.Struct, frozen=True, eq=False):
    """All that is known before anything is written."""

    site: Site
    pages: Pages
    tree: files.Tree
    diagnostics: tuple[Diagnostic, ...]
    """All problems as the site wants them told, sorted by file and place."""
    left_out: tuple[Document, ...] = ()
    """Drafts, explainers whose day has not come, and what they alone use."""
    waiting: tuple[held.Waiting, ...] = ()
    """Those that wait for their day alone, the next one first."""

    def stops(self, *, strict: bool = False) -> bool:
        """Whether the problems keep the site from being published."""
        return any(strict or problem.severity == ERROR for problem in self.diagnostics)


class Report(msgspec.Struct, frozen=True):
    """What came of a build."""

    diagnostics: tuple[Diagnostic, ...]
    """All problems, sorted by file and place."""
    plan: plan.Plan | None
    """None where errors stopped the build before anything was written."""
    waiting: tuple[held.Waiting, ...] = ()
    """Explainers that were left out because their day has not come."""
    gone: tuple[Gone, ...] = ()
    """Addresses that led to a page at the last build into this folder, and lead nowhere now."""
    lost: tuple[str, ...] = ()
    """The same of actors, events and sources, which have no aliases: paths."""
    seen: Seen | None = None
    """What was built."""

    def gone_from(self, deleted: Iterable[str], new: Collection[str]) -> tuple[Gone, ...]:
        """Return which addresses end at a host that is to lose the files `deleted`, and get `new` ones, whether this build or an earlier one took them away."""
        if self.seen is None:
            return ()
        held_back = set(gone.held_back(self.seen.left_out))
        ended = [path for path in deleted if gone.is_told(path) and path not in held_back]
        here = {one.path: one for one in self.gone}
        fresh = [page for page in self.seen.pages if page.output in new] if ended else []
        return tuple(here.get(one.path, one) for one in gone.gone(ended, {}, self.seen.site, fresh))


LAYS_FROM = 400
"""Pages from which each file is laid as soon as it is made: fewer are held together, since a single one can be put in its place alone."""


def _silent(_stage: str, _done: int, _of: int) -> None:
    """Show no progress."""


def look(
    options: Options,
    *,
    progress: Progress = _silent,
    further: Sequence[checks.Rule] = (),
    profile: Profile | None = None,
    crew: "Executor | None" = None,
) -> Seen:
    """Read a site and find all its problems. Nothing is written but what saves time, and `options.output` is not looked at.

    `further` are checks that are made only when they are asked for; `crew` is who parses, as for `build`.
    """
    with stage(profile, "read"):
        tree = files.read(options.root)
    with stage(profile, "recall"):
        memo = files.Memo(options.root) if options.cache else None
    documents = parse(tree.texts, memo, options.jobs, progress, profile, crew)
    templates = _templates(options)
    seen = join(options, tree, documents, assets=templates.assets(), passed_over=templates.passed_over(), further=further, profile=profile)
    if memo is not None:
        with stage(profile, "remember"):
            memo.save()
    return seen


def parse(
    texts: Sequence[tuple[str, bytes]],
    memo: files.Memo | None,
    jobs: int,
    progress: Progress = _silent,
    profile: Profile | None = None,
    crew: "Executor | None" = None,
) -> tuple[Document, ...]:
    """Parse content files, in their order; those that `memo` knows are not read again."""
    with stage(profile, "recall"):
        known = memo.recall(texts) if memo is not None else (None,) * len(texts)
    unknown = [text for text, document in zip(texts, known, strict=True) if document is None]
    with stage(profile, "parse", len(unknown)):
        fresh = workers.parse(unknown, jobs, progress, profile, crew)
    if memo is not None and unknown:
        memo.learn((path, data, document) for (path, data), document in zip(unknown, fresh, strict=True))
    rest = iter(fresh)
    return tuple(document if document is not None else next(rest) for document in known)


def join(
    options: Options,
    tree: files.Tree,
    documents: Sequence[Document],
    memory: Memory | None = None,
    *,
    assets: Collection[str],
    passed_over: Sequence[Diagnostic] = (),
    further: Sequence[checks.Rule] = (),
    profile: Profile | None = None,
) -> Seen:
    """Join all documents and check what comes of it.

    `memory` is that of the last run, where a preview runs again and again; `assets` are the files that templates bring along,
    `passed_over` what is told of files among them that are none.
    """
    memory = memory if memory is not None else Memory()
    chosen, problems = memory.whole("settings", (options.base_url, tree.settings), _settings)
    held_back = memory.each("held back", dict(enumerate(documents)), lambda document: _is_held(document, options))
    left_out = [documents[n] for n, is_held in held_back.items() if is_held]
    tree = _without_pictures_of(tree, left_out)
    kept = [documents[n] for n, is_held in held_back.items() if not is_held] if left_out else documents
    words = language.load(chosen.language)

    def joined(those: Sequence[Document], memory: Memory) -> tuple[Site, tuple[Diagnostic, ...]]:
        with stage(profile, "join", len(those)):
            return crossref.crossref(chosen, words, those, drafts=options.drafts, day=options.day, memory=memory)

    site, found = joined(kept, memory)
    # A shared record that only a draft uses would tell of the draft, and of itself that nobody uses it; and so would one that only that record names.
    while early := _only_for(left_out, site):
        fewer = [document for document in kept if document.path not in early]
        without = joined(fewer, Memory())
        if not set(without[1]) <= set(found):
            break
        left_out += [document for document in kept if document.path in early]
        (site, found), kept = without, fewer
    with stage(profile, "views"):
        pages = views(site, memory)
    of_files = memory.each("problems of files", dict(enumerate(kept)), attrgetter("diagnostics"))
    with stage(profile, "check"):
        told = dict.fromkeys(
            (
                *tree.diagnostics,
                *problems,
                *passed_over,
                *chain.from_iterable(filter(None, of_files.values())),
                *(held.explained(found, left_out) if left_out else found),
                *(drawing.problems() if site.settings.images else ()),
                *checks.check(site, memory),
                *checks.whole(site, pages, {**{name: f"templates/{name}" for name in assets}, **tree.copies}, memory),
                *(problem for rule in further for problem in rule(site)),
            )
        )
    unseen = [document.path for document in left_out]
    # What is a draft besides waits for its author.
    ready = [document for document in left_out if options.drafts or not held.is_draft(document)]
    waiting = held.waiting(ready, options.day) if not options.future else ()
    return Seen(site, pages, tree, _sorted(overrides.apply(told, chosen.overrides, unseen=unseen)), tuple(left_out), waiting)


def build(
    options: Options,
    *,
    progress: Progress = _silent,
    waits: Callable[[], None] = lambda: None,
    receipt: Look | None = None,
    profile: Profile | None = None,
    crew: "Executor | None" = None,
) -> Report:
    """Build a site. Whatever is wrong in the content is in the report; `files.OutputProblem` where the output folder cannot be written.

    `waits` is called where somebody else is writing to the output folder and this build must wait. `receipt` is a look at all that is read here,
    taken before; with it a receipt is left where the site was built. `profile` notes what took how long.
    `crew`, any executor, parses and makes pages where there is enough to do, in the place of processes of this build's own; it stays open. `workers.CrewProblem` where it cannot.
    """
    if receipt is not None:
        receipt.begin()
    # From before the content is read: who comes last has read what was there last.
    with files.alone(options.output, waits):
        report = _build(options, progress, profile, crew)
        if receipt is not None and report.plan is not None:
            # What is gone is told once; the next build tells all else again.
            again = _AGAIN.encode((report.diagnostics, report.waiting)) if report.diagnostics or report.waiting else b""
            receipt.leave(str(options.output / plan.MANIFEST), report.plan.manifest.files, again)
        return report


_AGAIN = msgspec.msgpack.Encoder()


def _build(options: Options, progress: Progress, profile: Profile | None, crew: "Executor | None") -> Report:
    seen = look(options, progress=progress, profile=profile, crew=crew)
    if seen.stops(strict=options.strict):
        return Report(seen.diagnostics, None, seen.waiting)
    templates = _templates(options)
    copies = {**templates.assets(), **{output: options.root / path for output, path in seen.tree.copies.items()}}
    with stage(profile, "copies", len(copies)):
        digests, unreadable = files.digests(copies, options.root)
    if unreadable:
        return Report(_sorted((*seen.diagnostics, *unreadable)), None)
    with stage(profile, "search"):
        index = search_index(seen.site, options)
    digests = {**digests, **{path: plan.digest(data) for path, data in index.items()}}
    try:
        return _write(options, seen, _Others(copies, index, digests), templates, progress, profile, crew)
    except TemplateProblem as problem:
        return Report(_sorted((*seen.diagnostics, problem.diagnostic)), None)


def search_index(site: Site, options: Options) -> Mapping[str, bytes]:
    """Return the files that readers search, by path; none where the site has no search. `files.OutputProblem` where they cannot be made."""
    if not site.settings.search:
        return {}
    return searching.index(records(site), site.settings.language, options.root, keep=options.cache)


def _templates(options: Options) -> Sources:
    return Sources((options.root / "templates", files.DEFAULT_TEMPLATES))


def _settings(given: tuple[str | None, bytes | None]) -> tuple[Settings, tuple[Diagnostic, ...]]:
    base_url, data = given
    chosen, problems = settings.read(data) if data is not None else (Settings(), ())
    if base_url is not None:
        chosen = msgspec.structs.replace(chosen, base_url=settings.with_slash(base_url))
    return chosen, problems


def _is_held(document: Document, options: Options) -> bool:
    """Say whether a file is held back, with its problems: those of a draft are its author's own until it is to be shown."""
    return (held.is_draft(document) and not options.drafts) or (held.is_early(document, options.day) and not options.future)


def _only_for(left_out: Sequence[Document], site: Site) -> set[str]:
    """Return the files of shared records, and the words of sources, that serve what is held back and nothing else."""
    if not left_out:
        return set()
    named = held.named(left_out)
    lonely = {slug_of(problem.place.path): problem.place.path for problem in unused(site)}
    found = {path for key, path in lonely.items() if key in named}
    return found | {path.rpartition(".")[0] + ".txt" for path in found}


def _without_pictures_of(tree: files.Tree, left_out: Iterable[Document]) -> files.Tree:
    """Return the tree without the pictures that lie beside what is held back: what is not published yet is not shown by its pictures either."""
    folders = tuple(document.path.removesuffix("index.md") for document in left_out if document.path.endswith("/index.md"))
    copies = {output: path for output, path in tree.copies.items() if not path.startswith(folders)} if folders else tree.copies
    return msgspec.structs.replace(tree, copies=copies)


def together(*told: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the problems of several looks at a site, each once, sorted by file and place."""
    return _sorted(dict.fromkeys(problem for problems in told for problem in problems))


def _sorted(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))


class _Others(msgspec.Struct, frozen=True):
    """The files of the output that no template makes."""

    copies: Mapping[str, Path]
    index: Mapping[str, bytes]
    """That readers search."""
    digests: Mapping[str, str]
    """Of all of them."""


def _write(
    options: Options,
    seen: Seen,
    others: _Others,
    templates: Sources,
    progress: Progress,
    profile: Profile | None,
    crew: "Executor | None",
) -> Report:
    with stage(profile, "known", len(seen.pages)):
        digests = {name: templates.fingerprint(name) for name in sorted({template for _, template in seen.pages.names})}
        before = files.manifest(options.output)
        present = files.present(options.output, {*others.digests, *seen.pages.outputs})
        maker = Maker(seen.site, templates, digests, before, present)
        remembered = Remembered(options.root if options.cache else None, maker, seen.site)
        wanted = plan.copied(others.digests)
        numbers = []
        for n, page in enumerate(maker.pages):
            relied = remembered.pages.get(page.output)
            made_from = maker.still(page, relied) if relied is not None else None
            if made_from is not None:
                wanted[page.output] = made_from
            else:
                numbers.append(n)
        remembered.begin(wanted)
    former = files.former(options.root, options.output) if options.cache else None
    there = None
    maker.lays = options.output.resolve() if len(numbers) >= LAYS_FROM else None
    try:
        if maker.lays is not None and former is not None:
            there = files.ground(options.output, former, {*wanted, *(maker.pages[n].output for n in numbers)})
        with stage(profile, "make", len(numbers)):
            sheets = workers.make(maker, numbers, options.jobs, progress, crew, remembered.take)
        rendered: dict[str, bytes | None] = {}
        for sheet in sheets:
            wanted[sheet.path] = sheet.made_from
            if sheet.written:
                rendered[sheet.path] = sheet.data
                if profile is not None:
                    profile.rendered.append((sheet.path, sheet.made_from.template, sheet.seconds))
        made = plan.plan(wanted, digests, before, present)
        ended, lost = _ended(options, seen, before, made)
        to_write = {step.path for step in made.write}
        with stage(profile, "write", len(to_write)):
            contents = {**others.copies, **files.bare_images(others.copies, to_write), **others.index, **rendered}
            files.apply(options.output, made, contents, laid=maker.lays is not None, there=there, former=former)
    finally:
        if maker.lays is not None:
            files.leave(options.output)
    with stage(profile, "remember"):
        remembered.leave()
    return Report(seen.diagnostics, made, seen.waiting, ended, lost, seen)


def _ended(options: Options, seen: Seen, before: plan.Manifest, made: plan.Plan) -> tuple[tuple[Gone, ...], tuple[str, ...]]:
    """Return which addresses end with this build: those that an alias can keep, and those that are ids."""
    held_back = set(gone.held_back(seen.left_out))
    deleted = {step.path: before.files[step.path].template for step in made.delete}
    ended = [path for path, template in deleted.items() if template in gone.WITH_ALIASES and path not in held_back]
    # What a draft alone told of goes with it, and comes with it again.
    lost = [] if held_back & deleted.keys() else [path for path, template in deleted.items() if template in gone.OF_RECORDS]
    headings = {path: gone.heading(data) for path, data in files.published(options.output, ended).items()}
    fresh = [page for page in seen.pages if page.output not in before.files] if ended else []
    return gone.gone(ended, headings, seen.site, fresh), tuple(path.removesuffix("index.html") for path in lost)
