"""Search in a real browser for words that no space sets apart in the text."""

import re

import pytest
from playwright.sync_api import expect

from builder.build.pipeline import Options, build

WAIT = 60_000
TEXTS = {
    "zh": "王毅说：“我们有钱。”外交部长在北京发表讲话。NATO说不。",
    "ja": "首相は東京で記者会見をした。ガソリンが高い。",
    "th": "นายกรัฐมนตรีเศรษฐาแถลงข่าวที่กรุงเทพเมื่อวาน",
    "ko": "문재인대통령은 한국외교부에서 김정은에게 말했다.",
    "ar": "وقالت: والرئيس ذهب للمدينة، بالقاهرة.",
    "he": "הנשיא אמר: והממשלה בירושלים.",
    "uk": "Прем’єр сказав: усе готово.",
}


@pytest.fixture(scope="module", params=["en", "zh"])
def found(request, tmp_path_factory, served):
    root = tmp_path_factory.mktemp("scripts")
    (root / "content" / "explainers").mkdir(parents=True)
    (root / "content" / "site.yaml").write_text(f"title: T\nsearch: yes\nlanguage: {request.param}\n", "utf-8")
    for lang, text in TEXTS.items():
        front = f"---\ntitle: In {lang}\nlang: {lang}\nsummary: S.\npublished: 2024-03-08\n---\n"
        (root / "content" / "explainers" / f"{lang}.md").write_text(front + text + "\n", "utf-8")
    report = build(Options(root, root / "site", jobs=1, cache=False))
    assert report.plan is not None, report.diagnostics
    return served(root / "site", "/")


@pytest.mark.parametrize(
    "words, lang, shown",
    [
        ("北京", "zh", "北京"),
        ("外交部", "zh", "外交部"),
        ("有钱", "zh", "有钱。”"),
        ("王毅 北京", "zh", "王毅"),
        ("東京", "ja", "東京"),
        ("記者会見", "ja", "記者会見"),
        ("ガソリン", "ja", "ガソリン"),
        ("เศรษฐา", "th", "เศรษฐา"),
        ("กรุงเทพ", "th", "กรุงเทพ"),
        ("대통령", "ko", "대통령"),
        ("외교부", "ko", "외교부"),
        ("김정은", "ko", "김정은"),
        ("الرئيس", "ar", ""),
        ("القاهرة", "ar", ""),
        ("المدينة", "ar", ""),
        ("ממשלה", "he", ""),
        ("ירושלים", "he", ""),
        ("готово", "uk", ""),
    ],
)
def test_a_word_is_found_within_running_text(shared_page, found, words, lang, shown):
    page = shared_page
    page.goto(f"{found.url}search/?q={words}")
    page.locator("form.search[data-ready]").wait_for(timeout=WAIT)
    entries = page.locator(".found[data-kind=explainer] li")
    expect(entries.locator("a")).to_have_text(f"In {lang}", timeout=WAIT)
    passage = entries.locator("p").last
    expect(passage).to_contain_text(TEXTS[lang], timeout=WAIT)
    assert not re.search("[\u2060-\u2063]", passage.text_content())
    if shown:
        expect(passage.locator("mark").first).to_have_text(shown if words != "王毅 北京" else "王毅")


def test_what_stands_apart_in_the_text_is_no_word(shared_page, found):
    page = shared_page
    page.goto(f"{found.url}search/?q=外部")
    page.locator("form.search[data-ready]").wait_for(timeout=WAIT)
    expect(page.locator("form.search output")).not_to_be_empty(timeout=WAIT)
    expect(page.locator(".found:not([hidden])")).to_have_count(0)
