"""Words that are selected in the preview: what each of them is made in the file, in both formats, and what stands in the way."""

import json

import pytest

from builder.content.editing import Refused, SourceFile
from builder.content.editing.selected_words import Selected, locate
from builder.model import STATUSES
from builder.preview.annotating import endpoints, fix_and_undo
from tests.unit.preview.forms import form
from tests.unit.preview.test_annotating import BODY, HEAD, PAGE, SHORT_HEAD, Desk

FRONT = SHORT_HEAD.replace("title: The winter ferry", "title: The winter ferry, “a dream”").replace("format: 2\n", "")


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """A desk for each format; each test takes back what it has written."""
    return {number: Desk(tmp_path_factory.mktemp(f"format-{number}"), head) for number, head in {1: HEAD, 2: SHORT_HEAD}.items()}


def select(desk, makes, words, before="", behind="", **said):
    selected = {"words": words, "before": before, "behind": behind}
    sent = form(PAGE, desk.state()["digest"], makes=makes, selected=selected, **said)
    return json.loads(endpoints.write(desk.engine, json.dumps(sent).encode()))


CASES = {
    "a quote gets the marks of the text": (
        "quote",
        "is one boat",
        {"speaker": "ada"},
        "“is one boat”",
        "  - ada: is one boat\n",
        "“is one boat”{by=ada}.",
    ),
    "a paraphrase": (
        "paraphrase",
        "It comes",
        {"speaker": "bo-berg", "via": "lantern"},
        "",
        "  - bo-berg: It comes\n    via: lantern\n    mode: indirect\n",
        "[It comes]{by=bo-berg source=lantern} “soon,”",
    ),
    "a person": (
        "actor",
        "Jane Roe",
        {"kind": "Person", "named": "Jane Roe, Clerk"},
        "",
        "  jane-roe: Jane Roe, Clerk\n",
        "  jane-roe: Jane Roe, Clerk\n",
    ),
    "a body": (
        "actor",
        "Harbour Board",
        {"kind": "Organization"},
        "",
        "  harbour-board: {name: Harbour Board, type: Organization}\n",
        "  harbour-board: Harbour Board, Organization\n",
    ),
    "somebody who is not named": (
        "actor",
        "a woman",
        {"kind": "UnnamedSource"},
        "",
        "unnamed:\n  a-woman: a woman\n",
        "unnamed:\n  a-woman: a woman\n",
    ),
    "another name": (
        "actor",
        "Abara",
        {"other_name": "ada"},
        "",
        "  ada: {name: Ada Abara, position: {role: Harbour master}, alias: Abara}\n",
        "  ada: {name: Ada Abara, position: {role: Harbour master}, alias: Abara}\n",
    ),
    "an event": (
        "event",
        "Bo Berg told the council",
        {"said": "2022-01-17", "says": "Monday"},
        "[Bo Berg told the council]{event=bo-berg-told-the-council}: ",
        "  - id: bo-berg-told-the-council\n    when: {says: Monday, is: 2022-01-17}\n    title: Bo Berg told the council\n",
        "[Bo Berg told the council]{on=2022-01-17}: ",
    ),
    "an event with its status and who says so": (
        "event",
        "Bo Berg told the council",
        {"said": "2022-01-17", "status": "alleged", "by": "ada", "via": "lantern"},
        "[Bo Berg told the council]{event=bo-berg-told-the-council}: ",
        "    title: Bo Berg told the council\n    status: alleged\n    by: ada\n    sources: lantern\n",
        "[Bo Berg told the council]{on=2022-01-17 source=lantern status=alleged by=ada}: ",
    ),
    "a source": (
        "source",
        "the council",
        {"via": "lantern"},
        "[[source:lantern|the council]]: ",
        "",
        "and left. {source=lantern}\n",
    ),
    "a new source": (
        "source",
        "the council",
        {"named": "Harbour Post, A boat, 2022-01-18"},
        "[[source:harbour-post|the council]]: ",
        "  harbour-post: {publisher: Harbour Post, title: A boat, published: 2022-01-18}\n",
        "  harbour-post: Harbour Post, A boat, 2022-01-18\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_selected_words_become_what_was_chosen_and_a_step_takes_it_back(desks, name):
    makes, words, said, *wanted, short = CASES[name]
    for number, all_wanted in ((1, wanted), (2, [short])):
        desk, head = desks[number], {1: HEAD, 2: SHORT_HEAD}[number]
        assert select(desk, makes, words, **said)["refused"] == ""
        assert all(wanted in desk.text for wanted in all_wanted)
        # Nothing that nobody chose, and nothing that was there is gone.
        assert "mode:" not in desk.text or makes == "paraphrase"
        desk.step(fix_and_undo.undo)
        assert desk.text == head + BODY


def test_words_mean_an_event_that_is_there(desks):
    desk = desks[1]
    select(desk, "event", "Bo Berg told the council", said="2022-01-17")
    told = select(desk, "date", "Monday", event="bo-berg-told-the-council")
    assert (told["refused"], told["undo"]) == ("", "event of “Monday”")
    assert "On [Monday]{event=bo-berg-told-the-council} [Bo Berg" in desk.text
    assert [event["title"] for event in told["events"]] == ["Bo Berg told the council"]
    for _ in range(2):
        desk.step(fix_and_undo.undo)
    assert desk.text == HEAD + BODY


@pytest.mark.parametrize(
    "makes, words, said, why",
    [
        ("paraphrase", "No such words", {"speaker": "ada"}, "not in the text any more"),
        ("paraphrase", "It comes", {}, "Choose who said it."),
        ("paraphrase", "It comes", {"speaker": "nobody-known"}, "There is no actor"),
        ("paraphrase", "council: “The boat", {"speaker": "ada"}, "a paraphrase has none"),
        ("quote", "boat is sound", {"speaker": "ada"}, "cannot stand in quotation marks"),
        ("event", "It comes", {}, "Choose or write the day"),
        ("event", "It comes", {"said": "Friday the 32nd"}, "Friday the 32nd"),
        ("date", "It comes", {"event": "nothing"}, "Choose the event"),
        ("source", "It comes", {}, "Choose a source"),
        ("source", "It comes", {"named": "some paper"}, "Write publisher, title and day"),
        ("actor", "Bo Berg", {}, "has a record already"),
        ("actor", "Abara", {"other_name": "nobody"}, "There is no actor"),
    ],
)
def test_what_cannot_be_made_says_why(desks, makes, words, said, why):
    for number, head in {1: HEAD, 2: SHORT_HEAD}.items():
        assert why in select(desks[number], makes, words, **said)["refused"]
        assert desks[number].text == head + BODY


def test_names_without_an_actor_are_offered_with_a_kind_and_a_surname_where_it_is_unique(tmp_path):
    body = BODY + "\nThen Jane van Roe of Sanzen Shipping Ltd left. Mr Abara stayed on Monday. The Harbour is shut; the harbour stays so.\n"
    told = Desk(tmp_path, HEAD, body).state()["names"]
    assert told == [
        {"words": "Abara", "kind": "Person", "other_name": "ada"},
        {"words": "Jane van Roe", "kind": "Person", "other_name": ""},
        {"words": "Sanzen Shipping Ltd", "kind": "Organization", "other_name": ""},
    ]


# --- split, and in the front matter ------------------------------------------------


def test_a_split_quote_becomes_one_record(desks):
    desk = desks[1]
    told = desk.send(1, joins="q1")
    assert (told["refused"], told["undo"]) == ("", "more of a quote “The boat is sound.”")
    assert "  - {id: q1, speaker: ada, text: [It will run all winter, The boat is sound.], via: gazette}\n" in desk.text
    assert [passage["quotes"] for passage in told["passages"]][:2] == [["q1"], ["q1"]]
    assert "stands 2 times" in desk.send(2, joins="q1")["refused"]
    desk.step(fix_and_undo.undo)
    assert "no quote “nothing”" in desk.send(1, joins="nothing")["refused"]
    assert desk.text == HEAD + BODY
    desk = desks[2]
    first = desk.send(0, speaker="ada")["records"][0]["id"]
    assert desk.send(1, joins=first)["refused"] == ""
    assert "“The boat is sound.”{quote=more} Later" in desk.text
    for _ in range(2):
        desk.step(fix_and_undo.undo)
    assert desk.text == SHORT_HEAD + BODY


def test_quotations_of_the_front_matter_are_counted_and_answered(tmp_path):
    desk = Desk(tmp_path, FRONT)
    first = desk.state()["passages"][0]
    assert (first["parts"], first["to_do"], first["in_text"]) == (["a dream"], True, False)
    assert desk.send(0, nobody=True)["refused"] == ""
    assert "title: The winter ferry, “a dream”{quote=no}\n" in desk.text
    desk.step(fix_and_undo.undo)
    assert desk.send(0, speaker="ada")["refused"] == ""
    assert "quotes:\n  - {ada: a dream, in_body: no}\n" in desk.text or "quotes:\n  - ada: a dream\n    in_body: no\n" in desk.text
    assert not desk.state()["passages"][0]["to_do"]


def test_a_paraphrase_is_told_with_its_record(desks):
    desk = desks[2]
    told = select(desk, "paraphrase", "one boat", speaker="ada")
    assert told["elsewhere"] == [{"quote": "one-boat", "parts": ["one boat"], "event": ""}]
    deleted = json.loads(endpoints.write(desk.engine, json.dumps(form(PAGE, told["digest"], quote="one-boat", deletes=True)).encode()))
    assert (deleted["refused"], desk.text) == ("", SHORT_HEAD + BODY)


@pytest.mark.parametrize("number", [1, 2])
def test_an_event_is_changed_and_deleted_with_the_marks_of_its_words(desks, number):
    desk, head = desks[number], {1: HEAD, 2: SHORT_HEAD}[number]
    told = select(desk, "event", "Bo Berg told the council", said="2022-01-17")
    event = told["events"][0]["id"]
    assert [(quote["event"], quote["parts"]) for quote in told["elsewhere"]] == [(event, ["Bo Berg told the council"])]

    def send(**said):
        sent = form(PAGE, desk.state()["digest"], event=said.pop("event", event), **said)
        return json.loads(endpoints.write(desk.engine, json.dumps(sent).encode()))

    told = send(keys={"title": "Berg tells the council", "when": "2022-01-18", "sources": "lantern"})
    assert told["refused"] == ""
    (now,) = told["events"]
    assert (now["title"], now["edtf"], now["source"]) == ("Berg tells the council", "2022-01-18", "lantern")
    assert "does not change “place”" in send(event=now["id"], keys={"place": "Saltby"})["refused"]
    assert "is not an event of this file" in send(event="nothing", deletes=True)["refused"]
    assert send(event=now["id"], deletes=True)["undo"] == f"delete event “{now['id']}”"
    assert desk.text == head + BODY


# --- where words stand ------------------------------------------------

TEXT = """---
title: x
---
Ada *Abara spoke* first. She said so on Friday. See [[ada|Abara]].

The boat is sound. On Friday the boat is *sound*. `code`
"""


@pytest.mark.parametrize(
    "selected, written",
    [
        (Selected("Friday", "She said so on "), "Friday"),
        (Selected("Friday", "is sound. On ", " the boat"), "Friday"),
        (Selected("the boat  is sound"), "the boat is *sound*"),
        (Selected("Abara spoke first"), "*Abara spoke* first"),
        (Selected("Abara", "on Friday. See "), "[[ada|Abara]]"),
        (Selected("Friday"), ""),
        (Selected("code"), ""),
        (Selected("See Abara. The boat"), ""),
        (Selected(""), ""),
        (Selected("x" * 3000), ""),
    ],
)
def test_words_are_found_by_what_stands_around_them(selected, written):
    found = locate(SourceFile.of("content/explainers/a.md", TEXT.encode()), selected)
    assert written == ("" if isinstance(found, Refused) else TEXT[found.low : found.high])
    if written == "Friday":
        assert TEXT[: found.low].endswith(selected.before)


def test_a_status_and_who_says_so_are_unset_until_they_are_chosen_and_go_again(tmp_path_factory):
    for number, head in {1: HEAD, 2: SHORT_HEAD}.items():
        desk = Desk(tmp_path_factory.mktemp(f"status-{number}"), head)
        select(desk, "event", "Bo Berg told the council", said="2022-01-17")
        before = desk.text
        (event,) = desk.state()["events"]
        assert (event["status"], event["by"]) == ("", [])
        assert change(desk, event, status="denied", by="gazette")["refused"] == ""
        assert all(words in desk.text for words in (("status: denied", "by: gazette"), ("status=denied", "by=gazette"))[number - 1])
        (event,) = desk.state()["events"]
        assert (event["status"], event["by"]) == ("denied", ["gazette"])
        assert "occurred" in change(desk, event, status="certain")["refused"]
        change(desk, event, status="", by="")
        assert desk.text == before


def change(desk, event, **keys):
    sent = form(PAGE, desk.state()["digest"], event=event["id"], keys=keys)
    return json.loads(endpoints.write(desk.engine, json.dumps(sent).encode()))


@pytest.mark.parametrize("language, wanted", [("en", ("Status", "Who says so", "possible")), ("de", ("Status", "Wer das sagt", "möglich"))])
def test_statuses_and_labels_are_in_the_language_of_the_site(tmp_path, language, wanted):
    desk = Desk(tmp_path)
    (tmp_path / "content/site.yaml").write_text(f"title: A site\nlanguage: {language}\n", "utf-8")
    desk.engine.rebuild({"content/site.yaml"})
    state = desk.state()
    words = {one["status"]: one["words"] for one in state["statuses"]}
    assert (state["event_labels"]["status"], state["event_labels"]["by"], words["conditional"]) == wanted
    assert list(words) == list(STATUSES)
