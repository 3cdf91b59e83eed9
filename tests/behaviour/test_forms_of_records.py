"""A record is the same wherever and however it is written: in a file of its own or in the front matter, in the short form or the long."""

from builder.build.pipeline import Options, build
from builder.content.parse import parse

HEAD = "---\ntitle: T\npublished: 2024-03-08\n"
BODY = "---\nMina Quist said “we have the money”. The vote is near.\n"
QUOTE = "quotes:\n  - {id: q1, speaker: mina-quist, text: we have the money, said: 2024-03-06, via: gazette, about: vote}\n"

ACTOR = {"name": "Mina Quist", "position": "Mayor", "alias": "[Quist]", "same_as": "wd:Q30"}
SOURCE = {"title": "Ferry in doubt", "publisher": "Harbour Gazette", "published": "2024-03-07"}
EVENT = {"title": "The vote", "when": "2024-03-11", "status": "planned", "actors": "[mina-quist]", "sources": "[gazette]"}


def keys(record, indent=""):
    return "".join(f"{indent}{key}: {value}\n" for key, value in record.items())


def made(root, content):
    for path, text in {"site.yaml": "title: S\n", **content}.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    report = build(Options(root, root / "out", jobs=1))
    assert report.diagnostics == ()
    return {path.relative_to(root / "out").as_posix(): path.read_bytes() for path in (root / "out").rglob("*") if path.is_file()}


def test_a_shared_record_and_an_inline_one_make_the_same_site(tmp_path):
    inline = (
        HEAD
        + f"actors:\n  mina-quist:\n{keys(ACTOR, '    ')}sources:\n  gazette:\n{keys(SOURCE, '    ')}timeline:\n  vote:\n{keys(EVENT, '    ')}"
        + QUOTE
        + BODY
    )
    shared = HEAD + "actors: [mina-quist]\nsources: [gazette]\ntimeline: [vote]\n" + QUOTE + BODY
    one = made(tmp_path / "inline", {"explainers/t.md": inline})
    other = made(
        tmp_path / "shared",
        {
            "explainers/t.md": shared,
            "actors/mina-quist.md": f"---\n{keys(ACTOR)}---\n",
            "sources/gazette.yaml": keys(SOURCE),
            "events/vote.md": f"---\n{keys(EVENT)}---\n",
        },
    )
    assert one == other


def test_the_short_forms_expand_to_the_long_ones(tmp_path):
    short = (
        HEAD
        + "actors: {mina-quist: 'Mina Quist, Mayor'}\nunnamed: {clerk: a clerk}\nsources:\n  gazette: {title: Ferry in doubt, published: 2024-03-07}\n"
        + "quotes:\n  - mina-quist: we have the money\n    id: q1\ntimeline:\n  - 2024-03-11: The vote\n"
        + BODY
    )
    long = (
        HEAD
        + "actors:\n  - {id: mina-quist, name: Mina Quist, position: {role: Mayor}}\n  - {id: clerk, type: UnnamedSource, described_as: a clerk}\n"
        + "sources:\n  - {id: gazette, title: Ferry in doubt, published: 2024-03-07}\n"
        + "quotes: {defaults: {speaker: mina-quist}, list: [{id: q1, text: [we have the money]}]}\n"
        + "timeline:\n  the-vote-2024-03-11: {title: The vote, when: 2024-03-11}\n"
        + BODY
    )
    assert made(tmp_path / "short", {"explainers/t.md": short}) == made(tmp_path / "long", {"explainers/t.md": long})


def test_a_comma_at_the_end_of_a_quote_is_the_sentences():
    text = (
        HEAD
        + "quotes:\n  - mina-quist: 'We have the money,'\n  - mina-quist: ['Well,', 'we have,']\n  - mina-quist: ','\n---\n“We have the money,” she said.\n"
    )
    document = parse("content/explainers/t.md", text.encode())
    assert [quote.segments for quote in document.explainer.quotes] == [("We have the money",), ("Well,", "we have"), (",",)]
