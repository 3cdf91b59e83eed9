"""Marks of an explainer in the place of front matter: quotes, events and sources, and the lines of format 2."""

import pytest

from builder import checks
from builder.checks.cascades import without_cascades
from builder.content.markup import read
from builder.content.parse import parse
from builder.i18n import language
from builder.linking import link
from builder.model import Actor, MarkOpen, Settings, Source

HEAD = (
    "title: T\npublished: 2021-04-01\nsources:\n  s1: Wire, One, 2021-03-23\n  s2: Wire, Two, 2021-03-24\nactors:\n  ann: Ann Lee, Mayor\n"
)


def made(body, front=HEAD):
    document = parse("content/explainers/one.md", f"---\n{front}---\n{body}\n".encode())
    return document.explainer, [(problem.code, problem.location.line, problem.location.column) for problem in document.diagnostics]


def quotes(body, front=HEAD):
    explainer, problems = made(body, front)
    assert problems == []
    return {quote.id: quote for quote in explainer.quotes}


def test_a_mark_behind_a_quotation_makes_its_quote():
    found = quotes('She said “the boat is sound,”{by=ann source=s1 on=2021-03-20 note="as told"} and left.')
    quote = found["the-boat-is-sound"]
    assert (quote.segments, quote.speakers, quote.via, quote.note) == (("the boat is sound",), ("ann",), ("s1",), "as told")
    assert quote.said.date.edtf == "2021-03-20"
    assert (quote.location.line, quote.mode) == (10, "")


def test_the_quote_goes_on_in_the_next_quotation():
    assert quotes("“No,”{by=ann} she said. “We go.”{quote=more}")["no-we-go"].segments == ("No", "We go.")


def test_words_in_square_brackets_are_a_paraphrase():
    quote = quotes("She told that [*nobody* would go]{by=ann}.")["nobody-would-go"]
    assert (quote.is_paraphrase, quote.segments) == (True, ("nobody would go",))


def test_a_block_quote_takes_a_mark_at_its_end():
    assert quotes("> The boat is sound.\n> It goes. {by=ann}")["the-boat-is-sound-it-goes"].speakers == ("ann",)


def test_the_same_words_said_twice_are_two_quotes():
    explainer, problems = made("“No,”{by=ann} she said. “No,”{by=ann} she said again.")
    assert problems == []
    assert [quote.id for quote in explainer.quotes] == ["no", "no-2"]
    assert [segment.id for segment in explainer.body.segments if isinstance(segment, MarkOpen)] == ["no", "no-2"]


def test_a_record_without_words_takes_them_from_the_text():
    front = HEAD + "quotes:\n  weeks: {translation: It may take weeks}\n  far: {speaker: ann}\n"
    found = quotes("“Het kan weken duren,”{by=ann id=weeks lang=nl} she said, “ver”{quote=far}.", front)
    assert (found["weeks"].translation.text, found["weeks"].lang, found["weeks"].speakers) == ("It may take weeks", "nl", ("ann",))
    assert (found["far"].segments, found["far"].speakers) == (("ver",), ("ann",))


@pytest.mark.parametrize(
    "body, problem",
    [
        ("So “it is”{by=ann foo=bar}.", ("key-unknown", 10, 19)),
        ("So it is {by=ann}.", ("mark-mistyped", 10, 10)),
        ("So “it is”{quote=nope}.", ("link-unknown", 10, 18)),
        ("So “it is”{quote=more}.", ("span-unknown", 10, 11)),
        ("So “it is”{by=ann on=Friday}.", ("date-wrong", 10, 22)),
        ("So “[[ann]] is”{by=ann}.", ("span-unknown", 10, 16)),
        ('So “it is”{by=ann source="a paper"}.', ("value-wrong", 10, 27)),
        ("Nothing is said here. {source=s1}", ("span-unknown", 10, 23)),
        ('Nothing is said here. {source="a paper"}', ("value-wrong", 10, 32)),
    ],
)
def test_a_mark_that_cannot_be_read_is_told_where_it_stands(body, problem):
    assert made(body)[1] == [problem]


def test_a_mark_in_a_plain_page_is_text():
    assert "{by=ann}" in read("So “it is”{by=ann}. {source=s1}", path="content/pages/a.md")[0].text


# --- sources of blocks ------------------------------------------------

BLOCKS = """## First {source=s1}

“One”{by=ann} and “two”{by=ann source=s2}. [It sank]{on=2021-03-22}.

“Three”{by=ann}. {source=s2}

### Within

“Four”{by=ann}

## Second

“Five”{by=ann}"""


def test_a_quote_rests_on_the_source_of_its_paragraph_then_of_its_section():
    explainer, problems = made(BLOCKS)
    assert problems == []
    assert {quote.id: quote.via for quote in explainer.quotes} == {
        "one": ("s1",),
        "two": ("s2",),
        "three": ("s2",),
        "four": ("s1",),
        "five": (),
    }
    assert [(event.title, event.sources) for event in explainer.timeline] == [("It sank", ("s1",))]
    assert [section.title for section in explainer.body.sections] == ["First", "Within", "Second"]
    assert "{" not in explainer.body.text


def test_quotes_of_the_front_matter_rest_on_it_too():
    assert quotes("She said “it is”. {source=s2}", HEAD + "quotes:\n  - ann: it is\n")["it-is"].via == ("s2",)


def test_a_source_may_stand_in_its_mark():
    explainer, problems = made(
        '“One”{by=ann}. {source="Lantern, Ferry in doubt, 2021-03-25"}\n\n“Two”{by=ann source="Lantern, Ferry in doubt, 2021-03-25"}'
    )
    assert problems == []
    assert [quote.via for quote in explainer.quotes] == [("lantern-2021-03-25",)] * 2
    assert [(source.id, source.title) for source in explainer.sources if isinstance(source, Source)][2:] == [
        ("lantern-2021-03-25", "Ferry in doubt")
    ]


def test_words_in_square_brackets_with_a_day_are_an_event():
    explainer, problems = made("Then [the ferry sank]{event=sank on=2021-03-22 status=alleged by=ann}, and [it rose]{on=2021-03-23~}.")
    assert problems == []
    assert [(event.id, event.title, event.status, event.by) for event in explainer.timeline] == [
        ("sank", "The ferry sank", "alleged", ("ann",)),
        ("it-rose-2021-03-23", "It rose", "", ()),
    ]
    assert [segment.id for segment in explainer.body.segments if isinstance(segment, MarkOpen)] == ["sank", "it-rose-2021-03-23"]


# --- format 2 ------------------------------------------------

LINES = """format: 2
title: T
published: 2021-04-01
sources:
- Acme, Inc., Of ships, and seas, 2021-03-23, https://example.org/a
actors:
- Ann Lee, Mayor, of council, from 2019-08, to 2020
- Kisen Lines, Organization, of egypt, owns the ship
- Boskal
unnamed:
  agent: a ship’s agent; saw it; fears for his job
"""


def test_a_line_says_office_body_and_days_in_format_2():
    explainer, problems = made("Text.", LINES)
    assert problems == []
    ann, kisen, boskal, agent = (actor for actor in explainer.actors if isinstance(actor, Actor))
    held = ann.positions[0]
    assert (ann.id, held.role, held.of, held.since.date.edtf, held.until.date.edtf) == ("ann-lee", "Mayor", "council", "2019-08", "2020")
    assert (kisen.type, kisen.of, kisen.here, kisen.positions) == ("Organization", "egypt", "owns the ship", ())
    assert (boskal.id, boskal.name) == ("boskal", "Boskal")
    assert (agent.described_as, agent.knows_because, agent.anonymity_reason) == ("a ship’s agent", "saw it", "fears for his job")
    source = explainer.sources[0]
    assert (source.id, source.publisher, source.title) == ("acme-inc-2021-03-23", "Acme, Inc.", "Of ships, and seas")
    assert source.url == "https://example.org/a"


def test_a_line_of_format_1_means_what_it_meant():
    explainer, _ = made("Text.", LINES.replace("format: 2\n", "").replace("- Boskal\n", ""))
    ann, kisen, agent = (actor for actor in explainer.actors if isinstance(actor, Actor))
    assert ann.positions[0].role == "Mayor, of council, from 2019-08, to 2020"
    assert (kisen.type, kisen.positions[0].role) == ("Person", "Organization, of egypt, owns the ship")
    assert agent.described_as == "a ship’s agent; saw it; fears for his job"


def test_a_format_that_is_not_known_is_told():
    assert made("Text.", "format: 3\ntitle: T\npublished: 2021-04-01\n")[1] == [("format-version", 2, 9)]


TEXT = "Lee is early. Ann Lee spoke.\n\n## Then\n\nLee went. “Lee won’t,” they said."


def linked(front, *others, text=TEXT):
    files = {"one": f"---\n{front}title: T\npublished: 2021-04-01\nactors: {{ann: Ann Lee}}\n---\n{text}\n", **dict(others)}
    documents = [parse(f"content/explainers/{name}.md", whole.encode()) for name, whole in files.items()]
    site, _ = link(Settings(), language.load("en"), documents)
    return [site.bodies["one"].text[occurrence.start : occurrence.end] for occurrence in site.occurrences["one"] if occurrence.linked]


OTHER = "---\ntitle: O\npublished: 2021-04-01\n{}---\nOther.\n"


@pytest.mark.parametrize(
    "front, others, expected",
    [
        ("format: 2\n", (), ["Ann Lee", "Lee"]),
        ("", (), ["Ann Lee"]),
        ("format: 2\n", (("two", OTHER.format("actors: {bob: Bob Lee}\n")),), ["Ann Lee"]),
        ("format: 2\n", (("two", OTHER.format("actors: {lee: {type: Organization, name: Lee Ships}}\n")),), ["Ann Lee"]),
        ("format: 2\n", (("two", OTHER.format("timeline: [{when: 2021-03-01, title: A vote, place: Port Lee}]\n")),), ["Ann Lee"]),
    ],
)
def test_a_surname_links_behind_the_full_name_where_nothing_else_is_called_so(front, others, expected):
    assert linked(front, *others) == expected


def test_a_bare_surname_of_two_people_of_an_explainer_is_told():
    text = "Petra Lang and Hugo Lang met. Then Lang left."
    head = "format: 2\ntitle: T\npublished: 2021-04-01\nactors:\n  petra: Petra Lang\n  hugo: Hugo Lang\n"
    _, problems = link(Settings(), language.load("en"), [parse("content/explainers/one.md", f"---\n{head}---\n{text}\n".encode())])
    (told,) = [problem for problem in problems if problem.code == "name-shared"]
    assert told.message == "“Lang” may be Petra Lang (petra) or Hugo Lang (hugo), so it leads to none of them."


@pytest.mark.parametrize(
    "name, text", [("Ann May", "In May, Ann May said.\n\n## B\n\nMay went."), ("Ann Long", "Ann Long, a long day.\n\n## B\n\nLong ago.")]
)
def test_a_surname_that_is_a_word_of_the_text_or_a_month_does_not_link(name, text):
    document = parse(
        "content/explainers/one.md", f"---\nformat: 2\ntitle: T\npublished: 2021-04-01\nactors: {{ann: {name}}}\n---\n{text}\n".encode()
    )
    site, _ = link(Settings(), language.load("en"), [document])
    assert [site.bodies["one"].text[occurrence.start : occurrence.end] for occurrence in site.occurrences["one"]] == [name]


@pytest.mark.parametrize(
    "body, advice",
    [
        ("“It is sound,”{by ann} she said.", "Write {by=ann}."),
        ("“It is sound,”{by: ann} she said.", "Write {by=ann}."),
        ("“It is sound,”{by: ann, source: s1} she said.", "Write {by=ann source=s1}."),
        ('“It is sound,”{by ann source=s1 note="as, printed"} she said.', 'Write {by=ann source=s1 note="as, printed"}.'),
        ("“It is sound,” {by: ann,bob on: 2024-03-08} she said.", "Write {by=ann,bob on=2024-03-08}, right behind the quotation mark."),
        ("“It is sound,”{by=} she said.", "Write the id behind “by=”: {by=id}."),
        ("“It is sound,” {by=ann} she said.", "Delete the blank before the brace: ”{by=ann}"),
        ("She said: “It is sound.” {by=ann}", "Delete the blank before the brace: ”{by=ann}"),
        ("“It is sound,” {by ann} she said.", "Write {by=ann}, right behind the quotation mark."),
        ("“It is sound,”{bye=ann} she said.", "Did you mean “by”? Write {by=ann}."),
        ("“It is sound,”{speaker=ann} she said.", "Did you mean “by”? Write {by=ann}."),
        ("[It is sound]{by ann}, she said.", "Write {by=ann}."),
        ("[It is sound]{bye=ann}, she said.", "Did you mean “by”? Write {by=ann}."),
        ("“It is sound,”(by=ann) she said.", "A mark stands in braces, right behind the quotation mark: {by=ann}."),
        ("“It is sound,” [by=ann source=s1] she said.", "A mark stands in braces, right behind the quotation mark: {by=ann source=s1}."),
        ("“It is sound,”{ann} she said.", "Write {by=ann}; or a backslash before the brace."),
        ("“It is sound,”{no} she said.", "Write {quote=no}; or a backslash before the brace."),
        ("[It is sound]{by=ann,source=s1}, she said.", "Write {by=ann source=s1}: keys are parted by blanks, and an id stands alone."),
        ("“It is sound,”{by=[[ann]]} she said.", "Write {by=ann}: keys are parted by blanks, and an id stands alone."),
        ("“It is sound,”{by=Ann Lee source=s1} she said.", "Write the speaker’s id: {by=ann-lee source=s1}"),
        ("“It is sound,”{by=ann source=Wire, One} she said.", 'Put words into quotation marks: {by=ann source="Wire, One"}'),
    ],
)
def test_a_mistyped_mark_is_an_error_and_says_what_to_write(body, advice):
    document = parse("content/explainers/one.md", f"---\n{HEAD}---\n{body}\n".encode())
    (problem,) = document.diagnostics
    assert (problem.code, problem.severity, problem.help) == ("mark-mistyped", "error", advice)


@pytest.mark.parametrize(
    "body, message",
    [
        ("“It is sound,{by=ann source=s1} she said.", "No quotation ends before “{by=ann source=s1}”, so readers would see it."),
        ("“It is sound,{by=ann source=s1}", "No quotation ends before “{by=ann source=s1}”, so it names the speaker of nothing."),
        ("She knows.{by=ann source=s1} So.", "No quotation ends before “{by=ann source=s1}”, so readers would see it."),
        ("“It is sound,”{by=ann source=s1 she said.", "“{by=ann” is never closed, so readers would see it."),
        ("“It is sound,”{by=ann she said} there.", "“{by=ann she said}” cannot be read, so readers would see it."),
        ("“It is sound,”{by=ann sorce=s1} she said.", "“sorce” is not known in {by=…}."),
        ("[It sailed]{on=2021-03-20 sorce=s1}.", "“sorce” is not known in {on=…}."),
    ],
)
def test_braces_that_are_no_mark_are_one_error(body, message):
    document = parse("content/explainers/one.md", f"---\nformat: 2\n{HEAD}---\n{body}\n".encode())
    site, _ = link(Settings(), language.load("en"), [document])
    found = without_cascades((*document.diagnostics, *checks.check(site)), (), str)
    assert [(problem.severity, problem.message) for problem in found if problem.code not in {"summary-missing", "source-unused"}] == [
        ("error", message)
    ]


def test_a_misspelt_key_of_a_mark_is_read_as_the_one_that_is_proposed():
    document = parse("content/explainers/one.md", f"---\n{HEAD}---\n“It is sound,”{{by=ann sorce=s1}} she said.\n".encode())
    assert (document.explainer.quotes[0].via, document.diagnostics[0].help) == (("s1",), "Did you mean “source”?")


@pytest.mark.parametrize(
    "body",
    [
        "“It is sound,”\\{by ann} she said.",
        "“It is sound.” {source=s1}",
        "“It is”{by=ann} and {by the way} so.",
        "“A”{quote=no} and “b” {c} d.",
    ],
)
def test_what_is_no_mistyped_mark_is_let_through(body):
    assert "mark-mistyped" not in [code for code, *_ in made(body)[1]]


def test_a_wrong_day_in_a_mark_is_not_advised_to_become_a_record():
    front, mark = (
        next(problem.help for problem in parse("content/explainers/one.md", f"---\n{HEAD}{more}---\n{text}\n".encode()).diagnostics)
        for more, text in (("as_of: Friday\n", ""), ("", "“No”{by=ann on=Friday}"))
    )
    assert "{says: Friday" in front
    assert "{says" not in mark


@pytest.mark.parametrize(
    "text, code, column, help_",
    [
        ("See [bo-karl]], the mayor.", "link-unread", 5, "Write [[bo-karl]]."),
        ("See [[bo-karl]]], the mayor.", "link-unread", 5, "Delete it."),
        ("See [[[bo-karl]], the mayor.", "link-unread", 5, "Delete it."),
        ("See [[method](/method/) there.", "link-unread", 5, "Delete it."),
        ("See [method]](/method/) there.", "link-unread", 5, "Delete it."),
        ("See [method(/method/) there.", "link-unread", 5, "Write [words](https://…)."),
        ("See [next(#next) there.", "link-unread", 5, "Write [words](https://…)."),
        ("![timeline]]", "link-unread", 1, "Write ![[timeline]]."),
        ("[It rains]on=2025-10-10 source=herald} now.", "mark-mistyped", 11, "Write {on=2025-10-10 source=herald}"),
        ("[It rains]by=ann} now.", "mark-mistyped", 11, "Write {by=ann}"),
        ("[It rains{on=2025-10-10} now.", "mark-mistyped", 1, "Write [It rains]{on=2025-10-10}."),
        ("[It rains]{{on=2025-10-10} now.", "span-unknown", 11, "Write {quote=id} or {event=id}; or a backslash before the brace."),
        (
            "[It rains]{on2025-10-10 source=herald} now.",
            "span-unknown",
            11,
            "Write {quote=id} or {event=id}; or a backslash before the brace.",
        ),
        ("[It rains]{on=2025-10-10}} now.", "mark-mistyped", 26, "Delete it."),
        ("“It rains,”{by=ann}} now.", "mark-mistyped", 20, "Delete it."),
        ("“It rains”{quote=no}} now.", "mark-mistyped", 21, "Delete it."),
        ("“It rains,”{by=ann} now. {{source=herald}", "mark-mistyped", 26, "Delete it."),
    ],
)
def test_a_bracket_or_brace_that_readers_would_see_is_told(text, code, column, help_):
    document = parse("content/explainers/a.md", f"---\nformat: 2\ntitle: A\npublished: 2025-10-01\n---\n{text}\n".encode())
    assert [(problem.code, problem.location.column, problem.help) for problem in document.diagnostics if problem.location.line == 6] == [
        (code, column, help_)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[[[a]]]",
        "[see [[b]]]",
        "x[i[j]] and y[0]]",
        "([[d]])",
        "[a[b](/c) d]",
        "[![a](b.png)](/c)",
        "`[x]]` and `{by=a}}`",
        "[“q”{quote=no}]",
        "[m]by all means}",
        r"\[[c]]",
    ],
)
def test_brackets_that_belong_together_are_not_told(text):
    document = parse("content/pages/a.md", f"---\ntitle: A\n---\n{text}\n".encode())
    assert document.diagnostics == ()
