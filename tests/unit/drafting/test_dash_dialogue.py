"""Speech that dashes set apart."""

import pytest

from builder.drafting import draft_of, read


def spoken(text: str) -> list[tuple[str | None, list[str]]]:
    return [
        (quote.speaker.name if quote.speaker else None, [text[low:high] for low, high in quote.spans])
        for quote in draft_of(read(text, name="a.txt")).said
    ]


@pytest.mark.parametrize(
    "text, pieces",
    [
        ("— We wait, — said the ferryman. — The sea decides.", ["We wait,", "The sea decides."]),
        ("— We wait, says the ferryman. — The sea decides.", ["We wait,", "The sea decides."]),
        ("The boat is late. — We wait, said the ferryman.", ["We wait,"]),
        ("«We wait, — said the ferryman, — and then we go.»", ["We wait,", "and then we go."]),
    ],
)
def test_a_dash_opens_speech_and_another_tells_who_speaks(text, pieces):
    assert spoken(text) == [("the ferryman", pieces)]


def test_a_list_is_no_speech():
    assert spoken("The plan:\n\n— a new mast\n\n— a new sail\n") == []
