"""What was typed into a form and not written: it outlives a reload and a visit to another page, in this tab, and no longer."""

import pytest

from tests.browser.test_annotating import BODY, HEAD, PATH, begun, said, stands_at, text
from tests.previewing import Preview


@pytest.fixture
def preview(tmp_path):
    root = tmp_path / "it"
    (root / "content/explainers").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: A site\n", "utf-8")
    (root / PATH).write_text(HEAD + BODY, "utf-8")
    made = Preview(root)
    yield made
    made.close()


def test_a_form_stands_again_after_a_reload_and_another_page_until_it_is_written(preview, page):
    begun(preview, page)
    page.keyboard.press("PageDown")
    stands_at(page, "3 of 4")
    page.keyboard.type("Jane Roe, Clerk")
    page.locator("backstory-annotate #how").select_option("interview")
    page.reload()
    stands_at(page, "3 of 4")
    said(page, "stands in the form again")
    page.goto(preview.url)
    page.go_back()
    stands_at(page, "3 of 4")
    assert page.locator("backstory-annotate #who").input_value() == "Jane Roe, Clerk"
    assert page.locator("backstory-annotate #how").input_value() == "interview"
    page.keyboard.press("Enter")
    stands_at(page, "4 of 4")
    assert "  jane-roe: Jane Roe, Clerk\n" in text(preview)
    assert "medium: interview" in text(preview)
    assert page.evaluate("sessionStorage.getItem('backstory-typed')") == "{}"
    page.reload()
    page.locator("backstory-preview .entries .file").wait_for(state="attached")
    assert page.locator("backstory-annotate").count() == 0


def test_what_is_given_up_is_not_kept_and_what_is_left_for_another_passage_is(preview, page):
    begun(preview, page)
    page.keyboard.type("Jane Roe")
    page.keyboard.press("PageDown")
    stands_at(page, "3 of 4")
    page.keyboard.type("A clerk")
    page.keyboard.press("PageUp")
    stands_at(page, "2 of 4")
    assert page.locator("backstory-annotate #who").input_value() == "Jane Roe"
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    stands_at(page, "3 of 4")
    assert page.locator("backstory-annotate #who").input_value() == "A clerk"
    page.keyboard.press("PageUp")
    stands_at(page, "2 of 4")
    assert page.locator("backstory-annotate #who").input_value() == ""
    preview.edit("“we shall see,”", "nothing")
    page.reload()
    said(page, "has no place here now: “A clerk”")
    assert page.evaluate("sessionStorage.getItem('backstory-typed')") == "{}"
