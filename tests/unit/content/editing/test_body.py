"""Changes of a text: marks around passages, and words put in."""

import pytest

from builder.content.editing import Refused, SourceFile, applied, insert_text, mark, quote_nobody, replace_text

HEAD = "\ufeff---\r\ntitle: T\r\n---\r\n"
BODY = "Ann Lee said “the boat is sound” on Monday.\r\n\r\n---\r\n\r\n`code` and [a link](/x/) end it."
DATA = (HEAD + BODY).encode()


def at(words):
    return (HEAD + BODY).index(words)


def after(made):
    assert not isinstance(made, Refused), made
    return applied(DATA, made).decode().removeprefix(HEAD)


def source():
    return SourceFile.of("content/explainers/a.md", DATA)


def test_a_passage_is_marked_as_that_of_an_event():
    made = mark(source(), at("on Monday"), at("on Monday") + len("on Monday"), "event", "sale")
    assert after(made) == BODY.replace("on Monday", "[on Monday]{event=sale}")


def test_a_quotation_is_marked_as_nobodys():
    assert after(quote_nobody(source(), at("” on") + 1)) == BODY.replace("sound”", "sound”{quote=no}")


def test_words_get_the_line_ends_of_the_file():
    assert after(insert_text(source(), len(HEAD + BODY), "\nMore.\n")) == BODY + "\r\nMore.\r\n"
    assert after(replace_text(source(), at("Monday"), at("Monday") + 6, "Tuesday")) == BODY.replace("Monday", "Tuesday")


@pytest.mark.parametrize(
    "start, end",
    [("title", "T\r"), ("on Monday", "end it"), (" on", "Monday"), ("code", "`"), ("a link", "](")],
    ids=["front matter", "two paragraphs", "a space", "code", "a link’s words"],
)
def test_what_is_no_passage_is_not_marked(start, end):
    made = mark(source(), at(start), at(end), "event", "sale")
    assert isinstance(made, Refused)
    assert made.reason == "not-in-text"


def test_nothing_is_written_into_the_front_matter_as_text():
    assert insert_text(source(), 3, "x").reason == "not-in-text"
    assert quote_nobody(source(), at("boat")).reason == "not-in-text"
