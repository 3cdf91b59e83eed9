"""The documents for developers are true to the tree and short: README, glossary, design notes, CONTRIBUTING and CHANGELOG."""

import functools
import importlib
import re
import sys
import tomllib
from pathlib import Path

import pytest

from builder import __version__
from builder.build.pipeline import Options, load_site
from builder.content import schema
from tests.release import changelog

ROOT = Path(__file__).parents[2]
README = ROOT / "builder/README.md"
GLOSSARY = ROOT / "builder/GLOSSARY.md"
DESIGN_NOTES = sorted((ROOT / "builder/design").glob("*.md"))
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
CHANGELOG = ROOT / "CHANGELOG.md"

PARTS = {path.stem for path in (ROOT / "builder").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
KEYS = {key.name for keys in schema.RECORDS_OF_FORMAT.values() for key in keys}
CODE = re.compile(r"`([^`\n]+)`")


def text(path: Path) -> str:
    return path.read_text("utf-8")


def exists(name: str) -> bool:
    """Return whether a dotted name below `builder` is a module, or something in one, down to the fields of a class."""
    found: object = importlib.import_module("builder")
    module = "builder"
    for part in name.split("."):
        if hasattr(found, part):
            found = getattr(found, part)
        elif isinstance(found, type) and part in getattr(found, "__struct_fields__", ()):
            return True
        else:
            try:
                found = importlib.import_module(f"{module}.{part}")
            except ImportError:
                return False
        module = f"{module}.{part}"
    return True


@pytest.mark.parametrize("name", ["model", "model.Site.quotes", "pages.Page.view", "content.parse.parse"])
def test_a_name_of_the_code_exists(name):
    assert exists(name)


@pytest.mark.parametrize("name", ["survey", "model.Site.quote", "content.values", "pages.Page.view.more"])
def test_a_name_that_the_code_does_not_have_is_seen(name):
    assert not exists(name)


# --- the README and its design notes ------------------------------------------------


def test_the_readme_is_a_tour_of_a_few_minutes():
    assert len(text(README).split()) <= 1800
    assert max(map(len, text(README).splitlines())) <= 200


@pytest.mark.parametrize("path", [README, *DESIGN_NOTES], ids=lambda path: path.stem)
def test_every_name_in_a_document_of_the_code_exists(path):
    assert not [
        name
        for name in CODE.findall(text(path))
        if re.fullmatch(r"[a-z_0-9]+(\.\w+)*", name)
        and name.split(".")[0] in PARTS
        and not name.endswith((".py", ".md"))
        and not exists(name)
    ]


def test_the_explainer_of_the_tour_is_what_the_tour_says(tmp_path):
    path = tmp_path / "content/explainers/ferry.md"
    path.parent.mkdir(parents=True)
    path.write_text(next(block for block in text(README).split("```\n") if block.startswith("---")), "utf-8")
    seen = load_site(Options(tmp_path, tmp_path / "site", jobs=1))
    assert not seen.diagnostics
    ((slug, quote),) = seen.site.said_by["anna-hale"]
    assert seen.site.quotes[slug, quote].via == ("lantern",)
    told = section(text(README), "One explainer, followed")
    assert {f"{name}index.html" for name in re.findall(r"`((?:explainers|actors)/[a-z-]+/)`", told)} <= seen.pages.outputs
    assert "explainers/ferry/data.json" in seen.pages.outputs


def test_every_name_in_the_drawing_exists():
    drawing = text(README).split("```")[1]
    names = [name for name in re.findall(r"[a-z_]+(?:\.[a-z_]+)+|(?<=─)[a-z]+(?=─)", drawing) if name.split(".")[0] in PARTS]
    assert len(names) > 5
    assert not [name for name in names if not exists(name)]


def test_every_module_of_a_package_exists():
    rows = re.findall(r"^\| `([a-z0-9_]+)` \| (.+) \|$", section(text(README), "The packages, in reading order"), re.MULTILINE)
    packages = {package for package, _ in rows}
    assert packages == PARTS - {"__init__", "__main__"}
    folders = {package: ROOT / "builder" / package for package in packages}
    for package, told in rows:
        for name in CODE.findall(told):
            if re.fullmatch(r"[a-z0-9_]+", name):
                assert exists(f"{package}.{name}"), f"{package}: {name}"
            elif name.endswith("/"):
                assert (folders[package] / name).is_dir(), name


@pytest.mark.parametrize("path", [README, CONTRIBUTING, *DESIGN_NOTES], ids=lambda path: path.stem)
def test_every_path_and_make_target_in_a_document_exists(path):
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))
    for name in CODE.findall(text(path)):
        if re.match(r"(builder|content|templates|tests)/", name) and not re.search(r"[*<]|ferry", name):
            assert (ROOT / name).exists(), name
        elif match := re.fullmatch(r"make ([a-z]+)( .*)?", name):
            assert match[1] in targets, name
    for link in re.findall(r"\]\(([^)#:]+)\)", text(path)):
        assert (path.parent / link).exists(), link


def test_the_readme_leads_to_every_design_note():
    assert set(re.findall(r"\]\(design/([a-z-]+)\.md\)", text(README))) == {path.stem for path in DESIGN_NOTES}


def test_the_readme_names_every_folder_of_tests():
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert set(re.findall(r"`tests/([a-z]+)`", section(text(README), "Tests"))) == folders


def section(words: str, title: str) -> str:
    """Return what is below a heading of the second level, up to the next."""
    return words.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_documents_for_developers_are_not_in_the_wheel():
    wheel = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {"builder/*.md", "builder/design"} <= set(wheel["exclude"])


# --- names in docstrings and design notes ------------------------------------------------

DOCSTRING = re.compile(r'"""(.*?)"""', re.DOTALL)
DOTTED = re.compile(r"_?[A-Za-z]\w*(?:\.\w+)+")
FILE_TYPES = {"css", "html", "jpg", "js", "json", "md", "png", "po", "svg", "toml", "txt", "xml", "yaml"}
OTHERS_CODE = {*sys.stdlib_module_names, "distributed", "msgspec", "yaml"}
NOT_IN_THE_CODE = {"Host", "Origin", "ctime", "extends", "backstory.importers", "backstory.marks"}
"""Names of HTTP, of file systems, of Jinja and of entry points."""


@functools.cache
def sources() -> dict[Path, str]:
    return {path: text(path) for path in sorted((ROOT / "builder").rglob("*.py"))}


@functools.cache
def words(path: Path) -> frozenset[str]:
    """Return the words of a module outside its docstrings; for a package, with the names of its modules."""
    beside = path.parent.iterdir() if path.name == "__init__.py" else ()
    return frozenset(re.findall(r"\w+", DOCSTRING.sub("", sources()[path]))) | {path.stem for path in beside}


@functools.cache
def owners() -> dict[str, set[Path]]:
    """Return the modules that a name may mean, by the names of modules, packages and classes."""
    found: dict[str, set[Path]] = {}
    for path, source in sources().items():
        name = path.parent.name if path.name == "__init__.py" else path.stem
        for owner in (name, *re.findall(r"^ *class (\w+)", source, re.MULTILINE)):
            found.setdefault(owner, set()).add(path)
    return found


def is_of_the_code(name: str, path: Path | None) -> bool:
    """Return whether a dotted name is something of ours, of a library, or a file; `path` is the module that names it."""
    owner, member = name.split(".")[-2:]
    if member in FILE_TYPES or name.partition(".")[0] in OTHERS_CODE:
        return True
    if owner in owners():
        return any(member in words(owner) for owner in owners()[owner])
    return path is not None and {owner, member} <= words(path)


def unknown_names(words_of: str, path: Path | None) -> list[str]:
    names = [name for name in CODE.findall(words_of) if DOTTED.fullmatch(name) and name not in NOT_IN_THE_CODE]
    return [name for name in names if not is_of_the_code(name, path)]


def test_every_dotted_name_in_a_docstring_exists():
    found = {path: [name for docs in DOCSTRING.findall(source) for name in unknown_names(docs, path)] for path, source in sources().items()}
    assert not {path.relative_to(ROOT).as_posix(): names for path, names in found.items() if names}


@pytest.mark.parametrize("path", DESIGN_NOTES, ids=lambda path: path.stem)
def test_every_name_in_a_design_note_exists(path):
    assert not unknown_names(text(path), None)
    known = NOT_IN_THE_CODE.union(
        *map(words, sources()), *(re.findall(r"\w+", text(path)) for path in (ROOT / "tests/unit/render").glob("*.py"))
    )
    known |= {path.stem for path in (ROOT / "tests").rglob("*.py")}
    assert not [name for name in CODE.findall(text(path)) if re.fullmatch(r"_?[A-Za-z]\w*", name) and name not in known]


def test_a_name_that_is_gone_is_seen_in_a_docstring():
    assert unknown_names("See `memory.kept`, `plan.why_write` and `site.yaml`.", None) == ["memory.kept"]
    assert unknown_names("See `diagnostics.signs` and `sys.path`.", None) == ["diagnostics.signs"]


# --- the glossary ------------------------------------------------

TERMS = re.findall(r"^- \*\*(.+?)\*\* \(`(.+?)`\): (.+)$", text(GLOSSARY), re.MULTILINE)


def test_the_glossary_fits_a_screen():
    assert len(text(GLOSSARY).splitlines()) <= 60
    assert len(TERMS) == text(GLOSSARY).count("\n- ") > 40


@pytest.mark.parametrize("term, place, definition", [pytest.param(*found, id=found[0]) for found in TERMS])
def test_a_term_of_the_glossary_is_a_name_of_the_code_or_a_key(term, place, definition):
    assert place[:-1] in KEYS if place.endswith(":") else exists(place)
    stem = re.split(r"[ -]", term)[0][:4].lower()
    assert stem in place.lower(), f"“{term}” is not what the code calls it: {place}"
    assert definition.endswith(".")
    assert not re.search(r"\.\s+[A-Z]", definition), "one sentence"


# --- the changelog ------------------------------------------------


def test_the_changelog_keeps_its_form():
    assert list(changelog.problems_of(__version__, text(CHANGELOG))) == []
    unreleased = changelog.sections(text(CHANGELOG))[0]
    assert unreleased.headings == changelog.HEADINGS
    assert not [entry for entry in unreleased.entries if entry[0].islower()]


RIGHT = "# Changelog\n\n## Unreleased\n\n### Fixed\n\n#### Pages\n\n- One line.\n\n## 0.2.0 – 2026-12-01\n\n- A.\n\n## 0.1.0 – 2026-11-29\n\n- B.\n"


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("## Unreleased\n", "## Next\n", "first section"),
        ("### Fixed", "### Mended", "headings"),
        ("### Fixed", "### Fixed\n\n### Added", "headings"),
        ("- One line.", "- One line,\n  and another.", "one line"),
        ("- One line.", f"- {'word ' * 26}", "26 words"),
        ("2026-12-01", "2026-11-01", "newest release"),
        ("2026-12-01", "2026-12-32", "a version and a day"),
        ("0.2.0 – ", "0.2.0 - ", "no section “0.2.0"),
        ("0.2.0", "0.3.0", "no section “0.2.0"),
        ("## 0.2.0 – 2026-12-01", "## 0.3.0 – 2026-12-02\n\n## 0.2.0 – 2026-12-01", "newest section of CHANGELOG.md is 0.3.0"),
    ],
    ids=["first", "heading", "order", "lines", "words", "days", "day", "dash", "missing", "older"],
)
def test_what_is_wrong_with_a_changelog_is_reported(old, new, told):
    assert list(changelog.problems_of("0.2.0", RIGHT)) == []
    assert [problem for problem in changelog.problems_of("0.2.0", RIGHT.replace(old, new, 1)) if told in problem]
