"""What checkers can tell of every page: axe-core in a real browser, and the Nu HTML checker over the whole folder."""

import json
import subprocess

import pytest

from tests.browser import install
from tests.browser.ours import BOTH_FACES, KINDS, VIEWS

RUN = "only => axe.run({resultTypes: ['violations'], selectors: false, preload: false, rules: {'target-size': {enabled: true}}, ...only}).then(found => found.violations)"
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that look at colours: in the second scheme at one width, nothing else of a page is another."""


def told(violations):
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]


def look(page, scheme="light"):
    return told(page.evaluate(RUN, {} if scheme == "light" else COLOURS))


@pytest.fixture
def with_axe(new_page):
    axe = install.AXE.read_text("utf-8")

    def opened(address, **options):
        page = new_page(**options)
        page.goto(address)
        if "/embed/" not in address:  # a frame brings no fonts
            page.wait_for_function(BOTH_FACES)
        page.evaluate(axe)
        return page

    return opened


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(with_axe, site, fullest, kind):
    page = with_axe(site.url + fullest(kind), reduced_motion="reduce")
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert look(page, scheme) == [], (width, scheme)


def test_axe_finds_nothing_in_what_opens(with_axe, site, fullest):
    for width, scheme in VIEWS:
        page = with_axe(
            site.url + fullest("explainer"), viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        for box in page.locator(".text label input").all()[:6]:
            if box.is_visible():
                box.check(force=True)
        page.locator(".text p a[href*='/actors/']").nth(2).focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        page.wait_for_selector(".card:popover-open", timeout=60_000)
        assert look(page, scheme) == [], (width, scheme)


def test_axe_would_tell(with_axe, site, fullest):
    page = with_axe(site.url + fullest("home"))
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"\"><a href=\"#\"></a>')")
    assert any("image-alt" in line for line in look(page))


def nu(*paths):
    done = subprocess.run(
        [install.java(), "-jar", install.NU, "--skip-non-html", "--format", "json", *paths],
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    messages = json.loads(done.stderr.strip().splitlines()[-1])["messages"]
    return [f"{message['url']}:{message.get('lastLine')}: {message['message']} … {message.get('extract', '')}" for message in messages]


def test_nu_finds_neither_errors_nor_warnings_and_would_tell(folder, tmp_path):
    (tmp_path / "a.html").write_text("<!doctype html><html lang=en><title>A</title><p><div id=a></div><section id=a></section>", "utf-8")
    found = nu(folder, tmp_path)
    wrong = [line for line in found if f"{tmp_path}/" in line]
    assert len(wrong) >= 2
    assert [line for line in found if line not in wrong] == []
