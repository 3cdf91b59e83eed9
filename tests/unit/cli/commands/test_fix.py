"""`backstory check --fix` and `--diff`, and `undo`, on a site."""

import json

import pytest

from builder.cli import main

HEAD = "---\nTitle: T\npublished: 3/23/2021\nsources: {s1: {title: Q, publisher: P, published: 2021-03-20}}\nactors:\n  bob-cox: Bob Cox\n---\nBob Cox spoke. [[bob-cx]]\n"


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: S\n")
    (tmp_path / "content/explainers/a.md").write_text(HEAD)
    return tmp_path


def test_what_is_certain_is_mended_once_and_taken_back(site, capsys):
    page = site / "content/explainers/a.md"
    assert main(["check", "--diff"]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("--- a/content/explainers/a.md\n+++ b/content/explainers/a.md\n@@ -1,6 +1,6 @@\n ---\n-Title: T\n")
    assert shown.err == "Would fix 2 problems in 1 file.\n"
    assert page.read_text() == HEAD
    assert not (site / ".backstory/edits").exists()

    assert main(["check", "--fix"]) == 1
    told = capsys.readouterr().out
    assert "Fixed 2 problems; 1 remains." in told
    assert "Did you mean “bob-cox”?" in told
    after = page.read_text()
    assert after == HEAD.replace("Title", "title").replace("3/23/2021", "2021-03-23")

    assert main(["check", "--fix"]) == 1
    assert "Nothing could be fixed; 1 remains." in capsys.readouterr().out
    assert page.read_text() == after
    page.write_text(after.replace("bob-cx", "bob-cox"))
    assert main(["check", "--fix", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["fixed"] == 0
    assert main(["check", "--diff"]) == 0
    assert capsys.readouterr().err == "There is nothing to fix.\n"
    page.write_text(after)

    assert main(["undo"]) == 0
    assert "check --fix" in capsys.readouterr().out
    assert page.read_text() == HEAD
    assert main(["undo"]) == 2
    assert main(["redo"]) == 0
    assert page.read_text() == after


def test_a_file_that_may_not_be_written_is_told_and_nothing_else_is_written(site, capsys):
    page = site / "content/explainers/a.md"
    page.chmod(0o444)
    (site / "content/explainers/b.md").write_text(HEAD)
    assert main(["check", "--fix"]) == 1
    assert "content/explainers/a.md: The file may not be written. Nothing was written." in capsys.readouterr().err
    assert (site / "content/explainers/b.md").read_text() == HEAD


def test_a_diff_is_text(site, capsys):
    assert main(["check", "--diff", "--json"]) == 2
    assert "a diff is text" in capsys.readouterr().err


def test_a_record_is_renamed_and_that_is_taken_back(site, capsys):
    (site / "content/explainers/a.md").write_text(
        HEAD.replace("bob-cx", "bob-cox").replace("Title", "title").replace("3/23/2021", "2021-03-23")
    )
    page = site / "content/explainers/a.md"
    before = page.read_text()
    assert main(["rename", "bob-cox", "bob", "--diff"]) == 0
    shown = capsys.readouterr()
    assert "+  bob: {name: Bob Cox, former_ids: bob-cox}\n" in shown.out
    assert shown.err == "Would change 1 file.\n"
    assert page.read_text() == before
    assert main(["rename", "bob-cox", "bob"]) == 0
    assert "Renamed the actor “bob-cox” to “bob” in 1 file." in capsys.readouterr().out
    assert page.read_text() == before.replace("bob-cox: Bob Cox", "bob: {name: Bob Cox, former_ids: bob-cox}").replace(
        "[[bob-cox]]", "[[bob]]"
    )
    assert main(["undo"]) == 0
    assert page.read_text() == before
    (site / "content/events").mkdir()
    (site / "content/events/bob-cox.md").write_text("---\ntitle: A\nwhen: 2021\n---\n")
    for asked, said in {
        "bob-cox": "“bob-cox” names several records. Say which: actor:bob-cox, event:bob-cox.",
        "bob-cxo": "No record has the id “bob-cxo”. Did you mean “bob-cox”?",
    }.items():
        capsys.readouterr()
        assert main(["rename", asked, "bob"]) == 2
        assert said in capsys.readouterr().err
    assert main(["rename", "actor:bob-cox", "Bob"]) == 2
    assert page.read_text() == before
