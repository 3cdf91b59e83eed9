"""An explainer as it is read: notes beside the text, cards over it; with the mouse, the keyboard and a finger, without a script, on paper."""

import re

import pytest
from playwright.sync_api import expect

from builder.build.pipeline import Options, build
from tests.browser.ours import BOTH_FACES

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
EVIDENCE = "explainers/how-thin-is-the-evidence/"
NOTES = """
[...document.querySelectorAll('.text .sidenote')].map((note) => {
  const sign = document.querySelector(`.text > * a[data-n="${note.dataset.n}"], .text a[href="#${note.id}"]`);
  const box = note.getBoundingClientRect(), line = sign.getClientRects()[0];
  const heading = [...document.querySelectorAll('.text > h2')].find((one) => note.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  return {own: note.id.startsWith('note--'), left: box.left, right: box.right, top: box.top, bottom: box.bottom, line: line.top, heading: heading ? heading.getBoundingClientRect().top : 1e6};
})
"""


@pytest.fixture
def reader(new_page, site):
    def opened(**options):
        page = new_page(**{"viewport": WIDE, "reduced_motion": "reduce", **options})
        page.goto(site.url + EVIDENCE)
        return page

    return opened


def shows(page, sentence):
    """Wait for the card and tell whether it says something."""
    card = page.locator(".card:popover-open")
    expect(card).to_contain_text(sentence, timeout=60_000)
    return card


def gone(page):
    expect(page.locator(".card:popover-open")).to_have_count(0, timeout=60_000)


# --- notes ------------------------------------------------


@pytest.mark.parametrize("width", [1100, 1280, 1920])
def test_notes_stand_in_the_margin_one_below_the_other_and_near_their_line(reader, width):
    page = reader(viewport={"width": width, "height": 800})
    page.wait_for_function(BOTH_FACES)
    column = page.locator(".text").bounding_box()
    last, found = 0, page.evaluate(NOTES)
    assert len(found) > 5
    for note in found:
        assert note["left"] > column["x"] + column["width"]
        assert note["right"] <= width
        assert note["top"] >= last
        assert note["bottom"] <= note["heading"]
        last = note["bottom"]
    if width == 1280:
        assert all(note["top"] - note["line"] <= 60 for note in found), found


def test_a_note_tells_who_speaks_and_how_often_and_each_only_once(reader):
    page = reader(java_script_enabled=False)
    words = page.locator(".sidenote[id^=beside] > span").all_inner_texts()
    assert "Joe Biden: President, United States." in words
    assert len(words) == len(set(words))
    official = next(word for word in words if word.startswith("A Ukrainian official"))
    assert re.search(r"How they know: not stated\. \d quotes?(, \d paraphrases?)?\b", official)
    assert page.locator(".sidenote", has_text="14 January 2022").is_visible()


def test_a_paragraph_shows_at_most_three_marks_until_all_are_asked_for(reader):
    page = reader()
    marks = ".quote-sign, .event-words, a[href*='/actors/']:not(.sidenote a)"
    counts = "([marks]) => [...document.querySelectorAll('.text > p')].map((p) => [...p.querySelectorAll(marks)].filter((one) => !one.matches('.more')).length)"
    assert max(page.evaluate(counts, [marks])) == 3
    more = page.locator(".text a.more")
    assert more.count()
    hidden = "(one) => getComputedStyle(one).textDecorationColor + getComputedStyle(one).color + getComputedStyle(one, '::before').content"
    before = more.first.evaluate(hidden)
    more.first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert more.first.evaluate(hidden) != before
    page.locator("h1").click()
    page.locator(".notes-switch input").check()
    assert more.first.evaluate(hidden) != before


def test_quoted_words_hold_no_link(reader):
    for words in reader().locator(".quote-words").all():
        assert words.locator("a, label, input, .sidenote").count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_on_a_phone_a_tap_opens_a_note_at_the_foot_and_its_cross_closes_it(reader, script):
    page = reader(viewport=PHONE, has_touch=True, java_script_enabled=script)
    assert not any(note.is_visible() for note in page.locator(".sidenote").all())
    sign = page.locator(".quote-sign[data-n]").first
    sign.tap()
    note = page.locator(sign.get_attribute("href"))
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert abs(box["y"] + box["height"] - 844) < 1
    cross = note.locator(".note-back")
    assert min(cross.bounding_box()["width"], cross.bounding_box()["height"]) >= 24
    cross.tap()
    expect(note).not_to_be_visible()


def test_on_a_phone_all_notes_stand_behind_their_paragraphs_where_they_are_asked_for(reader):
    page = reader(viewport=PHONE)
    page.locator(".notes-switch input").check()
    notes = page.locator(".text .sidenote")
    assert all(note.is_visible() for note in notes.all())
    assert page.locator(".text p .sidenote").count() == 0
    page.reload()
    assert page.locator(".notes-switch input").is_checked()
    page.locator(".notes-switch input").uncheck()
    assert not any(note.is_visible() for note in notes.all())
    assert page.locator(".text p .sidenote").count() > 3


def test_the_old_address_of_a_quote_leads_to_its_words(reader, site):
    page = reader()
    page.goto(site.url + EVIDENCE + "#quote--still-a-lot")
    assert page.locator(".quote-words:target").is_visible()
    page.goto(site.url + EVIDENCE + "statements/#quote--still-a-lot")
    assert page.locator(".quote-card:target").is_visible()
    assert page.locator(".statements .chain li").count()
    first = page.locator(".quote-card").first.get_attribute("id")
    page.locator(".sort select").select_option("who")
    speakers = page.locator(".quote-card").evaluate_all("(all) => all.map((one) => one.dataset.who)")
    assert sorted(speakers, key=str.casefold) == speakers
    page.locator(".sort select").select_option("")
    assert page.locator(".quote-card").first.get_attribute("id") == first


def test_paper_has_all_notes_with_their_numbers_and_the_sources(reader):
    page = reader()
    page.emulate_media(media="print")
    notes = page.locator(".text .sidenote")
    assert all(note.is_visible() for note in notes.all())
    letters = page.locator(".text .sidenote[data-n]").evaluate_all("(all) => all.map((note) => note.dataset.n)")
    assert letters == list("abcdefghijklm"[: len(letters)])
    assert page.locator(".sources > li").first.is_visible()
    assert not page.locator(".masthead nav").is_visible()
    assert not page.locator(".notes-switch").is_visible()
    outside = page.locator('main a[href^="http"]:not(.address):visible')
    assert all("http" in link.evaluate("node => getComputedStyle(node, '::after').content") for link in outside.all())
    assert len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True, format="A4"))) <= 4


@pytest.mark.parametrize("path", ["about/", "actors/ada/"])
def test_paper_has_the_notes_of_a_page_without_a_margin_in_its_column(new_page, served, tmp_path, path):
    note = "What is known[^1] is told.\n\n[^1]: By those who were there.\n"
    for name, front in (("pages/about", "title: About"), ("actors/ada", "name: Ada Abara")):
        (tmp_path / f"content/{name}.md").parent.mkdir(parents=True)
        (tmp_path / f"content/{name}.md").write_text(f"---\n{front}\n---\n{note}", "utf-8")
    assert build(Options(tmp_path, tmp_path / "site", jobs=1, cache=False)).plan is not None
    page = new_page(viewport={"width": 794, "height": 1123})
    page.goto(served(tmp_path / "site").url + path)
    page.emulate_media(media="print")
    column, beside = page.locator(".text").bounding_box(), page.locator(".text .sidenote").bounding_box()
    assert column["x"] <= beside["x"]
    assert beside["x"] + beside["width"] <= column["x"] + column["width"] + 1


def test_paper_has_no_dot_behind_the_last_word_of_the_dateline(new_page, site):
    page = new_page()
    page.goto(f"{site.url}explainers/is-diplomacy-over/")
    expect(page.locator(".dateline .whats-new")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".dateline .whats-new")).not_to_be_visible()
    dots = page.locator(".dateline > span:visible").evaluate_all("(all) => all.map((part) => getComputedStyle(part, '::before').content)")
    assert len(dots) > 1
    assert dots == ["none", *['"·"'] * (len(dots) - 1)]


def test_paper_has_no_dot_behind_the_last_word_of_a_quotes_footing(reader, site):
    page = reader()
    page.goto(site.url + EVIDENCE + "statements/")
    page.emulate_media(media="print")
    ends = page.locator(".quote-card .basis").evaluate_all(
        "(all) => all.map((line) => getComputedStyle([...line.children].filter((part) => part.getClientRects().length).at(-1), '::after').content)"
    )
    assert len(ends) > 5
    assert set(ends) == {"none"}


LINES = """(selector) => [...document.querySelectorAll(selector)].flatMap((node) => {
  const words = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), firsts = [];
  let line = -1;
  while (words.nextNode()) {
    [...words.currentNode.data].forEach((letter, n) => {
      const one = document.createRange();
      one.setStart(words.currentNode, n);
      one.setEnd(words.currentNode, n + 1);
      const box = one.getClientRects()[0];
      if (box && letter.trim() && box.top > line + 8) { firsts.push(letter); line = box.top; }
    });
  }
  return firsts;
})"""
"""The first letter of every line."""


@pytest.mark.parametrize("width", [320, 360, 390, 1100, 1280])
def test_no_line_begins_with_a_dot(reader, width):
    page = reader(viewport={"width": width, "height": 800})
    page.wait_for_function(BOTH_FACES)
    if width < 1100:
        page.locator(".notes-switch input").check()
    firsts = page.evaluate(LINES, ".sidenote, .dateline, .who, .aside")
    assert len(firsts) > 30
    assert "·" not in firsts
    assert page.evaluate("getComputedStyle(document.querySelector('.dateline > span + span'), '::before').content") == '"·"'


@pytest.mark.parametrize("path", ["quotes/", "sources/cnn-0119/", "actors/joe-biden/"])
def test_links_below_one_another_are_as_high_as_a_finger_needs(new_page, site, path):
    page = new_page(viewport=PHONE)
    page.goto(site.url + path)
    for summary in page.locator(".as-data > summary").all():
        summary.click()
    heights = page.locator(".leads a, .as-data a").evaluate_all(
        "(all) => all.flatMap((link) => [...link.getClientRects()].map((box) => box.height))"
    )
    lines = page.locator(".leads, .as-data").evaluate_all("(all) => all.map((line) => parseFloat(getComputedStyle(line).lineHeight))")
    assert heights
    assert min(heights + lines) >= 24


# --- cards ------------------------------------------------


def test_a_card_opens_over_a_name_and_closes_behind_it(reader):
    page = reader()
    page.locator(".text p > a[href*='/actors/']", has_text="Lavrov").first.hover()
    card = shows(page, "Foreign Minister")
    assert card.locator("[id]").count() == 0
    page.mouse.move(5, 5)
    gone(page)


@pytest.mark.parametrize(
    "lead, says",
    [
        (".text > p a[href*='/events/']", "Russian forces from the Eastern Military District go to Belarus"),
    ],
    ids=["event"],
)
def test_a_card_tells_of_everything_that_has_a_page(reader, lead, says):
    page = reader()
    page.locator(lead).first.hover()
    shows(page, says)


def test_an_events_card_has_its_date_and_how_sure_it_is(reader):
    page = reader()
    page.locator(".text a[href*='/events/']", has_text="cyberattacks").hover()
    card = shows(page, "aimed at Ukraine")
    expect(card).to_contain_text("Jan 2022")


def test_the_keyboard_opens_a_card_walks_into_it_and_leaves_by_escape(reader):
    page = reader()
    name = page.locator(".text p > a[href*='/actors/']", has_text="Lavrov").first
    name.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    card = shows(page, "Foreign Minister")
    assert page.evaluate("document.activeElement.textContent") == "Lavrov"
    described = name.get_attribute("aria-describedby")
    assert page.locator(f"[id='{described}']").is_visible()
    page.keyboard.press("Tab")
    assert card.evaluate("(card) => card.contains(document.activeElement)")
    page.keyboard.press("Escape")
    gone(page)
    assert page.evaluate("document.activeElement.textContent") == "Lavrov"


def test_a_tap_opens_the_card_at_once_and_a_second_follows_the_link(reader, site):
    page = reader(viewport=PHONE, has_touch=True)
    name = page.locator(".text p > a[href*='/actors/']", has_text="Lavrov").first
    name.tap()
    card = shows(page, "Foreign Minister")
    assert page.url == site.url + EVIDENCE
    box = card.bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert abs(box["y"] + box["height"] - 844) < 1
    page.locator("h1").tap()
    gone(page)
    name.tap()
    shows(page, "Foreign Minister")
    name.tap()
    page.wait_for_url("**/actors/sergei-lavrov/")


def test_a_card_stays_in_the_window(reader):
    page = reader(viewport={"width": 900, "height": 420})
    for lead in (
        page.locator(".text > p > a[href*='/actors/']").nth(3),
        page.locator(".text > p > a[href*='/actors/']").last,
    ):
        lead.scroll_into_view_if_needed()
        lead.hover()
        expect(page.locator(".card:popover-open")).to_have_count(1, timeout=60_000)
        box = page.locator(".card").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 900
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 420
        page.keyboard.press("Escape")
        gone(page)


def test_nothing_is_asked_of_the_network_for_a_card(reader):
    page = reader()
    page.wait_for_load_state("networkidle")
    asked = []
    # A busy Chromium asks for the page's icon late, by itself.
    page.on("request", lambda request: None if request.url.endswith("/favicon.svg") else asked.append(request.url))
    page.locator(".text p > a[href*='/actors/']", has_text="Lavrov").first.hover()
    expect(page.locator(".card:popover-open")).to_have_count(1, timeout=60_000)
    assert asked == []


# --- at the foot ------------------------------------------------


def test_a_reader_is_told_how_to_cite(reader, site):
    words = " ".join(reader().locator(".citation").text_content().split())
    assert re.match(
        r"Backstory desk: “How thin is the evidence on what Russia will do\?” Backstory, "
        r"published 23 November 2026, updated \d+ \w+ 20\d\d, as of 19 January 2022\.",
        words,
    )
    assert words.endswith("https://example.org/press/backstory/explainers/how-thin-is-the-evidence/")


# --- the first screen ------------------------------------------------


OURS = ("is-diplomacy-over", "how-thin-is-the-evidence", "arming-a-resistance")
FIRST_SENTENCE = """
() => {
  const text = document.createTreeWalker(document.querySelector('.text > p'), NodeFilter.SHOW_TEXT), range = document.createRange();
  while (text.nextNode()) {
    const end = text.currentNode.data.search(/[.?!](\\s|$)/);
    if (end < 0 || text.currentNode.parentElement.closest('.sidenote')) continue;
    range.setStart(text.currentNode, end);
    range.setEnd(text.currentNode, end + 1);
    return range.getBoundingClientRect().bottom;
  }
}
"""


def test_the_first_screen_has_what_is_known_in_short_and_the_first_sentence_of_the_text(new_page, site):
    page = new_page(viewport={"width": 1280, "height": 800})
    for path in OURS:
        page.goto(f"{site.url}explainers/{path}/")
        page.wait_for_function(BOTH_FACES)
        assert page.locator(".in-short dd").first.bounding_box()["y"] < 420
        assert page.evaluate(FIRST_SENTENCE) < 780, path
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".in-short dd").first.bounding_box()["y"] < 800
    for path in OURS:
        page.goto(f"{site.url}explainers/{path}/")
        page.wait_for_function(BOTH_FACES)
        # Within the upper part of the second screen.
        assert page.evaluate(FIRST_SENTENCE) < 1.75 * 844, path
    # The main menu has a line of its own, with all its items.
    assert page.locator(".masthead").bounding_box()["height"] <= 85
    items = [item.bounding_box() for item in page.locator(".masthead nav a").all()]
    assert len(items) == 5
    assert max(item["x"] + item["width"] for item in items) <= 390 - 20
    assert len({round(item["y"]) for item in items}) == 1


HEIGHT = "(selector) => [...document.querySelectorAll(selector)].reduce((sum, node) => sum + node.getBoundingClientRect().height, 0)"


def test_an_explainer_is_nine_screens_at_most_and_what_follows_its_text_is_short(new_page, site, folder):
    page = new_page(viewport={"width": 1280, "height": 800})
    for path in OURS:
        page.goto(f"{site.url}explainers/{path}/")
        page.wait_for_function(BOTH_FACES)
        assert page.evaluate("document.documentElement.scrollHeight") <= 9 * 800, path
        follows, text, placed = (page.evaluate(HEIGHT, selector) for selector in (".apparatus", ".text", ".text > .placed"))
        assert follows + placed <= 0.4 * (text - placed), path
        found = page.evaluate(NOTES)
        assert all(note["top"] - note["line"] <= 60 and note["bottom"] <= note["heading"] for note in found), (path, found)
        html = (folder / "explainers" / path / "index.html").read_text("utf-8")
        assert len(re.sub(r'<script type="application/ld\+json">.*?</script>', "", html, flags=re.DOTALL).encode()) <= 43_500, path
