"""The catalogues: whole, in CLDR's words, and found by their tags."""

import json
import re

import msgspec
import pytest

from builder import dates, language
from tests import wording

CATALOGUES = sorted(path.name.removesuffix(".json") for path in language.CATALOGUES.iterdir() if path.name.endswith(".json"))

# CLDR 47, months and days in the widths “wide” and “abbreviated” of the context “format”.
CLDR = {
    "en": (
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "Mon Tue Wed Thu Fri Sat Sun",
    ),
    "de": (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "Mo. Di. Mi. Do. Fr. Sa. So.",
    ),
}


@pytest.fixture(params=CATALOGUES)
def one(request):
    return language.load(request.param)


def slots(pattern):
    return set(re.findall(r"\{([a-z_]+)(?::[a-z_]+)?\}", pattern))


def test_every_catalogue_is_held_to_cldr():
    assert set(CATALOGUES) == set(CLDR)


def test_names_agree_with_cldr(one):
    assert (one.months, one.months_short, one.weekdays, one.weekdays_short) == tuple(tuple(names.split()) for names in CLDR[one.tag])


def test_a_catalogue_has_all_it_needs(one):
    assert one.tag in CATALOGUES
    assert (len(one.months), len(one.months_short), len(one.weekdays), len(one.weekdays_short), len(one.seasons)) == (12, 12, 7, 7, 4)
    assert (len(one.relative.weekdays), len(one.relative.months)) == (7, 12)
    for style in (one.long, one.short):
        assert set(style.units) == set(language.UNITS)
        assert all("bare" in forms for forms in style.units.values())


def test_every_pattern_has_the_slots_that_its_english_has(one):
    english = language.load("en")
    for ours, theirs in ((one.long, english.long), (one.short, english.short)):
        for phrase in theirs.phrases.__struct_fields__:
            assert slots(getattr(ours.phrases, phrase)) == slots(getattr(theirs.phrases, phrase)), phrase
        for unit, forms in ours.units.items():
            for pattern in forms.values():
                assert slots(pattern) == slots(theirs.units[unit]["bare"]), unit


def test_every_form_that_a_phrase_asks_for_is_spelled_out_somewhere(one):
    for style in (one.long, one.short):
        spelled = {form for forms in style.units.values() for form in forms}
        for phrase in style.phrases.__struct_fields__:
            assert set(re.findall(r"\{[a-z_]+:([a-z_]+)\}", getattr(style.phrases, phrase))) <= spelled, phrase


def test_relative_words_are_small_and_mean_one_thing(one):
    names = [name for group in (*one.relative.weekdays, *one.relative.months) for name in group]
    assert len(names) == len(set(names))
    for words in (names, one.relative.numbers, one.relative.beside):
        assert all(word == word.casefold() for word in words)


def test_alternatives_in_brackets_keep_their_spaces_on_the_same_side(one):
    for patterns in one.relative.rules.values():
        for brackets in re.findall(r"\[([^\]]*)\]|\(([^)]*)\)", " ".join(patterns)):
            alternatives = "".join(brackets).split("|")
            assert len({(text.startswith(" "), text.endswith(" ")) for text in alternatives}) == 1, alternatives


def test_the_names_of_days_and_months_are_understood(one):
    as_of = dates.parse("2022-01-19")
    for number, name in enumerate(one.weekdays):
        assert dates.weekday(dates.resolve(name, as_of, one)) == number
    for number, name in enumerate(one.months, 1):
        assert dates.resolve(name, as_of, one).points[0].month == number


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
        ("fr", "en"),
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


# CLDR 47, cardinals of whole numbers.
ONE = {"en": {1}, "de": {1}}


def test_the_form_of_a_number_is_clders(one):
    german_or_english = {"{n} days": ("one", "other")}
    counted = msgspec.structs.replace(one, words=german_or_english)
    assert {n for n in range(1000) if counted.plural("", "{n} days", n) == "one"} == ONE[one.tag]


# --- words of the interface ------------------------------------------------


def test_every_word_of_the_interface_exists_in_every_language(one):
    if one.tag == "en":
        assert not one.words, "English stands in the templates and the code"
        return
    wanted = wording.asked()
    assert len(wanted) > 200
    assert set(wanted) - set(one.words) == set(), f"untranslated in {one.tag}"
    assert set(one.words) - set(wanted) == set(), f"nothing asks for these of {one.tag}"


def test_a_translation_has_the_slots_and_the_forms_of_its_english(one):
    wanted = wording.asked()
    forms = 1 + max(language._rule(one.plural_forms)(n) for n in range(200))
    for key, words in one.words.items():
        assert isinstance(words, tuple) == wanted[key], f"{key}: forms of a number where a number is told, and only there"
        assert len(words) == forms or isinstance(words, str), key
        for text in (words,) if isinstance(words, str) else words:
            assert text.strip(), key
            assert slots(text) == slots(key) or (slots(text) | {"n"} == slots(key) and isinstance(words, tuple)), (key, text)


@pytest.mark.parametrize("path", wording.TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_template_has_words_of_its_own(path):
    assert list(wording.hard_coded(path.read_text("utf-8"))) == []


def test_no_script_has_words_of_its_own():
    assert list(wording.said_by_script(wording.SCRIPT.read_text("utf-8"))) == []
    assert list(wording.said_by_script('button.textContent = "Show all"; a.title = `${name} of ${all}`;')) == [
        "Show all",
        "${name} of ${all}",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        "<p>Sources</p>",
        '<a title="Read on" href="x">{{ page.title }}</a>',
        '<form data-count="{n} of {all}"></form>',
        "{% if page.a %}and{% endif %}",
        '<nav aria-label="Site"></nav>',
    ],
)
def test_hard_coded_words_are_seen(wrong):
    assert list(wording.hard_coded(wrong))


def test_a_language_can_be_part_of_a_key_and_be_packed(one):
    assert hash(one) == hash(msgspec.structs.replace(one))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=language.Language) == one


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
