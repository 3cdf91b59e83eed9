"""German, for the rules. All nouns begin with a capital here, and the subject often stands behind its verb."""

from builder.i18n.lexicons.lexicon import Lexicon, words
from builder.i18n.lexicons.speech import words_of
from builder.i18n.lexicons.speech.germanic import GERMAN as SPEECH

_FORMS = """sagte sagten sagt sagen erklärte erklärten erklärt erklären meinte meinten meint meinen berichtete berichteten berichtet berichten erzählte erzählten erzählt fragte fragten fragt forderte forderten fordert fordern
antwortete antworteten antwortet betonte betonten betont betonen versicherte versicherten versichert beteuerte beteuerten beteuert bekräftigte bekräftigten bekräftigt ergänzte ergänzten ergänzt fügte fügten fügt warnte warnten warnt warnen
kritisierte kritisierten kritisiert lobte lobten lobt bedauerte bedauerten bedauert behauptete behaupteten behauptet behaupten räumte räumten räumt gestand gestanden gesteht kündigte kündigten kündigt teilte teilten teilt
erwiderte erwiderten erwidert entgegnete entgegneten entgegnet bestätigte bestätigten bestätigt versprach versprachen verspricht äußerte äußerten äußert vermutete vermuteten vermutet befürchtete befürchteten befürchtet drohte drohten droht
mahnte mahnten mahnt rügte rügten rügt spottete spotteten spottet scherzte scherzten scherzt klagte klagten klagt murmelte flüsterte schimpfte schimpften schimpft resümierte bilanzierte konstatierte erinnerte appellierte urteilte twitterte schrieb schrieben schreibt schreiben
rief riefen ruft sprach sprachen spricht bat baten bittet wandte dementierte dementierten dementiert bestritt bestritten bestreitet heißt hieß verkündete verkündeten verkündet verlangte verlangten verlangt plädierte plädierten hofft hoffte hofften glaubt glaubte
findet fand wies wiesen weist verwies unterstrich hob stellte so nannten notierte postete kommentierte kommentierten kommentiert widersprach widersprachen widerspricht witzelte seufzte schwärmte schwärmt freute ärgerte ärgert freut versicherten ließ ließen lässt gab gaben gibt"""
_CALLS = "nannte nannten nennt nennen bezeichnete bezeichneten bezeichnet beschrieb beschrieben beschreibt sprach sprachen spricht kritisierte kritisierten lobte lobten tat tut verurteilte verurteilten wertete werteten begrüßte begrüßten rügte schalt"
_DENYING = dict.fromkeys(words_of(SPEECH.denies), "")
_DENYING |= dict.fromkeys(["wies", "wiesen", "weist", "weisen"], "zurück") | dict.fromkeys(
    ["schloss", "schlossen", "schließt", "schließen"], "aus"
)
_DENYING |= dict.fromkeys(["stritt", "stritten", "streitet", "streiten"], "ab")
_TITLES = words(
    """vorsitzender-richter verteidiger verteidigerin meteorologe meteorologin notar notarin oberstaatsanwalt oberstaatsanwältin generalsekretär generalsekretärin fraktionschef fraktionschefin parteichef parteichefin bürgermeister bürgermeisterin oberbürgermeister oberbürgermeisterin minister ministerin ministerpräsident ministerpräsidentin kanzler kanzlerin präsident präsidentin sprecher sprecherin pressesprecher pressesprecherin direktor direktorin
professor professorin leiter leiterin chef chefin vorsitzender vorsitzende vorstand geschäftsführer geschäftsführerin landrat landrätin stadtrat stadträtin richter richterin staatsanwalt staatsanwältin anwalt anwältin rechtsanwalt rechtsanwältin
polizist polizistin lehrer lehrerin rektor rektorin schulleiter schulleiterin pfarrer pfarrerin bischof bischöfin kapitän kapitänin ingenieur ingenieurin architekt architektin bäcker bäckerin wirt wirtin förster försterin biologe biologin
ökonom ökonomin forscher forscherin expertin experte hausmeister hausmeisterin trainer trainerin zeuge zeugin schöffe schöffin kämmerer kämmerin dezernent dezernentin stadträtin abgeordneter abgeordnete senator senatorin general kommissar kommissarin
vorgänger vorgängerin amtsvorgänger amtsvorgängerin nachfolger nachfolgerin amtsnachfolger amtsnachfolgerin stellvertreter stellvertreterin vize wehrleiter wehrleiterin brandmeister dr prof herr frau hafenmeister hafenmeisterin fischer fischerin landwirt landwirtin bauer bäuerin winzer winzerin müller gutachter gutachterin arzt ärztin chefarzt chefärztin"""
)
_PEOPLE = _TITLES | words(
    """sachverständiger sachverständige mann frau männer frauen junge mädchen kind kinder leute person personen menschen quelle quellen insider insiderin insidern beamter beamte beamtin beamten vertreter vertreterin vertretern mitarbeiter mitarbeiterin mitarbeitern diplomat diplomatin diplomaten
zeugen augenzeuge augenzeugin anwohner anwohnerin anwohnern nachbar nachbarin nachbarn bewohner bewohnerin bürger bürgerin bürgern eltern mutter vater ehemann ehefrau sohn tochter bruder schwester witwe witwer oma opa großmutter großvater onkel tante enkel enkelin
leser leserin lesern kunde kundin kunden besucher besucherin besuchern fahrgast fahrgäste passagier passagierin passagiere patient patientin schüler schülerin schülern student studentin händler händlerin händlern kollege kollegin kollegen
kritiker kritikerin kritikern gegner gegnerin befürworter befürworterin unterstützer mitglied mitglieder teilnehmer teilnehmerin ermittler ermittlerin ermittlern experten wissenschaftler wissenschaftlerin forschern ärzte ärzten lehrern landwirte fischern bauern
demonstrant demonstrantin demonstranten aktivist aktivistin aktivisten angestellter angestellte berater beraterin beratern abgeordneten politiker politikerin politikern soldat soldatin soldaten anrufer anruferin verkäufer verkäuferin rentner rentnerin mieter mieterin
fahrer fahrerin retter retterin helfer helferin kreise kreisen vertraute vertrauter vertrauten beteiligte beteiligter beteiligten eingeweihte eingeweihter eingeweihten verteidiger verteidigerin anklägerin ankläger nebenkläger nebenklägerin kläger klägerin angeklagter angeklagte angeklagten überlebende überlebender überlebenden lehrling lehrlinge azubi meister meisterin gesellin geselle
einsatzleiter einsatzleiterin feuerwehrmann feuerwehrfrau gewerkschafter gewerkschafterin unternehmer unternehmerin spediteur wachmann hebamme steuerberater steuerberaterin historiker historikerin kuratorin kurator intendant intendantin regisseur regisseurin dirigent dirigentin
schwager schwägerin cousin cousine neffe nichte freundin freund freunde bekannte bekannter verwandte verwandter verwandten schaulustige schaulustiger pendler pendlerin urlauber urlauberin zuschauerin mesner mesnerin küster küsterin messner passagiere wanderer wanderin jäger jägerin dame damen kerl bursche alte alter jugendlicher jugendliche jugendlichen passantin passant passanten gast gäste"""
)
_BODIES = words(
    """ministerium behörde gericht amt polizei stadt gemeinde verein partei gewerkschaft firma unternehmen konzern bank gruppe verband regierung parlament rat stadtrat gemeinderat ausschuss kommission universität hochschule schule klinik krankenhaus zeitung blatt sender magazin
bericht gutachten studie mitteilung erklärung staatsanwaltschaft feuerwehr landratsamt kreis land fraktion initiative stiftung kirche genossenschaft reederei verwaltung kammer anstalt betreiber hersteller versicherung institut amtsgericht landgericht"""
)
_DAYS = words(
    """montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag montagabend dienstagabend mittwochabend donnerstagabend freitagabend samstagabend sonntagabend montagmorgen dienstagmorgen mittwochmorgen donnerstagmorgen freitagmorgen
montagnachmittag dienstagnachmittag mittwochnachmittag donnerstagnachmittag freitagnachmittag januar februar märz april mai juni juli august september oktober november dezember"""
)
_TIMES = _DAYS | words(
    "tag tage tagen woche wochen monat monaten jahr jahre jahren stunde stunden minute minuten morgen abend nacht mittag nachmittag vormittag wochenende heute gestern vorgestern zeit uhr anfang ende mitte frühjahr frühling sommer herbst winter"
)

GERMAN = Lexicon(
    tag="de",
    pronouns={"er": "m", "sie": "a", "es": "n", "ich": "i", "wir": "w", "ihm": "m"},
    determiners=words(
        "der die das des dem den ein eine einer eines einem einen dieser diese dieses diesem diesen jener jene sein seine seiner seinem seinen ihr ihre ihrer ihrem ihren unser unsere zwei drei vier fünf sechs sieben acht neun zehn mehrere einige viele andere anderer alle beide manche kein keine dessen deren"
    ),
    possessives=words("sein seine seiner seinem seinen ihr ihre ihrer ihrem ihren unser unsere"),
    definite=words("der die das des dem den dieser diese dieses diesem diesen jener jene"),
    others={
        "andere": "some",
        "anderer": "other",
        "einer": "one",
        "eine": "one",
        "einige": "some",
        "mehrere": "some",
        "viele": "some",
        "beide": "both",
        "manche": "some",
    },
    prepositions=words(
        "in im an am auf bei beim von vom mit zu zum zur nach vor seit für gegen über unter um aus durch ohne während wegen trotz zwischen neben hinter bis ab laut entlang innerhalb außerhalb gegenüber als wie per pro ins ans"
    ),
    joining=words("von vom aus in im bei beim der des für zur zum mit an am"),
    after_noun=frozenset(),
    conjunctions=words(
        "und aber oder doch denn sondern weil wenn dass da obwohl während als nachdem bevor ehe bis ob sobald damit sodass wo"
    ),
    relatives=words("welcher welche welches wer wen wem man"),
    auxiliaries=words(
        "ist sind war waren sei seien wäre wären hat haben hatte hatten habe hätte hätten wird werden wurde wurden werde würde würden kann können konnte konnten könne könnten muss müssen musste mussten müsse soll sollen sollte sollten solle will wollen wollte wollten wolle darf dürfen durfte dürfe mag möge bin"
    ),
    reporting=words("habe sei seien werde könne müsse solle wolle dürfe gebe komme bleibe gehe stehe wisse lasse mache brauche"),
    negations=words("nicht nie niemals kein keine"),
    adverbs=words(
        "auch dann später noch nur schon bereits jedoch dagegen allerdings weiter zudem außerdem hingegen wiederum zuvor danach jetzt nun hier dort heute gestern zugleich gleichzeitig knapp sichtlich offenbar wörtlich schließlich zunächst mehrfach deshalb darauf daraufhin dazu mit hinzu ein an daran daraus dabei dadurch dafür damit daneben darin darüber darum darunter davon davor dazwischen hierzu hierfür hiervon"
    ),
    verbs=words(
        "kam kamen ging gingen stand standen lag lagen saß nahm nahmen fand fanden blieb blieben sah sahen begann begannen liegt steht gibt geht kommt bleibt besuchte zeigte zeigten"
    ),
    says=(words(_FORMS) | words_of(SPEECH.says))
    - {"gab", "gaben", "gibt", "so", "stellte", "fand", "findet", "ließ", "ließen", "lässt", "nannten", "hob"},
    saying=frozenset(),
    denying=_DENYING,
    calls=words(_CALLS),
    speaks=frozenset(),
    nouns_too=frozenset(),
    that=words("dass ob"),
    according=words("laut so zufolge angaben worten aussage auskunft"),
    titles=_TITLES,
    honours={"herr": "m", "frau": "f", "dr": "", "dr.": "", "prof": "", "prof.": "", "herrn": "m"},
    people=_PEOPLE,
    anybody=words("mann frau person quelle"),
    men=words("mann junge ehemann vater sohn bruder onkel opa großvater witwer enkel herr"),
    women=words("frau mädchen ehefrau mutter tochter schwester tante oma großmutter witwe enkelin"),
    bodies=_BODIES,
    times=_TIMES,
    days=_DAYS,
    particles=words("von van de di da el al bin"),
    future=frozenset(),
    planning=frozenset(),
    spoke=words(
        "gefragt fragte sprach interview gespräch pressekonferenz sitzung mitteilung rede erklärung besuchte sagte äußerte nachfrage telefonat brief post versammlung verhandlung ausgesagt aussagte ausgesprochen traf empfing eröffnete besichtigte"
    ),
    capitals=True,
)
