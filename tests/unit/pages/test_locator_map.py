"""The map of places: projection and extent, names that do not cover each other, and what it says to those who do not see it."""

import re
from pathlib import Path

import pytest

from builder.build.load import load_site
from builder.build.run import Options
from builder.content.parse import parse
from builder.pages import locator_map as maps
from builder.pages.events import event_page
from builder.pages.explainers import explainer_page
from builder.pages.locator_map import FINE, HEIGHT, WIDTH, MapView

GENEVA, KYIV, MINSK = (46.2, 6.14), (50.45, 30.52), (53.9, 27.57)


@pytest.mark.parametrize(
    "value, told",
    [
        ("[46.2, 6.14]", None),
        ("[-33, 151]", None),
        ("[46.2]", "takes a latitude and a longitude"),
        ("Geneva", "takes a latitude and a longitude"),
        ("[46.2, x]", "takes a latitude and a longitude"),
        ("[151, -33]", "no place at latitude 151"),
        ("[46, 200]", "no place at latitude 46"),
    ],
)
def test_coordinates_are_checked(value, told):
    text = f"---\ntitle: Talks\npublished: 2025-01-02\ntimeline: [{{when: 2025-01-01, title: Talks, coordinates: {value}}}]\n---\nText.\n"
    found = parse("content/explainers/talks.md", text.encode())
    problems = [problem.message for problem in found.diagnostics if problem.code == "value-wrong"]
    assert [told in problem for problem in problems] == ([True] if told else [])
    assert (found.explainer.timeline[0].coordinates is None) == bool(told)


@pytest.mark.parametrize(
    "places",
    [
        [GENEVA],
        [GENEVA, KYIV],
        [KYIV, MINSK],
        [(38.9, -77.0), KYIV, (-33.9, 151.2)],
        [(-17.7, 178.0), (-13.8, -171.8)],
        [(89, 0), (-89, 10)],
    ],
)
def test_all_places_are_in_view_with_land_around_them(places):
    view = MapView(places)
    for latitude, longitude in places:
        x, y = view.project(longitude, latitude)
        assert 0 < x < WIDTH
        assert 0 < y < HEIGHT
    land = view.shores()
    assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", land)
    assert len(land) < 12_000
    assert land == MapView(places).shores()


def test_north_is_up_and_the_antimeridian_is_crossed_the_short_way():
    view = MapView([GENEVA, KYIV])
    (west, south), (east, north) = view.project(6.14, 46.2), view.project(30.52, 50.45)
    assert west < east
    assert north < south
    fiji, samoa = MapView([(-17.7, 178.0), (-13.8, -171.8)]), (178.0, -17.7)
    assert fiji.project(*samoa)[0] < fiji.project(-171.8, -13.8)[0]


def test_names_cover_neither_each_other_nor_a_dot():
    places = [(f"Village {n}", 130 + 7 * (n % 3), 70 + 6 * (n // 3)) for n in range(9)]
    spots = maps.place_labels(places, [False] * 9)
    boxes = [maps.label_box(spot.name, spot.label_x, spot.label_y, spot.anchor) for spot in spots if spot.anchor]
    assert 2 <= len(boxes) < 9
    for n, box in enumerate(boxes):
        assert maps.is_on_map(box)
        assert not any(maps.overlap(box, other) for other in boxes[n + 1 :])
        assert not any(maps.overlap(box, (x - 4, y - 4, x + 4, y + 4)) for _, x, y in places if (x, y) != (spots[n].x, spots[n].y))


TALKS = """---
title: Talks
published: 2025-01-02
timeline:
  - {id: fair, when: 2025-01-01, title: The fair opens, place: "Geneva, at the lake", coordinates: [46.2, 6.14]}
  - {id: ball, when: 2025-01-01, title: The ball, place: Geneva, coordinates: [46.2, 6.14]}
  - {id: vote, when: 2025-03-01, title: A vote, place: Kyiv, coordinates: [50.45, 30.52]}
  - {id: rain, when: 2025-01-01, title: Rain, place: Lyon}
---
Text.
"""


def test_a_map_tells_in_words_what_happened_where(tmp_path):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/explainers/talks.md").write_text(TALKS)
    site = load_site(Options(tmp_path, tmp_path / "site", jobs=1)).site
    found = explainer_page(site, "talks").locator
    assert found.title == "Map: Geneva, Kyiv"
    assert found.about == "Geneva: The fair opens, The ball; Kyiv: A vote (planned)."
    assert [(spot.name, spot.hollow) for spot in found.spots] == [("Geneva", False), ("Kyiv", True)]
    assert event_page(site, "rain").locator is None
    assert event_page(site, "vote").locator.title == "Map: Kyiv"


def test_the_template_draws_shores_in_the_steps_in_which_they_are_given():
    drawn = (Path(__file__).parents[3] / "templates/parts/map.html").read_text("utf-8")
    assert f"scale({1 / FINE:g})".replace("0.", ".") in drawn.replace("0.", ".")
