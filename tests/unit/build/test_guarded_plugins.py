"""Plugins that raise, leave, print or return what they must not: told under their name, in every command, and never a traceback."""

import importlib
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from builder import cli
from builder.build import plugin_values, plugins
from builder.build.pipeline import build
from builder.build.run import Options
from builder.diagnostics import Diagnostic, Location

BEGINS = """import functools, sys
from builder.content.markup.plugin_marks import Mark, UnknownValue
from builder.diagnostics import Diagnostic, Location, TextEdit
from builder.exporting import Exported, Exporter, File
from builder.importing.importer_types import Importer, ImportResult, Record
from builder.model import SpanStyle, Trusted
from builder.pages.page import Page, Query
from builder.pages.site_pages import PlainPageView
from builder.publish.folder import FolderPublisher


def view(site, title="T"):
    return PlainPageView("desk/x/", "../../", "", title, "", Trusted("<p>x</p>"), (), None, (), None, None, False, ())


AT = Location("content/explainers/talks.md", 2, 1)
"""


@pytest.fixture
def house(tmp_path, monkeypatch):
    """Return a function that makes a site with a plugin of this source, which brings `IT` in a group."""

    def make(group, source):
        lib, root = tmp_path / "lib", tmp_path / "site"
        (lib / "house_checks-1.2.dist-info").mkdir(parents=True)
        (lib / "house_checks-1.2.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: house-checks\nVersion: 1.2\n")
        (lib / "house_checks-1.2.dist-info/entry_points.txt").write_text(f"[backstory.{group}]\nx = house_checks:IT\n")
        (lib / "house_checks.py").write_text(f"{BEGINS}{source}\n")
        (root / "content/explainers").mkdir(parents=True)
        target = f"publish: {{live: {{to: house-checks/x, path: {tmp_path / 'live'}}}}}\n" if group == "publishers" else ""
        (root / "content/site.yaml").write_text(f'title: T\nplugins: {{house-checks: "*"}}\n{target}')
        words = "[Some]{x-term=quorum} words." if group == "marks" else "Words."
        (root / "content/explainers/talks.md").write_text(f"---\ntitle: Talks\nsummary: S\npublished: 2024-01-02\n---\n{words}\n")
        (tmp_path / "a.log").write_text("2024 x\n")
        monkeypatch.syspath_prepend(lib)
        forget()
        return root

    yield make
    forget()


def forget():
    sys.modules.pop("house_checks", None)
    plugins.digest_of_files.cache_clear()
    importlib.invalidate_caches()


CHECK = "def rule(site, key):\n    {}\nIT = {{'explainers': (rule,)}}"
PAGES = "def pages(site):\n    {}\nIT = [pages]"
VIEW = "def made(site):\n    {}\ndef pages(site):\n    yield Page('d/', 'page.html', Query(made))\nIT = [pages]"
MARK = "def style(site, value):\n    {}\nIT = Mark('x-term', 'line', style)"
READ = "def read(given, options):\n    {}\nIT = Importer('log', 'line', lambda given: given.name.endswith('.log'), read)"
WRITE = "def write(chosen):\n    {}\nIT = Exporter('headlines', 'line', '.txt', write)"
SENDS = "class IT(FolderPublisher):\n    def {}(self, *given):\n        {}"
LEAVES = {
    "sys.exit(0)": "SystemExit: 0",
    "raise BaseException('x')": "BaseException: x",
    "raise GeneratorExit": "GeneratorExit",
}
"""What ends a program, and how it is told."""

WRONG = [
    *(
        ("checks", CHECK.format(statement), "check", f"failed in its check “rule” of explainers “talks”: {said}.")
        for statement, said in LEAVES.items()
    ),
    ("checks", CHECK.format("yield Diagnostic(3, 'm', AT)"), "check", "its “code” must be str, not int"),
    ("checks", CHECK.format("yield Diagnostic('a', 'm', None)"), "check", "its “location” must be Location, not None"),
    ("checks", CHECK.format("yield Diagnostic('a', 'm', 'content/x.md')"), "check", "must be Location, not str"),
    ("checks", CHECK.format("yield Diagnostic('a', 'm', AT, also=3)"), "check", "its “also” must be tuple, not int"),
    ("checks", CHECK.format("yield Diagnostic('a', 'm', AT, edits=(1,))"), "check", "must be TextEdit, not int"),
    ("checks", CHECK.format("yield Diagnostic('a', 'm', AT, severity='bad')"), "check", "there is no severity “bad”"),
    ("checks", CHECK.format("yield Diagnostic('A b', 'm', AT)"), "check", "“A b” is no code"),
    ("checks", CHECK.format("yield Diagnostic('', 'm', AT)"), "check", "“” is no code"),
    ("checks", CHECK.format("yield Diagnostic('a', 'm', Location('/etc/hostname', 1, 1))"), "check", "no path of a file of the site"),
    ("checks", CHECK.format("yield Diagnostic('a', 'm', Location('../x', 1, 1))"), "check", "no path of a file of the site"),
    ("checks", CHECK.format("yield Diagnostic('a', 'm', AT, edits=(TextEdit('../x', 1, 1, 1, 1, 'y'),))"), "check", "no path of a file"),
    ("checks", CHECK.format("yield Diagnostic('a', 'm', Location('content/x.md', -5, -5))"), "check", "not below 0"),
    ("checks", "class Odd(dict):\n    def values(self):\n        raise ValueError('no')\nIT = Odd()", "check", "ValueError: no"),
    ("check", "IT = {}", "check", "unknown group backstory.check"),
    ("checks]\ny = house_checks:IT\n[backstory.check", "IT = {}", "check", "unknown group backstory.check"),
    *(
        ("pages", of.format(statement), "build", f"failed in its pages “pages”: {said}.")
        for of in (PAGES, VIEW)
        for statement, said in LEAVES.items()
    ),
    ("pages", VIEW.format("return 'x'"), "build", "a record, not str"),
    ("pages", PAGES.format("yield Page('d/x.xml', 'atom.xml', Query(view))"), "build", "has no attribute"),
    ("pages", PAGES.format("yield Page('d/x.png', 'card.png', Query(view))"), "build", "is made of a CardImage"),
    ("pages", PAGES.format("yield Page('d/', 'page.html', Query(lambda site: view(site)))"), "build", "at the top of its module"),
    (
        "pages",
        PAGES.format("yield Page('d/', 'page.html', Query(functools.partial(view, title='x')))"),
        "build",
        "at the top of its module",
    ),
    ("pages", PAGES.format("yield Page(3, 'page.html', Query(view))"), "build", "no attribute 'endswith'"),
    *(
        ("marks", MARK.format(statement), "build", f"failed in its mark “x-term” of “quorum”: {said}.")
        for statement, said in LEAVES.items()
    ),
    ("marks", "IT = Mark('x-term', 'line', 3)", "build", "its “style” must be function, not int"),
    ("marks", "IT = Mark(3, 'line', print)", "build", "its “name” must be str, not int"),
    *(("importers", READ.format(statement), "import", f"the plugin “house-checks” failed: {said}.") for statement, said in LEAVES.items()),
    ("importers", READ.format("return None"), "import", "must be ImportResult, not None"),
    ("importers", READ.format("return ImportResult('T', (3,))"), "import", "must be Record, not int"),
    ("importers", READ.format("return ImportResult('T', (Record('thing', 'a', '1', {}),))"), "import", "no records of the kind “thing”"),
    (
        "importers",
        READ.format("return ImportResult('T', (Record('event', 'a', '1', {'when': 3}),))"),
        "import",
        "“when” must be str, not int",
    ),
    ("importers", READ.format("return 1").replace("'log', ", "'csv', "), "import", "importer “csv”, which Backstory brings already"),
    ("importers", READ.format("return 1").replace("'log', ", "3, "), "import", "its “name” must be str, not int"),
    ("importers", READ.format("return 1").replace("'log', ", "'a b', "), "import", "an importer “a b”"),
    *(("exporters", WRITE.format(statement), "export", f"the plugin “house-checks” failed: {said}.") for statement, said in LEAVES.items()),
    ("exporters", WRITE.format("return None"), "export", "must be Exported, not None"),
    ("exporters", WRITE.format("return Exported(())"), "export", "it has made no file"),
    ("exporters", WRITE.format("return Exported((File('a.txt', 'x'),))"), "export", "its “data” must be bytes, not str"),
    ("exporters", "IT = Exporter('csv', 'line', '.csv', print)", "export", "exporter “csv”, which Backstory brings already"),
    *(
        ("publishers", SENDS.format("send", statement), "publish", f"The plugin “house-checks” failed: {said}.")
        for statement, said in LEAVES.items()
    ),
    ("publishers", SENDS.format("send", "raise ValueError('no')"), "publish", "The plugin “house-checks” failed: ValueError: no."),
    ("publishers", SENDS.format("compare", "return None"), "publish", "must be Changes, not None"),
    ("publishers", SENDS.format("missing", "return None"), "publish", "what “missing” returns must be tuple, not None"),
    ("publishers", "class IT:\n    def __init__(self, *given):\n        1 / 0", "publish", "ZeroDivisionError"),
    ("publishers", "class IT:\n    def __init__(self, *given):\n        pass", "publish", "AttributeError"),
    ("publishers", "IT = 3", "publish", "no class that publishes but int"),
]


def command(kind, root):
    top = root.parent
    words = {
        "import": ("import", str(top / "a.log")),
        "export": ("export", "headlines", "-o", str(top / "out")),
        "publish": ("publish", "--no-strict"),
    }
    return [*words.get(kind, (kind,)), "--root", str(root)]


@pytest.mark.parametrize("group, source, kind, words", WRONG)
def test_code_of_a_plugin_that_goes_wrong_is_told_under_its_name(group, source, kind, words, house, capsys):
    root = house(group, source)
    assert cli.main(command(kind, root)) in {cli.PROBLEMS, cli.USAGE}
    told = "".join(capsys.readouterr())
    assert "“house-checks”" in told
    assert words in told
    assert "Traceback" not in told


@pytest.mark.parametrize("name", ["../x.txt", "{top}/x.txt"])
def test_an_exporter_writes_no_file_outside_of_the_folder_that_is_asked_for(name, house, tmp_path, capsys):
    name = name.format(top=tmp_path)
    root = house("exporters", WRITE.format(f"return Exported((File({name!r}, b'x'), File('b.txt', b'x')))"))
    assert cli.main(command("export", root)) == cli.PROBLEMS
    told = capsys.readouterr().err
    assert f"the plugin “house-checks” failed: ValueError: “{name}” is no name of a file in a folder" in told
    assert "Traceback" not in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.log", "lib", "site"]


def test_a_stop_by_hand_is_one(house):
    assert cli.main(command("check", house("checks", CHECK.format("raise KeyboardInterrupt")))) == cli.INTERRUPTED


PRINTS = "print('noise')"
PRINTING = {
    "as it is loaded": ("checks", f"{PRINTS}\nIT = {{}}", ("check", "--json")),
    "in a check": ("checks", CHECK.format(f"{PRINTS}; return []"), ("check", "--json")),
    "in a family": ("pages", PAGES.format(f"{PRINTS}; yield Page('d/', 'page.html', Query(view))"), ("build", "--json")),
    "in a view": ("pages", VIEW.format(f"{PRINTS}; return view(site)"), ("build", "--json", "--jobs", "2")),
    "in a mark": ("marks", MARK.format(f"{PRINTS}; return SpanStyle('a', '', '', '')"), ("build", "--json")),
    "in a publisher": ("publishers", SENDS.format("send", f"{PRINTS}; super().send(*given)"), ("publish", "--no-strict", "--json")),
}


@pytest.mark.parametrize("name", PRINTING)
def test_what_a_plugin_prints_stands_in_no_report_for_programs(name, house, capfd):
    group, source, words = PRINTING[name]
    root = house(group, source)
    assert cli.main([*words, "--root", str(root)]) == cli.FINE
    told = capfd.readouterr()  # also that of other processes
    assert json.loads(told.out)["version"] == 1
    assert told.err == "noise\n"


def test_what_an_exporter_prints_stands_in_no_export(house, capsys):
    root = house("exporters", WRITE.format(f"{PRINTS}; return Exported((File('a.txt', b'words'),))"))
    assert cli.main(["export", "headlines", "-o", "-", "--root", str(root)]) == cli.FINE
    assert capsys.readouterr().out == "words"


def test_pages_of_a_plugin_are_the_same_by_two_processes(house, tmp_path):
    root = house("pages", VIEW.format("return view(site, str(len(site.explainers)))"))
    made = []
    for jobs in (1, 2):
        build(Options(root, tmp_path / f"out{jobs}", jobs=jobs, cache=False))
        made.append((tmp_path / f"out{jobs}/d/index.html").read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "value, wanted, words",
    [
        (3, int, ""),
        (True, int, "it must be int, not bool"),
        ("a", str | None, ""),
        (None, str | None, ""),
        (3, str | None, "it must be str, not int"),
        (print, Callable[[], None], ""),
        (3, Callable[[], None], "it must be function, not int"),
        (["a"], tuple[str, ...], ""),
        (["a", 3], tuple[str, ...], "one of it must be str, not int"),
        ({"a": ("b",)}, Mapping[str, tuple[str, ...]], ""),
        ({"a": 3}, Mapping[str, str], "it “a” must be str, not int"),
        (object(), Any, ""),
        (Location("a"), Diagnostic, "it must be Diagnostic, not Location"),
        (Location("a", "b"), Location, "its “line” must be int, not str"),
    ],
)
def test_a_value_is_held_against_the_type_that_is_wanted(value, wanted, words):
    assert plugin_values.wrong(value, wanted) == words
