"""Which files of an author are published, at which addresses, and how links find them."""

import unicodedata

import pytest

from builder.build.pipeline import Options, build

EXPLAINER = "---\ntitle: T\npublished: 2021-04-01\n{more}---\n{text}\n"


def made(root, text="", files=(), *, more="", site="title: T\n", others=None):
    folder = root / "content/explainers/b"
    folder.mkdir(parents=True)
    (root / "content/site.yaml").write_text(site, "utf-8")
    (folder / "index.md").write_text(EXPLAINER.format(more=more, text=text), "utf-8")
    for name in files:
        (folder / name).write_bytes(b"x")
    for path, words in (others or {}).items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_text(words, "utf-8")
    report = build(Options(root, root / "out", jobs=1, cache=False))
    page = root / "out/explainers/b/index.html"
    told = {
        (problem.code, problem.location.path.rpartition("/")[2]): problem
        for problem in report.diagnostics
        if problem.code != "picture-unreadable"
    }
    return told, page.read_text("utf-8") if page.exists() else ""


def test_what_lies_beside_a_text_is_published_only_where_something_uses_it(tmp_path):
    used = {"shown.png": "![A](shown.png)", "linked.pdf": "[a](linked.pdf#page=2)", "far.csv": "[b](/explainers/b/far.csv)"}
    problems, _ = made(
        tmp_path,
        " ".join(used.values()),
        [*used, "named.mp3", "menu.ics", "notes.docx", "contacts.xlsx"],
        more="x_sound: named.mp3\n",
        site="title: T\nnav: [{title: M, path: /explainers/b/menu.ics}]\n",
    )
    assert {name for code, name in problems if code == "file-unused"} == {"notes.docx", "contacts.xlsx"}
    assert "content/static/explainers/b/notes.docx" in problems["file-unused", "notes.docx"].help
    there = {path.name for path in (tmp_path / "out/explainers/b").iterdir()} - {"index.html", "data.json", "annotations.jsonld"}
    assert there == {*used, "named.mp3", "menu.ics"}


@pytest.mark.parametrize(
    "name, written, address",
    [
        ("my boat.png", "my%20boat.png", "my%20boat.png"),
        ("my boat.png", "<my boat.png>", "my%20boat.png"),
        ("a#b.png", "a%23b.png", "a%23b.png"),
        ("c?d.png", "c%3Fd.png", "c%3Fd.png"),
        ("50%.png", "50%.png", "50%25.png"),
        ("p%20q.png", "p%2520q.png", "p%2520q.png"),
        (unicodedata.normalize("NFD", "café.png"), "café.png", "café.png"),
        ("café.png", unicodedata.normalize("NFD", "café.png"), "café.png"),
    ],
)
def test_a_file_is_found_by_its_name_and_addressed_as_browsers_ask_for_it(tmp_path, name, written, address):
    problems, page = made(tmp_path, f"![A]({written})", [name])
    assert not problems
    assert f'src="../../explainers/b/{address}"' in page
    assert (tmp_path / "out/explainers/b" / unicodedata.normalize("NFC", name)).exists()


def test_a_name_with_signs_of_addresses_is_told_with_what_to_write(tmp_path):
    problems, _ = made(tmp_path, "![A](press%20photo.png)", ["press%20photo.png"])
    assert [*problems] == [("link-dead", "index.md")]
    assert "Rename it to press-photo.png; or write press%2520photo.png" in problems["link-dead", "index.md"].help


@pytest.mark.parametrize("alias, folder", [("/%C3%A9t%C3%A9/", "été"), ("/Ferry Boat/", "Ferry Boat"), ("/Ferry%20Boat", "Ferry Boat")])
def test_an_old_address_may_be_encoded_and_have_spaces(tmp_path, alias, folder):
    problems, _ = made(tmp_path, more=f'aliases: ["{alias}"]\n')
    assert not problems
    assert (tmp_path / "out" / folder / "index.html").exists()


def test_an_old_address_that_is_written_twice_is_one(tmp_path):
    problems, _ = made(tmp_path, more='aliases: ["/a%20b/", "/a b", "/A B/"]\n')
    assert not problems


DRAFT = "---\ntitle: D\npublished: 2021-04-01\nstatus: draft\nsources:\n  gazette: {publisher: Gazette, title: G, published: 2021-04-01}\nactors:\n  ann: Ann Lee, Mayor\n---\n"


def test_a_text_of_a_source_that_only_a_draft_has_stops_nothing(tmp_path):
    problems, _ = made(tmp_path, others={"sources/gazette.txt": "Words.", "explainers/dr.md": DRAFT})
    assert not problems
    assert not [path for path in (tmp_path / "out").rglob("*") if "gazette" in path.name]


@pytest.mark.parametrize(
    "text, site",
    [
        ("[d](/explainers/dr/)", ""),
        ("[d](/explainers/dr)", ""),
        ("[[dr]]", ""),
        ("[[actor:ann]]", ""),
        ("[[gazette]]", ""),
        ("[d](../dr/plan.pdf)", ""),
        ("", "FRONT"),
        ("", "nav: [{title: D, path: /explainers/dr/}]\n"),
    ],
)
def test_a_link_to_what_only_a_draft_has_says_why_it_leads_nowhere(tmp_path, text, site):
    more, site = ("sources: [gazette]\n", "") if site == "FRONT" else ("", site)
    problems, _ = made(
        tmp_path, text, more=more, others={"explainers/dr/index.md": DRAFT, "explainers/dr/plan.pdf": "x"}, site=f"title: T\n{site}"
    )
    (problem,) = problems.values()
    assert "is a draft" in problem.help


def test_a_file_with_other_capitals_than_its_link_is_named(tmp_path):
    problems, _ = made(tmp_path, "![A](Boat.PNG) [b](PLAN.pdf)", ["boat.png", "plan.pdf"])
    assert [(code, problem.suggestion) for (code, _), problem in problems.items()] == [("link-dead", "/explainers/b/plan.pdf")]
