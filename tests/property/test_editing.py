"""Edits of strange but valid files: the file reads as before and what was added, nothing else of it moves, and taken back it is the old bytes."""

from hypothesis import given, settings, strategies as st

from builder.content.editing import Refused, SourceFile, applied, between, insert, inverse, mark, move, remove, rename_key, replace, set_key
from builder.content.parse import parse

PATH = "content/explainers/x.md"

words = st.text(st.sampled_from("abé ß漢:#-,'\"[]{}&*!|>%@`\t“”.0\\"), max_size=12)
plain = st.sampled_from(
    ("Ann Lee", "it: is", "- no", "a #b", "“quoted”", "é漢", "x", "[a]", "two\tcells", "it's", "0", "yes", "---", "? a")
)
ids = st.sampled_from(("ann-lee", "bob", "cy", "s1", "q-1"))
comments = st.sampled_from(("", "  # why", " # é: [", "   "))
flow_lists = st.sampled_from(("[a]", "[a, b,]", "[{a: b}, {c: [d]}]", "[a,\n   b]", "[\n  {a: b},  # why\n  c\n]"))
flow_maps = st.sampled_from(("{a: b}", "{a: , b: c}", "{a: {b: c}, d: [e]}", "{\n  a: b,\n  c: d\n}"))
blank = st.sampled_from(("", "", "\n", "# a comment\n", "  # an indented one\n", "\n\n# two\n"))


@st.composite
def scalars(draw, column):
    """A value that is written in any way, behind its key."""
    word = draw(st.sampled_from(("Ann Lee, Mayor", "it is sound", "wéll 漢", "x")))
    lead = " " * (column + draw(st.integers(1, 3)))
    return draw(
        st.sampled_from(
            (
                f" {word}{draw(comments)}\n",
                f" '{word}'{draw(comments)}\n",
                f' "{word}\\u00e9"{draw(comments)}\n',
                f" {word}\n{lead}goes on{draw(comments)}\n",
                f' "{word}\n\n{lead}goes on"\n',
                f" |\n{lead}{word}\n{lead}  # no comment\n\n",
                f" >+\n{lead}{word}\n\n",
                f" |-  # why\n{lead}{word}\n",
            )
        )
    )


@st.composite
def records(draw, column):
    """The lines of a mapping whose keys stand in a column; the first without its indent."""
    names = draw(st.lists(st.sampled_from(("name", "via", "note", "x_own", "ann-lee", "date")), min_size=1, max_size=3, unique=True))
    made = ""
    for name in names:
        key = draw(st.sampled_from((name, f'"{name}"')))
        made += (
            draw(blank) * bool(made) + " " * (column if made else 0) + f"{key}:{draw(st.sampled_from(('', ' ')))}" + draw(scalars(column))
        )
    return made


@st.composite
def sections(draw, name):
    indent = draw(st.integers(0, 5))
    comment = draw(comments)
    how = draw(st.sampled_from(("list", "map", "flow list", "flow map", "empty", "brackets", "lines")))
    if how == "empty":
        return f"{name}:{comment}\n"
    if how == "brackets":
        return f"{name}: {draw(st.sampled_from(('[]', '{}', '[ ]', '{  }')))}{comment}\n"
    if how == "flow list":
        return f"{name}: {draw(flow_lists)}{comment}\n"
    if how == "flow map":
        return f"{name}: {draw(flow_maps)}{comment}\n"
    made = f"{name}:{comment}\n"
    for number in range(draw(st.integers(1, 3))):
        made += draw(blank)
        if how == "list":
            made += " " * indent + "- " + draw(records(indent + 2))
        elif how == "lines":
            made += " " * indent + f"- entry-{number}{draw(comments)}\n"
        else:
            lead = " " * (indent + 1)
            made += f"{lead}key-{number}:" + draw(
                st.one_of(scalars(indent + 1), records(indent + 4).map(lambda record, lead=lead: f"\n{lead}   {record}"))
            )
    return made


@st.composite
def files(draw):
    head = draw(blank)
    for name in draw(st.permutations(("title", "actors", "quotes", "timeline", "x_own"))):
        if draw(st.integers(0, 4)):
            head += (f"{name}:{draw(scalars(0))}" if name in {"title", "x_own"} else draw(sections(name))) + draw(blank)
    head += draw(st.sampled_from(("", "", "x_one: &a b\nx_two: *a\n", "x_one: &a {b: c}\nx_two: {<<: *a, d: e}\n", "x_one: !!str b\n")))
    body = draw(st.sampled_from(("", "Words.\n", "“It is sound”, she said.\n\n---\n\ntitle: none\n", "é漢\n...\n", "no end")))
    newline = draw(st.sampled_from(("\n", "\r\n")))
    text = f"---\n{head}---{draw(st.sampled_from(('', '  ')))}\n{body}"
    return (draw(st.sampled_from(("", "\ufeff"))) + text.replace("\n", newline)).encode()


values = st.one_of(
    st.none(),
    words,
    plain,
    st.lists(plain, max_size=3),
    st.dictionaries(ids, st.one_of(plain, words), min_size=1, max_size=3),
    st.dictionaries(ids, st.lists(plain, max_size=2), max_size=2),
)
paths = st.sampled_from(
    (
        ("title",),
        ("actors",),
        ("actors", "key-0"),
        ("actors", 0),
        ("quotes", 0),
        ("quotes", 1),
        ("quotes", 0, "name"),
        ("quotes", "list"),
        ("timeline", 0, "via"),
        ("timeline", 1),
        ("x_own",),
    )
)
changes = st.one_of(
    st.tuples(
        st.just(insert),
        st.sampled_from(("actors", "quotes", "timeline", "sources")),
        values,
        st.fixed_dictionaries({}, optional={"key": ids, "index": st.integers(0, 3)}),
    ),
    st.tuples(st.just(set_key), st.one_of(st.just(()), paths), st.tuples(ids, values)),
    st.tuples(st.just(replace), paths, values),
    st.tuples(st.just(remove), paths),
    st.tuples(st.just(rename_key), paths, ids),
    st.tuples(st.just(move), st.one_of(st.sampled_from((("x_own",), ("title",))), paths), paths),
)


def made_by(source, change):
    make, first, *rest = change
    if make is insert:
        return insert(source, first, rest[0], **rest[1])
    if make is set_key:
        return set_key(source, first, *rest[0])
    return make(source, first, *rest)


@given(data=files(), change=changes)
@settings(max_examples=150)
def test_a_change_says_what_was_changed_and_can_be_taken_back(data, change):
    source = SourceFile.of(PATH, data)
    made = made_by(source, change)
    if isinstance(made, Refused):
        assert made.message
        return
    after = applied(data, made)
    back = inverse(data, made)
    assert applied(after, back) == data
    assert applied(applied(after, back), inverse(after, back)) == after
    # What stands outside of the edits is as it was, and so is the text below the front matter.
    before, now = parse(PATH, data), parse(PATH, after)
    assert (now.explainer is None) == (before.explainer is None)
    if before.explainer is not None:
        assert now.explainer.body.text == before.explainer.body.text
        assert now.explainer.title == before.explainer.title or change[0] in {replace, remove, rename_key, move} or change[1] == ()
    assert data.count(b"\r\n") == data.count(b"\n") or b"\r" not in after
    assert after.count(b"#") >= data.count(b"#") or change[0] in {remove, replace, move}


@given(data=files(), said=plain)
@settings(max_examples=100)
def test_a_quote_is_added_to_any_list_that_can_take_one(data, said):
    source = SourceFile.of(PATH, data)
    made = insert(source, "quotes", {"ann-lee": said, "id": "new-one"})
    if isinstance(made, Refused):
        assert made.reason in {"no-id", "comment-inside", "not-a-record"}
        return
    before, now = parse(PATH, data).explainer, parse(PATH, applied(data, made)).explainer
    assert [quote.id for quote in now.quotes if quote.id == "new-one"] == ["new-one"]
    assert [quote.segments for quote in now.quotes if quote.id != "new-one"] == [quote.segments for quote in before.quotes]
    assert [event.id for event in now.timeline] == [event.id for event in before.timeline]
    assert [actor.id for actor in now.actors] == [actor.id for actor in before.actors]


@given(words=st.text(st.sampled_from("ab é[]()*`_{}\\\n“”."), min_size=1, max_size=30), data=st.data())
def test_a_mark_leaves_the_words_as_they_are(words, data):
    text = f"---\ntitle: T\n---\n{words}\n"
    source = SourceFile.of(PATH, text.encode())
    start = data.draw(st.integers(source.body_start, len(text)))
    end = data.draw(st.integers(source.body_start, len(text)))
    made = mark(source, start, end, "event", "sale")
    if not isinstance(made, Refused):
        before, after = (parse(PATH, content).explainer.body for content in (text.encode(), applied(text.encode(), made)))
        assert before.text == after.text


@given(before=st.text(st.sampled_from("ab\r\n")), after=st.text(st.sampled_from("ab\r\n")))
def test_the_change_between_two_texts_makes_the_one_of_the_other(before, after):
    one, other = before.encode(), after.encode()
    made = between(PATH, one, other)
    assert applied(one, made) == other
    assert applied(other, inverse(one, made)) == one
