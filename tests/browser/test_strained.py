"""A site that strains its look: long names and titles, dates long ago, many sources, texts that are read from the other side. Nothing may overlap, be cut, or lie."""

import itertools

import pytest
from playwright.sync_api import expect

from builder.build.pipeline import Options, build
from tests.browser.ours import BOTH_FACES

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NAMES = [f"Wilhelmina Featherstonehaugh-Cholmondeley de la Tour du Pin {n}" for n in range(1, 8)]
TITLE = "Why the harbour was closed, opened, closed again and opened once more, what everybody who was there says about that, and what nobody has asked yet"
STRAINED = f"""---
title: {TITLE}
published: 2024-03-09
topics: [{", ".join(f"A topic with quite a long name {n}" for n in range(1, 7))}]
authors: [{", ".join(NAMES[:4])}]
sources:
{"".join(f"  s{n}: {{publisher: The Observer and Advertiser for the Outer Islands {n}, title: Report {n}, published: 2024-03-0{n}}}" + chr(10) for n in range(1, 6))}
actors:
{"".join(f"  a{n}: {{name: {name}, position: {{role: Keeper, from: '-0600~'}}}}" + chr(10) for n, name in enumerate(NAMES, 1))}
quotes:
  - {{id: q1, speaker: a1, text: The boat is sound., via: [s1, s2, s3], said: 2024-03-01}}
  - {{id: q2, speaker: a1, text: Nothing is signed., via: [s1], said: 2024-03-01}}
  - {{id: q3, speaker: a1, text: We wait., via: [s1], said: 2024-03-01}}
timeline:
{"".join(f"  - {{id: e{n}, when: '{year}', title: Event {n}, place: A place, actors: [a1, a2, a3, a4, a5, a6, a7], sources: [s1, s2, s3, s4, s5]}}" + chr(10) for n, year in enumerate(["-0043", "0476", "1291?", "1667", "18XX", "1914/1918", "1950/..", "2022-01~"], 1))}
---
Words.[^n] “The boat is sound.” “Nothing is signed.” “We wait.”

![[q1]]

[^n]: A note on the *Patience*.
"""
DENIED = """quotes:
  - {id: sold, speaker: a1, text: the boat is sold, mode: indirect, said: 2024-03-01, in_body: no}
  - {id: kept, speaker: a2, text: She is not., said: 2024-03-02, denies: sold, in_body: no}
"""
ARABIC = """---
title: هل ستبحر العبّارة هذا الشتاء؟
lang: ar
published: 2024-03-01
sources:
  fanous: {publisher: الفانوس, title: شكوك حول العبّارة, published: 2024-03-07}
actors:
  layla: {name: ليلى بركات, position: {role: مديرة المرفأ}}
quotes:
  - {id: r1, speaker: layla, text: القارب سليم., via: [fanous], said: 2024-03-06}
timeline:
  - {id: r-vote, when: 2024-02-04, title: المجلس يصوّت, sources: [fanous]}
---
تقول ليلى بركات “القارب سليم.” ثم تمضي، وتقول ذلك مرة أخرى لكل من يسألها عن العبّارة وعن الشتاء.[^a]

![[timeline]]

## ما المعروف

`code` *لا* أحد يعرف.

[^a]: ملاحظة في الهامش.
"""


@pytest.fixture(scope="module")
def strained(tmp_path_factory, served):
    folder = tmp_path_factory.mktemp("strained")
    (folder / "content/explainers").mkdir(parents=True)
    (folder / "content/site.yaml").write_text(
        "title: The Tidewater Post\nbase_url: https://example.org/news/backstory/\ndata: full\n", "utf-8"
    )
    (folder / "content/explainers/harbour.md").write_text(STRAINED, "utf-8")
    (folder / "content/explainers/harbour-too.md").write_text(
        f"---\ntitle: Once more\nsummary: Short.\npublished: 2024-03-08\ntopics: [{', '.join('ABC')}]\n{DENIED}---\nWords.\n", "utf-8"
    )
    (folder / "content/pages").mkdir()
    (folder / "content/pages/house.md").write_text("---\ntitle: House style\n---\nWords.[^a]\n\n[^a]: A remark on a plain page.\n", "utf-8")
    (folder / "content/explainers/ferry.md").write_text(ARABIC, "utf-8")
    report = build(Options(folder, folder / "site", jobs=1, cache=False))
    assert report.plan is not None, report.diagnostics
    return served(folder / "site", "/news/backstory/")


@pytest.fixture
def opened(new_page, strained):
    def open_page(path, **options):
        page = new_page(**{"viewport": WIDE, "reduced_motion": "reduce", **options})
        page.goto(strained.url + path)
        if options.get("java_script_enabled", True):  # Without scripts, a page draws no frames in which to look again.
            page.wait_for_function(BOTH_FACES)
        return page

    return open_page


@pytest.mark.parametrize("view", [WIDE, PHONE], ids=["wide", "phone"])
def test_what_was_said_stands_beside_what_denies_it(opened, view):
    page = opened("explainers/harbour-too/statements/", viewport=view, java_script_enabled=False)
    denied = page.locator(".facing", has=page.locator(".denies"))
    expect(denied).to_contain_text("the boat is sold")
    expect(denied.locator(".denies")).to_contain_text("“She is not.”")
    expect(denied.locator(".denies")).to_contain_text(NAMES[1])
    said, other = denied.locator("figure").first.bounding_box(), denied.locator(".denies").bounding_box()
    assert (other["x"] >= said["x"] + said["width"]) == (view is WIDE)
    assert (other["y"] >= said["y"] + said["height"]) == (view is PHONE)


@pytest.mark.parametrize(
    "path, entries, beside",
    [
        ("events/", ".entry", ".aside"),
        ("actors/a1/", ".quotes > li", ".footing"),
        ("quotes/", ".quotes > li", ".footing"),
        ("explainers/", ".explainer-entry", ".aside"),
    ],
)
def test_what_stands_beside_an_entry_ends_before_the_next_begins(opened, path, entries, beside):
    page = opened(path)
    found = page.evaluate(
        "([entries, beside]) => [...document.querySelectorAll(entries)].map((entry) => {"
        " const box = entry.getBoundingClientRect(), note = entry.querySelector(beside).getBoundingClientRect();"
        " return {top: box.top, right: box.right, note: note.bottom, left: note.left, width: note.width, what: entry.querySelector('.what, blockquote, h3').getBoundingClientRect()}; })",
        [entries, beside],
    )
    assert len(found) > 1
    for box, after in itertools.pairwise(found):
        assert box["note"] <= after["top"], path
    assert {box["left"] for box in found} == {found[0]["left"]}
    assert all(box["width"] > 200 for box in found)


@pytest.mark.parametrize("view", [WIDE, PHONE])
def test_no_source_of_an_event_is_cut(opened, view):
    page = opened("explainers/harbour/", viewport=view)
    for reports in page.locator(".entry .reports").all():
        assert reports.evaluate("(node) => node.scrollWidth <= node.clientWidth + 1 || getComputedStyle(node).overflowX === 'visible'")
        assert reports.evaluate("(node) => [...node.querySelectorAll('a')].every((one) => one.getBoundingClientRect().right <= innerWidth)")


def test_no_dot_stands_behind_a_date_within_brackets(opened):
    page = opened("explainers/harbour/")
    dates = page.locator(".cast dd > .time")
    assert dates.count() > 3
    assert {element.evaluate("(node) => getComputedStyle(node, '::after').content") for element in dates.all()} == {"none"}


def test_a_timeline_has_no_headings_where_nearly_each_event_would_have_its_own(opened):
    page = opened("explainers/harbour/")
    assert page.locator(".fold:has(#part--timeline) .timeline > .entry").count() == 8
    assert page.locator(".group").count() == 0


def test_emphasis_shows_in_a_note(opened):
    page = opened("explainers/harbour/")
    emphasis = page.locator(".sidenote em").first
    assert emphasis.evaluate("(node) => [getComputedStyle(node).fontStyle, getComputedStyle(node).fontSynthesisStyle]") == [
        "italic",
        "auto",
    ]


# --- a text that is read from the other side than its site ------------------------------------------------


@pytest.mark.parametrize("media", ["screen", "print"])
def test_notes_of_a_text_that_is_read_from_the_right_stand_in_the_margin_of_the_page(opened, media):
    page = opened("explainers/ferry/")
    page.emulate_media(media=media)
    found = page.evaluate(
        "[...document.querySelectorAll('.text .sidenote')].map((note) => [note.getBoundingClientRect(), note.closest('p').getBoundingClientRect()])"
    )
    assert found
    for note, line in found:
        assert note["left"] >= line["right"] - 1
        assert note["right"] <= WIDE["width"]


def test_what_is_not_of_the_text_is_in_the_language_of_the_site(opened):
    page = opened("explainers/ferry/")
    language = "(node) => [node.closest('[lang]').lang, getComputedStyle(node).direction]"
    for theirs in ("h1", ".text > p", ".text > h2:last-of-type", ".citation bdi"):
        assert page.locator(theirs).first.evaluate(language) == ["ar", "rtl"], theirs
    for ours in (
        ".dateline",
        ".in-short dt",
        ".segments",
        "#part--timeline",
        ".text .legend, .text .timeline",
        "#part--quotes",
        "#part--cite",
    ):
        assert page.locator(ours).first.evaluate(language) == ["en", "ltr"], ours
    assert page.locator(".text code").evaluate("(node) => getComputedStyle(node).direction") == "ltr"
    assert page.locator(".text em").evaluate("(node) => getComputedStyle(node).fontStyle") == "normal"


def test_a_day_stays_together_behind_a_name_that_is_read_from_the_right(opened):
    page = opened("sources/")
    left = "(node) => { const range = document.createRange(); range.setStart(node.firstChild, 0); range.setEnd(node.firstChild, 1); return range.getBoundingClientRect().left; }"
    row = page.locator(".sources-table tr", has_text="الفانوس")
    assert row.locator("time").evaluate(left) > row.locator("th a").first.evaluate(left)
    page.goto(page.url.replace("sources/", "explainers/ferry/statements/"))
    name = page.locator(".statements .chain a[href*='/sources/']")
    assert name.inner_text() == "الفانوس\u200e, 7 Mar 2024"
    day = "(node) => { const range = document.createRange(), at = node.firstChild.data.indexOf('7'); range.setStart(node.firstChild, at); range.setEnd(node.firstChild, at + 1); return range.getBoundingClientRect().left; }"
    assert name.evaluate(day) > name.evaluate(left)


# --- paper ------------------------------------------------


def test_on_paper_a_legend_is_not_parted_from_its_quotes_and_files_are_not_offered(opened):
    page = opened("explainers/harbour/statements/")
    page.emulate_media(media="print")
    assert page.locator(".legend").first.evaluate("(node) => [getComputedStyle(node).breakInside, getComputedStyle(node).breakAfter]") == [
        "avoid",
        "avoid",
    ]
    assert not page.locator(".as-data").is_visible()
    assert page.locator(".colophon").is_visible()


def test_on_paper_a_note_of_a_plain_page_stands_within_its_text(opened):
    page = opened("house/")
    page.emulate_media(media="print")
    note, text = page.locator(".sidenote").bounding_box(), page.locator(".text").bounding_box()
    assert note["x"] >= text["x"]
    assert note["x"] + note["width"] <= text["x"] + text["width"]


def test_letters_of_twice_the_size_leave_the_text_its_room_beside_the_margin(opened):
    page = opened("explainers/harbour/")
    page.add_style_tag(content=":root { font-size: 200%; }")
    assert page.locator(".text").bounding_box()["width"] > WIDE["width"] / 2


def test_the_strip_has_the_colours_that_a_reader_has_forced(opened):
    page = opened("explainers/harbour/", forced_colors="active")
    forced = page.locator(".entry .title a").first.evaluate("(node) => getComputedStyle(node).color")
    assert page.locator(".strip circle").first.evaluate("(node) => getComputedStyle(node).stroke") == forced


def test_the_footing_of_a_quote_placed_in_a_text_stands_close_below_its_caption(opened):
    page = opened("explainers/harbour/")
    caption, footing = (page.locator(f".text > .quote-brief {part}").bounding_box() for part in ("figcaption", ".footing"))
    assert 0 <= footing["y"] - caption["y"] - caption["height"] < 4
    assert footing["x"] == caption["x"]
