"""Companies and associations among the speakers."""

import pytest

from builder.drafting import draft_of, explainer, read
from builder.drafting.draft_file import DraftFileOptions
from builder.drafting.organizations import is_company, is_firm, is_organization


@pytest.mark.parametrize(
    "text, record",
    [
        ("A survey by Hollin & Pryce, an engineering firm, is out. “It is sound,” Hollin & Pryce said.", "type: Organization}"),
        ("The engineering firm Corran Homes said the wall was sound.", "name: Corran Homes, type: Organization}"),
        ("The Friends of Tarnmouth Baths said they would fight.", "name: Friends of Tarnmouth Baths, type: Organization}"),
        ("“It is over,” said Leonora Vask, who chairs the Friends of Tarn.", "position: chair of the Friends of Tarn}"),
        ("“It is over,” said Petra Lang, head teacher of St Brannock’s.", "position: head teacher of St Brannock’s}"),
    ],
)
def test_what_is_no_person_is_proposed_as_an_organization(text, record):
    made = explainer(draft_of(read(text, name="a.txt")), DraftFileOptions(title="A", source="echo")).text
    assert record in made


def test_the_firm_is_the_one_that_was_called_so():
    text = "A survey by Hollin & Pryce, an engineering firm, is out. The firm said the boiler was safe."
    (said,) = draft_of(read(text, name="a.txt")).said
    assert said.speaker is not None
    assert said.speaker.name == "Hollin & Pryce"


def test_somebody_who_never_speaks_is_not_proposed():
    text = "Ann Lee, a pilot, met an engineer. “It is old,” she said."
    assert "engineer" not in explainer(draft_of(read(text, name="a.txt")), DraftFileOptions(title="A", source="echo")).text


def test_names_of_persons_are_no_companies():
    assert not any(map(is_organization, ("Ann Lee", "Tom Pryce")))
    assert not is_firm("Ann Lee")
    assert is_company("shipping company based in Tarn")
    assert not is_company("head of the company")
