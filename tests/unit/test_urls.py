"""Slugs, ids and paths."""

import pytest

from builder import urls
from builder.content.settings import with_slash


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
        ("Øst og ø, ł", "ost-og-o-l"),
        ("e\u0301tude", "etude"),
        ("lpt9", "lpt9-x"),
        ("com10", "com10"),
        ("one two " * 20, "-".join(["one", "two"] * 10)),
        ("\U00010428" * 70, "\U00010428" * 60),
        ("मोदी की नाव", "मोदी-की-नाव"),
        ("मादा", "मादा"),
        ("แพร่", "แพร่"),
        ("שָׁלוֹם", "שלום"),
        ("مُحمد", "محمد"),
        ("An\u00adna", "anna"),
        ("1\ufe0f\u20e3 a", "1-a"),
        ("İstanbul", "istanbul"),
        ("x\u0323y", "xy"),
    ],
    ids=str,
)
def test_words_become_a_slug(words, slug):
    assert urls.slug(words) == slug


@pytest.mark.parametrize("text", ["nato", "cnn-0119", "київ", "मोदी", "แพร่", "a.b", "a" * 80, "\U00010428" * 60, "com10"])
def test_an_id(text):
    assert urls.is_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NATO",
        "a b",
        "-a",
        "a-",
        "a--b",
        "../a",
        "a/b",
        "con",
        "con.x",
        "a.",
        "%2e",
        "a" * 81,
        "e\u0301",
        "\U00010428" * 61,
        "a_b",
        "\u093e",
        "a-\u093e",
        "lpt9",
    ],
)
def test_no_id(text):
    assert not urls.is_id(text)


@pytest.mark.parametrize(
    "path",
    [
        "a.txt",
        "photo of the harbour.jpg",
        "ministère/фото.jpg",
        "👩\u200d🔬.png",
        "می\u200cخواهم.txt",
        "a/" * 499 + "a",
        "b" * 240,
        "com10.txt",
        "at 12:30.txt",
        "a/b/",
    ],
)
def test_what_every_system_can_have(path):
    assert urls.is_portable(path)


@pytest.mark.parametrize(
    "path",
    [
        "aux.txt",
        "a.",
        "a\\b",
        "a\nb",
        "a\tb.txt",
        "a/\x01",
        "a\x7f",
        "a\x85b",
        "a/" * 500 + "a",
        "b" * 241,
        "a /b",
        "a./b",
        "COM1/b.txt",
        "nul .txt",
        "com¹.txt",
        "a/CONOUT$",
        "c:a.txt",
        "a/C:/b",
        "..\\a",
    ],
)
def test_what_not_every_system_can_have(path):
    assert not urls.is_portable(path)


@pytest.mark.parametrize("one, other", [("A/b.txt", "a/B.TXT"), ("a./b", "a/b"), ("b ", "B"), ("Straße", "STRASSE"), ("e\u0301.", "É")])
def test_names_that_windows_takes_for_one(one, other):
    assert urls.alike(one) == urls.alike(other)


def test_a_path_knows_its_file_and_its_way_home():
    assert (urls.output_file("actors/nato/"), urls.root_path("actors/nato/")) == ("actors/nato/index.html", "../../")
    assert (urls.output_file(""), urls.root_path("")) == ("index.html", "./")
    assert (urls.output_file("atom.xml"), urls.root_path("atom.xml")) == ("atom.xml", "./")


@pytest.mark.parametrize(
    "one, other",
    [("a/B.txt", "A/b.TXT"), ("\u00e9t\u00e9", "E\u0301te\u0301"), ("a./b. /c", "a/b/c"), ("c .", "c"), ("Straße/1", "STRASSE/1")],
)
def test_paths_that_some_file_system_takes_for_one_are_alike(one, other):
    assert urls.alike(one) == urls.alike(other)


@pytest.mark.parametrize("one, other", [("a/b", "a-b"), ("a.b", "ab"), ("a", "á"), (".a", "a"), ("a b", "ab")])
def test_other_paths_are_not(one, other):
    assert urls.alike(one) != urls.alike(other)


@pytest.mark.parametrize(
    "file, path",
    [
        ("content/static/a.svg", "a.svg"),
        ("content/static/pictures/a.svg", "pictures/a.svg"),
        ("content/pages/guide/b.svg", "guide/b.svg"),
        ("content/explainers/talks/plan.svg", "explainers/talks/plan.svg"),
    ],
)
def test_a_copied_file_lies_where_the_page_beside_it_lies(file, path):
    assert urls.copied_path(file) == path


@pytest.mark.parametrize(
    "written, path",
    [("/old/path", "old/path/"), ("old/path/", "old/path/"), ("/a.html", "a.html"), ("/a.htm", "a.htm"), ("/a.php", "a.php/")],
)
def test_an_old_address_is_a_page_or_a_folder(written, path):
    assert urls.alias_path(written) == path


def test_a_base_address_ends_in_one_slash():
    assert [with_slash(address) for address in ("https://a.example", "https://a.example//", "")] == [
        "https://a.example/",
        "https://a.example/",
        "",
    ]
