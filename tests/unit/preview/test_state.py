"""What the browser's panel is told of a page fits together, whenever it asks."""

import json

from builder.build.pipeline import Options
from builder.preview.engine import Workshop
from builder.preview.panel_state import state

TALKS = "---\ntitle: Talks\npublished: 2022-01-19\n---\nThey met.\n"
OUTPUT = "explainers/talks/index.html"


def told(workshop):
    return json.loads(state(workshop.current(), "1-1", OUTPUT))


def test_a_template_that_fails_is_told_to_the_first_who_asks(tmp_path):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/explainers/talks.md").write_text(TALKS, "utf-8")
    (tmp_path / "content/site.yaml").write_text("title: A site\n", "utf-8")
    (tmp_path / "templates").mkdir()
    template = tmp_path / "templates/explainer.html"
    template.write_text("{% if %}", "utf-8")
    workshop = Workshop(Options(tmp_path, tmp_path / "site", drafts=True, jobs=1, cache=False))
    # Nobody has asked for the page itself, so this is where its template is used for the first time.
    first = told(workshop)
    assert (first["found"], first["broken"], first["total"]) == (False, True, 1)
    assert [problem["at"]["path"] for problem in first["problems"]] == ["templates/explainer.html"]
    assert [problem["guide"] for problem in first["problems"]] == ["/__backstory/guide/problems/#template-syntax"]
    template.unlink()
    workshop.look(["templates/explainer.html"])
    assert (told(workshop)["found"], told(workshop)["broken"], told(workshop)["problems"]) == (True, False, [])
