"""Plugins: a package that is installed from its wheel brings checks, formats and a way to publish, to sites that name it."""

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from builder import cli
from builder.build import plugins
from builder.build.load import load_site
from builder.build.pipeline import build
from builder.build.run import Options
from builder.content import package_versions
from builder.model import Plugin
from builder.output import read_manifest

FIXTURE = Path(__file__).parents[2] / "fixtures/plugin"
PAGES = "from builder.pages.page import Page, Query\nview = {1}\nview.__qualname__ = 'view'\nFAMILIES = [lambda site: [Page('{0}', 'page.html', Query(view))]]"
NAMED = 'plugins: {House_Checks: ">=1.2, <2"}\n'


@pytest.mark.parametrize(
    "version, wanted, holds",
    [
        ("1.2.0", ">=1.2,<2", True),
        ("1.2", "==1.2.0", True),
        ("1.10", ">1.9", True),
        ("2.0rc1", "<2", False),
        ("1.3", "!=1.3", False),
        ("unknown", ">=1", False),
        ("unknown", "*", True),
    ],
)
def test_a_range_of_versions_holds_by_numbers(version, wanted, holds):
    assert package_versions.is_range(wanted)
    assert package_versions.fits(version, wanted) is holds


@pytest.mark.parametrize("text", ["", "1.2", "~=1.2", ">=1.2 <2", ">=1.2,", "==1.*"])
def test_other_words_are_no_range(text):
    assert not package_versions.is_range(text)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return the folder that the wheel of the example was installed into, without a network."""
    top = tmp_path_factory.mktemp("plugin")
    shutil.copytree(FIXTURE, top / "source")
    # One call builds the wheel with the backend that is here, and installs it: two take twice as long.
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-index", "--no-deps", "--no-compile"]
    subprocess.run([*pip, "--no-build-isolation", "--target", top / "lib", top / "source"], check=True)
    assert (top / "lib/house_checks-1.2.0.dist-info/WHEEL").is_file()
    return top / "lib"


@pytest.fixture
def on_path(installed, monkeypatch):
    monkeypatch.syspath_prepend(installed)
    yield installed
    forget()


def forget():
    sys.modules.pop("house_checks", None)
    plugins.digest_of_files.cache_clear()
    importlib.invalidate_caches()


@pytest.fixture
def root(tmp_path):
    content = tmp_path / "site/content"
    (content / "explainers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: T\n" + NAMED)
    (content / "explainers/talks.md").write_text("---\ntitle: Talks fail, sources say\npublished: 2024-01-02\n---\nWords.\n")
    return tmp_path / "site"


def settings(root, text):
    (root / "content/site.yaml").write_text("title: T\n" + text)


def told(root, code):
    return [problem for problem in load_site(Options(root, root / "site")).diagnostics if problem.code == code]


def test_a_check_of_a_plugin_is_told_under_its_name_and_obeys_overrides(root, on_path, capsys):
    (problem,) = told(root, "house-checks/no-anonymous-headline")
    assert problem.severity == "warning"
    for format_ in ("text", "json", "github", "sarif"):
        assert cli.main(["check", "--format", format_, "--root", str(root)]) == cli.FINE
        assert "house-checks/no-anonymous-headline" in capsys.readouterr().out
    override = "problems: [{{code: {}, severity: {}, why: W}}]\n".format
    settings(root, NAMED + override("house-checks/no-anonymous-headline", "error"))
    assert told(root, "house-checks/no-anonymous-headline")[0].severity == "error"
    settings(root, NAMED + override("house-checks/gone", "off"))
    assert told(root, "override-unused")
    settings(root, NAMED + override("other/no-anonymous-headline", "off"))
    assert "other" in told(root, "value-unknown")[0].message
    settings(root, "")  # a plugin that is not named does nothing
    assert not told(root, "house-checks/no-anonymous-headline")


def test_pages_of_a_plugin_are_made_and_kept_like_ours_and_go_with_it(root, on_path, tmp_path):
    options = Options(root, tmp_path / "out", jobs=1)
    page = options.output / "desk/headlines/index.html"
    build(options)
    assert "Talks fail, sources say</p>" in page.read_text("utf-8")
    explainer = root / "content/explainers/talks.md"
    explainer.write_text(explainer.read_text().replace("Talks fail", "Talks go on & on"))
    assert page.relative_to(options.output).as_posix() in {step.path for step in build(options).plan.write}
    assert "Talks go on &amp; on" in page.read_text("utf-8")
    explainer.write_text(explainer.read_text().replace("Words.", "More words."))
    assert "desk/headlines/index.html" not in {step.path for step in build(options).plan.write}
    settings(root, "")
    build(options)
    assert not page.exists()


def test_a_template_that_pages_of_a_plugin_use_has_an_effect(root, on_path, tmp_path, monkeypatch):
    templates = root / "templates"
    templates.mkdir()
    (templates / "desk.html").write_text("{% extends 'base.html' %}{% block main %}{% include 'desk-line.html' %}{% endblock %}")
    (templates / "desk-line.html").write_text("<p>The desk: {{ page.title }}</p>")
    assert [problem.location.path for problem in told(root, "template-unused")] == ["templates/desk-line.html", "templates/desk.html"]
    listed = importlib.import_module("house_checks").headlines
    desk = [msgspec.structs.replace(page, template="desk.html") for page in listed(None)]  # the family looks at the site in its query only
    monkeypatch.setattr(importlib.import_module("house_checks"), "FAMILIES", (lambda site: desk,))
    assert told(root, "template-unused") == []
    build(Options(root, tmp_path / "out", jobs=1))
    assert "The desk: All headlines" in (tmp_path / "out/desk/headlines/index.html").read_text("utf-8")


def test_a_mark_of_a_plugin_shows_its_words_and_is_told_where_it_is_wrong(root, on_path, tmp_path):
    explainer, options = root / "content/explainers/talks.md", Options(root, tmp_path / "out", jobs=1)
    before = explainer.read_text()
    page = options.output / "explainers/talks/index.html"
    words = '[No *quorum*]{x-term=quorum}, [then [one]{x-term="quorum"} came]{event=vote}.'
    explainer.write_text(before.replace("---\nWords", "timeline: [{2024-01-01: Vote, id: vote}]\n---\nWords") + words)
    build(options)
    html = page.read_text("utf-8")
    span = '<span class="term" title="Half of the members &amp; the chair">'
    assert f'{span}No <em>quorum</em></span> <a href="../../glossary/#quorum">glossary</a>, ' in html
    assert re.search(rf"then {re.escape(span)}one</span> came</a>", html), "no link stands in a link"
    (problem,) = told_of(root, explainer, before + "[Words]{x-term=chair} and [others]{x-term=chair}.", "house-checks/x-term")[:1]
    assert problem.message == "“chair” is not in the glossary of the newsroom."
    assert (problem.location.line, problem.location.column) == (6, 16)
    assert "x-term" in told_of(root, explainer, before + "[Words]{x-trem=quorum}.", "mark-unknown")[0].help
    settings(root, NAMED + "footer: '[A]{x-term=quorum}'\n")
    (problem,) = told_of(root, explainer, before, "span-unknown")
    assert "mark of texts" in problem.message
    settings(root, "")  # a plugin that is not named does nothing
    assert "plugins" in told_of(root, explainer, before + words, "mark-unknown")[0].help


def told_of(root, explainer, text, code):
    explainer.write_text(text)
    return told(root, code)


def test_formats_of_a_plugin_import_and_export(root, on_path, tmp_path, capsys):
    (tmp_path / "a.log").write_text("2024 Of the plugin\n")
    assert cli.main(["import", str(tmp_path / "a.log"), "--root", str(root)]) == cli.FINE
    assert b"Of the plugin" in (root / "content/explainers/log.md").read_bytes()
    (root / "content/explainers/log.md").unlink()
    assert cli.main(["export", "headlines", "-o", "-", "--root", str(root)]) == cli.FINE
    assert "Talks fail, sources say\n" in capsys.readouterr().out
    assert cli.main(["import", ".", "--from", "list", "--root", str(root)]) == cli.FINE
    assert cli.main(["export", "list", "--root", str(root)]) == cli.FINE
    out = capsys.readouterr().out
    assert "a logbook, one entry a line" in out
    assert "the headlines, one a line" in out
    settings(root, "")
    assert cli.main(["export", "headlines", "-o", "-", "--root", str(root)]) == cli.USAGE


def test_a_plugin_publishes(root, on_path, tmp_path, capsys):
    target = f"publish: {{live: {{to: house-checks/shelf, path: {tmp_path / 'live'}}}}}\n"
    settings(root, NAMED + target)
    assert cli.main(["publish", "--no-strict", "--root", str(root)]) == cli.FINE
    assert (tmp_path / "live/explainers/talks/index.html").is_file()
    settings(root, NAMED + target.replace("shelf", "cupboard"))
    assert cli.main(["publish", "--no-strict", "--root", str(root)]) == cli.PROBLEMS
    assert "house-checks/shelf" in capsys.readouterr().err
    settings(root, target)
    assert "which “plugins” does not name" in told(root, "value-unknown")[0].message


def test_another_code_of_a_plugin_makes_the_site_again(root, on_path, tmp_path):
    options = Options(root, tmp_path / "out", jobs=1)
    build(options)
    assert not build(options).plan.write
    before = read_manifest(options.output)
    path = on_path / "house_checks/__init__.py"
    old = path.read_text()
    try:
        path.write_text(old.replace("sources say", "officials say"))
        forget()
        report = build(options)
        assert not [problem for problem in report.diagnostics if problem.code.startswith("house-checks/")]
        assert read_manifest(options.output) != before
        assert "explainers/talks/index.html" in {step.path for step in report.plan.write}
    finally:
        path.write_text(old)


@pytest.mark.parametrize(
    "named, code, words",
    [
        ('plugins: {no-such: "*"}', "plugin-missing", "pip install 'no-such'"),
        ('plugins: {house-checks: ">=2"}', "plugin-version", "1.2.0"),
        ('plugins: {msgspec: "*"}', "plugin-failed", "brings nothing"),
        ("plugins: {house-checks: 1.2}", "value-wrong", ">=1.2,<2"),
        ("plugins: [house-checks]", "not-a-record", "plugins: {"),
        ('plugins: {"a b": "*"}', "value-wrong", "house-checks"),
    ],
)
def test_a_plugin_that_cannot_be_taken_is_told_by_name(root, on_path, named, code, words):
    settings(root, named + "\n")
    (problem,) = told(root, code)
    assert words in problem.message + problem.help
    assert problem.location.line == 2


@pytest.mark.parametrize(
    "source, words",
    [
        ("raise RuntimeError('no')", "RuntimeError: no"),
        ("import sys; sys.exit(3)", "SystemExit"),
        ("RULES = 3", "no mapping"),
        ("RULES = {'words': ()}", "“words”"),
        ("RULES = {'explainers': (lambda site, key: 1 / 0,)}", "ZeroDivisionError"),
        ("RULES = {'explainers': (lambda site, key: ['x'],)}", "TypeError"),
        ("FAMILIES = 3", "no list of functions"),
        ("FAMILIES = [lambda site: 1 / 0]", "ZeroDivisionError"),
        ("FAMILIES = [lambda site: [3]]", "yields Pages, not int"),
        (PAGES.format("a/../b/", "lambda site: 1 / 0"), "is no path of a page"),
        (PAGES.format("a/", "lambda site: 1 / 0"), "failed in its pages “<lambda>”: ZeroDivisionError"),
    ],
)
def test_code_that_fails_is_told_by_name_without_a_traceback(root, tmp_path, monkeypatch, source, words):
    lib = tmp_path / "lib"
    (lib / "house_checks-1.2.dist-info").mkdir(parents=True)
    (lib / "house_checks-1.2.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: house-checks\nVersion: 1.2\n")
    group, name = ("pages", "FAMILIES") if "FAMILIES" in source else ("checks", "RULES")
    (lib / "house_checks-1.2.dist-info/entry_points.txt").write_text(f"[backstory.{group}]\nx = house_checks:{name}\n")
    (lib / "house_checks.py").write_text(source + "\n")
    monkeypatch.syspath_prepend(lib)
    try:
        (problem,) = [problem for problem in build(Options(root, tmp_path / "out", jobs=1)).diagnostics if problem.code == "plugin-failed"]
    finally:
        forget()
    assert "“house-checks”" in problem.message
    assert words in problem.message


def test_no_list_of_ours_changes(on_path):
    found = plugins.active([Plugin("house-checks", "*")])
    assert len(found.rules["explainers"]) == len(plugins.checks.RULES["explainers"]) + 1
    assert [importer.name for importer in found.importers] == ["logbook"]
    forget()
