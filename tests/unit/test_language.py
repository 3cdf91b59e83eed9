"""The catalogues: whole, in CLDR's words, and found by their tags."""

import json
import re

import msgspec
import pytest

from builder import dates, language

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
        words={"Timeline": "Zeitleiste", "One quote: {list}.": "Ein Zitat: {list}.", "{n} quotes: {list}.": "{n} Zitate: {list}."},
    )
    assert german.word("Timeline") == "Zeitleiste"
    assert german.word("Sources") == "Sources"
    assert german.plural("One quote: {list}.", "{n} quotes: {list}.", 1) == "Ein Zitat: {list}."
    assert german.plural("One quote: {list}.", "{n} quotes: {list}.", 0) == "0 Zitate: {list}."
    assert german.plural("One quote: {list}.", "{n} quotes: {list}.", 12) == "12 Zitate: {list}."


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
