"""What an article tells of a source without a name."""

import pytest

from builder.content.parse import parse
from builder.drafting import draft_of, explainer, read
from builder.drafting.draft_file import DraftFileOptions


@pytest.mark.parametrize(
    "text, fields",
    [
        (
            "One of the officials, who was not authorised to speak publicly, said repairs would cost “a million”.",
            ["anonymity_reason: “was not authorised to speak publicly”", "knows_because: unknown"],
        ),
        (
            "“It leaks,” said an official who feared losing his job and did not want to be named.",
            ["anonymity_reason: “feared losing his job and did not want to be named”"],
        ),
        (
            "“It leaks,” said an official, on condition of anonymity because the report is secret.",
            ["anonymity_reason: “because the report is secret”"],
        ),
        ("“It leaks,” said an official, because the report says so.", ["anonymity_reason: unknown"]),
        (
            "“It leaks,” said an official, who asked not to be named because staff have been told to be silent.",
            ["anonymity_reason: “because staff have been told to be silent”"],
        ),
        (
            "According to an official, it leaks. “It is old,” the official said, speaking on condition of anonymity because the file is closed.",
            ["anonymity_reason: “because the file is closed”"],
        ),
        (
            "A fire officer, who was not authorised to speak to the press, came at noon. “It leaks,” the officer said.",
            ["anonymity_reason: “was not authorised to speak to the press”"],
        ),
        ("Two officials familiar with the report said the boat was sound.", ["count: 2", "knows_because: familiar with the report"]),
        ("Several officials said the boat was sound.", ["count: unknown", "knows_because: unknown"]),
        ("“It leaks,” said a clerk who had seen the report.", ["knows_because: who had seen the report"]),
        (
            "„Es leckt“, sagte ein Beamter, der nicht befugt war, öffentlich zu sprechen.",
            ["anonymity_reason: “nicht befugt war, öffentlich zu sprechen”"],
        ),
        (
            "„Es leckt“, sagte ein Beamter, der aus Angst um seine Stelle anonym bleiben will.",
            ["anonymity_reason: “aus Angst um seine Stelle anonym bleiben will”"],
        ),
        (
            "„Es leckt“, sagten zwei Beamte, die mit dem Gutachten vertraut sind.",
            ["count: 2", "knows_because: mit dem Gutachten vertraut"],
        ),
    ],
)
def test_reason_basis_and_count_are_those_that_the_words_tell(text, fields):
    made = explainer(draft_of(read(text, name="a.txt")), DraftFileOptions(title="Ferry", source="lantern")).text
    assert [field for field in fields if field not in made.replace('"', "")] == [], made


def test_the_quoted_reason_for_a_missing_name_needs_no_quotation_record():
    record = """{described_as: a clerk, anonymity_reason: "“is not allowed to speak”", knows_because: "“saw it” there"}"""
    text = f"---\ntitle: A\nunnamed:\n  clerk: {record}\n---\nWords.\n"
    explainer_ = parse("content/explainers/a.md", text.encode()).explainer
    assert [value.text for value in explainer_.body.values] == ["“saw it” there"]
