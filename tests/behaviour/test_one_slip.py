"""One slip of an author is one problem, at the word that is wrong, with what to write."""

import pytest
from msgspec.structs import replace

from builder.build.load import load_site
from builder.build.run import Options
from builder.diagnostics import Diagnostic, Location, in_words

FRONT = """title: T
published: 2021-04-01
sources:
  s1: {publisher: P, title: Q, published: 2021-03-23}
actors:
  ann-lee: Ann Lee, Mayor
  bob-cox: Bob Cox
"""
A = "content/explainers/a.md"


def told(root, files):
    for path, text in {"content/site.yaml": "title: T\n", **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    found = load_site(Options(root, root / "site", jobs=1, cache=False)).diagnostics
    problems = [problem for problem in found if problem.code not in {"quote-no-marks", "title-shared"}]  # the texts here quote nothing
    return [(str(problem.location), problem.code, problem.message, problem.help, tuple(map(str, problem.also))) for problem in problems]


def explainer(front, body="Text.", head=FRONT):
    return f"---\n{head}{front}---\n{body}\n"


# --- two on one path ------------------------------------------------


@pytest.mark.parametrize(
    "files, at, other, message",
    [
        (
            {"content/explainers/straße.md": explainer(""), "content/explainers/strasse.md": explainer("")},
            "content/explainers/straße.md:2:1",
            "content/explainers/strasse.md:2:1",
            "Two pages would have one address: /explainers/strasse/ and /explainers/straße/ are the same to some file systems.",
        ),
        (
            {A: explainer("  straße: A\n  strasse: B\n")},
            "content/explainers/a.md:10:3",
            "content/explainers/a.md:9:3",
            "Two pages would have one address: /actors/straße/ and /actors/strasse/ are the same to some file systems.",
        ),
        (
            {A: explainer("aliases: [/old/]\n"), "content/explainers/b.md": explainer("aliases: [/Old/]\n")},
            "content/explainers/b.md:2:1",
            "content/explainers/a.md:2:1",
            "Two pages would have one address: /old/ and /Old/ are the same to some file systems.",
        ),
        (
            {A: explainer("aliases: [/explainers/b/]\n"), "content/explainers/b.md": explainer("")},
            "content/explainers/b.md:2:1",
            "content/explainers/a.md:2:1",
            "Two things claim the path /explainers/b/index.html: the page made with explainer.html, and an old address, of “aliases” or “former_ids”.",
        ),
    ],
)
@pytest.mark.parametrize("settings", ["title: T\n", "title: T\nbase_url: https://example.org/\nembeds: yes\ndata: full\n"])
def test_two_records_on_one_path_are_one_error_that_names_both(files, at, other, message, settings, tmp_path):
    (problem,) = told(tmp_path, {**files, "content/site.yaml": settings})
    assert problem == (at, "path-twice", message, "Give one of them another name, slug or alias.", (other,))


# --- keys and values ------------------------------------------------

SAID = "quotes:\n  - ann-lee: The boat is sound.\n  - bob-cox: It is not.\n"
BODY = "“The boat is sound.” “It is not.”"


@pytest.mark.parametrize(
    "front, body, at, help_",
    [
        (
            "quotes:\n  - ann-lee: x\n    about: aground\ntimelin:\n  - 2021-03-23: A ship\n    id: aground\n",
            "x [[aground]]",
            "12:1",
            "Did you mean “timeline”?",
        ),
        (
            "timeline:\n  - 2021-03-23: A ship\n    id: aground\nqoutes:\n  - {id: q, speaker: ann-lee, text: x, about: aground}\n",
            "x [[quote:q]]",
            "12:1",
            "Did you mean “quotes”?",
        ),
        (
            f"{SAID}    denies: ann-lee\n",
            BODY,
            "12:13",
            "Did you mean “the-boat-is-sound”? That is a quote of “ann-lee”, who is an actor.",
        ),
        (
            f"{SAID}    said: 2021-03-01\n    via: s1\n    answers: ann-lee\n",
            BODY,
            "14:14",
            "Did you mean “the-boat-is-sound”? That is a quote of “ann-lee”, who is an actor.",
        ),
        (
            "quotes:\n  - ann-lee: x\n  - ann-lee: y\n  - bob-cox: z\n    denies: ann-lee\n",
            "x y z",
            "13:13",
            "“ann-lee” is a speaker: name one of their quotes, x, y.",
        ),
        ("quotes:\n  - ann-lee: x\n    vai: s1\n", "x", "11:5", "Did you mean “via”?"),
        ("quotes:\n  - ann-lee: x\n    source: s1\n", "x", "11:5", "Did you mean “via”?"),
        ("quotes:\n  - It is sound: ann-lee\n", "“It is sound.”", "10:5", "Write “- ann-lee: It is sound”."),
        ("quotes:\n  - ann-lee It is sound.\n", "“It is sound.”", "10:5", "Write “- ann-lee: It is sound.”."),
        ("quotes:\n  - ann-lee:It is sound.\n", "“It is sound.”", "10:5", "Write “- ann-lee: It is sound.”."),
        (
            "quotes:\n  - {ann-lee: It is sound, it is.}\n",
            "“It is sound, it is.”",
            "10:28",
            'Put the whole value in quotation marks: ann-lee: "It is sound, it is."',
        ),
        (
            "timeline:\n  - It sails\n",
            "x",
            "10:5",
            "Write “- YYYY-MM-DD: It sails”; if the day is not known, “- {when: unknown, title: It sails}”.",
        ),
        ("quotes:\n  -ann-lee: x\n", "“x”", "10:3", "An entry of a list begins with a hyphen and a space: “- ann-lee: …”."),
        ("quotes:\n  - {speaker:ann-lee, text: x}\n", "“x”", "10:6", "Write “speaker: ann-lee”."),
        ("", "“x”{quote=none}", "10:11", "Write {quote=no} if these words quote nobody."),
        ("", "“x”{quote=No}", "10:11", "Write {quote=no} if these words quote nobody."),
    ],
)
def test_a_slip_in_a_record_is_one_problem_at_the_word(front, body, at, help_, tmp_path):
    (problem,) = told(tmp_path, {A: explainer(front, body)})
    assert (problem[0], problem[3]) == (f"{A}:{at}", help_)


SECOND_SOURCE = FRONT.replace("actors:", "  s2: {publisher: P, title: R, published: 2021-03-24}\nactors:")


def test_of_a_misspelt_key_no_follower_is_told(tmp_path):
    (problem,) = told(tmp_path, {A: explainer("quotes:\n  - bob-cox: x\n    vai: s1\n", "x", SECOND_SOURCE)})
    assert problem[:2] == (f"{A}:12:5", "key-unknown")


@pytest.mark.parametrize("section, wrong", [("sources", "source"), ("sources", "souces"), ("actors", "people"), ("actors", "actor")])
def test_of_a_misspelt_section_no_follower_is_told(section, wrong, tmp_path):
    text = explainer("quotes:\n  - ann-lee: x\n    via: s1\n", "x [[s1]] [[ann-lee]]").replace(f"{section}:", f"{wrong}:")
    (problem,) = told(tmp_path, {A: text})
    assert problem[1::2][:2] == ("key-unknown", f"Did you mean “{section}”?")


@pytest.mark.parametrize(
    "source, column, code, help_",
    [
        ("{publisher: P, title: Berdowski: it may take weeks, published: 2021-03-23}", 38, "yaml", 'title: "Berdowski: it may take weeks"'),
        ("{published: 2021-03-23, title: Late: again}", 42, "yaml", 'title: "Late: again"'),
        ("{publisher: P, title: Stuck, and how, published: 2021-03-23}", 36, "key-unknown", 'title: "Stuck, and how"'),
        ("{title: Stuck, Slow, published: 2021-03-23}", 22, "key-unknown", 'title: "Stuck, Slow"'),
    ],
)
def test_a_colon_or_a_comma_in_braces_is_told_with_the_value_to_write(source, column, code, help_, tmp_path):
    text = f"---\ntitle: T\npublished: 2021-04-01\nsources:\n  s1: {source}\n---\nText.\n"
    (problem,) = told(tmp_path, {A: text})
    assert (problem[0], problem[1], problem[3]) == (f"{A}:5:{column}", code, f"Put the whole value in quotation marks: {help_}")


@pytest.mark.parametrize(
    "source, column, help_",
    [
        ("{publisher: P; title: Q; published: 2021-03-23}", 20, "Write “, title: …”; commas part the keys in braces."),
        ("{publisher P, title: Q, published: 2021-03-23}", 8, "Write “publisher: P”."),
        ("{publisher:P, title:Q, published:2021-03-23}", 8, "Write “publisher: P”."),
    ],
)
def test_a_sign_that_is_missing_in_braces_is_one_problem(source, column, help_, tmp_path):
    (problem,) = told(tmp_path, {A: f"---\ntitle: T\npublished: 2021-04-01\nsources:\n  s1: {source}\n---\nText.\n"})
    assert (problem[0], problem[3]) == (f"{A}:5:{column}", help_)


def test_a_quotation_whose_quote_is_misspelt_is_not_told_as_missing_too(tmp_path):
    (problem,) = told(tmp_path, {A: explainer("quotes:\n  - ann-lee: The boats are sound.\n", "“The boat is sound.”")})
    assert problem[1] == "quote-not-found"


def test_a_comma_in_the_braces_of_actors_is_one_too(tmp_path):
    (problem,) = told(tmp_path, {A: "---\ntitle: T\npublished: 2021-04-01\nactors: {bo: Bo Li, Mayor, cy: Cy}\n---\nText.\n"})
    assert (problem[1], problem[3]) == ("id-wrong", 'Put the whole value in quotation marks: bo: "Bo Li, Mayor"')


@pytest.mark.parametrize(
    "date, help_",
    [
        ("2021-03-29T04:30?~", "Write 2021-03-29T04:30% instead."),
        ("2021-02-30", "Write 2021-02 or 2021 instead."),
        ("2021-03-31 and then some", "Write 2021-03-31 for that date, 2021-03-31~ for “around” it, and tell the rest in words."),
        ("soonish", "Write YYYY-MM-DD for a day"),
    ],
)
def test_what_is_proposed_for_a_date_is_about_that_date(date, help_, tmp_path):
    (problem,) = told(tmp_path, {A: explainer(f"updated: {date}\n")})
    assert problem[1] == "date-wrong"
    assert problem[3].startswith(help_)


def test_a_date_that_cannot_be_read_is_not_told_as_missing_too(tmp_path):
    front = "timeline:\n  - {title: One, sources: s1}\n  - {title: Two, when: soonish, sources: s1}\n  - title: Three\n    sources: s1\n    when: 18 January 2021\n"
    found = [(problem[0], problem[1]) for problem in told(tmp_path, {A: explainer(front)})]
    assert found == [(f"{A}:10:5", "event-no-date"), (f"{A}:11:24", "date-wrong"), (f"{A}:14:11", "date-wrong")]


@pytest.mark.parametrize(
    "alias, help_",
    [
        ("https://example.org/old/", "Write its path alone: /old/"),
        ("/old/?id=1", "Write its path alone: /old/"),
        ("/../", "Write its path alone, as it was: /old/path/."),
    ],
)
def test_of_an_old_address_the_path_to_write_is_told(alias, help_, tmp_path):
    (problem,) = told(tmp_path, {A: explainer(f'aliases: ["{alias}"]\n')})
    assert (problem[1], problem[3]) == ("alias-wrong", help_)


# --- one thing that is missing at many places ------------------------------------------------


def quotes(speaker, number):
    front = "".join(f"  - {speaker}: word{n}.\n    said: 2021-03-01\n" for n in range(number))
    return explainer(f"quotes:\n{front}", " ".join(f"“word{n}.”" for n in range(number)))


def test_a_speaker_whom_nobody_lists_is_one_problem_with_all_places(tmp_path):
    (problem,) = told(tmp_path, {A: quotes("zoe-kim", 10)})
    assert problem[:2] == (f"{A}:10:5", "reference-unknown")
    assert problem[4] == tuple(f"{A}:{line}:5" for line in range(12, 30, 2))


def test_a_shared_actor_who_was_renamed_is_one_problem_over_all_files(tmp_path):
    front = "---\ntitle: T{n}\npublished: 2021-04-01\nactors: [zoe-kim]\nsources: {s: {title: T, publisher: P}}\nquotes:\n  - {speaker: zoe-kim, text: word, said: 2021-03-01, via: s}\n---\nword [[zoe-kim]]\n"
    files = {f"content/explainers/e{n}.md": front.replace("{n}", str(n)) for n in range(10)}
    (problem,) = told(tmp_path, {"content/actors/z-kim-mep.md": "---\nname: Zoe Kim\n---\n", **files})
    assert problem[:2] == ("content/explainers/e0.md:4:10", "reference-unknown")
    assert problem[3] == "Did you mean “z-kim-mep”?"
    assert problem[4] == tuple(f"content/explainers/e{n}.md:4:10" for n in range(1, 10))


def test_a_page_that_is_not_there_is_one_problem_over_all_files(tmp_path):
    (problem,) = told(
        tmp_path, {A: explainer("", "[a](/about/)\n\n[b](/about/)"), "content/explainers/b.md": explainer("", "[c](/about/)")}
    )
    assert problem[:2] == (f"{A}:10:5", "link-dead")
    assert problem[4] == (f"{A}:12:5", "content/explainers/b.md:10:5")


def test_a_picture_beside_each_of_two_texts_is_two(tmp_path):
    text = explainer("", "![a](boat.png) ![a](boat.png)")
    found = told(tmp_path, {"content/explainers/a/index.md": text, "content/explainers/b/index.md": text})
    assert [(problem[1], len(problem[4])) for problem in found] == [("link-dead", 1)] * 2


def test_headings_of_two_pages_are_two(tmp_path):
    pages = {f"content/pages/{name}.md": f"---\ntitle: {name}\n---\nText.\n" for name in ("one", "two")}
    found = told(tmp_path, {A: explainer("", "[a](/one/#x) [b](/two/#x) [c](/one/#x)"), **pages})
    assert [(problem[2], len(problem[4])) for problem in found] == [
        ("There is no heading “#x” on the page /one/.", 1),
        ("There is no heading “#x” on the page /two/.", 0),
    ]


def test_an_id_that_can_be_none_is_told_where_it_is_given(tmp_path):
    (problem,) = told(tmp_path, {A: explainer("  Zoe_Kim: Zoe Kim\nquotes:\n  - Zoe_Kim: word\n    said: 2021-03-01\n", "word")})
    assert problem[:2] == (f"{A}:9:3", "id-wrong")


def test_two_ids_are_told_at_the_ids(tmp_path):
    front = "quotes:\n  - {id: q, speaker: ann-lee, text: one}\n  - {id: q, speaker: ann-lee, text: two}\n"
    (problem,) = told(tmp_path, {A: explainer(front, "one two")})
    assert (problem[0], problem[1], problem[4]) == (f"{A}:11:10", "id-twice", (f"{A}:10:10",))


def test_what_differs_in_severity_is_not_one(tmp_path):
    site = "title: T\nproblems:\n  - {code: link-dead, severity: warning, files: [content/explainers/b.md], why: it will come}\n"
    files = {A: explainer("", "[a](/about/)"), "content/explainers/b.md": explainer("", "[c](/about/)")}
    assert len(told(tmp_path, {"content/site.yaml": site, **files})) == 2


def test_many_places_are_counted_in_words():
    problem = Diagnostic("link-dead", "It is dead.", Location("a.md", 1, 1), also=tuple(Location("b.md", n) for n in range(1, 10)))
    assert in_words(problem).split("\n")[1:] == [
        *(f"      = see also b.md:{n}" for n in (1, 2, 3)),
        "      = and in 6 more places",
    ]
    assert in_words(replace(problem, also=problem.also[:4])).count("see also") == 4


@pytest.mark.parametrize("written", ["2x", "2.0", "two", "２", "yes"])
def test_a_format_that_is_no_number_brings_no_problems_of_an_older_format(written, tmp_path):
    front = f"  cy-dee: Cy Dee, captain, Harbour Line, 2019–2021\n  hall: Town Hall, PublicBody\nformat: {written}\n"
    (found,) = told(tmp_path, {A: explainer(front, "Cy Dee met the Town Hall, Ann Lee and Bob Cox.")})
    assert found[1:4] == ("value-wrong", f"“format” takes a whole number, not “{written}”.", "Write it in figures, such as 2.")


@pytest.mark.parametrize(
    "quote, body, at, help_",
    [
        ("  - {speaker: ann-lee, text: It is sound, via: [s2, s1]}", "", f"{A}:11:49", "Write “via: [s1, s2]”"),
        ("  - ann-lee: It is sound\n    via:\n      - s2\n      - s1", "", f"{A}:13:9", "Write “via: [s1, s2]”"),
        (
            "  - {ann-lee: It is sound, via: s1}",
            " “No, it sank,”{by=bob-cox source=s2,s1} says Bob Cox.",
            f"{A}:13:63",
            "Write “source=s1,s2”",
        ),
    ],
)
def test_of_sources_in_the_wrong_order_the_first_wrong_one_is_marked(quote, body, at, help_, tmp_path):
    head = FRONT.replace("actors:", "  s2: {publisher: O, title: R, published: 2021-03-24, cites: s1}\nactors:")
    front = f"quotes:\n{quote}\n"
    found = told(tmp_path, {A: explainer(front, f"“It is sound,” says Ann Lee.{body}", head)})
    assert [(place, help_) for place, code, _, told_help, _ in found if code == "via-order" and told_help.startswith(help_)] == [
        (at, help_)
    ]


@pytest.mark.parametrize(
    "who, help_",
    [
        ("Lee", "Did you mean “ann-lee”?"),
        ("Dr Lee", "Did you mean “ann-lee”?"),
        ("Anne Lee", "Did you mean “ann-lee”?"),
        ("Ann Lee and Bob Cox", "Write several in brackets: [ann-lee, bob-cox]"),
        ("ann-lee / Bob Cox", "Write several in brackets: [ann-lee, bob-cox]"),
        ("Unknown", "Write unknown, in small letters."),
        ("Anonymous", "Write unknown, if the report does not say who;"),
        ("Carl Lee", "An id has small letters, digits and hyphens: write carl-lee here,"),
    ],
)
def test_of_a_speaker_in_words_it_is_told_who_is_meant(who, help_, tmp_path):
    front = f"quotes:\n  - {{speaker: {who}, text: It is sound, via: s1}}\n"
    (found,) = told(tmp_path, {A: explainer(front, "“It is sound,” says Ann Lee, and Bob Cox hears it.")})
    assert found[3].startswith(help_)


@pytest.mark.parametrize(
    "relations, message",
    [
        ("denies: b", "This quote denies itself."),
        ("denies: a, confirms: a", "This quote both denies and confirms “a”."),
    ],
)
def test_a_quote_answers_another_one_in_one_way(relations, message, tmp_path):
    quotes = f"quotes:\n  - {{id: a, speaker: ann-lee, text: It is sound}}\n  - {{id: b, speaker: bob-cox, text: It sank, {relations}}}\n"
    found = told(tmp_path, {A: explainer(quotes, "“It is sound,” says Ann Lee. “It sank,” says Bob Cox.")})
    assert [problem[2] for problem in found] == [message]
