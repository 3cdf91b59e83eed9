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
  const sign = note.previousElementSibling, box = note.getBoundingClientRect(), line = sign.parentElement.getBoundingClientRect();
  return {left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY, line: line.top + scrollY, end: line.bottom + scrollY};
})
"""


@pytest.fixture
def reader(new_page, site):
    def opened(**options):
        page = new_page(**{"viewport": WIDE, "reduced_motion": "reduce", **options})
        page.goto(site.url + EVIDENCE)
        return page

    return opened


@pytest.fixture
def folded(reader):
    """A phone without a script."""
    return reader(viewport=PHONE, has_touch=True, java_script_enabled=False)


def shows(page, sentence):
    """Wait for the card and tell whether it says something."""
    card = page.locator(".card:popover-open")
    expect(card).to_contain_text(sentence, timeout=60_000)
    return card


def gone(page):
    expect(page.locator(".card:popover-open")).to_have_count(0, timeout=60_000)


# --- notes ------------------------------------------------


@pytest.mark.parametrize("width", [1100, 1280, 1920])
def test_notes_stand_in_the_margin_one_below_the_other(reader, width):
    page = reader(viewport={"width": width, "height": 800})
    page.wait_for_function(BOTH_FACES)
    column = page.locator(".text").bounding_box()
    contents = page.locator(".contents").bounding_box()
    last, found = contents["y"] + contents["height"], page.evaluate(NOTES)
    assert len(found) > 20
    for note in found:
        assert note["left"] > column["x"] + column["width"]
        assert note["right"] <= width
        assert note["top"] >= last
        # On its line; or straight below the note before it, where that takes the room.
        assert note["top"] >= note["line"] - 5
        assert note["top"] <= note["end"] or note["top"] - last < 40
        last = note["bottom"]
    assert last <= page.locator(".text").bounding_box()["y"] + page.locator(".text").bounding_box()["height"] + 12


def test_a_note_says_who_this_is_in_this_story(reader):
    page = reader()
    blinken = page.locator(".actor-note", has_text="Antony Blinken")
    expect(blinken).to_have_count(1)
    expect(blinken).to_have_text("Antony Blinken: Secretary of State, US State Department (as of 19 Jan 2022)")
    expect(page.locator(".actor-note", has_text="CIA spokesman").first).to_contain_text("how they know: not stated")


def test_a_note_says_who_said_it_and_how_it_reached_us(reader):
    note = reader().locator("#said--still-a-lot + .quote-sign + .quote-note")
    expect(note).to_have_text("An unnamed Ukrainian officialReported by CNN, c. 19 Jan 2022 → a website that we cannot name")
    assert note.locator("a.quote").get_attribute("href") == "#quote--still-a-lot"


def test_the_margin_tells_a_way_once_and_a_note_that_is_opened_alone_tells_it_again(reader, folded):
    again = ".quote-note .again"
    wide = reader(java_script_enabled=False)
    ways = wide.locator(again)
    assert ways.count() > 3
    assert not any(way.is_visible() for way in ways.all())
    wide.locator(".notes-switch input").check()
    sign = wide.locator(".quote-sign:has(+ .quote-note .again)").first
    sign.click()
    assert ways.first.is_visible()
    folded.locator(".quote-sign:has(+ .quote-note .again)").first.tap()
    assert folded.locator(again).first.is_visible()


def test_most_notes_stand_near_their_line(reader):
    page = reader()
    page.wait_for_function(BOTH_FACES)
    drifts = sorted(note["top"] - note["end"] for note in page.evaluate(NOTES))
    assert drifts[len(drifts) // 2] < 80, drifts
    assert drifts[-1] < 420, drifts


def test_a_note_says_which_day_friday_is(reader):
    note = reader(java_script_enabled=False).locator("#told--false-flag-accusation + .event-sign + .event-note")
    expect(note).to_have_text("14 January 2022: The United States accuses Russia of preparing a false-flag operation")
    assert note.locator(".shape.day").count() == 1
    assert note.is_visible()


def test_a_heading_keeps_its_distance_from_an_open_note(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    page.goto(page.url.replace("how-thin-is-the-evidence", "arming-a-resistance"))

    def distances():
        return page.evaluate("""[...document.querySelectorAll('.text > h2')].map((heading) => {
          const words = document.createRange();
          words.selectNodeContents(heading);
          const top = words.getBoundingClientRect().top;
          const above = [...document.querySelectorAll('.text .sidenote, .text > *')].map((one) => one.getBoundingClientRect());
          return Math.min(...above.filter((box) => box.height && box.bottom <= top + 3).map((box) => top - box.bottom));
        })""")

    closed = distances()
    page.locator(".notes-switch input").check()
    assert len(closed) > 4
    assert min(closed) >= 40
    assert min(distances()) >= 40


def test_quoted_words_hold_nothing_but_the_quote(reader):
    for words in reader().locator(".quote-words").all():
        assert words.locator("label, input, .sidenote").count() == 0


def test_on_a_phone_a_tap_opens_the_note_in_place_and_another_closes_it(folded):
    for sign in (".note-ref label", ".quote-sign", ".event-sign", ".actor-sign:not(.held)"):
        first = folded.locator(sign).first
        note = (first if sign != ".note-ref label" else folded.locator(".note-ref").first).locator("xpath=following-sibling::*[1]")
        assert not note.is_visible()
        first.tap()
        assert note.is_visible()
        below = note.bounding_box()["y"] - first.bounding_box()["y"]
        assert 0 < below < 60
        first.tap()
        assert not note.is_visible()


def test_a_sign_is_as_large_as_a_finger_needs(folded):
    for box in folded.locator(".text label input:visible").all():
        size = box.bounding_box()
        assert min(size["width"], size["height"]) >= 24


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("view", [WIDE, PHONE], ids=["wide", "phone"])
def test_one_box_shows_or_hides_all_notes(reader, view, script):
    page = reader(viewport=view, java_script_enabled=script)
    box, notes = page.locator(".notes-switch input"), page.locator(".text .sidenote")
    before = notes.first.is_visible()
    assert before == (view is WIDE)
    box.check()
    assert [note.is_visible() for note in notes.all()] == [not before] * notes.count()
    if script:
        page.reload()
        assert box.is_checked()
    box.uncheck()
    assert notes.first.is_visible() == before


def test_with_all_notes_hidden_one_can_still_be_opened(reader):
    page = reader()
    page.locator(".notes-switch input").check()
    note = page.locator("#said--still-a-lot + .quote-sign + .quote-note")
    page.locator("#said--still-a-lot + .quote-sign").click()
    expect(note).to_be_visible()


def test_paper_has_all_notes_with_their_numbers(reader):
    page = reader()
    page.emulate_media(media="print")
    notes = page.locator(".text .sidenote")
    assert all(note.is_visible() for note in notes.all())
    numbers = notes.evaluate_all("(all) => all.map((note) => getComputedStyle(note, '::before').content)")
    assert numbers == [f'"{n}" " "' for n in range(1, len(numbers) + 1)] or numbers == [f'"{n} "' for n in range(1, len(numbers) + 1)]
    signs = page.locator(".text :is(label[data-n], .note-ref)").evaluate_all("(all) => all.map((sign) => Number(sign.dataset.n))")
    assert sorted(set(signs)) == list(range(1, len(numbers) + 1))
    assert not page.locator(".masthead nav").is_visible()
    assert not page.locator(".notes-switch").is_visible()
    outside = page.locator('main a[href^="http"]:not(.address)')
    assert all("http" in link.evaluate("node => getComputedStyle(node, '::after').content") for link in outside.all())
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


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


def test_paper_has_no_dot_behind_the_last_word_of_the_byline(new_page, site):
    page = new_page()
    page.goto(f"{site.url}explainers/is-diplomacy-over/")
    expect(page.locator(".byline .whats-new")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".byline .whats-new")).not_to_be_visible()
    dots = page.locator(".byline > span:visible").evaluate_all("(all) => all.map((part) => getComputedStyle(part, '::after').content)")
    assert len(dots) > 1
    assert dots == ['"\xa0·"'] * (len(dots) - 1) + ["none"]


def test_paper_has_no_dot_behind_the_last_word_of_a_quotes_footing(reader):
    page = reader()
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
    firsts = page.evaluate(LINES, ".sidenote, .who, .aside")
    assert len(firsts) > 60
    assert "·" not in firsts
    assert {
        page.evaluate("(css) => getComputedStyle(document.querySelector(css), '::after').content", css)
        for css in (".basis > span", ".byline > span")
    } == {'"\xa0·"'}


@pytest.mark.parametrize("path", ["quotes/", "sources/cnn-0119/", "actors/joe-biden/"])
def test_links_below_one_another_are_as_high_as_a_finger_needs(new_page, site, path):
    page = new_page(viewport=PHONE)
    page.goto(site.url + path)
    heights = page.locator(".leads a, .as-data a").evaluate_all(
        "(all) => all.flatMap((link) => [...link.getClientRects()].map((box) => box.height))"
    )
    lines = page.locator(".leads, .as-data").evaluate_all("(all) => all.map((line) => parseFloat(getComputedStyle(line).lineHeight))")
    assert heights
    assert min(heights + lines) >= 24


# --- cards ------------------------------------------------


def test_a_card_opens_over_a_name_and_closes_behind_it(reader):
    page = reader()
    page.locator(".text p a.actor", has_text="Lavrov").first.hover()
    card = shows(page, "Foreign Minister")
    expect(card).to_contain_text("as of 19 Jan 2022")
    assert card.locator("[id]").count() == 0
    page.mouse.move(5, 5)
    gone(page)


@pytest.mark.parametrize(
    "lead, says",
    [
        (".text > p a.event", "Russian forces from the Eastern Military District go to Belarus"),
        ("#told--troops-to-belarus + .event-sign", "17 Jan 2022"),
        ("#said--still-a-lot + .quote-sign", "republished by a website that we cannot name"),
        ("a.square", "republished by"),
        (".quote-note a.source", "carries"),
    ],
    ids=["event", "day", "quote", "square", "source"],
)
def test_a_card_tells_of_everything_that_has_a_page(reader, lead, says):
    page = reader()
    page.locator(lead).first.hover()
    shows(page, says)


def test_an_events_card_has_its_date_and_how_sure_it_is(reader):
    page = reader()
    page.locator(".text a.event", has_text="cyberattacks").hover()
    card = shows(page, "aimed at Ukraine")
    assert card.locator(".shape").count() == 1
    expect(card).to_contain_text("Jan 2022")


def test_the_keyboard_opens_a_card_walks_into_it_and_leaves_by_escape(reader):
    page = reader()
    name = page.locator(".text p a.actor", has_text="Lavrov").first
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
    name = page.locator(".text p a.actor", has_text="Lavrov").first
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
        page.locator(".text > p > a.actor").nth(3),
        page.locator("#said--covert-skills + .quote-sign"),
        page.locator("a.square").last,
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
    page.locator(".text p a.actor").first.hover()
    expect(page.locator(".card:popover-open")).to_have_count(1, timeout=60_000)
    assert asked == []


# --- how we know ------------------------------------------------


def test_the_head_counts_quotes_and_origins_and_each_square_leads_to_its_quote(reader):
    page = reader(java_script_enabled=False)
    how = page.locator(".how")
    expect(how).to_contain_text(
        "2 quotes: 2 from people who are not named. 8 paraphrases: 1 from an institution and 7 from people who are not named."
    )
    expect(how.locator(".footing")).to_have_count(0)
    expect(how.locator(".origins")).to_contain_text("One report (CNN, c. 19 Jan 2022)")
    squares = how.locator("a.square")
    assert squares.count() == 10
    squares.nth(4).click()
    assert page.locator(".quote-card:target").is_visible()
    for quote in page.locator(".quote-card").all():
        assert quote.locator(".chain li").count() >= 1


# --- at the foot ------------------------------------------------


def test_a_reader_is_told_how_to_cite(reader, site):
    words = " ".join(reader().locator(".citation").inner_text().split())
    assert re.match(
        r"Backstory desk: “How thin is the evidence on what Russia will do\?” Backstory, "
        r"published 23 November 2026, updated \d+ \w+ 20\d\d, as of 19 January 2022\.",
        words,
    )
    assert words.endswith("https://example.org/press/backstory/explainers/how-thin-is-the-evidence/")
