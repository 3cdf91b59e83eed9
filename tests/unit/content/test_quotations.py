"""Passages are found in every style of quotation marks, and nothing else is taken for one."""

import json

import pytest

from builder.content import markup
from builder.content.quotations import BLOCK, NAME, NONE, PARTLY, RECORDED, UNFOUND, match_records, scan, styles
from builder.content.quotations.delimiters import DELIMITERS, VERSION
from builder.i18n.catalogues import delimiters
from builder.model import Quote
from tests.lines_run import lines_run


def scanned(text, language="en"):
    body, _ = markup.read(text, path="content/explainers/one.md")
    return scan(body, language)


def words(text, language="en"):
    return [passage.words for passage in scanned(text, language).passages]


PASSAGES = [
    # English
    ("en", "“The boat is sound,” says Brack.", ["The boat is sound,"]),
    ("en", "He says “no” and she “yes”.", ["no", "yes"]),
    ("en", '"The boat is sound," says Brack. "And so?"', ["The boat is sound,", "And so?"]),
    ("en", "‘I’ve forty acres,’ said Thrupp. ‘You can’t insure the sky.’", ["I’ve forty acres,", "You can’t insure the sky."]),
    ("en", "‘She asked me, “Is it snow?” and I wept,’ he said.", ["She asked me, “Is it snow?” and I wept,"]),
    ("en", "“He told me, ‘Build it,’ and I did.”", ["He told me, ‘Build it,’ and I did."]),
    ("en", "“He told me, ‘Build it.’”", ["He told me, ‘Build it.’"]),
    ("en", "She calls it 'sound' and means it.", ["sound"]),
    ("en", "‘The ferries’ timetable is wrong,’ she said.", ["The ferries’ timetable is wrong,"]),
    ("en", "Open ‘within days’ and on the growers’ terms.", ["within days"]),
    ("en", "The so-called (“blue fleet”) sails.", ["blue fleet"]),
    ("he", "״הספינה תקינה״, אמר מנכ״ל צה״ל. הוא אמר ש״הכול טוב״ ו״נפלא״.", ["הספינה תקינה", "הכול טוב", "נפלא"]),
    ("en", "She wrote:“No.”", ["No."]),
    ("en", "“No”—he said—“never”", ["No", "never"]),
    ("en", '"No"—he said—"never"', ["No", "never"]),
    ("en", "“[The state] should apologise,” wrote Pinto.", ["[The state] should apologise,"]),
    ("en", "“The boat is sound. “", ["The boat is sound."]),
    ("en", '"In 2012" she said "it was well"', ["In 2012", "it was well"]),
    ("en", '"A 12" pipe is too thin," she said.', ['A 12" pipe is too thin,']),
    ("en", "He said “no „never“ again”.", ["no „never“ again"]),
    ("en", "“A.” “B.”", ["A.", "B."]),
    ("en", "❝The boat is sound❞", ["The boat is sound"]),
    ("en", "‘Tis true,’ he said: ‘Cause for concern.’", ["Cause for concern."]),
    # not a quotation
    ("en", "the ’90s and the '80s, rock ’n’ roll, rock 'n' roll, 'tis, ’em, 'round the quay", []),
    ("en", "the ferries’ timetable, the ferries' crew, Brack’s boat, don't", []),
    ("en", '5\' 10", a 12" pipe, 5’ 10” and 54°12\'30" north', []),
    ("en", "Hawai‘i and Ka‘ū", []),
    ("en", '`"code"` and [a link](https://example.org/?q="x" "title") and <b title="x">', []),
    ("en", '```\n"code"\n```\n\n    "more"', []),
    ("en", '![“alt”](/pictures/a.svg "“A caption”")', []),
    ("en", "《红楼梦》 and 〈x〉", []),
    ("en", '| a | b |\n|---|---|\n| x | " |\n| y | ” |', []),
    # German, Austrian, Swiss
    ("de", "„Das Boot ist gut“, sagt Brack.", ["Das Boot ist gut"]),
    ("de", "„Er sagte ‚nein‘ und ging.“", ["Er sagte ‚nein‘ und ging."]),
    ("de", "»Das Boot ist gut«, sagt Brack. ›Nein‹", ["Das Boot ist gut", "Nein"]),
    ("de", "„Er sagte “Ja” und ging.“", ["Er sagte “Ja” und ging."]),
    ("de", "„Ja“ und „Nein“", ["Ja", "Nein"]),
    ("de", "„Das Boot ist gut”", ["Das Boot ist gut"]),
    ("de", '„Das Boot ist gut"', []),
    ("de", "Wie geht’s? Hans’ Boot, so ’ne Sache, ‚gut‘", ["gut"]),
    ("de-CH", "«Das Boot ist ‹gut›», sagt Brack.", ["Das Boot ist ‹gut›"]),
    # French, Spanish, Italian, Portuguese
    ("fr", "« Le bateau est bon », dit-elle.", ["Le bateau est bon"]),
    ("fr", "«\u202fOui\u202f» ou «\u00a0non\u00a0»", ["Oui", "non"]),
    ("fr", "« Elle dit “oui” et l’eau monte »", ["Elle dit “oui” et l’eau monte"]),
    ("es", "«El barco», dice. ¡“Bueno”!", ["El barco", "Bueno"]),
    ("it", "«L’acqua» e “l’amico”", ["L’acqua", "l’amico"]),
    ("pt", "«O barco» e “o mar”", ["O barco", "o mar"]),
    # the north and the east
    ("sv", "”Båten är bra”, säger hon. ’Kanske.’", ["Båten är bra", "Kanske."]),
    ("sv", "»Båten är bra», säger hon. »Nej.»", ["Båten är bra", "Nej."]),
    ("fi", "”Vene on hyvä”, hän sanoo.", ["Vene on hyvä"]),
    ("da", "»Båden er god«, siger hun.", ["Båden er god"]),
    ("nl", "‘De boot is goed’, zegt ze, ’s avonds om ‘acht’.", ["De boot is goed", "acht"]),
    ("nl", "„De boot is goed”, zegt ze, 's avonds en 't is goed.", ["De boot is goed"]),
    ("pl", "„Łódź jest «dobra»”, mówi.", ["Łódź jest «dobra»"]),
    ("cs", "„Loď je dobrá,“ říká.", ["Loď je dobrá,"]),
    ("hu", "„A hajó »jó«” – mondja.", ["A hajó »jó«"]),
    ("ru", "«Лодка „цела“», – говорит она.", ["Лодка „цела“"]),
    ("tr", 'O "Titanic"in kaptanı', ["Titanic"]),
    # from the right
    ("ar", "قال: “القارب سليم”.", ["القارب سليم"]),
    ("ar", "قال: ”القارب سليم“.", ["القارب سليم"]),
    ("ar", "قال: «القارب سليم».", ["القارب سليم"]),
    ("he", "”הסירה טובה”, אמר.", ["הסירה טובה"]),
    ("he", 'צה"ל אמר: "לא" ו"עולם".', ["לא", "עולם"]),
    ("ar", 'قال "نعم" و"ربما".', ["نعم", "ربما"]),
    # without spaces
    ("zh", "他说“船很好”。《书》", ["船很好"]),
    ("zh", "他说“他说‘好’了”。", ["他说‘好’了"]),
    ("zh", '他说"船很好"了。', ["船很好"]),
    ("ja", "彼は「船は『良い』です」と言った。", ["船は『良い』です"]),
    ("zh-Hant", "他說：「船很好。」", ["船很好。"]),
    ("ko", "그는 “배는 좋다”고 말했다. ‘아니’라고", ["배는 좋다", "아니"]),
    # Markdown
    ("en", "*“The boat is **sound**,”* says [“Brack”](https://example.org/).", ["The boat is sound,", "Brack"]),
    ("en", '&ldquo;The boat,&rdquo; \\"she said\\".', ["The boat,", "she said"]),
    ("en", "## On “hope”\n\n- an item “one”\n\nTerm “two”\n: means “three”.", ["hope", "one", "two", "three"]),
    ("en", "| a | b |\n|---|---|\n| Brack | “the boat \\| is sound” |", ["the boat | is sound"]),
    ("en", "A note.[^n]\n\n[^n]: It says “sound”.", ["sound"]),
    ("en", "“The boat\nis `sound`\\\nand well”", ["The boat is … and well"]),
    ("en", "> The boat is sound.\n> So is the crew.\n>\n> — Ottoline Brack, harbour master", ["The boat is sound. So is the crew."]),
    ("en", "> “The boat is sound,” says Brack. “Yes.”", ["The boat is sound,", "Yes."]),
    ("en", "> The paper calls it “sound”.", ["The paper calls it “sound”."]),
    ("en", "> The boat\n>\n> > is sound", ["The boat is sound"]),
    # several paragraphs
    ("en", "“One.\n\n“Two.\n\n“Three,” she said.\n\n“Four.”", ["One. Two. Three,", "Four."]),
    ("en", '"One.\n\n"He told me, \'Two.\' Yes.\n\n"Three."', ["One. He told me, 'Two.' Yes. Three."]),
    ("en", "‘One.\n\n‘Two.’", ["One. Two."]),
    ("en", "“One.[^n]\n\n“Two.”\n\n[^n]: A note “here”.", ["One. Two.", "here"]),
    ("en", "One.[^a] Two.[^b]\n\n[^a]: “A\n\n    “note.”\n\n[^b]: “Another.”", ["A note.", "Another."]),
    ("fr", "« Un.\n\n» Deux.\n\n» Trois. » Elle dit « non ».", ["Un. Deux. Trois.", "non"]),
    ("es", "«Uno.\n\n»Dos.»", ["Uno. Dos."]),
    ("de", "„Eins.\n\n„Zwei.“", ["Eins. Zwei."]),
]


@pytest.mark.parametrize("language, text, expected", PASSAGES)
def test_passages_are_found_and_nothing_else(language, text, expected):
    assert words(text, language) == expected


ALONE = [
    ("en", "“Open.\n\nAnd then.", [(1, 1, True)]),
    ("en", "She says “so and then “no”.", [(1, 10, True)]),
    ("en", "She says so,” and goes.", [(1, 13, False)]),
    ("en", 'She says "so and goes.', [(1, 10, True)]),
    ("en", 'She says so," and goes.', [(1, 13, False)]),
    ("en", "She said, ‘so and goes.", [(1, 11, True)]),
    ("en", "“One.\n\n## Two\n\n“Three.”", [(1, 1, True)]),
    ("de", "„Ja, sagt sie.", [(1, 1, True)]),
    ("de", "Ja“, sagt sie.", [(1, 3, False)]),
    ("fr", "« Oui.\n\nNon.", [(1, 1, True)]),
    ("fr", "Oui\u00a0», dit-elle.", [(1, 5, False)]),
    ("ja", "「はい。", [(1, 1, True)]),
    ("ja", "はい」と。", [(1, 3, False)]),
    ("en", 'the ferries’ boat, 12" long, 5’ 10” high, Home » News', []),
    ("en", "“One.\n\n“Two.”", []),
]


@pytest.mark.parametrize("language, text, expected", ALONE)
def test_marks_without_a_partner_are_told_where_that_is_certain(language, text, expected):
    assert [(sign.line, sign.column, opens) for sign, opens in scanned(text, language).unpaired] == expected


def test_a_passage_has_its_place_its_stretches_and_what_is_nested():
    body, _ = markup.read("# T\n\nSo “one ‘two’\n\n“three” four.", path="x.md", line=10)
    (passage,) = scan(body, "en").passages
    assert (passage.line, passage.column, passage.end_line, passage.end_column) == (12, 4, 14, 7)
    assert [body.text[start:end] for start, end in passage.parts] == ["one ‘two’", "three"]
    assert [inner.words for inner in passage.inside] == ["two"]
    assert body.text[passage.start : passage.end].startswith("one")


def test_the_language_decides_where_a_sign_is_ambiguous():
    assert words("A ’sign’ here", "sv") == ["sign"]
    assert words("A ’sign’ here", "en") == []
    assert words("A ”sign” here", "fi") == ["sign"]
    assert styles.opens("de-AT") == frozenset("„‚")
    assert styles.opens("pt_BR") == styles.opens("") == styles.opens("en-GB") == frozenset("“‘")
    assert styles.opens("zh-Hant-TW") == frozenset("「『")


def test_every_mark_that_cldr_has_is_known_as_one_that_opens_and_is_closed_so():
    for tag, (opened, closed, inner_opened, inner_closed) in ((tag, tuple(marks)) for tag, marks in DELIMITERS.items()):
        if tag.split("-")[0] == "st":  # whose entry in CLDR mixes two pairs
            continue
        assert closed in styles.CLOSERS[opened], tag
        assert inner_closed in styles.CLOSERS[inner_opened], tag
        assert words(f"x {opened}word{closed} x", tag) == ["word"], tag


def test_the_table_of_marks_is_what_is_written_from_cldr(tmp_path):
    assert delimiters.TABLE.read_text("utf-8") == delimiters.source(VERSION, DELIMITERS)
    (tmp_path / "package.json").write_text('{"version": "1.0"}')
    for tag, marks in (("und", "“”‘’"), ("xx", "“”‘’"), ("yy", "«»“”"), ("yy-ZZ", "«»“”"), ("yy-AA", "“”‘’")):
        (tmp_path / "main" / tag).mkdir(parents=True)
        names = ("quotationStart", "quotationEnd", "alternateQuotationStart", "alternateQuotationEnd")
        data = {"main": {tag: {"delimiters": dict(zip(names, marks, strict=True))}}}
        (tmp_path / "main" / tag / "delimiters.json").write_text(json.dumps(data))
    assert delimiters.read(tmp_path) == ("1.0", {"und": "“”‘’", "yy": "«»“”", "yy-aa": "“”‘’"})


# --- the mark that says that nobody is quoted ------------------------------------------------


def test_a_mark_behind_a_passage_says_that_it_quotes_nobody():
    found = scanned("The “fleet”{quote=no}, *“so”*{ quote = no } and ‘this’{quote=no}, but “that”.\n\n> A block{quote=no}")
    assert [(passage.words, passage.no_quotation) for passage in found.passages] == [
        ("fleet", True),
        ("so", True),
        ("this", True),
        ("that", False),
        ("A block", True),
    ]
    assert not found.misplaced


def test_a_mark_behind_no_passage_is_astray():
    text = "“He said ‘no’{quote=no} to me”, and the ferries’{quote=no} boat."
    assert [(place.column - 1, inner) for place, inner in scanned(text).misplaced] == [(text.find("{"), True), (text.rfind("{"), False)]


# --- records of quotations ------------------------------------------------


def status(text, *quotes, names=()):
    from builder.content import anchoring

    body, _ = markup.read(text, path="x.md")
    records = [Quote(id=f"q{number}", segments=(words,) if isinstance(words, str) else words) for number, words in enumerate(quotes)]
    body = anchoring.anchor(body, records, path="x.md")[0]
    return [(match.status, *match.quotes) for match in match_records(body, scan(body, "en"), records, lambda: names)]


def test_a_passage_is_recorded_where_a_quote_has_words_of_it():
    assert status("“The boat is sound,” she said.", "The boat is sound") == [(RECORDED, "q0")]
    assert status("“The boat is sound,” she said.", "boat is sound") == [(RECORDED, "q0")]
    assert status("She says that the “boat” is sound.", "that the “boat” is sound") == [(RECORDED, "q0")]
    assert status("The “[boat]{quote=q0}” is.", "boat") == [(RECORDED, "q0")]
    assert status("“One is. Two is.”", "One is.", "Two is.") == [(RECORDED, "q0", "q1")]
    assert status("“The *boat* is [[x|sound]] `now`,” she.", "The boat is sound") == [(RECORDED, "q0")]


def test_a_passage_without_a_quote_is_told():
    assert status("“The boat is sound,” she said. “And so?”", "The boat is sound") == [(RECORDED, "q0"), (NONE,)]
    assert status("“Soon,” says Brack. “Soon,” says the clerk.") == [(NONE,), (NONE,)]


def test_a_passage_of_which_much_is_left_is_recorded_in_part():
    assert status("“One is. Two is. Three is not.”", "One is. Two is.") == [(PARTLY, "q0")]
    assert status("“The boat is sound and the crew is more than willing to go.”", "The boat is sound") == [(PARTLY, "q0")]
    assert status("“Well, the boat is sound, you see.”", "the boat is sound") == [(RECORDED, "q0")]
    assert status("“One is.\n\n“Two is,” she said.", "One is.") == [(PARTLY, "q0")]


def test_names_headings_and_words_that_were_not_found_raise_no_second_alarm():
    assert status("The “Harbour Gazette,” they say.", names=("Harbour Gazette",)) == [(NAME,)]
    assert status("## “Sound”\n\n“The boat is sound,” she said.", "The boat is sound") == [(RECORDED, "q0"), (RECORDED, "q0")]
    assert status("“The boat is quite sound,” she said.", "The boat is sound") == [(UNFOUND, "q0")]


def test_a_block_quote_is_recorded_as_a_whole():
    text = "> The boat is sound."
    body, _ = markup.read(text, path="x.md")
    assert scan(body, "en").passages[0].kind == BLOCK
    assert status(text, "The boat is sound.") == [(RECORDED, "q0")]


# --- work ------------------------------------------------


@pytest.mark.parametrize("piece", ["“a ", '" ', "'a ", "a’ ", "„a “", "“a”{quote=no} ", "> “a\n\n", "’ ’n’ "])
def test_a_text_of_signs_takes_steps_by_its_length(piece):
    def steps(size):
        body, _ = markup.read(piece * (size // len(piece)), path="x.md")
        return lines_run(lambda: match_records(body, scan(body, "en"), (), tuple))

    assert steps(4_000) < 6 * steps(1_000)


@pytest.mark.parametrize(
    "language, text, status",
    [
        ("en", "Dwayne “The Rock” Quist won.", NAME),
        ("en", "So did Earvin “Magic” Ek.", NAME),
        ("es", "Joaquín «El Chapo» Ruiz huyó.", NAME),
        ("ru", "Пётр «Железный» Иванов победил.", NAME),
        ("en", "Mr Quist told Anna “Never” Tuesday.", NONE),
        ("en", "Anna said “Never Again” Monday.", NONE),
        ("en", "But “Never,” Quist said.", NONE),
        ("en", "Anna “is great” Quist", NONE),
        ("de", "Er nannte Quists „Politik“ Unsinn.", NONE),
        ("ja", "『灯台新聞』は毎週出る。", NAME),
        ("ja", "市長は『続ける』と述べた。", NONE),
    ],
)
def test_a_nickname_within_a_name_is_a_name(language, text, status):
    body, _ = markup.read(text, path="content/explainers/one.md")
    assert [match.status for match in match_records(body, scan(body, language), (), lambda: ())] == [status]
