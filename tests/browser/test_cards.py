"""Which card is open when mouse and keyboard both have a say (WCAG 1.4.13). The page's clock stands still: a test says how much time passes."""

import pytest
from playwright.sync_api import expect

EVIDENCE = "explainers/how-thin-is-the-evidence/"
OPEN = 501
CLOSE = 301
"""How long a page waits before it opens or closes a card, and a little more (backstory.js)."""
NOTHING = (5, 795)
"""A place in the window where there is only paper."""
PLAIN = """
() => {
  for (let y = innerHeight - 5; y > 0; y -= 10) {
    for (let x = 60; x < innerWidth; x += 10) {
      const there = document.elementFromPoint(x, y);
      if (there.matches(".text p") && !there.closest(".card, .sidenote")) return [x, y];
    }
  }
}
"""


@pytest.fixture
def paused(new_page, site):
    """An explainer whose timers run only when a test says so."""
    page = new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.clock.install(time="2026-11-24T12:00:00")
    page.goto(site.url + EVIDENCE)
    page.clock.pause_at("2026-11-24T13:00:00")
    page.mouse.move(*NOTHING)
    return page


def name(page, text="Lavrov"):
    return page.locator(".text p a[href*='/actors/']", has_text=text).first


def walk_to(page, lead):
    """Come to a link with the keyboard, from the link before it."""
    lead.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(lead).to_be_focused()


def shown(page):
    """The name at the head of the open card."""
    card = page.locator(".card:popover-open")
    # The disc with the initials is not read aloud, and is no part of the name.
    return card.locator(".name a, .name:not(:has(a))").first.inner_text() if card.count() else None


def after(page, milliseconds):
    page.clock.run_for(milliseconds)
    return shown(page)


def nudge(page):
    """Move the mouse from the paper onto plain words, so that the browser says that it is over something else."""
    page.mouse.move(*page.evaluate(PLAIN))
    page.mouse.move(NOTHING[0], NOTHING[1] - 5)


def test_the_mouse_over_nothing_does_not_keep_a_card_from_the_keyboard(paused):
    walk_to(paused, name(paused))
    assert after(paused, OPEN - 200) is None
    nudge(paused)
    assert after(paused, 200) == "Sergei Lavrov"


def test_a_page_that_scrolls_under_a_resting_mouse_changes_nothing(paused):
    # The mouse lies where the page has scrolled to; the browser says over what, though nobody has pointed.
    lead = name(paused)
    box = lead.bounding_box()
    x = box["x"] + box["width"] / 2
    y = paused.evaluate("(x) => { let y = 100; while (document.elementFromPoint(x, y).closest('a')) y += 10; return y; }", x)
    where = box["y"] + box["height"] / 2 - y
    paused.mouse.move(x, y)
    paused.clock.run_for(CLOSE)
    paused.evaluate("addEventListener('pointerover', (event) => { document.body.dataset.over = event.target.textContent; })")
    paused.keyboard.press("Shift")
    paused.evaluate("(where) => scrollTo(0, where)", where)
    paused.wait_for_function("words => document.body.dataset.over === words", arg=lead.inner_text(), timeout=60_000)
    assert after(paused, OPEN) is None
    paused.mouse.move(box["x"] + 2, y)
    assert after(paused, OPEN) == "Sergei Lavrov"


def test_the_mouse_over_nothing_does_not_close_what_the_keyboard_holds(paused):
    walk_to(paused, name(paused))
    assert after(paused, OPEN) == "Sergei Lavrov"
    nudge(paused)
    assert after(paused, 10 * CLOSE) == "Sergei Lavrov"
    paused.keyboard.press("Tab")
    assert paused.locator(".card").evaluate("(card) => card.contains(document.activeElement)")
    paused.mouse.move(*NOTHING)
    assert after(paused, 10 * CLOSE) == "Sergei Lavrov"


def test_a_card_goes_when_the_focus_goes(paused):
    walk_to(paused, name(paused))
    assert after(paused, OPEN) == "Sergei Lavrov"
    paused.locator(".site-title a").focus()
    assert after(paused, CLOSE) is None


@pytest.mark.parametrize("waits", [OPEN, 100], ids=["open", "about to open"])
def test_escape_dismisses_a_card_until_the_focus_moves_or_the_mouse_asks(paused, waits):
    lead = name(paused)
    walk_to(paused, lead)
    after(paused, waits)
    paused.keyboard.press("Escape")
    assert after(paused, 10 * OPEN) is None
    nudge(paused)
    assert after(paused, 10 * OPEN) is None
    lead.hover()
    assert after(paused, OPEN) == "Sergei Lavrov"
    paused.keyboard.press("Escape")
    assert after(paused, 10 * OPEN) is None
    walk_to(paused, lead)
    assert after(paused, OPEN) == "Sergei Lavrov"


def test_escape_within_a_card_leads_back_to_its_name_and_does_not_open_it_again(paused):
    lead = name(paused)
    walk_to(paused, lead)
    after(paused, OPEN)
    paused.keyboard.press("Tab")
    paused.keyboard.press("Escape")
    expect(lead).to_be_focused()
    assert after(paused, 10 * OPEN) is None


def test_the_mouse_over_another_name_opens_that_one(paused):
    walk_to(paused, name(paused))
    assert after(paused, OPEN) == "Sergei Lavrov"
    name(paused, "Putin").hover()
    assert after(paused, OPEN) == "Vladimir Putin"
    paused.mouse.move(*NOTHING)
    assert after(paused, CLOSE) is None


def test_a_card_under_the_mouse_stays(paused):
    name(paused).hover()
    assert after(paused, OPEN) == "Sergei Lavrov"
    paused.locator(".card").hover()
    assert after(paused, 10 * CLOSE) == "Sergei Lavrov"
    paused.mouse.move(*NOTHING)
    assert after(paused, CLOSE) is None


def test_a_mouse_that_passes_by_opens_nothing(paused):
    name(paused).hover()
    assert after(paused, OPEN - 200) is None
    paused.mouse.move(*NOTHING)
    assert after(paused, 10 * OPEN) is None
