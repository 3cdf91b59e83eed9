"""Problems as programs read them: the same problems in every format, with what each format needs escaped.

`BACKSTORY_APPROVE=1 pytest tests/unit/diagnostics/test_formats.py` writes the expected output anew: then read the difference before you commit it.
"""

import json
import os
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from rich.cells import cell_len

from builder import __version__, cli
from builder.build.pipeline import Options, load_site
from builder.content.source_lines import line_of
from builder.diagnostics import CODES, ERROR, WARNING, Diagnostic, Location, TextEdit, excerpt, in_words
from builder.diagnostics.formats import as_commands, as_data, as_sarif

CASES = Path(__file__).parents[2] / "cases"
NAMES = ("problems-for-programs", "links-that-lead-nowhere", "two-pages-on-one-path", "yaml-that-is-broken")
APPROVE = os.environ.get("BACKSTORY_APPROVE") == "1"
VERSION = "VERSION"


@pytest.fixture(params=NAMES)
def case(request):
    root = CASES / request.param
    return root, load_site(Options(root, root / "site", jobs=1)).diagnostics


def line(root):
    return lambda place: line_of(root, place)


def approved(path, found):
    found = found.replace(json.dumps(__version__), json.dumps(VERSION))
    if APPROVE:
        path.write_text(found, "utf-8")
    assert path.read_text("utf-8") == found


def test_json_as_approved(case):
    root, problems = case
    approved(root / "expected.json", json.dumps(as_data(problems, line(root)), ensure_ascii=False, indent=1) + "\n")


def test_commands_as_approved(case):
    root, problems = case
    approved(root / "expected.github", as_commands(problems, folder="docs/"))


def test_sarif_as_approved(case):
    root, problems = case
    data = as_sarif(problems, line(root), folder="docs/")
    del data["runs"][0]["tool"]["driver"]["rules"]  # the list of codes: below
    approved(root / "expected.sarif", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


# --- the shape of SARIF, after the standard (there is no copy of its schema here) ----------------------------------------------

REGION = {"startLine", "startColumn", "endLine", "endColumn", "snippet"}


def test_sarif_has_what_the_standard_asks_for(case):
    root, problems = case
    data = as_sarif(problems, line(root))
    assert data.keys() == {"$schema", "version", "runs"}
    assert data["version"] == "2.1.0"  # 3.13.2
    (run,) = data["runs"]
    assert run["columnKind"] == "unicodeCodePoints"  # 3.14.17
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    for rule in rules:
        assert rule["defaultConfiguration"]["level"] == CODES[rule["id"]].severity
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
    assert len(run["results"]) == len(problems)
    for result, problem in zip(run["results"], problems, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.code  # 3.27.6
        assert result["level"] in {"none", "note", "warning", "error"}  # 3.27.10
        assert result["message"]["text"]
        places = [*result["locations"], *result.get("relatedLocations", [])]
        for place in places:
            spot = place["physicalLocation"]
            uri = spot["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9%._~/-]+", uri)  # a relative reference of RFC 3986
            region = spot.get("region", {"startLine": 1})
            assert region.keys() <= REGION
            assert region["startLine"] >= 1
            assert ("startColumn" in region) == ("endColumn" in region)
            assert region.get("endColumn", 2) > region.get("startColumn", 1) >= 1  # 3.30.8: behind the last character
        for fix in result.get("fixes", []):
            (change,) = fix["artifactChanges"]
            assert change["artifactLocation"] == result["locations"][0]["physicalLocation"]["artifactLocation"]
            assert change["replacements"]
        assert len({place.get("id") for place in places}) == len(places)


def test_a_fix_mends(case, tmp_path):
    """What SARIF proposes, done to the file, leaves one problem fewer there; no other word is touched."""
    root, problems = case
    for result in as_sarif(problems, line(root))["runs"][0]["results"]:
        for fix in result.get("fixes", []):
            change = fix["artifactChanges"][0]
            path = root / unquote(change["artifactLocation"]["uri"])
            region, new = change["replacements"][0]["deletedRegion"], change["replacements"][0]["insertedContent"]["text"]
            lines = path.read_text("utf-8").split("\n")
            old = lines[region["startLine"] - 1]
            mended = old[: region["startColumn"] - 1] + new + old[region["endColumn"] - 1 :]
            copy = tmp_path / f"{result['ruleIndex']}-{region['startLine']}-{region['startColumn']}"
            for file in root.joinpath("content").rglob("*"):
                if file.is_file():
                    (copy / file.relative_to(root)).parent.mkdir(parents=True, exist_ok=True)
                    (copy / file.relative_to(root)).write_bytes(file.read_bytes())
            lines[region["startLine"] - 1] = mended
            (copy / path.relative_to(root)).write_text("\n".join(lines), "utf-8")
            after = load_site(Options(copy, copy / "site", jobs=1)).diagnostics
            left = [p for p in after if p.code == result["ruleId"] and p.location.line == region["startLine"]]
            before = [
                p
                for p in problems
                if p.code == result["ruleId"]
                and p.location.line == region["startLine"]
                and p.location.path == change["artifactLocation"]["uri"]
            ]
            assert len(left) < len(before), mended


def test_there_are_fixes():
    root = CASES / "problems-for-programs"
    problems = load_site(Options(root, root / "site", jobs=1)).diagnostics
    results = as_sarif(problems, line(root))["runs"][0]["results"]
    assert {result["ruleId"] for result in results if "fixes" in result} >= {
        "key-unknown",
        "link-dead",
        "link-unknown",
        "reference-unknown",
    }


def test_a_message_of_sarif_has_no_placeholders_and_no_links():
    problem = Diagnostic("yaml", "Write {key: value} or C:\\x.", Location("a.md"), help="Write [words](https://…).")
    text = as_sarif([problem], lambda _: "")["runs"][0]["results"][0]["message"]["text"]
    assert text == "Write {{key: value}} or C:\\\\x. Write \\[words\\](https://…)."


# --- workflow commands ----------------------------------------------------------------------------------------------


def test_a_command_is_one_line_whatever_is_told():
    problem = Diagnostic(
        "yaml", "50 %\r\n::error::no, a: b", Location("content/a,b:c%.md", 3, 2, 4), help="x\ny", also=(Location("d.md", 1),)
    )
    told = as_commands([problem])
    assert told == (
        "::error file=content/a%2Cb%3Ac%25.md,line=3,endLine=3,col=2,endColumn=5,title=yaml"
        "::50 %25%0D%0A::error::no, a: b%0Ax%0Ay%0ASee also d.md:1\n"
    )


def test_a_command_for_a_whole_file_has_no_line():
    assert (
        as_commands([Diagnostic("page-unlinked", "m", Location("a.md"))], folder="docs/")
        == "::warning file=docs/a.md,title=page-unlinked::m\n"
    )


# --- our own JSON ---------------------------------------------------------------------------------------------------


def test_the_json_is_what_the_guide_describes():
    guide = (CASES.parents[1] / "content/pages/guide/checking.md").read_text("utf-8")
    about = guide.partition("## The JSON of problems")[2].partition("\n## ")[0]
    whole, each = (re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) for table in about.split("Each problem has:"))
    made = as_data([Diagnostic("yaml", "m", Location("a.md", 1, 2, 3))], lambda _: "abcdef")
    assert whole == [*list(made)[:2], "command", "fine", *list(made)[2:]]
    assert each == list(made["problems"][0])


def test_what_is_not_known_is_null():
    (problem,) = as_data([Diagnostic("yaml", "m", Location("a.md"))], lambda _: "")["problems"]
    assert (problem["line"], problem["column"], problem["end_column"], problem["excerpt"], problem["did_you_mean"]) == (None,) * 5


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("title: wrong", "wrong"),
        ("題名: 渡し船 wrong", "wrong"),
        ("題名: 渡し船は動くか", "渡し船"),
        ("café e\u0301te\u0301 wrong", "wrong"),
        ("🚢🚢 wrong", "wrong"),
        ("한국어 wrong", "한국어"),
        ("\u1112\u1161\u11ab wrong", "wrong"),
        ("עברית wrong", "wrong"),
        ("e\u0301te\u0301", "te\u0301"),
        ("\twrong", "wrong"),
        ("x" * 150 + " wrong " + "y" * 150, "wrong"),
        ("船" * 150 + " wrong " + "y" * 150, "wrong"),
    ],
)
def test_the_caret_stands_below_the_word(text, wrong):
    problem = Diagnostic("yaml", "m", Location("a.md", 1, text.index(wrong) + 1, len(wrong)))
    shown, under = excerpt(problem, text).split("\n")
    assert cell_len(shown[: shown.index(wrong)]) == len(under) - len(under.lstrip(" │")) == under.index("^")
    assert under.count("^") == cell_len(wrong)


def test_a_line_cannot_steer_the_terminal():
    shown = excerpt(Diagnostic("yaml", "m", Location("a.md", 1, 12, 1)), "a\x1b[31m\u202eb\u200dc\x07 d")
    assert not re.search("[\x00-\x09\x0b-\x1f\u200d\u202e]", shown)


def test_colours_only_where_asked_for():
    problem = Diagnostic("yaml", "m", Location("a.md", 1))
    assert "\x1b[31merror" in in_words(problem, colour=True)
    assert "\x1b" not in in_words(problem)


# --- the list of codes ----------------------------------------------------------------------------------------------


def test_a_problem_has_the_severity_of_its_code():
    assert Diagnostic("off-record", "m", Location("a.md")).severity == ERROR
    assert Diagnostic("page-unlinked", "m", Location("a.md")).severity == WARNING
    assert Diagnostic("page-unlinked", "m", Location("a.md"), severity=ERROR).severity == ERROR


def test_the_command_knows_the_kinds_of_schema():
    from builder.content.json_schema import FILE_KINDS

    assert cli.SCHEMA_KINDS == FILE_KINDS


def test_what_is_certain_is_told_as_a_fix():
    edits = (TextEdit("a.md", 2, 1, 2, 6, "title"), TextEdit("b.md", 3, 1, 4, 2, ""))
    problem = Diagnostic("key-unknown", "m", Location("a.md", 2, 1, 5), subject="Title", suggestion="title", edits=edits)
    told = as_data([problem], lambda _: "Title: T")["problems"][0]
    assert (told["subject"], told["did_you_mean"]) == ("Title", "title")
    assert told["edits"][0] == {"path": "a.md", "line": 2, "column": 1, "end_line": 2, "end_column": 6, "text": "title"}
    (fix,) = as_sarif([problem], lambda _: "Title: T")["runs"][0]["results"][0]["fixes"]
    changes = {change["artifactLocation"]["uri"]: change["replacements"] for change in fix["artifactChanges"]}
    assert changes["a.md"][0]["deletedRegion"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 6}
    assert changes["b.md"][0] == {
        "deletedRegion": {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 2},
        "insertedContent": {"text": ""},
    }
