"""What problems count as, by `problems:` in `site.yaml`: told the same by build and check, and never so that a broken site is published."""

import pytest

from builder.build.pipeline import Options, build, load_site
from builder.checks import severities
from builder.content import settings
from builder.diagnostics import CODES, ERROR, WARNING, Diagnostic, Location
from builder.diagnostics.codes import ALL
from builder.model import Override
from tests.docs.guide_text import PROBLEMS, site_with

LONELY = {"site.yaml": "title: T\n", "pages/a.md": "---\ntitle: A\n---\nText.\n", "pages/old-b.md": "---\ntitle: B\n---\nText.\n"}
DRAFT = "---\ntitle: D\nstatus: draft\n---\nText.\n"


def entry(code="page-unlinked", severity="off", files="", why="why: Because."):
    return f"  - code: {code}\n    severity: {severity}\n" + (f"    files: {files}\n" if files else "") + (f"    {why}\n" if why else "")


@pytest.fixture
def site(tmp_path):
    def make(*entries, **more):
        for path, text in (LONELY | more).items():
            (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "content" / path).write_text(text, "utf-8")
        if entries:
            (tmp_path / "content/site.yaml").write_text(f"title: T\nproblems:\n{''.join(entries)}", "utf-8")
        return Options(tmp_path, tmp_path / "site", jobs=1)

    return make


def told(options):
    found = load_site(options).diagnostics
    assert build(options).diagnostics == found
    return [(problem.code, problem.severity, problem.location.path) for problem in found]


A, B = "content/pages/a.md", "content/pages/old-b.md"


def test_without_entries_a_problem_counts_as_the_list_says(site):
    assert told(site()) == [("page-unlinked", WARNING, A), ("page-unlinked", WARNING, B)]


def test_a_problem_is_silenced_for_the_site(site):
    assert told(site(entry())) == []


def test_a_problem_is_silenced_for_some_files(site):
    assert told(site(entry(files="content/pages/old-*.md"))) == [("page-unlinked", WARNING, A)]
    assert told(site(entry(files="[content/*/a.md, content/**/old-b.md]"))) == []


def test_a_raised_problem_stops_the_build(site):
    options = site(entry(severity="error", files=B))
    assert told(options) == [("page-unlinked", WARNING, A), ("page-unlinked", ERROR, B)]
    assert load_site(options).stops(strict=False)
    assert build(options).plan is None


def test_the_last_entry_that_fits_counts(site):
    assert told(site(entry(severity="error"), entry(files=B))) == [("page-unlinked", ERROR, A)]


def test_a_lowered_error_no_longer_stops_the_build(site):
    link = {"pages/a.md": "---\ntitle: A\n---\n[b](/api/) [c](/old-b/)\n"}
    options = site(entry("link-dead", "warning"), entry(files=A), **link)
    assert told(options) == [("link-dead", WARNING, A)]
    assert build(options).plan is not None


def test_an_entry_that_changes_nothing_is_told(site):
    place = "content/site.yaml"
    assert told(site(entry(), entry("off-record", "error"))) == [("override-unused", WARNING, place)]
    assert told(site(entry(), entry(files="pages/a.md"))) == [("override-unused", WARNING, place)]
    found = load_site(site(entry(), entry("link-dead", "off", files="content/pages/*.md"))).diagnostics
    assert [str(problem.location) for problem in found] == ["content/site.yaml:6:11"]
    assert found[0].message == "This entry changes nothing: there is no “link-dead” in content/pages/*.md."


def test_an_entry_that_may_be_meant_for_a_draft_is_not_told(site):
    options = site(entry(), entry("image-alt", files="content/pages/d.md"), **{"pages/d.md": DRAFT})
    assert told(options) == []
    with_drafts = Options(options.root, options.output, jobs=1, drafts=True)
    assert [code for code, _, _ in told(with_drafts)] == ["override-unused"]


def test_a_check_that_is_asked_for_is_told_with_the_others(site):
    def asked(found):
        yield Diagnostic("link-dead", f"{len(found.pages)} pages.", Location(A, 4, 1))

    options = site(entry())
    assert load_site(options).diagnostics == ()
    (problem,) = load_site(options, extra_rules=[asked]).diagnostics
    assert problem.message == "2 pages."
    assert load_site(site(entry(), entry("link-dead")), extra_rules=[asked]).diagnostics == ()


@pytest.mark.parametrize("code", [code.name for code in ALL if code.fixed])
@pytest.mark.parametrize("severity", ["off", "warning"])
def test_what_would_break_the_site_cannot_be_lowered(code, severity):
    if CODES[code].severity == severity:
        severity = "off"
    chosen, problems = settings.read(f"title: T\nproblems:\n{entry(code, severity)}".encode())
    assert [(problem.code, problem.location.line, problem.location.column, problem.location.width) for problem in problems] == [
        ("override-refused", 4, 15, len(severity))
    ]
    assert chosen.overrides == ()


@pytest.mark.parametrize(
    "text, code",
    [
        (entry("page-unlinkt"), "value-unknown"),
        (entry(severity="silent"), "value-unknown"),
        (entry(why=""), "key-missing"),
        (entry(why="why:"), "key-missing"),
        (entry(why='why: " "'), "value-empty"),
        (entry(why="because: x"), "key-unknown"),
        ("  - page-unlinked\n", "not-a-record"),
    ],
)
def test_an_entry_that_is_wrong_is_told_and_does_nothing(text, code):
    chosen, problems = settings.read(f"title: T\nproblems:\n{text}".encode())
    assert code in {problem.code for problem in problems}
    assert chosen.overrides == ()


def test_a_code_that_is_not_there_proposes_the_nearest():
    (problem,) = settings.read(f"title: T\nproblems:\n{entry('page-unlinkt')}".encode())[1]
    assert problem.help == "Did you mean “page-unlinked”?"


LOWERED = [
    pytest.param(code.name, info.split(), text, id=code.name)
    for code in ALL
    if not code.fixed and code.severity == ERROR
    for info, text in PROBLEMS[code.name].fences()
    if "wrong" in info.split()
]


@pytest.mark.parametrize("code, info, text", LOWERED)
def test_every_error_that_can_be_silenced_leaves_a_site_that_builds(code, info, text, tmp_path):
    """Errors are only lowered where the pages can still be made."""
    for path, content in site_with(info, text).items():
        words = f"{content}problems: [{{code: {code}, severity: off, why: For once.}}]\n" if path == "site.yaml" else content
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(words, "utf-8")
    report = build(Options(tmp_path, tmp_path / "site", jobs=1))
    assert code not in {problem.code for problem in report.diagnostics}
    assert report.plan is not None, report.diagnostics


@pytest.mark.parametrize(
    "path, pattern, fitting",
    [
        ("content/a.md", "content/a.md", True),
        ("content/a.md", "content/*", True),
        ("content/a/b.md", "content/*", False),
        ("content/a/b.md", "content/**", True),
        ("content/a/b.md", "content/**/b.md", True),
        ("content/b.md", "content/**/b.md", True),
        ("content/a/c/b.md", "**/b.md", True),
        ("content/a/b.md", "*.md", False),
        ("content/a/b.md", "content/?/[ab].md", True),
        ("content/a.md", "content/A.md", False),
        ("content/a.md", "/content/a.md", False),
        ("content/a/b.md", "/".join(["**"] * 5000), True),
        ("a/" * 30 + "b", "**/a/" * 30 + "c", False),
        ("content/" + "a" * 200 + "b", "content/" + "*a" * 100, False),
    ],
)
def test_patterns(path, pattern, fitting):
    assert severities.fits(path, pattern) is fitting


def test_a_problem_without_an_entry_stays_the_same():
    problem = Diagnostic("raw-html", "m", Location("content/pages/a.md", 1))
    assert severities.apply([problem], [Override("raw-html", "error", "w", ("b",))], unseen=["b"]) == (problem,)
