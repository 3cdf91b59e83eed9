"""The form of the preview takes time that grows with the length of the text alone."""

import pytest

from tests.property.test_linear import calls
from tests.unit.preview.test_annotating import Desk

HEAD = """---
format: 2
title: The winter ferry
summary: S
published: 2022-01-19
sources:
  gazette: Gazette, Ferry may stop, 2022-01-19
"""


def proposed(words):
    return "proposed:\n" + "".join(
        f"  - id: q{n}\n    found: likely\n    because: she said\n    quote: {{speaker: ada, text: [{word}], via: gazette}}\n"
        for n, word in enumerate(words)
    )


TEXTS = {
    "quotations": lambda n: ("", "“It runs” said. " * n),
    "names": lambda n: ("", "Ada Lee met. " * n),
    "names of an actor": lambda n: ("actors: {ada: Ada Lee}\n", "Ada Lee met. " * n),
    "days": lambda n: ("", "“a” on Friday, " * n),
    "proposals": lambda n: (proposed(f"word {m}" for m in range(n)), "".join(f"“word {m}” said. " for m in range(n))),
    "proposals of lines": lambda n: (proposed(f"word {m}" for m in range(n)), "".join(f"“word {m}”\n\n" for m in range(n))),
    "proposals of the same words": lambda n: (proposed(["It runs"] * n), "“It runs” said.\n\n" * n),
    "quotes": lambda n: (
        "actors: {z: Zed}\nquotes:\n" + "".join(f"  - z: word {m} runs\n" for m in range(n)),
        "".join(f"“word {m} runs” " for m in range(n)),
    ),
    "events": lambda n: ("timeline:\n" + "".join(f"  - {1900 + m % 100}-01-01: Thing {m}\n" for m in range(n)), "Text."),
    "actors": lambda n: ("actors:\n" + "".join(f"  a{m}: Ada Lee{m}\n" for m in range(n)), "Text."),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_thrice_the_text_is_no_more_than_thrice_the_work(kind, tmp_path):
    def work(n):
        front, text = TEXTS[kind](n)
        desk = Desk(tmp_path / f"{n}", HEAD + front, f"---\n{text}\n")
        desk.state()
        return calls(desk.state)

    work(1)
    assert work(240) < 4 * work(80) + 2_000


def test_no_name_of_a_text_is_looked_for_in_all_of_it(tmp_path):
    # What a pattern does calls no function. So many took minutes, and so would time out here.
    assert Desk(tmp_path, HEAD, f"---\n{'Ada Lee met. ' * 30_000}\n").state()["names"][0]["words"] == "Ada Lee"
