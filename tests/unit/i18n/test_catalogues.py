"""The catalogues as they are made: from gettext files, phrases of dates and CLDR; complete, up to date, and enough to add a language by files alone."""

import re
import shutil
import subprocess
import sys
from io import BytesIO

import jinja2
import pytest
from babel.messages.pofile import read_po, write_po
from jinja2.ext import extract_from_ast
from selectolax.lexbor import LexborHTMLParser

from builder.build.pipeline import Options, build
from builder.i18n import language
from builder.i18n.catalogues import cldr, compiler, used_words
from tests.wording import asked as wanted

TAGS = sorted(path.stem for path in compiler.FOLDER.glob("*.po"))
TRANSLATED = [tag for tag in TAGS if tag != "en"]


def slots(text):
    return set(re.findall(r"\{[a-z_]+\}", text))


def catalog(tag):
    return read_po(BytesIO((compiler.FOLDER / f"{tag}.po").read_bytes()), abort_invalid=True)


# --- what is in the repository ------------------------------------------------


@pytest.mark.slow
def test_the_catalogues_are_what_make_languages_makes():
    made = compiler.make()
    assert made.problems == ()
    assert {name for name, data in made.files.items() if (compiler.FOLDER / name).read_bytes() != data} == set(), "run make languages"
    assert {path.name for path in compiler.FOLDER.glob("*.json")} == {name for name in made.files if name.endswith(".json")}
    assert {"de", "en"} <= set(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_a_gettext_file_has_every_word_that_is_asked_for_and_no_other(tag):
    asks = {(message.one, message.many) if message.many else message.one for message in used_words.messages()}
    assert len(asks) > 200
    assert {message.id for message in catalog(tag) if message.id} == asks


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_word_is_translated_for_sure_with_its_slots_and_all_its_plurals(tag):
    forms = cldr.facts(tag).nplurals
    assert catalog(tag).num_plurals == forms
    for message in catalog(tag):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        strings = message.string if message.pluralizable else (message.string,)
        assert len(strings) == (forms if message.pluralizable else 1), message.id
        for text in strings:
            assert text.strip(), message.id
            english = message.id[1] if message.pluralizable else message.id
            # “Ein Zitat” says its number in words.
            assert slots(text) == slots(english) or (message.pluralizable and slots(text) | {"{n}"} == slots(english)), (english, text)


def test_english_is_the_source_so_nothing_is_filled_in():
    assert not [
        message.id for message in catalog("en") if message.id and any(message.string if message.pluralizable else (message.string,))
    ]
    assert not language.load("en").words


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_program_finds_every_word(tag):
    words = language.load(tag).words
    assert set(words) == set(wanted())
    assert all(isinstance(words[key], tuple) == with_a_number for key, with_a_number in wanted().items())


def test_a_translator_is_told_where_words_stand():
    english = (compiler.FOLDER / "en.po").read_text("utf-8")
    assert '#. Heading\n#: templates/statements.html\nmsgid "Claims and denials"' in english
    assert "#. Read aloud, not shown\n#: templates/page.html\n" in english
    assert all(message.locations for message in catalog("en") if message.id)


def test_no_words_of_a_template_are_missed():
    """Jinja's own reader of templates finds the same."""
    environment = jinja2.Environment()
    for path in used_words.TEMPLATES:
        text = path.read_text("utf-8")
        found = {message for _, _, message in extract_from_ast(environment.parse(text), ("_",))}
        ours = {(m.one, m.many) if m.many else m.one for m in used_words.of_template(path.name, text)}
        assert {tuple(filter(None, word))[:2] if isinstance(word, tuple) else word for word in found} == ours, path


def test_words_that_nobody_can_find_are_told():
    with pytest.raises(LookupError, match=r"x\.py:1"):
        list(used_words.of_code("builder/x.py", "language.word(name)"))


# --- CLDR ------------------------------------------------


def test_names_and_numbers_are_clders():
    german = language.load("de")
    assert (german.months[2], german.months_short[2:4]) == ("März", ("März", "Apr."))
    assert (german.weekdays[0], german.months_short[11], german.group, german.grouping) == ("Montag", "Dez.", ".", (3, 3))
    assert language.load("en").months_short[8] == "Sep"
    assert "jänner" in german.relative.months[0], "what people say besides"
    hindi = cldr.facts("hi").keys
    assert hindi["grouping"] == (3, 2)


@pytest.mark.parametrize(
    "tag, forms, expected",
    [
        ("de", 2, {0: 1, 1: 0, 2: 1, 101: 1}),
        ("ja", 1, {0: 0, 1: 0, 7: 0}),
        ("fr", 3, {0: 0, 1: 0, 2: 2, 1_000_000: 1}),
        ("pl", 3, {1: 0, 2: 1, 5: 2, 12: 2, 22: 1}),
        ("lt", 3, {1: 0, 2: 1, 10: 2, 11: 2, 21: 0}),
        ("ar", 6, {0: 0, 1: 1, 2: 2, 3: 3, 11: 4, 100: 5}),
    ],
)
def test_plurals_are_those_that_whole_numbers_take(tag, forms, expected):
    found = cldr.facts(tag)
    assert found.nplurals == forms
    assert {n: language.plural_rule(found.plural)(n) for n in expected} == expected


# --- what is not right yet is told ------------------------------------------------


def spoiled(tmp_path, name, change):
    for path in compiler.FOLDER.iterdir():
        if path.suffix in {".po", ".toml"}:
            shutil.copy(path, tmp_path)
    text = (tmp_path / name).read_text("utf-8")
    assert change(text) != text
    (tmp_path / name).write_text(change(text), "utf-8")
    return compiler.make(tmp_path)


WRONG = {
    "not translated": ("de.po", lambda text: text.replace('msgstr "Zeitleiste"', 'msgstr ""'), "de.po: 1 of", True),
    "a form is missing": ("de.po", lambda text: text.replace('msgstr[1] "{n} Zitate"', 'msgstr[1] ""'), "de.po: 1 of", True),
    "gone": ("de.po", lambda text: text.replace('msgid "Timeline"', 'msgid "Timetable"'), "de.po: 1 of", True),
    "fuzzy": ("de.po", lambda text: text.replace('msgid "Timeline"', '#, fuzzy\nmsgid "Timeline"'), "de.po: 1 of", True),
    "other plurals": ("de.po", lambda text: text.replace("plural=(n != 1)", "plural=(n > 1)"), "Plural-Forms", False),
    "a phrase too many": (
        "de.toml",
        lambda text: text.replace("[long.phrases]", '[long.phrases]\nnever = "nie"'),
        "de.toml does not fit",
        False,
    ),
    "no phrases": ("de.toml", lambda text: "", "de.toml does not fit", False),
    "a thirteenth month": ("de.toml", lambda text: text.replace("months = {", 'months = {13 = ["x"], '), "no weekday or month 13", False),
    "twice": ("de.toml", lambda text: text + "today = []\n", "de.po: Cannot overwrite", False),
}


@pytest.mark.slow
@pytest.mark.parametrize("name, change, told, made", WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_language_is_told(tmp_path, name, change, told, made):
    found = spoiled(tmp_path, name, change)
    assert [problem for problem in found.problems if told in problem], found.problems
    assert len(found.problems) == 1
    assert ("de.json" in found.files) == made
    if made:
        assert len(language.read(found.files["de.json"]).words) == len(wanted()) - 1, "English stands there instead"


def test_a_language_without_phrases_or_one_that_cldr_does_not_know_is_told(tmp_path):
    shutil.copy(compiler.FOLDER / "en.po", tmp_path / "fr.po")
    shutil.copy(compiler.FOLDER / "en.po", tmp_path / "qqx.po")
    told = compiler.make(tmp_path).problems
    assert any("fr.toml is missing; copy en.toml" in message for message in told)
    assert any("CLDR knows no language “qqx”" in message for message in told)


def test_a_fresh_copy_gets_the_plurals_of_its_language(tmp_path):
    shutil.copy(compiler.FOLDER / "en.po", tmp_path / "pl.po")
    shutil.copy(compiler.FOLDER / "en.toml", tmp_path / "pl.toml")
    made = compiler.make(tmp_path)
    assert b"nplurals=3;" in made.files["pl.po"]
    assert b'"Language: pl\\n"' in made.files["pl.po"]
    assert made.files["pl.po"].count(b'msgstr[2] ""') > 5
    (tmp_path / "pl.po").write_bytes(made.files["pl.po"])
    assert compiler.make(tmp_path).files == made.files, "doing it twice changes nothing"


def test_notes_of_translators_and_their_tools_are_kept(tmp_path):
    def signed(text):
        return text.replace(
            '"Language: de', '"Last-Translator: Somebody <a@example.org>\\n"\n"X-Generator: Poedit 3.4\\n"\n"Language: de'
        ).replace('\nmsgid "Corrections"', '\n# Nicht „Zitierweise“.\nmsgid "Cite"')

    made = spoiled(tmp_path, "de.po", signed).files["de.po"].decode()
    assert '"Last-Translator: Somebody <a@example.org>\\n"' in made
    assert '"X-Generator: Poedit 3.4\\n"' in made
    assert "# Nicht „Zitierweise“.\n" in made


def test_a_run_loads_neither_babel_nor_what_makes_catalogues():
    code = """
import sys
import builder.cli, builder.build.pipeline, builder.preview.server, builder.preview.engine
from builder.i18n import language
language.load("de"), language.direction("he")
assert not [name for name in sys.modules if name.partition(".")[0] == "babel" or name.startswith("builder.i18n.catalogues")]
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


# --- a language more, by files alone ------------------------------------------------

LATIN = str.maketrans("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ")


def pseudo(text):
    """Write English with accents, and half as long again: no letter of it is plain."""
    parts = re.split(r"(\{[a-z_:]+\})", text)
    return "".join(part if part.startswith("{") else part.translate(LATIN) for part in parts) + "ǿ" * (len(text) // 2)


def invent(folder, tag):
    """Add a language of accented English to a folder of catalogues."""
    for path in compiler.FOLDER.iterdir():
        if path.name.startswith("en.") or path.name == "directions.json":
            shutil.copy(path, folder)
    shutil.copy(folder / "en.po", folder / f"{tag}.po")
    phrases = (folder / "en.toml").read_text("utf-8").partition("# How people name")
    seasons = re.sub(r'"([a-z]+)"', lambda found: f'"{pseudo(found[1])}"', phrases[0].split("\n\n")[1])
    units = re.sub(r'= "([^"]*)"', lambda found: f'= "{pseudo(found[1])}"', phrases[0].split("\n\n", 2)[2])
    (folder / f"{tag}.toml").write_text("\n\n".join((seasons, units, "".join(phrases[1:]))), "utf-8")
    # The first run gives the file its language's plurals, as a translator's tool would see it.
    (folder / f"{tag}.po").write_bytes(compiler.make(folder).files[f"{tag}.po"])
    words = read_po(BytesIO((folder / f"{tag}.po").read_bytes()))
    for message in words:
        if message.id:
            plural = message.pluralizable
            message.string = tuple(pseudo(message.id[1]) for _ in message.string) if plural else pseudo(message.id)
    out = BytesIO()
    write_po(out, words, omit_header=False)
    (folder / f"{tag}.po").write_bytes(out.getvalue())
    made = compiler.make(folder)
    assert made.problems == ()
    for name, data in made.files.items():
        (folder / name).write_bytes(data)


SITE = """format: 1
title: Γνώμη
language: ar
base_url: https://example.org/
data: full
embeds: yes
search: yes
"""
TEXT = """---
title: Θα γίνει ο νόμος;
summary: Περί τίνος πρόκειται.
published: 2024-03-01
updated: 2024-03-08
as_of: 2024-03-08
authors: [Ψ]
topics: [Νόμος]
sources:
  s1: {publisher: Κήρυξ, title: Ένας νόμος, published: 2024-03-07, url: "https://example.org/a", accessed: 2024-03-07, archived: "https://example.org/b"}
  s2: {publisher: Κήρυξ, title: Άλλος, published: 2024-03, cites: [s1]}
actors:
  amt: {type: PublicBody, name: Υπουργείο, alias: [Υπ], here: ελέγχει}
  frau: {name: Φωνή, position: {role: Ρόλος, of: amt}, here: μιλά}
unnamed:
  leak: {described_as: κάποιος, knows_because: unknown, anonymity_reason: unknown}
quotes:
  - {id: q1, speaker: frau, text: Αλλάζουμε τον νόμο., to: "s1", via: [s1, s2], said: 2024-03-07, about: [e1], medium: interview, rules: on-record}
  - {id: q2, speaker: amt, text: Τίποτα δεν αλλάζει., denies: [q1], via: [s1], medium: press-conference}
  - {id: q3, speaker: leak, text: Ίσως., via: [s2], mode: indirect, rules: background}
timeline:
  - {id: e1, when: 2024-04~, title: Νόμος, status: planned, by: frau, actors: [amt, frau], sources: [s1], history: [{status: expected, on: 2024-03-02}]}
  - {id: e2, when: 2024-03-04, title: Σχέδιο, actors: [amt], sources: [s1]}
  - {id: e3, when: 2024-21, title: Συζήτηση, actors: [frau], sources: [s2], status: alleged, by: amt}
  - {id: e4, when: unknown, title: Άγνωστο, actors: [amt], sources: [s2]}
corrections: [{on: 2024-03-08, text: Λάθος.}]
---
Το Υπουργείο ελέγχει. «Αλλάζουμε τον νόμο.» «Τίποτα δεν αλλάζει.»

## Πρώτα

Ίσως.
"""
NAMES = {"JSON", "Schema", "CSV", "iCalendar", "TimelineJS", "FollowTheMoney"}
"""Of formats, the same in every language."""


def plain_words(page):
    """Return what of a page's words, seen or read aloud, is in plain Latin letters."""
    tree = LexborHTMLParser(page)
    for node in tree.css("script, style, code, .address"):
        node.decompose()
    said = [tree.css_first("title").text(), tree.body.text(separator="\n")]
    for node in tree.css("*"):
        said += [
            value or ""
            for name, value in node.attributes.items()
            if name in {"title", "alt", "placeholder", "aria-label", "aria-description"}
            or (node.tag == "form" and name.startswith("data-"))
        ]
    paths = {value for node in tree.css("form") for name, value in node.attributes.items() if name in {"data-index", "data-root"}}
    return {word for text in said if text not in paths for word in re.findall(r"[A-Za-z]{2,}", re.sub(r"\{[a-z]+\}", "", text))} - NAMES


@pytest.fixture
def invented(tmp_path, monkeypatch):
    folder = tmp_path / "languages"
    folder.mkdir()
    invent(folder, "ar")
    monkeypatch.setattr(language, "CATALOGUES", folder)
    language.load.cache_clear()
    yield language.load("ar")
    monkeypatch.undo()
    language.load.cache_clear()


@pytest.mark.slow
def test_a_language_is_added_by_files_alone_and_no_english_is_left(tmp_path, invented):
    assert invented.tag == "ar"
    assert invented.plural("1 quote", "{n} quotes", 1_000).startswith("1,000 ")
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/pages").mkdir()
    (tmp_path / "content/site.yaml").write_text(SITE, "utf-8")
    (tmp_path / "content/explainers/n.md").write_text(TEXT, "utf-8")
    (tmp_path / "content/pages/about.md").write_text("---\ntitle: Εμείς\naliases: [/old/]\n---\nΕμείς.\n", "utf-8")
    report = build(Options(tmp_path, tmp_path / "site", jobs=1, cache=False))
    assert report.plan is not None, report.diagnostics
    pages = {path.relative_to(tmp_path / "site").as_posix(): path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html")}
    kinds = (
        "explainers/n/",
        "explainers/",
        "actors/",
        "actors/amt/",
        "actors/leak/",
        "events/",
        "events/e1/",
        "quotes/",
        "sources/",
        "sources/s1/",
    )
    for kind in ("", *kinds, "changes/", "topics/", "data/", "about/", "search/", "old/", "embed/actors/leak/"):
        assert f"{kind}index.html" in pages, kind
    assert {path: plain_words(page) for path, page in pages.items() if plain_words(page)} == {}
    assert not [path for path, page in pages.items() if 'dir="rtl"' not in page]


def test_english_that_is_left_is_seen():
    page = '<title>x</title><body><p title="Hide">Ǿƒƒīƈḗ</p><nav aria-label="Site"></nav><form data-none="Nothing"></form><p>said by</p></body>'
    assert plain_words(page) == {"Hide", "Site", "Nothing", "said", "by"}
