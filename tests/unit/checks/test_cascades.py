"""What only follows from another problem is not told."""

import pytest

from builder.build.pipeline import Options, load_site
from builder.content.parse import parse

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
        return [(problem.location.path.removeprefix("content/"), problem.code) for problem in found]

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
    assert (problem.location.line, problem.message, problem.help) == (line, message, hint)


HEAD = "title: A\npublished: 2024-03-08\nsources: {post: 'The Post, Pool shut, 2024-03-07', echo: 'The Echo, Pool row, 2024-03-07'}\n"
QUIST = "actors:\n  - {id: mina-quist, name: Mina Quist}\n  - {id: council, name: Pool Council, type: PublicBody}\n  - {id: clerk, type: UnnamedSource, described_as: a clerk, knows_because: unknown, anonymity_reason: unknown}\n"
SAID = "quotes:\n  - id: shut\n    mina-quist: Look at this\n    via: post\n    about: reopening\n  - id: open\n    clerk: no\n    via: post\n    denies: shut\n  - id: heard\n    speaker: council\n    text: the pool is full\n    mode: indirect\n    via: echo\n"
DONE = "timeline:\n  - id: reopening\n    when: 2024-03-01\n    title: The pool reopens\n    sources: post\n  - id: row\n    when: 2024-03-11\n    title: A row\n    status: expected\n    by: mina-quist\n"
WORDS = "Mina Quist said “Look at this”. “no”, said a clerk. The Pool Council said the pool is full.\n"


@pytest.mark.parametrize(
    "right, wrong, line, code",
    [
        ("- id: shut", "- id:shut", 10, "yaml"),  # each key below was told to stand too far to the right
        ("- id: reopening", "- id:reopening", 24, "yaml"),
        ("- id: shut", "- idx: shut", 10, "key-unknown"),  # taken for the speaker
        ("type: PublicBody", "type: public-body", 7, "value-unknown"),  # and a body without a type
        ("type: PublicBody", "type: firm of sorts", 7, "value-unknown"),
        ("type: UnnamedSource", "type: unnamed", 8, "value-unknown"),  # and an actor without a name
        ("mode: indirect", "mode: indiect", 21, "value-unknown"),  # and words without quotation marks
        ("mina-quist: Look at this", "mina-quist:", 10, "key-missing"),  # and a denial of nothing
        ("sources: post\n", "sources: pst\n", 27, "reference-unknown"),  # and an event without a source
        ("id: mina-quist", "id: mina-qust", 11, "reference-unknown"),  # and words that look like an id
    ],
)
def test_one_slip_is_one_problem_on_its_line(tmp_path, right, wrong, line, code):
    front = HEAD + QUIST + SAID + DONE
    assert right in front
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: S\n", "utf-8")
    (tmp_path / "content/explainers/a.md").write_text(f"---\n{front.replace(right, wrong, 1)}---\n{WORDS}", "utf-8")
    found = load_site(Options(tmp_path, tmp_path / "site", jobs=1, cache=False)).diagnostics
    assert [(problem.location.line, problem.code) for problem in found] == [(line, code)], [problem.message for problem in found]


@pytest.mark.parametrize(
    "right, wrong, line, code, help_",
    [
        ("path: /a/}", "path /a/}", 3, "key-unknown", "Write path: /a/"),
        ("why: We host ours}", "why We host ours}", 5, "key-unknown", "Write why: We host ours"),
        ("nav:", "nav", 2, "yaml", "Write “key: value”, or indent the line by two spaces if it goes on from the text above."),
    ],
)
def test_one_slip_in_the_settings_is_one_problem(tmp_path, right, wrong, line, code, help_):
    settings = "title: S\nnav:\n  - {title: A, path: /a/}\nproblems:\n  - {code: event-no-source, severity: error, why: We host ours}\n"
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/pages/a.md").write_text("---\ntitle: A\n---\nx\n", "utf-8")
    (tmp_path / "content/site.yaml").write_text(settings.replace(right, wrong), "utf-8")
    found = [
        problem
        for problem in load_site(Options(tmp_path, tmp_path / "site", jobs=1, cache=False)).diagnostics
        if problem.severity == "error"
    ]
    assert [(problem.location.line, problem.code, problem.help) for problem in found] == [(line, code, help_)]


def test_two_dates_of_an_event_are_one_problem(told):
    page = "---\ntitle: {0}\npublished: 2026-10-20\nas_of: {1}\nsources: {{s: 'The Post, Row, 2025-10-01'}}\ntimeline:\n  - {{id: vote, when: {2}, title: The vote, status: planned, sources: s}}\n---\nx\n"
    files = {"explainers_a": page.format("A", "2025-10-01", "2025-11-05"), "explainers_b": page.format("B", "2026-10-19", "2026-11-05")}
    assert told(**files) == [("explainers/b.md", "records-disagree")]


@pytest.mark.parametrize(
    "line, hint",
    [
        ("actors:\n  - ann-hale:Ann Hale, Mayor", "Write “ann-hale: Ann Hale, Mayor”."),
        ("actors:\n  - ann:Ann Hale", "Write “ann: Ann Hale”."),
        ("unnamed:\n  aide:an aide to the mayor", "Write “aide: an aide to the mayor”."),
        ("sources:\n  - post:The Post, Row, 2025-10-01", "Write “post: The Post, Row, 2025-10-01”."),
    ],
)
def test_an_id_without_a_space_behind_it_is_told_as_such(line, hint):
    document = parse("content/explainers/a.md", f"---\nformat: 2\ntitle: A\npublished: 2025-10-02\n{line}\n---\nx\n".encode())
    assert [(problem.code, problem.help) for problem in document.diagnostics] == [("not-a-record", hint)]


def test_a_name_with_a_colon_is_a_name():
    document = parse(
        "content/explainers/a.md",
        b"---\nformat: 2\ntitle: A\npublished: 2025-10-02\nactors:\n  - {id: rp, name: 're:publica', type: Organization}\n---\nx\n",
    )
    assert document.diagnostics == ()


def test_words_that_are_not_in_the_text_do_not_leave_a_paragraph_without_a_quote(told):
    front = (
        "format: 2\ntitle: T\nsummary: S\npublished: 2024-03-08\nsources: {post: 'The Post, Shut, 2024-03-07'}\nactors: {ann: Ann Lee}\n"
    )
    found = told(
        explainers_a=f"---\n{front}quotes: [{{ann: The pol is shut, via: post}}]\n---\n“The pool is shut,” says Lee. {{source=post}}\n"
    )
    assert found == [("explainers/a.md", "quote-not-found")]


@pytest.mark.parametrize("second", ["Look here", "Not there"])
def test_of_an_id_that_two_quotes_have_nothing_else_is_told(told, second):
    quotes = f"quotes:\n  - {{id: q, mina: Look here}}\n  - {{id: q, bo: {second}}}\n"
    head = "title: A\npublished: 2024-03-08\nsources: {s: {publisher: P, title: Q, published: 2024-03-08}}\nactors: {mina: Mina Quist, bo: Bo Ek}\n"
    text = f"---\n{head}{quotes}---\nMina Quist said “Look here”. Bo Ek said “Look here”.\n"
    assert told(explainers_a=text) == [("explainers/a.md", "id-twice")]


def test_the_star_of_an_abbreviation_is_told_once(told):
    text = "---\ntitle: A\npublished: 2024-03-08\n---\n*[HTML]: Hyper\n\nHTML\n"
    assert told(explainers_a=text) == [("explainers/a.md", "markup-foreign")]
