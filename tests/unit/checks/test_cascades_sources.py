"""A source that was forgotten, or cannot be read: told once, and what hangs on it with it or not at all."""

import pytest

from builder import checks, cli
from builder.checks import cascades
from tests.unit.checks.test_checks import site_of

HEAD = "title: T\npublished: 2024-03-08\nactors: {mina: Mina Roe}\n"
QUOTES = "quotes: [{mina: It runs, said: unknown}, {mina: It sails, said: unknown}]\ntimeline:\n  - 2024-03-01: The vote\n  - 2024-03-02: The sale\n"
BODY = "---\n“It runs,” says Mina Roe. “It sails,” she says.\n"


def told(sources):
    text = f"---\n{HEAD}{sources}{QUOTES}{BODY}"
    return [(problem.code, problem.message, len(problem.also)) for problem in cascades.grouped(checks.check(site_of(explainers_one=text)))]


@pytest.mark.parametrize(
    "sources, message",
    [
        ("", "2 quotes have no source and no date."),
        (
            "sources: {log: {title: A, published: 2024}, day: {title: B, published: 2024}}\n",
            "2 quotes do not say which of the sources they come from.",
        ),
    ],
)
def test_a_source_that_was_forgotten_is_told_once(sources, message):
    found = told(sources)
    assert ("quote-no-source", message, 1) in found
    assert ("event-no-source", "2 events have no source: “The vote”, “The sale”.", 1) in found


def test_what_hangs_on_a_source_that_cannot_be_read_is_not_told(tmp_path, capsys):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    text = f"---\n{HEAD}sources: {{log: 'Lantern, Ferry in doubt, 2024-13-01'}}\n{QUOTES.replace('said: unknown', 'via: log')}{BODY}"
    (tmp_path / "content/explainers/one.md").write_text(text)
    assert cli.main(["check", "--root", str(tmp_path)]) == cli.PROBLEMS
    said = capsys.readouterr().out
    assert "and “2024-13-01” is not a date. There is no month 13" in said
    assert "[date-wrong]" in said
    assert "no-source]" not in said
    assert "[reference-unknown]" not in said


def test_the_guide_without_a_code_lists_all(capsys):
    assert cli.main(["guide"]) == cli.FINE
    assert "quote-not-found" in capsys.readouterr().out


def test_a_link_to_a_heading_and_the_text_of_a_renamed_source_say_what_to_write(tmp_path, capsys):
    for name, text in {
        "site.yaml": "title: T\n",
        "pages/one.md": "---\ntitle: T\n---\n## Why\n\nSee [[#why]].\n",
        "sources/gazette.txt": "Words.\n",
    }.items():
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(text)
    assert cli.main(["check", "--root", str(tmp_path)]) == cli.PROBLEMS
    said = capsys.readouterr().out
    assert "A heading is linked with its words: [words](#why)." in said
    assert "If the id of its source was changed, rename this file to the new id" in said
