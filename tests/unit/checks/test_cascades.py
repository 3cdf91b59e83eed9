"""What only follows from another problem is not told."""

import pytest

from builder.build.pipeline import Options, load_site

SLIP = "title: A\npublished: 2024-03-08\nquotes:\n  - mina-quist: Look: this\n    about: reopening\n"
REST = "timeline:\n  - 2024-03-11: The pool reopens\n    id: reopening\nactors:\n  mina-quist: Mina Quist\n"
BODY = "Mina Quist said “Look: this”. See [[mina-quist]] and ![pic](no.png).\n"


@pytest.fixture
def told(tmp_path):
    def look_at(**files):
        for name, text in {"site.yaml": "title: S\n", **files}.items():
            path = tmp_path / "content" / (name if "." in name else f"{name.replace('_', '/')}.md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        found = load_site(Options(tmp_path, tmp_path / "site", jobs=1)).diagnostics
        return [(problem.place.path.removeprefix("content/"), problem.code) for problem in found]

    return look_at


@pytest.mark.parametrize(
    "text, code",
    [
        (f"---\n{SLIP}{REST}---\n{BODY}", "yaml"),
        (f"---\n{REST}sumary: x\n{SLIP}---\n{BODY}", "yaml"),
        (f"---\n{REST}{BODY}", "front-matter-open"),
        (f"{REST}{BODY}", "front-matter-missing"),
        (f"---\n- {REST.splitlines()[0]}\n---\n{BODY}", "yaml-not-keys"),
    ],
)
def test_of_a_file_that_could_not_be_read_to_its_end_the_slip_alone_is_told(told, text, code):
    assert told(explainers_a=text) == [("explainers/a.md", code)]


def test_what_that_file_may_tell_is_not_missing_in_others(told):
    other = (
        "---\ntitle: B\npublished: 2024-03-08\n---\n"
        "[[mina-quist]], [[event:the-pool-reopens-2024-03-11]], [[quote:a#look-this]], [the pool](/events/reopening/), [[bruno-ito]].\n"
    )
    shared = "---\nname: Mina Quist\n---\n"
    found = told(explainers_a=f"---\n{SLIP}{REST}---\n{BODY}", explainers_b=other, actors_quist=shared)
    assert found == [("explainers/a.md", "yaml"), ("explainers/b.md", "link-unknown")]


def test_settings_that_cannot_be_read_are_told_alone(told):
    page = "---\ntitle: Method\n---\nHow we work.\n"
    assert told(**{"site.yaml": "tagline: a: b\ntitle: S\nnav: [{title: M, path: /method/}]\n"}, pages_method=page) == [
        ("site.yaml", "yaml")
    ]


def test_what_needs_no_front_matter_of_another_file_is_told_all_the_same(told):
    other = "---\ntitle: B\npublished: 2024-03-08\nsumary: x\n---\n[[bruno-ito]]\n"
    assert told(explainers_a=f"---\n{SLIP}{REST}---\n{BODY}", explainers_b=other) == [
        ("explainers/a.md", "yaml"),
        ("explainers/b.md", "key-unknown"),
        ("explainers/b.md", "link-unknown"),
    ]


def test_an_entry_without_a_record_is_told_once_where_it_stands(told):
    front = "quotes:\n  - mina-quist: The pool is ours\n    said: 2024-03-07\n    via: echo\nactors:\n  mina-quist:\nsources: [echo]\n"
    text = f"---\ntitle: A\npublished: 2024-03-08\n{front}---\n[[mina-quist]] says “The pool is ours”.\n"
    assert told(explainers_a=text) == [("explainers/a.md", "reference-unknown")] * 2


@pytest.mark.parametrize(
    "front, line, message, hint",
    [
        (
            "actors:\n  bo:\n",
            5,
            "No file has a record of the actor “bo”.",
            "Write it here, “bo: Name, office”, or make content/actors/bo.md.",
        ),
        ("timeline:\n  - 2024-03-07\n", 5, "The event of 2024-03-07 has no title.", "Write it: “2024-03-07: what happened”."),
    ],
)
def test_what_to_write_for_it_is_told(tmp_path, front, line, message, hint):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/explainers/a.md").write_text(f"---\ntitle: A\npublished: 2024-03-08\n{front}---\nText.\n")
    (problem,) = load_site(Options(tmp_path, tmp_path / "site", jobs=1)).diagnostics
    assert (problem.place.line, problem.message, problem.help) == (line, message, hint)
