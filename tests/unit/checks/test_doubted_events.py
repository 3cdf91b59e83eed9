"""Events marked in a sentence that does not say that they happened."""

import pytest

from builder import checks, linking
from builder.checks.doubted_events import doubt_before, doubt_behind
from builder.content import settings
from builder.content.parse import parse
from builder.i18n import language


@pytest.mark.parametrize(
    "before, language, status",
    [
        ("The clerk denied that ", "en", "denied"),
        ("The clerk denied on Monday that ", "en", "denied"),
        ("The clerk’s denial that ", "en", "denied"),
        ("He denies having ", "en", "denied"),
        ("She disputed that ", "en", "denied"),
        ("There is no evidence that ", "en", "alleged"),
        ("It is not clear whether ", "en", "alleged"),
        ("It was not true that ", "en", "alleged"),
        ("They alleged that the ", "en", "alleged"),
        ("Amid rumours on the island that ", "en", "alleged"),
        ("Islanders feared that ", "en", "expected"),
        ("She accused him of ", "en", "alleged"),
        ("Perhaps ", "en", "alleged"),
        ("Reportedly ", "en", "alleged"),
        ("The boat was allegedly ", "en", "alleged"),
        ("If the ", "en", "conditional"),
        ("Nobody knows whether ", "en", "conditional"),
        ("The council might ", "en", "conditional"),
        ("The boat did not ", "en", "denied"),
        ("The boat never ", "en", "denied"),
        ("They refused to ", "en", "planned"),
        ("Der Rat bestritt, dass ", "de", "denied"),
        ("Es ist unklar, ob ", "de", "alleged"),
        ("Vielleicht ", "de", "alleged"),
        ("Der Rat hat das Boot angeblich ", "de", "alleged"),
        ("Das Boot soll ", "de", "alleged"),
        ("Falls das ", "de-AT", "conditional"),
        ("Das Boot wurde nicht ", "de", "denied"),
        ("El barco no ", "es", "denied"),
        ("Le bateau n’a jamais ", "fr", "denied"),
        ("Судно якобы ", "ru", "alleged"),
        ("Судно не ", "ru", "denied"),
        ("Неправда, что ", "ru", "alleged"),
        ("No es cierto que ", "es", "alleged"),
        ("Personne ne croit que ", "fr", "alleged"),
        ("市政府否认", "zh", "alleged"),
        ("Nobody believes that ", "en", "alleged"),
        ("There was never any proof that ", "en", "alleged"),
        ("Contrary to reports, ", "en", "denied"),
        ("They promised to ", "en", "planned"),
    ],
)
def test_words_before_an_event_that_make_it_no_fact(before, language, status):
    found = doubt_before(before, language)
    assert found is not None
    assert found[1] == status


@pytest.mark.parametrize(
    "before, language",
    [
        ("", "en"),
        ("On Monday ", "en"),
        ("It was not until Monday that ", "en"),
        ("Not only that: ", "en"),
        ("There is no doubt that ", "en"),
        ("The clerk denied the claim, and on Monday ", "en"),
        ("He denied it; ", "en"),
        ("In May ", "en"),
        ("Nobody denies that ", "en"),
        ("Niemand bestreitet, dass ", "de"),
        ("Perhaps the best known act came in May, when ", "en"),
        ("Perhaps because it rained, ", "en"),
        ("Never before ", "en"),
        ("He asked whether she knew that ", "en"),
        ("The board rejected the plan, and said that ", "en"),
        ("After Cox denied the claim that he lied, he said that ", "en"),
        ("The clerk said that ", "en"),
        ("The rumours ended when ", "en"),
        ("After the council failed, ", "en"),
        ("The council confirmed that ", "en"),
        ("Not a week later ", "en"),
        ("Erst am Montag ", "de"),
        ("Der Rat bestätigte, dass ", "de"),
        ("Am Montag ", "de"),
        ("El lunes ", "es"),
    ],
)
def test_words_before_an_event_that_leave_it_a_fact(before, language):
    assert doubt_before(before, language) is None


@pytest.mark.parametrize(
    "text, told",
    [
        ("The clerk denied that [the boat was sold]{on=2024-03-01}.", True),
        ("The clerk denied that [the boat was sold]{on=2024-03-01 status=denied by=ann}.", False),
        ("The clerk denied that [the boat was sold]{on=2024-03-01 status=occurred}.", False),
        ("The clerk confirmed that [the boat was sold]{on=2024-03-01}.", False),
        ("Perhaps [the boat was sold]{on=2024-03-01}.", True),
        ("The clerk denied it. [The boat was sold]{on=2024-03-01}.", False),
    ],
)
def test_an_event_that_its_sentence_doubts_is_told_unless_it_has_a_status(text, told):
    found = problems_of(f"---\ntitle: T\npublished: 2024-03-08\nactors:\n  ann: {{name: Ann Lee}}\n---\n{text}\n")
    assert ("event-text-doubt" in [problem.code for problem in found]) == told


def problems_of(text):
    document = parse("content/explainers/one.md", text.encode())
    assert not document.diagnostics
    site, problems = linking.link(settings.read(b"title: T")[0], language.load("en"), [document])
    assert not problems
    return checks.check(site)


@pytest.mark.parametrize(
    "behind, status",
    [
        (" never took place.", "cancelled"),
        (" was cancelled.", "cancelled"),
        (" was postponed to May.", "postponed"),
        (", allegedly.", "alleged"),
        (" was wrong.", "denied"),
        (" fand nie statt.", "cancelled"),
        (" on Monday.", None),
        (" was held in Bern.", None),
        (", and the vote was cancelled.", None),
        (". Reportedly it rained.", None),
    ],
)
def test_words_behind_an_event(behind, status):
    found = doubt_behind(behind)
    assert (found[1] if found else None) == status
