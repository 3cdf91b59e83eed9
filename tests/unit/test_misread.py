"""Front matter that is valid YAML and says something else than its author meant."""

import pytest

from builder.parse import parse


def told(front, body="We will, she said.\n", path="content/explainers/a.md"):
    document = parse(path, f"---\ntitle: A\npublished: 2024-03-08\n{front}---\n{body}".encode())
    return [(problem.place.line, problem.place.column, problem.code, problem.help) for problem in document.diagnostics]


# --- keys of a record that stand where an id is expected ------------------------------------------------


@pytest.mark.parametrize(
    "front, line, hint",
    [
        (
            'actors:\n  helen-marsh: Helen Marsh, Mayor\n  alias: ["Marsh, H"]\n  type: Person\n  bo: Bo\n',
            6,
            'Write one record: helen-marsh: {name: Helen Marsh, position: Mayor, alias: ["Marsh, H"], type: Person}',
        ),
        ("actors:\n  aqua: Aqua\n  type: Organization\n", 6, "Write one record: aqua: {name: Aqua, type: Organization}"),
        ("actors:\n  bo:\n    name: Bo\n  alias: B\n", 7, "Write it below “bo”, indented."),
        ("actors:\n  name: Bo Li\n  alias: Li\n", 5, "Give the record an id: bo-li: {name: Bo Li, alias: Li}"),
        (
            "sources:\n  echo: {title: T, published: 2024-03-01}\n  note: a copy\n",
            6,
            "Write it below “echo”, indented.",
        ),
        (
            "timeline:\n  2024-03-11: The vote\n  status: planned\n",
            6,
            "Write a list: “- 2024-03-11: …”, and “status: …” below “2024-03-11”, in the same column.",
        ),
        (
            "quotes:\n  speaker: bo\n  text: We will\n",
            5,
            "Write a list of records: “- speaker: …”, and the other keys below “speaker”, in the same column.",
        ),
    ],
)
def test_a_key_that_stands_among_the_ids_is_told_once_with_the_record_to_write(front, line, hint):
    assert told(front) == [(line, 3, "not-a-record", hint)]


def test_nobody_is_called_alias():
    document = parse("content/explainers/a.md", b"---\ntitle: A\nactors:\n  bo: Bo\n  alias: B\n---\n")
    assert [actor.id for actor in document.explainer.actors] == ["bo"]
