"""Proposals of a draft, answered from its page."""

import json

import pytest

from builder.preview.annotating import endpoints, fix_and_undo
from tests.unit.preview.forms import form
from tests.unit.preview.test_annotating import PAGE, Desk

HEAD = """---
format: 2
title: The winter ferry
status: draft
published: 2022-01-19
sources:
  gazette: Gazette, Ferry may stop, 2022-01-19
proposed:
  - id: a1
    actor: {id: ada-abara, name: Ada Abara, position: mayor}
  - id: a2
    candidates: [Organization, PublicBody]
    actor: {id: toda, name: Toda}
  - id: q1
    found: likely
    because: she said
    candidates: [ada-abara, bo]
    quote: {speaker: ada-abara, text: [It will run, All winter.], via: gazette, said: {says: Monday, is: 2022-01-17}}
  - id: q2
    quote: {speaker: "", text: not here, via: gazette}
  - id: q3
    quote: {speaker: toda, text: boat, via: gazette}
  - id: e1
    candidates: [2022-01-14, 2022-01-21]
    event: {when: {says: Friday, is: 2022-01-14}, title: ""}
"""
BODY = """---
“It will run,” she said. “All winter.” It is a “boat”.
"""


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, HEAD, BODY)


def send(desk, proposal, **said):
    state = desk.state()
    number = next(entry["passage"] for entry in state["proposals"] if entry["id"] == proposal)
    place = {"passage": number, "words": state["passages"][number]["parts"]} if number >= 0 else {}
    answer = form(PAGE, state["digest"], proposal=proposal, **place, **said)
    return json.loads(endpoints.write(desk.engine, json.dumps(answer).encode()))


def test_proposals_are_told_with_the_quotation_that_they_are_about(desk):
    found = {proposal["id"]: proposal for proposal in desk.state()["proposals"]}
    assert {key: entry["passage"] for key, entry in found.items()} == {"a1": -1, "a2": -1, "q1": 0, "q2": -1, "q3": 2, "e1": -1}
    assert (found["a1"]["line"], found["q1"]["speaker"], found["q1"]["because"]) == ("Ada Abara, mayor", "ada-abara", "she said")


def test_proposals_are_told_in_words_with_the_line_around_them(tmp_path):
    desk = Desk(tmp_path, HEAD, BODY.replace("It is a", "On Friday it is a"))
    found = {proposal["id"]: proposal for proposal in desk.state()["proposals"]}
    assert found["q3"]["told"] == "“boat” · said by Toda"  # All proposals have one source.
    assert found["q1"]["day"] == "“Monday”, that is 2022-01-17"
    assert (found["e1"]["told"], found["e1"]["day"]) == ("“Friday”, that is 2022-01-14",) * 2
    assert [part.strip() for part in found["e1"]["context"]] == ["“It will run,” she said. “All winter.” On", "Friday", "it is a “boat”."]
    assert found["q2"]["context"] == ["", "", ""]
    assert send(desk, "q2", rejects=True)["done"] == "Written: reject “not here”."


def test_a_new_speaker_with_the_name_of_an_office_gets_its_type(desk):
    assert send(desk, "q1", named="Saltby Water Board")["refused"] == ""
    assert "  saltby-water-board: Saltby Water Board, Organization\n" in desk.text


@pytest.mark.parametrize(
    "there, said, written",
    [
        (True, {}, "{by=ada-abara source=gazette denies=so-it-is}"),
        (True, {"denies": "no"}, "{by=ada-abara source=gazette}"),
        (True, {"speaker": "unknown"}, "{by=unknown source=gazette}"),
        (False, {}, "{by=ada-abara source=gazette}"),
    ],
)
def test_the_denied_quote_is_written_if_it_is_there_and_nobody_says_no(tmp_path, there, said, written):
    head = HEAD.replace(", said: {says: Monday, is: 2022-01-17}}", ", denies: so-it-is}")
    desk = Desk(tmp_path, head, BODY.rstrip() + (" “So it is,”{by=unknown} all said.\n" if there else "\n"))
    assert next(proposal["denies"] for proposal in desk.state()["proposals"] if proposal["id"] == "q1") == "so-it-is"
    assert send(desk, "q1", via="gazette", **said)["refused"] == ""
    assert f"“It will run,”{written} she said." in desk.text


def test_an_accepted_quote_takes_its_speaker_along_and_gets_no_terms(desk):
    told = send(desk, "q1", via="gazette")
    assert told["refused"] == ""
    assert "“It will run,”{by=ada-abara source=gazette on=2022-01-17} she said. “All winter.”{quote=more}" in desk.text
    assert "  ada-abara: Ada Abara, mayor\n" in desk.text
    assert "rules" not in desk.text
    assert "medium" not in desk.text
    assert [proposal["id"] for proposal in told["proposals"]] == ["a2", "q2", "q3", "e1"]
    fix_and_undo.undo(desk.engine, json.dumps({"page": PAGE}).encode())
    assert desk.text == HEAD + BODY


def test_another_speaker_answers_the_proposal_too(desk):
    assert send(desk, "q1", named="Jane Roe, Clerk", via="", said="2022-01-18")["refused"] == ""
    assert "“It will run,”{by=jane-roe on=2022-01-18}" in desk.text
    assert "  jane-roe: Jane Roe, Clerk\n" in desk.text
    assert "id: q1" not in desk.text


def test_what_is_rejected_is_noted(desk):
    assert send(desk, "q1", nobody=True)["refused"] == ""
    assert "rejected: [q1]" in desk.text
    assert "“It will run,”{quote=no} she said" in desk.text
    assert send(desk, "a1", rejects=True)["undo"] == "reject “Ada Abara”"
    assert "rejected: [q1, a1]" in desk.text


@pytest.mark.parametrize(
    "proposal, said, written",
    [
        ("a1", {"line": "Ada Abara, Mayor, of council"}, "ada-abara: {name: Ada Abara, position: {role: Mayor, of: council}}"),
        ("a2", {"line": "Toda", "kind": "Organization"}, "  toda: Toda, Organization\n"),
        ("q3", {"kind": "Organization"}, "  toda: Toda, Organization\n"),
        ("e1", {"line": "The council votes", "said": "2022-01-21"}, "title: The council votes\n"),
    ],
)
def test_other_proposals_are_accepted_as_they_stand_or_changed(desk, proposal, said, written):
    assert send(desk, proposal, **said)["refused"] == ""
    assert written in desk.text


@pytest.mark.parametrize(
    "proposal, said, why",
    [
        ("a2", {}, "Choose what it is."),
        ("e1", {}, "Write what happened."),
        ("q2", {}, "Choose who said it."),
        ("q2", {"speaker": "ada-abara"}, "is not in the body"),
        ("q3", {}, "Choose what “Toda” is, under “Kind”."),
    ],
)
def test_what_cannot_be_accepted_says_why(desk, proposal, said, why):
    assert why in send(desk, proposal, **said)["refused"]
    assert desk.text == HEAD + BODY


def test_an_answer_to_what_was_answered_already_is_told(desk):
    digest = desk.state()["digest"]
    sent = form(PAGE, digest, proposal="none", rejects=True)
    assert "answered already" in json.loads(endpoints.write(desk.engine, json.dumps(sent).encode()))["refused"]
