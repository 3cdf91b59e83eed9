"""What the browser's panel is told of a page fits together, whenever it asks."""

import json

from builder.build.pipeline import Options
from builder.preview.engine import PreviewEngine
from builder.preview.panel_state import state

TALKS = "---\ntitle: Talks\npublished: 2022-01-19\n---\nThey met.\n"
OUTPUT = "explainers/talks/index.html"


def told(engine):
    return json.loads(state(engine.current(), "1-1", OUTPUT))


def test_a_template_that_fails_is_told_to_the_first_who_asks(tmp_path):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/explainers/talks.md").write_text(TALKS, "utf-8")
    (tmp_path / "content/site.yaml").write_text("title: A site\n", "utf-8")
    (tmp_path / "templates").mkdir()
    template = tmp_path / "templates/explainer.html"
    template.write_text("{% if %}", "utf-8")
    engine = PreviewEngine(Options(tmp_path, tmp_path / "site", drafts=True, jobs=1, cache=False))
    # Nobody has asked for the page itself, so this is where its template is used for the first time.
    first = told(engine)
    assert (first["found"], first["stops"], first["total"]) == (True, True, 1)
    assert [(problem["at"]["path"], problem["here"], problem["selector"]) for problem in first["problems"]] == [
        ("templates/explainer.html", True, "main")
    ]
    assert [problem["guide"] for problem in first["problems"]] == ["/__backstory/guide/problems/#template-syntax"]
    template.unlink()
    engine.rebuild(["templates/explainer.html"])
    assert (told(engine)["found"], told(engine)["stops"], told(engine)["problems"]) == (True, False, [])


def test_a_problem_tells_its_page_its_passage_and_its_words(tmp_path):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/explainers/talks.md").write_text(TALKS.replace("They met.", "One.\n\nThey met [[bo]]."), "utf-8")
    (tmp_path / "content/explainers/vote.md").write_text(TALKS.replace("published", "publishd"), "utf-8")
    (tmp_path / "content/site.yaml").write_text("titel: A site\n", "utf-8")
    engine = PreviewEngine(Options(tmp_path, tmp_path / "site", drafts=True, jobs=1, cache=False))
    problems = {(problem["code"], problem["at"]["path"][8:]): problem for problem in told(engine)["problems"]}
    link, vote, site = (
        problems[key]
        for key in (
            ("link-unknown", "explainers/talks.md"),
            ("key-unknown", "explainers/vote.md"),
            ("key-unknown", "site.yaml"),
        )
    )
    assert (link["here"], link["page"], link["words"]) == (True, "", "bo")
    assert link["selector"].startswith(".text > :nth-child(2 ")
    assert (vote["here"], vote["page"], vote["selector"]) == (False, "explainers/vote/index.html", "")
    assert (site["here"], site["page"]) == (False, "index.html")
    home = json.loads(state(engine.current(), "1-1", "index.html"))["problems"]
    assert [(problem["at"]["path"], problem["selector"]) for problem in home if problem["here"]] == [("content/site.yaml", "main")]


TWENTY = """---
title: Twenty errors
publishd: 2022-01-19
published: 2022-13-45
as_of: yesterdayish
status: maybe
sources:
  gazette: {publisher: Gazette, title: Ferry may stop, published: 2022-01-99}
  lantern: {publisher: Lantern, titel: The pilot leaves}
actors:
  ada: {name: Ada Abara, position: {rolle: Harbour master}}
  bo: {naem: Bo}
quotes:
  - {id: q1, speaker: ada, text: It will never run, via: gazete}
  - {id: q1, speaker: nobody, text: sound, said: Friday the 32nd}
  - {text: no speaker}
  - 12
timeline:
  - {id: vote, when: 2022-02-31, title: ""}
  - foo
---
Ada Abara spoke. “It will run,” she said. See [[nobody]] and [[event:gone|that]].

“The boat is sound”{by=bobo} and “old”{bye=bo}. [It stopped]{on=2022-40-40}
"""


def test_a_draft_with_twenty_errors_is_shown_and_each_stands_at_its_passage(tmp_path):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/explainers/talks.md").write_text(TWENTY, "utf-8")
    (tmp_path / "content/site.yaml").write_text("title: A site\n", "utf-8")
    engine = PreviewEngine(Options(tmp_path, tmp_path / "site", drafts=True, jobs=1, cache=False))
    state = told(engine)
    errors = [problem for problem in state["problems"] if problem["severity"] == "error"]
    assert len(errors) >= 20
    assert all(error["here"] for error in errors)
    assert "The boat is sound" in engine.current().get(OUTPUT).body.decode()
    of_text = {".text > :nth-child(1 of :not(backstory-marker))": {22}, ".text > :nth-child(2 of :not(backstory-marker))": {24}}
    for selector, lines in of_text.items():
        assert {error["at"]["line"] for error in errors if error["selector"] == selector} == lines
    # What the page shows nowhere stands at its top: keys that are none, and records that could not be read.
    assert {error["code"] for error in errors if error["selector"] == "main"} == {
        "key-unknown",
        "value-unknown",
        "id-twice",
        "date-wrong",
        "not-a-record",
    }
