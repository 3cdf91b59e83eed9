"""What a step made in the last run is taken again where it would be made of the same."""

import pytest

from builder import linking
from builder.content.parse import parse
from builder.i18n import language
from builder.incremental.memo import Memory
from builder.model import Settings
from builder.pages import list_pages


def test_no_two_steps_of_a_run_have_the_same_name():
    memory = Memory()
    memory.compute("ferries", 1, str)
    with pytest.raises(ValueError, match="two steps are called 'ferries'"):
        memory.invert("ferries", {"north": (("ada", 2),)})
    memory.begin_run()
    assert memory.compute("ferries", 1, str) == "1"


def test_what_a_run_did_not_use_is_forgotten():
    memory, calls = Memory(), []

    def make(given):
        calls.append(given)
        return [given]

    for uses in (True, True, False, True):
        if uses:
            memory.compute("ferries", 1, make)
        memory.begin_run()
    assert calls == [1, 1]


TALKS = "---\ntitle: {title}\npublished: 2022-01-19\nactors: {{ada: Ada Abara}}\n---\n{text}\n"


def site(*, text="They met.", title="Talks"):
    document = parse("content/explainers/talks.md", TALKS.format(title=title, text=text).encode())
    return linking.link(Settings(title="A site"), language.load("en"), [document])[0]


def test_pages_that_are_listed_alike_are_those_of_the_newest_site():
    memory = Memory()
    first = list_pages(site(), memory)
    memory.begin_run()
    now = site(title="More talks")
    second = list_pages(now, memory)
    assert second.entries is first.entries
    assert [(page.output, page.template, page.kind, page.key) for page in second] == list(second.entries)
    page = second.find("explainers/talks/index.html")
    assert page is second.find("explainers/talks/index.html")
    assert page.view.title == "More talks"
    assert first.find("explainers/talks/index.html").view.title == "Talks"
    assert second.find("nowhere/index.html") is None
    assert second.outputs == {page.output for page in second.entries}


def test_a_memory_changes_no_page():
    memory = Memory()
    list_pages(site(), memory)
    memory.begin_run()
    now = site(title="More talks", text="They met again.")
    assert [page.view for page in list_pages(now, memory)] == [page.view for page in list_pages(now)]
