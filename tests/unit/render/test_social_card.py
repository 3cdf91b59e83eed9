"""The image that is drawn for an explainer: whole, the same every time, and only where it is asked for."""

import io
import json

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from builder.build.pipeline import Options, build
from builder.content import reading
from builder.pages import share_images
from builder.pages.data_files import CardImage
from builder.render import social_card

EXPLAINER = """---
title: "{title}"
published: 2022-01-19
actors: {{ada: Ada Abara}}
unnamed: {{clerk: {{described_as: a clerk, knows_because: was in the room, anonymity_reason: unknown}}}}
sources: {{s: {{publisher: P, title: T, url: "https://example.org/", published: 2022-01-18}}}}
timeline: [{{id: talks, when: 2022-01-18, title: Talks, sources: s}}]
quotes:
  - ada: one thing
  - clerk: another
---
“one thing”, said Ada Abara. “another”, said a clerk.
"""


def write(root, title="Łódź and Одеса: who said what?", settings="images: yes\n"):
    (root / "content/explainers").mkdir(parents=True, exist_ok=True)
    (root / "content/site.yaml").write_text(f"title: Desk\nbase_url: https://example.org/\n{settings}", "utf-8")
    (root / "content/explainers/first.md").write_text(EXPLAINER.format(title=title), "utf-8")
    return build(Options(root, root / "out", jobs=1, cache=False))


def assets():
    folder = reading.DEFAULT_TEMPLATES
    return {path.relative_to(folder).as_posix(): path for path in folder.glob("assets/**/*")}


@pytest.mark.parametrize(
    "theme, paper, quote",
    [
        (b":root { --paper: #102030; --quote: rgb(1, 2, 3); } @media dark { :root { --paper: #fff; } }", (16, 32, 48), (1, 2, 3)),
        (b":root { --paper: oklch(0.9 0 0) }", (252, 250, 245), (156, 44, 58)),
        (None, (252, 250, 245), (156, 44, 58)),
    ],
)
def test_colours_are_those_of_the_theme_else_ours(theme, paper, quote):
    found = {name: path for name, path in assets().items() if name != social_card.THEME} | ({social_card.THEME: theme} if theme else {})
    drawn = Image.open(io.BytesIO(social_card.Painter(found).draw(CardImage("Desk", "A title", "", ("named",))))).convert("RGB")
    assert [drawn.getpixel((5, 300)), drawn.getpixel((5, 5)), drawn.getpixel((90, 540))] == [paper, quote, quote]


def test_an_image_is_drawn_once_and_again_only_for_what_it_shows(tmp_path):
    report = write(tmp_path)
    assert report.diagnostics == (), report.diagnostics
    card = tmp_path / "out/explainers/first/card.png"
    first = card.read_bytes()
    image = Image.open(io.BytesIO(first))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    page = LexborHTMLParser((tmp_path / "out/explainers/first/index.html").read_text("utf-8"))
    meta = {
        node.attributes.get("property") or node.attributes.get("name"): node.attributes["content"] for node in page.css("meta[content]")
    }
    assert meta["og:image"] == "https://example.org/explainers/first/card.png"
    assert meta["twitter:card"] == "summary_large_image"
    assert meta["og:image:alt"] == "Łódź and Одеса: who said what?"
    for other in ("explainers/first/statements", "events/talks"):
        assert meta["og:image"] in (tmp_path / "out" / other / "index.html").read_text("utf-8")
    assert json.loads(page.css_first('script[type="application/ld+json"]').text())["image"] == meta["og:image"]
    assert "explainers/first/card.png" in {step.path for step in write(tmp_path).plan.keep}
    assert "explainers/first/card.png" in {step.path for step in write(tmp_path, "Another").plan.write}
    assert card.read_bytes() != first
    write(tmp_path)
    assert card.read_bytes() == first


def test_none_is_drawn_unasked_nor_in_letters_that_our_fonts_lack(tmp_path):
    write(tmp_path, settings="")
    assert not list(tmp_path.rglob("card.png"))
    write(tmp_path, "ماذا قيل؟")
    assert not list(tmp_path.rglob("card.png"))
    for page in ("explainers/first/", "actors/ada/", "explainers/first/statements/", ""):
        text = (tmp_path / "out" / page / "index.html").read_text("utf-8")
        assert '<meta property="og:image" content="https://example.org/assets/share.png">' in text
        assert '<meta property="og:image:alt" content="Desk">' in text
    assert Image.open(io.BytesIO((tmp_path / "out/assets/share.png").read_bytes())).size == (1200, 630)


def test_without_the_library_nothing_is_built_and_it_is_told_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr("builder.render.social_card.importlib.util.find_spec", lambda _name: None)
    report = write(tmp_path)
    assert report.plan is None
    (problem,) = report.diagnostics
    assert (problem.code, "pip install 'backstory[images]'" in problem.help) == ("images-library", True)
    assert write(tmp_path, settings="").plan is not None


def inked(data, box):
    return len(Image.open(io.BytesIO(data)).convert("L").crop(box).getcolors() or ())


@pytest.mark.parametrize("title", ["A", "word " * 60, "Donaudampfschifffahrtsgesellschaftskapitän" * 3, ""])
def test_any_title_leaves_the_edges_free_and_the_rest_readable(title):
    painter = social_card.Painter(assets())
    data = painter.draw(CardImage("Desk", title.strip(), "19 January 2022", ("named", "institution", "unnamed") * 30))
    assert data == social_card.Painter(assets()).draw(
        CardImage("Desk", title.strip(), "19 January 2022", ("named", "institution", "unnamed") * 30)
    )
    assert inked(data, (0, 20, 70, 630)) == 1
    assert inked(data, (share_images.WIDTH - 70, 20, share_images.WIDTH, 630)) == 1, "something runs out of the picture"
    assert inked(data, (80, 440, 600, 500)) > 1  # the date


def test_no_more_of_a_title_is_looked_at_than_there_is_room_for():
    painter = social_card.Painter(assets())
    long, longer = (painter.draw(CardImage("Desk", "a" * number, "", ())) for number in (1_000, 1_000_000))
    assert longer == long
