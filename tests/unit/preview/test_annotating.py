"""Annotating in the preview: what is proposed, what an answer writes, and what stands in the way."""

import json
from http import HTTPStatus

import pytest

from builder import dates
from builder.build.pipeline import Options
from builder.i18n.language import load
from builder.preview.annotating import endpoints, fix_and_undo
from builder.preview.annotating.quotation_status import relative_days
from builder.preview.engine import PreviewEngine
from builder.preview.guard import Guard
from builder.preview.responses import WRITE_ENDPOINTS, Request, RequestContext, respond
from tests.unit.preview.forms import form

HEAD = """---
title: The winter ferry
as_of: 2022-01-19  # a Wednesday
sources:
  gazette: {publisher: Gazette, title: Ferry may stop, published: 2022-01-19}
  lantern: {publisher: Lantern, title: The pilot leaves, published: 2022-01-18}
actors:
  ada: {name: Ada Abara, position: {role: Harbour master}}
  bo-berg: Bo Berg, Pilot
quotes:
  - {id: q1, speaker: ada, text: It will run all winter, via: gazette}
"""
BODY = """---
Ada Abara spoke first. “It will run all winter,” she said.

On Monday Bo Berg told the council: “The boat is sound.” Later a woman said “soon,” and left.

The so-called “blue fleet” is one boat. It comes “soon,” said Abara.
"""
PATH = "content/explainers/ferry.md"
PAGE = "/explainers/ferry/"


class Desk:
    """A site of one explainer, and what its page sends."""

    def __init__(self, root, head=HEAD, body=BODY):
        self.root = root
        self.file = root / PATH
        self.file.parent.mkdir(parents=True)
        (root / "content/site.yaml").write_text("title: A site\n", "utf-8")
        self.file.write_text(head + body, "utf-8")
        self.engine = PreviewEngine(Options(root, root / "site", drafts=True, jobs=1, cache=False))

    def state(self, **options):
        return json.loads(endpoints.state(self.engine, PAGE, **options))

    def send(self, number, **said):
        state = self.state()
        place = {"passage": number, "words": state["passages"][number]["parts"]}
        if "quote" in said:
            del place["passage"]
        answer = form(PAGE, **{"digest": state["digest"], **place, **said})
        return json.loads(endpoints.write(self.engine, json.dumps(answer).encode()))

    def step(self, work):
        return json.loads(work(self.engine, json.dumps({"page": PAGE}).encode()))

    @property
    def text(self):
        return self.file.read_text("utf-8")


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_a_state_tells_what_is_to_do_and_proposes_the_nearest(desk):
    state = desk.state()
    assert [passage["to_do"] for passage in state["passages"]] == [False, True, True, True, True]
    sound = state["passages"][1]
    assert sound["speakers"][0] == "bo-berg"
    assert sound["days"] == [{"says": "Monday", "edtf": "2022-01-17", "words": "17 January 2022", "counted_from": "19 January 2022"}]
    assert [source["id"] for source in state["sources"]] == ["gazette", "lantern"]
    assert (state["source"], state["blocked"], state["undo"]) == ("gazette", "", "")


def test_an_answer_writes_what_was_chosen_and_nothing_else(desk):
    assert desk.send(1, speaker="bo-berg")["done"] == "Written: quote “The boat is sound.”."
    assert desk.text == HEAD + "  - bo-berg: The boat is sound.\n" + BODY
    assert [passage["to_do"] for passage in desk.state()["passages"]] == [False, False, True, True, True]


def test_words_that_nothing_tells_from_the_same_words_elsewhere_are_marked_in_the_text(tmp_path):
    desk = Desk(tmp_path, body="---\n“It is late,” said Ada. “It is late,” said Bo.\n")
    assert desk.send(0, speaker="ada")["refused"] == ""
    assert "  - ada: It is late\n    id: it-is-late-2\n" in desk.text
    assert "“[It is late]{quote=it-is-late-2},” said Ada. “It is late,” said Bo." in desk.text
    assert [passage["to_do"] for passage in desk.state()["passages"]] == [False, True]
    desk.send(1, speaker="bo-berg")
    assert [passage["to_do"] for passage in desk.state()["passages"]] == [False, False]
    for _ in range(2):
        desk.step(fix_and_undo.undo)
    assert desk.text == HEAD + "---\n“It is late,” said Ada. “It is late,” said Bo.\n"


@pytest.mark.parametrize("words", ['\\"It is late,\\"', "&ldquo;It is late,&rdquo;"])
def test_in_format_2_words_whose_marks_are_escaped_get_a_record_above(tmp_path, words):
    desk = Desk(tmp_path, HEAD.replace("---\n", "---\nformat: 2\n", 1), f"---\n{words} said Ada.\n")
    assert desk.send(0, speaker="ada")["refused"] == ""
    assert "  - ada: It is late\n" in desk.text
    assert desk.text.endswith(f"---\n{words} said Ada.\n")


def test_a_new_speaker_gets_a_record_and_no_second_one(desk):
    desk.send(2, named="Jane Roe, Clerk", via="lantern")
    assert "  jane-roe: Jane Roe, Clerk\n" in desk.text
    assert "  - jane-roe: soon\n    via: lantern\n    prefix: said\n" in desk.text
    told = desk.send(4, named="jane roe")
    assert told["refused"] == ""
    assert desk.text.count("Jane Roe") == 1
    assert not any(passage["to_do"] for passage in told["passages"] if passage["parts"] == ["soon,"])


def test_a_speaker_who_is_not_named_is_described(desk):
    desk.send(2, described="a woman in the hall")
    assert "unnamed:\n  a-woman-in-the-hall: a woman in the hall\n" in desk.text


def test_a_day_is_written_with_the_words_that_mean_it(desk):
    desk.send(1, speaker="bo-berg", said="2022-01-17", says="Monday", medium="briefing")
    assert "    said: {says: Monday, is: 2022-01-17}\n    medium: briefing\n" in desk.text


def test_what_is_no_quotation_is_marked_and_a_step_takes_it_back(desk):
    assert desk.send(3, nobody=True)["undo"] == "not a quotation"
    assert "“blue fleet”{quote=no} is" in desk.text
    back = desk.step(fix_and_undo.undo)
    assert (back["done"], back["redo"], desk.text) == ("Taken back: not a quotation.", "not a quotation", HEAD + BODY)
    desk.step(fix_and_undo.redo)
    assert "{quote=no}" in desk.text
    assert desk.step(fix_and_undo.redo)["refused"] == "There is nothing to make again."


def test_a_block_quote_that_quotes_nobody_is_marked_at_its_end(tmp_path):
    desk = Desk(tmp_path, body="---\nA motto.\n\n> To sea,\n> to sea.\n\nThe end.\n")
    desk.send(0, nobody=True)
    assert "> to sea.{quote=no}\n" in desk.text


def test_a_file_that_has_changed_since_is_not_written(desk):
    state = desk.state()
    desk.file.write_text(HEAD + BODY + "\nMore.\n", "utf-8")
    answer = form(PAGE, state["digest"], passage=1, words=["The boat is sound."], speaker="ada")
    told = json.loads(endpoints.write(desk.engine, json.dumps(answer).encode()))
    assert "has changed since" in told["refused"]
    assert desk.text == HEAD + BODY + "\nMore.\n"
    # The state that came with the refusal is that of the file as it is.
    answer["digest"] = told["digest"]
    assert json.loads(endpoints.write(desk.engine, json.dumps(answer).encode()))["refused"] == ""


@pytest.mark.parametrize("more", [{"speaker": "ada"}, {"speaker": "bo-berg"}, {"joins": "the-boat-is-sound"}])
def test_a_passage_is_recorded_once(tmp_path, more):
    for head in (HEAD, SHORT_HEAD):
        desk = Desk(tmp_path / str(len(head)), head)
        assert desk.send(1, speaker="bo-berg")["refused"] == ""
        once = desk.text
        assert "This passage is recorded already" in desk.send(1, **more)["refused"]
        assert desk.text == once


@pytest.mark.parametrize(
    "said, why",
    [
        ({}, "Choose who said it."),
        ({"speaker": "nobody-known"}, "There is no actor “nobody-known”."),
        ({"named": "…, Clerk"}, "No id can be made"),
        ({"speaker": "ada", "said": "Friday the 32nd"}, "Friday the 32nd"),
        ({"speaker": "ada", "words": ["Other words."]}, "has become another"),
        ({"speaker": "ada", "passage": 99}, "has become another"),
        ({"speaker": "ada", "digest": "0"}, "has changed since"),
    ],
)
def test_what_cannot_be_written_says_why(desk, said, why):
    told = desk.send(1, **said)
    assert why in told["refused"]
    assert desk.text == HEAD + BODY


@pytest.mark.parametrize(
    "head", [HEAD.replace("  ada: {", "  ada: {{"), HEAD.replace("quotes:\n", "quotes: &all\n"), HEAD.replace("title", "<<: {x: y}\ntitle")]
)
def test_a_front_matter_that_cannot_be_read_there_is_left_alone(tmp_path, head):
    desk = Desk(tmp_path, head)
    state = endpoints.state(desk.engine, PAGE)
    assert state is None or json.loads(state)["blocked"] or desk.send(1, speaker="bo-berg")["refused"]
    assert desk.text == head + BODY


def test_a_file_that_may_not_be_written_says_so_beforehand(desk):
    desk.file.chmod(0o444)
    assert desk.state()["blocked"] == f"{PATH}: The file may not be written."
    assert "may not be written" in desk.send(1, speaker="ada")["refused"]
    assert desk.text == HEAD + BODY


def test_dates_of_a_text_are_those_that_it_counts_from_its_own_day():
    words = "They may meet last Friday, or two days ago; on Monday, or in March"
    found = [(day.says, day.edtf) for day in relative_days(words, dates.parse("2022-01-19"), load("en"))]
    assert found == [("last Friday", "2022-01-14"), ("two days ago", "2022-01-17"), ("Monday", "2022-01-17"), ("March", "2021-03")]


# --- endpoints ------------------------------------------------

GUARD = Guard("127.0.0.1", 8000, csrf_token="secret-of-the-run")
HEADERS = {
    "host": ["localhost:8000"],
    "origin": ["http://localhost:8000"],
    "content-type": ["application/json"],
    "sec-fetch-site": ["same-origin"],
    "sec-fetch-mode": ["cors"],
    "sec-fetch-dest": ["empty"],
    "x-backstory-page": ["secret-of-the-run"],
}


def ask(desk, name, headers, *, guard=GUARD, method="POST", body=b'{"page": "/explainers/ferry/"}', query=b""):
    site = RequestContext(desk.engine.current(), guard, "run", engine=desk.engine)
    return respond(site, Request(method, b"/__backstory/" + name.encode() + query, headers, body))


def test_a_page_of_this_run_may_write(desk):
    assert {ask(desk, name, HEADERS).status for name in ("undo", "redo")} == {HTTPStatus.OK}
    wrong = ask(desk, "annotate", HEADERS, body=b'{"page": "/", "path": "../../etc/passwd"}')
    assert wrong.status == HTTPStatus.BAD_REQUEST
    assert ask(desk, "annotate", HEADERS, body=json.dumps(form("/", "", quote="q")).encode()).status == HTTPStatus.NOT_FOUND
    # A step is of the site, whatever page asks for it.
    assert json.loads(ask(desk, "undo", HEADERS, body=b'{"page": "/"}').body)["refused"] == "There is nothing to undo."


ATTACKS = {
    "another site": {"origin": ["http://evil.example.org"]},
    "no origin": {"origin": []},
    "an opaque origin, as of a file or a sandboxed frame": {"origin": ["null"]},
    "the same host at another port": {"origin": ["http://localhost:9000"]},
    "a name that was pointed here": {"host": ["evil.example.org:8000"], "origin": ["http://evil.example.org:8000"]},
    "a form": {"content-type": ["application/x-www-form-urlencoded"]},
    "a form in plain text": {"content-type": ["text/plain"]},
    "a beacon": {"sec-fetch-mode": ["no-cors"]},
    "a frame": {"sec-fetch-dest": ["iframe"]},
    "a link": {"sec-fetch-mode": ["navigate"], "sec-fetch-dest": ["document"]},
    "a site beside it": {"sec-fetch-site": ["same-site"]},
    "no secret": {"x-backstory-page": []},
    "the secret of an earlier run": {"x-backstory-page": ["secret-of-another"]},
}


@pytest.mark.parametrize("name", WRITE_ENDPOINTS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_else_writes(desk_of_all, name, attack):
    refused = ask(desk_of_all, name, HEADERS | ATTACKS[attack])
    assert refused.status in {HTTPStatus.FORBIDDEN, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
    assert desk_of_all.text == HEAD + BODY


def test_nothing_is_written_where_others_can_reach_it_or_it_only_shows(desk_of_all):
    for guard in (
        Guard("0.0.0.0", 8000, "token", "secret-of-the-run"),
        Guard("127.0.0.1", 8000, csrf_token="secret-of-the-run", read_only=True),
    ):
        for name in WRITE_ENDPOINTS:
            assert ask(desk_of_all, name, HEADERS, guard=guard).status == HTTPStatus.FORBIDDEN
    seen = HEADERS | {"cookie": ["backstory-token=token"]}
    for guard in (Guard("127.0.0.1", 8000, read_only=True), Guard("0.0.0.0", 8000, "token")):
        told, shown = (
            json.loads(ask(desk_of_all, name, seen, guard=guard, method="GET", query=b"?page=/explainers/ferry/").body)
            for name in ("annotate", "state")
        )
        assert told["blocked"] == guard.why_read_only != ""
        assert [problem["fix"] for problem in shown["problems"]] == [""] * shown["total"]


@pytest.fixture(scope="module")
def desk_of_all(tmp_path_factory):
    return Desk(tmp_path_factory.mktemp("annotated"))


# --- records that are there ------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [{"form": "poem"}, {"form": "no-quotation", "speaker": "ada"}, {"form": "delete-quote"}, {"form": "continuation"}],
    ids=["unknown", "of another kind", "without its record", "without its quote"],
)
def test_a_form_has_the_values_of_its_kind_and_no_others(desk, wrong):
    values = {"page": PAGE, "digest": desk.state()["digest"], "passage": 1, "words": ["The boat is sound."], **wrong}
    with pytest.raises(ValueError, match="cannot be read"):
        endpoints.write(desk.engine, json.dumps(values).encode())


def test_a_record_is_changed_in_what_was_chosen_anew(desk):
    desk.send(1, speaker="bo-berg")
    assert desk.state()["records"][1] == {
        "id": "the-boat-is-sound",
        "speaker": "bo-berg",
        "via": "",
        "said": "",
        "medium": "",
        "rules": "",
        "to": "",
    }
    told = desk.send(1, quote="the-boat-is-sound", keys={"via": "lantern", "medium": "briefing"}, named="Jane Roe, Clerk")
    assert (told["refused"], told["undo"]) == ("", "change quote “The boat is sound.”")
    assert "  - jane-roe: The boat is sound.\n    via: lantern\n    medium: briefing\n" in desk.text
    assert "  jane-roe: Jane Roe, Clerk\n" in desk.text
    desk.send(0, quote="q1", keys={"via": ""}, speaker="bo-berg")
    assert "  - {id: q1, speaker: bo-berg, text: It will run all winter}\n" in desk.text
    assert "does not change “text”" in desk.send(0, quote="q1", keys={"text": "No"})["refused"]


def test_a_record_is_deleted_unless_another_refers_to_it(desk):
    desk.send(1, speaker="bo-berg")
    desk.send(0, quote="q1", deletes=True)
    assert "q1" not in desk.text
    desk.send(1, quote="the-boat-is-sound", deletes=True)
    assert desk.text == HEAD.partition("quotes:")[0] + BODY
    assert "no quote “q1” any more" in desk.send(0, quote="q1", deletes=True)["refused"]
    for _ in range(3):
        desk.step(fix_and_undo.undo)
    assert desk.text == HEAD + BODY
    desk.file.write_text(HEAD + "  - {bo-berg: The boat is sound, denies: q1}\n" + BODY, "utf-8")
    desk.engine.rebuild([PATH])
    assert "refers to this one" in desk.send(0, quote="q1", deletes=True)["refused"]


# --- format 2: marks in the text ------------------------------------------------

SHORT_HEAD = HEAD.replace("---\n", "---\nformat: 2\n", 1).partition("quotes:")[0]


@pytest.fixture
def short_desk(tmp_path):
    return Desk(tmp_path, SHORT_HEAD)


def test_in_format_2_an_answer_writes_a_mark_and_no_words(short_desk):
    told = short_desk.send(1, named="Jane Roe, Clerk", via="lantern", said="2022-01-17")
    assert told["refused"] == ""
    assert "“The boat is sound.”{by=jane-roe source=lantern on=2022-01-17} Later" in short_desk.text
    assert "  jane-roe: Jane Roe, Clerk\n" in short_desk.text
    assert [passage["status"] for passage in short_desk.state()["passages"]][1] == "recorded"


def test_a_mark_is_changed_and_taken_out_like_a_record(short_desk):
    short_desk.send(1, speaker="bo-berg", via="gazette")
    told = short_desk.send(1, quote="the-boat-is-sound", speaker="ada", keys={"via": "", "medium": "briefing", "to": "the council"})
    assert told["refused"] == ""
    assert '“The boat is sound.”{by=ada medium=briefing to="the council"} Later' in short_desk.text
    short_desk.file.write_text(short_desk.text.replace("“soon,” and left", "“soon,”{quote=more} and left"), "utf-8")
    short_desk.engine.rebuild([PATH])
    assert short_desk.send(1, quote="the-boat-is-sound-soon", deletes=True)["refused"] == ""
    assert short_desk.text == SHORT_HEAD + BODY
    short_desk.step(fix_and_undo.undo)
    assert "{quote=more}" in short_desk.text


def test_a_paraphrase_loses_its_brackets_with_its_mark(tmp_path):
    desk = Desk(tmp_path, SHORT_HEAD, BODY.replace("one boat", "[one *boat*]{by=ada}"))
    change = json.loads(
        endpoints.write(
            desk.engine,
            json.dumps(form(PAGE, desk.state()["digest"], quote="one-boat", deletes=True)).encode(),
        )
    )
    assert change["refused"] == ""
    assert desk.text == SHORT_HEAD + BODY.replace("one boat", "one *boat*")
