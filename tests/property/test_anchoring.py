"""Words that stand in a text are found there, and the normal form leads back to where they came from."""

import re
import unicodedata

import yaml
from hypothesis import assume, given, settings, strategies as st

from builder.content.anchoring import anchor, anchored, normalise
from builder.content.anchoring.quote_normal_form import UNSEEN
from builder.content.markup import read
from builder.model import MarkClose, MarkOpen, Quote, Text
from tests.effort import effort

CHARACTERS = (
    st.sampled_from(list("ab  \n\t\u00a0\u2009.…“”‘’'\"–—-\u00ad\u200be\u0301\u0327éö한\u1112\u1161\u11abク゛\ufffc")) | st.characters()
)
STRINGS = st.text(CHARACTERS, max_size=40)
WORDS = st.lists(
    st.sampled_from(["rain", "snow", "may", "it’s", "“so”", "not…", "the", "well-known", "2022", "café"]), min_size=1, max_size=12
)

UNSEEN_ONE = f"[{UNSEEN}]"
SHORT_FORMS = "[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufdff\ufe70-\ufefc\uff01-\uffee][\uff9e\uff9f]?"


def plain_with_offsets(text):
    """The normal form, said again without any haste."""
    text = re.sub(SHORT_FORMS, lambda found: unicodedata.normalize("NFKC", found[0]), text)
    for marks, plain in (("“”„‟«»″「」〝〞〟﹁﹂״", '"'), ("‘’‚‛‹›′『』﹃﹄׳", "'"), ("‐‑‒–—―−־", "-")):
        text = re.sub(f"[{marks}]", plain, text)
    text = re.sub(UNSEEN_ONE, "", text)
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text.replace("...", "…")))


@settings(max_examples=effort(125, 2000))
@given(STRINGS)
def test_the_normal_form_is_what_it_is_said_to_be(text):
    # Three dots with a sign of no width between them are not three dots.
    assume(not re.search(rf"\.{UNSEEN_ONE}+\.", text))
    assert normalise(text)[0] == plain_with_offsets(text)


@given(STRINGS)
def test_the_normal_form_of_a_normal_form_is_itself(text):
    normal = normalise(text)[0]
    assume("..." not in normal)
    assert normalise(normal)[0] == normal


@settings(max_examples=effort(125, 2000))
@given(STRINGS)
def test_each_character_leads_back_to_where_it_came_from(text):
    normal, offsets = normalise(text)
    assert len(offsets) == len(normal) + 1
    assert offsets[-1] == len(text)
    assert offsets == sorted(offsets)
    for at in range(len(normal)):
        if offsets[at] < offsets[at + 1] and (at == 0 or offsets[at - 1] < offsets[at]):
            assert normalise(text[offsets[at] : offsets[at + 1]])[0] == normal[at]


@given(STRINGS, STRINGS)
def test_a_text_of_two_parts_is_of_their_normal_forms(one, two):
    assert normalise(f"{one}x y{two}")[0] == normalise(one + "x")[0] + " " + normalise("y" + two)[0]


def marked(body):
    """The words in marks, stretch by stretch."""
    stretches, inside = [], False
    for segment in body.segments:
        if isinstance(segment, MarkOpen):
            stretches.append("")
            inside = True
        elif isinstance(segment, MarkClose):
            inside = False
        elif inside and isinstance(segment, Text):
            stretches[-1] += segment.text
    return stretches


@settings(max_examples=effort(75, 1200))
@given(WORDS, WORDS, WORDS, st.data())
def test_words_that_stand_once_are_marked_just_there(before, words, after, data):
    joints = st.sampled_from([" ", "\n", "  ", " *", "* ", "\n\n"])
    text = "".join(word + data.draw(joints) for word in [*before, "first", *words, "last", *after])
    body = read(text, path="a.md")[0]
    found, problems, _ = anchor(body, [Quote(id="q", segments=(f"first {' '.join(words)} last",))], path="a.md")
    start, end = body.text.index("first"), body.text.index("last") + 4
    if "*" in body.text[start:end]:
        # A star that opens nothing is a word of the text.
        assert [problem.code for problem in problems] == ["quote-not-found"]
    else:
        assert problems == ()
        assert "".join("".join(marked(found)).split()) == "".join(body.text[start:end].split())


@given(WORDS, st.integers(0, 11), st.integers(1, 6))
def test_words_of_a_text_are_found_or_told_to_be_ambiguous(words, start, length):
    piece = words[start : start + length]
    assume(piece)
    body = read(" ".join(words), path="a.md")[0]
    found, problems, _ = anchor(body, [Quote(id="q", segments=(" ".join(piece),))], path="a.md")
    times = sum(words[at : at + len(piece)] == piece for at in range(len(words)))
    if times == 1:
        assert anchored(found) == {"q"}
        assert problems == ()
    else:
        assert [problem.code for problem in problems] == ["quote-ambiguous"]
        assert found == body


@given(WORDS, st.data())
def test_the_prefix_that_is_proposed_works(words, data):
    word = data.draw(st.sampled_from(words))
    words = [*words, word]
    body = read(" ".join(words), path="a.md")[0]
    (problem,) = anchor(body, [Quote(id="q", segments=(word,))], path="a.md")[1]
    for prefix in re.findall("“prefix: (.*?)”(?: |,|\\.|$)", problem.help):
        written = yaml.load(f"prefix: {prefix}", yaml.BaseLoader)["prefix"]
        found, problems, _ = anchor(body, [Quote(id="q", segments=(word,), prefix=written)], path="a.md")
        assert problems == ()
        assert anchored(found) == {"q"}


@given(WORDS, st.lists(st.sampled_from(["rain", "snow", "may", "other", "thing"]), min_size=1, max_size=5))
def test_nothing_is_marked_that_does_not_stand_there(words, sought):
    body = read(" ".join(words), path="a.md")[0]
    found, problems, _ = anchor(body, [Quote(id="q", segments=(" ".join(sought),))], path="a.md")
    stands = any(words[at : at + len(sought)] == sought for at in range(len(words)))
    assert bool(anchored(found)) == (stands and not problems)
    if not stands:
        assert [problem.code for problem in problems] == ["quote-not-found"]
