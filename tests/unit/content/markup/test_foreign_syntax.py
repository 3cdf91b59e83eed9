"""What was written for other programs: keys at the head of a page, names of files, pictures in double brackets."""

import pytest

from builder.build.pipeline import Options, build
from builder.content import markup
from builder.content.parse import parse

POST = """---
layout: post
title: Ferry
description: A boat
date: 2024-03-08 13:58
categories: [News]
tags: [ferry, council]
author: A. Clerk
permalink: /ferry/
---
The boat sails.
"""


def built(root, files):
    for path, text in {"site.yaml": "title: Desk\n", **files}.items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_text(text, "utf-8")
    return build(Options(root, root / "site", jobs=1, cache=False))


def told(path, text):
    return [
        (problem.code, problem.severity, problem.location.line, problem.message, problem.help)
        for problem in parse(path, text.encode()).diagnostics
    ]


def test_keys_of_other_programs_are_told_in_one_line_with_what_to_write():
    named = (
        "“layout”, “description”, “date”, “categories”, “tags”, “author”, “permalink” are keys of other programs, and are not read here."
    )
    page = "Write “summary: A boat”, “aliases: [/ferry/]”, and delete these keys; put “x_” before one that a template of yours is to show."
    assert told("content/pages/ferry.md", POST) == [("key-foreign", "warning", 2, named, page)]
    explainer = (
        "Write “summary: A boat”, “published: 2024-03-08”, “topics: [News, ferry, council]”, “authors: [A. Clerk]”, “aliases: [/ferry/]”, "
        "and delete these keys; put “x_” before one that a template of yours is to show."
    )
    assert told("content/explainers/ferry.md", POST) == [("key-foreign", "warning", 2, named, explainer)]


def test_a_key_of_a_page_that_only_others_have_is_told_alone_too():
    assert told("content/pages/a.md", "---\ntitle: A\ntags: [ferry]\n---\n") == [
        (
            "key-foreign",
            "warning",
            3,
            "“tags” is a key of other programs, and is not read here.",
            "Delete what you do not need; put “x_” before one that a template of yours is to show.",
        )
    ]


def test_one_key_that_is_called_otherwise_here_is_a_slip():
    assert [(code, help_) for code, _, _, _, help_ in told("content/explainers/a.md", "---\ntitle: A\ndate: 2024-03-08\n---\n")] == [
        ("key-unknown", "Did you mean “published”?")
    ]


@pytest.mark.parametrize("line", ["draft: true", "private: yes", "publish: false", "published: false", "dg-publish: false"])
def test_what_keeps_a_page_back_is_never_passed_over(line):
    found = told("content/pages/a.md", f"---\ntitle: A\nlayout: post\n{line}\ntags: [a]\n---\n")
    assert ("error", 4) in [(severity, number) for _, severity, number, _, _ in found]


@pytest.mark.parametrize("line", ["draft: false", "publish: true", "private:"])
def test_what_keeps_no_page_back_is_passed_over(line):
    assert {severity for _, severity, *_ in told("content/pages/a.md", f"---\ntitle: A\nlayout: post\n{line}\n---\n")} == {"warning"}


def test_a_plain_page_has_an_address_from_the_name_of_its_file(tmp_path):
    report = built(
        tmp_path,
        {
            "pages/Cold War.md": "---\ntitle: The long peace\n---\nCold.\n",
            "pages/01 Notes/Über uns.md": "---\ntitle: Us\n---\nUs.\n",
            "pages/año.md": "---\ntitle: Year\n---\nYear.\n",
            "pages/list.md": "---\ntitle: List\n---\n[[cold war]], [[Cold War|it]], [[Über uns]], [[01 Notes/Über uns]], [[año]] and [it](Cold%20War.md).\n",
        },
    )
    assert {problem.code for problem in report.diagnostics} == {"page-unlinked"}
    shown = (tmp_path / "site/list/index.html").read_text("utf-8")
    assert shown.count('href="../cold-war/"') == 3
    assert shown.count('href="../01-notes/uber-uns/"') == 2
    assert shown.count('href="../año/"') == 1


def test_two_files_that_would_be_one_page_are_told(tmp_path):
    page = "---\ntitle: A\n---\nA.\n"
    report = built(tmp_path, {"pages/Cold War.md": page, "pages/cold-war.md": page})
    assert "path-twice" in {problem.code for problem in report.diagnostics}


def test_a_name_without_a_letter_makes_no_address():
    assert [code for code, *_ in told("content/pages/!!.md", "---\ntitle: A\n---\n")] == ["id-wrong"]


def test_a_picture_in_double_brackets_is_told_with_the_way_to_write_it(tmp_path):
    report = built(tmp_path, {"pages/a.md": "---\ntitle: A\n---\nA.\n\n![[my boat.png|300]]\n"})
    assert "If it is a picture, write ![what is to be seen](<my boat.png>)." in [problem.help for problem in report.diagnostics]


@pytest.mark.parametrize("text", ["{>>secret: source is Bo<<}", "{--deleted--}", "{++ins++}", "{~~a~>b~~}", "{# jinja #}", "{/* mdx */}"])
def test_remarks_of_other_programs_stop_the_build(text):
    (problem,) = markup.read(f"A {text} b.", path="a.md")[1]
    assert (problem.code, problem.severity) == ("comment-open", "error")


@pytest.mark.parametrize("text", ["a {b, c} d", "from {1} to {2}", "{-- dash --}", "a – {x} – b"])
def test_braces_of_prose_are_no_remarks(text):
    assert markup.read(text, path="a.md")[1] == ()


@pytest.mark.parametrize("computed", ["`{r} nrow(x)`", "`{python} len(x)`", "`r mean(x)`", "`= this.title`", "`$= dv.current()`"])
@pytest.mark.parametrize("text", ["There were {} boats.", "# Of {}", "| a |\n|---|\n| {} |"])
def test_code_that_a_program_would_compute_is_told(computed, text):
    assert [problem[0] for problem in told("content/pages/a.md", f"---\ntitle: A\n---\n{text.format(computed)}\n")] == ["markup-foreign"]


def test_code_to_read_is_not_told():
    assert told("content/pages/a.md", "---\ntitle: A\n---\nUse `r w`, `{x}`, `{r}`, `= 1`, ``{r} x`` and `return`.\n") == []


@pytest.mark.parametrize(
    "text, sign",
    [
        ("== Heading\n\nWords.", "== Heading"),
        ("== Heading ==\nWords.", "== Heading =="),
        ("image::boat.png[The boat]", "image::boat.png[The boat]"),
        ("#+BEGIN_QUOTE\nWords.\n#+END_QUOTE", "#+BEGIN_QUOTE"),
        ("std::vector is C++", ""),
        ("Words\n== 5", ""),
    ],
)
def test_headings_of_wikis_and_directives_of_asciidoc_and_org_are_told(text, sign):
    found = [problem.message for problem in markup.read(text, path="a.md")[1] if problem.code == "markup-foreign"]
    assert [message.split("”")[0] for message in found] == ([f"“{sign}"] if sign else [])


@pytest.mark.parametrize(
    "text, sign",
    [
        ("[gallery]", "[gallery]"),
        ("- [my_map]", "[my_map]"),
        ('[contact-form-7 id="1"]', '[contact-form-7 id="1"]'),
        ('See [wpforms id="12" title="no"] there.', '[wpforms id="12" title="no"]'),
        ("[url=https://example.org]the plan[/url]", "[url=https://example.org]"),
        ("So [b]loud[/b]", "[/b]"),
        # text
        ("[sic]", ""),
        ("[laughter]", ""),
        ("All women [n=12] said no.", ""),
        ("The [gallery] was shut.", ""),
        ("He went to the\n[gallery]\nand left.", ""),
        ("the [table where n=12 people sat] was full", ""),
        ("See [ad-hoc] things.", ""),
        ("\\[gallery]", ""),
        ("[map]\n\n[map]: https://example.org", ""),
    ],
)
def test_shortcodes_in_brackets_are_told(text, sign):
    found = [
        problem.message.partition("” is ")[0].removeprefix("“")
        for problem in markup.read(text, path="a.md")[1]
        if problem.code == "markup-foreign"
    ]
    assert found == ([sign] if sign else [])


@pytest.mark.parametrize("text", ["[vc_row][vc_column]Text[/vc_column][/vc_row]", "[row][column]a[/column][column]b[/column][/row]"])
def test_a_shortcode_beside_another_is_told_as_nothing_else(text):
    assert {problem.code for problem in markup.read(text, path="a.md")[1]} == {"markup-foreign"}
