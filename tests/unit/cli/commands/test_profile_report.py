"""`backstory build --profile`: all that was done is in it, with true numbers, and it changes nothing."""

import json
import re

import pytest

from builder import cli
from builder.build.pipeline import Options, build
from builder.build.timings import STAGES, Profile, stage
from builder.cli.commands.profile_report import WORDS


@pytest.fixture
def site(tmp_path):
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/static").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: A site\n")
    (tmp_path / "content/static/a.txt").write_text("a")
    for name in ("one", "two", "three"):
        (tmp_path / f"content/pages/{name}.md").write_text(f"---\ntitle: {name}\n---\nWords.\n")
    return tmp_path


def profiled(root, capsys, *arguments):
    capsys.readouterr()
    code = cli.main(["build", "--root", str(root), "--profile", "--json", *arguments])
    return code, json.loads(capsys.readouterr().out)


def stages(told):
    return {stage["stage"]: stage for stage in told["profile"]["stages"]}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_every_file_every_page_and_every_stage_is_in_it(jobs, site, capsys):
    code, told = profiled(site, capsys, "--jobs", jobs)
    found = stages(told)
    assert code == cli.FINE
    assert tuple(found) == STAGES
    assert all(stage["seconds"] >= 0 and stage["cpu_seconds"] >= 0 for stage in found.values())
    assert sum(stage["share"] for stage in found.values()) <= 1
    assert found["parse"]["number"] == 3
    assert found["write"]["number"] == len(told["written"])
    assert sum(template["number"] for template in told["profile"]["templates"]) == found["make"]["number"]
    assert {file["path"] for file in told["profile"]["slowest_files"]} == {f"content/pages/{name}.md" for name in ("one", "two", "three")}
    pages = {page["path"]: page for page in told["profile"]["slowest_pages"]}
    assert set(pages) <= {step["path"] for step in told["written"]}
    assert {page["template"] for page in pages.values()} <= {template["template"] for template in told["profile"]["templates"]}
    seconds = [page["seconds"] for page in told["profile"]["slowest_pages"]]
    assert seconds == sorted(seconds, reverse=True)
    assert seconds[0] > 0
    assert told["profile"]["reasons"] == [{"reason": "it is new", "number": len(told["written"])}]
    assert told["profile"]["memory_mb"]["own"] > 1


def test_only_what_was_done_is_counted(site, capsys):
    profiled(site, capsys)
    (site / "content/pages/one.md").write_text("---\ntitle: one\n---\nOther words.\n")
    (site / "content/static/a.txt").write_text("b")
    _, told = profiled(site, capsys)
    assert [file["path"] for file in told["profile"]["slowest_files"]] == ["content/pages/one.md"]
    assert sum(template["number"] for template in told["profile"]["templates"]) == stages(told)["write"]["number"] - 1
    reasons = {reason["reason"]: reason["number"] for reason in told["profile"]["reasons"]}
    assert reasons["the file has changed"] == 1
    assert sum(reasons.values()) == len(told["written"])


def test_where_nothing_changed_it_measures_a_whole_build_all_the_same(site, capsys):
    profiled(site, capsys)
    _, told = profiled(site, capsys)
    assert stages(told)["known"]["number"] > 0
    assert (told["written"], told["profile"]["reasons"], told["profile"]["slowest_pages"]) == ([], [], [])


def test_a_person_reads_aligned_tables(site, capsys):
    assert cli.main(["build", "--root", str(site), "--profile", "--jobs", "1"]) == cli.FINE
    told = capsys.readouterr()
    assert "written" in told.out
    assert "Profile" not in told.out
    assert "\x1b" not in told.err
    head, *tables = told.err.split("Profile of ", 1)[1].strip().split("\n\n")
    assert re.match(r"Backstory .* s(, at most \d+ MB of memory.*)?\.$", head)
    titles = [table.partition("  ")[0] for table in tables]
    assert titles == ["stage", "why files were written", "template", "slowest pages", "slowest files to parse"]
    assert [line.partition("  ")[0] for line in tables[0].splitlines()[1:]] == [*WORDS.values(), "all else"]
    for table in tables[1:]:
        assert len({len(line) for line in table.splitlines()}) == 1, table


def test_problems_that_stop_the_build_are_told_with_what_was_measured(site, capsys):
    (site / "content/pages/one.md").write_text("---\ntitel: one\n---\n")
    code, told = profiled(site, capsys)
    assert code == cli.PROBLEMS
    assert list(stages(told))[-1] == "remember"
    assert "make" not in stages(told)


def test_it_changes_no_byte(site, tmp_path, capsys):
    for jobs in ("1", "2"):
        profiled(site, capsys, "--output", str(tmp_path / f"with-{jobs}"), "--jobs", jobs, "--no-cache")
    build(Options(site, tmp_path / "without", cache=False))

    def tree(folder):
        return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert tree(tmp_path / "with-1") == tree(tmp_path / "with-2") == tree(tmp_path / "without")


def test_stages_add_up(monkeypatch):
    clock = iter([10.0, 11.5, 20.0, 20.25])
    monkeypatch.setattr("builder.build.timings.time.perf_counter", lambda: next(clock))
    profile = Profile()
    with stage(profile, "read", 2):
        pass
    with stage(profile, "read", 3):
        pass
    with stage(None, "read", 3):
        pass
    assert (profile.stages["read"].seconds, profile.stages["read"].number) == (1.75, 5)
