"""Answers to proposals: one edit of the file each, and every other byte as it was."""

import pytest

from builder.content.parse import parse
from builder.drafting.proposals import Unfit, accept, read_proposals, reject, speakers

FILE = """---
title: Ferry   # mine
status: draft
sources:
  lantern: {title: Ferry in doubt}
actors:
  # the mayor
  bob-cox: Bob Cox
proposed:
  - id: actor-1
    at: 3
    found: read
    actor: {id: ann-lee, name: Ann Lee}
  - id: quote-1
    at: 3
    found: likely
    because: she said
    ask: Who?
    candidates: [ann-lee, bob-cox]
    quote: {speaker: ann-lee, text: The boat is sound, via: lantern}
  - id: day-1
    at: 4
    found: likely
    candidates: [2022-01-14, 2022-01-21]
    event: {when: {says: Friday, is: 2022-01-14}, title: ""}
# behind
---
Ann Lee: “The boat is sound”
"""


def by_id(text: str, key: str):
    return next(proposal for proposal in read_proposals(text) if proposal.id == key)


def test_proposals_are_read_with_what_leads_to_them():
    actor, quote, day = read_proposals(FILE)
    assert (actor.kind, quote.because, quote.candidates, day.lacks) == ("actor", "she said", ("ann-lee", "bob-cox"), "title")
    assert speakers(FILE) == {"ann-lee", "bob-cox", "unknown"}


def test_an_accepted_record_stands_where_it_belongs_and_all_else_stays():
    text = accept(FILE, by_id(FILE, "quote-1"), [by_id(FILE, "actor-1")])
    assert "  bob-cox: Bob Cox\n  ann-lee: {name: Ann Lee}\n" in text
    assert "quotes:\n  - speaker: ann-lee\n    text: The boat is sound\n    via: lantern\nproposed:\n  - id: day-1" in text
    kept = [line for line in FILE.splitlines() if line in text.splitlines()]
    assert {"title: Ferry   # mine", "  # the mayor", "# behind", "Ann Lee: “The boat is sound”"} <= set(kept)
    document = parse("content/explainers/ferry.md", text.encode())
    assert not document.diagnostics
    assert [quote.speakers for quote in document.explainer.quotes] == [("ann-lee",)]


def test_a_candidate_takes_the_place_of_what_was_proposed():
    text = accept(FILE, by_id(FILE, "quote-1").choosing(2))
    assert "- speaker: bob-cox\n" in text
    text = accept(FILE, by_id(FILE, "day-1").choosing(2).having("title", "The council votes"))
    assert "timeline:\n  - when: {says: Friday, is: 2022-01-21}\n    title: The council votes\n" in text


def test_another_speaker_denies_nothing():
    proposal = by_id(FILE, "quote-1").having("denies", "q1")
    assert (proposal.having("speaker", proposal.get("speaker")).get("denies"), proposal.choosing(2).get("denies")) == ("q1", "")


def test_rejections_are_noted_and_the_last_answer_takes_the_key_away():
    text = FILE
    for proposal in read_proposals(FILE):
        text = reject(text, proposal)
    assert "rejected: [actor-1, quote-1, day-1]\n" in text
    assert "proposed" not in text
    assert text.replace("rejected: [actor-1, quote-1, day-1]\n", "") == FILE[: FILE.index("proposed:")] + FILE[FILE.index("# behind") :]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_ends_of_lines_stay(end):
    text = FILE.replace("\n", end)
    made = accept(text, by_id(text, "actor-1"))
    assert made.count("\r\n") == (made.count("\n") if end == "\r\n" else 0)


@pytest.mark.parametrize(
    "before, expected",
    [
        ("quotes:\n", "quotes:\n  - speaker"),
        ("quotes:   # mine\n", "quotes:   # mine\n  - speaker"),
        ("quotes:\n  defaults: {via: lantern}\n  list:\n    - bob-cox: Yes\n", "    - bob-cox: Yes\n    - speaker"),
        ("quotes: []\n", "quotes:\n  - speaker"),
        ("quotes:\n- bob-cox: Yes\n", "quotes:\n- bob-cox: Yes\n- speaker"),
        ("quotes:\n    - bob-cox: Yes\n      said: 2022\n\n", "      said: 2022\n    - speaker"),
    ],
)
def test_a_list_goes_on_as_the_author_has_begun_it(before, expected):
    text = FILE.replace("proposed:\n", f"{before}proposed:\n")
    assert expected in accept(text, by_id(text, "quote-1"))


@pytest.mark.parametrize("before", ["quotes: [{bob-cox: Yes}, {bob-cox: No}] \n"])
def test_a_list_in_one_line_goes_on_in_it(before):
    text = FILE.replace("proposed:\n", f"{before}proposed:\n")
    assert "{bob-cox: No}, {speaker: ann-lee" in accept(text, by_id(text, "quote-1"))


@pytest.mark.parametrize("before", ["quotes: {a: {text: Yes}}\n", "quotes: Yes\n"])
def test_what_cannot_be_extended_is_told(before):
    text = FILE.replace("proposed:\n", f"{before}proposed:\n")
    with pytest.raises(Unfit):
        accept(text, by_id(text, "quote-1"))


SHORT = FILE.replace("---\n", "---\nformat: 2\n", 1)


def accepted(file, key="quote-1"):
    return accept(file, next(proposal for proposal in read_proposals(file) if proposal.id == key))


def test_in_format_2_a_quote_is_accepted_as_a_mark():
    made = accepted(SHORT)
    assert made.endswith("Ann Lee: “The boat is sound”{by=ann-lee source=lantern}\n")
    assert "quotes:" not in made


@pytest.mark.parametrize(
    "body",
    [
        "Ann Lee: “The boat is sound” and “the boat is sound.” “The boat is sound”\n",  # twice
        "Ann Lee: the boat is sound.\n",  # in no quotation marks
        "Ann Lee: “The boat is sound”{by=bob-cox}\n",  # with a mark
        "“No,”{by=bob-cox} he said. “The boat is sound” “Never.”{quote=more}\n",  # between the pieces of another
    ],
)
def test_a_quote_that_cannot_be_marked_for_certain_goes_into_the_front_matter(body):
    file = SHORT.replace("Ann Lee: “The boat is sound”\n", body)
    made = accepted(file)
    assert made.endswith(body)
    assert "  - speaker: ann-lee\n    text: The boat is sound\n    via: lantern\n" in made


def test_the_pieces_of_a_split_quote_are_marked_one_behind_the_other():
    file = SHORT.replace("text: The boat is sound,", "text: [The boat is sound, It goes.],").replace(
        "sound”\n", "sound,” she said. “It goes.”\n"
    )
    assert accepted(file).endswith("“The boat is sound,”{by=ann-lee source=lantern} she said. “It goes.”{quote=more}\n")


def test_a_quotation_of_two_paragraphs_is_marked_at_its_end():
    file = SHORT.replace("text: The boat is sound,", "text: [The boat is sound, It goes., It sails.],")
    file = file.replace("sound”\n", "sound,” she said. “It goes.\n\n“It sails.”\n")
    made = accepted(file)
    assert made.endswith("“The boat is sound,”{by=ann-lee source=lantern} she said. “It goes.\n\n“It sails.”{quote=more}\n")
    assert "quotes:" not in made


@pytest.mark.parametrize(
    "body, marked",
    [
        ("Ann Lee said that the boat is sound.", "Ann Lee said that [the boat is sound]{by=ann-lee source=lantern}."),
        ("Ann Lee said that the *boat* is sound.", "Ann Lee said that [the *boat* is sound]{by=ann-lee source=lantern}."),
        ("The boat is old; the boat is sound. Ann Lee said that the boat is sound.", None),
        ("Ann Lee said that “the boat is sound”.", None),
    ],
)
def test_a_paraphrase_leaves_its_words_to_the_text_in_format_2(body, marked):
    quote = "{speaker: ann-lee, text: the boat is sound, via: lantern, mode: indirect}"
    head = f"---\nformat: 2\ntitle: Ferry\nactors:\n  ann-lee: Ann Lee\nproposed:\n  - id: quote-1\n    quote: {quote}\n---\n"
    text = accept(head + body + "\n", by_id(head, "quote-1"))
    front, _, written = text.partition("\n---\n")
    assert written == (marked or body) + "\n"
    assert ("mode: indirect" in front) == (marked is None)
