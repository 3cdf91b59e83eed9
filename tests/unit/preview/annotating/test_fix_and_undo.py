"""Fixes of problems, and steps back and forward, asked for by a page of the preview."""

import json

from builder.build.pipeline import Options
from builder.output import edits
from builder.preview.annotating import fix_and_undo
from builder.preview.engine import PreviewEngine
from builder.preview.panel_state import state
from tests.unit.preview.test_annotating import HEAD, PAGE, PATH, Desk

WRONG = HEAD.replace("as_of: 2022-01-19", "published: 19 January 2022\nas_of: 2022-01-19")


def problems(desk):
    told = json.loads(state(desk.engine.current(), "1", "explainers/ferry/index.html", writes=True))
    return {problem["code"]: problem for problem in told["problems"]}, told


def fix(desk, problem, **other):
    place = problem["at"]
    asked = {"page": "/", "code": problem["code"], "message": problem["message"], "path": place["path"], "line": place["line"]}
    return json.loads(
        fix_and_undo.fix(desk.engine, json.dumps({**asked, "column": place["column"], "fix": problem["fix"], **other}).encode())
    )


def test_a_problem_with_one_meaning_is_mended_and_taken_back(tmp_path):
    desk = Desk(tmp_path, WRONG)
    before = desk.text
    found, told = problems(desk)
    assert found["date-wrong"]["fix"]
    assert [entry["fix"] for code, entry in found.items() if code != "date-wrong"] == [""] * (len(found) - 1)
    assert told["undo"] == ""
    assert fix(desk, found["date-wrong"])["done"] == f"Fixed: fix date-wrong in {PATH}."
    assert "published: 2022-01-19\n" in desk.text
    after, told = problems(desk)
    assert "date-wrong" not in after
    assert told["undo"] == f"fix date-wrong in {PATH}"
    fix_and_undo.undo(desk.engine, json.dumps({"page": "/"}).encode())
    assert desk.text == before


def test_a_fix_is_refused_where_the_file_or_the_problem_is_another(tmp_path):
    desk = Desk(tmp_path, WRONG)
    before = desk.text
    (problem,) = (entry for code, entry in problems(desk)[0].items() if code == "date-wrong")
    assert "Reload the page" in fix(desk, problem, message="Another")["refused"]
    assert "Reload the page" in fix(desk, problem, fix="0")["refused"]
    desk.file.write_text(desk.text + "\nMore.\n", "utf-8")
    assert "changed since" in fix(desk, problem)["refused"]
    desk.file.write_text(before, "utf-8")
    desk.file.chmod(0o444)
    desk.engine.rebuild([PATH])
    assert "may not be written" in fix(desk, problems(desk)[0]["date-wrong"])["refused"]
    assert desk.text == before


def test_steps_outlive_the_preview_and_delete_no_file(tmp_path):
    desk = Desk(tmp_path)
    edits.write_files(tmp_path, {"content/explainers/other.md": b"---\ntitle: Other\n---\nText.\n"}, "draft other")
    told = json.loads(fix_and_undo.undo(desk.engine, b'{"page": "/"}'))
    assert "backstory undo" in told["refused"]
    assert (told["undo"], told["redo"]) == ("", "")
    desk.send(1, speaker="bo-berg")
    desk.engine = PreviewEngine(Options(tmp_path, tmp_path / "site", drafts=True, jobs=1, cache=False))
    assert desk.state()["undo"] == "quote “The boat is sound.”"
    assert json.loads(fix_and_undo.undo(desk.engine, json.dumps({"page": PAGE}).encode()))["redo"] == "quote “The boat is sound.”"
    assert (tmp_path / "content/explainers/other.md").exists()
