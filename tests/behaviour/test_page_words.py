"""What a page says, in its words: sentences that are put together from parts, and signs that promise something."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.build.pipeline import Options, build

HEAD = "---\ntitle: One\nsummary: Two.\npublished: 2024-03-08\n"


@pytest.fixture
def read(tmp_path):
    """Build a site from an explainer called “one” and give one of its pages."""

    def opened(front, body="A text.", path="explainers/one/", settings="", **files):
        given = {"site.yaml": f"format: 1\ntitle: Site\n{settings}", "explainers/one.md": f"{HEAD}{front}---\n{body}\n", **files}
        for name, text in given.items():
            (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "content" / name).write_text(text, "utf-8")
        report = build(Options(tmp_path, tmp_path / "site", jobs=1, cache=False))
        assert report.plan is not None, report.diagnostics
        return LexborHTMLParser((tmp_path / "site" / path / "index.html").read_text("utf-8"))

    return opened


def words(node):
    return " ".join(node.text().split())


def said(page, css):
    return [words(node) for node in page.css(css)]


DENIAL = """actors:
  mina: {name: Mina}
  otto: {name: Otto}
quotes:
  - {id: q1, speaker: mina, text: It will rain., said: 2024-03-04, in_body: no}
  - {id: q2, speaker: otto, text: rejects any suggestion of rain, mode: indirect, said: 2024-03-05, denies: [q1], in_body: no}
"""


def test_only_the_very_words_have_quotation_marks(read):
    page = read(DENIAL, "What followed: [[quote:q1]], then [[quote:q2]].")
    ledger = read(DENIAL, path="explainers/one/statements/")
    assert said(ledger, ".quote-card .facts a[href*='#quote--']") == ["rejects any suggestion of rain", "“It will rain.”"]
    assert said(page, ".text a[href*='#quote--']") == ["“It will rain.”", "rejects any suggestion of rain"]


# --- notes beside the text ------------------------------------------------

TALKS = """sources:
  bote: {publisher: Bote, title: Talks, published: 2024-03-07}
  kurier: {publisher: Kurier, title: More talks, published: 2024-03-08}
actors:
  mina: {name: Mina}
quotes:
  - {id: q1, speaker: mina, text: It will rain., via: [bote]}
  - {id: q2, speaker: mina, text: It will snow., via: [bote]}
  - {id: q3, speaker: mina, text: It will hail., via: [kurier]}
  - {id: q4, speaker: mina, text: It will pour., via: [bote]}
  - {id: q5, speaker: mina, text: It will blow., via: [bote], said: 2024-03-06}
"""


def test_a_speaker_has_one_note_in_a_section_which_counts_their_statements(read):
    page = read(TALKS, "“It will rain.” “It will snow.” “It will hail.”\n\n## Later\n\n“It will pour.” “It will blow.”")
    assert said(page, ".sidenote") == ["Mina: 3 quotes.", "Mina: 2 quotes."]
    assert [node.attributes["href"] for node in page.css(".quote-sign")] == ["#beside--1"] * 3 + ["#beside--2"] * 2


# --- legends ------------------------------------------------

SIGNS = """sources:
  bote: {publisher: Bote, title: Talks, published: 2024-03-07}
actors:
  mina: {name: Mina}
unnamed:
  clerk: {described_as: a clerk, knows_because: unknown, anonymity_reason: unknown}
quotes:
  - {id: q1, speaker: mina, text: It will rain., via: [bote], in_body: no}
  - {id: q2, speaker: clerk, text: It will snow., via: [bote], in_body: no}
timeline:
"""


def legend(page):
    """Return the words of a legend, each behind the class of its sign."""
    return [
        (entry.css_first("span").attributes["class"] if entry.css_first("span") else "", words(entry)) for entry in page.css(".legend li")
    ]


def test_an_explainer_has_the_key_of_the_signs_that_stand_in_it_and_of_no_other(read):
    assert legend(read(SIGNS, path="explainers/one/statements/")) == [
        ("", "named people: 1 quote"),
        ("", "unnamed sources: 1 quote"),
        ("line", "named"),
        ("line dashed", "not named"),
    ]


def test_what_is_taken_to_have_happened_says_so(read):
    page = read(SIGNS + "  - {id: a, title: A, when: 2024-03-05}\n", "Text.\n\n![[a]]\n")
    assert said(page, ".timeline .when .hidden") == ["happened (inferred),"]
    assert said(page, ".event-card .status") == ["happened (inferred)"]


# --- parts that an author places ------------------------------------------------

PLACED = "actors:\n  mina: {name: Mina}\ntimeline:\n  - {title: A, when: 2024-03-05, status: occurred, actors: [mina]}\n"


@pytest.mark.parametrize(
    "body, headings",
    [
        ("Mina came.\n\n![[timeline]]\n\n![[who]]", ["Timeline", "Who’s who"]),
        ("Mina came.\n\n![[who]]\n\n## After that\n\nMina went.\n\n![[timeline]]", ["Who’s who", "After that", "Timeline"]),
        ("Mina came.\n\n## All days\n\n![[timeline]]\n\n### The people\n\n![[who]]", ["All days"]),
        ("Mina came.\n\n![[timeline]]\n\nMina went.\n\n![[who]]\n\nMina stayed.", []),
        ("Mina came.\n\n![[timeline status=planned]]\n\n![[who]]\n\n![[who]]", ["Who’s who"]),
    ],
)
def test_a_whole_part_that_is_placed_has_its_heading_unless_the_author_gave_it_one_or_goes_on(read, body, headings):
    page = read(PLACED, body)
    assert said(page, ".text > h2") == headings
    assert len(page.css("#part--who")) == len(page.css("#part--timeline")) == 1


@pytest.mark.parametrize("body", ["Mina came.", "Mina came.\n\n![[timeline]]"])
def test_what_others_copy_of_a_timeline_is_offered_once(read, body):
    page = read(PLACED, body, settings="base_url: https://example.org/\nembeds: yes\n")
    assert [words(node) for node in page.css("#part--embed")] == ["Embed"]
    assert len(page.css("pre")) == 1


# --- sentences that are put together ------------------------------------------------


@pytest.mark.parametrize(
    "title, cited", [("Will it rain?", "“Will it rain?” Site, published"), ("It rains", "“It rains”. Site, published")]
)
def test_a_citation_has_no_full_stop_behind_a_question_mark(read, title, cited):
    page = read("", **{"explainers/one.md": HEAD.replace("One", title) + "---\nA text.\n"})
    assert words(page.css_first(".citation")).startswith(cited)


def test_a_topic_is_named_in_a_sentence_that_any_name_fits(read):
    page = read("topics: [How we know]\n", path="topics/how-we-know/")
    assert page.css_first("meta[name=description]").attributes["content"] == "Explainers on the topic “How we know”."


@pytest.mark.parametrize(
    "described, language, count, many, told",
    [
        ("a Ukrainian official", "en", "", None, "A Ukrainian official, not named in the reports."),
        ("many US officials", "en", "", "Not stated", "Many US officials, not named in the reports."),
        ("many US officials", "en", "unknown", "Not stated", "Many US officials, not named in the reports."),
        ("some diplomats", "en", "3", "3", "Some diplomats, not named in the reports."),
        ("a clerk and a guard", "en", "", "Not stated", "A clerk and a guard, not named in the reports."),
        ("ein Beamter im Ministerium", "de", "", None, "Ein Beamter im Ministerium, in den Berichten nicht genannt."),
        ("eine Regierungssprecherin", "de", "", None, "Eine Regierungssprecherin, in den Berichten nicht genannt."),
        (
            "eine Gruppe von Beamten",
            "de",
            "",
            "Nicht angegeben",
            "Eine Gruppe von Beamten, in den Berichten nicht genannt.",
        ),
    ],
)
def test_an_unnamed_source_is_told_of_in_the_number_of_its_description(read, described, language, count, many, told):
    number = f", count: {count}" if count else ""
    front = f"unnamed:\n  s: {{described_as: {described}, knows_because: unknown, anonymity_reason: unknown{number}}}\n"
    page = read(front, path="actors/s/", settings=f"language: {language}\n")
    assert page.css_first("meta[name=description]").attributes["content"] == told
    facts = dict(zip(said(page, ".head dt"), said(page, ".head dd"), strict=True))
    assert facts.get("How many people", facts.get("Wie viele Personen")) == many


# --- titles ------------------------------------------------

CHAPTERS = {
    "pages/guide.md": "---\ntitle: The guide\n---\n{text}\n",
    "pages/guide/dates.md": "---\ntitle: Dates\n---\nAbout dates.\n",
    "pages/guide/quotes.md": "---\ntitle: Quotes\n---\nAbout quotes.\n",
}


def chapters(text):
    return {**CHAPTERS, "pages/guide.md": CHAPTERS["pages/guide.md"].format(text=text)}


def test_a_page_in_a_folder_names_the_page_of_that_folder(read):
    page = read("", path="guide/quotes/", **chapters("A text."))
    assert words(page.css_first("title")) == "Quotes · The guide · Site"
    (kicker,) = page.css(".kicker a")
    assert (words(kicker), kicker.attributes["href"]) == ("The guide", "../../guide/")
    assert said(page, ".chapters li") == ["Dates", "Quotes"]


def test_a_page_in_a_folder_that_has_no_page_stands_alone(read):
    page = read("", path="guide/quotes/", **{path: text for path, text in CHAPTERS.items() if path != "pages/guide.md"})
    assert words(page.css_first("title")) == "Quotes · Site"
    assert page.css(".kicker") == []


@pytest.mark.parametrize(
    "text, listed",
    [
        ("A text.", ["Dates", "Quotes"]),
        ("See [dates](guide/dates.md).", ["Dates", "Quotes"]),
        ("See [dates](guide/dates.md) and [quotes](guide/quotes.md).", []),
    ],
)
def test_chapters_are_listed_unless_the_text_leads_to_each(read, text, listed):
    assert said(read("", path="guide/", **chapters(text)), ".chapters li") == listed


def test_a_topic_says_in_its_title_that_it_is_one(read):
    assert words(read("topics: [Dates]\n", path="topics/dates/").css_first("title")) == "Topic: Dates · Site"


# --- dates ------------------------------------------------


def test_a_day_among_the_authors_own_keys_is_worded_and_nothing_else_is_touched(read):
    own = "x_checked: 2024-03-09\nx_version: 2024-13-45\nx_number: '2024'\n"
    page = read(own)
    assert dict(zip(said(page, ".extra dt"), said(page, ".extra dd"), strict=True)) == {
        "checked": "9 March 2024",
        "version": "2024-13-45",
        "number": "2024",
    }


def test_an_explainer_in_a_list_has_the_day_of_its_account(read):
    page = read("as_of: 2024-03-07\nupdated: 2024-04-10\n", path="explainers/")
    assert said(page, ".explainer-entry .aside > span") == ["As of 7 March 2024"]


# --- frames ------------------------------------------------

FRAMED = "base_url: https://example.org/\nembeds: yes\n"


def test_a_frame_says_what_an_event_is_once_and_who_says_so(read):
    front = (
        "actors:\n  mina: {name: Mina}\ntimeline:\n  - {id: vote, title: The vote is bought, when: 2024-03-05, status: alleged, by: mina}\n"
    )
    page = read(front, path="embed/events/vote/", settings=FRAMED)
    assert words(page.body) == "alleged The vote is bought 5 March 2024 alleged by Mina Site · as of 8 Mar 2024"


def test_a_frame_is_no_surer_of_its_day_than_the_explainer(read):
    front = "sources:\n  s: {publisher: P, title: T, published: 2024-03-08~}\n"
    page = read(f"{front}timeline:\n  - {{id: a, when: 2024-03-05, title: A, sources: s}}\n", path="embed/timelines/one/", settings=FRAMED)
    assert words(page.body).endswith("Site · as of c. 8 Mar 2024")


def test_a_frame_says_the_title_of_a_timeline_once(read):
    page = read(PLACED, path="embed/timelines/one/", settings=FRAMED)
    assert words(page.body) == "One 5 Mar 2024 A Site · as of 8 Mar 2024"
    assert page.css_first("h1 a").attributes["href"] == "../../../explainers/one/"


# --- lists of nothing ------------------------------------------------


@pytest.mark.parametrize("path", ["actors/", "events/", "quotes/", "sources/", "topics/"])
@pytest.mark.parametrize("settings, none", [("", "Nothing here yet"), ("language: de\n", "Noch keine Einträge")])
def test_a_list_of_nothing_says_so_and_explains_no_signs(read, path, settings, none):
    page = read("", path=path, settings=settings)
    assert said(page, "main > p") == [none]
    assert not page.css(".legend, .filter, .number, form")


def test_a_list_of_something_does_not_say_that_it_is_none(read):
    front = "topics: [Talks]\nsources:\n  bote: {publisher: Bote, title: Talks, published: 2024-03-07}\nactors:\n  mina: {name: Mina}\n"
    front += "quotes:\n  - {speaker: mina, text: It will rain.}\ntimeline:\n  - 2024-03-07: Talks\n"
    for path in ("actors/", "events/", "quotes/", "sources/", "topics/", "explainers/", "changes/"):
        assert "None so far" not in words(read(front, "“It will rain.”", path=path).css_first("main")), path
