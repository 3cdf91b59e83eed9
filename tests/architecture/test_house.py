"""The rules of the house that no other tool holds."""

import ast
import functools
import importlib
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = ROOT / "pyproject.toml"
MODULES = sorted((ROOT / "builder").rglob("*.py"))
OUR_PYTHON = MODULES + sorted((ROOT / "tests").rglob("*.py"))
PAGE_SOURCES = sorted(
    path
    for folder in ("builder", "templates")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".css", ".html", ".js"} and "vendor" not in path.parts
)
"""Scripts, styles and templates that are ours."""
MOST_LINES = 400
MOST_CHARACTERS = 160


def names(paths):
    return [path.relative_to(ROOT).as_posix() for path in paths]


@functools.cache
def project():
    return tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))


def contract(name):
    return next(found for found in project()["tool"]["importlinter"]["contracts"] if found["id"] == name)


EFFECTS = (
    "__main__",
    "build",
    "cli",
    "content.cleaning",
    "content.copied_files",
    "content.file_details",
    "content.reading",
    "content.source_lines",
    "i18n.catalogues",
    "incremental.store",
    "incremental.parse_cache",
    "incremental.small_files",
    "incremental.template_cache",
    "incremental.toolchain",
    "incremental.up_to_date",
    "link_checker",
    "output.durable",
    "output.edits",
    "output.folders",
    "output.intact",
    "output.mirror",
    "output.regular_files",
    "output.previous",
    "output.swap",
    "output.writer",
    "preview",
    "publish",
    "render.confinement",
    "render.counted_filters",
    "render.counted_parts",
    "render.jinja_env",
    "render.metering",
    "render.picture_resizing",
    "render.rewriting",
    "render.search_index",
    "render.escaping",
    "render.site_environment",
    "render.social_card",
    "render.splice",
    "render.compiled_templates",
    "render.template_compiler",
    "render.expression_compiler",
    "render.template_blocks",
    "render.template_sources",
    "render.templates",
)
"""Modules and packages that may have effects, or run what may."""


def dotted(path):
    """The name of a module below `builder`, without what its package says by itself."""
    parts = path.relative_to(ROOT / "builder").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def stands_in(name, places):
    return any(name == place or name.startswith(f"{place}.") for place in places)


def pure_modules():
    return [module.removeprefix("builder.") for name in ("pure", "importers") for module in contract(name)["source_modules"]]


def faults(paths, find):
    """Return what `find` yields for the text of each file, by the file's name, without those for which it yields nothing."""
    return {name: found for path, name in zip(paths, names(paths), strict=True) if (found := list(find(path.read_text(encoding="utf-8"))))}


def test_every_name_that_a_module_offers_exists():
    offering = [path for path in MODULES if "\n__all__ = " in path.read_text(encoding="utf-8")]
    modules = [
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")) for path in offering
    ]
    assert [(module.__name__, name) for module in modules for name in module.__all__ if not hasattr(module, name)] == []


# --- files ---------------------------------------------------------------------------


def test_a_module_is_short_enough_to_read():
    long = faults(MODULES + PAGE_SOURCES, lambda text: text.splitlines()[MOST_LINES:])
    assert long.keys() == set(), "make each a folder of the same name"


def test_no_line_of_a_script_a_style_or_a_template_is_too_wide():
    assert faults(PAGE_SOURCES, lambda text: [line for line in text.splitlines() if len(line) > MOST_CHARACTERS]) == {}


def modules_in(folder):
    """The names of the modules and packages that stand directly in a folder of `builder`."""
    return {found.stem for found in folder.glob("*.py")} - {"__init__"} | {found.parent.name for found in folder.glob("*/__init__.py")}


UNIT_TESTS = sorted((ROOT / "tests/unit").rglob("test_*.py"))


@pytest.mark.parametrize("path", UNIT_TESTS, ids=names(UNIT_TESTS))
def test_a_unit_test_stands_where_its_module_does(path):
    """`test_MODULE.py`, or `test_MODULE_ASPECT.py` for one aspect of it, in the folder of tests that mirrors the module's; a package's in its own folder, or beside it."""
    package = ROOT / "builder" / path.parent.relative_to(ROOT / "tests/unit")
    subject = path.stem.removeprefix("test_")
    modules = modules_in(package) | {package.name}
    module = max((name for name in modules if f"{subject}_".startswith(f"{name}_")), key=len, default="")
    assert module, sorted(modules)
    aspect = subject.removeprefix(module).removeprefix("_")
    assert aspect not in modules_in(package / module), f"it belongs in {module}/test_{aspect}.py"


def test_every_file_of_tests_is_collected(request):
    passed_over = request.config.getini("norecursedirs")
    folders = {part for path in (ROOT / "tests").rglob("test_*.py") for part in path.relative_to(ROOT).parts[:-1]}
    assert not [folder for folder in folders if any(fnmatch(folder, pattern) for pattern in passed_over)]


def test_the_linter_looks_at_every_module_and_test():
    # A bare name in its list of exclusions also leaves out folders of that name further down.
    ruff = [sys.executable, "-m", "ruff", "check", "--show-files", "builder", "tests"]
    seen = {Path(line) for line in subprocess.run(ruff, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()}
    assert [path for path in OUR_PYTHON if path not in seen and not path.is_relative_to(ROOT / "tests/cases")] == []


def test_every_file_is_named_for_what_is_in_it():
    vague = {"common", "helper", "helpers", "misc", "stuff", "tools", "util", "utils"}
    assert not [path for path in names(OUR_PYTHON) if Path(path).stem in vague or vague & set(Path(path).parts)]


# --- purity, where import contracts do not reach ---------------------------------------

IMPURE_CALLS = {"breakpoint", "eval", "exec", "exit", "input", "open", "print", "__import__"}
CLOCKS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today")}


MAYBE_IMPURE = re.compile(rf"\b(?:{'|'.join([*IMPURE_CALLS, *{name for _, name in CLOCKS}, 'pathlib', 'urllib'])})\b")


def impurities(source):
    """Yield what a pure module may not do: read the clock, touch the disk, print, leave."""
    if not MAYBE_IMPURE.search(source):  # Most have none of these words, and parsing all takes seconds.
        return
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                yield f"line {node.lineno}: {name}()"
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name)) if (owner, name) in CLOCKS:
                yield f"line {node.lineno}: {owner}.{name}()"
            case ast.Import(names=aliases) if any(alias.name == "pathlib" for alias in aliases):
                yield f"line {node.lineno}: import pathlib: take PurePosixPath from it"
            case ast.Import(names=aliases) if any(alias.name == "urllib.request" for alias in aliases):
                yield f"line {node.lineno}: import urllib.request"
            case ast.ImportFrom(module="urllib.request"):
                yield f"line {node.lineno}: from urllib.request"
            case ast.ImportFrom(module="urllib", names=aliases) if any(alias.name == "request" for alias in aliases):
                yield f"line {node.lineno}: from urllib import request"
            case ast.ImportFrom(module="pathlib", names=aliases) if any(not alias.name.startswith("Pure") for alias in aliases):
                yield f"line {node.lineno}: a pathlib.Path reaches the disk"


PURE = [path for path in MODULES if stands_in(dotted(path), pure_modules())]


def test_a_pure_module_does_nothing_but_compute():
    assert faults([path for path in PURE if dotted(path) != "i18n.language"], impurities) == {}  # That one reads its own catalogues.


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "open('x')",
        "import pathlib",
        "from pathlib import Path",
        "from urllib import request",
        "datetime.now()",
        "datetime.datetime.now()",
        "date.today()",
    ],
)
def test_impurity_is_seen(source):
    assert list(impurities(source))


def test_what_is_pure_is_let_through():
    assert not list(impurities("from pathlib import PurePosixPath\ndocument.open()\nprinted = date(2022, 1, 28)"))


def test_each_module_is_pure_or_named_among_those_with_effects():
    for path in MODULES:
        name = dotted(path)
        only_imports = path.name == "__init__.py" and not stands_in(name, pure_modules()) and not stands_in(name, EFFECTS)
        if not only_imports:
            assert stands_in(name, pure_modules()) != stands_in(name, EFFECTS), name
        else:
            assert not re.search(r"^(def|class) ", path.read_text(encoding="utf-8"), re.MULTILINE), name


def test_the_package_has_at_most_twenty_two_parts():
    parts = {path.relative_to(ROOT / "builder").parts[0] for path in MODULES} - {"__init__.py"}
    assert len(parts) <= 22, sorted(parts)


# --- tests take the public road --------------------------------------------------------------


MAYBE_PRIVATE = re.compile(r"(?<!\w)_(?!_)\w")


def private_names(source):
    """Yield what a test takes of `builder` that is private: names with an underscore that it imports, asks for or replaces."""
    if not MAYBE_PRIVATE.search(source):  # Many have no such word, and parsing all takes seconds.
        return
    nodes = list(ast.walk(ast.parse(source)))
    ours, others = set(), {"self", "cls", ""}
    for node in nodes:
        match node:
            case ast.ImportFrom(module=str(module), names=aliases) if module.partition(".")[0] == "builder":
                ours |= {alias.asname or alias.name for alias in aliases}
                yield from (f"line {node.lineno}: {alias.name}" for alias in aliases if is_private(alias.name))
            case ast.Import(names=aliases):
                ours |= {"builder" for alias in aliases if alias.name.partition(".")[0] == "builder"}
                others |= {alias.name.partition(".")[0] for alias in aliases} - {"builder"}
            case ast.ImportFrom(names=aliases):
                others |= {alias.asname or alias.name for alias in aliases}
    for node in nodes:
        match node:
            case ast.Attribute(value=owner, attr=name) if is_private(name) and root_of(owner) not in others:
                yield f"line {node.lineno}: {name}"
            case ast.Call(args=[first, ast.Constant(value=str(name)), *_]) if is_private(name) and root_of(first) in ours:
                yield f"line {node.lineno}: {name}"
            case ast.Constant(value=str(text)) if re.fullmatch(r"builder(\.\w+)*\._[a-z]\w*", text):
                yield f"line {node.lineno}: {text}"


OF_OTHERS = {
    "_actions": "argparse has no public way to the parser of one command",
    "_p": "python-docx has no public way to the XML of a paragraph",
}
"""Private names of libraries, each with its reason."""


def is_private(name):
    return name.startswith("_") and not name.startswith("__") and name not in OF_OTHERS


def root_of(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


TESTS = sorted((ROOT / "tests").rglob("*.py"))


def test_a_test_takes_nothing_private():
    assert faults(TESTS, private_names) == {}


@pytest.mark.parametrize(
    "source",
    [
        "from builder.urls import _slug",
        "from builder import urls\nurls._slug('x')",
        "from builder.publish import git\nmonkeypatch.setattr(git.GitPublisher, '_tip', None)",
        "patch('builder.urls._slug')",
    ],
)
def test_a_private_name_is_seen(source):
    assert list(private_names(source))


# --- exceptions have reasons -------------------------------------------------------------


def test_every_rule_that_ruff_ignores_has_its_reason():
    lines = PYPROJECT.read_text(encoding="utf-8").splitlines()
    start, end = lines.index("ignore = ["), lines.index("[tool.ruff.lint.mccabe]")
    exceptions = [line for line in lines[start:end] if re.search(r'"[A-Z]+\d*"', line)]
    assert len(exceptions) > 20
    assert not [line for line in exceptions if not re.search(r"# [\w`].* .*\.$", line)]


NOQA = re.compile(r"# noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*[ :–—-]+\w+\W.*\w")
IGNORED_TYPE = re.compile(r"# type: ignore\[[\w-]+(, ?[\w-]+)*\]  # \w.*\w")


def unreasoned(source):
    """Yield the lines that silence a tool without a rule's name and a reason."""
    for line in source.splitlines():
        if re.search(r"#\s*(ruff: *|flake8: *)?noqa", line) and not NOQA.search(line):
            yield line
        if re.search(r"#\s*type:\s*ignore", line) and not IGNORED_TYPE.search(line):
            yield line
        if re.search(r"#\s*(fmt|mypy):\s*(off|skip|ignore)", line):
            yield line


def test_whoever_silences_a_tool_says_why():
    assert faults([path for path in OUR_PYTHON if path != Path(__file__)], unreasoned) == {}


@pytest.mark.parametrize(
    "line", ["x  # noqa", "x  # noqa: S101", "x  # type: ignore", "x  # type: ignore[arg-type]", "# ruff: noqa: F401", "x  # fmt: skip"]
)
def test_silencing_without_a_reason_is_seen(line):
    assert list(unreasoned(line))


@pytest.mark.parametrize("line", ["x  # noqa: BLE001 – a bug is told as a bug", "x  # type: ignore[arg-type]  # the stub is wrong", "noqa"])
def test_silencing_with_a_reason_is_let_through(line):
    assert not list(unreasoned(line))


# --- nothing of one machine in the repository ------------------------------------------------

# Written so that this file does not find itself.
HOSTS = tuple(".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("deb", "debian", "org")))
MACHINE = re.compile(r"(?<![\w.~\-])/(?:work|root|tmp|home/\w+|Users/\w+)/|\b[A-Z]:\\Users|\.\./" + "shared" + r"\b")


def tracked():
    """The text files of the repository; where there is no git, what was unpacked from a source archive."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)]
    for path in paths:
        if path.is_file() and not path.is_symlink():
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_names_a_registry_or_a_place_on_one_machine():
    found = []
    for path, text in tracked():
        # Most files hold none of these, and a whole text is searched faster than its lines.
        if not any(host in text for host in HOSTS) and not MACHINE.search(text):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if any(host in line for host in HOSTS) or MACHINE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert not found


@pytest.mark.parametrize("line", ["cd /ro" + "ot/x", "see ../sh" + "ared/x", "'/tm" + "p/x'"])
def test_a_place_on_one_machine_is_seen(line):
    assert MACHINE.search(line)


# --- locks ---------------------------------------------------------------------------------


def pins(lock):
    """The pinned versions of a lock, by name; each must have a hash."""
    entries = re.split(r"\n(?=[a-z])", (ROOT / "builder" / "locks" / lock).read_text(encoding="utf-8"))
    found = {}
    for entry in entries:
        if match := re.match(r"([\w.-]+)==(\S+)", entry):
            assert "--hash=sha256:" in entry, entry
            found[canonicalize_name(match[1])] = match[2]
    return found


def wanted(lock):
    told = project()
    groups = ["build"] if lock == "run.txt" else ["build", "test"]
    return [Requirement(text) for text in [*told["project"]["dependencies"], *(r for g in groups for r in told["dependency-groups"][g])]]


@pytest.mark.parametrize("lock", ["run.txt", "test.txt"])
def test_the_locks_keep_to_the_ranges(lock):
    pinned = pins(lock)
    assert not [
        str(asked) for asked in wanted(lock) if not asked.specifier.contains(pinned.get(canonicalize_name(asked.name), "0.dev0"))
    ], "run make lock"


def test_the_tests_run_with_what_the_site_is_built_with():
    assert pins("run.txt").items() <= pins("test.txt").items()


OF_PLUGINS = "plugins import it from `importing` or `exporting`"
OF_TEMPLATES = "the reference of templates names it"
SHARED_CLASS_NAMES = {
    "File": OF_PLUGINS,
    "Missing": "one idea: a library that an extra of Backstory has",
    "Picture": OF_PLUGINS,
    "Point": OF_TEMPLATES,
    "Record": OF_PLUGINS,
    "Ref": OF_PLUGINS,
    "Span": OF_TEMPLATES,
}
"""Names of public classes that two modules have, each with its reason."""


def test_no_two_public_classes_have_one_name():
    modules: dict[str, list[Path]] = {}
    for path in MODULES:
        for name in re.findall(r"^class ([A-Za-z]\w*)", path.read_text(encoding="utf-8"), re.MULTILINE):
            modules.setdefault(name, []).append(path)
    twice = {name: found for name, found in modules.items() if len(found) > 1}
    assert twice.keys() == SHARED_CLASS_NAMES.keys()
    assert {len(found) for found in twice.values()} == {2}
