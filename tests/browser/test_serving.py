"""The live preview as an author meets it: real saves, a real browser."""

import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

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


def panel(page):
    return page.locator("backstory-preview .problems")


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
    panel(page).wait_for(timeout=60_000)
    preview.edit("“It will run all winter,”", "“It will run until spring,”")
    sees(page, "It will run until spring")


def test_a_broken_save_leaves_the_last_good_page_with_the_problem_over_it(preview, looking):
    looking.locator("backstory-preview .menu summary").click()
    preview.edit("speaker: ada", "speaker: adda")
    problem = panel(looking)
    problem.wait_for(timeout=60_000)
    # The menu does not lie over it.
    assert not looking.get_by_label("Go to what is saved").is_visible()
    assert problem.get_attribute("role") == "alertdialog"
    told = problem.inner_text()
    assert "No actor has the id “adda”." in told
    assert f"{PATH}:11" in told
    assert "^^^^" in told
    assert "Did you mean “ada”?" in told
    link = problem.get_by_role("link").first
    assert link.get_attribute("href") == f"vscode://file{(preview.root / PATH).as_posix()}:11:23"
    assert looking.get_by_text("The third paragraph").is_visible()
    # Escape hides it, until there is another problem.
    looking.keyboard.press("Escape")
    problem.wait_for(state="hidden")
    preview.edit("speaker: adda", "speaker: adela")
    problem.wait_for(timeout=60_000)
    # Mended, it goes by itself.
    preview.edit("speaker: adela", "speaker: ada")
    problem.wait_for(state="hidden", timeout=60_000)


def test_a_warning_stands_at_its_passage_and_not_over_the_page(preview, looking):
    preview.edit("The second paragraph.", "![](/plan.png)")
    preview.write("content/static/plan.png", "not really")
    mark = looking.locator(".text > :nth-child(2) backstory-marker button")
    mark.wait_for(timeout=60_000)
    assert panel(looking).is_hidden()
    mark.click()
    assert "alternative text" in looking.locator("backstory-marker .note").inner_text()


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
    panel(looking).wait_for(timeout=60_000)
    assert "templates/explainer.html:1" in panel(looking).inner_text()
    (preview.root / "templates/explainer.html").unlink()
    panel(looking).wait_for(state="hidden", timeout=60_000)


def test_the_browser_follows_to_the_page_that_was_saved(preview, looking):
    preview.write(
        "content/explainers/bridge.md", EXPLAINER.replace("The winter ferry", "The bridge") + "\n\n".join("A line." for _ in range(80))
    )
    preview.wait(lambda: preview.workshop.current().get("explainers/bridge/index.html"))
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
    looking.locator("li[id='quote--q1'] blockquote").click(modifiers=["Alt"])
    looking.locator(".timeline .entry a").click(modifiers=["Alt"])
    file = (preview.root / PATH).as_posix()
    lines = EXPLAINER.split("\n")
    expected = [lines.index(next(one for one in lines if words in one)) + 1 for words in ("The third paragraph", "id: q1", "id: vote")]
    opened = looking.evaluate("window.opened")
    assert [one.rpartition(":")[0] for one in opened] == [f"vscode://file{file}:{line}" for line in expected]
    assert looking.url.endswith(PAGE)


def test_a_page_that_is_gone_is_told(preview, looking):
    (preview.root / PATH).rename(preview.root / PATH.replace("ferry", "boat"))
    looking.get_by_text("This page is gone").wait_for(timeout=60_000)
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
    built = preview.workshop.current().get(f"{PAGE}index.html").body
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
