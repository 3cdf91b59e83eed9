"""What `backstory init` and `backstory new` give: a site that builds at once, uses what it teaches, and files that build as they stand."""

import json
import re
from shutil import copytree
from string import Template

import pytest

from builder import cli
from builder.build.pipeline import Options, build
from builder.cli.commands.init import init as begin
from builder.cli.commands.new import FOLDERS, SKELETONS, new as begin_file
from builder.content.parse import parse
from builder.content.reading import STARTER
from builder.diagnostics import ERROR, Diagnostic
from builder.model import Explainer

EXPLAINERS = sorted((STARTER / "content/explainers").glob("*.md"))


def told(problems: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{problem.location}: {problem.severity}: {problem.message} [{problem.code}]" for problem in problems]


def test_the_starter_builds_without_an_error_or_a_warning(tmp_path):
    report = build(Options(STARTER, tmp_path / "site", jobs=1, cache=False))
    assert told(report.diagnostics) == []
    assert report.plan is not None
    assert (tmp_path / "site/index.html").is_file()


def test_what_init_makes_builds_in_a_folder_of_any_name(tmp_path):
    assert begin(tmp_path / "My first site") == cli.FINE
    report = build(Options(tmp_path / "My first site", tmp_path / "My first site/site", jobs=1))
    assert told(report.diagnostics) == []


def test_the_starter_is_small_and_all_of_it_is_text():
    files = [path for path in STARTER.rglob("*") if path.is_file()]
    assert len(files) < 20
    assert sum(path.stat().st_size for path in files) < 30_000
    for path in files:
        assert path.read_text("utf-8")


def test_the_starter_leads_nowhere_but_to_example_org():
    for path in STARTER.rglob("*"):
        if path.is_file() and path.suffix != ".svg" and path.name != "README.md":
            assert set(re.findall(r"https?://([^/\s\"')]+)", path.read_text("utf-8"))) <= {"example.org"}, path


def test_the_starter_teaches_by_example():
    """Each part of the format that an author meets early stands somewhere in it."""
    explainers = [parse(f"content/explainers/{path.name}", path.read_bytes()).explainer for path in EXPLAINERS]
    found = [explainer for explainer in explainers if isinstance(explainer, Explainer)]
    assert len(found) == len(EXPLAINERS) >= 2
    quotes = [quote for explainer in found for quote in explainer.quotes]
    assert any(len(quote.segments) > 1 for quote in quotes), "a split quote"
    assert any(quote.translation for quote in quotes), "a translation"
    assert any(quote.relations for quote in quotes), "a quote about a quote"
    assert {"indirect", "partial", "direct", ""} <= {quote.mode for quote in quotes}
    statuses = {getattr(event, "status", "") for explainer in found for event in explainer.timeline}
    assert {"planned", "denied"} <= statuses
    assert any(explainer.corrections for explainer in found)
    assert any(explainer.aliases for explainer in found)
    text = "\n".join(path.read_text("utf-8") for path in EXPLAINERS)
    for mark in ("[[", "![[", "{event=", "[^", "]: ", "says: ", "unnamed:", "described_as:", "defaults:", "here:", "  # "):
        assert mark in text, mark


def skeleton(kind: str, title: str) -> bytes:
    template = Template((SKELETONS / f"{kind}.md").read_text("utf-8"))
    return template.substitute(title=json.dumps(title, ensure_ascii=False), id="an-id", today="2025-10-16", type="type: Person").encode()


TITLES = ("Will the ferry run?", "“Ferry”: what we know # now", "Größe, “Mut” & ein 'Boot'", "NO")


@pytest.mark.parametrize("kind", sorted(FOLDERS))
@pytest.mark.parametrize("title", TITLES)
def test_a_skeleton_is_read_without_a_problem(kind, title):
    document = parse(f"content/{FOLDERS[kind]}/an-id.md", skeleton(kind, title))
    assert told(document.diagnostics) == []
    record = getattr(document, kind)
    assert (record.name if kind == "actor" else record.title) == title
    assert kind != "explainer" or record.draft


@pytest.mark.parametrize("kind", sorted(FOLDERS))
def test_a_site_with_a_skeleton_builds_without_an_error(kind, tmp_path, capsys):
    copytree(STARTER, tmp_path / "site")
    assert begin_file(tmp_path / "site", kind, "Something new") == cli.FINE
    assert "something-new" in capsys.readouterr().out
    for drafts in (False, True):
        report = build(Options(tmp_path / "site", tmp_path / f"out-{drafts}", drafts=drafts, jobs=1))
        assert told(tuple(problem for problem in report.diagnostics if problem.severity == ERROR)) == []
        assert report.plan is not None


def test_the_commented_lines_of_a_skeleton_are_right_too():
    """What an author gets by deleting the “#” is read without an error."""
    for kind in sorted(FOLDERS):
        text = skeleton(kind, "Ferry").decode()
        bare = re.sub(r"^( *)# (?=[\w-]|- )", r"\1", text, flags=re.MULTILINE).replace("https://…", "https://example.org/")
        bare = bare.replace("Paste or write the text here.", "“The ferry will run.”")
        document = parse(f"content/{FOLDERS[kind]}/an-id.md", bare.encode())
        assert told(document.diagnostics) == [], bare
