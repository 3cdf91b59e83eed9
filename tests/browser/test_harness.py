"""The browser tests' own tools: a page is opened, and what a static host would answer is answered."""

import shutil
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser import install


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text('<!doctype html><title>Home</title><a href="sub/">sub</a>', encoding="utf-8")
    (tmp_path / "sub" / "index.html").write_text("<!doctype html><title>Sub</title><h1>Sub – ä</h1>", encoding="utf-8")
    (tmp_path / "404.html").write_text("<!doctype html><title>Lost</title>", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("base", ["/", "/a/base/"], ids=["root", "base"])
def test_a_page_opens_and_its_links_lead_on(page, served, folder, base):
    site = served(folder, base)
    page.goto(site.url)
    assert page.title() == "Home"
    page.click("text=sub")
    assert page.url == f"{site.url}sub/"
    assert page.inner_text("h1") == "Sub – ä"
    assert not [path for path in site.missing if not path.endswith("favicon.ico")]


def test_what_is_not_there_is_answered_with_the_sites_own_page(page, served, folder):
    site = served(folder, "/base/")
    answer = page.goto(f"{site.url}nowhere/")
    assert answer is not None
    assert answer.status == 404
    assert page.title() == "Lost"
    assert "/base/nowhere/" in site.missing


def test_a_folder_without_its_slash_is_redirected(page, served, folder):
    site = served(folder, "/base/")
    page.goto(f"{site.url}sub")
    assert page.url == f"{site.url}sub/"


@pytest.mark.parametrize("path", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt"])
def test_nothing_outside_of_the_folder_is_served(served, folder, tmp_path_factory, path):
    (folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    with pytest.raises(HTTPError) as answer:
        urlopen(served(folder, "/base/").url + path)
    with answer.value:
        assert answer.value.code == 404


@pytest.mark.parametrize("listed, wanted", [("DejaVu Sans", [("fonts", "fontconfig", "fonts-liberation")]), ("Liberation Serif", [])])
def test_fonts_are_installed_also_where_a_browser_is_there(monkeypatch, tmp_path, listed, wanted):
    program = tmp_path / "fc-list"
    program.write_text(f"#!/bin/sh\necho '{listed}'\n", "utf-8")
    program.chmod(0o755)
    asked = []
    monkeypatch.setattr(shutil, "which", lambda name: str(program) if name == "fc-list" else None)
    for name, answer in {"installed": "chromium", "java": "java", "checkers_are_there": True}.items():
        monkeypatch.setattr(install, name, lambda answer=answer: answer)
    monkeypatch.setattr(install, "install_with_apt", lambda *names: asked.append(names))
    assert install.main() == 0
    assert asked == wanted
