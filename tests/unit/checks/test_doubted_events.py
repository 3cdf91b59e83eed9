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


@pytest.mark.parametrize(
    "before, language",
    [
        ("It is a lie to say ", "en"),
        ("It is wrong to say that ", "en"),
        ("It was a lie that ", "en"),
        ("The Gazette retracted its report that ", "en"),
        ("The Gazette has withdrawn the claim that ", "en"),
        ("There is no truth in the report that ", "en"),
        ("There is no truth to claims that ", "en"),
        ("The mayor dismissed reports that ", "en"),
        ("Police ruled out the theory that ", "en"),
        ("Nothing suggests that ", "en"),
        ("He cast doubt on the claim that ", "en"),
        ("The boat is said to have been ", "en"),
        ("The mayor was thought to have ", "en"),
        ("Police could not confirm that ", "en"),
        ("The paper falsely reported that ", "en"),
        ("The paper wrongly claimed that ", "en"),
        ("She never said that ", "en"),
        ("He did not say whether ", "en"),
        ("The council was due to ", "en"),
        ("Rumours of a ", "en"),
        ("It has not been proven that ", "en"),
        ("He pretended that ", "en"),
        ("Hale took back her claim that ", "en"),
        ("The Lantern apologised for its report that ", "en"),
        ("It is not true to say that ", "en"),
        ("It is simply untrue that ", "en"),
        ("It is far from certain that ", "en"),
        ("The port disputes the claim that ", "en"),
        ("No one has confirmed that ", "en"),
        ("Nobody has ever shown that ", "en"),
        ("Anna Hale hat nie gesagt, dass ", "de"),
        ("Es stimmt nicht, dass ", "de"),
        ("Es ist eine Lüge, dass ", "de"),
        ("Es gibt keine Belege dafür, dass ", "de"),
        ("Die Zeitung widerrief ihren Bericht, dass ", "de"),
        ("Die Zeitung berichtete fälschlich, dass ", "de"),
        ("Die Zeitung nahm die Meldung zurück, dass ", "de"),
        ("Niemand hat bestätigt, dass ", "de"),
        ("Anna n’a jamais dit que ", "fr"),
        ("La mairie a démenti que ", "fr"),
        ("Il est faux que ", "fr"),
        ("Rien n’indique que ", "fr"),
        ("Le maire dément qu’", "fr"),
        ("Aucune preuve que ", "fr"),
        ("Le journal a retiré l’information selon laquelle ", "fr"),
        ("Le bateau aurait ", "fr"),
        ("Il n’est pas vrai que ", "fr"),
        ("Ana nunca dijo que ", "es"),
        ("El alcalde negó que ", "es"),
        ("Es mentira que ", "es"),
        ("No hay pruebas de que ", "es"),
        ("El diario se retractó de la noticia de que ", "es"),
        ("El barco habría ", "es"),
        ("El alcalde desmintió que ", "es"),
        ("Он не говорил, что ", "ru"),
        ("Мэр опроверг, что ", "ru"),
        ("Нет доказательств того, что ", "ru"),
        ("Газета отозвала сообщение о том, что ", "ru"),
        ("Никто не подтвердил, что ", "ru"),
        ("Мэр никогда не говорил, что ", "ru"),
        ("Мер ніколи не казав, що ", "uk"),
        ("Мер заперечив, що ", "uk"),
        ("Anna non ha mai detto che ", "it"),
        ("Il sindaco ha smentito che ", "it"),
        ("Ana nunca disse que ", "pt"),
        ("O prefeito negou que ", "pt"),
        ("De burgemeester ontkende dat ", "nl"),
        ("Anna heeft nooit gezegd dat ", "nl"),
        ("Burmistrz zaprzeczył, że ", "pl"),
        ("Nie jest prawdą, że ", "pl"),
        ("安娜从未说过", "zh"),
        ("市长并未表示", "zh"),
        ("报社撤回了", "zh"),
        ("もし", "ja"),
    ],
)
def test_other_words_before_an_event_that_deny_or_doubt_it(before, language):
    assert doubt_before(before, language) is not None


@pytest.mark.parametrize(
    "before, language",
    [
        ("The boat that was said to be slow ", "en"),
        ("The allegedly stolen boat ", "en"),
        ("Two allegedly drunk sailors ", "en"),
        ("She does not dispute that ", "en"),
        ("It is not untrue that ", "en"),
        ("Cox withdrew from the race after ", "en"),
        ("The mayor withdrew and ", "en"),
        ("The council dismissed the clerk, and ", "en"),
        ("She said that ", "en"),
        ("The report says that ", "en"),
        ("It is true that ", "en"),
        ("There is proof that ", "en"),
        ("Police confirmed that ", "en"),
        ("The council said in a report that ", "en"),
        ("After the vote, ", "en"),
        ("The claim was settled when ", "en"),
        ("Das angeblich gestohlene Boot ", "de"),
        ("Der Rat sagte, dass ", "de"),
        ("Die Polizei teilte mit, dass ", "de"),
        ("Nachdem der Rat das Dementi gelesen hatte, ", "de"),
        ("Es stimmt, dass ", "de"),
        ("La mairie a dit que ", "fr"),
        ("Le maire a confirmé que ", "fr"),
        ("Après le vote, ", "fr"),
        ("Le bateau prétendument volé ", "fr"),
        ("El alcalde dijo que ", "es"),
        ("El barco supuestamente robado ", "es"),
        ("Tras la votación, ", "es"),
        ("Мэр сказал, что ", "ru"),
        ("Якобы украденное судно в порту ", "ru"),
        ("Мэр не отрицает, что ", "ru"),
        ("После голосования ", "ru"),
        ("市长说", "zh"),
        ("昨天", "zh"),
        ("市長は", "ja"),
        ("The newsroom learned that ", "en"),
        ("No sooner had they landed than ", "en"),
        ("The warning came before ", "en"),
        ("Without a word, ", "en"),
        ("Nobody was hurt when ", "en"),
        ("He found out that ", "en"),
        ("Cox, who denied it, saw that ", "en"),
        ("In the weeks before the denial, ", "en"),
        ("He never forgot that ", "en"),
        ("The danger of fire grew when ", "en"),
        ("She could not believe that ", "en"),
        ("Few doubt that ", "en"),
        ("It is widely known that ", "en"),
        ("She did not know that ", "en"),
        ("They were surprised that ", "en"),
    ],
)
def test_like_words_before_an_event_that_neither_deny_nor_doubt_it(before, language):
    assert doubt_before(before, language) is None


@pytest.mark.parametrize(
    "behind, is_doubted",
    [
        (" is a lie.", True),
        (" was a hoax.", True),
        (" turned out to be untrue.", True),
        (", which Cox denies.", True),
        (", a claim the port disputes.", True),
        (" n’a jamais eu lieu.", True),
        (" nunca ocurrió.", True),
        (" не состоялась.", True),
        ("从未发生。", True),
        ("ことを否定した。", True),
        (" was called off.", True),
        (", it is claimed.", True),
        (" ist eine Lüge.", True),
        (" stimmt nicht.", True),
        ("것을 부인했다.", True),
        ("とされる。", True),
        (" is not true.", True),
        (", Cox claimed.", True),
        (", says the port, which Cox denies.", False),
        (" was false.", True),
        (" denied a permit.", False),
        (" was right.", False),
        (" in Bern.", False),
        (" wasn’t easy.", False),
        (" 在北京举行。", False),
        ("と述べた。", False),
        (", which Cox saw.", False),
        (", said Cox, who denied the theft.", False),
        ("は成功した。", False),
        (" est un succès.", False),
        (" fue un éxito.", False),
        (" was a success.", False),
        (" was denied a permit.", False),
        (" was wrongly dated.", False),
        (" is disputed territory.", False),
    ],
)
def test_other_words_behind_an_event(behind, is_doubted):
    assert (doubt_behind(behind) is not None) == is_doubted


@pytest.mark.parametrize(
    "text, told",
    [
        ("The report that [the boat was sold]{on=2024-03-01} was later withdrawn.", True),
        ("The report that [the boat was sold]{on=2024-03-01} was confirmed.", False),
        ("The report that [the boat was sold]{on=2024-03-01} was not confirmed.", True),
        ("That [the boat was sold]{on=2024-03-01} was denied by the line.", True),
        ("The plan that [the council chose]{on=2024-03-01} was withdrawn.", False),
    ],
)
def test_a_report_of_an_event_that_was_taken_back_is_told(text, told):
    found = problems_of(f"---\ntitle: T\npublished: 2024-03-08\n---\n{text}\n")
    assert ("event-text-doubt" in [problem.code for problem in found]) == told
