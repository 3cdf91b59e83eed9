"""An explainer to annotate, `content/explainers/ferry.md`, and what a person does with it in the preview; the fixture `preview` shows it."""

HEAD = """---
title: The winter ferry
as_of: 2022-01-19
sources:
  gazette: {publisher: Gazette, title: Ferry may stop, published: 2022-01-19}
actors:
  ada: {name: Ada Abara, position: {role: Harbour master}}
  bo-berg: Bo Berg, Pilot
quotes:
  - {id: q1, speaker: ada, text: It will run all winter, via: gazette}
"""
BODY = """---
Ada Abara spoke first. “It will run all winter,” she said.

On Monday Bo Berg told the council: “The boat is sound.” Later a woman said “we shall see,” and left.

The so-called “blue fleet” is one boat.
"""
PATH = "content/explainers/ferry.md"


def text(preview):
    return (preview.root / PATH).read_text("utf-8")


def begun(preview, page):
    page.goto(preview.url + "explainers/ferry/")
    page.locator("backstory-preview .menu summary").wait_for()
    page.locator("backstory-preview .entries .file").wait_for(state="attached")  # The state has come, and the secret with it.
    page.keyboard.press("a")
    stands_at(page, "2 of 4")
    return page


def stands_at(page, number):
    page.locator("backstory-annotate h2", has_text=f"Quotation {number}").wait_for()


def said(page, words):
    page.locator("backstory-annotate .said", has_text=words).wait_for()
