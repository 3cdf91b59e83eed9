"""Whatever is wrong, the preview shows every page as far as it can be read, and is what a preview would be that begins now."""

import pytest

from builder.build.pipeline import Options
from builder.preview import engine as workshops
from builder.preview.engine import Workshop
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
    return Workshop(Options(root, root / "site", drafts=True, jobs=1, cache=False))


def served(workshop):
    snapshot = workshop.current()
    found = {path: snapshot.get(path) for path in snapshot.outputs}
    return {path: file.body for path, file in found.items() if file is not None and isinstance(file.body, bytes)}


def body(workshop, output=OUTPUT):
    return workshop.current().get(output).body.decode()


def codes(workshop):
    return {problem.code for problem in workshop.current().problems}


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


def test_in_each_state_of_a_draft_its_words_are_shown_and_it_is_what_a_new_preview_shows(root):
    workshop = begin(root)
    for code, (path, text) in WRONG.items():
        file = root / path
        before = file.read_bytes() if file.exists() else None
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        workshop.look([path])
        snapshot = workshop.current()
        assert "The third paragraph, and the last." in body(workshop), code
        assert "Who we are." in body(workshop, "about/index.html"), code
        fresh = begin(root)
        assert served(workshop) == served(fresh), code
        assert code in codes(workshop), code
        assert snapshot.problems == fresh.current().problems, code
        assert snapshot.stops, code
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
        workshop.look([path])
        assert not workshop.current().stops, code
    assert served(workshop) == served(begin(root))


def test_two_explainers_with_one_address_are_both_shown(root):
    second = EXPLAINER.replace("title: The winter ferry", "title: The other ferry\nslug: ferry")
    (root / "content/explainers/other.md").write_text(second, "utf-8")
    workshop = begin(root)
    assert [workshop.current().page_of(path) for path in (PATH, "content/explainers/other.md")] == [OUTPUT, "explainers/ferry-2/index.html"]
    assert ["The winter ferry" in body(workshop), "The other ferry" in body(workshop, "explainers/ferry-2/index.html")] == [True, True]
    assert "path-twice" in codes(workshop)


def test_a_page_whose_template_fails_is_made_with_ours_and_says_so(root):
    (root / TEMPLATE).parent.mkdir()
    (root / TEMPLATE).write_text('{% extends "base.html" %}{% block main %}Our own: {{ page.title }}{% endblock %}', "utf-8")
    workshop = begin(root)
    assert "Our own: The winter ferry" in body(workshop)
    assert workshop.current().fault(OUTPUT) is None
    (root / TEMPLATE).write_text("{{ page.tittle }}", "utf-8")
    workshop.look([TEMPLATE])
    assert "Our own" not in body(workshop)
    assert "The third paragraph, and the last." in body(workshop)
    assert workshop.current().fault(OUTPUT).code == "template-name"


def test_where_a_bug_of_ours_comes_between_the_page_is_the_one_before_and_says_so(root, monkeypatch):
    workshop = begin(root)
    changes = []
    workshop.subscribe(changes.append)

    def fails(*_given, **_named):
        raise KeyError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr(workshops, "join", fails)
        (root / PATH).write_text(replaced("The second paragraph.", "New words."), "utf-8")
        with pytest.raises(KeyError):
            workshop.look([PATH])
    assert workshop.current().failed
    assert "The second paragraph." in body(workshop)
    assert [change.version for change in changes] == [workshop.current().version]
    # The next save, of whatever file, shows all that was saved meanwhile.
    (root / PAGE).write_text("---\ntitle: About\n---\nWho we are now.\n", "utf-8")
    workshop.look([PAGE, PATH])
    assert not workshop.current().failed
    assert "New words." in body(workshop)


def test_what_an_earlier_run_has_left_is_thrown_away_where_it_does_not_fit(root, monkeypatch):
    workshop = begin(root)
    true, seen = workshops.join, []

    def fails_once(*given, **named):
        seen.append(1)
        if len(seen) == 1:
            raise KeyError("what was remembered does not fit")
        return true(*given, **named)

    monkeypatch.setattr(workshops, "join", fails_once)
    (root / PATH).write_text(replaced("The second paragraph.", "New words."), "utf-8")
    workshop.look([PATH])
    assert (len(seen), workshop.current().failed) == (2, False)
    assert "New words." in body(workshop)
    monkeypatch.undo()
    assert served(workshop) == served(begin(root))
