"""Changes of a front matter, in every layout that authors write: what comes out, to the character."""

import pytest

from builder.content.editing import (
    Edit,
    FileEdit,
    Refused,
    SourceFile,
    applied,
    insert,
    inverse,
    move,
    path_at,
    remove,
    rename_key,
    replace,
    set_key,
)

PATH = "content/explainers/ferry.md"
QUOTE = {"ann-lee": "It is sound.", "via": "s1"}


def changed(head, make, *args, body="Words.\n", path=PATH, **named):
    """The front matter with a change made, once it is shown that the change can be taken back."""
    data = head.encode() if path.endswith(".yaml") else f"---\n{head}---\n{body}".encode()
    source = SourceFile.of(path, data)
    assert isinstance(source, SourceFile)
    made = make(source, *args, **named)
    if isinstance(made, Refused):
        return made.reason
    after = applied(data, made)
    assert isinstance(after, bytes)
    assert applied(after, inverse(data, made)) == data
    text = after.decode()
    return text if path.endswith(".yaml") else text.removeprefix("---\n").removesuffix(f"---\n{body}")


@pytest.mark.parametrize(
    "head, after",
    [
        ("", "quotes:\n  - ann-lee: It is sound.\n    via: s1\n"),
        ("title: T\n", "title: T\nquotes:\n  - ann-lee: It is sound.\n    via: s1\n"),
        ("title: T\ntimeline: []\n", "title: T\nquotes:\n  - ann-lee: It is sound.\n    via: s1\ntimeline: []\n"),
        ("quotes:\n", "quotes:\n  - ann-lee: It is sound.\n    via: s1\n"),
        ("quotes: # none yet\ntitle: T\n", "quotes: # none yet\n  - ann-lee: It is sound.\n    via: s1\ntitle: T\n"),
        ("quotes: []\n", "quotes:\n  - ann-lee: It is sound.\n    via: s1\n"),
        ("quotes: [ ]  # none\n", "quotes:  # none\n  - ann-lee: It is sound.\n    via: s1\n"),
        ("quotes:\n- bob: A\n", "quotes:\n- bob: A\n- ann-lee: It is sound.\n  via: s1\n"),
        ("quotes:\n    - bob: A # x\n# y\n", "quotes:\n    - bob: A # x\n    - ann-lee: It is sound.\n      via: s1\n# y\n"),
        (
            "quotes:\n- bob: |\n    A\n\n    B\n\ntitle: T\n",
            "quotes:\n- bob: |\n    A\n\n    B\n- ann-lee: It is sound.\n  via: s1\n\ntitle: T\n",
        ),
        ("quotes:\n- bob: |+\n    A\n\ntitle: T\n", "quotes:\n- bob: |+\n    A\n\n- ann-lee: It is sound.\n  via: s1\ntitle: T\n"),
        ("quotes: [{bob: A}]\n", "quotes: [{bob: A}, {ann-lee: It is sound., via: s1}]\n"),
        ("quotes: [{bob: A},] # x\n", "quotes: [{bob: A}, {ann-lee: It is sound., via: s1},] # x\n"),
        ("quotes: [\n  {bob: A}, # x\n]\n", "quotes: [\n  {bob: A}, # x\n  {ann-lee: It is sound., via: s1},\n]\n"),
        ("quotes: [\n  {bob: A} # x\n]\n", "quotes: [\n  {bob: A}, # x\n  {ann-lee: It is sound., via: s1}\n]\n"),
        ("quotes: [\n  {bob: A},\n]\n", "quotes: [\n  {bob: A},\n  {ann-lee: It is sound., via: s1},\n]\n"),
        ("quotes: ~\n", "quotes: [{ann-lee: It is sound., via: s1}]\n"),
        ("quotes: null # none\n", "quotes: [{ann-lee: It is sound., via: s1}] # none\n"),
        (
            "quotes:\n  defaults: {via: s1}\n  list:\n  - bob: A\n",
            "quotes:\n  defaults: {via: s1}\n  list:\n  - bob: A\n  - ann-lee: It is sound.\n    via: s1\n",
        ),
        ("quotes:\n  defaults: {via: s1}\n", "quotes:\n  defaults: {via: s1}\n  list: [{ann-lee: It is sound., via: s1}]\n"),
        ("{title: T, quotes: [{bob: A}]}\n", "{title: T, quotes: [{bob: A}, {ann-lee: It is sound., via: s1}]}\n"),
        ("{title: T}\n", "{title: T, quotes: [{ann-lee: It is sound., via: s1}]}\n"),
    ],
)
def test_a_quote_is_added_wherever_its_list_stands(head, after):
    assert changed(head, insert, "quotes", QUOTE) == after


@pytest.mark.parametrize(
    "head, after",
    [
        ("title: T\n", "title: T\nactors:\n  ann-lee: Ann Lee, Mayor\n"),
        ("actors:\n    bob: Bob # x\n", "actors:\n    bob: Bob # x\n    ann-lee: Ann Lee, Mayor\n"),
        ("actors: {}\n", 'actors: {ann-lee: "Ann Lee, Mayor"}\n'),
        ("actors: {bob: Bob}\n", 'actors: {bob: Bob, ann-lee: "Ann Lee, Mayor"}\n'),
        ("actors:\n- bob: Bob\n- cy\n", "actors:\n- bob: Bob\n- cy\n- ann-lee: Ann Lee, Mayor\n"),
        ("actors: [cy]\n", 'actors: [cy, {ann-lee: "Ann Lee, Mayor"}]\n'),
        (
            "actors:\n  bob:\n    name: Bob\n    alias: [B,\n      C]\nquotes:\n",
            "actors:\n  bob:\n    name: Bob\n    alias: [B,\n      C]\n  ann-lee: Ann Lee, Mayor\nquotes:\n",
        ),
    ],
)
def test_an_actor_is_added_below_the_id(head, after):
    assert changed(head, insert, "actors", "Ann Lee, Mayor", key="ann-lee") == after


def test_a_bare_id_is_added_without_a_value():
    assert changed("actors:\n  bob: Bob\n", insert, "actors", None, key="nato") == "actors:\n  bob: Bob\n  nato:\n"
    assert changed("timeline:\n- 2021: x\n", insert, "timeline", None, key="sale") == "timeline:\n- 2021: x\n- sale\n"


def test_an_entry_is_put_before_another():
    head = "timeline:\n- 2021-01-01: a\n# of b\n- 2021-03-01: b\n"
    assert (
        changed(head, insert, "timeline", {"2021-02-01": "x"}, index=1)
        == "timeline:\n- 2021-01-01: a\n- 2021-02-01: x\n# of b\n- 2021-03-01: b\n"
    )
    assert changed(head, insert, "timeline", {"2020": "x"}, index=0) == "timeline:\n- 2020: x\n" + head.removeprefix("timeline:\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_marks_stay(newline):
    data = "\ufeff---\nquotes:\n- bob: é\n---\nWords.".replace("\n", newline).encode()
    source = SourceFile.of(PATH, data)
    after = applied(data, insert(source, "quotes", QUOTE))
    assert after == "\ufeff---\nquotes:\n- bob: é\n- ann-lee: It is sound.\n  via: s1\n---\nWords.".replace("\n", newline).encode()


def test_a_file_of_yaml_keeps_its_missing_last_line_end():
    assert (
        changed("title: T\nauthors: [A]", set_key, (), "lang", "en", path="content/sources/s1.yaml") == "title: T\nauthors: [A]\nlang: en"
    )
    assert changed("title: T\nlang: en", remove, ("lang",), path="content/sources/s1.yaml") == "title: T"


@pytest.mark.parametrize(
    "value, written",
    [
        ("Berdowski: it may take weeks", '"Berdowski: it may take weeks"'),
        ("He said “no”", "He said “no”"),
        ('"No," he said', "'\"No,\" he said'"),
        ("It’s no#1 town", "It’s no#1 town"),
        ("town #1", '"town #1"'),
        ("[x]", '"[x]"'),
        ("- x", '"- x"'),
        ("two\nlines", '"two\\nlines"'),
        ("", '""'),
        (" x", '" x"'),
        ("a\tb", "a\tb"),
        (["a", "b, c"], '[a, "b, c"]'),
    ],
)
def test_a_text_is_written_as_plainly_as_it_is_read_back(value, written):
    assert changed("title: T\n", set_key, (), "note", value) == f"title: T\nnote: {written}\n"


def test_what_can_never_be_published_is_not_written():
    assert changed("title: T\n", set_key, (), "note", "a\x00b") == "value"
    assert changed("title: T\n", set_key, (), "note", "a\u202eb") == "value"


@pytest.mark.parametrize(
    "head, path, value, after",
    [
        ("title: 'T' # x\n", ("title",), "It’s", "title: 'It’s' # x\n"),
        ('title: "T"\n', ("title",), "U", 'title: "U"\n'),
        ("title: T\n  and more\nx_a: b\n", ("title",), "U", "title: U\nx_a: b\n"),
        ("title: >-\n  T\n  more\n\nx_a: b\n", ("title",), "U", "title: U\n\nx_a: b\n"),
        ("title:\n", ("title",), "U", "title: U\n"),
        ("title: T # x\n", ("title",), None, "title: # x\n"),
        ("quotes: [{bob: A, via: [s1,s2]}]\n", ("quotes", 0, "via", 1), "s3", "quotes: [{bob: A, via: [s1,s3]}]\n"),
        ("authors: A\n", ("authors",), ["A", "B"], "authors: [A, B]\n"),
        ("authors:\n- A\n- B\nx_a: b\n", ("authors",), ["C"], "authors: [C]\nx_a: b\n"),
    ],
)
def test_a_value_takes_the_place_of_another(head, path, value, after):
    assert changed(head, replace, path, value) == after


@pytest.mark.parametrize(
    "head, path, after",
    [
        ("title: T # x\nlang: en\n", ("title",), "lang: en\n"),
        ("# of lang\nlang: en\n# of title\ntitle: T\n", ("lang",), "# of lang\n# of title\ntitle: T\n"),
        ("quotes:\n- bob: A\n  via: s1\n- cy: B\n", ("quotes", 0), "quotes:\n- cy: B\n"),
        ("quotes:\n- bob: A\n  via: s1\n", ("quotes", 0), "quotes:\n"),
        ("quotes:\n- id: a\n  bob: A\n", ("quotes", 0, "id"), "quotes:\n- bob: A\n"),
        ("quotes:\n- id: a # x\n  # of bob\n  bob: A\n", ("quotes", 0, "id"), "quotes:\n-  # x\n  # of bob\n  bob: A\n"),
        ("actors: {a: A, b: B, c: C}\n", ("actors", "a"), "actors: {b: B, c: C}\n"),
        ("actors: {a: A, b: B, c: C}\n", ("actors", "c"), "actors: {a: A, b: B}\n"),
        ("actors: {a: A}\n", ("actors", "a"), "actors: {}\n"),
        ("actors: [a, b]\n", ("actors", 0), "actors: [b]\n"),
        ("note: |+\n  A\n\n\ntitle: T\n", ("note",), "title: T\n"),
    ],
)
def test_a_key_or_an_entry_is_taken_out_with_its_lines(head, path, after):
    assert changed(head, remove, path) == after


@pytest.mark.parametrize(
    "head, path, into, after",
    [
        (
            "actors:\n  ann-lee: Ann Lee, Mayor\n  alias: 'Lee'\n",
            ("actors", "alias"),
            ("actors", "ann-lee"),
            "actors:\n  ann-lee: {name: Ann Lee, position: Mayor, alias: Lee}\n",
        ),
        (
            "actors:\n  ann-lee:\n    name: Ann Lee\n  alias: 'Lee'  # x\n",
            ("actors", "alias"),
            ("actors", "ann-lee"),
            "actors:\n  ann-lee:\n    name: Ann Lee\n    alias: 'Lee'  # x\n",
        ),
        ("quotes:\n- bob: A\nvia: s1\n", ("via",), ("quotes", 0), "quotes:\n- bob: A\n  via: s1\n"),
        (
            "sources:\n  s1: https://example.org/\n  lang: en\n",
            ("sources", "lang"),
            ("sources", "s1"),
            "sources:\n  s1: {url: https://example.org/, lang: en}\n",
        ),
    ],
)
def test_a_key_moves_into_the_record_that_it_belongs_to(head, path, into, after):
    assert changed(head, move, path, into) == after


def test_an_id_is_called_otherwise():
    assert changed("actors: {a: A, b: B}\n", rename_key, ("actors", "a"), "c") == "actors: {c: A, b: B}\n"
    assert changed("actors: {a: A, b: B}\n", rename_key, ("actors", "a"), "b") == "there-already"


@pytest.mark.parametrize(
    "head, make, reason",
    [
        ("title: [\n", lambda text: insert(text, "quotes", QUOTE), "yaml"),
        ("a: &x {b: c}\nquotes: *x\n", lambda text: insert(text, "quotes", QUOTE), "alias"),
        ("quotes: &x\n- bob: A\n", lambda text: insert(text, "quotes", QUOTE), "alias"),
        ("a: &x {b: c}\n<<: *x\n", lambda text: insert(text, "quotes", QUOTE), "alias"),
        ("quotes:\nquotes:\n- bob: A\n", lambda text: insert(text, "quotes", QUOTE), "key-twice"),
        ("quotes: some words\n", lambda text: insert(text, "quotes", QUOTE), "not-a-record"),
        ("quotes: [ # x\n]\n", lambda text: insert(text, "quotes", QUOTE), "comment-inside"),
        ("actors: {a: A}\n", lambda text: insert(text, "actors", "B", key="a"), "there-already"),
        ("actors: {a: A}\n", lambda text: insert(text, "actors", "B"), "no-id"),
        ("title: T\n", lambda text: remove(text, ("quotes", 0)), "no-such-place"),
        ("title: U\n", lambda text: replace(text, ("title", "x"), "U"), "no-such-place"),
        ("authors:\n- A # x\n- B\n", lambda text: replace(text, ("authors",), ["C"]), "comment-inside"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_reason(head, make, reason):
    made = make(SourceFile.of(PATH, f"---\n{head}---\n".encode()))
    assert isinstance(made, Refused)
    assert made.reason == reason
    assert made.message
    assert made.path == PATH


def test_a_file_without_front_matter_or_of_another_encoding_is_refused():
    assert insert(SourceFile.of(PATH, b"Words.\n"), "quotes", QUOTE).reason == "front-matter"
    assert insert(SourceFile.of(PATH, b"---\ntitle: T\n"), "quotes", QUOTE).reason == "front-matter"
    assert SourceFile.of(PATH, b"---\ntitle: \xff\n---\n").reason == "encoding"


def test_a_file_that_has_changed_is_not_written():
    made = FileEdit(PATH, "0" * 32, (Edit(0, 0, "x"),))
    assert applied(b"---\n---\n", made).reason == "changed"


def test_a_place_leads_to_its_path():
    source = SourceFile.of(PATH, b"---\ntitle: T\nquotes:\n- bob: A\n  via: [s1, s2]\n---\nWords.\n")
    assert path_at(source, 5, 13) == ("quotes", 0, "via", 1)
    assert path_at(source, 4, 3) == ("quotes", 0, "bob")
    assert path_at(source, 7, 1) is None
