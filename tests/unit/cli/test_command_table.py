"""What is loaded for what: the start is a good part of a short run."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from builder import cli
from builder.cli import command_table
from builder.incremental.small_files import STATE_FOLDER

pytestmark = pytest.mark.slow

PARSERS = {"markdown_it", "mdit_py_plugins"}
RENDERERS = {"jinja2", "markupsafe"}
PROCESSES = {"multiprocessing", "concurrent.futures", "subprocess"}


def loaded(*arguments):
    """Run a command in a process of its own, which must be fine, and return the modules that it loaded."""
    program = (
        f"import sys; from builder.cli import main; code = main({list(map(str, arguments))!r})\n"
        "print('\\n'.join(('code', str(code), *sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    code, *modules = done.stderr.partition("code\n")[2].split()
    assert code == "0", done.stderr
    return set(modules)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["build", "--help"], []], ids=str)
def test_help_loads_no_more_than_the_command_line(arguments):
    modules = loaded(*arguments)
    assert {module for module in modules if module.startswith("builder")} == {
        "builder",
        "builder.cli",
        "builder.cli.arguments",
        "builder.cli.command_table",
    }
    assert not modules & {"msgspec", "yaml", "shtab", "rich", "typing", "json", "datetime", *PARSERS, *RENDERERS, *PROCESSES}


@pytest.fixture
def site(tmp_path):
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/static").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: A site\n")
    (tmp_path / "content/pages/about.md").write_text("---\ntitle: About\n---\nWho *we* are.\n")
    (tmp_path / "content/static/a.txt").write_text("a")
    first = loaded("build", "--root", tmp_path)
    assert first >= PARSERS - {"mdit_py_plugins"}
    assert first >= RENDERERS
    return tmp_path


def test_a_build_that_need_not_parse_loads_no_parser_and_one_that_need_not_render_no_renderer(site):
    (site / "content/static/a.txt").write_text("b")
    modules = loaded("build", "--root", site)
    assert "builder.build.pipeline" in modules
    assert not modules & {*PARSERS, *RENDERERS, *PROCESSES}
    assert (site / "site/a.txt").read_text() == "b"


def test_a_build_that_renders_what_it_need_not_parse_loads_no_parser(site):
    (site / "site/about/index.html").unlink()
    modules = loaded("build", "--root", site)
    assert modules >= RENDERERS
    assert not modules & {*PARSERS, *PROCESSES}


def test_all_is_loaded_where_nothing_is_remembered(site):
    (site / "content/static/a.txt").write_text("c")
    (site / STATE_FOLDER).rename(site / "elsewhere")
    assert "markdown_it" in loaded("build", "--root", site)


def test_every_command_of_the_list_can_be_run():
    for row in command_table.COMMANDS:
        if row.run:
            module, _, function = row.run.partition(":")
            assert callable(getattr(importlib.import_module(f"builder.cli.commands.{module}"), function))


@pytest.mark.parametrize("name", [row.name for row in command_table.COMMANDS])
def test_a_command_alone_is_described_as_among_all(name):
    def described(top):
        return next(action for action in top._actions if action.dest == "command").choices[name].format_help()

    assert described(command_table.parser(name)) == described(command_table.parser())


PLAIN = [["build"], ["build", "--root", "here"], ["build", "--output", "a b", "--root", "../x"], ["build", "--root", "x", "--root", "y"]]


@pytest.mark.parametrize("line", PLAIN, ids=" ".join)
def test_a_plain_line_is_understood_as_any_other(line):
    asked = cli.parse_plain_build(line)
    assert {name: getattr(asked, name) for name in vars(command_table.parser().parse_args(line))} == vars(
        command_table.parser().parse_args(line)
    )


@pytest.mark.parametrize(
    "line",
    [
        *(
            [],
            ["check"],
            ["--root", "x", "build"],
            ["build", "--root"],
            ["build", "--drafts"],
            ["build", "--root=x"],
            ["build", "--roo", "x"],
        ),
        *(
            ["build", "--root", "--output"],
            ["build", "--root", "-x"],
            ["build", "--root", ""],
            ["build", "x", "y"],
            ["build", "--jobs", "1"],
        ),
    ],
    ids=" ".join,
)
def test_a_line_that_is_not_quite_plain_is_left_to_the_grammar(line):
    assert cli.parse_plain_build(line) is None


@pytest.mark.parametrize("path", [".", "x", "x/", "./x", "x//y/./z", "/", "//x", "///x/", "x/../y", "..", "x..y", ""])
def test_paths_are_those_of_pathlib(path, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert cli.absolute_path(path) == str(Path(path).absolute())
