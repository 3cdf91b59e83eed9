"""The file that a draft becomes: what of an article by others may stand in it."""

import re

import pytest
from hypothesis import given, settings, strategies as st

from builder import dates
from builder.content.parse import parse
from builder.drafting import draft_of, explainer, read
from builder.drafting.draft_body import LONGEST
from builder.drafting.draft_file import DraftFileOptions
from tests.unit.drafting.reckoning import ARTICLES

DAY = dates.parse("2025-03-19")
OTHERS = DraftFileOptions(title="Ferry", source="lantern", publisher="The Lantern", published="2025-03-19", heading="Ferry in doubt")
WORD = re.compile(r"\w+")


def made(text: str, wanted: DraftFileOptions = OTHERS) -> str:
    return explainer(draft_of(read(text, name="a.txt"), DAY), wanted).text


def runs(text: str, quoted: list[tuple[int, int]]) -> set[tuple[str, ...]]:
    """Return all runs of one word more than may be repeated that stand outside quotation marks."""
    found: set[tuple[str, ...]] = set()
    edges = [0, *(place for span in sorted(quoted) for place in span), len(text)]
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        words = [word.lower() for word in WORD.findall(text[low:high])]
        found |= {tuple(words[n : n + LONGEST + 1]) for n in range(len(words) - LONGEST)}
    return found


def repeated(text: str) -> set[tuple[str, ...]]:
    draft = draft_of(read(text, name="a.txt"), DAY)
    wanted = DraftFileOptions(title="Ferry", source="lantern", heading=draft.article.title, published="2025-03-19")
    spans = [span for quote in draft.said if quote.kind != "indirect" and quote.in_marks and not quote.unclosed for span in quote.spans]
    words = [word.lower() for word in WORD.findall(explainer(draft, wanted).text)]
    whole = {tuple(words[n : n + LONGEST + 1]) for n in range(len(words) - LONGEST)}
    quoted = " ".join(text[low:high] for low, high in spans)  # what stands in quotation marks elsewhere may be repeated
    return {run for run in whole & runs(text, spans) if " ".join(run) not in " ".join(word.lower() for word in WORD.findall(quoted))}


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
def test_no_long_run_of_unquoted_words_of_an_article_is_in_the_file(path):
    assert not repeated(path.read_text("utf-8"))


SENTENCES = st.lists(
    st.sampled_from(
        [
            "The boat was said to be sound by all of the many people who had seen it that week in the small harbour",
            "“The boat is sound,” said a senior official of the small harbour on the far side of the long and windy island of Gull",
            "Ann Lee, a former captain of the ferry that had once sailed between the island and the far mainland town, said that it was “sound”",
            "“The boat is sound and nobody will ever say that it is not, whatever the council may have heard of it",
            "Q: Had any of the many people who had seen the boat that week told you that it was as sound as new?",
            "A: Nobody who had seen it in the small harbour that winter ever told me so, and I asked them one by one, from the mayor down",
            "— The boat is sound and nobody will ever say that it is not, says a senior official of the small harbour on the far side of it all",
            "According to a report that the council of the island had ordered in the winter before last, the boat is as good as new",
        ]
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=20, deadline=None)
@given(SENTENCES, st.sampled_from([" ", "\n\n"]))
def test_no_text_leaves_a_long_run_of_its_unquoted_words(sentences, between):
    assert not repeated(between.join(f"{sentence}." for sentence in sentences))


def test_a_draft_is_read_without_a_problem_and_has_no_record_yet():
    document = parse("content/explainers/ferry.md", made((ARTICLES / "en-wire.txt").read_text("utf-8")).encode())
    assert not document.diagnostics
    assert document.explainer.draft
    assert (document.explainer.quotes, document.explainer.actors, document.explainer.timeline) == ((), (), ())
    assert [source.id for source in document.explainer.sources] == ["lantern"]


def test_proposals_that_were_left_in_what_is_no_draft_are_an_error():
    text = made("“The boat is sound,” Ann Lee said.").replace("status: draft ", "published: 2025-03-19 ")
    (problem,) = [problem for problem in parse("content/explainers/ferry.md", text.encode()).diagnostics if problem.code == "proposed-left"]
    assert "2 open proposals" in problem.message


def test_nothing_is_told_of_a_speaker_that_the_article_does_not_tell():
    text = made("“The boat is sound,” Ann Lee said.")
    assert "actor: {id: ann-lee, name: Ann Lee}" in text
    assert "quote: {speaker: ann-lee, text: The boat is sound, via: lantern}" in text


def test_a_position_is_what_somebody_is_and_not_whose():
    text = made(
        "The board's chairman, Lorens Achterberg, was glad. “It holds,” Achterberg said. Her brother Emil Brandt was not. “No,” Brandt said."
    )
    assert 'name: Lorens Achterberg, position: "the board' in text
    assert "name: Emil Brandt}" in text


def test_reported_speech_of_others_is_only_a_place_to_read():
    assert 'text: "", mode: indirect' in made("Ann Lee said that the boat was sound and quick.")


def test_an_answer_of_an_interview_by_others_is_only_a_place_to_read():
    text = "Ann Lee met us.\n\nQ: Is it sound?\n\nA: As sound as it was.\n\nQ: And the crew?\n\nA: Willing to go.\n"
    file = made(text)
    assert file.count('quote: {speaker: ann-lee, text: "", via: lantern}') == 2
    assert "As sound" not in file
    own = explainer(draft_of(read(text, name="a.txt"), DAY), DraftFileOptions(title="Ferry", own=True)).text
    assert "quote: {speaker: ann-lee, text: As sound as it was.}" in own


def test_what_was_rejected_is_not_proposed_again():
    text = "“The boat is sound,” Ann Lee said."
    (key,) = re.findall(r"- id: (quote\S+)", made(text))
    again = made(text, DraftFileOptions(title="Other", source="lantern", rejected=frozenset({key})))
    assert key not in again
    assert "ann-lee" in again


def test_words_that_stand_twice_are_told_apart_by_what_stands_before_them():
    text = made("“Yes,” Ann Lee said.\n\n“Yes,” Bob Cox said.")
    assert 'text: Yes, id: yes-1, prefix: "Ann Lee:"' in text
    assert 'text: Yes, id: yes-3, prefix: "Bob Cox:"' in text
    own = explainer(
        draft_of(read("The boat is sound. The council called it “sound”.", name="a.txt"), DAY), DraftFileOptions(title="Ferry", own=True)
    ).text
    assert "prefix: council called it" in own


def test_ones_own_article_is_the_text():
    text = explainer(
        draft_of(read("Ferry\n\n1. The boat_1 *is* here.\n\n“It is sound,” Ann Lee said.", name="a.txt"), DAY),
        DraftFileOptions(title="Ferry", own=True),
    ).text
    assert text.endswith("---\n1\\. The boat\\_1 \\*is\\* here.\n\n“It is sound,” Ann Lee said.\n\n")
    assert "sources:" not in text


@pytest.mark.parametrize("byline", ["By Dana Whitlock", "Von Dana Whitlock"])
def test_a_byline_is_the_author_and_no_heading_of_ones_own_article(byline):
    draft = draft_of(read(f"Ferry\n\n{byline}\n\nThe harbour has one ferry. “It is sound,” she said.", name="a.txt", language="en"), DAY)
    text = explainer(draft, DraftFileOptions(title="Ferry", own=True)).text
    assert "authors: [Dana Whitlock]\n" in text
    assert text.count("Whitlock") == 1
    assert (draft.article.title, draft.said[0].candidates) == ("Ferry", ())


@pytest.mark.parametrize(
    "lines, publisher",
    [
        ("By Mara Lindqvist\nSaltby Courier, 14 May 2025", "Saltby Courier"),
        ("By Mara Lindqvist\n\nThe Saltby Courier | May 14, 2025", "The Saltby Courier"),
        ("By Mara Lindqvist – 14 May 2025", ""),
        ("Von Mara Lindqvist\nSaltby Kurier, 14. Mai 2025", "Saltby Kurier"),
    ],
)
def test_the_line_below_a_byline_tells_publication_and_day_and_speaks_for_nobody(lines, publisher):
    tag = "de" if lines.startswith("Von") else "en"
    article = read(
        f"Pier may close\n\n{lines}\n\nSALTBY – The pier may close, the board said. “Yes,” he added.", name="a.txt", language=tag
    )
    assert (article.authors, article.publisher, article.published) == (("Mara Lindqvist",), publisher, "2025-05-14")
    draft = draft_of(article, DAY)
    text = explainer(draft, DraftFileOptions(title="Pier may close", own=True)).text
    assert "##" not in text
    assert "SALTBY – The pier may close" in text.partition("\n---\n")[2]
    assert (draft.days, "Courier" in text, "Kurier" in text) == ((), False, False)
    if tag == "en":
        assert "text: The pier may close, mode: indirect" in text


@pytest.mark.parametrize("end, publisher", [("The harbour in Saltby is shut.", ""), ("The harbour is shut.", "Saltby")])
def test_a_place_beside_the_day_is_no_publisher(end, publisher):
    article = read(
        f"Harbour shut\n\nBy Mara Lindqvist\n\nSaltby, 14 May 2025\n\n“It is over,” said Rolf Ek, the pilot. {end}\n",
        name="a.txt",
        language="en",
    )
    assert (article.published, article.publisher) == ("2025-05-14", publisher)


@pytest.mark.parametrize("place", ["SALTBY – ", "SALTBY, 14 May (Reuters) - ", "Saltby (dpa) – ", "Saltby – ", "NEW YORK — "])
def test_a_dateline_is_no_part_of_what_is_said(place):
    (said,) = draft_of(read(f"{place}The pier may close, the board said.", name="a.txt", language="en"), DAY).said
    assert said.spans == ((len(place), len(place) + len("The pier may close")),)


def test_a_heading_below_a_byline_stays():
    article = read("Pier\n\nBy Mara Lindqvist\n\nWhat is known\n\nThe pier may close, the board said.", name="a.txt", language="en")
    assert (len(article.paragraphs), article.publisher) == (3, "")


@pytest.mark.parametrize(
    "thing", ["A notice on the door", "The report", "The brochure", "The consultants’ survey", "A paper on piers", "The working paper"]
)
def test_what_is_written_is_no_actor_and_its_author_is_asked_for(thing):
    text = made(f"The pier is shut.\n\n{thing} says: “It is rotten to the core.”")
    assert "actor:" not in text
    assert "    found: ask\n" in text
    assert "Whose words are these?" in text
    assert "{speaker: , text: It is rotten to the core." in text


@pytest.mark.parametrize("name", ["The Evening Post", "The council", "The newspaper", "The paper", "The local paper"])
def test_a_newspaper_or_a_body_is_an_actor(name):
    assert "    actor: {id: " in made(f"The pier is shut.\n\n{name} said: “It is rotten to the core.”")


def test_a_day_of_saying_from_another_sentence_is_asked_with_its_reason():
    text = made("Ann Lee confirmed it on Tuesday. “Three came,” Lee said.\n\n“It leaks,” Bob Cox said on Monday.\n")
    asked = [line.strip() for line in text.splitlines() if "Was it said on" in line]
    assert len(asked) == 1
    assert "“Tuesday” stands in another sentence" in asked[0]
    proposal = text[: text.index(asked[0])].rsplit("- id:", 1)[1]
    assert "found: likely" in proposal
    assert "said:" not in proposal, "what is a guess is asked, and not written by accepting the rest"
