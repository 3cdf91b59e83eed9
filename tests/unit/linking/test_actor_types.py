"""What kind of actor a name is of, and what is told and counted where nobody has said."""

import pytest

from builder import linking
from builder.cli.commands import new
from builder.content import settings
from builder.content.parse import parse
from builder.i18n import language
from builder.linking import descriptions_as_names
from builder.linking.actor_types import kind_of
from builder.pages import cards

NAMES = {
    "Organization": "Pilots’ Union|Farmers' Union of Gullhaven|People’s Church|Diocese of Lund|National Bank Ltd|Acme Inc.|Quist GmbH|BASF SE|Siemens AG|Quist & Co|Quist and Sons|Ferries S.A.|Saltholm Bank|Bank of England|University of Leeds|"
    "Universität Bremen|Labour Party|European Union|Trade Union|World Health Organization|Catholic Church|Associated Press|Banco de Saltholm|Gullhaven Foundation|Acme, Inc.|Landesbank|United Nations|The United Nations|BBC|SPD|UNICEF|AT&T|Amnesty International|European Movement for Ferries|Gazprom|Marsh, Pike & Sons|Goldman Sachs|"
    "Reuters|Agence France-Presse|The Guardian|Boeing|新华社|رويترز|ООО «Ромашка»|АО Ромашка|Банк России|株式会社日立|日立株式会社|华为公司|삼성주식회사|自民党",
    "PublicBody": "City of Saltholm|Port of Gullhaven|County of Ek|Free City of Danzig|Metropolitan Borough of Ek|Stadt Saltholm|Ville de Saltholm|Gemeinde Ek|보건복지부|وزارة الصحة|משרד הבריאות|Sağlık Bakanlığı|Ministerstwo Zdrowia|Υπουργείο Υγείας|Federal Reserve|Sveriges Riksbank|Ministry of Health|Ministry for the Sea|Department of Defense (DoD)|Supreme Court|Court of Appeal|High Court of Justice|Metropolitan Police|Gullhaven Council|"
    "Committee to Protect Ferries|Agency for Nothing|Bundesverwaltungsgericht|Gesundheitsministerium|Ministère de la Santé|White House|House of Commons|Prime Minister’s Office|Parliament|Kremlin|The Kremlin|Police Scotland|Bundesnetzagentur|Landgericht Hamburg|Bundeskriminalamt|Finanzamt Gullhaven|Министерство обороны|Верховный суд|Правительство России|外務省|警視庁|外交部|中国政府|국방부",
    "Country": "Egypt|The Netherlands|die Schweiz|Deutschland|Côte d’Ivoire|Côte d'Ivoire|Burma|United States|USA|Jordan|Republic of Saltholm|Kingdom of Saltholm|State of Palestine|España|中国|日本|Россия|Франція|대한민국",
    "": "Ville Ek|Joy City|Emma Port|Anna Parish|Maria Stad|Les’ Ek|Bill Banks|Jordan Smith|Chad Michaels|Georgia Meloni|Judge Court|Margaret Court|Gabrielle Union|Charlotte Church|Robert Service|John Fund|Emily Post|India Knight|Israel Keyes|"
    "Ireland Baldwin|Jersey Lee|Police Chief Ann Lee|Council Leader Bo Ek|Spokesman for the Ministry of Health|President Bank|Juan de la Iglesia|Maria da Silva|Mina Quist|Paul Reuter|Ann Boeing|A|李安||Bundeskanzler Quist|Bundespräsidentin|J.F.K.|Bill Samt|長谷部|服部|服部半蔵|Иван Судов|Министр обороны|Police Chief Scotland Lee|김철수",
}


@pytest.mark.parametrize("kind, name", [(kind, name) for kind, names in NAMES.items() for name in names.split("|")])
def test_the_kind_of_an_actor_that_a_name_tells(kind, name):
    assert kind_of(name) == kind


def read(actors, **files):
    text = f"---\ntitle: T\npublished: 2024-03-08\nactors:\n  {actors}\nquotes: [{{bank: It runs., said: 2024}}]\n---\n“It runs.”\n"
    documents = [parse("content/explainers/a.md", text.encode()), *(parse(path, given.encode()) for path, given in files.items())]
    site, problems = linking.link(settings.read(b"title: T")[0], language.load("en"), documents)
    return site, [problem.help for problem in problems if problem.code == "actor-untyped"]


@pytest.mark.parametrize(
    "line, name, hint",
    [
        (
            "bank: National Bank Ltd, lender",
            "National Bank Ltd",
            "Write bank: {type: Organization, name: National Bank Ltd, position: lender}",
        ),
        ("bank: Acme, Inc.", "Acme, Inc.", 'Write bank: {type: Organization, name: "Acme, Inc."}'),
        ("bank: Acme, Inc., lender", "Acme, Inc.", 'Write bank: {type: Organization, name: "Acme, Inc.", position: lender}'),
        (
            "bank: Marsh, Pike & Sons, lender",
            "Marsh, Pike & Sons",
            'Write bank: {type: Organization, name: "Marsh, Pike & Sons", position: lender}',
        ),
        ("bank: Egypt", "Egypt", "Write bank: {type: Country, name: Egypt}"),
        ("bank: {name: Ministry of Health, alias: Ministry}", "Ministry of Health", "Add “type: PublicBody”"),
    ],
)
def test_what_is_no_person_is_told_with_the_line_to_write_and_counted_as_none(line, name, hint):
    site, told = read(line)
    assert told == [f"{hint}; or “type: Person”, if it is a person’s name."]
    card = cards.actor_card(site, "bank")
    assert (card.name, card.type != "Person", card.kind_words.endswith(", to judge by the name")) == (name, True, True)
    assert cards.quote_card(site, ("a", "it-runs")).basis.speaks == "institution"


@pytest.mark.parametrize(
    "line, type_, files",
    [
        ("bank: {type: Person, name: National Bank Ltd}", "Person", {}),
        ("bank: {type: Group, name: National Bank Ltd}", "Group", {}),
        ("bank: Bill Banks", "Person", {}),
        ("bank:", "Group", {"content/actors/bank.md": "---\nname: National Bank Ltd\ntype: Group\n---\n"}),
        ("bank: National Bank Ltd", "Group", {"content/actors/bank.md": "---\ntype: Group\n---\n"}),
    ],
)
def test_what_is_said_counts_wherever_it_stands(line, type_, files):
    site, told = read(line, **files)
    assert (site.actors["bank"].type, site.actors["bank"].derived, told) == (type_, (), [])


@pytest.mark.parametrize(
    "name, line",
    [
        ("Egypt", "type: Country  #"),
        ("Ministry of Health", "type: PublicBody  #"),
        ("Mina Quist", "# type: Person  #"),
        ("Reuters", "type: Organization  #"),
    ],
)
def test_a_new_actor_is_of_the_kind_that_the_name_tells_and_else_of_none_yet(tmp_path, name, line):
    assert new.new(tmp_path, "actor", name) == 0
    (made,) = (tmp_path / "content/actors").iterdir()
    assert made.read_text("utf-8").split("\n")[1].startswith(line)


@pytest.mark.parametrize(
    "name, describes",
    [
        ("A neighbour", True),
        ("An official", True),
        ("Three witnesses", True),
        ("12 passengers", True),
        ("Officials", True),
        ("Residents of Gull", True),
        ("Sources close to the mayor", True),
        ("Anonymous", True),
        ("Unnamed source", True),
        ("Ein Nachbar", True),
        ("Mehrere Anwohner", True),
        ("Une voisine", True),
        ("Очевидцы", True),
        ("A Lin", False),
        ("An Nguyen", False),
        ("Three Rivers", False),
        ("Six Flags", False),
        ("Ann Lee", False),
        ("The Edge", False),
        ("Ina Eine", False),
        ("Unai Etxe", False),
        ("Experten Meier", False),
    ],
)
def test_a_description_is_no_name(name, describes):
    assert descriptions_as_names.is_description(name) == describes
