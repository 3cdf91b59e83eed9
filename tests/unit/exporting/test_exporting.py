"""What goes out in formats of others: all that they can hold, nothing more certain than it is, and the rest told."""

import base64
import csv
import io
import json
import os
import re
import zipfile

import docx
import icalendar
import msgspec
import pytest

from builder import cli, linking
from builder.content.parse import parse
from builder.exporting import EXPORTERS, ExportProblem, select_all, select_files
from builder.exporting.blocks import blocks, words
from builder.i18n import language
from builder.importing import ExistingRecords, ImportInput, ImportOptions, find, layout
from builder.importing.importer_types import File
from builder.importing.value_words import own_markdown
from builder.model import FACTS, STATUSES, Settings

EXPLAINER = """---
title: Will the ferry run?
summary: Two letters and a denial.
published: 2025-10-16
authors: [Harbour desk]
topics: [Harbour]
sources:
  lantern: {publisher: Lantern, title: Ferry in doubt, published: 2025-10-15, url: https://example.org/doubt, authors: [A. Clerk], lang: en}
  letter: {title: A letter, published: 1850~, cites: lantern, x_volume: "3", x_shelf: B}
actors:
  anna-hale: {name: Anna Hale, position: [{role: Ferry captain, of: The Patience Line, from: 2011, to: 2020-05}, {role: Mayor, of: Gullhaven, from: 2020-05-13}], same_as: [wd:Q42]}
  council: {name: The Council, type: PublicBody}
unnamed: {talk: a clerk of the harbour}
quotes:
  - {id: sound, speaker: anna-hale, text: The boat is sound, via: lantern, said: 2025-10-14}
  - {id: gone, speaker: talk, text: She is as good as gone, via: letter, in_body: no}
timeline:
  - {id: built, title: The quay is built, when: 1850~, status: occurred, sources: [letter]}
  - {id: sale, title: The ferry is sold, when: 2025-10-20, status: alleged, by: council, actors: [anna-hale], place: Gullhaven, sources: [lantern], text: "Says [a page](https://example.org/p)."}
  - {id: vote, title: "=The vote", when: {says: Friday, is: 2025-10-24}}
---
“The boat is sound,” says [[anna-hale]].[^1]

## What next

- [A *list*](https://example.org/list)
  1. of `two`

| a | b |
|---|---|
| c | d|e |

> quoted by all

[The sale]{event=sale} is near.

[^1]: As *she* said.
"""


def site_of(text=EXPLAINER, **settings):
    document = parse("content/explainers/ferry.md", text.encode())
    site, problems = linking.link(Settings(title="Harbour", **settings), language.load("en"), (document,), drafts=True)
    assert not [problem for problem in (*document.diagnostics, *problems) if problem.severity == "error"]
    return site


@pytest.fixture(scope="module")
def site():
    return site_of(base_url="https://example.org/")


def made(site, name, chosen=None):
    return next(exporter for exporter in EXPORTERS if exporter.name == name).write(chosen or select_all(site))


def data(site, name):
    (file,) = made(site, name).files
    return file.data


def tables(site):
    return {file.name: list(csv.DictReader(io.StringIO(file.data.decode()))) for file in made(site, "csv").files}


def test_tables_have_a_row_for_each_record_and_the_status_beside_the_title(site):
    found = tables(site)
    assert found.keys() == {"timeline.csv", "actors.csv", "sources.csv", "quotes.csv"}
    built, sale, vote = found["timeline.csv"]
    assert (built["when"], built["standing"], built["sources"]) == ("1850~", "happened", "A letter")
    assert (sale["status"], sale["by"], sale["standing"]) == ("alleged", "The Council", "alleged by The Council")
    assert sale["text"] == "Says [a page](https://example.org/p)."
    assert (vote["title"], vote["says"], vote["status"], vote["standing"]) == ("'=The vote", "Friday", "", "planned (inferred)")
    assert [(row["id"], row["role"], row["from"]) for row in found["actors.csv"] if row["role"]] == [
        ("anna-hale", "Ferry captain", "2011"),
        ("anna-hale", "Mayor", "2020-05-13"),
    ]
    assert found["sources.csv"][0]["authors"] == "A. Clerk"
    assert [row["attribution"] for row in found["quotes.csv"]] == ["Anna Hale", "An unnamed clerk of the harbour"]


def test_a_table_tells_of_line_breaks_that_an_import_makes_spaces():
    told = EXPLAINER.replace("title: The quay is built", 'title: "The quay\\nis built", x_note: "a\\nb"')
    (said,) = [omission for omission in made(site_of(told), "csv").omissions if "line breaks" in omission]
    assert said == "line breaks in titles, names and other words of a line of 1: “The quay is built”"
    assert not [omission for omission in made(site_of(), "csv").omissions if "line breaks" in omission]


def test_a_calendar_tells_what_it_cannot_hold_and_confirms_nothing_that_is_alleged(site):
    found = made(site, "ics")
    entries = list(icalendar.Calendar.from_ical(found.files[0].data).walk("VEVENT"))
    assert [(str(entry["SUMMARY"]), str(entry["STATUS"])) for entry in entries] == [
        ("The ferry is sold (alleged)", "TENTATIVE"),
        ("=The vote (planned, inferred)", "TENTATIVE"),
    ]
    assert found.omissions == ("1 without a certain day: “The quay is built”",)


def test_followthemoney_leaves_out_what_is_not_known_to_have_happened(site):
    found = made(site, "followthemoney")
    entities = [json.loads(line) for line in found.files[0].data.splitlines()]
    assert [entity["properties"]["name"] for entity in entities if entity["schema"] == "Event"] == [["The quay is built"]]
    assert "“The ferry is sold”, “=The vote”" in found.omissions[0]
    assert "a clerk of the harbour" in found.omissions[1]


def test_an_entity_that_another_program_changed_is_read_as_it_is_now(site):
    lines = data(site, "followthemoney").decode().splitlines()
    changed = [line.replace('"Anna Hale"', '"Anna Holm"', 1) if '"schema":"Person"' in line else line for line in lines]
    given = ImportInput("e.ftm.json", (File("e.ftm.json", "\n".join(changed).encode()),))
    made_ = find(given).read(given, ImportOptions(today="2025-12-31"))
    people = {record.id: record.fields for record in made_.records if record.kind == "actor"}
    assert "council" in people
    assert "Anna Holm" in {fields["name"] for fields in people.values()}


def test_an_explainer_comes_back_from_followthemoney_as_one_without_its_text(site):
    told = EXPLAINER.replace(
        "\nsources:",
        """
updated: 2025-11-01
as_of: 2025-10-20
lead: yes
x_desk: city
aliases: [/old/]
in_short: {happened: The **boat** sank}
corrections: [{2025-10-17: The *day* was wrong}]
sources:""",
        1,
    )
    before = site_of(told, base_url="https://example.org/").explainers["ferry"]
    written = data(site_of(told, base_url="https://example.org/"), "followthemoney")
    given = ImportInput("e.ftm.json", (File("e.ftm.json", written),))
    laid = layout(find(given).read(given, ImportOptions()), ExistingRecords(), ImportOptions())
    documents = [parse(path, text) for path, text in laid.files.items()]
    assert not [problem for document in documents for problem in document.diagnostics if problem.severity == "error"]
    (again,) = [document.explainer for document in documents if document.explainer is not None]
    for name in ("slug", "title", "summary", "authors", "topics", "aliases", "lead", "extra"):
        assert getattr(again, name) == getattr(before, name), name
    for name in ("published", "updated", "as_of"):
        assert getattr(again, name).date == getattr(before, name).date
    assert "The **boat** sank" in laid.files["content/explainers/ferry.md"].decode()
    assert [event.id for event in again.timeline] == ["built"]
    assert {source.id for source in again.sources} == {"lantern", "letter"}
    assert [correction.on.date.edtf for correction in again.corrections] == ["2025-10-17"]
    assert any("the text of “Will the ferry run?” is not in the file" in str(note) for note in laid.import_notes)
    changed = written.replace(b'"title":["Will the ferry run?"]', b'"title":["Will it?"]')
    given = ImportInput("e.ftm.json", (File("e.ftm.json", changed),))
    assert not find(given).read(given, ImportOptions()).articles


def test_a_timeline_that_is_unchanged_comes_back_whole_and_a_changed_slide_as_it_is(site):
    def read(text):
        given = ImportInput("t.json", (File("t.json", text.encode()),))
        return find(given).read(given, ImportOptions(today="2025-12-31"))

    written = data(site, "timelinejs").decode()
    whole = read(written)
    assert not [note for note in whole.import_notes if "x_event" in str(note)]
    assert {record.id for record in whole.records if record.kind == "source"} == {"letter", "lantern"}
    changed = read(written.replace('"headline":"The quay is built"', '"headline":"The quay is rebuilt"'))
    assert [str(note) for note in changed.import_notes if "x_event" in str(note)]
    assert "The quay is rebuilt" in {record.fields.get("title") for record in changed.records}


@pytest.mark.parametrize(
    "said, taken",
    [
        ("*a* **b** `c` [d](<https://example.org/>) \\* e", True),
        ("<script>", False),
        ("![x](<https://example.org/x.png>)", False),
        ("[a]{quote=b}", False),
        ("# head", False),
        ("*" * 50_000 + "<", False),
    ],
)
def test_markdown_beside_a_record_is_taken_only_as_export_writes_it(said, taken):
    assert own_markdown(said) == (said if taken else "")


def test_references_have_dates_as_csl_has_them_and_keys_of_the_author_under_custom(site):
    doubt, letter = json.loads(data(site, "csl-json"))
    assert doubt["issued"] == {"date-parts": [[2025, 10, 15]]}
    assert (doubt["type"], doubt["custom"]["inferred"], doubt["author"]) == ("webpage", "type", [{"literal": "A. Clerk"}])
    assert letter["issued"] == {"date-parts": [[1850]], "circa": True}
    assert (letter["volume"], letter["custom"]["x_shelf"], letter["custom"]["inferred"]) == ("3", "B", "type")
    assert not made(site, "csl-json").omissions


def test_annotations_have_the_words_in_the_text_and_tell_of_the_others(site):
    found = made(site, "annotations")
    items = json.loads(found.files[0].data)["first"]["items"]
    assert [item["target"]["selector"]["exact"] for item in items] == ["The boat is sound"]
    assert found.omissions == ("ferry: 1 quote that stands in no text",)


def test_a_news_item_has_its_text_three_times_and_events_with_their_status(site):
    item = json.loads(data(site, "ninjs"))
    assert item["standard"]["version"] == "3.0"
    assert (item["uri"], item["type"], item["pubStatus"]) == ("https://example.org/explainers/ferry/", "text", "usable")
    assert item["firstCreated"] == item["versionCreated"] == "2025-10-16T00:00:00Z"
    assert [body["contentType"] for body in item["bodies"]] == ["text/plain", "application/xhtml+xml", "text/markdown"]
    assert all("[Anna Hale; Said 14 Oct 2025 → " in body["value"].replace("\\", "") for body in item["bodies"])
    assert [event["name"] for event in item["events"]] == [
        "The quay is built",
        "20 October 2025: The ferry is sold (alleged by The Council)",
        "24 October 2025: =The vote (planned, inferred)",
    ]
    assert [person["name"] for person in item["people"]] == ["Anna Hale"]
    assert [organisation["name"] for organisation in item["organisations"]] == ["The Council"]


def test_markdown_has_the_attribution_behind_the_words_that_it_is_of(site):
    text = data(site, "markdown").decode()
    assert 'title: "Will the ferry run?"\nsummary: "Two letters and a denial."\ndate: "2025-10-16"\n' in text
    assert (
        "“The boat is sound,” \\[Anna Hale; Said 14 Oct 2025 → Lantern, 15 Oct 2025\\] says [Anna Hale](https://example.org/actors/anna-hale/).[^1]\n"
        in text
    )
    assert "\n## What next\n\n- [A *list*](https://example.org/list)\n    1. of `two`\n" in text
    assert "\n| a | b |\n|---|---|\n| c | d |\n" in text
    assert "\n> quoted by all\n" in text
    assert "The sale \\[20 October 2025: The ferry is sold (alleged by The Council)\\] is near." in text
    assert "\n> “She is as good as gone” \\[An unnamed clerk of the harbour; Reported by A letter" in text
    assert "\n- around 1850: The quay is built \\[A letter\\]\n- 20 October 2025: The ferry is sold (alleged by The Council)." in text
    assert "\n- A. Clerk, “Ferry in doubt”, Lantern, 15 October 2025. <https://example.org/doubt>\n" in text
    assert text.endswith("\n[^1]: As *she* said.\n")


def test_a_title_longer_than_a_property_of_word_may_be_stands_whole_in_the_document():
    title = "A long title " * 30
    document = docx.Document(io.BytesIO(data(site_of(EXPLAINER.replace("Will the ferry run?", title.strip())), "docx")))
    assert title.strip() in [paragraph.text for paragraph in document.paragraphs]


def test_a_document_of_word_has_the_same_words_with_styles(site):
    document = docx.Document(io.BytesIO(data(site, "docx")))
    styled = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styled["Will the ferry run?"] == "Title"
    assert styled["What next"] == "Heading 2"
    assert styled["A list"] == "List Bullet"
    assert styled["of two"] == "List Number 2"
    assert styled["quoted by all"] == "Quote"
    assert any("“The boat is sound,” [Anna Hale; Said 14 Oct 2025 → Lantern, 15 Oct 2025] says Anna Hale." in text for text in styled)
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["a", "b"], ["c", "d"]]
    assert (document.core_properties.author, document.core_properties.keywords) == ("Harbour desk", "Harbour")
    assert data(site, "docx") == data(site, "docx")


def test_no_status_but_that_of_facts_goes_out_without_its_words():
    lines = "".join(
        f"  - {{id: e-{status}, title: The {status} sale, when: 2025-10-20, status: {status}, by: Otto}}\n" for status in STATUSES
    )
    site = site_of(f"---\ntitle: All\npublished: 2025-10-16\nas_of: 2025-10-16\ntimeline:\n{lines}---\nText.\n")
    texts = {
        exporter.name: data(site, exporter.name).decode()
        for exporter in EXPORTERS
        if exporter.name in {"ics", "timelinejs", "markdown", "ninjs"}
    }
    for status in set(STATUSES) - FACTS:
        words = "possible" if status == "conditional" else status
        assert f"SUMMARY:The {status} sale ({words})" in texts["ics"]
        assert f'"headline":"The {status} sale ({words})"' in texts["timelinejs"]
        assert f"The {status} sale ({words}" in texts["markdown"]
        assert f"The {status} sale ({words}" in texts["ninjs"]
    happened = {json.loads(line)["id"] for line in data(site, "followthemoney").splitlines() if b'"Event"' in line}
    assert happened == {"event-e-occurred", "event-e-ongoing"}


def test_some_files_bring_what_they_rest_on_and_nothing_else(site):
    assert select_files(site, ["content/explainers/ferry.md"]).sources == select_all(site).sources
    with pytest.raises(ExportProblem, match="it has no sources"):
        made(site, "csl-json", select_files(site, []))


@pytest.mark.parametrize(
    "html, kinds",
    [
        ("<p>a</p><p>b</p>", ["paragraph", "paragraph"]),
        ("<ul><li><p>a</p><p>b</p></li></ul>", ["item", "paragraph"]),
        ("<pre><code>a\n b</code></pre><hr>", ["code", "rule"]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", ["term", "paragraph"]),
    ],
)
def test_blocks_are_those_of_the_html(html, kinds):
    found = blocks(html)
    assert [omission.kind for omission in found] == kinds
    assert words(found[0].runs).startswith("a")


# --- the command ------------------------------------------------


@pytest.fixture
def root(tmp_path):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: Harbour\n", "utf-8")
    (tmp_path / "content/explainers/ferry.md").write_text(EXPLAINER.replace("\npublished", "\nstatus: draft\npublished"), "utf-8")
    return tmp_path


def run(root, *words):
    return cli.main(["export", *map(str, words), "--root", str(root)])


def test_a_draft_that_is_named_is_written_and_nothing_is_replaced_unasked(root, capsys):
    draft, out = root / "content/explainers/ferry.md", root / "out.csv"
    assert run(root, "csv", "-o", out) == 1
    assert "it has no timeline to write" in capsys.readouterr().err
    assert run(root, "csv", draft, "-o", out) == 0
    assert out.read_text("utf-8").startswith("id,title,standing,when,")
    assert run(root, "csv", draft, "-o", out) == 2
    assert "--force replaces it" in capsys.readouterr().err
    assert run(root, "csv", "-o", out, "--force", draft) == 0
    os.mkfifo(root / "pipe.csv")
    assert run(root, "csv", draft, "-o", root / "pipe.csv", "--force") == 2
    assert "pipe.csv is a pipe, not a file" in capsys.readouterr().err
    (root / "link.csv").symlink_to(out)
    out.write_text("before")
    assert run(root, "csv", draft, "-o", root / "link.csv", "--force") == 0
    assert out.read_text("utf-8").startswith("id,title,standing,when,")
    assert run(root, "csv", "content/explainers/ferry.md", "-o", out, "--kind", "sources", "--force") == 0
    assert out.read_text("utf-8").startswith("id,title,publisher,")
    assert run(root, "docx", "--drafts", "-o", f"{root}/docs/") == 0
    assert [path.name for path in (root / "docs").iterdir()] == ["ferry.docx"]
    assert run(root, "csv", "--drafts", "-o", root / "all") == 0
    assert sorted(path.stem for path in (root / "all").iterdir()) == ["actors", "quotes", "sources", "timeline"]


@pytest.mark.parametrize(
    "words, told",
    [
        (["csw", "-o", "x"], "there is no format “csw”. There are: csv, ics,"),
        (["csv"], "give the output with -o"),
        (["ics", "--kind", "quotes", "-o", "x"], "--kind is for CSV"),
        (["ics", "missing.md", "-o", "x"], "missing.md is no file of this site’s content/"),
        (["ics", "content/site.yaml", "-o", "x"], "content/site.yaml has no record that could be exported"),
    ],
)
def test_a_wrong_order_is_told_with_what_to_write(root, capsys, words, told):
    assert run(root, *words) == 2
    assert told in capsys.readouterr().err


RED = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
SEEN = """---
title: Seen
published: 2025-10-16
image: {file: red.png, alt: A quay, credit: A. Clerk}
actors:
  clerk: {type: UnnamedSource, described_as: a clerk, knows_because: he was there, anonymity_reason: he may not speak}
quotes:
  - {speaker: clerk, text: It is sold, rules: background}
---
“It is sold,” says a clerk.

![A boat](red.png)

![A map](map.svg)
"""


def test_pictures_stand_in_a_document_and_those_that_word_does_not_know_are_told():
    document = parse("content/explainers/seen/index.md", SEEN.encode())
    site, _ = linking.link(Settings(title="Harbour"), language.load("en"), (document,), drafts=True)
    chosen = msgspec.structs.replace(select_all(site), picture=lambda path: RED if path.endswith("red.png") else None)
    found = made(site, "docx", chosen)
    assert found.omissions == ("seen: of 1 picture, only the words that describe them: “map.svg”",)
    with zipfile.ZipFile(io.BytesIO(found.files[0].data)) as package:
        assert package.read("word/media/image1.png") == RED
        assert re.findall('descr="([^"]*)"', package.read("word/document.xml").decode()) == ["A quay", "A boat"]


def test_the_terms_of_an_unnamed_source_stand_behind_the_words():
    document = parse("content/explainers/seen/index.md", SEEN.encode())
    site, _ = linking.link(Settings(title="Harbour"), language.load("en"), (document,), drafts=True)
    terms = "An unnamed clerk, on background; How they know: he was there; Why not named: he may not speak"
    text = data(site, "markdown").decode()
    assert f"“It is sold,” \\[{terms}\\] says a clerk." in text
    assert made(site, "markdown").omissions == (
        "seen: of 3 pictures, only the words that describe them, since content/site.yaml has no base_url",
    )
    with zipfile.ZipFile(io.BytesIO(data(site, "docx"))) as package:
        assert terms in package.read("word/document.xml").decode()


def test_an_older_explainer_is_told_as_of_its_day_with_what_came_later_apart():
    early = """---
title: A
published: 2025-10-16
as_of: 2025-10-15
sources: {post: "The Post, Row, 2025-10-14"}
actors: {anna-hale: "Anna Hale, captain"}
quotes:
  - {id: fr, speaker: anna-hale, text: On verra, lang: fr, translation: {text: We shall see, method: machine}, note: Shouted.}
  - {id: least, speaker: anna-hale, text: on a least, corrected: on a list, cert: medium}
timeline:
  - {id: vote, when: 2026-04-01, title: The vote, status: planned, sources: post}
---
“On verra,” “on a least”, said Anna Hale.
"""
    late = "---\ntitle: B\npublished: 2026-05-01\nas_of: 2026-05-01\ntimeline:\n  - {id: vote, when: 2026-04-01, title: The vote, status: denied, by: anna-hale}\n---\n"
    documents = [parse(f"content/explainers/{name}.md", text.encode()) for name, text in (("early", early), ("late", late))]
    found, problems = linking.link(Settings(title="Harbour"), language.load("en"), tuple(documents), drafts=True)
    assert not [problem for problem in problems if problem.severity == "error"]
    texts = {file.name: file.data.decode() for file in made(found, "markdown").files}
    assert "\nAs of 15 October 2025\n" in texts["early.md"]
    assert "- 1 April 2026: The vote (planned; now denied)" in texts["early.md"]
    assert "- 1 April 2026: The vote (denied by Anna Hale)" in texts["late.md"]
    assert "Translation: “We shall see” (translated by a machine); Shouted." in texts["early.md"]
    assert "Our reading: on a list (The corrected wording is likely)" in texts["early.md"]


@pytest.mark.parametrize("published", ["published: 2025-10-15", ""])
def test_who_translated_the_words_is_not_said_to_have_handed_them_to_the_report(published):
    text = f"""---
title: A
sources: {{post: {{publisher: Post, title: Row, {published}}}}}
actors: {{anna-hale: "Anna Hale, captain"}}
quotes:
  - {{speaker: anna-hale, text: On verra, lang: fr, via: post, translation: {{text: We shall see, by: The Desk, method: human}}}}
---
“On verra”, said Anna Hale.
"""
    found = data(site_of(text), "markdown").decode()
    assert "(translated by a person: The Desk)" in found
    assert "The Desk →" not in found
    assert "The Desk, Post" not in found


OF_EVENT = "what the story’s own word for the date counts from, of 1: “=The vote”"
OF_QUOTE = "what the story’s own word for the date counts from, of 1: “The boat is sound”"


@pytest.mark.parametrize(
    "name, told",
    [
        ("csv", ["the story’s own word for the date of 1: “The boat is sound”", OF_EVENT]),
        ("ics", [OF_EVENT]),
        ("timelinejs", [OF_EVENT]),
        ("annotations", [f"ferry: {OF_QUOTE}"]),
    ],
)
def test_what_a_word_for_a_day_counts_from_is_not_lost_in_silence(name, told):
    text = EXPLAINER.replace("{says: Friday, is", "{says: Friday, as_of: 2025-10-20, is").replace(
        "said: 2025-10-14}", "said: {says: Tuesday, as_of: lantern, is: 2025-10-14}}"
    )
    assert [omission for omission in made(site_of(text), name).omissions if "story’s own" in omission] == told
    assert not any("story’s own" in omission for omission in made(site_of(), name).omissions)


def test_tables_tell_what_no_column_holds(site):
    assert made(site, "csv").omissions == ("what is cited by 1: “A letter”",)
    text = EXPLAINER.replace("status: alleged", "status: alleged, history: [{2025-10-14: planned}], key: yes").replace(
        "via: letter, in_body", "via: letter, denies: sound, in_body"
    )
    assert made(site_of(text), "csv").omissions == (
        "the history of 1: “The ferry is sold”",
        "that the story is told by 1: “The ferry is sold”",
        "what is cited by 1: “A letter”",
        "the relations to other quotes of 1: “She is as good as gone”",
    )
