"""From a draft to a page in the preview: what is proposed, fixes beside their problems, and two windows on one file."""

import pytest

from builder import cli
from tests.browser import install
from tests.browser.ferry import BODY, HEAD, PATH, begun, said, stands_at, text
from tests.browser.test_accessibility import look
from tests.previewing import Preview

ARTICLE = """# Will the bakery reopen?

“I can light the oven again,” said Rosalind Pike, the baker. “Whether anybody climbs the hill is another matter.”

“The road is on a list,” said a clerk at the village hall.

“A list is not a road,” Pike said. The council meets on Monday.
"""
DRAFT = "content/explainers/will-the-bakery-reopen.md"


def opened(root, **files):
    (root / "content/explainers").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: A site\n", "utf-8")
    for name, words in files.items():
        (root / f"content/explainers/{name}.md").write_text(words, "utf-8")
    return root


@pytest.fixture
def preview(tmp_path):
    made = Preview(opened(tmp_path / "it", ferry=HEAD + BODY))
    yield made
    made.close()


def counted(page, words):
    page.locator("backstory-annotate .counted", has_text=words).wait_for()


def test_a_draft_is_confirmed_by_enter_alone(tmp_path, new_page):
    root = opened(tmp_path / "it")
    (root / "article.md").write_text(ARTICLE, "utf-8")
    assert cli.main(["draft", str(root / "article.md"), "--own", "--published", "2025-10-22", "--root", str(root)]) == cli.FINE
    preview = Preview(root)
    page = new_page(viewport={"width": 1200, "height": 800})
    page.goto(preview.url + "explainers/will-the-bakery-reopen/")
    page.locator("backstory-preview .entries .file").wait_for(state="attached")
    page.keyboard.press("a")
    stands_at(page, "1 of 4")
    counted(page, "4 quotations, 4 to do, 1 other proposal")
    first = page.locator("backstory-annotate [role=option][aria-selected=true]")
    assert first.inner_text().split("\n")[1] == "Rosalind Pike"
    assert "proposed: said Rosalind Pike" in first.inner_text()
    words = page.locator("backstory-annotate .words").inner_text()
    assert words == "I can light the oven again … Whether anybody climbs the hill is another matter."
    assert page.evaluate("CSS.highlights.get('backstory-chosen').size") == 2
    # The form hides none of the text around.
    paragraph = page.locator(".text p", has_text="I can light").first.bounding_box()
    assert page.locator("backstory-annotate .form").bounding_box()["x"] >= paragraph["x"] + paragraph["width"]
    page.evaluate(install.AXE.read_text("utf-8"))
    assert look(page) == []
    for number in ("3", "4"):
        page.keyboard.press("Enter")
        stands_at(page, f"{number} of 4")
    page.keyboard.press("Enter")
    page.locator("backstory-annotate h2", has_text="Proposed: an event").wait_for()
    assert page.locator("backstory-annotate .words").inner_text() == "“Monday”, that is 2025-10-27"
    assert look(page) == []
    page.keyboard.press("0")
    said(page, "Written: reject “Monday”.")
    page.keyboard.press("Control+Z")
    counted(page, "4 quotations, none to do, 1 other proposal")
    page.keyboard.press("n")
    page.locator("backstory-annotate h2", has_text="Proposed: an event").wait_for()
    page.keyboard.press("Enter")
    page.locator("backstory-annotate .why", has_text="Write what happened.").wait_for()
    page.keyboard.type("The council meets")
    page.keyboard.press("Enter")
    said(page, "Written: accept “The council meets”.")
    assert page.locator("backstory-annotate .counted").inner_text() == "4 quotations, none to do"
    made = (root / DRAFT).read_text("utf-8")
    assert "proposed:" not in made
    assert made.count("{by=") == 3
    assert made.count("{quote=more}") == 1
    assert "title: The council meets" in made
    assert "rules" not in made
    assert cli.main(["check", "--drafts", "--root", str(root)]) == cli.FINE
    preview.close()


PROPOSED = """proposed:
  - id: actor-1
    found: ask
    candidates: [Organization, Person]
    actor: {id: corvo-lind, name: Corvo Lind}
  - id: quote-1
    found: read
    quote: {speaker: corvo-lind, text: The boat is sound.}
  - id: unnamed-1
    found: read
    unnamed: {id: a-woman, described_as: a woman, knows_because: unknown, anonymity_reason: unknown}
  - id: quote-2
    found: read
    quote: {speaker: a-woman, text: is one boat, mode: indirect}
"""


def test_enter_saves_from_the_list_of_kinds_too(tmp_path, new_page):
    preview = Preview(opened(tmp_path / "it", ferry=HEAD.replace("sources:", f"status: draft\n{PROPOSED}sources:", 1) + BODY))
    page = begun(preview, new_page(viewport={"width": 1200, "height": 800}))
    counted(page, "4 quotations, 3 to do, 1 other proposal")  # Who speaks is accepted with the paraphrase.
    page.keyboard.press("Enter")
    page.locator("backstory-annotate .why", has_text="under “Kind”").wait_for()
    page.keyboard.press("p")
    assert page.locator("backstory-annotate .why").inner_text() == ""
    page.keyboard.press("Enter")
    stands_at(page, "3 of 4")
    assert "speaker: corvo-lind" in text(preview) or "corvo-lind: The boat is sound" in text(preview)
    preview.close()


def test_zero_rejects_in_the_list_of_kinds_too(tmp_path, new_page):
    root = opened(tmp_path / "it")
    (root / "article.md").write_text("# Who bakes?\n\n“It is sound,” said Brightwell.\n", "utf-8")
    assert cli.main(["draft", str(root / "article.md"), "--own", "--published", "2025-10-22", "--root", str(root)]) == cli.FINE
    preview = Preview(root)
    page = new_page()
    page.goto(preview.url + "explainers/who-bakes/")
    page.locator("backstory-preview .entries .file").wait_for(state="attached")
    page.keyboard.press("a")
    stands_at(page, "1 of 1")
    page.locator("backstory-annotate select#kind").focus()
    assert page.evaluate("document.querySelector('backstory-annotate').shadowRoot.activeElement.id") == "kind"
    page.keyboard.press("0")
    page.locator("backstory-annotate [role=status]", has_text="Written").wait_for()
    assert "speaker: brightwell" not in (root / "content/explainers/who-bakes.md").read_text("utf-8")


def test_a_click_on_a_name_changes_its_record_and_one_that_is_used_stays(preview, new_page):
    page = begun(preview, new_page(viewport={"width": 390, "height": 800}, has_touch=True))
    page.keyboard.press("Escape")
    page.locator("backstory-annotate button", has_text="Records").tap()
    page.locator("backstory-annotate [role=option]", has_text="Ada Abara").wait_for()
    page.evaluate(install.AXE.read_text("utf-8"))
    assert look(page) == []
    page.keyboard.type("Bo")
    page.keyboard.press("Enter")
    page.locator("backstory-annotate #own-position").fill("Captain")
    assert look(page) == []
    page.keyboard.press("Enter")
    said(page, "Written: change actor “bo-berg”.")
    assert "  bo-berg: Bo Berg, Captain\n" in text(preview) or "  bo-berg: {name: Bo Berg, position: Captain}\n" in text(preview)
    page.locator(".text a", has_text="Ada Abara").first.tap()
    page.locator("backstory-annotate h2", has_text="Actor").wait_for()
    page.locator("backstory-annotate button", has_text="Delete the record").tap()
    page.locator("backstory-annotate .why", has_text="is named by the quote “q1”").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("backstory-annotate button", has_text="Close").tap()
    page.locator("backstory-annotate button", has_text="Undo").tap()
    said(page, "Taken back: change actor")
    assert text(preview) == HEAD + BODY


KEYS = "() => { window.struck = 0; addEventListener('keydown', () => { struck += 1; }, { capture: true }); }"


def test_a_quote_costs_no_more_keys_than_it_must(preview, page):
    begun(preview, page)
    page.evaluate(KEYS)

    def struck():
        return page.evaluate("[struck, struck = 0][0]")

    page.keyboard.press("1")
    page.keyboard.press("Enter")
    stands_at(page, "3 of 4")
    assert struck() <= 4
    page.keyboard.type("Jane Roe, Clerk")
    page.keyboard.press("Enter")
    stands_at(page, "4 of 4")
    assert struck() <= len("Jane RoeClerk") + 4
    # Neither basis nor hearer nor terms are written before they are chosen.
    assert "  - jane-roe: we shall see\n    via: gazette\n" in text(preview)
    assert not {"medium", "rules", "to"} & {line.strip().partition(":")[0] for line in text(preview).splitlines()}


def test_two_windows_write_one_record_and_the_second_keeps_what_was_typed(preview, new_page):
    one, two = (begun(preview, new_page(viewport={"width": 1000, "height": 800})) for _ in range(2))
    # The second hears of no change: it still shows what the file was.
    two.route("**/__backstory/annotate?*", lambda route: route.abort())
    two.route("**/__backstory/events", lambda route: route.abort())
    one.keyboard.press("1")
    one.keyboard.press("Enter")
    stands_at(one, "3 of 4")
    after = text(preview)
    two.keyboard.type("Jane Roe, Clerk")
    two.keyboard.press("Enter")
    two.locator("backstory-annotate .why", has_text="look again").wait_for()
    assert text(preview) == after
    assert two.locator("backstory-annotate #who").input_value() == "Jane Roe, Clerk"


def test_a_problem_is_fixed_where_it_stands_and_taken_back_from_the_list(preview, page):
    preview.edit("as_of: 2022-01-19", "as_of: 19 January 2022")
    page.goto(preview.url + "explainers/ferry/")
    page.locator("backstory-preview .menu summary").click()
    fix = page.locator("backstory-preview button.fix").first
    fix.wait_for()
    page.evaluate(install.AXE.read_text("utf-8"))
    assert look(page) == []
    fix.click()
    page.locator("backstory-preview .say", has_text="Fixed: fix date-wrong").wait_for()
    fix.wait_for(state="detached")
    assert "as_of: 2022-01-19\n" in text(preview)
    page.locator("backstory-preview button.step", has_text="Undo: fix date-wrong").wait_for()
    page.keyboard.press("Control+z")
    page.locator("backstory-preview .say", has_text="Taken back").wait_for()
    assert "as_of: 19 January 2022\n" in text(preview)
    page.locator("backstory-preview button.step", has_text="Redo: fix date-wrong").click()
    page.locator("backstory-preview .say", has_text="Made again").wait_for()
    assert "as_of: 2022-01-19\n" in text(preview)
    assert PATH in page.locator("backstory-preview .entries").inner_text()


def test_a_name_beside_the_words_is_not_typed_again(preview, page):
    preview.edit("Later a woman said", "Later Ulf Brand said")
    begun(preview, page)
    page.keyboard.press("PageDown")
    stands_at(page, "3 of 4")
    choice = page.locator("backstory-annotate [role=option]", has_text="Ulf Brand")
    number, *named = choice.inner_text().split("\n")
    assert named == ["Ulf Brand", "new: a name of the text"]
    for key in (number, "Enter"):
        page.keyboard.press(key)
    stands_at(page, "4 of 4")
    assert "  ulf-brand: Ulf Brand\n" in text(preview)
    assert "  - ulf-brand: we shall see\n" in text(preview)
