"""The catalogues as the program reads them: whole, and found by their tags. How they are made: `test_catalogues.py`."""

import json
import re

import msgspec
import pytest

from builder import dates
from builder.content import settings
from builder.i18n import language
from builder.i18n.catalogues.used_words import TEMPLATES
from tests import wording

CATALOGUES = ("de", "en")


@pytest.fixture(params=CATALOGUES)
def catalogue(request):
    return language.load(request.param)


def slots(pattern):
    return set(re.findall(r"\{([a-z_]+)(?::[a-z_]+)?\}", pattern))


def test_a_catalogue_has_all_it_needs(catalogue):
    assert catalogue.tag in CATALOGUES
    assert (len(catalogue.months), len(catalogue.months_short), len(catalogue.weekdays), len(catalogue.seasons)) == (12, 12, 7, 4)
    assert (len(catalogue.relative.weekdays), len(catalogue.relative.months)) == (7, 12)
    for style in (catalogue.long, catalogue.short):
        assert set(style.units) == set(language.UNITS)
        assert all("bare" in forms for forms in style.units.values())


def test_every_pattern_has_the_slots_that_its_english_has(catalogue):
    english = language.load("en")
    for ours, theirs in ((catalogue.long, english.long), (catalogue.short, english.short)):
        for phrase in theirs.phrases.__struct_fields__:
            assert slots(getattr(ours.phrases, phrase)) == slots(getattr(theirs.phrases, phrase)), phrase
        for unit, forms in ours.units.items():
            for pattern in forms.values():
                assert slots(pattern) == slots(theirs.units[unit]["bare"]), unit


def test_every_form_that_a_phrase_asks_for_is_spelled_out_somewhere(catalogue):
    for style in (catalogue.long, catalogue.short):
        spelled = {form for forms in style.units.values() for form in forms}
        for phrase in style.phrases.__struct_fields__:
            assert set(re.findall(r"\{[a-z_]+:([a-z_]+)\}", getattr(style.phrases, phrase))) <= spelled, phrase


def test_relative_words_are_small_and_mean_one_thing(catalogue):
    names = [name for group in (*catalogue.relative.weekdays, *catalogue.relative.months) for name in group]
    assert len(names) == len(set(names))
    for words in (names, catalogue.relative.numbers, catalogue.relative.beside):
        assert all(word == word.casefold() for word in words)


def test_alternatives_in_brackets_keep_their_spaces_on_the_same_side(catalogue):
    for patterns in catalogue.relative.rules.values():
        for brackets in re.findall(r"\[([^\]]*)\]|\(([^)]*)\)", " ".join(patterns)):
            alternatives = "".join(brackets).split("|")
            assert len({(text.startswith(" "), text.endswith(" ")) for text in alternatives}) == 1, alternatives


def test_the_names_of_days_and_months_are_understood(catalogue):
    as_of = dates.parse("2022-01-19")
    for number, name in enumerate(catalogue.weekdays):
        assert dates.weekday(dates.resolve(name, as_of, catalogue)) == number
    for number, name in enumerate(catalogue.months, 1):
        assert dates.resolve(name, as_of, catalogue).points[0].month == number


@pytest.mark.parametrize(
    "tag, expected",
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("de", "de"),
        ("de-AT", "de"),
        ("de-Latn-CH-1996", "de"),
        (" de ", "de"),
        ("qqx", "en"),  # a tag that no language has
        ("", "en"),
        ("x", "en"),
        ("../en", "en"),
        ("en/../de", "en"),
        ("de\0", "en"),
        ("deu", "en"),
        ("a-" * 99, "en"),
    ],
)
def test_a_language_is_found_by_its_tag_or_prefix(tag, expected):
    assert language.load(tag).tag == expected


def test_loading_twice_gives_the_same():
    assert language.load("de") is language.load("de")


def test_words_of_the_interface():
    german = msgspec.structs.replace(
        language.load("de"),
        words={"Timeline": "Zeitleiste", "{n} quotes: {list}.": ("Ein Zitat: {list}.", "{n} Zitate: {list}.")},
    )
    assert german.word("Timeline") == "Zeitleiste"
    assert german.word("Sources") == "Sources"
    assert german.plural("One quote: {list}.", "{n} quotes: {list}.", 1) == "Ein Zitat: {list}."
    assert german.plural("One quote: {list}.", "{n} quotes: {list}.", 0) == "0 Zitate: {list}."
    assert german.plural("One quote: {list}.", "{n} quotes: {list}.", 12_345) == "12.345 Zitate: {list}."
    assert german.plural("One report", "{n} reports", 1) == "One report"


def test_a_language_may_have_more_forms_than_two():
    """Polish has three for whole numbers: 1 pies, 2 psy, 5 psów, 22 psy."""
    polish = msgspec.structs.replace(
        language.load("en"),
        plural_forms="n == 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2",
        words={"{n} dogs": ("{n} pies", "{n} psy", "{n} psów")},
    )
    assert [polish.plural("1 dog", "{n} dogs", n) for n in (1, 2, 5, 12, 22)] == ["1 pies", "2 psy", "5 psów", "12 psów", "22 psy"]


def test_numbers_are_grouped_as_the_language_does():
    english = language.load("en")
    hindi = msgspec.structs.replace(english, grouping=(3, 2))
    assert [english.number(n) for n in (0, 7, 999, 1_000, 12_345, 1_234_567)] == ["0", "7", "999", "1,000", "12,345", "1,234,567"]
    assert [hindi.number(n) for n in (999, 1_000, 123_456, 12_345_678)] == ["999", "1,000", "1,23,456", "1,23,45,678"]
    assert language.load("de").number(1_234_567) == "1.234.567"


@pytest.mark.parametrize(
    "tag, expected",
    [
        ("en", "ltr"),
        ("de-AT", "ltr"),
        ("he", "rtl"),
        ("ar-EG", "rtl"),
        ("ps", "rtl"),
        ("ckb", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("az_Arab_IR", "rtl"),
        ("ks-Deva", "ltr"),
        ("arn", "ltr"),
        ("", "ltr"),
        ("../ar", "ltr"),
        ("directions", "ltr"),
    ],
)
def test_which_way_a_language_is_read(tag, expected):
    assert language.direction(tag) == expected


@pytest.mark.parametrize(
    "tag, told",
    [("en", False), ("de", False), ("de-AT", False), ("DE", False), ("ar", True), ("he", True), ("ger", True), ("enm", True)],
)
def test_a_site_in_a_language_without_words_is_told(tag, told):
    _, problems = settings.read(f"title: T\nlanguage: {tag}\n".encode())
    assert [problem.code for problem in problems] == (["language-unknown"] if told else [])


@pytest.mark.parametrize(
    "words, tag, mark",
    [
        ("CNN", "en", ""),
        ("الفانوس", "en", "\u200e"),
        ("הארץ", "de", "\u200e"),
        ("الفانوس (The Lantern)", "en", ""),
        ("CNN", "he", "\u200f"),
        ("الفانوس", "ar", ""),
        ("24", "ar", ""),
        ("", "ar", ""),
    ],
)
def test_words_that_are_read_another_way_keep_no_number_that_follows(words, tag, mark):
    assert language.set_apart(words, tag) == words + mark


# --- words of the interface ------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_template_has_words_of_its_own(path):
    assert list(wording.hard_coded(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", wording.SCRIPTS, ids=lambda path: path.stem)
def test_no_script_has_words_of_its_own(path):
    assert list(wording.said_by_script(path.read_text("utf-8"))) == []
    assert list(wording.bare_in_script(path.read_text("utf-8"))) == []


def test_words_and_bare_numbers_of_a_script_are_seen():
    said = 'button.textContent = "Show all"; a.title = `${name} of ${all}`; Object.assign(b, {title: "Close"})'
    assert list(wording.said_by_script(said)) == ["Show all", "${name} of ${all}", "Close"]
    bare = 'a.textContent = left.length; b.replace("{n}", left); c.replace("{n}", figures(left)); d.textContent = one.title;'
    assert list(wording.bare_in_script(bare)) == ["left.length", "left"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_number_of_a_template_is_grouped(path):
    assert list(wording.bare_numbers(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "<b>{{ kind.number }}</b>",
        "{{ page.quotes | length }}",
        '{{ _("{n} more").format(n=page.left_out) }}',
        '<a title="{{ count.number }}">',
    ],
)
def test_a_bare_number_is_seen(wrong):
    assert list(wording.bare_numbers(wrong))


@pytest.mark.parametrize(
    "right",
    ["{{ kind.number | number }}", '<rect x="{{ bar.start }}"/>', "{% if page.kinds | length > 1 %}{% endif %}", "{{ page.title }}"],
)
def test_what_is_no_bare_number_is_let_through(right):
    assert not list(wording.bare_numbers(right))


@pytest.mark.parametrize(
    "wrong",
    [
        "<p>Sources</p>",
        '<a title="Read on" href="x">{{ page.title }}</a>',
        '<form data-count="{n} of {all}"></form>',
        "{% if page.a %}and{% endif %}",
        '<nav aria-label="Site"></nav>',
        "<p>“{{ page.title }}”</p>",
        '<form data-broken="Nothing here"></form>',
    ],
)
def test_hard_coded_words_are_seen(wrong):
    assert list(wording.hard_coded(wrong))


def test_a_language_can_be_part_of_a_key_and_be_packed(catalogue):
    assert hash(catalogue) == hash(msgspec.structs.replace(catalogue))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(catalogue), type=language.Language) == catalogue


SPOILED = {
    "a key is missing": lambda catalogue: catalogue.pop("months"),
    "a phrase is missing": lambda catalogue: catalogue["long"]["phrases"].pop("by"),
    "a key is unknown": lambda catalogue: catalogue.update(month=[]),
    "a value is wrong": lambda catalogue: catalogue.update(words=3),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_catalogue_that_lacks_or_adds_something_is_refused(spoil):
    catalogue = json.loads((language.CATALOGUES / "en.json").read_bytes())
    spoil(catalogue)
    with pytest.raises(msgspec.ValidationError):
        language.read(json.dumps(catalogue).encode())


def test_a_key_given_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        language.read(b'{"tag": "en", "tag": "de"}')
