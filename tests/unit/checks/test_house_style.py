"""The house style of a desk: words of `style` in site.yaml, told where an author writes them and readers see them."""

import msgspec
import pytest

from builder.checks.house_style import problems
from builder.cli import main
from builder.content import reading, settings
from builder.content.editing import fixing
from builder.content.parse import parse
from builder.model import StyleRule
from tests.lines_run import lines_run

USE = StyleRule(("utilise", "make use of"), ("use",), "Short words first.")
FERRY = StyleRule(("ferry",), ("car ferry",))
MASTER = StyleRule(("harbour master",), ("port manager",))
NET = StyleRule(("Internet",), ("internet",))
COP = StyleRule(("cop",), ("police officer", "constable"), level="error")
NEVER = StyleRule(("so-called",))
BRITISH = StyleRule(("color",), ("colour",), languages=("en-GB",))
PATH = "content/explainers/a.md"


def found(rule, text, language="en", path=PATH):
    return [
        (problem.location.line, problem.location.column, problem.subject, problem.suggestion)
        for problem in problems([rule], parse(path, text.encode()), text.encode(), language)
    ]


def body(rule, text, **more):
    return found(rule, f"---\ntitle: T\n---\n{text}\n", **more)


@pytest.mark.parametrize(
    "rule, text, told",
    [
        (USE, "They utilise it.", [(4, 6, "utilise", "use")]),
        (USE, "Utilise it, or UTILISE it.", [(4, 1, "Utilise", "Use"), (4, 16, "UTILISE", "USE")]),
        (USE, "They utilised it; reutilise.", []),
        (StyleRule(("มาก",), ("ยิ่ง",)), "ดีมาก", [(4, 3, "มาก", "ยิ่ง")]),
        (StyleRule(("มาก",), ("ยิ่ง",)), "มาก่อน", []),  # the tone belongs to the last letter
        (StyleRule(("कम",)), "कमी, नीकम, कम", [(4, 12, "कम", "")]),
        (StyleRule(("❤",)), "❤️ ❤︎", [(4, 1, "❤", ""), (4, 4, "❤", "")]),
        (StyleRule(("love",)), "❤️love", [(4, 3, "love", "")]),
        (StyleRule(("❤",)), "cafe\u0301❤", [(4, 6, "❤", "")]),
        (
            MASTER,
            "The Harbour Master. Harbour master.",
            [(4, 5, "Harbour Master", "Port Manager"), (4, 21, "Harbour master", "Port manager")],
        ),
        (USE, "They make\nuse of it.", [(4, 6, "make use of", "use")]),
        (FERRY, "The car ferry met a ferry.", [(4, 21, "ferry", "car ferry")]),
        (FERRY, "Car ferry", []),
        (NET, "On the Internet. Internet is big.\n\nInternet", [(4, 8, "Internet", "internet")]),
        (NET, "On the internet.", []),
        (COP, "A cop.", [(4, 3, "cop", "")]),
        (NEVER, "The so-called plan", [(4, 5, "so-called", "")]),
        (USE, "`utilise` and\n\n```\nutilise\n```\n\nutilise", [(10, 1, "utilise", "use")]),
        (USE, "[x](/utilise) https://example.org/utilise <!-- utilise --> [[utilise|a]] **utilise**", [(4, 76, "utilise", "use")]),
        (USE, "He said “we utilise it” and utilise.", [(4, 29, "utilise", "use")]),
        (USE, "He said “we\nutilise it, utilise” and utilise.", [(5, 26, "utilise", "use")]),
        (USE, "The word “utilise”{quote=no} is long.", [(4, 11, "utilise", "use")]),
        (USE, "> We utilise it\n> and utilise.\n\nutilise", [(7, 1, "utilise", "use")]),
    ],
)
def test_words_of_the_text_are_told_and_those_of_others_are_not(rule, text, told):
    assert body(rule, text) == told


SPEECH = [
    ("— We utilise it, said Ann Lee.", 0),
    ("– We utilise it\nand utilise it.", 0),
    ("Ann Lee: We utilise it.", 0),
    ("Lee: We utilise it.", 0),
    ("**Q:** Do you utilise it?\n**A:** We utilise it.", 0),
    ("The book *How to Utilise Boats* sold.", 0),
    ("Note: We utilise it.", 1),
    ("They *utilise it* daily.", 1),
    ("They utilise it — and how.", 1),
    ("- They utilise it.", 1),
    ("— We wait.\n\nThey utilise it.", 1),
    ("The port: they utilise it.", 1),
]


@pytest.mark.parametrize("text, number", SPEECH)
def test_speech_without_quotation_marks_and_titles_are_the_words_of_others(text, number):
    assert len(found(USE, f"---\ntitle: T\nactors: {{lee: {{name: Ann Lee}}}}\n---\n{text}\n")) == number


@pytest.mark.parametrize("path", ["content/pages/a.md", "content/actors/a.md", "content/events/a.md", "content/sources/a.md"])
def test_quotations_in_any_text_are_the_words_of_others(path):
    text = "---\ntitle: T\n---\nHe said “we utilise it” and utilise.\n\n> We utilise it.\n"
    assert [place[:2] for place in found(USE, text, path=path)] == [(4, 29)]


ODD = [
    (StyleRule(("C++",), ("C plus plus",)), "Know C++ and C.", "Know C plus plus and C."),
    (StyleRule((".*",), ("all",)), "Any .* here.", "Any all here."),
    (StyleRule(("a|b",), ("c",)), "An a|b or a.", "An c or a."),
    (StyleRule(("%",), ("per cent",)), "Of 50% and 5 %.", "Of 50 per cent and 5 per cent."),
    (StyleRule(("pm",), ("p.m.",)), "At 5 pm. At 6 pm there.", "At 5 p.m. At 6 p.m. there."),
    (StyleRule(("北京",), ("Peking",)), "在北京举行。", "在Peking举行。"),
    (StyleRule(("北京",), ("北京市",)), "在北京市和北京。", "在北京市和北京市。"),
    (StyleRule(("cafe",), ("café",)), "A cafe, a cafe\u0301.", "A café, a cafe\u0301."),
    (StyleRule(("naïve",), ("naive",)), "So nai\u0308ve, Naïve.", "So naive, Naive."),
    (StyleRule(("nai\u0308ve",), ("naive",)), "So naïve.", "So naive."),
    (StyleRule(("prime minister",), ("premier",)), "The prime\u00a0minister.", "The premier."),
    (StyleRule(("don't",), ("do not",)), "We don’t.", "We do not."),
    (StyleRule(("the the",), ("the",)), "The the end.", "The end."),
]


@pytest.mark.parametrize("rule, text, after", ODD)
def test_words_of_an_odd_form_are_found_as_they_are_written(rule, text, after):
    assert fixed_by([rule], text) == after


def fixed_by(rules, text):
    data = f"---\ntitle: T\n---\n{text}\n".encode()
    document = parse(PATH, data)
    return fixing.fixed(PATH, data, list(problems(rules, document, data, "en")))[0].decode().split("---\n")[2].rstrip("\n")


def rule(what, instead, *languages):
    return StyleRule((what,), (instead,), languages=languages)


def test_what_another_rule_has_other_words_for_is_written_at_once():
    rules = [rule("e-mail", "email"), rule("email", "mail")]
    assert fixed_by(rules, "An e-mail, an E-mail, an email.") == "An mail, an Mail, an mail."


@pytest.mark.parametrize(
    "rules",
    [
        [rule("utilise", "use"), rule("use", "utilise")],
        [rule("Labour Party", "Labour"), rule("Labour", "Labour Party")],
        [rule("utilise", "make use"), rule("use", "utilise")],
        [rule("utilise", "use"), rule("use", "employ"), rule("employ", "utilise")],
    ],
)
def test_rules_that_take_back_one_another_are_told_and_nothing_is_written(rules):
    text = "They utilise it for the Labour Party."
    assert fixed_by(rules, text) == text
    data = f"---\ntitle: T\n---\n{text}\n".encode()
    (told, *_) = problems(rules, parse(PATH, data), data, "en")
    assert told.message.endswith("and another rule takes that back.")


def test_rules_of_other_languages_take_nothing_back():
    assert fixed_by([rule("color", "colour", "en"), rule("colour", "color", "en-US")], "A color.") == "A colour."


def test_of_two_rules_of_the_same_words_the_first_counts():
    assert fixed_by([rule("utilise", "use"), rule("utilise", "employ")], "They utilise it.") == "They use it."


def test_of_thousands_of_rules_few_are_looked_for():
    rules = [rule(f"word{n}", f"term{n}") for n in range(3_000)]
    text = f"---\ntitle: T\n---\n{'Much is said of it. ' * 200} word7\n".encode()
    document = parse(PATH, text)
    assert [problem.subject for problem in problems(rules, document, text, "en")] == ["word7"]
    assert lines_run(lambda: list(problems(rules, document, text, "en"))) < 60_000


def test_a_rule_is_for_its_languages():
    assert not body(BRITISH, "color", language="en")
    assert body(BRITISH, "color", language="en-GB")
    assert found(BRITISH, "---\ntitle: T\nlang: en-GB\n---\ncolor\n")


FRONT = """---
title: We utilise it
summary: >
  Long words,
  which utilise room.
authors: [utilise]
sources: {s1: {publisher: utilise, title: They utilise it, note: to utilise}}
actors: {ann: "Ann Lee, to utilise"}
unnamed: {clerk: a clerk who may utilise}
quotes:
  - ann: We utilise it
  - {speaker: ann, text: utilise more, note: they utilise}
timeline:
  - 2024: They utilise it
  - {when: 2025, title: Utilise}
corrections: [{2024-01-01: it said utilise}]
x_own: utilise
---
“We utilise it.” “utilise more”
"""


def test_words_of_the_front_matter_are_told_where_readers_see_them_and_an_author_wrote_them():
    assert [line for line, *_ in sorted(found(USE, FRONT))] == [2, 5, 7, 8, 12, 14, 15, 16]
    assert [line for line, *_ in found(USE, "---\nname: To utilise\n---\nutilise\n", path="content/actors/ann.md")] == [2, 4]


def test_words_too_long_to_be_looked_for_are_told():
    chosen, told = settings.read(f"title: T\nstyle: [{{what: [a, {'b ' * 50_000}]}}]\n".encode())
    assert [(problem.code, problem.location.line, problem.location.column) for problem in told] == [("value-wrong", 2, 20)]
    assert chosen.style == ()


def test_settings_read_the_rules_and_tell_what_is_wrong_in_them():
    chosen, told = settings.read(
        b"title: T\nstyle:\n  - {what: [utilise, make  use of], instead: use, why: W, level: error, languages: [en]}\n"
    )
    assert not told
    assert chosen.style == (StyleRule(("utilise", "make use of"), ("use",), "W", "error", ("en",)),)
    _, told = settings.read(b"title: T\nstyle: [{instead: use}, {what: a, level: grave}, x]\n")
    assert [problem.code for problem in told] == ["key-missing", "value-unknown", "not-a-record"]


def test_a_file_of_its_own_has_rules_and_problems_of_its_own():
    assert settings.read_style(b"style: {what: so-called}\n") == ((NEVER,), ())
    for text, code, line in ((b"- {what: a}\n", "yaml-not-keys", 1), (b"\nstile: []\n", "key-unknown", 2), (b"", "key-missing", 1)):
        rules, (problem, *_) = settings.read_style(text)
        assert (rules, problem.code, problem.location.path, problem.location.line) == ((), code, "content/style.yaml", line)


def test_rules_of_the_file_count_beside_those_of_the_settings_and_a_change_is_noticed(tmp_path, capsys):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: S\nstyle: {what: cop, level: error}\n")
    (tmp_path / PATH).write_text("---\ntitle: T\npublished: 2024-01-01\n---\nA cop may utilise it.\n")
    style = tmp_path / "content/style.yaml"
    command = ["build", "--root", str(tmp_path)]

    def told(style_text):
        style.write_text(style_text)
        assert main(command) == 1
        return capsys.readouterr()[1]

    assert "“use” for “utilise”" in told("style: {what: utilise, instead: use}\n")
    assert "for “utilise”" not in told("style: {what: others}\n")
    assert "content/style.yaml:1:9" in told("style: [{instead: use}]\n")
    (tmp_path / "content/site.yaml").write_text("title: S\n")
    style.write_text("style: {what: others}\n")
    assert [main(command) for _ in range(2)] == [0, 0]
    style.write_text("style: {what: utilise}\n")  # after a build that may end at once
    assert main(command) == 0
    assert "does not use “utilise”" in capsys.readouterr().err
    style.unlink()
    assert main(command) == 0
    assert "“utilise”" not in capsys.readouterr().err


def test_the_preview_reads_the_file_again(tmp_path):
    (tmp_path / "content").mkdir()
    style = tmp_path / "content/style.yaml"
    style.write_text("style: {what: a}\n")
    tree = reading.read(tmp_path)
    style.write_text("style: {what: b}\n")
    assert reading.reread(tmp_path, tree, ["content/style.yaml"]).style == style.read_bytes()
    style.unlink()
    assert reading.reread(tmp_path, tree, ["content/style.yaml"]).style is None
    style.write_text("style: {what: c}\n")
    bare = msgspec.structs.replace(tree, style=None)
    assert reading.reread(tmp_path, bare, ["content/style.yaml"]).style == style.read_bytes()


def test_check_tells_and_fixes_in_the_text_and_a_changed_rule_counts_at_once(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    page = tmp_path / PATH
    page.parent.mkdir(parents=True)
    rules = "title: S\nstyle:\n  - {what: utilise, instead: use, why: Short words first.}\n"
    (tmp_path / "content/site.yaml").write_text(rules)
    page.write_text("---\ntitle: 'We utilise: it'\npublished: 2024-01-01\n---\nThey utilise it.\r\nA cop.\n", newline="")
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert f"{PATH}:5:6: warning: The house style has “use” for “utilise”." in out
    assert "Short words first." in out
    (tmp_path / "content/site.yaml").write_text(rules + "  - {what: cop, instead: [constable, officer], level: error}\n")
    assert main(["check", "--fix"]) == 1
    out = capsys.readouterr().out
    assert "Fixed 2 problems; 1 remains." in out
    assert f"{PATH}:6:3: error: The house style has “constable” or “officer” for “cop”." in out
    assert page.read_bytes() == b"---\ntitle: 'We use: it'\npublished: 2024-01-01\n---\nThey use it.\r\nA cop.\n"
    (tmp_path / "content/site.yaml").write_text(
        "title: S\nstyle: {what: it, instead: that}\nproblems: [{code: style-rule, severity: off, why: W}]\n"
    )
    assert main(["check"]) == 0
    assert "house style" not in capsys.readouterr().out
