"""Words of speech and denial in Germanic languages."""

from builder.i18n.lexicons.speech.row import Speech

ENGLISH = Speech(
    says="said|says|added|adds|asked|asks|wrote|writes|replied|replies|answered|insisted|insists|warned|warns|declared|announced|explained|explains|noted|notes|stated|claimed"
    "|argued|argues|recalled|admitted|remarked|continued|concluded|shouted|cried|tweeted|posted|testified|testifies|commented|complained|confirmed|stressed|suggested"
    "|joked|quipped|responded|acknowledged|conceded|vowed|lamented|observed",
    told="told|tells",
    according="according to|in the words of",
    say="say|said|saying|tell|told|telling|write|wrote|written|writing|add|added|reply|replied|use|used|using|utter|uttered|uttering|claim|claimed|claiming",
    nots=r"(?:did|do|does|has|have|had|would|could|will|can)(?: (?:not|never)|n[’']t)|won[’']t|never|cannot|(?:refuse|refuses|refused|refusing|decline|declines|declined|declining) to|nobody|no one",
    between="ever|actually|once|really|publicly|has|had|have",
    misquoted=r"(?:misquoted|wrongly quoted|falsely quoted|incorrectly quoted|wrongly reported|falsely reported|wrongly cited|falsely accused) (?:as|to have|of) (?:having )?(?:said|saying|written|writing|told|telling)"
    r"|(?:falsely|wrongly|incorrectly) (?:attributed|ascribed)[^.;:]{0,30}|misattributed[^.;:]{0,30}"
    r"|put (?:the )?words (?:in|into) (?:(?!\bof\b)[\w’'-]+ ){1,3}mouth"
    r"|(?:(?:what|the words (?:that )?) ?(?:[\w’'-]+ ){1,3}(?:said|wrote|says|used)|(?:his|her|their|[\w-]+[’']s?) (?:actual |exact |own )?words) (?:is|was|were|are)(?: not|n[’']t)"
    r"|(?:no record|no recording|no proof|no evidence) of (?:[\w’'-]+ ){1,4}(?:saying|writing)",
    misquoted_behind=r"(?:is|was|are|were)(?: not|n[’']t) (?:what (?:[\w’'-]+ ){1,3}(?:said|wrote|says|meant to say)|(?:something )?(?:he|she|they|anything) (?:ever )?said|(?:his|her|their|[\w-]+[’']s?) words|a quote)"
    r"|(?:is|was|are|were) (?:an? |the )?(?:misquotation|misquote|invented|made up|made-up|fabricated|a fabrication|fake quote|misattributed|(?:wrongly|falsely) attributed|put in)"
    r"|(?:is|was) (?:a quote|a sentence|a phrase|something) (?:that |which )?(?:(?!but\b)[\w’'-]+ ){1,3}never (?:said|used|wrote|uttered)",
    cues="misquoted|wrongly|falsely|incorrectly|misattributed|attributed|mouth|what|words|record|recording|proof|evidence|something|anything|quote|sentence|phrase"
    "|misquotation|misquote|invented|made|fabricated|fabrication|fake|put|t|refuse|refuses|refused|refusing|decline|declines|declined|declining",
    that="that|if|whether",
    denies="deny|denies|denied|denying|dispute|disputes|disputed|disputing|doubt|doubts|doubted|doubting|refute|refutes|refuted|refuting|reject|rejects|rejected|rejecting"
    "|repudiate|repudiates|repudiated|repudiating|disavow|disavows|disavowed|disavowing",
    denials="denial|denials",
    rejects="contradict|contradicts|contradicted|contradicting|debunk|debunks|debunked|debunking|dismiss|dismisses|dismissed|dismissing|disprove|disproves|disproved|disproving"
    "|quash|quashed|rubbished|scotched|rule out|rules out|ruled out|ruling out|disbelieved|disbelieves",
    withdraws="retract|retracts|retracted|retracting|retraction of|withdraw|withdraws|withdrew|withdrawn|withdrawing|took back|takes back|taken back|taking back|recant|recants|recanted|recanting|disowned"
    "|apologised for|apologized for|apologises for|apologizes for|walked back|backed away from",
    reports="report|reports|claim|claims|story|stories|statement|statements|allegation|allegations|rumour|rumours|rumor|rumors|news|suggestion|suggestions|assertion|assertions|accusation|accusations|notion|idea|theory|word",
    untrue=r"(?:no|little|scant|without|hardly any|never any|not any|any)(?: \w+)? (?:evidence|proof|sign|signs|indication|confirmation|basis|reason to believe|truth (?:in|to|behind))"
    r"|(?:not|never|isn[’']t|wasn[’']t|far from|hardly|no longer)(?: \w+)? (?:true|certain|clear|known|confirmed|proven|proved|shown|established|verified|sure|correct|right to (?:say|claim|write|think)|fair to say|the case)"
    r"|(?:not|nor|unable to|never|cannot|can[’']t|couldn[’']t)(?: be)? (?:confirm|verify|verified|prove|establish|say for certain)|nor confirmed|(?:yet|refused|refuses|declined|declines|unwilling) to (?:confirm|say|verify)"
    r"|(?:nobody|no one|none)(?: [\w’'-]+){0,4} (?:confirmed|shown|showed|proved|proven|believes?|believed|thinks?|thought)|nothing (?:suggests|suggested|shows|showed|proves|proved|indicates|indicated|to (?:suggest|show|prove|indicate))|stop(?:s|ped)? short of (?:saying|claiming)"
    r"|unclear|unknown|uncertain|untrue|false|incorrect|inaccurate|unproven|unconfirmed|unverified|unfounded|baseless|myth|lie|lies|hoax|fiction|fabrication|falsehood|untruth|fake news|conspiracy theory|misconception"
    r"|(?:wrong|mistake|misleading|absurd|nonsense) (?:to (?:say|claim|think|write|report|suggest|believe))|lied when \w+ said|(?:wrongly|falsely|mistakenly|erroneously|incorrectly) (?:report|reported|reports|reporting|claim|claimed|claims|claiming|said|say|says|stated|wrote|announced|believed|assumed|suggested)",
    claimed="allege|alleges|alleged|alleging|allegation|allegations|claim|claims|claimed|claiming|suspect|suspects|suspected|suspecting|suspicion|suspicions|rumour|rumours|rumor|rumors|rumoured|rumored|accusation|accusations|speculation|speculated|hearsay|gossip",
    expected="fear|fears|feared|fearing|hope|hopes|hoped|hoping|warn|warns|warned|warning|threat|threats|threaten|threatens|threatened|threatening|expect|expects|expected|expecting|predict|predicts|predicted|predicting|prediction|predictions",
    perhaps="perhaps|maybe|possibly|conceivably",
    ifs="if|unless|whether",
    hearsay="allegedly|reportedly|supposedly|purportedly|rumoured|rumored|unconfirmed",
    reverses="no|not|never|none|nobody|nothing|nowhere|neither|nor|cannot|deny|denies|denied|denying|if|unless|whether|hardly|barely|scarcely|without|false|falsely|untrue|wrong|wrongly|refuse|refused|doubt|doubts|doubted",
    never_happened=r"(?:never|did not|didn[’']t) (?:take place|took place|happen|happened|occur|occurred|come about|came about|existed|exist)",
    cancelled="(?:was|were|is|has been|had been) (?:later |then )?(?:cancelled|canceled|called off|averted|prevented|scrapped|abandoned)",
    postponed="(?:was|were|is|has been|had been) (?:later |then )?(?:postponed|put off|delayed)",
    denied=r"(?:was|is|are|were|has been|had been)(?: later| since| now| simply| firmly| quickly)? (?:wrong|false|untrue|not true|unconfirmed|(?:denied|disputed|invented|made up)(?= ?(?:[.,;:!?)”]|$|by |on |in |at |as |and |but |when |later |from ))|fabricated|debunked|disproved|refuted|unfounded|nonsense|retracted|fiction|fake news|(?:a |an )?(?:\w+ )?(?:hoax|lie|myth|rumour|rumor|fabrication|falsehood))"
    r"|(?:wasn[’']t|isn[’']t) true|(?:turned out|proved|proves)(?: to be)? (?:false|untrue|wrong|a lie|a hoax|unfounded|a rumour|a rumor)|has been retracted"
    r"|(?:which|a claim|an allegation|something)(?: that)? (?:(?!denied\b)[\w’'-]+ ){1,3}(?:denies|denied|disputes|disputed|deny|dispute|reject|rejects|rejected)",
    doubted=r"allegedly|reportedly|supposedly|apparently|or so|it is (?:alleged|claimed|rumoured|rumored|feared|said)|it was (?:alleged|claimed|rumoured|rumored)|rumou?r has it|so the rumou?rs? (?:goes|go|went)|if (?:rumou?rs|reports|the reports?) (?:is|are|were) (?:true|to be believed)"
    r"|according to (?:an? )?(?:unconfirmed|unverified) \w+|according to rumou?rs?"
    r"|, ?(?:[\w’'-]+ ){1,3}(?:claims|claimed|alleges|alleged|suspects|suspected|fears|feared)(?= ?(?:[.,;:!?)]|$|on |in ))",
)

GERMAN = Speech(
    says="sagte|sagt|fügte|erklärte|erklärt|schrieb|schreibt|fragte|fragt|meinte|meint|antwortete|antwortet|betonte|betont|berichtete|berichtet|warnte|warnt|forderte|fordert|kritisierte|ergänzte|ergänzt|behauptete|behauptet|beteuerte|beteuert|versicherte|versichert",
    according="laut",
    say="gesagt|geschrieben|behauptet|erklärt|geäußert|gesprochen",
    nots="nicht|nie|niemals|nirgends|keineswegs|mitnichten",
    between="jemals|je|so|öffentlich|tatsächlich|wirklich",
    misquoted=r"(?:sagte|sagt|schrieb|schreibt|behauptete|behauptet)(?: \w+){0,2} (?:nicht|nie|niemals|keineswegs)|niemand (?:sagte|schrieb|behauptete)|(?:hat|habe|hatte|haben) (?:nicht|nie|niemals)"
    r"|(?:falsch|fälschlich|irrtümlich) zitiert(?: mit(?: den Worten| dem Satz)?)?|(?:fälschlich|zu Unrecht) (?:zugeschrieben|in den Mund gelegt)|was \w+(?: \w+)? sagte, (?:ist|war) nicht",
    misquoted_behind=r"(?:ist|war) nicht,? was [^.]{1,30} (?:sagte|gesagt)|(?:wurde|wird) [^.]{0,20}(?:fälschlich|zu Unrecht) zugeschrieben|(?:ist|war) (?:frei )?erfunden|(?:sagte|schrieb) (?:\w+ ){1,3}(?:nicht|nie|niemals)",
    cues="falsch|fälschlich|irrtümlich|unrecht|erfunden|nicht|nie|niemals|keineswegs|niemand",
    that="dass|ob",
    denies="bestritt|bestritten|bestreitet|bestreiten|dementierte|dementierten|dementiert|dementieren|leugnete|leugneten|leugnet|leugnen|verneinte|verneinten|verneint|verneinen|widersprach|widersprachen|widerspricht"
    "|widersprechen|bezweifelte|bezweifelten|bezweifelt|bezweifeln|widerlegte|widerlegten",
    denials="dementi|dementis",
    rejects="widerlegt|widerlegen|widersprochen",
    withdraws="widerrief|widerruft|widerrufen|zog(?: \\w+){1,4} zurück|zieht(?: \\w+){1,4} zurück|nahm(?: \\w+){1,4} zurück|nimmt(?: \\w+){1,4} zurück|zurückgezogen|zurückgenommen",
    reports="bericht|berichte|behauptung|behauptungen|aussage|aussagen|meldung|meldungen|darstellung|gerücht|gerüchte|vorwurf|vorwürfe|nachricht",
    untrue=r"kein(?:e|en|erlei)?(?: \w+)? (?:belege?|beweise?|hinweise?|anzeichen|bestätigung|anhaltspunkte?)|nichts (?:deutet|deutete|spricht|sprach) (?:darauf hin|dafür)"
    r"|(?:nicht|nie|keineswegs)(?: \w+)? (?:wahr|sicher|klar|bekannt|belegt|bewiesen|bestätigt|erwiesen|richtig|der fall)|stimmt nicht|stimmte nicht"
    r"|unklar|ungewiss|unbekannt|falsch|unwahr|unbestätigt|unbewiesen|niemand (?:hat |habe )?(?:glaubt|glaubte|bestätigte?|belegte?|beweist|bewies|bewiesen)|lüge|märchen|falschmeldung|ente|gelogen|irrtum|(?:fälschlich|irrtümlich|fälschlicherweise|irrtümlicherweise)(?: \w+)?",
    claimed="behauptet|behauptete|behaupteten|behaupten|behauptung|gerücht|gerüchte|verdacht|vorwurf|verdächtigt|verdächtigte|spekulation|spekulationen|angeblich",
    expected="fürchtet|fürchtete|fürchteten|befürchtet|befürchtete|befürchteten|befürchtung|hofft|hoffte|hofften|hoffnung|warnt|warnte|warnten|droht|drohte|drohten|erwartet|erwartete|erwarteten",
    perhaps="vielleicht|womöglich|möglicherweise|eventuell",
    ifs="ob|falls|wenn|sofern",
    hearsay="angeblich|mutmaßlich|vermeintlich|vorgeblich",
    reverses="nicht|kein|keine|keinen|keinem|keiner|keines|nie|niemals|niemand|niemanden|niemandem|nichts|weder|noch|ob|falls|wenn|sofern|ohne|kaum|nein|bestreite|bestreitet|bestritt|falsch|bezweifle|bezweifelt",
    never_happened="fand(?:en)? (?:nie|nicht) statt|hat(?:te)? (?:es )?(?:nie|nicht) (?:gegeben|stattgefunden)",
    cancelled="(?:wurde|ist|wird|war) (?:abgesagt|verhindert|abgewendet)",
    postponed="(?:wurde|ist|wird|war) (?:verschoben|vertagt)",
    denied="(?:ist|war|sei) (?:falsch|unwahr|nicht wahr|gelogen|frei erfunden|erfunden|ein(?:e)? (?:lüge|gerücht|falschmeldung|ente|märchen))|stimmt(?:e)? nicht|wurde (?:dementiert|bestritten|widerlegt)|(?:was|dies|das) [^.,]{1,30} (?:bestreitet|bestritt|dementierte|dementiert|leugnet)|bestritt|dementierte",
    doubted="angeblich|mutmaßlich|so (?:das gerücht|heißt es gerüchteweise)",
)

DUTCH = Speech(
    says="zei|zegt|schreef|schrijft|vroeg|antwoordde|verklaarde|vertelde|benadrukte",
    according="volgens",
    say="gezegd|geschreven|beweerd|verklaard",
    nots="niet|nooit|niemand heeft",
    between="ooit|echt",
    misquoted=r"(?:zei|schreef|zegt|beweerde)(?: \w+){0,2} (?:niet|nooit)|ontken(?:t|de) (?:te hebben )?gezegd|weiger(?:t|de) te zeggen|verkeerd geciteerd",
    misquoted_behind=r"is niet wat [^.]{1,30} (?:zei|heeft gezegd)|heeft [^.]{1,30} (?:niet|nooit) gezegd|(?:zei|schreef) (?:\w+ ){1,3}(?:niet|nooit)",
    cues="niet|nooit|niemand|verkeerd|weigert|weigerde",
    that="dat|of",
    denies="ontken|ontkent|ontkennen|ontkende|ontkenden|ontkend|betwist|betwistte|betwisten|weerspreekt|weersprak|weerlegt|weerlegde|betwijfelt|betwijfelde",
    denials="ontkenning",
    withdraws="herriep|herroept|trok(?: \\w+){1,4} in|introk",
    reports="bericht|berichten|bewering|beweringen|gerucht|geruchten|verklaring|beschuldiging|verhaal",
    untrue=r"geen(?: \w+)? (?:bewijs|aanwijzing|aanwijzingen|bevestiging)|niet(?: \w+)? (?:waar|zeker|duidelijk|bekend|bewezen|bevestigd)|onduidelijk|onwaar|onbekend|onbevestigd|leugen|fabel|verzinsel|niets wijst erop",
    claimed="beweert|beweerde|beweerden|gerucht|geruchten|vermoedt|vermoeden|verdenking|beschuldiging",
    expected="vreest|vreesde|vrezen|hoopt|hoopte|hopen|waarschuwt|waarschuwde|dreigt|dreigde|verwacht|verwachtte",
    perhaps="misschien|mogelijk|wellicht",
    ifs="als|indien|tenzij|of",
    hearsay="vermeend|naar verluidt",
    reverses="niet|geen|nooit|niemand|niets|noch|zonder|als|indien|tenzij|nauwelijks|nee|ontken|ontkent|onwaar",
    never_happened="(?:vond|vonden) (?:nooit|niet) plaats|is nooit gebeurd",
    cancelled="(?:werd|werden|is|zijn) (?:afgelast|geannuleerd|voorkomen|afgeblazen)",
    postponed="(?:werd|werden|is|zijn) (?:uitgesteld|verschoven)",
    denied="(?:is|was) (?:onwaar|niet waar|een leugen|verzonnen|een gerucht)|(?:werd|is) (?:ontkend|tegengesproken)",
    doubted="naar verluidt|volgens geruchten",
)

NORWEGIAN = Speech(
    says="sa|sier|skrev|skriver|svarte|spurte",
    according="ifølge",
    say="sagt|skrevet",
    nots="ikke|aldri",
    misquoted=r"sa(?: \w+){0,2} (?:ikke|aldri)",
    cues="ikke|aldri",
    hearsay="angivelig|angivligt",
    reverses="ikke|aldri|ingen|ingenting|intet|uten|hvis|om|nekter|nektet|neppe|tviler",
)
