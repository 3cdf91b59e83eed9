"""`backstory draft` and `backstory annotate`, from the command line to the files."""

import io
import json

import pytest

from builder import cli
from tests.unit.drafting.reckoning import ARTICLES

ARTICLE = ARTICLES / "en-british.txt"


@pytest.fixture
def site(tmp_path, monkeypatch):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: Desk\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: object) -> int:
    return cli.main([str(word) for word in words])


def answer(monkeypatch, *given: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in given)))


def test_json_is_all_that_is_printed_and_needs_neither_site_nor_day(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run("draft", "--json", ARTICLE) == cli.FINE
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert err.startswith("backstory: warning: the article has no publication date")
    assert {quote["speaker_kind"] for quote in found["quotes"] if quote["speaker"]} == {"person", "unnamed"}
    assert not list(tmp_path.iterdir())


def test_json_reads_standard_input_and_counts_from_the_day(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("“It is sound,” Ann Lee said on Friday.".encode())))
    assert run("draft", "-", "--json", "--published", "2022-01-19") == cli.FINE
    (quote,) = json.loads(capsys.readouterr().out)["quotes"]
    assert (quote["speaker"], quote["said"]) == ("Ann Lee", "2022-01-14")


def test_a_draft_of_an_article_builds_and_its_text_stays_out_of_the_site(site, monkeypatch, capsys):
    assert run("draft", ARTICLE, "--published", "2023-06-21", "--publisher", "The Lantern", "--title", "Library") == cli.FINE
    out = capsys.readouterr().out
    assert "Made content/explainers/library.md, a draft" in out
    assert "write content/sources/*.txt into .gitignore" in out
    kept = site / "content/sources/the-lantern-2023-06-21.txt"
    assert kept.read_bytes() == ARTICLE.read_bytes()
    first = site.joinpath("content/explainers/library.md").read_bytes()
    answer(monkeypatch, *["a"] * 12, "q")
    assert run("annotate", "library") == cli.FINE
    assert run("build", "--drafts", "--no-cache", "--jobs", "1") == cli.FINE
    pages = "".join(path.read_text("utf-8", "replace") for path in (site / "site").rglob("*") if path.is_file())
    assert "They’ve sold the shelves" in pages
    for word in ("proposed", "before a consultation ends", "who did not want to be named", "she said"):
        assert word not in pages
    assert run("check") == cli.FINE
    assert first != site.joinpath("content/explainers/library.md").read_bytes()


def test_nothing_that_exists_is_overwritten(site, capsys):
    place = site / "content/explainers/library.md"
    place.parent.mkdir()
    place.write_text("mine", "utf-8")
    assert run("draft", ARTICLE, "--title", "Library") == cli.USAGE
    assert "is there already. Nothing was written" in capsys.readouterr().err
    assert place.read_text("utf-8") == "mine"
    assert not (site / "content/sources").exists()


def test_what_was_rejected_is_not_proposed_by_a_new_draft(site, monkeypatch, capsys):
    run("draft", ARTICLE, "--title", "Library")
    answer(monkeypatch, *["x"] * 40)
    assert run("annotate", "content/explainers/library.md") == cli.FINE
    assert "Nothing is left to answer" in capsys.readouterr().out
    run("draft", ARTICLE, "--title", "Again", "--again")
    assert "it proposes nothing" in capsys.readouterr().out


def test_an_own_article_whose_proposals_are_all_accepted_builds(site, monkeypatch, capsys):
    text = "Ferry in doubt\n\nThe harbour has one ferry, and it is old.\n\n“It is sound,” Ann Lee said.\n\nHer deputy, Bob Cox, said that it was “tired”.\n"
    (site / "a.txt").write_text(text, "utf-8")
    assert run("draft", "a.txt", "--own", "--title", "Ferry") == cli.FINE
    assert "headline, “Ferry in doubt”, is the title of its source, own." in capsys.readouterr().out
    answer(monkeypatch, *["a"] * 9)
    assert run("annotate", "ferry") == cli.FINE
    assert "Nothing is left to answer" in capsys.readouterr().out
    made = (site / "content/explainers/ferry.md").read_text("utf-8")
    assert "  own: {publisher: Desk, title: Ferry in doubt" in made
    assert made.count("source=own}") == 2
    assert run("build", "--drafts", "--no-cache", "--jobs", "1") == cli.FINE


def test_an_own_article_becomes_the_text(site, capsys):
    assert run("draft", ARTICLE, "--own", "--published", "2023-06-21") == cli.FINE
    text = (site / "content/explainers/library-closure-a-done-deal-say-campaigners.md").read_text("utf-8")
    assert "before a consultation ends on 4 July" in text
    assert "published: 2023-06-21" in text
    assert not (site / "content/sources").exists()
    assert run("check", "--drafts") == cli.FINE


@pytest.mark.parametrize(
    "words, told",
    [
        (("nowhere.txt",), "could not be read"),
        ((ARTICLE, "--published", "Friday"), "is not a date"),
        ((ARTICLE, "--published", "2022-01"), "takes a day"),
        ((ARTICLE, "--url", "lantern"), "is no address"),
    ],
)
def test_wrong_usage_is_told(site, capsys, words, told):
    assert run("draft", *words) == cli.USAGE
    assert told in capsys.readouterr().err


def test_a_file_without_words_and_one_that_is_no_text_are_told(site, capsys):
    (site / "empty.txt").write_text("\n", "utf-8")
    (site / "empty.html").write_text("<html><head><title>T</title></head><body></body></html>", "utf-8")
    (site / "binary.txt").write_bytes(b"\xff\xfe\x00")
    assert run("draft", "empty.txt", "--json") == cli.USAGE
    assert run("draft", "empty.html", "--json") == cli.USAGE
    assert run("draft", "binary.txt", "--json") == cli.USAGE
    err = capsys.readouterr().err
    assert "has no words in it" in err
    assert "is not text in UTF-8" in err


def test_utf_16_is_read_and_another_language_than_those_of_the_rules_is_told(tmp_path, capsys):
    (tmp_path / "wide.txt").write_text("“It is sound,” Ann Lee said.", "utf-16")
    assert run("draft", str(tmp_path / "wide.txt"), "--json", "--published", "2022-01-19") == cli.FINE
    out, err = capsys.readouterr()
    assert json.loads(out)["quotes"][0]["speaker"] == "Ann Lee"
    assert not err
    (tmp_path / "french.txt").write_text("« Nous ne céderons pas », a déclaré la ministre Anne Duval. " * 5, "utf-8")
    assert run("draft", str(tmp_path / "french.txt"), "--json", "--published", "2022-01-19") == cli.FINE
    assert "neither in English nor in German" in capsys.readouterr().err


def test_an_explainer_that_is_not_there_and_one_without_proposals_are_told(site, capsys):
    assert run("annotate", "nothing") == cli.USAGE
    assert run("annotate", ARTICLE) == cli.USAGE
    assert "is the article; name the explainer" in capsys.readouterr().err
    place = site / "content/explainers/ferry.md"
    place.parent.mkdir()
    place.write_text("---\ntitle: Ferry\n---\nText.\n", "utf-8")
    assert run("annotate", "ferry") == cli.FINE
    assert "no proposals" in capsys.readouterr().out


def test_what_an_actor_is_must_be_said_where_nothing_tells(site, monkeypatch, capsys):
    (site / "a.txt").write_text("Its owner, Brightwell Mills, said that it was “deeply concerned”.\n", "utf-8")
    assert run("draft", "a.txt", "--title", "Mill") == cli.FINE
    place = site / "content/explainers/mill.md"
    assert "alias" not in place.read_text("utf-8")
    answer(monkeypatch, "a", "", "a", "2", "q")
    assert run("annotate", "mill") == cli.FINE
    assert "type: PublicBody" in place.read_text("utf-8")


def test_a_speaker_is_chosen_by_the_number_of_an_id(site, monkeypatch, capsys):
    (site / "a.txt").write_text("“It is sound,” Ann Lee said.\n", "utf-8")
    run("draft", "a.txt", "--title", "Ferry")
    answer(monkeypatch, "a", "e", "speaker: ", "", "a", "1")
    run("annotate", "ferry")
    assert "1 Ann Lee · 2 unknown" in capsys.readouterr().out


@pytest.mark.parametrize("own", [[], ["--own"]], ids=["others", "own"])
def test_an_article_that_was_drafted_before_is_told_unless_it_is_asked_for_again(site, capsys, own):
    (site / "a.md").write_text("# Ferry in doubt\n\n“It is sound,” Ann Lee said.\n\n## Then\n\n“No,” Bob Cox said.\n", "utf-8")
    line = ["draft", "a.md", "--published", "2024-03-08", "--publisher", "Lantern", *own]
    assert run(*line) == cli.FINE
    capsys.readouterr()
    assert run(*line, "--title", "Another") == cli.USAGE
    assert "drafted before" in capsys.readouterr().err
    assert run(*line, "--title", "Another", "--again") == cli.FINE


@pytest.mark.parametrize(
    "given, counts",
    [
        (["a", "q"], "Accepted 0, rejected 0, 2 left"),
        (["a", "x", "q"], "Accepted 0, rejected 1, 1 left"),
        (["a", "s", "x"], "Accepted 0, rejected 1, 1 left"),
        (["a", "a", "2", "!", "The council met", "q"], "Accepted 1, rejected 0, 1 left"),
        (["7", "x", "e", "q"], "Accepted 0, rejected 1, 1 left"),
        (["e", "The council met", "a", "e", "x"], "Accepted 1, rejected 1, 0 left"),
    ],
)
def test_keys_mean_the_same_at_every_question_and_what_is_no_answer_is_asked_again(site, monkeypatch, capsys, given, counts):
    (site / "a.txt").write_text("The council met on Monday. It had opened on Tuesday.\n", "utf-8")
    run("draft", "a.txt", "--title", "Ferry", "--published", "2022-01-19")
    answer(monkeypatch, *given)
    assert run("annotate", "ferry") == cli.FINE
    assert counts in capsys.readouterr().out
    assert "\ntimeline:" not in (text := (site / "content/explainers/ferry.md").read_text("utf-8")) or "title: The council met" in text


OWN = """# Ferry in doubt

“It is sound,” said Ann Lee, the mayor.

“It is old,” said Bob Cox, the pilot.
"""


def drafted(site):
    (site / "a.md").write_text(OWN, "utf-8")
    run("draft", "a.md", "--own", "--title", "Ferry", "--published", "2024-03-08")
    return site / "content/explainers/ferry.md"


def test_a_new_speaker_and_a_new_source_are_named_in_a_line(site, monkeypatch, capsys):
    place = drafted(site)
    answer(
        monkeypatch,
        "e",
        "Ann Leigh, Mayor, of council",
        "",
        "a",
        "x",
        "e",
        "speaker: Jane Roe, Clerk",
        "via: Lantern, Old, 2024-03-07",
        "",
        "a",
        "a",
        "a pilot",
        "q",
    )
    assert run("annotate", "ferry") == cli.FINE
    text = place.read_text("utf-8")
    for words in (
        "  ann-lee: {name: Ann Leigh, position: {role: Mayor, of: council}}\n",
        "  jane-roe: Jane Roe, Clerk\n",
        "  lantern: Lantern, Old, 2024-03-07\n",
        "“It is sound,”{by=jane-roe source=lantern} said",
        "unnamed:\n  a-pilot: a pilot\n",
        "“It is old,”{by=a-pilot source=own-2024-03-08} said",
        "rejected: [actor-bob-cox",
    ):
        assert words in text
    # Each answer is a step, and so is the draft.
    for what in ("accept quote “It is old”", "accept quote “It is sound”", "reject actor “Bob Cox, pilot”", "accept actor", "draft ferry"):
        assert run("undo") == cli.FINE
        assert f"Took back: {what}" in capsys.readouterr().out
    assert not place.exists()
    assert [run("redo") for _ in range(5)] == [cli.FINE] * 5
    assert place.read_text("utf-8") == text


def test_editing_asks_a_plain_question_for_each_key(site, monkeypatch, capsys):
    place = drafted(site)
    answer(
        monkeypatch, "s", "s", "e", "Jane Roe, Clerk", "", "Friday", "2024-03-01", "u", "2024-03-02", "Lantern, Old, 2024-03-07", "a", "q"
    )
    run("annotate", "ferry")
    out = capsys.readouterr().out
    assert "Who says it" in out
    assert "“Friday” is not a date" in out
    assert "{by=jane-roe source=lantern on=2024-03-02}" in place.read_text("utf-8")


def test_the_last_answer_can_be_taken_back(site, monkeypatch, capsys):
    place = drafted(site)
    before = place.read_bytes()
    answer(monkeypatch, "u", "x", "u", "s", "u", "q")
    assert run("annotate", "ferry") == cli.FINE
    out = capsys.readouterr().out
    assert "There is no answer to take back" in out
    assert "Accepted 0, rejected 0" in out
    assert place.read_bytes() == before


def test_an_interrupted_edit_keeps_what_was_answered(site, monkeypatch, capsys):
    place = drafted(site)
    given = iter(["s", "s", "e", "Di Roe, Clerk", KeyboardInterrupt, "a", KeyboardInterrupt])

    def typed(_: str) -> str:
        answer = next(given)
        if answer is KeyboardInterrupt:
            raise KeyboardInterrupt
        return answer

    monkeypatch.setattr("builtins.input", typed)
    assert run("annotate", "ferry") == cli.INTERRUPTED
    assert "What you have answered stays" in capsys.readouterr().out
    assert "di-roe" in place.read_text("utf-8")


def test_a_speaker_of_the_site_is_listed_by_the_id_alone(site, monkeypatch):
    place = drafted(site)
    (site / "content/actors").mkdir()
    (site / "content/actors/di-roe.md").write_text("---\nname: Di Roe\n---\n", "utf-8")
    answer(monkeypatch, "s", "s", "e", "speaker: di-roe", "", "a", "q")
    run("annotate", "ferry")
    assert "actors:\n  di-roe:\n" in place.read_text("utf-8")
    assert "“It is sound,”{by=di-roe source" in place.read_text("utf-8")


@pytest.mark.parametrize(
    "given, written",
    [
        ("It is fine", "“It is fine,”{by=ann-lee"),
        ("n", "text: It is sound\n"),
        ("", ""),
        ("x", "rejected: [quote-it-is"),
    ],
)
def test_words_that_are_not_in_the_text_are_asked_for(site, monkeypatch, capsys, given, written):
    place = drafted(site)
    place.write_text(place.read_text("utf-8").replace("“It is sound,”", "“It is fine,”"), "utf-8")
    answer(monkeypatch, "a", "s", "a", "?", given, "q")
    run("annotate", "ferry")
    assert "“It is sound” is not in the body" in capsys.readouterr().out
    text = place.read_text("utf-8")
    assert written in text if written else "by=" not in text


def test_speakers_and_sources_are_shown_and_answered_by_name(site, monkeypatch, capsys):
    place = drafted(site)
    place.write_text(place.read_text("utf-8").replace("sources:\n", "sources:\n  old: {publisher: Lantern, title: Old paper}\n"), "utf-8")
    prompts = []
    given = iter(["s", "s", "e", "BOB COX", "", "", "2", "a", "q"])
    monkeypatch.setattr("builtins.input", lambda prompt="": prompts.append(prompt) or next(given))
    run("annotate", "ferry")
    out = capsys.readouterr().out
    assert "said by Ann Lee · source Ferry in doubt" in out
    assert "1 Ferry in doubt · 2 Old paper" in out
    assert any("[Ann Lee]" in prompt for prompt in prompts)
    assert any("[Ferry in doubt]" in prompt for prompt in prompts)
    assert "“It is sound,”{by=bob-cox source=old}" in place.read_text("utf-8")


def test_a_surname_alone_is_the_one_speaker_who_has_it_and_that_is_said(site, monkeypatch, capsys):
    place = drafted(site)
    answer(monkeypatch, "s", "s", "e", "cox", "", "", "", "a", "q")
    run("annotate", "ferry")
    out = capsys.readouterr().out
    assert "Bob Cox is meant. For somebody else, write the whole name." in out
    assert "New actor" not in out
    assert "{by=bob-cox" in place.read_text("utf-8")
