"""First names by which people are known to be men or women: only a hint at whom “she” means, and never published."""

_WOMEN = """
abigail ada adaeze adele adelheid adriana agata agatha agnes agnieszka aiko aino aisha aishwarya aissatou akinyi alba alejandra alena
alessandra alexandra alexis alice alicia alina alison alma amal amanda amara amelia amina aminata amy ana anastasia andrea angela
angelika anika anita anja anjali ann anna annabel anne annegret annelie annelies annette annika anouk antje antonia aoife april
arabella astri astrid audrey ava aya ayesha aylin azadeh barbara beata beate beatrice beatrix beatriz becky belinda bella bernadette
bernadine beth bethan bethany betsy betty beverly bianca biljana birgit birgitta birthe bodil bozena brenda bridget brigitte britta
bronagh bronwen camila camilla candice carla carlotta carmen carol carola carole carolina caroline carolyn carrie carys cassandra
catalina caterina catherine cathy cecilia celeste celia celine chantal charlotte chelsea cheryl chiara chidinma chioma chloe christa
christel christiane christie christina christine cindy claire clara clare claudia clotilde colleen connie constance consuelo cora
cordelia cordula corinna cornelia courtney crystal cynthia dagmar dagny daisy dalal dalia dana daniela danielle danuta daphne dawn
debbie deborah debra deepika deirdre delia delphine demelza denise diana diane dina dolores donna dora doreen doris dorothea dorothy
dragana dunja ebba edda edeltraud edith edna eileen elaine eleanor elena eleni elfriede elif elisa elisabeth elise eliza elizabeth elke
ella ellen elsa elsbeth else elsie elvira emilia emilie emily emine emma enid erica erika erin erna esmeralda esther ethel eva eve
evelyn ewa fadila faith farah fariba farida fatima fatma fatou felicia felicity femke fernanda fiammetta fiona fleur flora florence
folake frances francesca francine franziska frauke freya frida frieda friederike gabriela gabriele gabrielle gail galina galyna gemma
genevieve georgia georgina geraldine gerda gertrud gesa gesine ghislaine gillian gina ginevra giovanna gisela gita gitte giulia gladys
gloria grace graciela grazyna greta gretchen gro gudny gudrun gundula gunhild gwen gwenda gwendolyn hala halina hana hanna hannah hanne
hanneke hannelore harriet hatice hazel heather hedda hedwig hedy heidi heidrun heike helen helena helene helga henrietta henrike herta
hertha hilary hilda hilde hildegard hillary hiltrud hoda holly hope huma ida ifeoma ilka ilona ilse imelda imke imogen ina indira ines
inga inge ingeborg inger ingrid ingunn irena irene irina iris irma irmgard irmtraud iryna isabel isabella isabelle isla ivana ivanka
ivonne jackie jacqueline jadwiga jana jane janet janice janine jasmin jasmine jasna jean jeanette jeanne jelena jen jenna jennifer
jenny jessica jill jitka joan joanna joanne jocelyn johanna josefine josephine joy joyce juana juanita judith judy julia juliana julie
juliet julieta jutta kaja karen karin karina karine karla karolina karoline katarina katarzyna kate katerina kateryna katherine
kathleen kathrin kathryn kathy katia katie katja katrin kavita kavitha kayla kelly kelsey kerstin khadija khadijah kim kirsi kirsten
kirsty kristen kristin kristina kyoko laila lakshmi lara larissa latoya laura lauren laurie lea leah leena leila leilani lena lene leni
leonie leonora leonore leslie leticia leyla lidia liesbeth liesel liisa lila lilian lillian lily lina linda lindsay ling linnea lisa
lise liv livia liz liza ljiljana lois lola lorena loretta lori lorna lorraine lotte lou louisa louise lucia lucie lucinda lucy ludmila
ludmilla ludovica luisa luise lydia lyn lynn lynne lyudmila mabel madeleine madison magda magdalena maggie mai maike maja malala
malgorzata malin mandy manuela mara marcella marcia mareike maren margaret margarete margarita margit margot margret maria mariam
mariama marianne marie marieke marija marijke marilyn marina marion marisa marisol marjatta marjorie marlene marta martha martina mary
maryam matilda maud maura maureen mavis maya mechthild meera megan mehwish mei meike melanie melina melinda melissa meral mercedes
meredith mette michaela michelle mila mildred milena milica mina minna mira miranda mireille miriam mirjam mirjana moira molly mona
monica monika monique morwenna muriel myra myrtle nadezhda nadia nadine nadja nancy naomi nasrin natalia natalie nataliya natasha nell
nellie nerys ngozi niamh nicola nicole nigella nina nirmala nkechi nomvula noor nora norah noreen norma nuria octavia oddny odette
odile oksana olena olga olha olivia olympia ophelia orla ottilie paige paivi pam pamela patience patricia patty paula pauline peggy
penelope penny petra philippa philomena phoebe phyllis pia pilar pirjo polly pooja portia priscilla priti priya prudence rachel radka
ragna ragnhild rahel ramona rania raquel rebecca regina regine rekha renata renate renee rhea rhian rhoda rhonda riitta rita roberta
robin rocio romy ronja rosa rosalie rosalind rosamund rose rosemarie rosemary rosie roswitha rowena roxana ruby ruta ruth sabina sabine
sabrina sadie saira sally salma samantha samira sandra sandy sanna sanne saoirse sara sarah saskia selina selma sevgi shabana shannon
sharon sheila shelley sherry shirin shirley shreya sian sibylle sieglinde sienna signe sigrid silke silvia simone siobhan siri snezana
sofia sofie solange soledad solveig sonia sonja sonya sophia sophie stacey stefanie stella stephanie sue sunita sunniva susan susana
susanna susanne sushma susie suzanne svenja svetlana swantje sybil sylvia sylvie tabea tamara tamsin tania tanja tanya tara tatiana
tatjana tatyana teresa teresita tess tessa thandi thandiwe thea thekla thelma theresa therese tiffany tilda tina tomke tonya torill
tove tracey tracy trine trudy turid tuula tuva ulla ulrike una ursula urszula usha ute valentina valeria valerie vanessa vera verena
verity verona veronica veronika vesna vicky victoria viktoria viola violet virginia vivian vivien walburga waltraud wanda wanjiru wendy
wiebke wilhelmina wilma winifred wren xenia ximena xiu yan yara yasmin yelena yesim yoko yolanda yulia yvette yvonne zadie zahra zainab
zara zeinab zeynep zoe zofia zora zorica zoya zuzana
алевтина александра алёна алина алла альбина анастасия ангелина анна антонина валентина валерия варвара василиса вера вероника виктория
ганна галина дарина дария дарья диана евгения екатерина елена елизавета жанна зинаида зоя инна ирина карина катерина кира клавдия кристина
ксения лариса лидия лилия любовь людмила маргарита марина мария марія майя надежда надія наталия наталія наталья нина оксана олена олеся ольга
полина раиса регина римма светлана світлана софия софія софья таисия тамара татьяна тетяна ульяна юлия юлія яна ярослава
"""

_MEN = """
aaron abdul abdullah abel abraham adam adolf adrian ahmad ahmed ahmet aidan alan alasdair alastair albert albrecht aldo alec alejandro
alessandro alex alexander alexei alfonso alfred ali alistair allan allen alois alvaro alvin ambrose amir amit amos anders andreas
andrei andres andrew andriy andré andy angus anil anselm ansgar anthony anton antonio antti archie aristide arjun armando arne arnold
arthur arturo arun arvid asher ashok august augustin aurelio axel balthasar barack barry bartholomew basil bastian bastien ben benedict
benedikt benjamin benno bernard bernd bernhard bernie bert bertram bilal bill billy bjarne björn bob bobby bogdan bohdan bohumil bojan
boris brad bradley bram brandon branko brendan brett brian bruce bruno burkhard byron caleb callum calvin cameron carl carlo carlos
carsten casper cecil cedric cem cesar cesare chad charles charlie chester chidi chris christian christoph christopher chuck ciaran
claude clemens clement cliff clifford clint clive clyde colin conor conrad constantin corey cormac cornelius craig crispin curtis cyril
cyrus daan dafydd dale damian damien dan daniel danny dario darren dave david dean declan deepak denis dennis denzel derek derrick
desmond detlef dev dexter diarmuid didier diego dieter dietmar dietrich dilip dimitri dirk dmitri dmitry dmytro dominic dominik don
donald douglas dragan drew duncan dusan dustin dwight dylan eamon earl eberhard ed eddie edgar edmund eduardo edward edwin egon ehud
eivind ekkehard eli elias elijah elliot elliott elmar elmer elton emanuel emeka emil emilio emir emmanuel emmett emrys enrico enrique
enzo eoin ephraim erdem eric erich erik ernest ernesto ernst erwin esko ethan euan eugen eugene evan ewan ezio ezra fabian fabio
fabrizio faisal falk farid faris felipe felix feng ferdinand fergal fergus fernando finlay finn florian floyd francesco francis
francisco franco francois frank franklin franz fred freddie frederic frederick frederik fredrik friedrich fritz gabriel gareth garry
gary gavin geir gene geoff geoffrey georg george gerald gerard gerd gerhard gernot gert gethin gianluca gianni gideon gilbert giles
giorgio giovanni giuseppe glen glenn gonzalo goran gordon gottfried graeme graham grant greg gregor gregory grzegorz guido guillaume
gunnar gus gustav guy gwyn günter günther haakon habib hakan halvard hamid hamish hamza hannes hans harald hardy harold harrison harry
hartmut haruto harvey hasan hassan heath hector heikki heiko heiner heinrich heinz helge helmut hendrik henning henri henrik henry
herbert heribert herman hermann hinrich hiroshi holger homer horace horst howard hubert hugh hugo humphrey hussein håkon iain ian
ibrahim idris iestyn ignacio ignaz igor ihor iker ilya imran ingo isaac isaiah ismail ivan ivar ivo ivor jabari jack jackson jacob
jacques jaime jake jakob jakub jalal jamal james jamie jan janos janusz jared jaromir jarvis jason jasper javier jay jean-claude jed
jeff jefferson jeffrey jens jeremiah jeremy jeroen jerome jerry jerzy jesper jesse jim jimmy joachim joao joaquin jochen joe joel joey
johan johann johannes john johnny jon jonah jonas jonathan joost jorge jory jose josef joseph josh joshua josip juan jude juhani jukka
julian julio julius jun jussi justin jörg jörn jürgen kai kalle kamal karim karl karl-heinz karlheinz karsten kaspar keith ken kenji
kenneth kenny kevin khalid kiran kirk kjell klaus knut kofi konrad konstantin korbinian krzysztof kurt kwabena kwame kyle lachlan lamar
lambert lance larry lars lasse laurence lawrence leandro lee leif len lennart leo leon leonard leonardo leonid leopold leroy lester lev
levi lewis liam linus lionel lloyd logan lorcan lorenz lorenzo lothar lou louis luc luca lucas ludwig luigi luis lukas luke luther lutz
mads magnus mahmoud malcolm manfred manuel marc marcel marco marcus marek mario marius mark marko markus marlon marshall martin marvin
mason massimo mateo mathias matt matthew matthias matthieu matti maurice mauricio max maximilian mehmet mel melvin micah michael
michail michal michel miguel mike mikhail mikko miklos milan miles milo milos mirko miroslav mitchell mitt mohamed mohammad mohammed
morgan moritz morris moses muhammad murray mustafa mykola nabil nate nathan nathaniel neal ned neil nelson nemanja newt nicholas nick
nico nicolas nigel nikita niklas niko nikolai nikolaus nils noah noel norbert norman obi obinna oddvar oisin olaf ole oleg oleksandr
oliver olivier omar orlando orson ortwin oscar oskar osman oswald otis ottavio otto owain owen pablo padraig paolo pascal pasquale pat
patrick paul pavel pawel pedro pekka percival percy perry pete peter petro phil philip philipp phillip pierre piers pieter piotr
prakash preston quentin quincy radek rafael rafiq rahul rainer raj rajesh ralf ralph ramon randy raoul raphael rashid raul ravi ray
raymond reginald reinhard reinhold rex rhys ricardo richard rick ricky roald roar rob robby robert roberto rod roderick rodney rodrigo
roger rohan roland rolf roman ron ronald ronan ronnie rory ross roy ruairi rudi rudolf rudy rufus rupert russell ruud ryan rüdiger
sajid salim salman salvador salvatore sam samir samuel sandeep sanjay santiago saul scott sean sebastian semih seppo serge sergei
sergio serhiy seth seumas shane shaun shawn sidney siegbert siegfried sigmund sigurd silas silvano silvio simon sipho sjoerd slawomir
slobodan solomon stan stanislav stanley stefan stefano steffen stellan stephan stephen sterling steve steven stewart stig stuart sunil
sven sylvester sönke søren tadhg takashi tam taras tarek tarik tariq ted tendai teodor terence terrence terry thabo thaddeus theo
theodor theodore thibault thilo thomas thor thorsten tibor tilman tim timo timothy tobias todd tom tomas tomasz tommy tony torbjørn
torsten travis trevor tristan trond troy tunde tyler tyrone udo ulf uli ulrich unai uwe vaclav valentin vaughn veikko veit victor vijay
vikram viktor vince vincent vinod vito vittorio vivek vladimir vladislav volker volkmar volodymyr václav wade waldemar walid walter
warren wayne wei wendell werner wesley wieland wilbur wilfred wilhelm will willem willi william willy wilson winfried winston wojciech
wolf wolfgang woodrow xaver xavier yanis yannick yasser yngve yuri yusuf yves zachary zbigniew zdenek ziad zoltan zoran étienne
александр алексей анатолий андрей андрій антон аркадий артём артем арсений борис вадим валентин валерий валерій василий василь виктор віктор
виталий віталій владимир владислав вячеслав геннадий георгий герман глеб григорий григорій даниил даниил данило денис дмитрий дмитро евгений
егор иван іван игорь ігор илья кирилл константин костянтин лев леонид леонід максим марк михаил михайло микола николай никита олег олександр
олексій павел павло пётр петр петро роман руслан ростислав сергей сергій станислав степан тарас тимофей фёдор федор эдуард юрий юрій яков ярослав
"""

_EITHER = frozenset(
    ("robin", "kim", "andrea", "jean", "alexis", "jamie", "leslie", "kelly", "sandy", "lou", "jan", "nicola", "dana", "morgan")
)


def _known() -> dict[str, str]:
    women, men = _WOMEN.split(), _MEN.split()
    found = dict.fromkeys(men, "m") | dict.fromkeys(women, "f")
    return found | dict.fromkeys({*women} & {*men} | _EITHER, "")


KNOWN = _known()
"""First name in small letters → `f`, `m`, or "" if it may be either."""


def gender(name: str) -> str:
    """Return `f` or `m` for a first name; "" if that is not known."""
    name = name.lower()
    return KNOWN.get(name, KNOWN.get(name.split("-")[0], ""))
