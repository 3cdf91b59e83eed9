"""Where the words of quotes stand: in a body shown with braces around marks."""

import pytest

from builder.content.anchoring import anchor, anchored, nearest, normalise
from builder.content.markup import read
from builder.diagnostics import ERROR, WARNING, Location
from builder.model import Body, Href, Html, Link, MarkClose, MarkOpen, Quote, Text, Translation
from tests.lines_run import lines_run

HERE = Location("content/explainers/a.md", 7, 11)


def quote(id, *segments, **more):
    return Quote(id=id, segments=segments, location=HERE, **more)


def anchors(text, *quotes):
    body, problems = read(text, path="a.md")
    assert not problems
    return anchor(body, quotes, path="a.md")


def shown(body):
    out = []
    for segment in body.segments:
        match segment:
            case Html(html):
                out.append(html)
            case Text(text):
                out.append(text)
            case Link(target, _, words):
                out.append(f"[[{target}|{words}]]")
            case Href(target):
                out.append(target)
            case MarkOpen(_, id, part):
                out.append(f"{{{id}{part}:")
            case MarkClose(_, _, last):
                out.append("}!" if last else "}")
    return "".join(out).strip()


def marks(text, *quotes):
    """The body's marks; there must be no problem."""
    body, problems, _ = anchors(text, *quotes)
    assert problems == ()
    return shown(body)


def problem(text, *quotes):
    (found,) = anchors(text, *quotes)[1]
    return found


# --- the normal form ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, normal",
    [
        ("plain words", "plain words"),
        ('“a” „b“ «c» "d"', '"a" "b" "c" "d"'),
        ("‘a’ ‚b‘ ‹c› it’s", "'a' 'b' 'c' it's"),
        ("a–b—c‑d−e―f", "a-b-c-d-e-f"),
        ("a\u00a0b\u2009c\u202fd\u3000e", "a b c d e"),
        ("a  b \n\n c\td", "a b c d"),
        ("wait... what…", "wait… what…"),
        ("co\u00adop\u200ber\u2060a\ufeffte", "cooperate"),
        ("a \u00ad b", "a b"),
        ("cafe\u0301", "café"),
        ("e\u00ad\u0301", "é"),
        ("\u1112\u1161\u11ab", "한"),
        ("", ""),
        ("\ufffc", "\ufffc"),
    ],
    ids=repr,
)
def test_the_normal_form(text, normal):
    assert normalise(text)[0] == normal


@pytest.mark.parametrize(
    "text, offsets",
    [
        ("abc", [0, 1, 2, 3]),
        ("a  b", [0, 1, 3, 4]),
        ("a...b", [0, 1, 4, 5]),
        ("a\u00adb", [0, 2, 3]),
        ("ae\u0301b", [0, 1, 3, 4]),
        ("", [0]),
        ("o\ufb03ce", [0, 1, 1, 1, 2, 3, 4]),
        ("\u2068a\u2069b", [1, 3, 4]),
    ],
    ids=repr,
)
def test_the_way_back(text, offsets):
    assert normalise(text)[1] == offsets


# --- finding ---------------------------------------------------------------------------------


def test_the_words_of_a_quote_are_marked():
    assert marks("He said “it may rain”, no more.", quote("q", "it may rain")) == "<p>He said “{q0:it may rain}!”, no more.</p>"


@pytest.mark.parametrize(
    "text, words",
    [
        ("“Let’s be clear – now”", '"Let\'s be clear - now"'),
        ("it may\nrain", "it may rain"),
        ("it\u00a0may rain…", "it may rain..."),
        ("cafe\u0301 talk", "café talk"),
        ("soft\u00adhyphen", "softhyphen"),
        ("He said \u200fשלום\u200f to us", "He said שלום to us"),
        ("then \u2068Anna\u2069 said", "then Anna said"),
        ("\u061cمرحبا", "مرحبا"),
        ("we ❤\ufe0f it", "we ❤ it"),
        ("the ﬁnal oﬃce", "the final office"),
        ("他说：「好，１２」", "他说:“好,12”"),
        ("ｶﾞｽ", "ガス"),
        ("ﻣﺮﺣﺒﺎ", "مرحبا"),
        ("مُرحـــبا", "مرحبا"),
        ("שָׁלוֹם", "שלום"),
        ("می\u200cخواهم", "میخواهم"),
        ("first.\n\nSecond", "first. Second"),
        ("if [Russians] go [in]", "if [Russians] go [in]"),
        ("it *may* rain", "it may rain"),
        ("&lt;b&gt; \\* c", "<b> * c"),
    ],
    ids=repr,
)
def test_what_is_the_same(text, words):
    body, problems, _ = anchors(text, quote("q", words))
    assert problems == ()
    assert anchored(body) == {"q"}


@pytest.mark.parametrize(
    "text, words",
    [
        ("it may rain", "It may rain"),
        ("it may rain", "it may, rain"),
        ("it may rain", "it may raln"),
        ("`it may rain`", "it may rain"),
        ("it `may` rain", "it rain"),
        ("it `may` rain", "it \ufffc rain"),
        ("```\nit may rain\n```", "it may rain"),
        ("![it may rain](a.png)", "it may rain"),
        ("a [b](it-may-rain)", "it-may-rain"),
        ("advices", "advice"),
        ("their art", "heir"),
        ("x\u0323 y", "x"),
        ("see [[nato]] there", "nato"),
        ("rain", ""),
        ("rain", " "),
        ("шторм", "штopм"),
        ("علي", "على"),
        ("ตาก", "ตา่ก"),
    ],
    ids=repr,
)
def test_what_is_not(text, words):
    found = problem(text, quote("q", words))
    assert (found.code, found.severity, found.location) == ("quote-not-found", ERROR, HERE)


def test_the_words_shown_are_those_of_the_body():
    assert marks("„Wait…“", quote("q", '"Wait..."')) == "<p>{q0:„Wait…“}!</p>"


def test_a_whole_word_wins_over_a_part_of_one():
    assert marks("partial art", quote("q", "art")) == "<p>partial {q0:art}!</p>"


def test_scripts_without_spaces_have_no_word_edges():
    assert marks("他说他们不会去北京", quote("q", "他们不会")) == "<p>他说{q0:他们不会}!去北京</p>"
    assert marks("说NATO说", quote("q", "NATO")) == "<p>说{q0:NATO}!说</p>"
    assert marks("한국은 멀다", quote("q", "한국")) == "<p>{q0:한국}!은 멀다</p>"


def test_a_quote_that_is_not_in_the_body_is_passed_over():
    assert marks("rain", quote("q", "snow", in_body=False)) == "<p>rain</p>"


def test_no_quotes_no_work():
    body = read("rain", path="a.md")[0]
    assert anchor(body, (), path="a.md") == (body, (), ())


def test_a_quote_without_a_place_is_told_in_the_file():
    assert anchor(read("rain", path="a.md")[0], [Quote(id="q", segments=("snow",))], path="a.md")[1][0].location == Location("a.md")


# --- pieces, in their order ---------------------------------------------------------------------------------


def test_a_split_quote():
    found = marks("“It may rain,” she said. “It may not.”", quote("q", "It may rain,", "It may not."))
    assert found == "<p>“{q0:It may rain,}” she said. “{q1:It may not.}!”</p>"


@pytest.mark.parametrize(
    "text, pieces, found",
    [
        ("no. Well, he said, no.", ("Well", "no"), "<p>no. {q0:Well}, he said, {q1:no}!.</p>"),
        ("Well, no, then. And no.", ("Well", "no", "then"), "<p>{q0:Well}, {q1:no}, {q2:then}!. And no.</p>"),
        ("no, well. And no.", ("no", "well"), "<p>{q0:no}, {q1:well}!. And no.</p>"),
        ("no, no, no", ("no", "no", "no"), "<p>{q0:no}, {q1:no}, {q2:no}!</p>"),
    ],
    ids=str,
)
def test_a_piece_that_stands_twice_is_the_one_that_its_order_leaves(text, pieces, found):
    assert marks(text, quote("q", *pieces)) == found


def test_a_piece_that_could_stand_in_two_places_is_told():
    text = "“We lack,” they said. The clerk of the hall answered: “a pilot”. “But also a pilot,” they said."
    found = problem(text, quote("q", "We lack", "a pilot"))
    assert (found.code, found.severity, found.location) == ("quote-ambiguous", ERROR, HERE)
    assert found.message == "“a pilot” stands 2 times behind “We lack”, and each could be the next piece of this quote."
    assert "{quote=q}" in found.help
    assert (
        anchors(
            text.replace("We lack", "[We lack]{quote=q}").replace("also a pilot", "also [a pilot]{quote=q}"),
            quote("q", "We lack", "a pilot"),
        )[1]
        == ()
    )


def test_pieces_of_quotes_that_take_turns_stand_in_their_own_turn():
    found = marks("yes, no, yes, no", quote("a", "yes", "no"), quote("b", "yes", "no"))
    assert found == "<p>{a0:yes}, {a1:no}!, {b0:yes}, {b1:no}!</p>"


def test_pieces_in_the_wrong_order():
    found = problem("One. Two.", quote("q", "Two.", "One."))
    assert (found.code, found.message) == ("quote-not-found", "“One.” is not in the body.")
    assert "in the order of the text" in found.help


# --- more than one place ---------------------------------------------------------------------------------


def test_words_that_stand_twice_are_told_with_a_prefix_for_each():
    found = problem("## Weather\n\nThey say rain. We had rain, much rain.", quote("q", "rain"))
    assert (found.code, found.severity) == ("quote-ambiguous", ERROR)
    assert found.message == "“rain” stands 3 times in the body."
    assert found.help == (
        "Say which with the words before it: “prefix: say” (under “Weather”), or “prefix: had” (under “Weather”), "
        "or “prefix: much” (under “Weather”)."
    )


def test_a_prefix_is_as_long_as_it_must_be():
    found = problem("He is the rain. She is the rain. All of it.", quote("q", "rain"))
    assert found.help == "Say which with the words before it: “prefix: He is the”, or “prefix: She is the”."


def test_a_place_with_nothing_before_it_is_not_left_out_of_the_advice():
    found = problem("Rain, says Ann. Rain, says Bob.", quote("q", "Rain"))
    assert found.help == "Say which with the words before it: “prefix: Ann.”; or mark them in the text, [words]{quote=q}."


@pytest.mark.parametrize("prefix", ["much", "had rain, much", " rain,  much ", "had rain, much “"])
def test_a_prefix_chooses(prefix):
    assert marks("They say rain. We had rain, much ‘rain’.", quote("q", "rain", prefix=prefix)).count("much ‘{q0:rain}!’") == 1


def test_a_prefix_may_end_in_the_block_before():
    assert marks("rain\n\nThen:\n\nrain", quote("q", "rain", prefix="Then:")) == "<p>rain</p>\n<p>Then:</p>\n<p>{q0:rain}!</p>"


@pytest.mark.parametrize("prefix", ["snow", "a", "much much"])
def test_a_prefix_that_does_not_choose(prefix):
    found = problem("a rain and a rain", quote("q", "rain", prefix=prefix))
    assert (found.code, found.message) == ("quote-ambiguous", f"“rain” does not stand exactly once after “{prefix}”.")
    assert "prefix: and a" in found.help


def test_a_prefix_must_hold_where_the_words_stand_once_too():
    assert problem("the rain", quote("q", "rain", prefix="no")).code == "quote-ambiguous"


def test_where_no_prefix_helps_a_span_does():
    assert "{quote=id}" in problem("rain " * 300, quote("q", "rain")).help


def test_as_many_quotes_as_places_take_turns():
    found = marks("yes, no, yes", quote("a", "yes"), quote("b", "no"), quote("c", "yes"))
    assert found == "<p>{a0:yes}!, {b0:no}!, {c0:yes}!</p>"


def test_fewer_quotes_than_places_do_not():
    assert [problem.code for problem in anchors("yes, yes, yes", quote("a", "yes"), quote("b", "yes"))[1]] == ["quote-ambiguous"] * 2


# --- what the author has marked ---------------------------------------------------------------------------------


def test_a_span_of_the_author_stays():
    assert marks("[rain]{quote=q} and rain", quote("q", "rain")) == "<p>{q0:rain}! and rain</p>"


def test_words_in_a_span_are_taken():
    assert marks("[rain]{quote=a} and rain", quote("a", "rain"), quote("b", "rain")) == "<p>{a0:rain}! and {b0:rain}!</p>"


def test_words_of_a_link_in_a_span_are_taken_too():
    text = "[we saw [[ob|rain]]]{quote=a} and rain"
    assert marks(text, quote("a", "we saw rain"), quote("b", "rain")) == "<p>{a0:we saw [[ob|rain]]}! and {b0:rain}!</p>"


def test_only_marks_of_quotes_count():
    assert anchored(read("[a]{quote=q} [b]{event=e}", path="a.md")[0]) == {"q"}


@pytest.mark.parametrize(
    "text",
    [
        "“[I confess to it all.]{quote=q}”",
        "“[I have done]{quote=q}” a [lot]{quote=q}",
        "[nothing wrong, I confess]{quote=q}",
        "[thing wrong]{quote=q}",
        "[wrong … nothing]{quote=q}",
        "[I have `never` done nothing wrong]{quote=q}",
        "[I have [[nato|never]] done nothing wrong]{quote=q}",
        "[I have *never* done [nothing](a.md) wrong]{quote=q}",
        "[\\[I confess\\]]{quote=q}",
        "[…]{quote=q} [all … of it]{quote=q}",
    ],
    ids=str,
)
def test_marked_words_that_a_quote_does_not_have_are_told(text):
    found = problem(f"Helen Marsh said: {text}", quote("q", "I have done nothing wrong.", "Ask them."))
    assert (found.code, found.severity, found.location.path, found.location.line) == ("quote-marked-wrong", ERROR, "a.md", 1)
    assert "“I have done nothing wrong. … Ask them.”" in found.help


@pytest.mark.parametrize(
    "text",
    [
        "“[I have done nothing wrong.]{quote=q}”",
        "She has “[done nothing wrong]{quote=q}”, and: “[ask them]{quote=q}”",
        "that “[i have done nothing wrong,]{quote=q}”",
        "[I have … wrong]{quote=q} [I … (…) wrong. […] Ask them!]{quote=q}",
        "[[she] ha[s] done nothing wrong]{quote=q}",
        "[I have done nothing wrong. Ask them.]{quote=q}",
        "[I have *done* [nothing](a.md) `wrong`]{quote=q}",
        "[I have done\nnothing wrong]{quote=q}",
        "[I have [done]{event=e} nothing[^1] wrong]{quote=q}\n\n[^1]: A note.",
        "[I [[nato]] done nothing wrong]{quote=q}",
        "[Ich habe nichts getan]{quote=q} [I have done wrong.]{quote=q}",
    ],
    ids=str,
)
def test_marked_words_may_be_edited_as_the_guide_says(text):
    said = quote(
        "q", "I have done nothing wrong.", "Ask them.", as_published="I have done wrong.", translation=Translation("Ich habe nichts getan.")
    )
    assert anchors(text, said)[1] == ()


def test_marked_words_of_an_indirect_quote_are_the_authors():
    assert anchors("She [is innocent, she says]{quote=q}.", quote("q", "I have done nothing wrong.", mode="indirect"))[1] == ()


def test_the_mark_itself_is_where_wrong_words_are_told():
    found = problem("One.\n\nShe [did it]{quote=q}.", quote("q", "I have done nothing wrong.", in_body=False))
    assert (found.location.line, found.location.column, found.location.width) == (3, 20, 1)


# --- overlaps ---------------------------------------------------------------------------------


@pytest.mark.parametrize("second, lies", [("jumps over the dog", "overlap"), ("fox", "lie within")])
def test_words_that_cross_do_not_lie_within_each_other(second, lies):
    body = read("The fox jumps over the dog.", path="a.md")[0]
    (found,) = anchor(body, [quote("one", "The fox jumps over"), quote("two", second)], path="a.md")[1]
    assert found.message.startswith(f"These words {lies} those of the quote “")


def test_of_two_quotes_that_overlap_the_longer_is_marked():
    body, (found,), _ = anchors("it may rain today", quote("inner", "may rain"), quote("outer", "it may rain"))
    assert shown(body) == "<p>{outer0:it may rain}! today</p>"
    assert (found.code, found.severity) == ("quote-overlap", WARNING)
    assert "“outer”" in found.message


def test_of_two_quotes_that_share_a_word_the_longer_is_marked():
    body, problems, _ = anchors("it may rain today", quote("first", "it may"), quote("longer", "may rain today"))
    assert shown(body) == "<p>it {longer0:may rain today}!</p>"
    assert [problem.code for problem in problems] == ["quote-overlap"]


def test_words_within_a_span_of_the_author():
    body, (found,), _ = anchors("[it may rain]{quote=a}", quote("b", "may rain"))
    assert shown(body) == "<p>{a0:it may rain}!</p>"
    assert found.code == "quote-overlap"


# --- marks and markup ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, words, found",
    [
        ("it *may* rain", "it may rain", "<p>{q0:it }<em>{q1:may}</em>{q2: rain}!</p>"),
        ("it *may rain* now", "rain now", "<p>it <em>may {q0:rain}</em>{q1: now}!</p>"),
        ("**it** *may*", "it may", "<p><strong>{q0:it}</strong>{q1: }<em>{q2:may}!</em></p>"),
        ("one\n\n- two\n- three", "one two three", "<p>{q0:one}</p>\n<ul>\n<li>{q1:two}</li>\n<li>{q2:three}!</li>\n</ul>"),
        ("## one\n\ntwo", "one two", '<h2 id="one">{q0:one}</h2>\n<p>{q1:two}!</p>'),
        ("see [[nato|the alliance]] now", "the alliance now", "<p>see {q0:[[nato|the alliance]]}{q1: now}!</p>"),
        ("see [[nato|the alliance]] now", "see the", "<p>{q0:see }{q1:[[nato|the]]}![[nato| alliance]] now</p>"),
        ("it may[^1] rain\n\n[^1]: A note.", "may rain", "{q1: rain}!</p>"),
        ("it may[^1] rain\n\n[^1]: A note.", "A note", "<p>it may{q0:A note}!. rain"),
        ("it [may]{event=e} rain", "it may rain", "<p>{q0:it }{e0:{q1:may}}!{q2: rain}!</p>"),
    ],
    ids=repr,
)
def test_a_mark_never_crosses_markup(text, words, found):
    assert found in marks(text, quote("q", words))


@pytest.mark.parametrize(
    "text, words, found",
    [
        ("a [b c](d.md) e", "b c", '<p>a <a href="d.md">{q0:b c}</a>{q1:}! e</p>'),
        ("a [b *c*](https://d.example/)", "a b c", "<em>{q2:c}</em></a>{q3:}!</p>"),
        ("a [b](d.md) e", "a b e", '<p>{q0:a }<a href="d.md">{q1:b}</a>{q2: e}!</p>'),
        ("[a](b.md) c", "c", '<p><a href="b.md">a</a> {q0:c}!</p>'),
    ],
    ids=repr,
)
def test_the_sign_at_the_end_never_stands_in_a_link(text, words, found):
    assert found in marks(text, quote("q", words))


def test_two_quotes_in_one_text():
    found = marks("“Rain,” she said, and he: “Snow, [here](a.md).”", quote("a", "Snow, here."), quote("b", "Rain"))
    assert found == '<p>“{b0:Rain}!,” she said, and he: “{a0:Snow, }<a href="a.md">{a1:here}</a>{a2:.}!”</p>'


def test_no_name_becomes_a_link_in_quoted_words_but_in_told_ones_it_may():
    for mode, linkable in (("direct", False), ("partial", False), ("", False), ("indirect", True)):
        body, _, _ = anchors("a rain b", quote("q", "rain", mode=mode))
        assert [segment.linkable for segment in body.segments if isinstance(segment, Text)] == [True, linkable, True]


def test_words_keep_their_place():
    text = "He *said* “it [may](a.md) rain”.\n\nMore[^1] rain, and [[snow|much snow]].\n\n[^1]: A note on rain."
    body, _, _ = anchors(text, quote("q", "may rain"), quote("r", "note on"), quote("s", "much"))
    for segment in body.segments:
        if isinstance(segment, Text):
            assert body.text[segment.at :].startswith(segment.text)
        elif isinstance(segment, Link):
            assert body.text[segment.at :].startswith(segment.words)


# --- the nearest passage ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, words, advice",
    [
        (
            "He says “we may have the money”, no more.",
            "we might have the money",
            "The nearest words in the body are “we may have the money”. There the body has “may”, the quote “might”.",
        ),
        (
            "It is quite sound today.",
            "It is sound",
            "The nearest words in the body are “It is quite sound”. There the body has “quite” more.",
        ),
        ("It is sound today.", "It is quite sound", "The nearest words in the body are “It is sound”. There the quote has “quite” more."),
        (
            "It is sound.",
            "it is sound",
            "The nearest words in the body are “It is sound”. Only capital letters differ: the body has “It”, the quote “it”.",
        ),
        (
            "It is, sound here.",
            "It is sound",
            "The nearest words in the body are “It is, sound”. There the body has “is,”, the quote “is”.",
        ),
        (
            "“We can do it safely,” Helen Marsh told us.",
            "We can do it safely.",
            "The nearest words in the body are “We can do it safely”. The quote ends with “.”, the body has “,” there: leave it out of the quote.",
        ),
        (
            "She says that “we can do it safely” and soon.",
            "we can do it safely!",
            "The nearest words in the body are “we can do it safely”. The quote ends with “!”, the body has no such sign there: leave it out of the quote.",
        ),
        (
            "“Never!” she said.",
            "Never.",
            "The nearest words in the body are “Never!”. The quote ends with “.”, the body has “!” there: leave it out of the quote.",
        ),
        ("The boards met.", "board", "The nearest words in the body are “boards”. There the body has “boards”, the quote “board”."),
        (
            "## News\n\nNothing.\n\n## Talks\n\nThey ended without success on Friday.",
            "ended without any success",
            "The nearest words in the body are “ended without success” (under “Talks”). There the quote has “any” more.",
        ),
    ],
    ids=repr,
)
def test_the_nearest_passage_is_shown_with_what_differs(text, words, advice):
    assert problem(text, quote("q", words)).help == advice


def test_where_nothing_is_near_that_is_said():
    assert "in_body: no" in problem("Rain and snow.", quote("q", "something else entirely")).help


def test_nearest_passage_in_long_body_takes_few_steps():
    text = (
        "the rain of the day was the talk of the town and of the sea\n\n" * 1000
        + "the boat is quite sound and the crew is willing\n\n"
        + "so it was " * 500
    )
    body = read(text, path="a.md")[0]
    found = []
    sought = [quote("q", "the boat is rather sound and the crew is willing")]
    assert lines_run(lambda: found.extend(anchor(body, sought, path="a.md")[1])) < 20 * len(text)
    (found,) = found
    assert "There the body has “quite”, the quote “rather”." in found.help


def test_words_that_stand_everywhere_take_steps_by_length():
    def steps(number):
        body, problems = read("rain " * 3 * number + "[[a]] " * number, path="a.md")[0], []
        quotes = [quote(f"q{n}", "rain") for n in range(5)]
        count = lines_run(lambda: problems.extend(anchor(body, quotes, path="a.md")[1]))
        assert len(problems) == 5
        return count

    assert steps(800) < 6 * steps(200)


def test_a_body_is_taken_into_words_once_for_all_quotes_that_are_not_in_it(monkeypatch):
    taken = []
    honest = nearest.word_key
    monkeypatch.setattr(nearest, "word_key", lambda word: (taken.append(word), honest(word))[1])
    words = [f"word{n}" for n in range(500)]
    quotes = [quote(f"q{n}", f"word{n} wrong{n} word{n + 2}") for n in range(100)]
    _, problems, _ = anchor(Body(text=" ".join(words)), quotes, path="content/explainers/a.md")
    assert {problem.code for problem in problems} == {"quote-not-found"}
    assert all("The nearest words in the body" in problem.help for problem in problems)
    assert len(taken) == len(words) + 3 * len(quotes)


# --- the words that are shown ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, written, told",
    [
        ("She said: “the boat — as we know — is sound”.", ["the boat - as we know - is sound"], ["the boat — as we know — is sound"]),
        ("“Let’s be clear … now”", ["Let's be clear ... now"], ["Let’s be clear … now"]),
        ("“at 10\u00a0knots, “no” more”", ['at 10 knots, "no" more'], ["at 10\u00a0knots, “no” more"]),
        ("“the *sound*\nboat”", ["the sound boat"], ["the sound boat"]),
        ("“the [sound](https://example.org) boat”", ["the sound  boat"], ["the sound boat"]),
        ("“un\u00adsink\u200bable”", ["unsinkable"], ["unsinkable"]),
        ("“Let’s go,” she said, “it’s late.”", ["Let's go", "it's late."], ["Let’s go", "it’s late."]),
        ("[it’s late]{quote=q}", ["it's late"], ["it’s late"]),
        ("[it’s *very* late]{quote=q}, it's very late", ["it's very late"], ["it’s very late"]),
        ("[it’s late]{quote=q}", ["it's late, [he] said … so"], ["it's late, [he] said … so"]),
        ("Nothing.", ["it's late"], ["it's late"]),
    ],
)
def test_the_words_of_a_quote_are_shown_as_the_text_has_them(text, written, told):
    _, _, (found,) = anchors(text, quote("q", *written))
    assert list(found.segments) == told


def test_words_within_those_of_another_quote_are_the_texts_too():
    _, _, found = anchors("“He said it’s a boat — a big one.”", quote("a", "He said it's a boat - a big one."), quote("b", "it's a boat"))
    assert [quote.segments for quote in found] == [("He said it’s a boat — a big one.",), ("it’s a boat",)]


def test_words_that_do_not_stand_in_the_body_stay_as_they_were_written():
    _, _, (found,) = anchors("It’s late.", quote("q", "It's late.", in_body=False))
    assert found.segments == ("It's late.",)
