"""English, for the rules."""

from builder.i18n.lexicons.lexicon import Lexicon, words
from builder.i18n.lexicons.speech import words_of
from builder.i18n.lexicons.speech.germanic import ENGLISH as SPEECH

_REGULAR = """ask add respond argue insist explain declare announce acknowledge admit claim state warn assert concede confirm report suggest tweet post joke continue
conclude remark comment complain shout yell recall stress emphasize emphasise predict promise vow pledge propose recommend urge demand plead maintain contend allege
agree disagree answer interrupt interject mutter whisper murmur lament counter retort reiterate repeat reveal disclose clarify elaborate opine muse boast brag fume thunder bemoan caution
advise exclaim volunteer quip signal observe speculate estimate argue wonder hint protest testify reply deny bark confess email charge scoff snap hiss mumble sob plead marvel gush enthuse text blog lecture philosophize theorize theorise correct signal note chant assure point sustain inform affirm specify indicate assess shout chorus concur reason reflect enthuse vent volunteer counsel instruct apologise apologize communicate confide underline grumble sigh recount venture message radio object underscore reckon proclaim reassure divulge inquire enquire reminisce"""
_IRREGULAR_SAYS = """testified testifies replied replies denied denies cried cries quipped quips swore swears thought thinks believed believes put puts
read admitted admits regretted bragged rebutted reads began begins begged begs implied implies"""
_CALLS = """call describe dub label brand denounce dismiss criticize criticise blast slam praise hail characterize characterise cast mock decry condemn deride attack
accuse accept consider thank compare refer welcome quote address greet"""


def _past(verb: str) -> str:
    return verb + "d" if verb.endswith("e") else verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeou" else verb + "ed"


def _third(verb: str) -> str:
    return (
        verb + "es"
        if verb.endswith(("sh", "ss", "ch"))
        else verb[:-1] + "ies"
        if verb.endswith("y") and verb[-2] not in "aeou"
        else verb + "s"
    )


def _participle(verb: str) -> str:
    return verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith("ee") else verb + "ing"


_says = (
    frozenset(form for verb in _REGULAR.split() for form in (_past(verb), _third(verb)))
    | words(_IRREGULAR_SAYS)
    | words_of(SPEECH.says, SPEECH.told)
)
_saying = frozenset(_participle(verb) for verb in _REGULAR.split()) | words(
    "saying admitting writing telling testifying replying denying crying quipping"
)
_doubled = {"referred", "refers", "referring", "labelled", "labelling", "dubbed", "dubbing", "slammed", "slamming"}
_calls = frozenset(form for verb in _CALLS.split() for form in (_past(verb), _third(verb), _participle(verb))) | _doubled | {"cast"}

_DENYING = dict.fromkeys(words_of(SPEECH.denies), "") | dict.fromkeys(("rule", "ruled", "rules", "ruling"), "out")

_TITLES = words(
    """president vice-president minister premier chancellor governor senator congressman congresswoman representative mayor councilman councilwoman councillor councilor judge justice
attorney prosecutor general colonel major captain lieutenant sergeant admiral commander officer detective inspector constable superintendent sheriff chief director chairman chairwoman chair chairperson
secretary ambassador envoy commissioner professor doctor bishop archbishop cardinal pope reverend father sister rabbi imam pastor king queen prince princess lord lady sir dame coach manager
spokesman spokeswoman spokesperson editor reporter host author actor actress candidate nominee leader deputy speaker treasurer engineer analyst economist historian scientist researcher activist
lawyer barrister solicitor surgeon nurse teacher principal headteacher rector dean farmer baker fisherman skipper harbourmaster pilot architect owner founder executive ceo consultant adviser advisor aide
strategist pollster lawmaker legislator mp msp mep alderman warden ombudsman coroner magistrate foreman forewoman juror defendant plaintiff witness driver conductor curator librarian warden organiser organizer
biologist geologist ecologist hydrologist epidemiologist meteorologist physicist chemist psychologist sociologist virologist clerk registrar accountant auditor trustee volunteer midwife paramedic firefighter
counsel reader viewer listener shopkeeper landlord landlady tenant student pupil resident neighbour neighbor voter campaigner trader miner welder mechanic plumber carpenter electrician chef musician singer composer novelist poet painter photographer
"""
)
_PEOPLE = _TITLES | words(
    """person people man woman men women boy girl child children official officials source sources diplomat diplomats employee employees staffer staffers insider insiders worker workers colleague colleagues
parent parents mother father husband wife son daughter brother sister uncle aunt cousin grandmother grandfather widow widower friend friends relative relatives partner nephew niece sibling siblings grandson granddaughter
reader readers viewer listener caller passenger passengers customer customers patient patients guest guests visitor visitors tourist user users
expert experts critic critics supporter supporters opponent opponents member members delegate negotiator negotiators mediator observer observers eyewitness bystander survivor survivors victim victims
soldier soldiers policeman policewoman investigator investigators detective agent agents guard guards prisoner inmate suspect
speaker counterpart successor predecessor boss head co-founder co-chair vice-chair whistleblower informant fan fans protester protesters demonstrator demonstrators marcher striker strikers
growers farmers residents villagers locals neighbours neighbors voters prosecutors lawyers lawmakers senators republicans democrats conservatives liberals teachers students pupils jurors doctors nurses scientists researchers economists analysts
activists campaigners ministers councillors leaders executives managers aides advisers advisors spokesmen spokespeople journalists reporters editors historians engineers drivers owners fishermen tenants landlords pensioner pensioners
newcomer commuter commuters dealer broker trader traders shopper shoppers worker apprentice trainee intern doctor nun monk priest vicar candidate candidates participant participants attendee attendees contractor contractors operator
crew veteran veterans coordinator representative representatives legislators commentators commentator columnist blogger user commenter operative operatives strategists associate assistant secretary teenager teen
another others someone somebody anyone nobody everyone one correspondent anchor interviewer host clergyman parishioner bookkeeper cashier courier cook cleaner carer caretaker gardener hunter angler shepherd nurse ranger guide porter
attorneys officers commanders directors mayors governors judges ambassadors activists organisers organizers users pollsters
winner loser champion master mistress beekeeper keeper rider runner swimmer climber sailor deckhand docker roofer carer butcher brewer builder weaver potter designer programmer writer dancer drummer walker hiker cyclist motorist settler migrant refugee
sexton usher waiter waitress bartender barman barmaid stallholder householder homeowner leaseholder shareholder functionary commoner crofter fisher trawlerman lifeguard coastguard gamekeeper zookeeper undertaker stonemason mason
inhabitant inhabitants dweller dwellers recorder forecaster forecasters mate steward stewardess sitter bargee ferryman boatman signalman signalwoman stationmaster dispatcher juggler trawlerman paymaster quartermaster headmaster headmistress governess provost bursar chaplain
curate rector verger churchwarden organist chorister deacon archdeacon abbot abbess prior novice mullah cleric clerics rapporteur chancellor registrar assessor adjudicator arbitrator bailiff
underwriter planner planners surveyor developer developers lecturer lecturers tutor scholar scholars ornithologist archivist conservator telephonist sommelier publican innkeeper hotelier restaurateur florist greengrocer
rep reps shadow helper helpers carer rescuer rescuers paratrooper trooper corporal private cadet recruit gunner marine ensign midshipman bosun purser navigator
entrepreneur financier investor investors creditor creditors debtor tycoon magnate heir heiress peer peeress baron baroness duke duchess earl countess
thatcher joiner glazier tiler plasterer cobbler tailor seamstress hairdresser barber typist postman postwoman""",
)
_MEN = words(
    "man men boy husband father son brother uncle nephew widower grandfather grandson spokesman chairman councilman congressman policeman fisherman fishermen king prince lord sir landlord priest monk foreman actor clergyman businessman salesman nobleman gentleman ferryman boatman signalman headmaster abbot duke earl baron"
)
_WOMEN = words(
    "woman women girl wife mother daughter sister aunt niece widow grandmother granddaughter spokeswoman chairwoman councilwoman congresswoman policewoman queen princess lady dame landlady nun actress forewoman midwife businesswoman saleswoman headmistress abbess duchess baroness countess governess stewardess signalwoman peeress heiress"
)
_BODIES = words(
    """enterprise government ministry department office council committee commission court agency authority union party company firm corporation bank group organisation organization association federation institute university school
hospital police army navy force board panel jury parliament senate congress house administration campaign team club newspaper paper magazine network station channel charity foundation trust church embassy delegation consortium
company's report statement study survey poll document letter memo email e-mail filing lawsuit complaint indictment ruling verdict notice bulletin website post article editorial book review draft plan audit leaflet log
kremlin pentagon white-house airline operator insurer publisher manufacturer developer watchdog regulator ministry's state city county village town region country nation kingdom republic union's coalition alliance society league
bureau secretariat service services cabinet inquiry tribunal coroner's chamber assembly laboratory lab museum theatre theater orchestra restaurant shop store factory mill plant port utility railway carrier startup start-up""",
)
_DAYS = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december mon tue tues wed thu thur thurs fri sat sun"
)
_TIMES = _DAYS | words(
    "day days week weeks month months year years hour hours minute minutes morning afternoon evening night noon midnight today yesterday tomorrow tonight weekend moment time times second seconds decade decades century spring summer autumn winter fall"
)

ENGLISH = Lexicon(
    tag="en",
    pronouns={"he": "m", "she": "f", "it": "n", "they": "p", "i": "i", "you": "i", "we": "w"},
    determiners=words(
        "the a an this that these those his her its their our my your one two three four five six seven eight nine ten several some many few another other all both each every no most any half dozens hundreds thousands scores"
    ),
    possessives=words("his her its their our my your"),
    definite=words("the this that these those"),
    others={
        "another": "other",
        "others": "other",
        "one": "one",
        "some": "some",
        "many": "some",
        "both": "both",
        "neither": "both",
        "several": "some",
        "two": "some",
        "three": "some",
    },
    prepositions=words(
        "in on at by from with to for of about after before during since until till against under over into onto through across between among amid behind beyond without within near outside inside upon despite like as via per toward towards around along above below off besides following including ahead alongside throughout aboard opposite beneath underneath beside atop amidst amongst unlike"
    ),
    joining=words("of for from at in with on within inside near to outside behind"),
    after_noun=words("familiar close briefed involved present speaking based living responsible knowledgeable"),
    conjunctions=words(
        "and but or nor so yet because while when if although though whereas unless as after before since until that whether than once where then"
    ),
    relatives=words("who which whose whom that what why how"),
    auxiliaries=words(
        "is are was were be been being has have had do does did will would shall should can could may might must 's 'd 've isn't wasn't aren't weren't hasn't haven't hadn't didn't doesn't don't won't wouldn't can't couldn't shouldn't cannot"
    ),
    reporting=frozenset(),
    negations=words(
        "not never n't isn't wasn't didn't doesn't don't won't wouldn't cannot can't couldn't declined refused to neither nor hasn't haven't hadn't"
    ),
    adverbs=words(
        "also then later once still just simply first again now earlier soon often always even only too already almost perhaps maybe however meanwhile instead therefore thus further once-more recently afterwards afterward long never ever both here there today yesterday tonight tomorrow quietly nevertheless nonetheless twice sometimes finally eventually initially previously separately privately publicly reportedly repeatedly flatly famously bluntly angrily high deep far"
    ),
    verbs=words(
        """came come comes went go goes gone made make makes took take takes taken gave give gives given got get gets saw see sees seen knew know knows known found find finds left leave leaves kept keep keeps held hold holds brought bring brings began begin begins begun
ran run runs sat stood stand stands met meet meets won win wins lost lose loses paid pay pays sent send sends built build builds spent spend spends felt feel feels became become becomes led lead leads heard hear hears wore drove fell rose rises grew broke chose spoke speak speaks drew threw flew wants want needs need
seems seem appears appear looks look looked works work serves lives runs owns hopes plans expects fear fears remains stays shows show shown let lets laughed laughs smiled nodded shrugged sighed paused hopes hope did does fought sold bought caught taught sought struck stuck dealt lay laid sprang sang rang
hit hits shook hung woke forgave forgot forgets ended wins counts spent swept crept"""
    ),
    says=_says
    | words(
        "say tell add argue insist warn claim believe write note explain admit deny complain conclude suggest ask think agree acknowledge recall report contend maintain allege"
    ),
    saying=_saying,
    denying=_DENYING,
    calls=_calls,
    speaks=words("spoke speaks speaking talked talks talking complained complains"),
    nouns_too=words(
        "objects radios claims notes reports states calls comments answers remarks questions demands posts signals promises plans tweets ask blog text email charge counter caution volunteer signal estimates hints pledges warns report claim note state call comment answer cast reports protests vows stresses urges fumes replies lies labels brands blasts hails attacks puts reads reports addresses estimated messages texts blogs"
    ),
    that=words("that"),
    according=words("according so words opinion view"),
    titles=_TITLES,
    honours={
        "mr": "m",
        "mr.": "m",
        "mrs": "f",
        "mrs.": "f",
        "ms": "f",
        "ms.": "f",
        "miss": "f",
        "dr": "",
        "dr.": "",
        "prof": "",
        "prof.": "",
        "sen.": "",
        "rep.": "",
        "gov.": "",
        "gen.": "",
        "lt.": "",
        "col.": "",
        "sgt.": "",
        "capt.": "",
        "maj.": "",
        "adm.": "",
        "rev.": "",
        "hon.": "",
        **dict.fromkeys(("rev", "sgt", "pc", "cllr", "insp", "supt", "capt", "col", "maj", "gen", "lt", "hon"), ""),
        "sir": "m",
        "dame": "f",
        "lord": "m",
        "lady": "f",
        "pres.": "",
        "madam": "f",
        **dict.fromkeys(("don", "señor", "senhor", "signor", "monsieur", "herr"), "m"),
        **dict.fromkeys(("dona", "doña", "señora", "senhora", "signora", "madame", "mme", "frau"), "f"),
    },
    people=_PEOPLE,
    anybody=words("person man woman source speaker"),
    men=_MEN,
    women=_WOMEN,
    bodies=_BODIES,
    times=_TIMES,
    days=_DAYS,
    particles=words("de da di del della der den van von vom zu bin ibn al el la le du dos das des ten ter af av y e"),
    future=words("will would shall 'll won't scheduled due upcoming expected planned next until by ahead coming forthcoming deadline"),
    planning=words(
        "hopes hope hoped wants want wanted plans plan planned expects expect expected due set is are scheduled intends intend intended going ready aims aim prepares promised promises vowed vows agreed agrees likely was were"
    ),
    spoke=words(
        "asked spoke speaking interview interviewed statement speech conference briefing hearing testimony testified stopped told said post letter wrote remarks addressed reporters debate rally podcast broadcast visited brief sermon sitting opened inspected toured attended message email e-mail memo note tweet video"
    ),
)
