"""Whatever is wrong, the preview shows every page as far as it can be read, and is what a preview would be that begins now."""

import inspect
from datetime import date

import pytest

from builder.build.load import UncheckedSite
from builder.build.pipeline import Options
from builder.preview import engine as engine_module
from builder.preview.engine import PreviewEngine
from builder.preview.snapshot import Engine
from tests.previewing import EXPLAINER, PATH

pytestmark = pytest.mark.slow

OUTPUT = "explainers/ferry/index.html"
PAGE = "content/pages/about.md"
TEMPLATE = "templates/explainer.html"


@pytest.fixture
def root(tmp_path):
    for path, text in {PATH: EXPLAINER, PAGE: "---\ntitle: About\n---\nWho we are.\n", "content/site.yaml": "title: A site\n"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def begin(root):
    return PreviewEngine(Options(root, root / "site", drafts=True, jobs=1, cache=False))


def served(engine):
    snapshot = engine.current()
    found = {path: snapshot.get(path) for path in snapshot.outputs}
    return {path: file.body for path, file in found.items() if file is not None and isinstance(file.body, bytes)}


def body(engine, output=OUTPUT):
    return engine.current().get(output).body.decode()


def codes(engine):
    return {problem.code for problem in engine.current().problems}


def replaced(old, new):
    assert old in EXPLAINER
    return EXPLAINER.replace(old, new)


WRONG = {
    "yaml": (PATH, replaced("text: It will run all winter", 'text: "It will run all winter')),
    "front-matter-open": (PATH, replaced("---\nAda", "\nAda")),
    "front-matter-missing": (PATH, EXPLAINER.split("---\n", 2)[2]),
    "key-unknown": (PATH, replaced("summary:", "sumary:")),
    "reference-unknown": (PATH, replaced("speaker: ada", "speaker: adda")),
    "link-unknown": (PATH, replaced("The second paragraph.", "See [[nowhere]].")),
    "id-twice": (PATH, replaced("timeline:", "  - {id: q1, speaker: ada, text: she said}\ntimeline:")),
    "quote-not-found": (PATH, replaced("“It will run all winter,”", "“It runs,”")),
    "encoding": (PATH, replaced("The second paragraph.", "Caf\udce9.")),
    "path-twice": (PAGE, "---\ntitle: About\naliases: [/explainers/ferry/]\n---\nWho we are.\n"),
    "template-syntax": (TEMPLATE, "{% if %}"),
    "template-name": (TEMPLATE, '{% extends "base.html" %}{% block main %}{{ page.nothing }}{% endblock %}'),
    "value-wrong": ("content/site.yaml", "title: A site\nsearch: perhaps\n"),
    "yaml-not-keys": ("content/site.yaml", "- A site\n"),
}


def test_the_protocol_of_the_server_says_of_subscribers_what_the_engine_does():
    of_both = [
        (inspect.signature(engine_class.subscribe), inspect.getdoc(engine_class.subscribe)) for engine_class in (Engine, PreviewEngine)
    ]
    assert of_both[0] == of_both[1]


def test_in_each_state_of_a_draft_its_words_are_shown_and_it_is_what_a_new_preview_shows(root):
    engine = begin(root)
    for code, (path, text) in WRONG.items():
        file = root / path
        before = file.read_bytes() if file.exists() else None
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        engine.rebuild([path])
        snapshot = engine.current()
        assert "The third paragraph, and the last." in body(engine), code
        assert "Who we are." in body(engine, "about/index.html"), code
        fresh = begin(root)
        assert served(engine) == served(fresh), code
        assert code in codes(engine), code
        assert snapshot.problems == fresh.current().problems, code
        assert snapshot.stops_build, code
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
        engine.rebuild([path])
        assert not engine.current().stops_build, code
    assert served(engine) == served(begin(root))


def test_two_explainers_with_one_address_are_both_shown(root):
    second = EXPLAINER.replace("title: The winter ferry", "title: The other ferry\nslug: ferry")
    (root / "content/explainers/other.md").write_text(second, "utf-8")
    engine = begin(root)
    assert [engine.current().page_of(path) for path in (PATH, "content/explainers/other.md")] == [OUTPUT, "explainers/ferry-2/index.html"]
    assert ["The winter ferry" in body(engine), "The other ferry" in body(engine, "explainers/ferry-2/index.html")] == [True, True]
    assert "path-twice" in codes(engine)


def test_a_page_whose_template_fails_is_made_with_ours_and_says_so(root):
    (root / TEMPLATE).parent.mkdir()
    (root / TEMPLATE).write_text('{% extends "base.html" %}{% block main %}Our own: {{ page.title }}{% endblock %}', "utf-8")
    engine = begin(root)
    assert "Our own: The winter ferry" in body(engine)
    assert engine.current().template_problem(OUTPUT) is None
    (root / TEMPLATE).write_text("{{ page.tittle }}", "utf-8")
    engine.rebuild([TEMPLATE])
    assert "Our own" not in body(engine)
    assert "The third paragraph, and the last." in body(engine)
    assert engine.current().template_problem(OUTPUT).code == "template-name"


def test_where_a_bug_of_ours_comes_between_the_page_is_the_one_before_and_says_so(root, monkeypatch):
    engine = begin(root)
    changes = []
    engine.subscribe(changes.append)

    def fails(*_given, **_named):
        raise KeyError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr(engine_module, "link_unchecked", fails)
        (root / PATH).write_text(replaced("The second paragraph.", "New words."), "utf-8")
        with pytest.raises(KeyError):
            engine.rebuild([PATH])
    assert engine.current().failed
    assert "The second paragraph." in body(engine)
    assert [change.version for change in changes] == [engine.current().version]
    # The next save, of whatever file, shows all that was saved meanwhile.
    (root / PAGE).write_text("---\ntitle: About\n---\nWho we are now.\n", "utf-8")
    engine.settle()  # which finds no problem in the state before
    engine.rebuild([PAGE])
    assert not engine.current().failed
    assert "New words." in body(engine)
    assert "Who we are now." in body(engine, "about/index.html")


def with_checks(monkeypatch, check):
    """Let the checks of a state be done by a function that is given what does them."""
    true = engine_module.link_unchecked

    def linked(*given, **named):
        made = true(*given, **named)
        return UncheckedSite(made.loaded, lambda: check(made.find_problems))

    monkeypatch.setattr(engine_module, "link_unchecked", linked)


def test_a_page_is_shown_before_its_problems_are_looked_for(root, monkeypatch):
    engine, order = begin(root), []
    engine.subscribe(lambda _: order.append("changed"))
    engine.subscribe(lambda _: order.append("told"), checked=True)
    with_checks(monkeypatch, lambda true: order.append("checked") or true())
    (root / PATH).write_text(replaced("The second paragraph.", "New words, [[nobody]]."), "utf-8")
    engine.rebuild([PATH])
    assert "New words" in body(engine)
    engine.rebuild([PATH])  # the watcher tells of the same save
    assert order == ["changed"]
    engine.settle()
    engine.settle()
    assert order == ["changed", "checked", "told"]
    assert "link-unknown" in codes(engine)


def test_problems_are_looked_for_where_somebody_asks_and_once(root, monkeypatch):
    engine, done = begin(root), []
    with_checks(monkeypatch, lambda true: done.append(1) or true())
    (root / PATH).write_text(replaced("The second paragraph.", "New words, [[nobody]]."), "utf-8")
    engine.rebuild([PATH])
    assert "link-unknown" in codes(engine)
    assert "link-unknown" in codes(engine)
    engine.settle()
    (root / PATH).write_text(replaced("The second paragraph.", "Newer words."), "utf-8")
    engine.rebuild([PATH])
    (root / PATH).write_text(replaced("The second paragraph.", "Newest words, [[nobody]]."), "utf-8")
    engine.rebuild([PATH])
    assert "link-unknown" in codes(engine)
    assert len(done) == 3


def test_where_a_bug_comes_in_the_checks_the_page_is_the_one_before_and_says_so(root, monkeypatch):
    engine, changes = begin(root), []
    known = codes(engine)
    engine.subscribe(changes.append)

    def fails(_true):
        raise KeyError("a bug")

    with monkeypatch.context() as broken:
        with_checks(broken, fails)
        (root / PATH).write_text(replaced("The second paragraph.", "New words."), "utf-8")
        engine.rebuild([PATH])
        assert codes(engine) == known
        with pytest.raises(KeyError):
            engine.settle()
    assert engine.current().failed
    assert "The second paragraph." in body(engine)
    assert [change.version for change in changes] == [2, 3]
    engine.settle()  # it is told once
    engine.rebuild([PATH])
    assert not engine.current().failed
    assert "New words." in body(engine)


@pytest.mark.parametrize("settles", [True, False], ids=["noticed-by-settle", "noticed-by-the-next-save"])
def test_after_a_bug_in_the_checks_a_save_of_another_file_shows_all_that_was_saved(root, monkeypatch, settles):
    engine, seen = begin(root), []

    def fails_twice(true):  # with what is remembered, and anew
        seen.append(1)
        if len(seen) <= 2:
            raise KeyError("a bug")
        return true()

    with_checks(monkeypatch, fails_twice)
    (root / PATH).write_text(replaced("The second paragraph.", "New words."), "utf-8")
    engine.rebuild([PATH])
    if settles:
        with pytest.raises(KeyError):
            engine.settle()
        engine.settle()
        assert "The second paragraph." in body(engine)
    (root / PAGE).write_text("---\ntitle: About\n---\nWho we are now.\n", "utf-8")
    engine.rebuild([PAGE])
    engine.settle()
    assert (len(seen), engine.current().failed) == (3, False)
    assert "New words." in body(engine)
    assert served(engine) == served(begin(root))


def save_while_checks_fail(engine, root, monkeypatch):
    def fails(_true):
        raise KeyError("a bug")

    with monkeypatch.context() as broken:
        with_checks(broken, fails)
        (root / PATH).write_text(replaced("The second paragraph.", "New words."), "utf-8")
        engine.rebuild([PATH])
        with pytest.raises(KeyError):
            engine.settle()


def test_after_a_bug_in_the_checks_a_file_that_is_as_before_ends_the_failure(root, monkeypatch):
    engine = begin(root)
    save_while_checks_fail(engine, root, monkeypatch)
    (root / PATH).write_text(EXPLAINER, "utf-8")
    engine.rebuild([PATH])
    engine.settle()
    assert not engine.current().failed
    assert served(engine) == served(begin(root))
    assert engine.rebuild([PATH]) is None


def test_after_a_bug_in_the_checks_a_new_day_shows_all_that_was_saved(root, monkeypatch):
    engine = begin(root)
    save_while_checks_fail(engine, root, monkeypatch)
    engine.turn_to(date(2030, 5, 2).toordinal())
    assert not engine.current().failed
    assert "New words." in body(engine)


def test_what_does_not_fit_the_checks_is_thrown_away_too(root, monkeypatch):
    engine, seen = begin(root), []

    def fails_once(true):
        seen.append(1)
        if len(seen) == 1:
            raise KeyError("what was remembered does not fit")
        return true()

    with_checks(monkeypatch, fails_once)
    (root / PATH).write_text(replaced("The second paragraph.", "New words, [[nobody]]."), "utf-8")
    engine.rebuild([PATH])
    engine.settle()
    assert (len(seen), engine.current().failed) == (2, False)
    assert "link-unknown" in codes(engine)
    monkeypatch.undo()
    assert served(engine) == served(begin(root))


def test_what_an_earlier_run_has_left_is_thrown_away_where_it_does_not_fit(root, monkeypatch):
    engine = begin(root)
    true, seen = engine_module.link_unchecked, []

    def fails_once(*given, **named):
        seen.append(1)
        if len(seen) == 1:
            raise KeyError("what was remembered does not fit")
        return true(*given, **named)

    monkeypatch.setattr(engine_module, "link_unchecked", fails_once)
    (root / PATH).write_text(replaced("The second paragraph.", "New words."), "utf-8")
    engine.rebuild([PATH])
    assert (len(seen), engine.current().failed) == (2, False)
    assert "New words." in body(engine)
    monkeypatch.undo()
    assert served(engine) == served(begin(root))


def test_a_day_and_a_night_of_preview_end_as_one_that_begins_then(root):
    first = date(2030, 5, 1).toordinal()
    (root / PATH).write_text(EXPLAINER.replace("published: ", "published: 2030-05-02 #", 1), "utf-8")

    def on(day):
        return PreviewEngine(Options(root, root / "site", drafts=True, future=True, day=day, jobs=1, cache=False))

    engine, told = on(first), []
    engine.subscribe(told.append)
    served(engine)
    assert engine.current().scheduled_day(OUTPUT) == "2030-05-02"
    for hour in range(25):
        engine.turn_to(first + hour // 24)
    assert [change.version for change in told] == [2]
    assert engine.current().scheduled_day(OUTPUT) == ""
    (root / PAGE).write_text("---\ntitle: About\n---\nWho we were.\n", "utf-8")
    engine.rebuild([PAGE])
    assert served(engine) == served(on(first + 1))


def test_who_waits_for_problems_is_told_of_those_of_a_new_day(root):
    (root / PATH).write_text(replaced("as_of:", "updated: 2030-05-02\nas_of:"), "utf-8")
    first = date(2030, 5, 1).toordinal()
    engine = PreviewEngine(Options(root, root / "site", drafts=True, day=first, jobs=1, cache=False))
    assert "date-ahead" in codes(engine)
    told = []
    engine.subscribe(lambda change: told.append((change.version, codes(engine))), checked=True)
    engine.turn_to(first)
    assert told == []
    engine.turn_to(first + 1)
    engine.settle()
    assert [version for version, _ in told] == [engine.current().version]
    assert "date-ahead" not in told[0][1]
