"""Keys and clicks that come faster than the answers of the preview: none is lost, and none accepts what was not seen."""

from tests.browser.ferry import BODY, HEAD, PATH, begun, said, stands_at, text


class Held:
    """Requests to an address, kept back until `go`."""

    def __init__(self, page, address, method):
        self.page, self.method, self.routes, self.is_open = page, method, [], False
        page.route(address, self._take)

    def _take(self, route):
        if route.request.method == self.method and not self.is_open:
            self.routes.append(route)
        else:
            route.continue_()

    def came(self):
        for _ in range(1200):
            if self.routes:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("no request came")

    def go(self):
        self.came()
        self.is_open = True
        for route in self.routes:
            route.continue_()


def test_what_is_typed_while_a_form_is_written_goes_into_the_next(preview, page):
    begun(preview, page)
    writes = Held(page, "**/__backstory/annotate", "POST")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    writes.came()
    page.keyboard.type("Jane Roex")
    page.keyboard.press("Backspace")
    page.keyboard.type(", Clerk")
    page.keyboard.press("Enter")
    writes.go()
    stands_at(page, "4 of 4")
    assert "  - bo-berg: The boat is sound.\n    via: gazette\n" in text(preview)
    assert "  jane-roe: Jane Roe, Clerk\n" in text(preview)
    assert "  - jane-roe: we shall see\n" in text(preview)


def test_a_click_while_a_form_is_written_leads_where_it_was_meant(preview, page):
    begun(preview, page)
    writes = Held(page, "**/__backstory/annotate", "POST")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    writes.came()
    page.mouse.click(*middle_of(page, "blue fleet"))
    page.keyboard.press("0")
    writes.go()
    said(page, "Written: quote “The boat is sound.”")
    stands_at(page, "4 of 4")
    assert page.locator("backstory-annotate .words").inner_text() == "blue fleet"
    assert "{quote=no}" not in text(preview)  # “0” alone was pressed before the form was there.


def test_letters_typed_before_a_refusal_are_told(preview, page):
    begun(preview, page)
    (preview.root / PATH).chmod(0o444)
    writes = Held(page, "**/__backstory/annotate", "POST")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    writes.came()
    page.keyboard.type("Jane Roe")
    page.keyboard.press("Enter")
    writes.go()
    page.locator("backstory-annotate .why", has_text="What you typed meanwhile was not used: “Jane Roe”.").wait_for()
    stands_at(page, "2 of 4")
    (preview.root / PATH).chmod(0o644)
    page.keyboard.press("Enter")
    stands_at(page, "3 of 4")
    assert text(preview) == HEAD + "  - bo-berg: The boat is sound.\n    via: gazette\n" + BODY


def test_a_state_asked_for_before_a_write_does_not_replace_the_newer_one(preview, page):
    begun(preview, page)
    states = Held(page, "**/__backstory/annotate?*", "GET")
    preview.edit("spoke first.", "spoke first, at noon.")
    states.came()
    answer = states.routes[0].fetch()
    page.keyboard.press("1")
    page.keyboard.press("Enter")  # Written although the page does not know the change: its digest is old, so it is refused.
    page.locator("backstory-annotate .why", has_text="look again").wait_for()
    page.keyboard.press("Enter")
    stands_at(page, "3 of 4")
    states.routes[0].fulfill(response=answer)
    page.wait_for_timeout(200)
    page.keyboard.type("Jane Roe")
    page.keyboard.press("Enter")
    stands_at(page, "4 of 4")
    assert page.locator("backstory-annotate .why").inner_text() == ""


def test_the_page_does_not_change_between_press_and_release(preview, page):
    begun(preview, page)
    page.keyboard.press("Escape")
    page.mouse.move(*middle_of(page, "we shall see"))
    page.mouse.down()
    with page.expect_response(lambda answer: answer.url.endswith("/explainers/ferry/")):
        preview.edit("“we shall see,” and left.", "“we shall see,” and left by *night*.")
    page.wait_for_timeout(100)
    assert page.locator(".text em").count() == 0
    page.mouse.up()
    stands_at(page, "3 of 4")
    page.locator(".text em").wait_for()


def middle_of(page, words):
    return page.evaluate(
        """words => { const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
        while (!walker.nextNode().data.includes(words));
        const range = document.createRange();
        const at = walker.currentNode.data.indexOf(words);
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + words.length);
        const box = range.getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2]; }""",
        words,
    )
