"""Actors and sources that an explainer lists, changed and deleted from its page."""

import json

import pytest

from builder.preview.annotating import endpoints, fix_and_undo
from tests.unit.preview.forms import form
from tests.unit.preview.test_annotating import BODY, HEAD, PAGE, SHORT_HEAD, Desk

MORE = """unnamed:
  clerk: a clerk at the hall; saw the file; fears for the job
"""
SHORT = (
    SHORT_HEAD.replace(
        "  lantern: {publisher: Lantern, title: The pilot leaves, published: 2022-01-18}",
        "  lantern: Lantern, The pilot leaves, 2022-01-18",
    )
    + MORE
)
LONG = HEAD.replace(
    "  bo-berg: Bo Berg, Pilot\n", "  bo-berg: Bo Berg, Pilot\n  di:\n    name: Di Roe  # since 2020\n    alias: [Roe, Dee]\n"
)


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    return {head: Desk(tmp_path_factory.mktemp("listed"), head) for head in (LONG, SHORT)}


def send(desk, section, record, **said):
    answer = form(PAGE, desk.state()["digest"], section=section, record=record, **said)
    return json.loads(endpoints.write(desk.engine, json.dumps(answer).encode()))


def test_records_are_told_with_the_keys_that_the_form_changes(desks):
    told = {entry["id"]: entry for entry in desks[SHORT].state()["listed"]}
    assert [*told] == ["gazette", "lantern", "ada", "bo-berg", "clerk"]
    assert told["bo-berg"]["keys"] == {"name": "Bo Berg", "position": "Pilot", "type": "", "of": "", "here": "", "alias": ""}
    assert told["ada"]["keys"]["position"] == "Harbour master"
    assert (told["clerk"]["section"], told["clerk"]["keys"]["knows_because"]) == ("unnamed", "saw the file")
    assert told["lantern"]["keys"] == {"publisher": "Lantern", "title": "The pilot leaves", "published": "2022-01-18", "url": ""}
    assert {entry["id"]: entry["keys"]["alias"] for entry in desks[LONG].state()["listed"] if entry["section"] == "actors"} == {
        "ada": "",
        "bo-berg": "",
        "di": "Roe, Dee",
    }


@pytest.mark.parametrize(
    "head, section, record, keys, written",
    [
        (SHORT, "actors", "bo-berg", {"name": "Bo Bergh", "position": "Captain"}, "  bo-berg: Bo Bergh, Captain\n"),
        (SHORT, "actors", "bo-berg", {"position": ""}, "  bo-berg: Bo Berg\n"),
        (SHORT, "actors", "bo-berg", {"alias": "Bo"}, "  bo-berg: {name: Bo Berg, position: {role: Pilot}, alias: Bo}\n"),
        (SHORT, "actors", "ada", {"position": "Mayor"}, "  ada: {name: Ada Abara, position: {role: Mayor}}\n"),
        (SHORT, "unnamed", "clerk", {"knows_because": "was there"}, "  clerk: a clerk at the hall; was there; fears for the job\n"),
        (SHORT, "sources", "lantern", {"published": "2022-01-17"}, "  lantern: Lantern, The pilot leaves, 2022-01-17\n"),
        (
            SHORT,
            "sources",
            "lantern",
            {"url": "https://example.org/a"},
            "  lantern: Lantern, The pilot leaves, 2022-01-18, https://example.org/a\n",
        ),
        (LONG, "sources", "gazette", {"title": ""}, "  gazette: {publisher: Gazette, published: 2022-01-19}\n"),
        (LONG, "actors", "di", {"name": "Di Rowe", "alias": "Roe"}, "  di:\n    name: Di Rowe  # since 2020\n    alias: Roe\n"),
        (LONG, "actors", "di", {"alias": ""}, "  di:\n    name: Di Roe  # since 2020\n"),
    ],
)
def test_a_record_says_what_was_chosen_anew_and_a_step_takes_it_back(desks, head, section, record, keys, written):
    desk = desks[head]
    told = send(desk, section, record, keys=keys)
    assert told["refused"] == ""
    assert told["undo"] == f"change {'source' if section == 'sources' else 'actor'} “{record}”"
    assert written in desk.text
    assert len(desk.text.splitlines()) in {len((head + BODY).splitlines()), len((head + BODY).splitlines()) - 1}
    json.loads(fix_and_undo.undo(desk.engine, json.dumps({"page": PAGE}).encode()))
    assert desk.text == head + BODY


@pytest.mark.parametrize(
    "head, section, record, said, why",
    [
        (LONG, "actors", "ada", {"deletes": True}, "is named by the quote “q1”"),
        (LONG, "sources", "gazette", {"deletes": True}, "is named by the quote “q1”"),
        (LONG, "actors", "nobody", {"deletes": True}, "is not listed in this file any more"),
        (LONG, "actors", "ada", {"keys": {"id": "x"}}, "does not change “id”"),
        (SHORT, "sources", "lantern", {"keys": {"published": "Friday the 32nd"}}, "Friday the 32nd"),
        (SHORT, "unnamed", "clerk", {"keys": {"described_as": "", "knows_because": "", "anonymity_reason": ""}}, "Something must be left"),
    ],
)
def test_what_cannot_be_changed_says_why(desks, head, section, record, said, why):
    assert why in send(desks[head], section, record, **said)["refused"]
    assert desks[head].text == head + BODY


def test_a_record_that_nothing_names_is_deleted(desks):
    for section, record, gone in (("sources", "lantern", "  lantern: Lantern, The pilot leaves, 2022-01-18\n"), ("unnamed", "clerk", MORE)):
        assert send(desks[SHORT], section, record, deletes=True)["refused"] == ""
        assert desks[SHORT].text == (SHORT + BODY).replace(gone, "")
        fix_and_undo.undo(desks[SHORT].engine, json.dumps({"page": PAGE}).encode())
