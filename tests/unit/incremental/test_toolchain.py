import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from builder.content import reading
from builder.incremental import toolchain

pytestmark = pytest.mark.slow

ROOT = Path(toolchain.__file__).parents[2]
# What importers read with decides on files that authors then have as their own; but tables that stay masters are read at each build.
IMPORTS = {"bibtexparser", "icalendar", "mammoth", "selectolax"}
DONE_WITHOUT = {"opencc"}
"""Optional libraries that no test installs."""

DECIDES_ON_NO_BYTES = {
    "brotli",
    "distributed",
    "filelock",
    "h11",
    "obstore",
    "paramiko",
    "python-docx",
    "rich",
    "shtab",
    "watchdog",
    "webdav4",
    *IMPORTS,
}


def name(requirement):
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def requirements(library):
    """Return what a library needs; nothing for one that tests do without."""
    try:
        return importlib.metadata.requires(library) or ()
    except importlib.metadata.PackageNotFoundError:
        assert library in DONE_WITHOUT
        return ()


def test_every_dependency_is_in_the_list_or_decides_on_no_bytes():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    given = {
        name(requirement)
        for requirement in (
            *project["dependencies"],
            *(message for extra in project["optional-dependencies"].values() for message in extra if not message.startswith("backstory[")),
        )
    }
    needed = {
        name(requirement)
        for library in toolchain.LIBRARIES
        for requirement in requirements(library)
        if "extra ==" not in requirement and requirement
    }
    assert given - DECIDES_ON_NO_BYTES <= set(toolchain.LIBRARIES)
    assert needed <= set(toolchain.LIBRARIES)
    assert set(toolchain.LIBRARIES) <= given | needed


def test_versions_are_those_that_are_installed():
    found = toolchain.versions()
    installed = {
        distribution.metadata["Name"].lower().replace("_", "-"): distribution.version for distribution in importlib.metadata.distributions()
    }
    assert {library: found[library] for library in toolchain.LIBRARIES} == {
        library: installed.get(library, "") for library in toolchain.LIBRARIES
    }
    assert {library for library in toolchain.LIBRARIES if not found[library]} <= DONE_WITHOUT


@pytest.mark.parametrize(
    "entry, version",
    [
        ("PyYAML-6.0.egg-info", "6.0"),
        ("pyyaml-5.1-py3.11.egg-info", "5.1"),
        ("PyYAML-7.0rc1.dist-info", "7.0rc1"),
        ("yaml-1.dist-info", ""),
    ],
)
def test_a_release_is_read_off_the_name_of_its_folder(tmp_path, monkeypatch, entry, version):
    (tmp_path / entry).mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "gone")])
    assert toolchain.versions()["pyyaml"] == version


@pytest.mark.parametrize("library", toolchain.LIBRARIES)
def test_another_version_of_a_library_is_another_toolchain(tmp_path, monkeypatch, library):
    before = toolchain.digest()
    monkeypatch.setattr(toolchain, "known_digest", "")
    (tmp_path / f"{library.replace('-', '_')}-99.0.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert toolchain.digest() != before


def test_code_is_known_by_where_it_lies_and_what_stands_in_it(tmp_path):
    def digest(folder, files):
        for name, text in files.items():
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_text(text, "utf-8")
        return toolchain.digest_of_code(str(tmp_path / folder))

    first = digest("first", {"a.py": "one", "b/c.py": "two"})
    assert first == digest("elsewhere", {"a.py": "one", "b/c.py": "two"})
    others = ({"a.py": "one", "b/d.py": "two"}, {"a.py": "one", "c.py": "two"}, {"a.py": "onet", "b/c.py": "wo"}, {"a.py": "one"})
    assert first not in {digest(f"other-{n}", files) for n, files in enumerate(others)}


def upgraded(folder, library, package, file, old, new):
    """Lay another release of a library, which reads or writes differently, in front of the one that is installed."""
    info = importlib.metadata.distribution(library)
    shutil.copytree(info.locate_file(package), folder / package)
    (folder / f"{library.replace('-', '_')}-99.0.dist-info").mkdir()
    source = folder / package / file
    text = source.read_text("utf-8")
    assert text.count(old) == 1
    source.write_text(text.replace(old, new), "utf-8")


HEADING = 'token = state.push("heading_open", "h" + str(level), 1)'
JOIN = "    # no automatic escaping?"


@pytest.mark.parametrize(
    "library, package, file, old, new",
    [
        ("markdown-it-py", "markdown_it", "rules_block/heading.py", HEADING, HEADING.replace("str(level)", "str(level + 1)")),
        ("jinja2", "jinja2", "filters.py", JOIN, "    d = d + ' '\n" + JOIN),
    ],
    ids=["markdown-it-py", "jinja2"],
)
def test_after_an_upgrade_a_build_is_the_clean_one(tmp_path, library, package, file, old, new):
    shutil.copytree(reading.STARTER, tmp_path / "site")
    with (tmp_path / "site/content/explainers/lighthouse.md").open("a", encoding="utf-8") as text:
        text.write("\n## A heading\n\nMore.\n")
    upgraded(tmp_path / "upgrade", library, package, file, old, new)

    def build(output, *more, path=""):
        command = [sys.executable, "-m", "builder", "build", "--root", str(tmp_path / "site"), "--output", str(tmp_path / output), *more]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (path, str(ROOT)))), "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run(command, check=True, capture_output=True, env=environment, cwd=tmp_path)
        return {path.relative_to(tmp_path / output): path.read_bytes() for path in (tmp_path / output).rglob("*") if path.is_file()}

    new_libraries = str(tmp_path / "upgrade")
    before = build("out")
    clean = build("clean", "--no-cache", path=new_libraries)
    assert clean != before
    assert build("out", path=new_libraries) == clean
    assert build("out") == before, "and going back is an upgrade too"
