"""What Markdown, or a program before us, makes of words that were meant otherwise."""

import pytest

from builder.content import markup, settings
from builder.content.parse import parse
from builder.diagnostics import characters


@pytest.mark.parametrize(
    "text, sign, advice",
    [
        ("At night:\n\n- 5 degrees\n", "- 5 degrees", "begin its entry with “*”."),
        ("At night:\n- 5 degrees\n", "- 5 degrees", "begin its entry with “*”."),
        ("+ €5 a day\n", "+ €5 a day", "begin its entry with “*”."),
        ("She went to the quay\n- and left.\n", "- and left.", "put an empty line above it."),
        ("Five million\n* without Kyiv\n", "* without Kyiv", "put an empty line above it."),
        ("Twelve died.*\n\n* Figures of 2021.\n", "* Figures of 2021.", "begin its entry with “-”."),
        ("Five * two.\n\n* boats\n", "", ""),
        ("At night:\n\n\\- 5 degrees\n", "", ""),
        ("We need:\n- boats\n", "", ""),
        ("We need\n\n- boats\n", "", ""),
        ("- 5 boats\n- 3 crews\n", "", ""),
        ("- 10:20 Start\n", "", ""),
        ("- 3 pm: start\n", "", ""),
        ("- 15h30 début\n", "", ""),
        ("- 1990: it began\n", "", ""),
        ("- 2 March: it began\n", "", ""),
        ("- 2 de marzo: inicio\n", "", ""),
        ("- 1st: Gull\n", "", ""),
        ("- 1500 % more\n", "- 1500 % more", "begin its entry with “*”."),
        ("- 3.5 points\n", "- 3.5 points", "begin its entry with “*”."),
        ("- 5 boats\n\n  and what they need\n", "", ""),
        ("1. boats\n   - 5 crews\n", "", ""),
    ],
)
def test_a_sign_that_makes_a_list_of_one_entry_is_told(text, sign, advice):
    found = [problem for problem in markup.read(text, path="a.md")[1] if problem.code == "list-unclear"]
    assert [problem.message for problem in found] == ([f"“{sign}” is a list of one entry, so “{sign[0]}” is not shown."] if sign else [])
    assert all(problem.help.endswith(advice) for problem in found)


def test_words_that_are_struck_out_are_told_once():
    problems = markup.read("It did ~~not~~ sink,\nand ~~not~~ burn.\n\n`~~code~~`\n\nBut ~~*never* sailed~~.\n", path="a.md")[1]
    assert [(problem.code, str(problem.location), [str(place) for place in problem.also]) for problem in problems] == [
        ("text-struck", "a.md:1:8", ["a.md:6:5"])
    ]


def test_a_colon_that_makes_a_definition_of_a_number_is_told():
    def messages(text):
        return [(problem.message, str(problem.location)) for problem in markup.read(text, path="a.md")[1] if problem.code == "list-unclear"]

    assert messages("Doors open\n: 5 pm\n") == [("“: 5 pm” is the definition of the line above it, so “:” is not shown.", "a.md:2:1")]
    assert messages("Ferry\n: A boat\n") == messages("Fare\n: 5 pounds\n: 6 pounds\n") == []


@pytest.mark.parametrize(
    "text, marks",
    [
        ("10^6^ and H~2~O", ["^6^", "~2~"]),
        ("the 1^st^ of May", ["^st^"]),
        ("x~max\\ y~", ["~max\\ y~"]),
        (r"10\^6^, ~5 to ~6, ^_^, a ~ b ~ c", []),
    ],
)
def test_raised_and_lowered_letters_are_told_and_shown_as_they_are_written(text, marks):
    body, problems = markup.read(text, path="a.md")
    assert body.text.replace("\\", "") == text.replace("\\", "")
    assert [problem.message.partition("”")[0][1:] for problem in problems] == marks
    assert {problem.code for problem in problems} <= {"markup-foreign"}


@pytest.mark.parametrize(
    "text, shown, is_told",
    [
        (r"Where \(x\) is.", r"Where \(x\) is.", True),
        (r"Then \[E = mc^2\] holds.", r"Then \[E = mc^2\] holds.", True),
        (r"He \[sic\] and \(so on\) went.", "He [sic] and (so on) went.", False),
    ],
)
def test_formulas_between_backslashes_are_told_and_shown_as_they_are_written(text, shown, is_told):
    body, problems = markup.read(text, path="a.md")
    assert body.text == shown
    assert [problem.code for problem in problems] == ["markup-foreign"] * is_told


@pytest.mark.parametrize(
    "text, place",
    [
        ("Words %% private\n\nmore private %% words.", "a.md:1:7"),
        ("- words %% private\n\n  private %% words", "a.md:1:9"),
        ("One %% here.\n\nNone there.", ""),
        ("50 %% here.\n\n60 %% there.", ""),
        (r"One \%% here." + "\n\n" + r"Two \%% there.", ""),
    ],
)
def test_a_comment_over_an_empty_line_stops_the_build(text, place):
    assert [(problem.code, str(problem.location)) for problem in markup.read(text, path="a.md")[1]] == (
        [("comment-open", place)] if place else []
    )


@pytest.mark.parametrize(
    "text, told",
    [
        ("##\u00a0The vote\n", [("heading-unclear", "“## The vote” is no heading, since there is no plain space behind “##”.")]),
        ("#\u00a0Vote\n", [("heading-unclear", "“# Vote” is no heading, since there is no plain space behind “#”.")]),
        ("-\u00a0boats\n-\u00a0crews\n", [("list-unread", "“-” begins no list here, so these lines run into one paragraph.")]),
        ("-\u00a0Oui, dit-il.\n", []),
    ],
)
def test_spaces_that_do_not_break_make_no_heading_and_no_list(text, told):
    assert [(problem.code, problem.message) for problem in markup.read(text, path="a.md")[1]] == told


def test_lost_characters_are_told_once_a_file():
    (problem,) = parse("content/pages/a.md", "---\ntitle: caf\ufffd\n---\nThe caf\ufffd.\n".encode()).diagnostics
    assert (problem.code, str(problem.location), [str(location) for location in problem.also]) == (
        "character-lost",
        "content/pages/a.md:2:11",
        ["content/pages/a.md:4:8"],
    )
    assert "and in 1 other place:" in problem.message
    assert parse("content/pages/a.md", "---\ntitle: T\n---\nThe sign `\ufffd`.\n\n```\n\ufffd\n```\n".encode()).diagnostics == ()
    assert [problem.code for problem in settings.read("title: caf\ufffd\n".encode())[1]] == ["character-lost"]


def test_what_only_a_font_shows_and_lost_pictures_are_told():
    problems = parse("content/pages/a.md", "---\ntitle: T\n---\nA \ufffc boat \ue000 \uf8ff, `\ue001`.\n".encode()).diagnostics
    assert [(problem.code, problem.message.partition(" stands")[0]) for problem in problems] == [
        ("character-lost", "U+FFFC (OBJECT REPLACEMENT CHARACTER)"),
        ("character-lost", "U+E000 (a character of private use)"),
    ]


@pytest.mark.parametrize(
    "text, refused",
    [("a\U000e0061\U000e0062", 2), ("\U0001f3f4\U000e0067\U000e0062\U000e007f", 0), ("a\ufff9b\ufffbc", 2), ("\U0001f6a2 боат", 0)],
)
def test_tags_and_other_hidden_signs_are_refused_but_in_flags(text, refused):
    assert len(characters.find_unpublishable(text)) == refused


@pytest.mark.parametrize(
    "value, seen",
    [
        ("The **big** boat", "**big**"),
        ("'What [[ann-lee|she]] said'", "[[ann-lee|she]]"),
        ("'See [it](https://example.org/a)'", "[it](https://example.org/a)"),
        ("'The [blue]{event=sale} fleet'", "[blue]{event=sale}"),
        ("The “blue”{quote=q1} fleet", "{quote=q1}"),
        ("'A boat[^1]'", "[^1]"),
        ("A <b>boat</b>", "<b>"),
        ("The boat &nbsp; crew", "&nbsp;"),
        ("AT&T; R&D, 5 < 6 > 4, if [they] go (soon), f**k, 2*3*4, a_b", ""),
    ],
)
def test_marks_in_words_that_are_no_markdown_are_told(value, seen):
    document = parse("content/explainers/a.md", f"---\ntitle: T\npublished: 2024-03-08\nsummary: {value}\n---\nText.\n".encode())
    told = [problem.message for problem in document.diagnostics if problem.code == "markup-in-value"]
    assert told == ([f"Readers see “{seen}” as it is written: “summary” is no Markdown."] if seen else [])


@pytest.mark.parametrize(
    "text, is_open",
    [
        ("```\ncode", True),
        ("~~~ python\ncode\n```\n", True),
        ("````\n```\n", True),
        ("```", True),
        ("> ```\n> code\n\nWords.", True),
        ("```\ncode\n```", False),
        ("```\ncode\n`````\n", False),
        ("> ```\n> code\n> ```\n", False),
        ("- a\n\n  ```\n  code\n  ```\n", False),
        ("```\n```", False),
    ],
)
def test_code_that_never_ends_is_told(text, is_open):
    told = [problem for problem in markup.read(text, path="a.md")[1] if problem.code == "code-open"]
    assert [problem.location.line for problem in told] == [1] * is_open


@pytest.mark.parametrize(
    "text, column",
    [
        ("The `code is open.", 5),
        ("`a` and `b", 9),
        ("``a` b", 1),
        ("the `90s", 5),
        ("| x | `b |\n|---|---|\n| c | d |", 7),
        ("\\`a", 0),
        ("`` a ` b ``", 0),
        ("x `a` y", 0),
        ("`a\nb`", 0),
        ("```\n`\n```", 0),
    ],
)
def test_a_backtick_without_a_second_one_is_told(text, column):
    told = [problem for problem in markup.read(text, path="a.md")[1] if problem.code == "code-open"]
    assert [problem.location.column for problem in told] == [column] * bool(column)


@pytest.mark.parametrize(
    "text, sign",
    [
        ("a. alpha\nb. beta\n", "a."),
        ("A) first\nB) second\n", "A)"),
        ("See pages\nii. two\niii. three\n", "ii."),
        ("1.one\n2.two\n", "1."),
        ("See pages\n2) two\n3) three\n", "2)"),
        ("-one\n-two\n", "-"),
        ("*one\n*two\n", "*"),
        ("１．one\n２．two\n", "１．"),
        ("①one\n②two\n", "①"),
        ("・一つ\n・二つ\n", "・"),
        ("一、甲\n二、乙\n", "一、"),
        ("（一）甲\n（二）乙\n", "（一）"),
        ("o\tone\no\ttwo\n", "o"),
        # boxes of tasks, initials, emphasis, Portuguese, paragraphs of the law, years
        ("- ☐ to do\n- ☑ done\n", ""),
        ("A. Smith\nC. Jones\n", ""),
        ("*One* boat\n*Two* boats\n", ""),
        ("o barco\no navio\n", ""),
        ("§ 5 says\n§ 6 says\n", ""),
        ("The year was\n1999. Then it sank.\n", ""),
        ("On the 3. of May\nand the 5. of June\n", ""),
    ],
)
def test_signs_and_numbers_of_which_markdown_makes_no_list_are_told(text, sign):
    found = [problem for problem in markup.read(text, path="a.md")[1] if problem.code == "list-unread"]
    assert [problem.message.partition("”")[0] for problem in found] == ([f"“{sign}"] if sign else [])


@pytest.mark.parametrize("text", ["2*x*y", "5*3*2", "a*3*b*2", "f*ck this sh*t"])
def test_stars_between_figures_and_letters_are_shown(text):
    assert markup.read(text, path="a.md")[0].text == text


@pytest.mark.parametrize(
    "text, told",
    [
        ("*[HTML]: a language", "*[HTML]: a language"),
        ("As shown [@roe2020].", "[@roe2020]"),
        ("As shown [see @roe99, pp. 3-5].", "[see @roe99, pp. 3-5]"),
        (r"\pagebreak", r"\pagebreak"),
        (r"Some \textbf{words} here", r"\textbf{words}"),
        ("Sunk :ship: :+1:", ":ship:"),
        ("Now ++put in++.", "++put in++"),
        # text
        ("■概要", ""),
        ("★★★★☆ A triumph.", ""),
        ("금리를 3.5%*로 동결했다.\n\n*기준금리", ""),
        ("Yes: “151”{quote=no}*.\n\n*By name.", ""),
        ("[sic] [via @roe] a:b:c 12:30:15 C++, D++ and `:ship:` `[@roe2020]`", ""),
        (r"\[@roe2020] \:ship: \+\+put in++ C:\\new", ""),
    ],
)
def test_marks_of_other_programs_are_told_and_shown_as_they_are_written(text, told):
    body, problems = markup.read(text, path="a.md")
    shown = [problem.message[1:].partition("”")[0] for problem in problems if problem.code == "markup-foreign"]
    assert shown == ([told] if told else [])
    assert not told or body.text == text


def test_an_address_of_a_link_that_is_not_read_and_a_second_front_matter_are_told():
    assert [problem.code for problem in markup.read("[a]: https://example.org three words\n", path="a.md")[1]] == ["link-unread"]
    assert [problem.code for problem in markup.read("Words.\n\n---\ntitle: second\n---\nMore.\n", path="a.md")[1]] == ["heading-unclear"]


def told(text, *codes):
    """Return what is told of a text, code and the words in the first quotation marks, of these codes only if some are given."""
    problems = markup.read(text, path="a.md")[1]
    return [
        f"{problem.code}: {problem.message.partition('“')[2].partition('”')[0]}"
        for problem in problems
        if not codes or problem.code in codes
    ]


@pytest.mark.parametrize(
    "text, problem",
    [
        ("2. Weltkrieg und Frieden\n", "2. Weltkrieg und Frieden"),
        ("007. Bond\n", "007. Bond"),
        ("- a\n\n  3. Liga\n", "3. Liga"),
        ("> 21. Jahrhundert\n", "21. Jahrhundert"),
        ("19. und 20. Jahrhundert\n\nMehr.\n\n5. Stock\n", "19. und 20. Jahrhundert"),
        # lists, also with text between their entries
        ("1. one\n\nWords.\n\n2. two\n", ""),
        ("3. one\n4. two\n", ""),
        ("8. Mai 1945\n", ""),
        ("2\\. Weltkrieg\n", ""),
    ],
)
def test_a_number_that_makes_a_list_of_one_entry_is_told(text, problem):
    assert told(text, "list-unclear")[:1] == ([f"list-unclear: {problem}"] if problem else [])


def test_numbers_of_a_list_stay_where_its_entries_begin_with_years():
    body, problems = markup.read("1. 1989. The wall falls.\n2. 1990. The Union ends.\n", path="a.md")
    assert (body.text.split("\n\n"), problems) == (["1989. The wall falls.", "1990. The Union ends."], ())


@pytest.mark.parametrize(
    "text, problem",
    [
        ("% ring the lawyer", "comment-open: % ring the lawyer"),
        (".. note:: a remark", "markup-foreign: .. note:: a remark"),
        ('=== "Linux"', 'markup-foreign: === "Linux"'),
        ('+++\ntitle = "x"\n+++', "markup-foreign: +++"),
        ("```{note}\nwords\n```", "markup-foreign: ```{note}"),
        ("```mermaid\ngraph\n```", "markup-foreign: ```mermaid"),
        ("See {ref}`the-boat`.", "markup-foreign: {ref}"),
        ("See :doc:`the-boat`.", "markup-foreign: :doc:"),
        ("See @fig-boat.", "markup-foreign: @fig-boat"),
        ("Now <% render %>.", "markup-foreign: <% render %>"),
        ("## The boat {-}", "span-unknown: {-}"),
        ("- [-] cancelled", "markup-foreign: [-]"),
        ("(the-boat)=\n\n## Boat", "markup-foreign: (the-boat)="),
        ('+++ {"x": 1}', 'markup-foreign: +++ {"x": 1}'),
        ("| a |\n|---|\n| b |\n\n: The boats", "markup-foreign: : The boats"),
        ("`<b>`{=html}", "span-unknown: {=html}"),
        ("[the boat]({{ site.url }}/boat)", "markup-foreign: {{ site.url }}"),
        ("| It sank\n| at sea", "table-wrong: "),
        ("#. one\n#. two", "list-unread: #."),
        ("It sank.^1^", "markup-foreign: ^1^"),
        # text
        ("20 % of them\n% of whom", ""),
        ("% 5 of them", ""),
        ("Ask desk@fig-tree.example.org or @figaro.", ""),
        ("```python\nx = 1\n```", ""),
        ("“^o^” she wrote.^^", ""),
    ],
)
def test_marks_of_further_programs_are_told(text, problem):
    assert told(text) == ([problem] if problem else [])


@pytest.mark.parametrize(
    "text, problem",
    [
        ("Nobody `saw it.", "code-open: `"),
        ("In the `70s", "code-open: `"),
        ("He ``said'' so.", "code-open: ``"),
        ("He *never said so.", "emphasis-unread: *"),
        ("*«важно»*го", "emphasis-unread: *"),
        ("The *rest*.\n\n*He left.", "emphasis-unread: *"),
        ("Cost 5*, 7 €**.\n\n*With tax. **Without.", ""),
        ("Cost 5*, 7 €**. *With tax. **Without", ""),
        ("**重要**です。100円*、200円**。\n\n*税込。**送料別。", ""),
        ("**5** boats.\n\n**Without tax.", "emphasis-unread: **"),
        ("_重要。_所以", "emphasis-unread: _"),
        ("重要_强调_所以", "emphasis-unread: _"),
        ("##", "heading-unclear: ##"),
        ("####### Seven", "heading-unclear: ####### Seven"),
        ("Name\tAge\nAnn\t40", "table-wrong: "),
        ("+---+---+\n| a | b |\n+---+---+", "table-wrong: "),
        ("a   b\n\n----- -----", "table-wrong: "),
        ("It ended&hellip", "raw-html: &hellip"),
        ("* one\n*two", "list-unread: *"),
        ("а) один\nб) два", "list-unread: а)"),
        ("1、甲\n2、乙", "list-unread: 1、"),
        ("가. 하나\n나. 둘", "list-unread: 가."),
        ("\uf0b7 one\n\uf0b7 two", "list-unread: \uf0b7"),
        ("→ one\n→ two", "list-unread: →"),
        ("■ one\n■ two", "list-unread: ■"),
        # text
        ("`code` and ``a ` b`` and \\` that", ""),
        ("Twelve died.*\n\n*Figures of 2021.", ""),
        ("5 *3 and snake_case and _ and *.jpg", ""),
        ("AT&T, R&D and a&lt=5", ""),
        ("А. Смит\nВ. Джонс", ""),
        ("- - -", ""),
    ],
)
def test_what_markdown_reads_otherwise_is_told(text, problem):
    assert told(text) == ([problem] if problem else [])


@pytest.mark.parametrize(
    "text, message, advice",
    [
        ('![a boat](my boat.png "At sea")', "is no picture, since its address has a space", '(<my boat.png> "At sea")'),
        (
            "[a boat](https://example.org “x” y)",
            "its title stands in curly quotation marks",
            'Write straight ones: [words](/page/ "title").',
        ),
        ('[a boat](https://example.org "x" y)', "is no link: words stand behind its title", '[words](https://example.org "x")'),
        ("[a boat](<https://example.org)", "its angle bracket is not closed", "(https://example.org)"),
        ("[a boat](https://example.org>)", "its address ends with “>”", "on both sides"),
        ("[](https://example.org)", "has no words, so readers see nothing of it", "between the square brackets"),
        ("a boat](https://example.org)", "no square bracket opens before its words", "[words](https://…)"),
        ("【a boat】(https://example.org)", "its words do not stand between [ and ]", "[words](https://example.org)"),
        ("See <example.org/boat>.", "begins with https://", "<https://example.org/boat>"),
        ("See <https://example.org/a boat>.", "its address has a space", "<https://example.org/a%20boat>"),
        ("![a boat][nowhere]", "no line gives the address of “nowhere”", "![what is to be seen](https://…)"),
        ("[a boat][no\nwhere]", "no line gives the address of “no where”", "[words](https://…)"),
    ],
)
def test_links_that_are_none_are_told_with_the_way_to_write_them(text, message, advice):
    (problem,) = [problem for problem in markup.read(text, path="a.md")[1] if problem.code == "link-unread"]
    assert message in problem.message
    assert advice in problem.help


@pytest.mark.parametrize(
    "text", [r"\[a](https://example.org)", r"!\[a](https://example.org)", "(https://example.org)", "{https://example.org}"]
)
def test_brackets_that_are_meant_as_text_are_no_broken_links(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "caption, code",
    [
        ("off the record: %%ring him%%", "comment-open"),
        ("<!-- x -->", "comment-open"),
        ("{# x #}", "comment-open"),
        ("so **big**", "markup-in-value"),
        ("5 * 3, {1}", ""),
    ],
)
def test_marks_and_comments_in_captions_are_told(caption, code):
    assert [problem.code for problem in markup.read(f'![A boat](/a.png "{caption}")', path="a.md")[1]] == ([code] if code else [])


@pytest.mark.parametrize(
    "value", ["A {# secret #} word", "A {>>secret<<} word", "A {/* secret */} word", "A <!-- secret --> word", "A %%secret%% word"]
)
def test_comments_of_all_programs_in_values_stop_the_build(value):
    document = parse("content/explainers/a.md", f"---\ntitle: T\npublished: 2024-03-08\nsummary: '{value}'\n---\nText.\n".encode())
    assert [problem.code for problem in document.diagnostics] == ["comment-open"]


@pytest.mark.parametrize(
    "text, told",
    [
        ("Write `(born:: 1970)` or ``a ` [b:: c]``.\n", []),
        ("Two lines `with\nborn:: 1970` in code.\n", []),
        ("One ` alone, (born:: 1970) and \\`(died:: 1980)\\`.\n", ["(born:: 1970)"]),
        ("`code` (born:: 1970) `code`\n", ["(born:: 1970)"]),
    ],
)
def test_a_field_in_code_is_none(text, told):
    found = [problem for problem in markup.read(text, path="a.md")[1] if problem.code == "markup-foreign"]
    assert [problem.message.split("”")[0].removeprefix("“") for problem in found] == told


@pytest.mark.parametrize(
    "line, sign", [("authors: Desk]", "]"), ("topics: Water}", "}"), ("authors: [Ann, Bo]", ""), ("summary: A note [sic]", "")]
)
def test_a_bracket_that_nothing_opens_is_told_at_the_end_of_a_value(line, sign):
    document = parse("content/explainers/a.md", f"---\ntitle: A\npublished: 2025-10-01\n{line}\n---\nx\n".encode())
    assert [problem.message[:16] for problem in document.diagnostics] == ([f"Readers see “{sign}” "[:16]] if sign else [])
