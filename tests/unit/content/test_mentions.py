"""Names are found as whole words, and the sentence around them is the one that a reader would quote."""

import pytest

from builder.content import mentions
from builder.content.markup import read
from builder.content.mentions.endings import with_ending
from builder.content.mentions.name_normal_form import plain
from builder.model import Body, Link, Section, Text


def body(*texts):
    segments, at = [], 0
    for text in texts:
        if isinstance(text, str):
            segments.append(Text(text, at))
            at += len(text) + 2
        else:
            segments.append(text)
    return Body(tuple(segments), "\n\n".join(text for text in texts if isinstance(text, str)))


def found(names, *texts, autolink="first"):
    whole = body(*texts)
    return [
        (occurrence.id, whole.text[occurrence.start : occurrence.end], occurrence.linked)
        for occurrence in mentions.occurrences(whole, mentions.KnownNames(names), autolink=autolink)
    ]


def test_a_name_is_found_as_a_whole_word_only():
    assert found({"Rus": "rus"}, "Russia and Rus, the Rus’ land") == [("rus", "Rus", True), ("rus", "Rus", False)]


@pytest.mark.parametrize(
    "name, text",
    [
        ("Anna", "Anna-Lena Baerbock and Marie-Anna, Anna‑Lena"),
        ("Anna Hale", "Anna Hale-Orr, Lena-Anna Hale"),
        ("Brack", "The Brack-led council, ex-Brack"),
        ("Jose", "Jose\u0301 and Jos\u00e9 and x\u0323Jose"),
        ("Rus", "Russia"),
        ("Neill", "O’Neill and Shay O'Neill"),
        ("US", "US$5 and US€ 5"),
        ("ブラック", "ブラックホール"),
        ("美", "美丽"),
        ("राम", "रामायण और रामा"),
        ("דן", "דניאל"),
    ],
)
def test_a_name_is_not_found_in_another_word(name, text):
    assert found({name: "x"}, text) == []


@pytest.mark.parametrize(
    "name, text",
    [
        ("Anna-Lena", "so Anna-Lena said"),
        ("Brack", "the talks – Brack–Orr – ended"),
        ("O’Neill", "so O’Neill said"),
        ("Neill", "l’ami d’Neill"),
        ("Brack", "Brack- and Orr-haters"),
        ("NATO", "the NATO-led force"),
        ("US", "pro-US"),
        ("Jos\u00e9", "Jose\u0301 came"),
        ("Jose\u0301", "Jos\u00e9 came"),
        ("Pat O'Brien", "Pat O’Brien’s boat"),
        ("Pat O’Brien", "Pat O'Brien's boat"),
        ("王毅", "外长王毅说：我们走。"),
        ("Пётр Ким", "Петр Ким сказал"),
        ("Семен Ким", "Семён Ким сказал"),
        ("NATO", "说NATO说"),
        ("ブラック", "市長ブラックは"),
        ("ประยุทธ์", "นายประยุทธ์กล่าว"),
    ],
)
def test_a_name_is_found_however_it_is_typed(name, text):
    (mention,) = found({name: "x"}, text)
    assert mentions.plain(mention[1]) == mentions.plain(name)


def test_names_keep_their_places_behind_letters_that_are_composed():
    text = "Jose\u0301, Zoe\u0308 O’Hara, then Brack."
    assert found({"José": "j", "Zoë O'Hara": "z", "Brack": "b"}, text) == [
        ("j", "Jose\u0301", True),
        ("z", "Zoe\u0308 O’Hara", True),
        ("b", "Brack", True),
    ]


@pytest.mark.parametrize("name", ['Robert "Bob" Lee', "Robert “Bob” Lee", "Robert „Bob“ Lee", "Robert 'Bob' Lee"])
def test_a_nickname_may_stand_in_other_quotation_marks(name):
    text = "Robert ‘Bob’ Lee came." if "'" in name else "Robert “Bob” Lee came."
    assert found({name: "bob"}, text) == [("bob", text[:16], True)]


def test_words_of_names_are_the_same_however_they_are_typed():
    assert mentions.capitals("E\u0301lodie O’Hara") == mentions.capitals("\u00c9lodie O'Hara") == ("\u00c9lodie", "O", "Hara")


@pytest.mark.parametrize("text", ["Anna-", "Anna’", "Anna", "-Anna", "’Anna", "Anna –"])
def test_a_name_at_either_end_of_a_text_is_found(text):
    assert found({"Anna": "anna"}, text) == [("anna", "Anna", True)]


@pytest.mark.parametrize("text", ["Mina *Quist* came.", "*Mina* Quist came.", "Mina `Quist` came."])
def test_a_name_that_markup_divides_is_no_link_across_it(text):
    assert mentions.occurrences(read(text, path="a.md")[0], mentions.KnownNames({"Mina Quist": "mina"}), autolink="first") == ()


def test_the_longer_name_wins():
    names = {"Blinken": "blinken", "Antony Blinken": "blinken", "State": "state", "State Department": "department"}
    assert found(names, "Antony Blinken of the State Department") == [
        ("blinken", "Antony Blinken", True),
        ("department", "State Department", True),
    ]


def test_a_name_may_be_broken_over_two_lines():
    assert found({"Antony Blinken": "blinken"}, "then Antony\nBlinken spoke") == [("blinken", "Antony\nBlinken", True)]


@pytest.mark.parametrize(
    "name, text, language",
    [
        ("Ann Lee", "so Ann Lee Curtis came", "en"),
        ("Ann Lee", "so Ann Lee\nCurtis came", "en"),
        ("Ann Lee", "so Ann Lee Curtis’s boat", "en"),
        ("Ann Lee", "Ann Lee J. Curtis", "en"),
        ("Ann Lee", "Ann Lee Jr. came", "en"),
        ("Ann Lee", "Ann Lee II came", "en"),
        ("Ann Lee", "the Ann Lee Foundation", "en"),
        ("Ann Lee", "Ann Lee May came", "en"),
        ("Lee", "Lee Curtis came", "fr"),
        ("Phạm Minh", "Phạm Minh Chính đến", "vi"),
        ("Иван Петров", "Иван Петров Сидоров пришёл", "ru"),
        ("Γιάννης Παππάς", "ο Γιάννης Παππάς Νικολάου", "el"),
        ("Արամ Սարգսյան", "Արամ Սարգսյան Պետրոսյան", "hy"),
    ],
)
def test_a_person_is_not_found_in_a_longer_name(name, text, language):
    whole = body(text)
    assert mentions.occurrences(whole, mentions.KnownNames({name: "x"}, people={"x"}), autolink="all", language=language) == ()
    assert len(mentions.occurrences(whole, mentions.KnownNames({name: "x"}, people={"y"}), autolink="all", language=language)) == 1, (
        "a body is"
    )
    ((start, end),) = mentions.in_longer_names(text, [name], language)
    assert text[start:end].split()[: len(name.split())] == name.split()
    assert end - start > len(name)


@pytest.mark.parametrize(
    "text, language",
    [
        ("so Ann Lee Monday said", "en"),
        ("so Ann Lee MP said", "en"),
        ("by Ann Lee March 3 came", "en"),
        ("by Ann Lee Sept. 3 came", "en"),
        ("so Ann Lee I think", "en"),
        ("so Ann Lee U.S. envoy", "en"),
        ("so Ann Lee, Curtis", "en"),
        ("dass Ann Lee Recht hat", "de-AT"),
        ("Ann Lee Джонс", "ru"),
        ("Ann Lee’s Boat", "en"),
        ("Ann Lee curtis", "en"),
    ],
)
def test_what_follows_a_name_need_not_make_it_longer(text, language):
    assert [
        occurrence.id
        for occurrence in mentions.occurrences(
            body(text), mentions.KnownNames({"Ann Lee": "x"}, people={"x"}), autolink="all", language=language
        )
    ] == ["x"]


@pytest.mark.parametrize(
    "text, number",
    [
        ("## Ann Lee Says No to It\n\nText.", 1),
        ("Text.\n\n### What Ann Lee Said and Did #", 1),
        ("## Ann Lee Says No\n\nLee spoke.", 2),
        ("## Ann Lee Curtis\n\nText.", 0),
        ("## Ann Lee Curtis says no\n\nText.", 0),
        ("- Ann Lee Curtis, Marl University", 0),
    ],
)
def test_a_heading_with_capitals_throughout_makes_no_name_longer(text, number):
    whole, _ = read(text, path="a.md")
    assert (
        len(
            mentions.occurrences(
                whole, mentions.KnownNames({"Ann Lee": "x"}, {"Lee": mentions.Bearer("x", "Ann")}, {"x"}), autolink="all", language="en"
            )
        )
        == number
    )


def test_a_line_break_of_the_page_ends_a_name():
    whole, _ = read("Ann Lee  \nMayor of Gullhaven", path="a.md")
    assert len(mentions.occurrences(whole, mentions.KnownNames({"Ann Lee": "x"}, people={"x"}), autolink="all", language="en")) == 1


def test_a_surname_counts_behind_no_longer_name():
    found = mentions.occurrences(
        body("Ann Lee Curtis came. Lee spoke."),
        mentions.KnownNames({"Ann Lee": "x"}, {"Lee": mentions.Bearer("x", "Ann")}, {"x"}),
        autolink="all",
        language="en",
    )
    assert found == ()


def test_only_the_first_mention_of_each_section_becomes_a_link():
    texts = ("NATO and NATO.", Section("later", "Later", 2), "NATO again.")
    assert [linked for _, _, linked in found({"NATO": "nato"}, *texts)] == [True, False, True]
    assert [linked for _, _, linked in found({"NATO": "nato"}, *texts, autolink="all")] == [True, True, True]
    assert [linked for _, _, linked in found({"NATO": "nato"}, *texts, autolink="off")] == [False, False, False]


def test_a_name_is_not_linked_again_where_the_author_linked_it():
    assert [linked for _, _, linked in found({"NATO": "nato"}, Link("nato", "", "the alliance", 0, 1), "NATO.")] == [False]


def test_words_that_may_not_carry_a_link_name_somebody_all_the_same():
    quoted = Body((Text("NATO", 0, linkable=False), Text(" and EU, NATO", 4)), "NATO and EU, NATO")
    found = mentions.occurrences(quoted, mentions.KnownNames({"NATO": "nato", "EU": "eu"}), autolink="all")
    assert [(occurrence.id, occurrence.start, occurrence.linked) for occurrence in found] == [
        ("eu", 9, True),
        ("nato", 13, True),
        ("nato", 0, False),
    ]


def linked_in(source, names):
    whole, problems = read(source, path="a.md")
    assert problems == ()
    return [
        (occurrence.id, whole.text[occurrence.start : occurrence.end], occurrence.linked)
        for occurrence in mentions.occurrences(whole, mentions.KnownNames(names), autolink="first")
    ]


def test_names_are_found_behind_a_footnote():
    source = "The boat is sound.[^1] Then Ottoline Brack came, and Anna Hale too.\n\nAnna Hale left.\n\n[^1]: By the tide table."
    assert linked_in(source, {"Ottoline Brack": "brack", "Anna Hale": "anna"}) == [
        ("brack", "Ottoline Brack", True),
        ("anna", "Anna Hale", True),
        ("anna", "Anna Hale", False),
    ]


def test_the_first_mention_is_the_one_in_the_text_and_not_in_its_footnote():
    names = {"Ottoline Brack": "brack", "Anna Hale": "anna"}
    source = "The boat is sound.[^1] Then Anna Hale came.\n\n## Later\n\nAnna Hale left.[^2]\n\n[^1]: Anna Hale and Ottoline Brack say so.\n\n[^2]: Ottoline Brack did not."
    assert linked_in(source, names) == [
        ("anna", "Anna Hale", True),
        ("anna", "Anna Hale", False),
        ("brack", "Ottoline Brack", True),
        ("anna", "Anna Hale", True),
        ("brack", "Ottoline Brack", True),
    ]


@pytest.mark.parametrize(
    "text, name, expected",
    [
        ("It rained. Blinken spoke. Nobody answered.", "Blinken", "Blinken spoke."),
        ("“We wait,” Blinken said. “Nothing more.”", "Blinken", "“We wait,” Blinken said."),
        ("He met Mr. Blinken in the U.S. embassy. Then he left.", "Blinken", "He met Mr. Blinken in the U.S. embassy."),
        ("One block.\n\nBlinken begins another\n\nAnd a third.", "Blinken", "Blinken begins another"),
        ("Is it over? “Every window will shoot.” So says Blinken.", "Blinken", "“Every window will shoot.” So says Blinken."),
        ("On 18 Jan. 2022 Blinken flew to Kyiv. He stayed.", "Blinken", "On 18 Jan. 2022 Blinken flew to Kyiv."),
        ("Blinken", "Blinken", "Blinken"),
        ("A line\nthat breaks, Blinken\nsaid.", "Blinken", "A line that breaks, Blinken said."),
    ],
    ids=str,
)
def test_a_sentence_ends_where_a_reader_ends_it(text, name, expected):
    at = text.index(name)
    sentence, start, end = mentions.sentence(text, at, at + len(name))
    assert sentence == expected
    assert sentence[start:end] == name


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that Gullhaven Ferries Inc. sold the boat to Brack.",
        "It is not true that Gullhaven Ferries Inc. Ltd. and Co. Sold the boat to Brack.",
        "Nobody has shown that … Brack took the money.",
        "Nobody has shown that ... Brack took the money.",
        "Nobody has shown that . . . Brack took the money.",
        "Nobody believes Rep. Brack, Sen. Brack, Lt. Gov. Brack or St. Brack vs. Brack.",
        "Not before 10 a.m. Brack came, and not by way of the U.S. Brack says so.",
        "Am 3. Oktober 2025 hat die Kieler Werft nichts gebaut, und zwar u. a. Auf Wunsch von Brack.",
        "Nicht im 19. Jahrhundert, z. B. Unter Ludwig XIV. Brack, d. h. Nach Art. Brack bzw. Abs. Brack.",
        "Nobody has said: “The boat is sound. Brack took the money.”",
        'Nobody has said: "The boat is sound. Brack took the money."',
        "Niemand sagt: „Das Boot ist gut. Brack nahm das Geld.“",
        "Niemand sagt: »Das Boot ist gut. Brack nahm das Geld.«",
        "Personne ne dit : « Le bateau est bon. Brack a pris l’argent. »",
        "“Is it sound?” Brack asked.",
        "“Brack took the money!” So says nobody.",
        "“Brack took the money.” So says nobody.",
        "Nobody has read Who Sold It? by Brack.",
        "没有人说：“船很好。Brack拿了钱。”",
    ],
    ids=str,
)
def test_a_sentence_is_never_cut_in_two(text):
    whole = f"It rained all day on Gullhaven. {text} Then all of them went home to bed, and it was late."
    at = whole.index("Brack")
    assert mentions.sentence(whole, at, at + 5)[0].startswith(text)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("It was in 2025. Brack came. Nobody knew.", "Brack came."),
        ("“Nothing is signed,” she said. (“Nothing!”) Brack came.", "(“Nothing!”) Brack came."),
        ("¿Quién? ¡Brack! Nadie.", "¡Brack!"),
        ('It is 6" long. Brack measured. Nobody knew.', "Brack measured."),
        ("“Not yet.\n\nBrack comes. Nobody knows.", "Brack comes."),
        ("王毅来了。他说：“不去。我们走。”Brack没有来。很晚了。", "他说：“不去。我们走。”Brack没有来。"),
        ("Он пришёл. Brack ушла. Никто не знает.", "Brack ушла."),
    ],
    ids=str,
)
def test_a_sentence_ends_where_that_is_certain(text, expected):
    at = text.index("Brack")
    assert mentions.sentence(text, at, at + 5)[0] == expected


def test_a_name_that_ends_in_an_end_mark_ends_no_sentence():
    text = "Nobody has shown that Yahoo! Took the money."
    assert mentions.sentence(text, 22, 28)[0] == text


def test_a_sentence_that_is_too_long_is_kept_from_its_beginning_on():
    text = "Nobody has shown that " + "word " * 40 + "Blinken " + "word " * 200
    at = text.index("Blinken")
    sentence, start, end = mentions.sentence(text, at, at + 7)
    assert sentence.startswith("Nobody has shown that word")
    assert sentence.endswith("word …")
    assert sentence[start:end] == "Blinken"
    assert len(sentence) <= mentions.LONGEST_SENTENCE + 2


def test_a_sentence_that_is_too_long_is_cut_at_words():
    text = "word " * 200 + "Blinken " + "word " * 200
    at = text.index("Blinken")
    sentence, start, end = mentions.sentence(text, at, at + 7)
    assert sentence[start:end] == "Blinken"
    assert len(sentence) <= mentions.LONGEST_SENTENCE + 4
    assert sentence.startswith("… word")
    assert sentence.endswith("word …")


@pytest.mark.parametrize(
    "address", ["https://example.org/Gazette/a", "tips@Gazette.org", "<https://example.org/Gazette>", "www.example.org/Gazette"]
)
def test_nobody_is_named_in_an_address(address):
    text = read(f"See {address} for more.", path="a.md")[0]
    assert mentions.occurrences(text, mentions.KnownNames({"Gazette": "gazette"}), autolink="all") == ()
    assert not mentions.contains_name(text.text, {"Gazette": "gazette"})
    assert mentions.contains_name("Gazette at https://example.org/", {"Gazette": "gazette"})


@pytest.mark.parametrize(
    "language, name, form",
    [
        *(
            ("fi", name, form)
            for name, form in (
                ("Turku", "turun"),
                ("Turku", "turkuun"),
                ("Helsinki", "helsingissä"),
                ("Pekka", "pekan"),
                ("Lahti", "lahdessa"),
            )
        ),
        *(
            ("fi", name, form)
            for name, form in (
                ("Anna Lehto", "anna lehdon"),
                ("Sari Mäki", "sari mäen"),
                ("Nokia", "nokiassa"),
                ("Elina Virtanen", "elina virtasen"),
            )
        ),
        ("hu", "Orbán Viktor", "orbán viktorral"),
        ("et", "Tartu", "tartusse"),
        ("fi", "Turku", ""),
    ],
)
def test_the_cases_of_a_name_are_found_with_their_other_consonants(language, name, form):
    told = plain(f"x {form.title() or 'Turkka Turve'} y")
    assert with_ending(told, [name], language) == ((name, plain(form.title())) if form else ("", ""))


@pytest.mark.parametrize(
    "language, name, form",
    [
        ("fi", "Tampere", "Tampereella"),
        ("fi", "Antti Rinne", "Antti Rinteelle"),
        ("fi", "Alexander Stubb", "Alexander Stubbille"),
        ("fi", "Yle", "Yleltä"),
        ("et", "Tallinn", "Tallinnas"),
        ("et", "Kaja Kallas", "Kaja Kallasega"),
        ("hu", "Pécs", "Pécsett"),
        ("hu", "Gyurcsány", "Gyurcsánnyal"),
        ("hu", "Balogh", "Baloghgal"),
        ("tr", "Merkez Bankası", "Merkez Bankasından"),
        ("tr", "Ahmet", "Ahmed"),
        ("az", "İlham Əliyev", "İlham Əliyevə"),
        ("cs", "Praha", "Praze"),
        ("lt", "Vilnius", "Vilniuje"),
        ("sv", "Oslo", "Oslos"),
        ("ka", "თბილისი", "თბილისში"),
        ("hy", "Երևան", "Երևանում"),
        ("kk", "Астана", "Астанаға"),
        ("uz", "Toshkent", "Toshkentda"),
        ("ro", "București", "Bucureștiului"),
        ("sq", "Tirana", "Tiranës"),
        ("ta", "சென்னை", "சென்னையில்"),
        ("bn", "ঢাকা", "ঢাকায়"),
        ("sv", "Anders", ""),
        ("en", "Stockholm", ""),
    ],
)
def test_a_name_with_a_joined_ending_is_told_in_every_language_that_joins_them(language, name, form):
    told = plain(f"x {form or 'Andersson Stockholmer'} y")
    assert with_ending(told, [name], language) == ((name, plain(form)) if form else ("", ""))


@pytest.mark.parametrize("text", ["Ankara’da", "Ankara'nın", "Ankara’dan", "ANKARA Ankaraʼya"])
def test_an_ending_behind_an_apostrophe_leaves_a_name_a_mention(text):
    assert found({"Ankara": "a"}, text) == [("a", "Ankara", True)]
