"""Annotating in the preview, with a real browser and real files: by keys, by taps, and what stands in the way."""

from tests.browser import install
from tests.browser.ferry import BODY, HEAD, PATH, begun, said, stands_at, text
from tests.browser.test_accessibility import look


def test_by_keys_a_plain_quote_takes_two_and_a_new_speaker_its_letters_and_one(preview, page):
    begun(preview, page)
    assert page.locator("backstory-annotate .counted").inner_text() == "4 quotations, 3 to do"
    assert page.evaluate("CSS.highlights.get('backstory-to-do').size") == 3
    for key in ("1", "Enter"):
        page.keyboard.press(key)
    stands_at(page, "3 of 4")
    assert text(preview) == HEAD + "  - bo-berg: The boat is sound.\n    via: gazette\n" + BODY
    page.keyboard.type("Jane Roe, Clerk")
    page.keyboard.press("Enter")
    stands_at(page, "4 of 4")
    assert "  jane-roe: Jane Roe, Clerk\n" in text(preview)
    assert "  - jane-roe: we shall see\n    via: gazette\n" in text(preview)
    page.keyboard.press("0")
    page.locator("backstory-annotate .counted", has_text="none to do").wait_for()
    assert "“blue fleet”{quote=no} is" in text(preview)
    page.keyboard.press("Control+z")
    page.locator("backstory-annotate .said", has_text="Taken back").wait_for()
    assert "{quote=no}" not in text(preview)
    page.keyboard.press("n")
    stands_at(page, "4 of 4")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("backstory-annotate").wait_for(state="detached")
    assert page.evaluate("CSS.highlights.has('backstory-to-do')") is False


def test_by_touch_a_plain_quote_takes_two_taps_and_axe_finds_nothing(preview, new_page):
    page = begun(preview, new_page(viewport={"width": 390, "height": 800}, has_touch=True, color_scheme="dark"))
    sizes = page.evaluate(
        """() => [...document.querySelector("backstory-annotate").shadowRoot.querySelectorAll("button, li, input, select, summary")]
            .filter(one => one.offsetParent).map(one => one.getBoundingClientRect()).filter(box => Math.min(box.width, box.height) < 24).length"""
    )
    assert sizes == 0
    page.evaluate(install.AXE.read_text("utf-8"))
    assert look(page) == []
    page.locator("backstory-annotate [role=option]", has_text="Bo Berg").tap()
    page.locator("backstory-annotate button", has_text="Write").tap()
    stands_at(page, "3 of 4")
    assert "  - bo-berg: The boat is sound.\n" in text(preview)


def test_nothing_typed_is_lost_where_the_file_may_not_be_written_or_has_changed(preview, page):
    begun(preview, page)
    (preview.root / PATH).chmod(0o444)
    page.keyboard.type("Jane Roe, Clerk")
    page.keyboard.press("Enter")
    page.locator("backstory-annotate .why", has_text="may not be written").wait_for()
    assert text(preview) == HEAD + BODY
    (preview.root / PATH).chmod(0o644)
    preview.edit("On Monday Bo", "On Monday, “at noon”, Bo")
    page.locator("backstory-annotate .counted", has_text="5 quotations").wait_for()
    assert page.locator("backstory-annotate #who").input_value() == "Jane Roe, Clerk"
    assert page.locator("backstory-annotate .words").inner_text() == "The boat is sound."
    page.keyboard.press("Enter")
    stands_at(page, "4 of 5")
    assert "  - jane-roe: The boat is sound.\n" in text(preview)


def test_any_words_become_records_by_keys_alone_and_by_a_selection_with_the_mouse(preview, new_page):
    preview.edit("is one boat.", "is one boat. Then Jane van Roe of the Harbour Council said on Friday that it may stop. Mr Abara stayed.")
    page = begun(preview, new_page(viewport={"width": 1200, "height": 900}))
    page.keyboard.press("Escape")
    # By the keyboard: to the sentence with “Friday”, its words, and what they are.
    page.keyboard.press("s")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    said(page, "Selected: Then")
    for _ in range(10):
        page.keyboard.press("Shift+ArrowRight")
    said(page, "Selected: Then Jane van Roe of the Harbour Council said on Friday")
    page.evaluate(install.AXE.read_text("utf-8"))
    assert look(page) == []
    page.keyboard.press("e")
    page.locator("backstory-annotate h2", has_text="Event").wait_for()
    assert page.locator("backstory-annotate #day option:checked").inner_text() == "Friday: 14 January 2022, counted from 19 January 2022"
    assert look(page) == []
    page.keyboard.press("Enter")
    said(page, "Written: event")
    assert "when: {says: Friday, is: 2022-01-14}\n    title: Then Jane van Roe of the Harbour Council said on Friday\n" in text(preview)
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.className") == "bar"
    # It is changed where it stands.
    page.locator(".text .event-words").click()
    page.locator("backstory-annotate h2", has_text="Event").wait_for()
    page.locator("backstory-annotate #other").fill("2022-01-13")
    page.keyboard.press("Enter")
    said(page, "Written: change event")
    assert "    when: 2022-01-13\n" in text(preview)
    # With the mouse, words in part count whole.
    page.evaluate(
        """() => { const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
        while (!walker.nextNode().data.includes("it may stop"));
        const at = walker.currentNode.data.indexOf("it may stop");
        getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 9); }"""
    )
    page.locator("backstory-annotate .makes button", has_text="Paraphrase").click()
    page.keyboard.type("Bo")
    page.keyboard.press("Enter")
    said(page, "Written: paraphrase “it may stop”.")
    assert "  - bo-berg: it may stop\n    via: gazette\n    mode: indirect\n" in text(preview)
    # Names: each with its kind, a surname as another name; an office costs its letters.
    page.keyboard.press("m")
    page.locator("backstory-annotate .words", has_text="Jane van Roe").wait_for()
    page.keyboard.type(", Clerk")
    page.keyboard.press("Enter")
    page.locator("backstory-annotate .words", has_text="Harbour Council").wait_for()
    page.keyboard.press("Enter")
    page.locator("backstory-annotate [role=option][aria-selected=true]", has_text="Another name of Ada Abara").wait_for()
    page.keyboard.press("Enter")
    said(page, "Written: other name “Abara”.")
    for line in (
        "  jane-van-roe: Jane van Roe, Clerk\n",
        "  harbour-council: {name: Harbour Council, type: PublicBody}\n",
        "alias: Abara}\n",
    ):
        assert line in text(preview)
    for what in ("other name “Abara”", "actor “Harbour", "actor “Jane", "paraphrase “it", "change event", "event “Then"):
        page.keyboard.press("Control+z")
        said(page, f"Taken back: {what}")
    page.locator("backstory-annotate button:disabled", has_text="Undo").wait_for()
    assert "timeline:" not in text(preview)


def test_an_event_gets_its_status_and_who_says_so_by_keys_alone_in_the_words_of_the_site(preview, page):
    preview.edit("is one boat.", "is one boat. The bridge fell then.")
    preview.write("content/site.yaml", "title: A site\nlanguage: de\n")
    begun(preview, page)
    for key in ("Escape", "s", "ArrowDown", "ArrowDown", "ArrowDown", *["Shift+ArrowRight"] * 3):
        page.keyboard.press(key)
    said(page, "Selected: The bridge fell then")
    page.keyboard.press("e")
    status, by = (page.locator("backstory-annotate").get_by_label(name, exact=True) for name in ("Status", "Wer das sagt"))
    assert (status.input_value(), by.input_value()) == ("", "")
    assert "möglich" in status.inner_text()
    page.locator("backstory-annotate #other").fill("2022-01-14")
    page.locator("backstory-annotate #who").focus()
    reach(page, "status")
    page.keyboard.type("behauptet")
    reach(page, "by")
    page.keyboard.type("Ada")
    page.evaluate(install.AXE.read_text("utf-8"))
    assert look(page) == []
    page.keyboard.press("Enter")
    said(page, "Written: event")
    assert "    title: The bridge fell then\n    status: alleged\n    by: ada\n" in text(preview)
    # The form of the event has them; the rest stays as it is.
    page.locator(".text .event-words").click()
    assert (status.input_value(), by.input_value()) == ("alleged", "ada")
    reach(page, "status")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    said(page, "Written: change event")
    assert "    title: The bridge fell then\n    by: ada\n" in text(preview)
    # A date asks for them where it makes a new event.
    page.locator(".text .event-words").wait_for()
    for key in ("s", "ArrowDown", "d"):
        page.keyboard.press(key)
    page.locator("backstory-annotate h2", has_text="Date").wait_for()
    assert not status.is_visible()
    page.keyboard.type("The bridge is shut")
    assert status.is_visible()


def reach(page, field):
    """Go to a field of the form by the tabulator."""
    for _ in range(20):
        if page.evaluate("document.activeElement.shadowRoot?.activeElement?.id") == field:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tabulator does not lead to {field}")


def test_the_numbers_of_the_speakers_stay_while_text_and_actors_stay(preview, page):
    quote = "{speaker: ada, text: The boat is sound., via: gazette}"
    preview.edit("quotes:", f"proposed:\n  - id: p1\n    candidates: [bo-berg]\n    quote: {quote}\nquotes:")
    begun(preview, page)
    names = page.locator("backstory-annotate [role=option] .name")
    before = names.all_inner_texts()[:2]
    assert before == ["Ada Abara", "Bo Berg"]  # as proposed, and not the nearest first
    page.locator("backstory-annotate [role=option]", has_text="Bo Berg").click()
    page.locator("backstory-annotate button", has_text="Write").click()
    stands_at(page, "3 of 4")
    assert "p1" not in text(preview)
    page.keyboard.press("Shift+PageUp")
    stands_at(page, "2 of 4")
    assert names.all_inner_texts()[:2] == before
