"""The live preview as an author meets it: real saves, a real browser."""

import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import install
from tests.previewing import EXPLAINER, PAGE, PATH, Preview

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def preview(tmp_path):
    made = Preview(tmp_path / "it", editor="vscode")
    yield made
    made.close()


@pytest.fixture
def looking(preview, page):
    page.goto(preview.url + PAGE)
    page.locator("backstory-preview .menu summary").wait_for()
    return page


def sees(page, words):
    page.get_by_text(words).first.wait_for(timeout=60_000)


def tab(page):
    return page.locator("backstory-preview .menu summary")


def says(page, words):
    tab(page).get_by_text(words).wait_for(timeout=60_000)


def test_a_save_shows_in_the_page_and_everything_of_the_reader_stays(preview, looking):
    looking.set_viewport_size({"width": 900, "height": 300})
    looking.evaluate("""() => {
        window.stays = true;
        const box = document.createElement("details");
        box.dataset.added = "";
        box.open = true;
        box.innerHTML = "<summary>more</summary><input id=typed>";
        document.querySelector(".text").append(box);
        document.querySelector("#typed").focus();
        document.querySelector("#typed").value = "half a wo";
        document.querySelector("#typed").setSelectionRange(4, 6);
        const text = document.querySelector(".text > p:nth-child(2)").firstChild;
        window.last = document.querySelector(".text > p:last-of-type");
        scrollTo(0, window.last.getBoundingClientRect().top + scrollY - 10);
        window.top0 = window.last.getBoundingClientRect().top;
    }""")
    preview.edit("The second paragraph.", "The second paragraph.\n\nOne more paragraph,\\\nof two lines.")
    sees(looking, "One more paragraph")
    state = looking.evaluate("""() => ({
        stays: window.stays, typed: document.querySelector("#typed").value, focus: document.activeElement.id,
        caret: document.querySelector("#typed").selectionStart, open: document.querySelector("details[data-added]").open,
        same: document.querySelector(".text > p:last-of-type") === window.last,
        moved: Math.abs(window.last.getBoundingClientRect().top - window.top0),
    })""")
    assert state["moved"] < 3
    assert {**state, "moved": 0} == {
        "stays": True,
        "typed": "half a wo",
        "focus": "typed",
        "caret": 4,
        "open": True,
        "same": True,
        "moved": 0,
    }


def test_selected_words_stay_selected(preview, looking):
    looking.evaluate("""() => {
        const words = document.querySelector(".text").lastElementChild.firstChild;
        getSelection().setBaseAndExtent(words, 4, words, 9);
    }""")
    assert looking.evaluate("getSelection().toString()") == "third"
    preview.edit("Ada Abara spoke first.", "Ada Abara spoke at once.")
    sees(looking, "spoke at once")
    assert looking.evaluate("getSelection().toString()") == "third"


def test_the_changed_passage_is_marked_for_a_moment(preview, looking):
    looking.evaluate("""() => {
        window.marked = [];
        new MutationObserver(all => { for (const one of all) if (one.target.matches("[data-backstory-changed]")) window.marked.push(one.target.textContent); })
            .observe(document.body, {subtree: true, attributes: true, attributeFilter: ["data-backstory-changed"]});
    }""")
    preview.edit("The second paragraph.", "The second paragraph, mended.")
    looking.wait_for_function("window.marked.length", timeout=60_000)
    assert looking.evaluate("window.marked") == ["The second paragraph, mended."]
    looking.wait_for_function("!document.querySelector('[data-backstory-changed]')", timeout=60_000)


def test_a_changed_name_shows_on_the_pages_of_others_too(preview, page):
    page.goto(preview.url + "actors/ada/")
    preview.edit("name: Ada Abara", "name: Ada Okoro")
    sees(page, "Ada Okoro")
    preview.edit("It will run all winter, via", "It will run until spring, via")
    sees(page, "It will run until spring")
    preview.edit("“It will run all winter,”", "“It will run until spring,”")
    says(page, "Preview")


def note(page, words):
    return page.locator("backstory-marker .note", has_text=words)


def test_errors_stand_at_their_words_in_a_page_that_goes_on(preview, looking):
    preview.edit("speaker: ada", "speaker: adda")
    preview.edit("The second paragraph.", "The second paragraph, see [[nowhere]].")
    unknown = note(looking, "No actor has the id “adda”.")
    unknown.wait_for(timeout=60_000)
    # The page is the newest, with plain words for what leads nowhere.
    assert looking.locator(".text > p:nth-of-type(2)").inner_text().startswith("The second paragraph, see nowhere")
    assert "adda" in looking.locator("main").inner_text()
    assert unknown.is_visible()
    assert "Did you mean “ada”?" in unknown.inner_text()
    assert unknown.get_by_role("link").first.get_attribute("href") == f"vscode://file{(preview.root / PATH).as_posix()}:11:23"
    # Marked in the page: its number stands behind the words, and they are underlined.
    link = note(looking, "“[[nowhere]]” leads to nothing.")
    number = link.locator(".number").inner_text()
    mark = looking.locator(".text > p:nth-of-type(2) backstory-marker button")
    assert (mark.inner_text(), mark.get_attribute("aria-expanded")) == (number, "true")
    assert mark.get_attribute("aria-label") == f"Error {number}: “[[nowhere]]” leads to nothing."
    assert sorted(looking.evaluate("[...CSS.highlights.get('backstory-error')].map(String)")) == ["nowhere"]
    looking.evaluate(install.AXE.read_text("utf-8"))
    violations = "axe.run({resultTypes: ['violations'], preload: false}).then(found => found.violations.map(one => one.id))"
    assert looking.evaluate(violations) == []
    mark.click()
    assert link.is_hidden()
    # What the reader has closed stays closed at the next save, and what is mended goes by itself.
    preview.edit("speaker: adda", "speaker: ada")
    unknown.wait_for(state="detached", timeout=60_000)
    assert link.is_hidden()
    says(looking, "1 error")
    preview.edit("[[nowhere]]", "nowhere")
    mark.wait_for(state="detached", timeout=60_000)
    assert tab(looking).inner_text() == "Preview"
    assert looking.locator(".text > p:nth-of-type(2)").evaluate("one => one.childNodes.length") == 1


def test_the_list_leads_to_each_problem_on_this_page_and_on_others(preview, looking):
    preview.edit("speaker: ada", "speaker: adda")
    preview.write(
        "content/explainers/bridge.md", EXPLAINER.replace("The winter ferry", "The bridge").replace("Whether it runs.", "Whether: it")
    )
    preview.write("content/site.yaml", "title: A site\nlanguge: de\n")
    says(looking, "3 errors")
    tab(looking).click()
    told = looking.locator("backstory-preview .inside")
    assert "a build fails until the errors are fixed" in told.inner_text()
    told.get_by_role("button", name="No actor has the id “adda”.").click()
    assert "“adda”" in looking.evaluate("document.activeElement.shadowRoot.activeElement.innerText")
    told.get_by_role("link", name="A second colon stands where YAML expects a plain value.").click()
    looking.wait_for_url("**/explainers/bridge/")
    looking.wait_for_function("document.activeElement?.shadowRoot?.activeElement?.innerText.includes('A second colon')", timeout=60_000)
    # The words below the slip are read, and the page of the settings is the home page.
    assert looking.locator("[id='quote--q1']").is_visible()
    tab(looking).click()
    told.get_by_role("link", name="A record of the kind “site” has no key “languge”.").click()
    note(looking, "has no key “languge”").wait_for(timeout=60_000)
    looking.keyboard.press("Escape")
    assert told.is_hidden()


def test_what_cannot_be_read_at_all_is_told_above_its_text(preview, looking):
    preview.write(PATH, "---\ntitle: The ferry\nsummary: [\n---\nOnly text.\n")
    sees(looking, "Only text.")
    assert looking.locator("h1").inner_text() == "The ferry"
    assert "not valid YAML" in looking.locator("main > backstory-marker.top .note").inner_text()
    preview.write(PATH, "Text alone.\n")
    sees(looking, "Text alone.")
    assert "has no front matter" in looking.locator("main > backstory-marker.top .note").inner_text()
    (preview.root / PATH).write_bytes("---\ntitle: The ferry\npublished: 2022-01-20\n---\nA caf\xe9.\n".encode("latin-1"))
    sees(looking, "A caf")
    assert "not UTF-8" in note(looking, "not UTF-8").inner_text()


def test_notes_can_be_put_away(preview, looking):
    preview.edit("speaker: ada", "speaker: adda")
    unknown = note(looking, "No actor has the id “adda”.")
    unknown.wait_for(timeout=60_000)
    tab(looking).click()
    looking.get_by_label("Notes of errors in the text").uncheck()
    unknown.wait_for(state="hidden")
    looking.reload()
    says(looking, "1 error")
    assert unknown.is_hidden()
    expect(looking.locator(".text backstory-marker button").first).to_be_visible()


def test_a_warning_is_a_number_that_opens(preview, looking):
    preview.edit("The second paragraph.", "![](/plan.png)")
    preview.write("content/static/plan.png", "not really")
    mark = looking.locator(".text backstory-marker button").first
    mark.wait_for(timeout=60_000)
    told = note(looking, "alternative text")
    assert told.is_hidden()
    mark.click()
    assert told.is_visible()


def test_a_stylesheet_is_swapped_in_place(preview, looking):
    ours = (REPOSITORY / "templates/assets/backstory.css").read_text("utf-8")
    looking.evaluate("window.stays = true")
    preview.write("templates/assets/backstory.css", ours + "\nbody { background: rgb(1, 2, 3); }\n")
    looking.wait_for_function("getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)'", timeout=60_000)
    preview.write("templates/assets/backstory.css", ours + "\nbody { background: rgb(4, 5, 6); }\n")
    looking.wait_for_function("getComputedStyle(document.body).backgroundColor === 'rgb(4, 5, 6)'", timeout=60_000)
    looking.wait_for_function("document.querySelectorAll('link[href*=\\'assets/backstory.css\\']').length === 1", timeout=60_000)
    assert looking.evaluate("window.stays")


def test_a_theme_that_a_stylesheet_imports_is_shown(preview, looking):
    ours = (REPOSITORY / "templates/assets/theme.css").read_text("utf-8")
    looking.evaluate("window.stays = true")
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        preview.write("templates/assets/theme.css", f"{ours}\nbody {{ background: {colour} !important; }}\n")
        looking.wait_for_function(f"getComputedStyle(document.body).backgroundColor === '{colour}'", timeout=60_000)
    assert looking.evaluate("window.stays")


@pytest.mark.parametrize(
    "old, new",
    [
        ("summary: Whether it runs.", "summary: Whether it sails."),
        ("title: The council votes", "title: The council decides"),
        ("It will run all winter", "It will run all spring"),
    ],
)
def test_what_the_reader_opened_stays_open_whatever_is_edited(preview, looking, old, new):
    looking.evaluate("""() => {
        window.stays = true;
        document.querySelector("main").insertAdjacentHTML("beforeend", "<details open data-added><summary>More</summary>Inside.</details>");
    }""")
    text = (preview.root / PATH).read_text("utf-8")
    assert old in text
    preview.write(PATH, text.replace(old, new))
    sees(looking, new.removeprefix("summary: ").removeprefix("title: "))
    assert looking.evaluate("[window.stays, document.querySelectorAll('main details[open]').length]") == [True, 1]


def test_templates_and_settings_count_too(preview, looking):
    ours = (REPOSITORY / "templates/explainer.html").read_text("utf-8")
    preview.write(
        "templates/explainer.html",
        ours.replace('<p class="summary"{{ theirs | xmlattr }}>', '<p class="summary"{{ theirs | xmlattr }}>In short: '),
    )
    sees(looking, "In short: Whether it runs.")
    preview.write("content/site.yaml", "title: Another site\n")
    sees(looking, "Another site")
    preview.write("templates/explainer.html", "{% if %}")
    told = looking.locator("main > backstory-marker.top .note")
    told.wait_for(timeout=60_000)
    assert "templates/explainer.html:1" in told.inner_text()
    # The page is made with ours meanwhile.
    assert looking.locator(".summary").inner_text() == "Whether it runs."
    (preview.root / "templates/explainer.html").unlink()
    told.wait_for(state="detached", timeout=60_000)


def test_the_browser_follows_to_the_page_that_was_saved(preview, looking):
    preview.write(
        "content/explainers/bridge.md", EXPLAINER.replace("The winter ferry", "The bridge") + "\n\n".join("A line." for _ in range(80))
    )
    preview.wait(lambda: preview.engine.current().get("explainers/bridge/index.html"))
    # What is saved comes in order: once this is seen, the bridge has been heard of.
    preview.edit("The third paragraph", "The third paragraph, mended")
    sees(looking, "The third paragraph, mended")
    assert looking.url.endswith(PAGE)
    looking.locator("backstory-preview .menu summary").click()
    looking.get_by_label("Go to what is saved").check()
    preview.write(
        "content/explainers/bridge.md", (preview.root / "content/explainers/bridge.md").read_text("utf-8") + "\n\nThe very end.\n"
    )
    looking.wait_for_url("**/explainers/bridge/", timeout=60_000)
    looking.wait_for_function(
        "() => { const r = [...document.querySelectorAll('.text > p')].at(-1).getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight }",
        timeout=60_000,
    )


def test_alt_click_opens_the_file_at_the_line(preview, looking):
    looking.evaluate("""() => {
        window.opened = [];
        document.querySelector("backstory-preview").shadowRoot.addEventListener("click", event => {
            if (event.target.matches("a[hidden]")) { window.opened.push(event.target.href); event.preventDefault(); }
        }, true);
    }""")
    looking.get_by_text("The third paragraph").click(modifiers=["Alt"])
    looking.locator("[id='quote--q1']").click(modifiers=["Alt"])
    looking.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    looking.locator(".timeline .entry a").click(modifiers=["Alt"])
    file = (preview.root / PATH).as_posix()
    lines = EXPLAINER.split("\n")
    expected = [lines.index(next(line for line in lines if words in line)) + 1 for words in ("The third paragraph", "id: q1", "id: vote")]
    opened = looking.evaluate("window.opened")
    assert [connection.rpartition(":")[0] for connection in opened] == [f"vscode://file{file}:{line}" for line in expected]
    assert looking.url.endswith(PAGE)


def test_a_page_that_is_gone_is_told(preview, looking):
    (preview.root / PATH).rename(preview.root / PATH.replace("ferry", "boat"))
    looking.get_by_text("This page no longer exists").wait_for(timeout=60_000)
    assert looking.get_by_text("The third paragraph").is_visible()


def test_many_tabs_and_browsers_at_once(preview, new_page):
    first = new_page()
    tabs = [first, *(first.context.new_page() for _ in range(8)), new_page()]
    for tab in tabs:
        tab.goto(preview.url + PAGE, wait_until="domcontentloaded")
    preview.edit("The second paragraph.", "Seen by all.")
    for tab in tabs:
        sees(tab, "Seen by all.")


def test_it_works_under_a_strict_policy_and_without_being_in_the_site(preview, looking):
    built = preview.engine.current().get(f"{PAGE}index.html").body
    assert b"__backstory" not in built
    assert "__backstory/client.js" in looking.content()


def test_the_page_comes_back_when_the_server_does(tmp_path, page):
    root = tmp_path / "it"
    made = Preview(root)
    made.close()
    command = [sys.executable, "-m", "builder", "serve", "--root", str(root), "--port", str(made.port)]

    def start():
        child = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        line = child.stdout.readline()
        assert "preview is at" in line, line
        return child, re.search(r"http://\S+/", line)[0]

    child, url = start()
    try:
        page.goto(url + PAGE)
        sees(page, "The second paragraph.")
        page.evaluate("window.stays = true")
        child.terminate()
        assert child.wait(timeout=30) == 0
        child.stdout.close()
        page.locator("backstory-preview .menu.lost").wait_for(timeout=60_000)
        (root / PATH).write_text(EXPLAINER.replace("The second paragraph.", "While you were away."), "utf-8")
        child, _ = start()
        sees(page, "While you were away.")
        page.locator("backstory-preview .menu:not(.lost)").wait_for(timeout=60_000)
        assert page.evaluate("window.stays")
        assert urllib.request.urlopen(url, timeout=30).status == 200
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
