"""Slugs, ids and paths."""

import pytest

from builder import urls
from builder.settings import with_slash


@pytest.mark.parametrize(
    "words, slug",
    [
        ("Blinken’s visit", "blinkens-visit"),
        ("Łódź & Gdańsk: what’s next?", "lodz-gdansk-whats-next"),
        ("Київ", "київ"),
        ("  ", ""),
        ("a _b", "a-b"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-x"),
        ("a" * 200, "a" * 80),
        ("Straße", "strasse"),
    ],
    ids=str,
)
def test_words_become_a_slug(words, slug):
    assert urls.slug(words) == slug


@pytest.mark.parametrize("text", ["nato", "cnn-0119", "київ", "a.b"])
def test_an_id(text):
    assert urls.is_id(text)


@pytest.mark.parametrize("text", ["", "NATO", "a b", "-a", "a-", "a--b", "../a", "a/b", "con", "con.x", "a.", "%2e", "a" * 81, "e\u0301"])
def test_no_id(text):
    assert not urls.is_id(text)


@pytest.mark.parametrize("path", ["a.txt", "photo of the harbour.jpg", "ministère/фото.jpg", "👩\u200d🔬.png", "می\u200cخواهم.txt"])
def test_what_every_system_can_have(path):
    assert urls.is_portable(path)


@pytest.mark.parametrize("path", ["aux.txt", "a.", "a\\b", "a\nb", "a\tb.txt", "a/\x01", "a\x7f", "a\x85b"])
def test_what_not_every_system_can_have(path):
    assert not urls.is_portable(path)


def test_a_path_knows_its_file_and_its_way_home():
    assert (urls.output("actors/nato/"), urls.root("actors/nato/")) == ("actors/nato/index.html", "../../")
    assert (urls.output(""), urls.root("")) == ("index.html", "./")
    assert (urls.output("atom.xml"), urls.root("atom.xml")) == ("atom.xml", "./")


def test_a_base_address_ends_in_one_slash():
    assert [with_slash(address) for address in ("https://a.example", "https://a.example//", "")] == [
        "https://a.example/",
        "https://a.example/",
        "",
    ]
