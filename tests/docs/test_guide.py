"""The guide says what the code does: every key, message, option, date and variable stands in it, none that does not exist, and its examples work."""

import argparse
import ast
import functools
import importlib
import pkgutil
import re
import shlex
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

import builder.pages
from builder import cli, dates
from builder.build.pipeline import Options, build, load_site
from builder.cli import command_table
from builder.cli.commands.init import init
from builder.content import frontmatter, markup, schema, settings
from builder.content.fields import Reader
from builder.content.parse import parse
from builder.diagnostics import CODES, Diagnostic
from builder.diagnostics.codes import ALL
from builder.exporting import EXPORTERS
from builder.i18n import language
from builder.model import Quote, Trusted
from builder.pages.page import SiteView
from tests.docs.guide_text import CHAPTERS, CODE, COVER, FOLDERS, GUIDE, PROBLEMS, ROOT, Part, front_and_body, parts, site_with, with_quotes

# --- reading a chapter ------------------------------------------------


def part(name: str, title: str) -> Part:
    found = [part for part in parts(GUIDE / f"{name}.md") if part.title == title]
    assert len(found) == 1, f"{name}.md must have one heading “{title}”"
    return found[0]


def told(problems: tuple[Diagnostic, ...] | list[Diagnostic]) -> list[str]:
    return [f"{problem.location}: {problem.message} [{problem.code}]" for problem in problems]


# --- the cover ------------------------------------------------


def test_the_cover_lists_every_chapter_in_its_order():
    listed = re.findall(r"\]\(guide/([a-z-]+)\.md\)", part_of_cover("Where to begin").rows_as_text())
    orders = {}
    for name in CHAPTERS:
        fields = {key.value: value for key, value in front_and_body(GUIDE / f"{name}.md").fields.items}
        orders[name] = int(fields["order"].value)
    assert listed == sorted(CHAPTERS, key=orders.__getitem__)
    assert len(set(orders.values())) == len(orders)


def part_of_cover(title: str) -> "CoverPart":
    return next(CoverPart(part.title, part.level, part.tokens) for part in parts(COVER) if part.title == title)


class CoverPart(Part):
    def rows_as_text(self) -> str:
        return "\n".join(" | ".join(row) for row in self.rows())


def test_no_chapter_names_the_machine_that_it_was_written_on():
    for path in (COVER, *GUIDE.glob("*.md")):
        assert not re.search(r"/(?:home|root|tmp|work|Users)/", path.read_text("utf-8")), path


# --- the keys of the format ------------------------------------------------

PLACES = {
    "explainer": ("explainer", "Every key of an explainer"),
    "in_short": ("explainer", "Every key of “In short”"),
    "image": ("explainer", "Every key of a picture"),
    "update": ("explainer", "Every key of an update"),
    "correction": ("explainer", "Every key of a correction"),
    "actor": ("actors", "Every key of an actor"),
    "position": ("actors", "Every key of a position"),
    "quote": ("quotes", "Every key of a quote"),
    "translation": ("quotes", "Every key of a translation"),
    "event": ("timeline", "Every key of an event"),
    "status": ("timeline", "Every key of a step in the history"),
    "relative_date": ("dates", "Every key of a relative date"),
    "source": ("sources", "Every key of a source"),
    "page": ("pages-and-settings", "Every key of a page"),
    "site": ("pages-and-settings", "Every key of the settings"),
    "nav": ("pages-and-settings", "Every key of a navigation entry"),
    "target": ("publishing", "Every key of a target"),
    "override": ("checking", "Every key of an entry of problems"),
    "style": ("checking", "Every key of the file of the house style"),
    "style_rule": ("checking", "Every key of a rule of style"),
}
"""Record → chapter and heading."""

TAKES = {
    schema.TEXT: "A text.",
    schema.MARKDOWN: "A line of Markdown.",
    schema.TEXTS: "A text, or a list of texts.",
    schema.ID: "An id.",
    schema.IDS: "An id, or a list of ids.",
    schema.NAME: "An id, or plain words.",
    schema.NAMES: "An id or plain words, or a list of these.",
    schema.DATE: "A date.",
    schema.URL: "An address.",
    schema.LANGUAGE: "A language tag, such as `en` or `pt-BR`.",
    schema.YES_NO: "Yes or no.",
    schema.NUMBER: "A whole number.",
    schema.CODE: "The code of a problem.",
    schema.RECORD: "A record.",
    schema.RECORDS: "Records.",
    schema.PROPOSALS: "Proposals.",
    schema.COORDINATES: "Latitude and longitude.",
    schema.VERSIONS: "Names with versions.",
}
"""How the guide begins to tell of a key."""

RECORDS = sorted(schema.RECORDS_OF_FORMAT)


def test_every_record_has_its_place_in_the_guide():
    assert sorted(PLACES) == RECORDS
    for name in CHAPTERS:
        for part in parts(GUIDE / f"{name}.md"):
            if part.title.startswith("Every key of"):
                assert (name, part.title) in PLACES.values()


@pytest.mark.parametrize("record", RECORDS)
def test_the_guide_has_every_key_of_a_record_and_no_other(record):
    assert sorted(part(*PLACES[record]).definitions()) == sorted(key.name for key in schema.RECORDS_OF_FORMAT[record])


def begins(key: schema.Key) -> str:
    if key.takes != schema.CHOICE:
        return TAKES[key.takes] + (" Required." if key.required else "")
    options = [f"`{option}`" for option in key.options]
    return f"{', '.join(options[:-1])} or {options[-1]}." + (" Required." if key.required else "")


@pytest.mark.parametrize("record", RECORDS)
def test_the_guide_tells_what_a_key_takes(record):
    for key, words in part(*PLACES[record]).definitions().items():
        known = schema.BY_NAME[record][key]
        assert words.startswith(begins(known) + " "), f"{key} must begin: {begins(known)}"
        assert known.required or "Required." not in words, key


@pytest.mark.parametrize("record", RECORDS)
def test_the_example_of_a_key_is_read_without_a_problem(record):
    for key, words in part(*PLACES[record]).definitions().items():
        examples = [code for code in CODE.findall(words) if code.startswith(f"{key}:")]
        assert examples, f"“{key}” of {record} needs an example"
        for example in examples:
            fields, problems = frontmatter.load(example, path="guide")
            reader = Reader("guide")
            reader.record(fields, record, whole=False)
            assert not told([*problems, *reader.problems])


def test_the_guide_names_the_languages_of_the_interface():
    tags = {path.stem for path in (ROOT / "builder/i18n/catalogues").glob("*.po")}
    assert set(re.findall(r"\(`([a-z-]+)`\)", part(*PLACES["site"]).definitions()["language"])) == tags


# --- examples ------------------------------------------------

OUR_INFOS = {"yaml", "markdown", ""}


def examples(language_: str) -> Iterator[tuple[str, list[str], str]]:
    """Yield chapter, words after the language, and text of each example that is meant to be right."""
    for name in CHAPTERS:
        for part in parts(GUIDE / f"{name}.md"):
            for info, text in part.fences():
                first, *rest = info.split() or [""]
                assert first in OUR_INFOS, f"{name}.md: ```{info}"
                if first == language_ and not {"wrong", "right"} & set(rest):
                    yield name, rest, text


def file_of(kind: str, text: str) -> str:
    """Return a whole content file: `text` as it is, or with what a fragment of an explainer's front matter leaves out."""
    if text.startswith("---\n"):
        return text
    fields, _ = frontmatter.load(text, path="guide")
    given = {key.value for key, _ in fields.items}
    if kind == "explainer":
        text = "".join(line for line in ("title: Ferry\n", "published: 2025-10-16\n") if line.partition(":")[0] not in given) + text
    return f"---\n{text}---\n"


YAML = [pytest.param(rest, text, id=f"{name}-{n}") for n, (name, rest, text) in enumerate(examples("yaml"))]


@pytest.mark.parametrize("rest, text", YAML)
def test_an_example_of_front_matter_is_read_without_a_problem(rest, text):
    kind = next((word for word in rest if word in {*FOLDERS, "site", "style"}), "explainer")
    assert set(rest) <= {kind, "whole"}
    if kind == "style":
        assert not told(settings.read_style(text.encode())[1])
        return
    if kind == "site":
        fields, _ = frontmatter.load(text, path="guide")
        if not any(key.value == "title" for key, _ in fields.items):
            text = f"title: Ferry\n{text}"
        assert not told(settings.read(text.encode())[1])
        return
    whole = with_quotes(kind, file_of(kind, text))
    assert not told(parse(f"content/{FOLDERS[kind]}/example.md", whole.encode()).diagnostics)


TEXTS = [pytest.param(text, id=f"{name}-{n}") for n, (name, _, text) in enumerate(examples("markdown"))]


@pytest.mark.parametrize("text", TEXTS)
def test_an_example_of_a_text_is_read_without_a_problem(text):
    assert not told(markup.read(text, path="guide", marks=True)[1])


def test_the_first_explainer_is_made_as_the_chapter_says(tmp_path, monkeypatch):
    article, more = (text for name, _, text in examples("markdown") if name == "first-explainer")
    (shown,) = (text for name, rest, text in examples("yaml") if name == "first-explainer" and "whole" in rest)
    assert init(tmp_path / "my-site") == cli.FINE
    monkeypatch.chdir(tmp_path / "my-site")
    Path("article.md").write_text(article, "utf-8")
    assert cli.main(["draft", "article.md", "--own", "--published", "2025-10-22"]) == cli.FINE
    monkeypatch.setattr("builtins.input", lambda _: "a")
    assert cli.main(["annotate", "will-the-bakery-reopen"]) == cli.FINE
    made = Path("content/explainers/will-the-bakery-reopen.md")
    assert made.read_text("utf-8").rstrip() == shown.rstrip()
    draft = build(Options(Path(), Path("site"), drafts=True, jobs=1))
    assert not told(draft.diagnostics)
    written = re.sub("status: draft.*\n", "", made.read_text("utf-8"))
    made.write_text(f"{written.rstrip()}\n\n{more}", "utf-8")
    report = build(Options(Path(), Path("site"), jobs=1))
    assert not told(report.diagnostics)
    explainer = parse("content/explainers/will-the-bakery-reopen.md", made.read_bytes()).explainer
    assert (len(explainer.quotes), len(explainer.timeline)) == (6, 1)


def test_the_guide_itself_has_no_problem(tmp_path):
    loaded = load_site(Options(ROOT, tmp_path, jobs=1, cache=False))
    assert not told([problem for problem in loaded.diagnostics if problem.location.path.startswith("content/pages/guide")])


@pytest.mark.parametrize("name", [exporter.name for exporter in EXPORTERS])
def test_the_guide_has_a_row_for_each_format_of_export(name):
    assert f"\n| `{name}` | " in (GUIDE / "exporting.md").read_text("utf-8")


# --- problems ------------------------------------------------

TELLERS = ("Diagnostic", "error", "warning", "problem", "_problem", "_warning")
"""Functions that make a problem, from its code as their first argument."""

NOT_SHOWN = {
    "encoding": "bytes, not words",
    "file-name": "bytes, not words",
    "file-details": "bytes, not words",
    "sample-published": "a note of check and publish, not a problem of the text",
    "file-not-a-file": "the disk",
    "file-outside": "the disk",
    "file-too-large": "the disk",
    "file-scripts": "a file that is copied",
    "file-reordered": "a file that is copied",
    "file-unreadable": "the disk",
    "file-unused": "the disk",
    "id-alike": "two records",
    "title-shared": "two files",
    "images-library": "what is installed",
    "path-twice": "two files",
    "picture-unreadable": "a picture",
    "pictures-whole": "what is installed",
    "quote-not-in-source": "two files",
    "records-disagree": "two files",
    "row-left-out": "a table",
    "row-no-id": "a table",
    "table-unread": "a table",
    "template-dynamic": "a template",
    "template-failed": "a template",
    "template-missing": "a template",
    "template-name": "a template",
    "template-syntax": "a template",
    "template-unsafe": "a template",
    "template-unused": "a template",
    "theme-incomplete": "a template",
    "too-deep": "too long for an example",
    "too-long": "too long for an example",
    "archive-missing": "needs the net",
    "link-outside-dead": "needs the net",
    "link-outside-moved": "needs the net",
    "link-outside-unknown": "needs the net",
    "yaml-too-deep": "too long for an example",
    "yaml-too-large": "too long for an example",
}
"""Codes without an example that is tried out, and why."""


@functools.cache
def codes() -> dict[str, set[str]]:
    """Return every code in the source, with the severities that are said where it is told: none where `CODES` decides."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "builder").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            code = node.args[0]
            if name not in TELLERS or not isinstance(code, ast.Constant) or not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", str(code.value)):
                continue
            words = {ast.unparse(value).rpartition(".")[2] for value in (*node.args, *(keyword.value for keyword in node.keywords))}
            said = {severity.lower() for severity in ("ERROR", "WARNING") if severity in words} | (
                {"warning"} if "warning" in name else set()
            )
            found.setdefault(str(code.value), set()).update(said)
    return found


def test_the_list_of_codes_has_every_code_that_is_told_and_no_other():
    assert len(codes()) > 40
    assert sorted(codes()) == sorted(CODES)
    assert len(ALL) == len(CODES)


def test_nobody_says_another_severity_than_the_list_of_codes():
    assert [code for code, said in codes().items() if said - {CODES[code].severity}] == []


def test_every_code_is_in_the_guide_and_no_other():
    assert list(PROBLEMS) == list(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_guide_has_the_severity_of_a_code(code):
    first = next(token.content for token in PROBLEMS[code].tokens if token.type == "inline" and token.content != code)
    assert first.startswith(f"**{CODES[code].severity.capitalize()}.** "), first


@pytest.mark.parametrize("code", ALL, ids=lambda code: code.name)
def test_a_code_is_told_in_one_line(code):
    assert re.fullmatch(r"[A-Z].{10,90}\.", code.about)


def test_the_guide_lists_what_cannot_be_lowered():
    listed = CODE.findall(part("checking", "What cannot be lowered").text())
    assert sorted(listed) == sorted(code.name for code in ALL if code.fixed)


LATER = 3_000 * 365
"""A day, counted as dates are, on which every example but one from far ahead has been."""

SHOWN = [
    pytest.param(code, which, info.split(), text, id=f"{code}-{which}")
    for code in sorted(PROBLEMS)
    for info, text in PROBLEMS[code].fences()
    for which in ("wrong", "right")
    if which in info.split()
]


def test_every_code_that_can_be_shown_is():
    shown = {(case.values[0], case.values[1]) for case in SHOWN}
    expected = {(code, which) for code in set(CODES) - set(NOT_SHOWN) for which in ("wrong", "right")}
    assert sorted(expected - shown) == []
    assert set(NOT_SHOWN) <= set(CODES)


@pytest.mark.parametrize("code, which, info, text", SHOWN)
def test_a_wrong_example_is_told_and_a_right_one_is_not(code, which, info, text, tmp_path):
    for path, content in site_with(info, text).items():
        if content:
            (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "content" / path).write_text(content, "utf-8")
    report = load_site(Options(tmp_path, tmp_path / "site", jobs=1, day=LATER))
    if which == "wrong":
        assert code in {problem.code for problem in report.diagnostics}, told(report.diagnostics)
    else:
        assert not told(report.diagnostics)


# --- commands ------------------------------------------------


def commands() -> dict[str, argparse.ArgumentParser]:
    for action in command_table.parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError


COMMANDS = commands()


def test_every_command_is_in_the_guide_and_no_other():
    titles = [part.title for part in parts(GUIDE / "commands.md") if part.level == 2]
    assert titles == [*COMMANDS, "Exit codes"]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_of_a_command_is_in_the_guide_and_no_other(command):
    options, positionals = set(), []
    for action in COMMANDS[command]._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        if action.option_strings:
            options.add(action.option_strings[-1] + (f" {action.metavar}" if action.metavar else ""))
        else:
            positionals.append(action)
    about = part("commands", command)
    assert set(about.definitions()) == options
    for action in positionals:
        for word in action.choices or [action.metavar or action.dest.upper()]:
            assert word in about.text(), word


def test_the_options_of_backstory_itself_are_in_the_guide():
    introduction = parts(GUIDE / "commands.md")[0].text()
    for action in command_table.parser()._actions:
        for option in action.option_strings:
            assert option == "-h" or f"backstory {option}" in introduction, option


def test_exit_codes_are_in_the_guide():
    found = [int(row[0]) for row in part("commands", "Exit codes").rows()]
    assert found == [cli.FINE, cli.PROBLEMS, cli.USAGE, cli.BUG, cli.INTERRUPTED]


# --- dates ------------------------------------------------


RIGHT_DATES = [row for part in parts(GUIDE / "dates.md") if part.title != "What is refused" for row in part.rows()]
REFUSED = [row for part in parts(GUIDE / "dates.md") if part.title == "What is refused" for row in part.rows()]


def test_the_guide_has_many_dates():
    assert len(RIGHT_DATES) > 25
    assert len(REFUSED) > 5


@pytest.mark.parametrize("edtf, words", [pytest.param(row[0].strip("`"), row[1], id=row[0].strip("`")) for row in RIGHT_DATES])
def test_a_date_has_the_wording_that_the_guide_gives(edtf, words):
    assert dates.wording(dates.parse(edtf), language.load("en")) == words


@pytest.mark.parametrize("text, instead", [pytest.param(row[0].strip("`"), row[1], id=row[0].strip("`")) for row in REFUSED])
def test_a_date_that_the_guide_calls_refused_is(text, instead):
    with pytest.raises(dates.DateProblem):
        dates.parse(text)
    if CODE.fullmatch(instead):
        dates.parse(instead.strip("`"))


@pytest.mark.parametrize(
    "words", re.findall(r"“([^”]+)”", part("dates", "Relative dates").text().partition("Leave `is` out")[2].partition("you are told")[0])
)
def test_the_words_that_the_guide_calls_understood_are(words):
    assert dates.resolve(words, dates.parse("2022-01-19"), language.load("en")) is not None


# --- templates ------------------------------------------------

COMMON = ("path", "root", "section", "title", "summary")


def view_structs() -> dict[str, type[msgspec.Struct]]:
    found = {}
    names = [
        "builder.content.markup.page_context",
        *(f"builder.pages.{info.name}" for info in pkgutil.iter_modules(builder.pages.__path__)),
    ]
    for module in map(importlib.import_module, names):
        for name, value in vars(module).items():
            if isinstance(value, type) and issubclass(value, msgspec.Struct) and value.__module__ == module.__name__:
                assert name not in found, f"two views are called {name}"
                found[name] = value
    return found


VIEWS = view_structs()
PAGES = {
    match[1]: name
    for name, view in VIEWS.items()
    if (match := re.match(r"What `([a-z0-9]+\.(?:html|xml|txt))` shows\.", view.__doc__ or ""))
}
"""Template → view."""


def reached(names: list[str]) -> set[str]:
    """Return all shapes that the fields of the named views are made of."""
    seen: set[str] = set()
    todo = [hint for name in names for hint in typing.get_type_hints(VIEWS[name]).values()]
    while todo:
        hint = todo.pop()
        todo += typing.get_args(hint)
        if isinstance(hint, type) and VIEWS.get(hint.__name__) is hint and hint.__name__ not in seen:
            seen.add(hint.__name__)
            todo += typing.get_type_hints(hint).values()
    return seen


SHAPES = sorted(reached([*PAGES.values(), "SiteView"]))


def in_words(hint: typing.Any) -> str:
    """Return a type as the guide calls it."""
    plain = {str: "text", int: "number", bool: "yes or no", Trusted: "HTML"}
    if hint in plain:
        return plain[hint]
    if isinstance(hint, type) and hint.__name__ in VIEWS:
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    arguments = typing.get_args(hint)
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        words = " or ".join(in_words(argument) for argument in arguments if argument is not types.NoneType)
        return words + (", or nothing" if types.NoneType in arguments else "")
    if typing.get_origin(hint) is Mapping:
        return "texts by name"
    assert typing.get_origin(hint) is tuple
    if arguments[-1] is not ...:
        return "pair of " + " and ".join(in_words(argument) for argument in arguments)
    return "list of " + {"text": "texts", "number": "numbers", "pair of text and text": "pairs of texts"}.get(
        inner := in_words(arguments[0]), inner
    )


def told_fields(shape: Part) -> dict[str, str]:
    return {row[0].strip("`"): row[1] for row in shape.rows()}


def fields(name: str) -> dict[str, str]:
    return {field: in_words(hint) for field, hint in typing.get_type_hints(VIEWS[name]).items()}


def test_every_template_has_a_view_and_a_place_in_the_guide():
    files = {path.name for path in (ROOT / "templates").iterdir() if path.is_file()} - {"base.html"}
    assert set(PAGES) == files
    titles = [part.title for part in parts(GUIDE / "template-reference.md") if part.level == 3]
    assert sorted(titles) == sorted([*PAGES, *SHAPES])
    shapes = [title for title in titles if title in SHAPES]
    assert shapes == sorted(shapes, key=str.casefold)


@pytest.mark.parametrize("template", sorted(PAGES))
def test_every_variable_of_a_page_is_in_the_guide_and_no_other(template):
    expected = fields(PAGES[template])
    if expected.keys() >= set(COMMON):
        expected = {name: words for name, words in expected.items() if name not in COMMON}
    assert told_fields(part("template-reference", template)) == expected


@pytest.mark.parametrize("shape", SHAPES)
def test_every_field_of_a_shape_is_in_the_guide_and_no_other(shape):
    if shape != SiteView.__name__:
        assert told_fields(part("template-reference", shape)) == fields(shape)


def test_what_every_page_and_the_site_have_is_in_the_guide():
    assert tuple(told_fields(part("template-reference", "What every page has"))) == COMMON
    assert told_fields(part("template-reference", "What is known of the site")) == fields("SiteView")


def test_what_can_be_left_out_of_a_quote_is_told():
    """What the tool fills in is a list in the guide, and one in the model."""
    rows = part("quotes", "What you may leave out").rows()
    assert {row[0].strip("`") for row in rows} == {"via", "to", "rules", "mode", "said"}
    assert {row[0].strip("`") for row in rows} <= set(Quote.__struct_fields__)


# --- importing ------------------------------------------------


def shown(chapter: str, command: str) -> Iterator[tuple[str, dict[str, str], list[str], dict[str, str]]]:
    """Yield the families of a chapter: the title, the files that it shows, its commands, and the files that come of them."""
    for part in parts(GUIDE / f"{chapter}.md"):
        given: dict[str, str] = {}
        commands: list[str] = []
        made: dict[str, str] = {}
        before = ""
        for token in part.tokens:
            if token.type == "inline":
                before = token.content
            elif token.type == "fence" and before.endswith("`:"):
                name = CODE.findall(before)[-1]
                (given if before.startswith("The file ") else made)[name] = token.content
                before = ""
            elif token.type == "fence" and token.content.startswith(f"backstory {command} "):
                commands.append(token.content.strip())
        if given or (made and command == "export"):
            yield part.title, given, commands, made


def importing() -> Iterator[tuple[str, dict[str, str], list[str], dict[str, str]]]:
    for chapter in sorted(path.stem for path in GUIDE.glob("importing-*.md")):
        yield from shown(chapter, "import")


@pytest.mark.parametrize("title, given, commands, made", [pytest.param(*case, id=case[0]) for case in importing()])
def test_what_the_guide_imports_comes_in_as_it_shows(title, given, commands, made, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    for name, text in given.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    for command in commands:
        assert cli.main(shlex.split(command)[1:]) == cli.FINE
    assert made
    for name, text in made.items():
        assert (tmp_path / name).read_text("utf-8") == text, name


def test_the_guide_shows_every_family():
    assert len(list(importing())) == 7


def test_what_the_guide_exports_is_written_as_it_shows(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    monkeypatch.chdir(tmp_path)
    found = list(shown("exporting", "export"))
    assert [title for title, *_ in found] == ["Attributions in words", "Tables"]
    for _, given, commands, made in found:
        for name, text in given.items():
            (tmp_path / name).write_text(text, "utf-8")
        for command in commands:
            assert cli.main(shlex.split(command)[1:]) == cli.FINE
        assert {name: (tmp_path / name).read_text("utf-8") for name in made} == made
