"""A page that was published and is gone is told once, with the alias that would keep its address."""

import json

import pytest

from builder import cli
from builder.output import removed_pages

TEXT = "---\ntitle: {title}\nsummary: Of it.\npublished: 2024-03-01\n{more}---\nThey went on.\n"


class Site:
    def __init__(self, root, capsys):
        self.root, self.capsys = root, capsys

    def write(self, path, title, more=""):
        file = self.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            TEXT.format(title=title, more=more).replace("published: 2024-03-01\n", "" if "pages/" in path else "published: 2024-03-01\n")
        )

    def move(self, path, to):
        (self.root / "content" / path).rename(self.root / "content" / to)

    def build(self, *more):
        assert cli.main(["build", "--root", str(self.root), "--jobs", "1", *more]) == cli.FINE
        said = self.capsys.readouterr()
        return said.out if "--json" in more else said.out.partition("\n")[2]


@pytest.fixture
def site(tmp_path, capsys):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: A site\nbase_url: https://example.org/\n")
    site = Site(tmp_path, capsys)
    site.write("explainers/ferry.md", "Will the ferry run?")
    site.write("explainers/lighthouse.md", "Who keeps the light?")
    site.write("pages/method.md", "How we work")
    assert site.build() == ""
    return site


def test_a_page_that_moved_is_told_with_the_file_and_the_alias_that_keep_its_address(site):
    site.move("explainers/ferry.md", "explainers/council-and-ships.md")  # the title is the same
    site.move("pages/method.md", "pages/methods.md")
    site.write("pages/methods.md", "Our way")  # the address is nearly the same
    assert site.build() == (
        "/explainers/ferry/ was published before and is gone. Is it now /explainers/council-and-ships/? "
        "Then add to content/explainers/council-and-ships.md: “aliases: [/explainers/ferry/]”\n"
        "/method/ was published before and is gone. Is it now /methods/? Then add to content/pages/methods.md: “aliases: [/method/]”\n"
    )
    assert site.build() == "", "it is told once"


def test_what_is_advised_keeps_the_address(site):
    site.move("explainers/ferry.md", "explainers/boats.md")
    advice = site.build().rpartition("“")[2].rstrip("”\n")
    site.write("explainers/boats.md", "Will the ferry run?", f"{advice}\n")
    assert site.build() == ""
    assert 'url=../../explainers/boats/"' in (site.root / "site/explainers/ferry/index.html").read_text()
    site.write("explainers/boats.md", "Will the ferry run?")
    assert site.build().startswith("/explainers/ferry/ was published before and is gone. If another page has taken its place")


def test_the_alias_may_be_there_at_once(site):
    site.move("explainers/ferry.md", "explainers/boats.md")
    site.write("explainers/boats.md", "Will the ferry run?", "aliases: [/explainers/ferry/]\n")
    assert site.build() == ""


def test_where_nothing_is_like_it_no_successor_is_made_up(site):
    (site.root / "content/explainers/ferry.md").unlink()
    site.write("explainers/harvest.md", "A bad year for apples")
    assert site.build() == (
        "/explainers/ferry/ was published before and is gone. If another page has taken its place, add to the file of that page: “aliases: [/explainers/ferry/]”\n"
    )


def test_what_is_held_back_is_not_gone_for_good(site):
    site.write("explainers/ferry.md", "Will the ferry run?", "status: draft\naliases: [/old/]\nactors: [{id: ada, name: Ada Quist}]\n")
    assert site.build("--drafts") == ""
    assert site.build() == ""
    (site.root / "content/explainers/lighthouse.md").write_text(
        "---\ntitle: Who keeps the light?\nsummary: Of it.\npublished: 2999-01-01\n---\nText.\n"
    )
    assert site.build() == "1 explainer is scheduled: “Who keeps the light?” (2999-01-01). --future builds it now.\n"
    assert not (site.root / "site/explainers/lighthouse").exists()


def test_ids_that_are_gone_are_told_without_an_alias(site):
    actors = "actors: [{id: %s, name: Ada Quist}]\n"
    site.write("explainers/ferry.md", "Will the ferry run?", actors % "ada")
    site.build()
    site.write("explainers/ferry.md", "Will the ferry run?", actors % "ada-quist")
    assert site.build() == "Gone with their ids: /actors/ada/. An actor, event or source keeps its address as long as it keeps its id.\n"


def test_so_are_those_of_events_and_sources(site):
    records = "timeline: [{{id: {0}-day, when: 2024, title: A vote}}]\nsources: {{{0}-log: {{title: A log, published: 2024}}}}\n"
    site.write("explainers/ferry.md", "Will the ferry run?", records.format("old"))
    site.build()
    site.write("explainers/ferry.md", "Will the ferry run?", records.format("new"))
    assert site.build().startswith("Gone with their ids: /events/old-day/, /sources/old-log/. ")


@pytest.mark.parametrize(
    "output, told",
    [
        ("explainers/ferry/index.html", True),
        ("about/index.html", True),
        ("old.html", True),
        ("old.htm", True),
        ("actors/ada/index.html", False),
        ("events/vote/index.html", False),
        ("sources/log/index.html", False),
        ("topics/ships/index.html", False),
        ("quotes/2/index.html", False),
        ("feed.json", False),
    ],
)
def test_of_a_file_of_which_only_the_path_is_known_an_alias_could_keep_the_address_of_a_page(output, told):
    assert removed_pages.may_have_alias(output) is told


def test_many_are_summed_up(site):
    for n in range(9):
        site.write(f"explainers/story-{n}.md", f"Story {n}")
    site.build()
    for n in range(9):
        (site.root / f"content/explainers/story-{n}.md").unlink()
    told = site.build().splitlines()
    assert len(told) == 6
    assert told[5].startswith("4 more pages were published before and are gone: /explainers/story-5/, ")


def test_a_program_is_told_too(site):
    site.move("explainers/ferry.md", "explainers/boats.md")
    told = json.loads(site.build("--json"))
    assert told["gone"] == [{"path": "explainers/ferry/", "alias": "/explainers/ferry/", "file": "content/explainers/boats.md"}]
    assert told["waiting"] == []
