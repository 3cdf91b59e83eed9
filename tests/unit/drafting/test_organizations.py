"""Companies and associations among the speakers."""

import pytest

from builder.drafting import draft_of, explainer, read
from builder.drafting.draft_file import DraftFileOptions
from builder.drafting.findings import BODY, UNNAMED
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


SAID = "“It is over,” {0} said. On Monday the pilot spoke to {0}. {0} reported that the boat was sound. “It floats,” wrote {0}."


@pytest.mark.parametrize("name", ["The Post", "The Pilot", "The Harbour Observer", "The Times of Tarn"])
@pytest.mark.parametrize("byline", ["By Ann Lee, {}, 18 January 2022", "By Ann Lee | {} | 18 January 2022"])
@pytest.mark.parametrize("small", [False, True])
def test_an_outlet_whose_name_has_an_article_speaks_where_the_masthead_gives_it(name, byline, small):
    called = name.replace("The ", "the ") if small else name
    draft = draft_of(read(f"Ferry stops\n\n{byline.format(name)}\n\n{SAID.format(called)}", name="a.txt"))
    assert (draft.article.authors, draft.article.publisher) == (("Ann Lee",), name)
    assert [(said.speaker.name, said.speaker.organization) for said in draft.said] == [(name, True)] * 3


def test_an_outlet_speaks_where_a_source_gives_it_and_a_pilot_stays_one():
    text = "The ferry stops. The Pilot said that it was “over and done”. “It floats,” said the pilot."
    said = draft_of(read(text, name="a.txt", publishers=["The Pilot", "Lantern"])).said
    assert [(one.speaker.name, one.speaker.kind) for one in said] == [("The Pilot", BODY), ("the pilot", UNNAMED)]
    (german,) = draft_of(read("„Es ist vorbei“, schreibt Der Bote.", name="a.txt", language="de", publishers=["Der Bote"])).said
    assert german.speaker is not None
    assert german.speaker.name == "Der Bote"


def test_a_name_that_means_a_writing_too_is_one_by_its_capital():
    (said,) = draft_of(read("“It is over,” the Post said.", name="a.txt")).said
    assert said.speaker is not None
    assert said.speaker.name == "Post"
    *_, said = draft_of(read("Ann Lee said it in a post. The post said “it is over”.", name="a.txt")).said
    assert said.speaker is not None
    assert said.speaker.name == "Ann Lee"


def test_names_of_persons_are_no_companies():
    assert not any(map(is_organization, ("Ann Lee", "Tom Pryce")))
    assert not is_firm("Ann Lee")
    assert is_company("shipping company based in Tarn")
    assert not is_company("head of the company")
