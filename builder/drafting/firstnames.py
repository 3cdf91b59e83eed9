"""First names by which people are known to be men or women: only a hint at whom “she” means, and never published."""

_WOMEN = """
abigail ada adaeze adele adriana agata agatha agnes agnieszka aiko aino aisha aishwarya akinyi alba alejandra alena alessandra alexandra
alexis alice alicia alina alison alma amal amanda amara amelia amina aminata amy ana anastasia andrea angela angelika anika anita anja
anjali ann anna annabel anne annegret annette annika anouk antje antonia aoife april arabella astri astrid audrey ava aya ayesha azadeh
barbara beata beate beatrice beatriz becky belinda bella bernadette beth bethan bethany betsy betty beverly bianca birgit birgitta
birthe bodil brenda bridget brigitte britta bronwen camila camilla candice carla carlotta carmen carol carole carolina caroline carolyn
carrie cassandra catalina caterina catherine cathy cecilia celeste celia celine chantal charlotte chelsea cheryl chiara chioma chloe
christa christel christiane christie christina christine cindy claire clara clare claudia colleen connie constance cora cordula corinna
cornelia courtney crystal cynthia dagmar dagny daisy dalal dalia dana daniela danielle daphne dawn debbie deborah debra deepika deirdre
delia denise diana diane dina dolores donna dora doreen doris dorothea dorothy dunja ebba edda edeltraud edith edna eileen elaine
eleanor elena eleni elif elisa elisabeth elise eliza elizabeth elke ella ellen elsa elsbeth else elsie elvira emilia emilie emily emma
enid erica erika erin erna esmeralda esther ethel eva eve evelyn ewa fadila faith fariba farida fatima fatma fatou felicia felicity
femke fernanda fiona fleur flora florence folake frances francesca francine franziska freya frida frieda friederike gabriela gabriele
gabrielle gail galina gemma genevieve georgia georgina geraldine gerda gertrud gillian gina giovanna gisela gita gitte giulia gladys
gloria grace greta gretchen gro gudrun gundula gwen gwendolyn hala hana hanna hannah hanne hanneke hannelore harriet hatice hazel
heather hedda hedwig heidi heidrun heike helen helena helene helga henrietta henrike hilary hilda hilde hildegard hillary hoda holly
hope huma ida ilka ilona ilse imelda imogen ina indira ines inga inge ingeborg inger ingrid ingunn irena irene irina iris irma irmgard
iryna isabel isabella isabelle isla ivana ivanka ivonne jackie jacqueline jana jane janet janice janine jasmin jasmine jean jeanette
jeanne jelena jen jenna jennifer jenny jessica jill jitka joan joanna joanne jocelyn johanna josefine josephine joy joyce juana juanita
judith judy julia juliana julie juliet julieta jutta kaja karen karin karina karine karla karolina karoline katarina katarzyna kate
katerina kateryna katherine kathleen kathrin kathryn kathy katia katie katja katrin kavita kayla kelly kelsey kerstin khadija kim kirsi
kirsten kirsty kristen kristin kristina kyoko laila lakshmi lara larissa latoya laura lauren laurie lea leah leila leilani lena lene
leni leonie leonora leonore leslie leticia lidia liesel lila lilian lillian lily lina linda lindsay ling linnea lisa lise liv livia liz
liza lois lola lorena loretta lori lorna lorraine lotte lou louisa louise lucia lucie lucinda lucy ludmila luisa luise lydia lyn lynn
lynne mabel madeleine madison magda magdalena maggie mai maike maja malala malgorzata malin mandy manuela mara marcella marcia maren
margaret margarete margarita margit margot margret maria mariam mariama marianne marie marija marijke marilyn marina marion marisa
marjorie marlene marta martha martina mary maryam matilda maud maura maureen mavis maya mechthild meera megan mehwish mei meike melanie
melina melinda melissa mercedes meredith mette michaela michelle mila mildred milena mina mira miranda miriam mirjam moira molly mona
monica monika monique muriel myra myrtle nadia nadine nadja nancy naomi natalia natalie nataliya natasha nell nellie ngozi nicola nicole
nigella nina nirmala nomvula noor nora norah noreen norma nuria octavia odette oksana olena olga olha olivia olympia ophelia paige paivi
pam pamela patience patricia patty paula pauline peggy penelope penny petra philippa phoebe phyllis pia polly pooja portia priscilla
priti priya rachel ragnhild rahel rania raquel rebecca regina regine renata renate renee rhea rhoda rhonda rita roberta robin romy ronja
rosa rosalie rosalind rosamund rose rosemarie rosemary rosie roswitha rowena roxana ruby ruta ruth sabina sabine sabrina sadie saira
sally salma samantha samira sandra sandy sanna sanne sara sarah saskia selina selma shabana shannon sharon sheila shelley sherry shirin
shirley shreya sibylle sieglinde sienna signe sigrid silke silvia simone siobhan siri sofia sofie solveig sonia sonja sonya sophia
sophie stacey stefanie stella stephanie sue sunita sunniva susan susana susanna susanne sushma susie suzanne svenja svetlana swantje
sybil sylvia tabea tamara tamsin tania tanja tanya tara tatiana tatjana teresa teresita tess tessa thandiwe thea thelma theresa therese
tiffany tilda tina tonya torill tove tracey tracy trine trudy tuula tuva ulla ulrike una ursula usha ute valentina valeria valerie
vanessa vera verena verity verona veronica veronika vicky victoria viktoria viola violet virginia vivian vivien waltraud wanda wanjiru
wendy wiebke wilma winifred wren xenia xiu yan yara yasmin yelena yesim yoko yolanda yulia yvette yvonne zadie zahra zainab zara zeinab
zeynep zoe zofia zora zuzana
"""

_MEN = """
aaron abdul abdullah abel abraham adam adolf adrian ahmad ahmed ahmet aidan alan alasdair alastair albert albrecht aldo alec alejandro
alessandro alex alexander alexei alfonso alfred ali alistair allan allen alois alvaro alvin ambrose amir amit amos anders andreas andrei
andres andrew andriy andré andy angus anil anselm anthony anton antonio archie aristide arjun armando arne arnold arthur arturo arvid
asher ashok august augustin axel barack barry bartholomew basil bastian ben benedict benedikt benjamin benno bernard bernd bernhard
bernie bert bertram bill billy bjarne björn bob bobby bogdan bohdan boris brad bradley bram brandon brendan brett brian bruce bruno
burkhard byron caleb callum calvin cameron carl carlo carlos carsten casper cecil cedric cem cesar chad charles charlie chester chidi
chris christian christoph christopher chuck claude clemens clement cliff clifford clint clive clyde colin conor conrad constantin corey
cornelius craig curtis cyril cyrus daan dale damian damien dan daniel danny dario darren dave david dean deepak denis dennis denzel
derek derrick desmond detlef dev dexter didier diego dieter dietmar dietrich dimitri dirk dmitri dmitry dmytro dominic dominik don
donald douglas drew duncan dustin dwight dylan eamon earl eberhard ed eddie edgar edmund eduardo edward edwin egon ehud eivind eli elias
elijah elliot elliott elmar elmer elton emanuel emeka emil emilio emir emmanuel emmett emrys enrico enrique enzo erdem eric erich erik
ernest ernesto ernst erwin ethan eugen eugene evan ewan ezra fabian fabio faisal farid faris felipe felix feng ferdinand fergus fernando
finlay finn florian floyd francesco francis francisco franco francois frank franklin franz fred freddie frederic frederick frederik
fredrik friedrich fritz gabriel gareth garry gary gavin geir gene geoff geoffrey georg george gerald gerard gerd gerhard gernot gert
gethin gianluca gianni gideon gilbert giles giorgio giovanni giuseppe glen glenn gordon graeme graham grant greg gregor gregory guido
guillaume gunnar gus gustav guy günter günther habib hakan halvard hamid hamish hamza hannes hans harald hardy harold harrison harry
hartmut haruto harvey hasan hassan heath hector heiko heiner heinrich heinz helge helmut hendrik henning henri henrik henry herbert
herman hermann hiroshi holger homer horace horst howard hubert hugh hugo humphrey hussein håkon iain ian ibrahim idris ignacio igor ihor
ilya imran ingo isaac isaiah ismail ivan ivar ivo jabari jack jackson jacob jacques jaime jake jakob jakub jalal jamal james jamie jan
janos jared jarvis jason jasper javier jay jean-claude jed jeff jefferson jeffrey jens jeremiah jeremy jeroen jerome jerry jesper jesse
jim jimmy joachim joao joe joel joey johan johann johannes john johnny jon jonah jonas jonathan joost jorge jose josef joseph josh
joshua josip juan jude jukka julian julio julius jun justin jörg jörn jürgen kai kamal karim karl karl-heinz karsten kaspar keith ken
kenji kenneth kenny kevin khalid kiran kirk kjell klaus knut kofi konrad konstantin kurt kwabena kwame kyle lachlan lamar lambert lance
larry lars lasse laurence lawrence lee leif len lennart leo leon leonard leonardo leonid leopold leroy lester lev levi lewis liam linus
lionel lloyd logan lorenzo lothar lou louis luc luca lucas ludwig luigi luis lukas luke luther lutz mads magnus mahmoud malcolm manfred
manuel marc marcel marco marcus marek mario marius mark marko markus marlon marshall martin marvin mason massimo mateo mathias matt
matthew matthias matthieu matti maurice mauricio max maximilian mehmet mel melvin micah michael michail michal michel miguel mike
mikhail mikko miklos milan miles milo milos mirko mitchell mitt mohamed mohammad mohammed morgan moritz morris moses muhammad murray
mustafa mykola nabil nate nathan nathaniel neal ned neil nelson newt nicholas nick nico nicolas nigel nikita niklas niko nikolai
nikolaus nils noah noel norbert norman obi oddvar oisin olaf ole oleg oleksandr oliver olivier omar orlando orson oscar oskar osman
oswald otis otto owen pablo paolo pascal pasquale pat patrick paul pavel pawel pedro pekka percy perry pete peter petro phil philip
philipp phillip pierre piers pieter piotr prakash preston quentin quincy rafael rafiq rahul rainer raj rajesh ralf ralph ramon randy
raoul raphael rashid raul ravi ray raymond reginald reinhard reinhold rex rhys ricardo richard rick ricky roald rob robby robert roberto
rod roderick rodney rodrigo roger rohan roland rolf roman ron ronald ronan ronnie rory ross roy ruairi rudi rudolf rudy rufus rupert
russell ruud ryan sajid salim salman salvador salvatore sam samir samuel sandeep sanjay santiago saul scott sean sebastian semih serge
sergei sergio serhiy seth seumas shane shaun shawn sidney siegfried sigmund sigurd silas silvio simon sipho sjoerd solomon stan
stanislav stanley stefan stefano steffen stellan stephan stephen sterling steve steven stewart stig stuart sunil sven sylvester søren
takashi tam taras tarek tarik tariq ted terence terrence terry thabo thaddeus theo theodor theodore thilo thomas thor thorsten tibor tim
timo timothy tobias todd tom tomas tomasz tommy tony torbjørn torsten travis trevor tristan trond troy tunde tyler tyrone udo ulf uli
ulrich uwe valentin vaughn victor vijay vikram viktor vince vincent vinod vito vittorio vivek vladimir vladislav volker volodymyr václav
wade walid walter warren wayne wei wendell werner wesley wilbur wilfred wilhelm will willem willi william willy wilson winfried winston
wojciech wolf wolfgang woodrow xavier yanis yannick yasser yuri yusuf yves zachary zbigniew ziad zoltan étienne
"""

_EITHER = frozenset(
    ("robin", "kim", "andrea", "jean", "alexis", "jamie", "leslie", "kelly", "sandy", "lou", "jan", "nicola", "dana", "morgan")
)


def _known() -> dict[str, str]:
    women, men = _WOMEN.split(), _MEN.split()
    found = dict.fromkeys(men, "m") | dict.fromkeys(women, "f")
    return found | dict.fromkeys({*women} & {*men} | _EITHER, "")


KNOWN = _known()
"""First name in small letters → `f`, `m`, or "" where it may be either."""


def gender(name: str) -> str:
    """Return `f` or `m` for a first name; "" where that is not known."""
    name = name.lower()
    return KNOWN.get(name, KNOWN.get(name.split("-")[0], ""))
