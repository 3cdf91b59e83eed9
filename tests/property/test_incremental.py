"""incremental = clean: after any history of edits, renames and deletes, a build into the same folder leaves what a build into a new one does."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from builder.build import page_builder
from builder.build.load import link_and_check, parse
from builder.build.pipeline import Options, build
from builder.build.without_drafts import ParsedSite
from builder.content import cleaning, reading, stylesheets
from builder.incremental import dependencies, ledger, toolchain
from builder.incremental.digests import digest
from builder.incremental.ledger import Ledger
from builder.incremental.memo import LazyMap, Memory, persistent
from builder.linking import by_path
from builder.linking.lookup import Lookup
from builder.output import plan
from builder.pages import kinds, site_view
from builder.render import splice
from builder.render.template_sources import TemplateSources
from builder.render.templates import Renderer
from tests.effort import effort
from tests.long_lists import short_pages

WORDS = ("The talks went on.", "Nobody knew more.", "A report told of it.", "It was late in the day.")
NAMES = ("Ada Abara", "Bruno Ito", "Mina Quist")
ACTORS = ("ada", "bruno", "mina")
EVENTS = ("talks", "vote")
SLUGS = ("first", "second", "third")


def explainer(title, body, speaker, quoted, events, *, draft, topic, short=False):
    """With `short` in format 2: the quote is a mark of the text, and surnames become links."""
    said = "" if short else f"quotes:\n  - {{id: q1, speaker: {speaker}, text: {quoted}}}\n"
    mark = f"{{by={speaker} id=q1}}" if short else ""
    return (
        "---\n"
        + ("format: 2\n" if short else "")
        + f"title: {title}\nsummary: Of {topic}.\npublished: 2022-01-19\ntopics: [{topic}]\n"
        + ("status: draft\n" if draft else "")
        + "sources:\n  gazette-0119: {publisher: Gazette, title: A report, published: 2022-01-19}\nactors:\n"
        + "".join(f"  - {key}\n" for key in ACTORS)
        + f"{said}timeline:\n"
        + "".join(f"  - {key}\n" for key in events)
        + f"---\n{body} [[{speaker}]] spoke of it.\n\n## Later\n\n“{quoted}”{mark}, said Mina Quist.\n\n![[q1]]\n\n## Last\n\nQuist left, and Ito.\n"
    )


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


FULL = "data: full\n"


def begin(root: Path, settings: str = "") -> None:
    write(root, "content/site.yaml", f"title: A site\nbase_url: https://example.org/\nlanguage: en\n{settings}")
    for key, name in zip(ACTORS, NAMES, strict=True):
        write(root, f"content/actors/{key}.md", f"---\nname: {name}\n---\n")
    for n, key in enumerate(EVENTS):
        write(root, f"content/events/{key}.md", f"---\ntitle: The {key}\nwhen: 2022-01-1{n}\nactors: [ada]\n---\n")
    write(root, "content/explainers/first.md", explainer("First", WORDS[0], "ada", "it may go on", EVENTS, draft=False, topic="harbours"))
    write(root, "content/pages/about.md", "---\ntitle: About us\n---\nWho we are, and who [[ada]] is.\n")
    write(root, "content/static/robots-note.txt", "hello\n")


edits = st.one_of(
    st.builds(
        lambda slug, title, body, speaker, quoted, events, draft, topic, short: (
            "explainer",
            slug,
            explainer(title, body, speaker, quoted, events, draft=draft, topic=topic, short=short),
        ),
        st.sampled_from(SLUGS),
        st.sampled_from(("First", "Second", "Quite another")),
        st.sampled_from(WORDS),
        st.sampled_from(ACTORS),
        st.sampled_from(("it may go on", "nobody was there", "so be it")),
        st.lists(st.sampled_from(EVENTS), unique=True).map(tuple),
        st.booleans(),
        st.sampled_from(("harbours", "ferries")),
        st.booleans(),
    ),
    st.tuples(st.just("actor"), st.sampled_from(ACTORS), st.sampled_from((*NAMES, "Xenia Ueda"))),
    st.tuples(st.just("event"), st.sampled_from(EVENTS), st.sampled_from(("2022-01", "2022-01-11", "2021~"))),
    st.tuples(st.just("source"), st.just("gazette-0119"), st.sampled_from(("In print only.", "In print, and on the wire."))),
    st.tuples(st.just("page"), st.sampled_from(("about", "guide/ferries")), st.sampled_from(("About us", "Xenia Ueda", None))),
    st.tuples(st.just("delete"), st.sampled_from(SLUGS), st.none()),
    st.tuples(st.just("rename"), st.sampled_from(SLUGS), st.sampled_from(SLUGS)),
    st.tuples(st.just("title"), st.sampled_from(("A site", "Another site")), st.none()),
    st.tuples(st.just("static"), st.sampled_from(("a.txt", "b/c.txt")), st.sampled_from(("one", "two", None))),
    st.tuples(st.just("template"), st.sampled_from(("event.html", "parts/quote.html")), st.booleans()),
    st.tuples(st.just("lost"), st.sampled_from(("index.html", "actors/ada/index.html")), st.none()),
)


def edit(root: Path, output: Path, kind: str, which: str, what: object) -> None:
    file = root / "content" / "explainers" / f"{which}.md"
    if kind == "explainer":
        write(root, f"content/explainers/{which}.md", str(what))
    elif kind == "actor":
        write(root, f"content/actors/{which}.md", f"---\nname: {what}\n---\n")
    elif kind == "event":
        write(root, f"content/events/{which}.md", f"---\ntitle: The {which}\nwhen: {what}\nactors: [ada]\n---\n")
    elif kind == "source":
        write(root, f"content/sources/{which}.md", f"---\npublisher: Gazette\nnote: {what}\n---\n")
    elif kind == "page":
        if what is None:
            (root / f"content/pages/{which}.md").unlink(missing_ok=True)
        else:
            write(root, f"content/pages/{which}.md", f"---\ntitle: {what}\n---\nMore of [[ada]].\n")
    elif kind == "delete":
        file.unlink(missing_ok=True)
    elif kind == "rename" and file.exists():
        file.rename(file.with_name(f"{what}.md"))
    elif kind == "title":
        more = "images: yes\n" if which == "Another site" else FULL
        write(root, "content/site.yaml", f"title: {which}\nbase_url: https://example.org/\nlanguage: en\n{more}")
    elif kind == "static":
        if what is None:
            (root / "content/static" / which).unlink(missing_ok=True)
        else:
            write(root, f"content/static/{which}", str(what))
    elif kind == "template":
        ours = (Path(__file__).parents[2] / "templates" / which).read_text("utf-8")
        if what:
            write(root, f"templates/{which}", ours + "\n{# changed #}\n<!-- changed -->\n")
        else:
            (root / "templates" / which).unlink(missing_ok=True)
    elif kind == "lost":
        (output / which).unlink(missing_ok=True)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def shown(root: Path, memory: Memory) -> dict[str, bytes]:
    """Return what a run with the memory of all runs before would publish."""
    found = reading.read(root)
    memory.begin_run()
    templates = TemplateSources((root / "templates", reading.DEFAULT_TEMPLATES))
    checked = link_and_check(
        Options(root, root / "unused"), ParsedSite(found, by_path(parse(found.texts, None), memory)), memory, templates=templates
    )
    renderer = Renderer(templates, checked.site.language)
    seen = {page.output: renderer.render(page, site_view(checked.site, page.root)) for page in checked.pages}
    copies = {**templates.assets(), **{output: root / path for output, path in checked.tree.copies.items()}}
    sites = {root: plan.site_digest(site_view(checked.site, root)) for root in {page.root for page in checked.pages}}

    def made_from(page):
        content = plan.view_digest(page) if page.kind in kinds.IMAGES else digest(seen[page.output])
        return plan.Fingerprint(page.kind, page.template, content, "" if page.kind in kinds.SEE_NO_SITE else sites[page.root])

    files = plan.MadeFiles(
        {**{page.output: made_from(page) for page in checked.pages}, **plan.copied(reading.digests(copies, root)[0])},
        {name: templates.fingerprint(name) for name in sorted({page.template for page in checked.pages})},
        toolchain.digest(),
        {path: digest(data) for path, data in seen.items()},
        {page.output: page.view.title for page in checked.pages if kinds.address_from(page.kind) == "title"},
        {page.output: page.view.to.path for page in checked.pages if page.kind == "redirect"},
    )
    made = plan.plan(files, plan.FolderState())
    return {
        **seen,
        **{path: cleaning.cleaned(file, copies) for path, file in copies.items() if not stylesheets.is_section(path)},
        plan.MANIFEST: plan.encode(made.manifest),
    }


def run(base: Path, history) -> None:
    with short_pages():
        _run(base, history)


def _run(base: Path, history) -> None:
    root, output = base / "site-folder", base / "out"
    begin(root, FULL)
    assert build(Options(root, output, jobs=1)).plan is not None
    memory = Memory()
    for n, (kind, which, what) in enumerate(history):
        edit(root, output, kind, which, what)
        report = build(Options(root, output, jobs=1))
        assert report.plan is not None, report.diagnostics
        clean = base / f"clean-{n}"
        build(Options(root, clean, jobs=1, cache=False))
        assert tree(output) == tree(clean), f"after {kind} {which}"
        assert shown(root, memory) == tree(clean), f"in a memory, after {kind} {which}"
        again = build(Options(root, output, jobs=1))
        assert again.plan is not None
        assert not again.plan.changes


@pytest.mark.timeout(900)  # some hundred builds
@settings(max_examples=effort(4, 48), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(edits, min_size=1, max_size=6))
def test_a_build_into_the_same_folder_is_a_clean_build(history, tmp_path_factory):
    run(tmp_path_factory.mktemp("history"), history)


BROKEN = {
    "forgets_views": ("what it shows has changed", "the file has changed"),
    "forgets_templates": ("has changed", "is made with"),
    "forgets_lost_files": ("the file is missing",),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_the_property_catches_a_planner_that_is_broken_on_purpose(fault, tmp_path, monkeypatch):
    honest = plan.why_write

    def broken(*arguments):
        reason = honest(*arguments)
        return "" if any(word in reason for word in BROKEN[fault]) and reason != "it is new" else reason

    monkeypatch.setattr(plan, "why_write", broken)
    history = [
        ("actor", "ada", "Xenia Ueda"),
        ("template", "event.html", True),
        ("lost", "actors/ada/index.html", None),
    ]
    with pytest.raises(AssertionError):
        run(tmp_path, history)


@pytest.mark.parametrize("step", ["explainers", "links of explainers", "events", "actors, joined", "actors by id", "sayings"])
def test_the_property_catches_a_memory_that_never_looks_again(step, tmp_path, monkeypatch):
    def stale(self, name, given, make, *_):
        kept = self.previous(name) if name == step else None
        before = kept[1] if kept is not None else {}
        made = {key: before[key] if key in before else make(value) for key, value in given.items()}
        self.set_current(name, (given, made))
        return made

    monkeypatch.setattr(Memory, "map_values", stale)
    monkeypatch.setattr(Lookup, "each", lambda self, name, given, make, *_: stale(self.memory, name, given, make))
    monkeypatch.setattr(Memory, "invert", lambda self, name, links, finish=tuple, *_, **__: turned(self, step, name, links, finish))
    history = [
        ("explainer", "second", explainer("Second", WORDS[1], "mina", "so be it", EVENTS, draft=False, topic="ferries")),
        ("event", "talks", "2021~"),
        ("actor", "ada", "Xenia Ueda"),
        ("explainer", "second", explainer("Third", WORDS[2], "bruno", "nobody was there", EVENTS[:1], draft=False, topic="harbours")),
    ]
    with pytest.raises(AssertionError):
        run(tmp_path, history)


@pytest.mark.parametrize(
    "family",
    ["explainers.detail_pages", "data_files.explainers", "site_pages.topics", "actors.detail_pages", "long_lists.index_pages"],
)
def test_the_property_catches_a_family_of_pages_that_is_never_listed_again(family, tmp_path, monkeypatch):
    honest = Ledger.stale
    monkeypatch.setattr(
        Ledger,
        "stale",
        lambda self, *given: {kind: stale - {f"builder.pages.{family}"} for kind, stale in honest(self, *given).items()},
    )
    history = [
        ("explainer", "third", explainer("Third", WORDS[2], "bruno", "nobody was there", EVENTS[:1], draft=False, topic="harbours")),
        ("explainer", "third", explainer("Fourth", WORDS[2], "bruno", "nobody was there", EVENTS[:1], draft=False, topic="quays")),
        ("explainer", "harbours", explainer("Harbours", WORDS[2], "bruno", "nobody was there", (), draft=False, topic="quays")),
        ("actor", "zoe", "Zoe Ueda"),
    ]
    with pytest.raises(AssertionError):
        run(tmp_path, history)


ANOTHER = explainer("Second", WORDS[1], "mina", "so be it", EVENTS[:1], draft=False, topic="ferries")
LOOKED_AT = [
    ("explainer", "second", ANOTHER),
    ("actor", "ada", "Xenia Ueda"),
    ("event", "talks", "2021~"),
    ("event", "vote", "2022-01-11"),
    ("source", "gazette-0119", "In print only."),
    ("explainer", "second", ANOTHER.replace("title: Second", "title: Third").replace("so be it", "nobody was there")),
    (
        "explainer",
        "second",
        ANOTHER.replace("title: Second", "title: Third").replace(
            "published: 2022-01-19\ntop", "published: 2022-01-19\nupdated: 2022-01-21\ntop"
        ),
    ),
    ("delete", "second", None),
]


@pytest.mark.parametrize("many, steps", [(48, 64), (0, 64), (48, 0), (0, 0)])
def test_pages_that_look_at_what_has_changed_are_made_anew(many, steps, tmp_path, monkeypatch):
    """Whether little has changed, which is searched for, or so much that all is looked through and nobody is asked again."""
    monkeypatch.setattr(persistent, "MANY_PIECES", many)
    monkeypatch.setattr(ledger, "MANY_STEPS", steps)
    run(tmp_path, LOOKED_AT)
    assert (tmp_path / "clean-0/actors/ada/events/page/2/index.html").exists(), "no list is long here"


@pytest.mark.parametrize("look", ["__getitem__", "get", "_keys", "_all"])
def test_the_property_catches_a_look_that_is_not_noted(look, tmp_path, monkeypatch):
    honest = getattr(dependencies.WatchedRecords, look)

    def unnoted(self, *arguments):
        before = set(self._log.now)
        found = honest(self, *arguments)
        self._log.now = before
        return found

    monkeypatch.setattr(dependencies.WatchedRecords, look, unnoted)
    with pytest.raises(AssertionError, match="after "):
        run(tmp_path, LOOKED_AT)


def _moves_nothing(monkeypatch):
    honest = LazyMap.moved_from
    monkeypatch.setattr(LazyMap, "moved_from", lambda self, before: () if honest(self, before) is not None else None)


def _finds_nobody(monkeypatch):
    monkeypatch.setattr(ledger, "relying", lambda *_: [])


def _takes_every_piece(monkeypatch):
    monkeypatch.setattr(page_builder, "PreviousFiles", lambda composed, _stale, read: splice.PreviousFiles(composed, (), read))


def _believes_every_file(monkeypatch):
    monkeypatch.setattr(reading, "file_signature", lambda _entry, _since: b"the same")


def _lists_no_pages_again(monkeypatch):
    honest = Ledger.stale
    monkeypatch.setattr(Ledger, "stale", lambda self, *given: honest(self, *given) | {"what families rely on": set()})


@pytest.mark.parametrize("fault", [_moves_nothing, _finds_nobody, _takes_every_piece, _believes_every_file, _lists_no_pages_again])
def test_the_property_catches_what_a_build_takes_up_wrongly(fault, tmp_path, monkeypatch):
    fault(monkeypatch)
    with pytest.raises(AssertionError, match="after "):
        run(tmp_path, LOOKED_AT)


def turned(memory, step, name, links, finish):
    """Turn links around anew, but for the one step that is broken on purpose."""
    before = memory.previous(name) if name == step else None
    found = {}
    for pairs in links.values():
        for key, item in pairs:
            found.setdefault(key, []).append(item)
    made = before if before is not None else {key: finish(items) for key, items in found.items()}
    memory.set_current(name, made)
    return made


def test_a_changed_body_rewrites_one_page(tmp_path):
    begin(tmp_path)
    output = tmp_path / "out"
    build(Options(tmp_path, output, jobs=1))
    file = tmp_path / "content/explainers/first.md"
    file.write_text(file.read_text("utf-8") + "\nOne sentence more.\n", "utf-8")
    made = build(Options(tmp_path, output, jobs=1)).plan
    assert made is not None
    assert [step.path for step in made.write] == ["explainers/first/index.html"]


def test_a_changed_quote_rewrites_its_explainer_its_speaker_and_what_lists_it(tmp_path):
    begin(tmp_path)
    output = tmp_path / "out"
    build(Options(tmp_path, output, jobs=1))
    file = tmp_path / "content/explainers/first.md"
    file.write_text(file.read_text("utf-8").replace("it may go on", "it will go on"), "utf-8")
    made = build(Options(tmp_path, output, jobs=1)).plan
    assert made is not None
    assert [step.path for step in made.write] == [
        "actors/ada/index.html",
        "actors/mina/index.html",  # who is mentioned in the sentence with the words
        "data/quotes.csv",
        "data/quotes.json",
        "explainers/first/annotations.jsonld",
        "explainers/first/data.json",
        "explainers/first/index.html",
        "explainers/first/statements/index.html",
        "quotes/index.html",
        "sources/gazette-0119/index.html",
    ]
