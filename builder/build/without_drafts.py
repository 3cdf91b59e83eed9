"""Link what is published: drafts, scheduled explainers, and the records that only these use, are left out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from builder import linking
from builder.build import files_beside_texts, picture_measuring, plugin_mark_styles
from builder.build.run import Options, Run
from builder.build.timings import stage
from builder.checks.published_site import LinksOfText, texts_with_links
from builder.checks.unused_records import unused as unused_records
from builder.content import reading
from builder.content.parse import slug_of
from builder.diagnostics import Diagnostic
from builder.i18n import language
from builder.incremental import dependencies
from builder.incremental.memo import Memory
from builder.linking import drafts
from builder.model import Document, Settings, Site

if TYPE_CHECKING:
    from builder.build.plugins import ActivePlugins


class LinkedSite(msgspec.Struct, frozen=True, eq=False):
    """A site that has been linked and not checked yet."""

    site: Site
    problems: tuple[Diagnostic, ...]
    """Those that were found when it was linked."""
    texts: tuple[LinksOfText, ...]
    """Its texts with links, as `checks.published_site` takes them."""
    documents: Mapping[str, Document]
    """What is published, by path."""
    left_out: tuple[Document, ...]
    """Drafts, scheduled explainers, and the records that only these use."""
    tree: reading.Tree
    """Without the pictures that only these show."""
    has_memory: bool
    """Whether the memory that was given has the results for this site; else they belong to another one."""
    changes: dependencies.Changes | None
    """Differences from the site of the last run."""


class ParsedSite(NamedTuple):
    """The files of a site, and the documents of its content files by path."""

    tree: reading.Tree
    documents: Mapping[str, Document]


def link_without_drafts(
    options: Options, settings: Settings, parsed: ParsedSite, plugins: "ActivePlugins | None", memory: Memory, run: Run
) -> LinkedSite:
    """Return the site of the documents that are published; with the results of the last run from `memory`."""
    tree, documents = parsed
    held_back = memory.map_values("held back", documents, lambda document: _is_held(document, options), bool)
    left_out = [documents[path] for path in memory.keys_with_values("paths held back", held_back)]
    kept = documents
    if left_out:
        tree = files_beside_texts.without_pictures_of(tree, left_out, held_back)
        paths = tuple(path for path, is_held in held_back.items() if not is_held)
        kept = memory.select("not held back", paths, paths, documents)
    words, shown_on = language.load(settings.language), options.day if options.future else None

    def linked(those: Mapping[str, Document], memory: Memory) -> tuple[picture_measuring.SiteAndProblems, tuple[LinksOfText, ...]]:
        with stage(run.profile, "join", len(those)):
            # Where no explainer is taken in before its day, none is marked as waiting for it.
            made = linking.link(settings, words, those, drafts=options.drafts, day=shown_on, memory=memory)
            texts = texts_with_links(made[0], memory)
            made = picture_measuring.with_pictures(made, texts, options.root, tree.copies, memory)
            return plugin_mark_styles.with_marks(made, those, plugins, memory), texts

    (site, problems), texts = linked(kept, memory)
    changes = memory.changed_fields("site", site)
    has_memory = True
    # A shared record that only a draft uses would reveal the draft, and be reported as unused; so would one that only that record names.
    while early := _only_for(left_out, site, kept):
        fewer = {path: document for path, document in kept.items() if path not in early}
        (without, problems_without), fewer_texts = linked(fewer, Memory())
        if not set(problems_without) <= set(problems):
            break
        left_out += [document for path, document in kept.items() if path in early]
        site, problems, texts, kept, has_memory = without, problems_without, fewer_texts, fewer, False
    return LinkedSite(site, problems, texts, kept, tuple(left_out), tree, has_memory, changes)


def _is_held(document: Document, options: Options) -> bool:
    """Return whether a file is left out, and its problems with it: those of a draft are not reported until it is shown."""
    return (drafts.is_draft(document) and not options.drafts) or (drafts.is_early(document, options.day) and not options.future)


def _only_for(left_out: Sequence[Document], site: Site, kept: Iterable[str]) -> set[str]:
    """Return the shared records and texts of sources among `kept` that only left-out explainers use."""
    if not left_out:
        return set()
    named = drafts.named(left_out)
    lonely = {slug_of(problem.location.path): problem.location.path for problem in unused_records(site)}
    found = {path for key, path in lonely.items() if key in named}
    texts = {path for path in kept if path.endswith(".txt") and (key := slug_of(path)) in named and key not in site.sources}
    return found | texts | {path.rpartition(".")[0] + ".txt" for path in found}
