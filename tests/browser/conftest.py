"""A real Chromium, one for each run of the tests, and a server to show it a site: `page.goto(served(folder, "/base/").url)`."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from builder.build.pipeline import Options, build
from tests.browser import ferry, install
from tests.browser.ours import BASE, KINDS, ROOT
from tests.browser.serving import Served, Server
from tests.previewing import Preview

HERE = Path(__file__).parent
PATIENCE = 60_000
"""Milliseconds to wait for what must come: a machine with much else to do is slow, not wrong."""
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # On a machine that runs the other tests too, a browser may stall for longer than anything waits. The summary names each second try.
            item.add_marker(pytest.mark.flaky(reruns=1))


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. It lives as long as the run; what a test opens, it should open through `page` or `new_page`."""
    # Chromium refuses its sandbox to root.
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=install.installed(), args=arguments)
        yield chromium
        chromium.close()


@contextlib.contextmanager
def pages_of(browser: Browser) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("request", lambda request: troubles.extend(strangers(request.url)))
        context.on("weberror", lambda error: troubles.append(f"a script threw: {error.error}"))
        return context.new_page()

    yield open_page
    for context in contexts:
        # A request that is answered by a test may still be on its way, and its failure would fail another test.
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own: `new_page(color_scheme="dark", viewport={…}, java_script_enabled=False)`.

    The test fails if a script of the page throws, or if the page asks any machine but this one for anything.
    """
    with pages_of(browser) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def new_page_to_share(browser: Browser) -> Iterator[Callable[..., Page]]:
    """The same for pages that the tests of a module open one after the other: a context of its own for each costs more than many a test."""
    with pages_of(browser) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def shared_page(new_page_to_share: Callable[..., Page]) -> Page:
    """A page of a desk's size, in light colours, for tests that begin by going to an address and change nothing else about it."""
    return new_page_to_share(viewport={"width": 1280, "height": 800}, color_scheme="light")


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of a desk's size, in light colours."""
    return new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[..., Served]]:
    """Serve a folder: `served(folder)`, or under a base path `served(folder, "/base/")`. It lasts as long as the run."""
    servers: dict[tuple[Path, str], Server] = {}

    def serve(folder: Path, base: str = "/") -> Served:
        key = (folder.resolve(), base)
        if key not in servers:
            servers[key] = Server(folder, base)
        return servers[key].served

    yield serve
    for server in servers.values():
        server.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    output = tmp_path_factory.mktemp("pages") / "site"
    report = build(Options(ROOT, output, base_url=f"https://example.org{BASE}", jobs=1, cache=False))
    assert report.plan is not None, report.diagnostics
    return output


@pytest.fixture(scope="session")
def site(served, folder):
    return served(folder, BASE)


@pytest.fixture
def fullest(folder):
    """Give the address below the site of the longest page of a kind: what can go wrong goes wrong there."""

    def find(kind):
        found = max(folder.glob(KINDS[kind]), key=lambda path: (path.stat().st_size, path))
        return found.relative_to(folder).as_posix().removesuffix("index.html")

    return find


def strangers(url: str) -> list[str]:
    parts = urlsplit(url)
    local = parts.scheme in {"about", "blob", "data", "file"} or parts.hostname in {"127.0.0.1", "localhost"}
    return [] if local else [f"the page asked another machine: {url}"]


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """The preview of a site with one explainer to annotate; a module of tests may have a preview of another site instead."""
    root = tmp_path / "it"
    (root / "content/explainers").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: A site\n", "utf-8")
    (root / ferry.PATH).write_text(ferry.HEAD + ferry.BODY, "utf-8")
    made = Preview(root)
    yield made
    made.close()
