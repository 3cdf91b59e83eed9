"""Every key of the format is read and shows on a page: the table below names, for each, what a reader then sees."""

import pytest
from PIL import Image

from builder.build.pipeline import Options, build
from builder.content import schema

SITE = """
format: 1
title: Harbour Desk
tagline: Who said what by the sea
description: A made-up desk.
base_url: https://example.org/desk/
language: en
nav: [{title: The ferries, path: /explainers/}]
footer: "Made *by hand*."
authors: [Desk of the harbour]
licence: CC BY 4.0
search: yes
embeds: yes
data: full
images: yes
"""

PAGE = """---
title: About the desk
summary: A page about us.
order: 3
aliases: [/old-about/]
---
Text.
"""

EXPLAINER = """---
title: Will the ferry run?
summary: The council has not decided on ferries.
published: 2024-03-08
updated: 2024-03-09
as_of: 2024-03-10
authors: [Ada Writer]
topics: [harbours]
status: published
slug: ferry
lang: en-GB
lead: yes
image: {file: boat.png, alt: The boat at the quay, credit: Ada Camera, licence: CC0, caption: It has not left.}
in_short: {happened: The *hall* was full., says: Two people., disputed: Whether it runs., not_known: When., next: A vote.}
autolink: all
aliases: [/old/ferry/]
x_desk: night desk
sources:
  - id: gazette-0308
    title: Ferry in doubt
    publisher: Harbour Gazette
    authors: [Clara Reporter]
    url: https://example.org/ferry
    archived: https://example.org/archive/ferry
    published: 2024-03-07
    accessed: 2024-03-11
    former_ids: old-report
    lang: da
    cites: [register]
    note: The copy is torn.
  - {id: register, title: Register of ships, publisher: Public Record Office, published: 2023}
  - {id: monitor, title: Civic Monitor repeats it, published: 2024-03-08}
actors:
  - id: mina-quist
    type: Person
    name: Mina Quist
    alias: [Quist]
    weak_alias: [the Mayor]
    position: {role: Mayor, of: town, from: 2021-05, to: 2025-05}
    of: town
    image: {file: quist.svg, alt: Mina Quist, credit: Ada Camera}
    same_as: [wd:Q30, https://example.org/mina]
    former_ids: old-mina
    here: wants the ferry to run
  - {id: town, type: PublicBody, name: Town of Saltholm}
  - {id: union, type: Group, name: Ferry workers}
unnamed:
  clerk:
    described_as: a clerk at the town hall
    of: town
    knows_because: keeps the minutes
    anonymity_reason: fears for the job
    count: 2
quotes:
  - id: run
    text: ["The ferry will run.", "We have the money."]
    speaker: mina-quist
    to: union
    said: 2024-03-06
    mode: direct
    rules: on-record
    medium: press-conference
    via: [gazette-0308, monitor]
    about: [vote]
    confirms: [signed]
    answers: [signed]
    repeats: [signed]
    stated: no
    lang: da
    cert: medium
    resp: the night desk
    prefix: said that
    note: Said twice in the hall.
  - id: signed
    text: nothing has been been signed
    speaker: clerk
    via: gazette-0308
    rules: deep-background
    as_published: nothing has been been signed
    corrected: nothing has been signed
    denies: [run]
    in_body: no
    translation: {text: nichts ist unterschrieben, by: Dieter Translator, method: machine}
timeline:
  - id: vote
    when: {says: Monday, as_of: 2024-03-10, is: 2024-03-11}
    title: The council votes
    status: expected
    by: [mina-quist]
    actors: [town]
    place: Town hall
    sources: [gazette-0308]
    text: In *open* session.
    key: yes
    short: The vote
    history: [{status: planned, when: 2023-11-02, on: 2024-03-01, source: register, by: a surveyor}]
    same_as: wd:Q12
    former_ids: [old-vote]
updates: [{on: 2024-03-09, text: The *keel* is here.}]
corrections: [{on: 2024-03-09, text: The **date** was wrong.}]
---
The mayor said that “The ferry will run.” Quist went on: “We have the money.” Then Quist left.
"""

SEEN = {
    "explainer": {
        "format": None,  # how the file is read: test_short_marks
        "title": "Will the ferry run?",
        "summary": "The council has not decided on ferries.",
        "published": "8 March 2024",
        "updated": "9 March 2024",
        "as_of": "10 March 2024",
        "authors": "Ada Writer",
        "topics": 'href="../../topics/harbours/"',
        "status": None,  # a draft is not there: test_cases
        "slug": "explainers/ferry/",
        "lang": 'lang="en-GB"',
        "image": 'class="lead-picture"',
        "in_short": "In short",
        "lead": "Start here",
        "autolink": '<a href="../../actors/mina-quist/">Quist</a>',
        "sources": "Ferry in doubt",
        "actors": "Mina Quist",
        "unnamed": "a clerk at the town hall",
        "quotes": "The ferry will run.",
        "timeline": "The council votes",
        "updates": "The <em>keel</em> is here.",
        "corrections": "The <strong>date</strong> was wrong.",
        "aliases": "old/ferry/index.html",
        "proposed": None,  # only a draft has them: drafting
        "rejected": None,  # never published: drafting
    },
    "actor": {
        "id": "actors/mina-quist/",
        "type": "government body",
        "name": "Mina Quist",
        "alias": "Quist",
        "weak_alias": "the Mayor",
        "position": "Mayor",
        "of": "actors/town/",
        "same_as": "https://example.org/mina",
        "former_ids": "actors/old-mina/index.html",
        "here": "wants the ferry to run",
        "described_as": "a clerk at the town hall",
        "knows_because": "keeps the minutes",
        "anonymity_reason": "fears for the job",
        "count": ">2<",
        "image": 'class="face large"',
    },
    "image": {
        "file": "explainers/boat-png-",
        "alt": "The boat at the quay",
        "credit": "Ada Camera",
        "licence": "CC0",
        "caption": "It has not left.",
    },
    "position": {"role": "Mayor", "of": "Town of Saltholm", "from": "May 2021", "to": "May 2025"},
    "source": {
        "id": "sources/gazette-0308/",
        "title": "Ferry in doubt",
        "publisher": "Harbour Gazette",
        "authors": "Clara Reporter",
        "url": "https://example.org/ferry",
        "archived": "https://example.org/archive/ferry",
        "published": "7 March 2024",
        "accessed": "11 March 2024",
        "lang": ">da<",
        "cites": "Register of ships",
        "note": "The copy is torn.",
        "former_ids": "sources/old-report/index.html",
    },
    "quote": {
        "id": "quote--run",
        "text": "We have the money.",
        "speaker": "actors/mina-quist/",
        "to": "Ferry workers",
        "said": "6 March 2024",
        "mode": "direct quote",
        "rules": "on deep background",
        "medium": "press conference",
        "via": "sources/monitor/",
        "about": "events/vote/",
        "denies": "is denied by",
        "confirms": "is confirmed by",
        "answers": "is answered by",
        "repeats": "is repeated by",
        "stated": "is answered by (as we read it)",
        "lang": 'lang="da"',
        "translation": "nichts ist unterschrieben",
        "as_published": "nothing has been been signed",
        "corrected": "nothing has been signed",
        "cert": "The attribution is likely",
        "resp": "the night desk",
        "in_body": None,  # a quote that is to be in the body and is not is an error: test_cases
        "prefix": 'id="quote--run"',
        "note": "Said twice in the hall.",
    },
    "translation": {"text": "nichts ist unterschrieben", "by": "Dieter Translator", "method": "translated by a machine"},
    "event": {
        "id": "events/vote/",
        "when": "11 March 2024",
        "title": "The council votes",
        "status": "expected",
        "by": "actors/mina-quist/",
        "actors": "actors/town/",
        "place": "Town hall",
        "coordinates": None,  # a map is of places: test_locator_map
        "sources": "sources/gazette-0308/",
        "text": "In <em>open</em> session.",
        "key": None,  # which events are told in short: test_in_short
        "short": None,  # a strip is of two events: test_strip
        "history": "planned",
        "same_as": "https://www.wikidata.org/wiki/Q12",
        "former_ids": "events/old-vote/index.html",
    },
    "status": {"status": "planned", "when": "for 2 November 2023", "on": "1 March 2024", "source": "Register of ships", "by": "a surveyor"},
    "relative_date": {"says": "Monday", "as_of": None, "is": "11 March 2024"},  # what “Monday” counts from is for the check of “is”
    "in_short": {
        "happened": "The <em>hall</em> was full.",
        "says": "Two people.",
        "disputed": "Whether it runs.",
        "not_known": "<dd>When.",
        "next": "A vote.",
    },
    "update": {"on": "9 March 2024", "text": "The <em>keel</em> is here."},
    "correction": {"on": "9 March 2024", "text": "The <strong>date</strong> was wrong."},
    "page": {
        "title": "About the desk",
        "summary": "A page about us.",
        "order": None,  # the order of neighbours: test_views
        "status": None,
        "aliases": "old-about/index.html",
    },
    "site": {
        "format": None,  # another version is an error: test_settings
        "title": "Harbour Desk",
        "tagline": "Who said what by the sea",
        "description": "A made-up desk.",
        "base_url": "https://example.org/desk/explainers/ferry/",
        "language": 'lang="en"',
        "nav": "The ferries",
        "footer": "Made <em>by hand</em>.",
        "authors": "Desk of the harbour",
        "licence": "CC BY 4.0",
        "search": "search/",
        "embeds": "Embed",
        "data": "events.csv",
        "images": "explainers/ferry/card.png",
        "style": None,  # the same: test_house_style
        "plugins": None,  # test_plugins
        "problems": None,  # what is told of the site, not what it shows: test_overrides
        "publish": None,
        "sync": None,  # how it is written: test_durable
    },
    "nav": {"title": "The ferries", "path": "explainers/"},
    "override": {"code": None, "severity": None, "files": None, "why": None},
    "style": {"style": None},
    "style_rule": dict.fromkeys(key.name for key in schema.STYLE_RULE),
    # For nobody to see: tests/publish has what becomes of them.
    "target": dict.fromkeys(key.name for key in schema.TARGET),
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    root = tmp_path_factory.mktemp("every-key")
    for path, text in {"site.yaml": SITE, "pages/about.md": PAGE, "explainers/ferry-file.md": EXPLAINER}.items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_text(text, "utf-8")
    Image.new("RGB", (8, 6), "navy").save(root / "content/explainers/boat.png")
    (root / "content/explainers/quist.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    report = build(Options(root, root / "out", jobs=1))
    assert report.plan is not None, report.diagnostics
    pages = {path.relative_to(root / "out").as_posix(): path.read_text("utf-8") for path in (root / "out").rglob("*.html")}
    pages.update({path.name: path.read_text("utf-8") for path in (root / "out").glob("*.xml")})
    return "\n".join(f"{path}\n{text}" for path, text in pages.items())


def test_the_table_has_every_key():
    assert {record: set(seen) for record, seen in SEEN.items()} == {
        record: {key.name for key in table} for record, table in schema.RECORDS_OF_FORMAT.items()
    }


@pytest.mark.parametrize("record, key", [(record, key) for record, seen in SEEN.items() for key in seen if seen[key] is not None])
def test_a_key_shows_on_a_page(everything, record, key):
    assert SEEN[record][key] in everything


def test_the_authors_own_keys_reach_the_page(everything):
    assert "night desk" in everything
