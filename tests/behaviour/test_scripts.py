"""Names, sentences and kinds of quotes in the scripts of the world: a row of a table for each case."""

import re
from pathlib import Path

import pytest

import builder
from builder.build.pipeline import Options, build
from builder.content import mentions
from builder.content.markup.reading_time import WORDS_PER_MINUTE, words_to_read
from builder.i18n.scripts import CLOSE, HANGUL, direction_of
from builder.linking.defaults import mode
from builder.model import Body, Text


def found(text, *names):
    body = Body((Text(text, 0),), text)
    known = mentions.KnownNames({name: name for name in names}, people=names)
    return [text[occurrence.start : occurrence.end] for occurrence in mentions.occurrences(body, known, autolink="all")]


IN_OTHER_WORDS = {
    "simplified Chinese": [
        ("海口", "上海口岸昨天没有变化。"),
        ("李明", "前总统李明博出庭。"),
        ("外交部", "外交部长在北京发表讲话。"),
        ("北京大学", "北京大学生运动会开幕。"),
        ("中国人", "中国人民银行宣布降息。"),
        ("马云", "人马云集在广场。"),
        ("华为", "中华为之振奋。"),
        ("方正", "对方正在考虑。"),
        ("大学", "天津大学生说不去。"),
        ("明治", "他说明治疗的方法。"),
        ("苏州", "江苏州长没有来。"),
        ("中行", "其中行长表示反对。"),
        ("东方", "他去了山东方面。"),
        ("江大", "南京市长江大桥通车。"),
        ("国会", "两国会谈昨天结束。"),
        ("和国", "共和国成立了。"),
        ("人大", "一个人大声说话。"),
        ("南海", "海南海口下雨。"),
        ("长安", "市长安全抵达。"),
        ("中信", "他心中信心不足。"),
        ("财政部", "财政部长辞职。"),
        ("安全部", "安全部署完成。"),
        ("上海市", "上海市场开放。"),
        ("中国", "发展中国家代表说不。"),
        ("美国", "南美国家反对。"),
        ("日本", "昨日本报讯。"),
        ("国务院", "国务院长说。"),
        ("西安", "陕西安康下雨。"),
        ("新华社", "新华社区开会。"),
    ],
    "traditional Chinese": [
        ("海口", "上海口岸昨天沒有變化。"),
        ("外交部", "外交部長在北京發表講話。"),
        ("國會", "兩國會談昨天結束。"),
        ("長安", "市長安全抵達。"),
        ("李明", "前總統李明博出庭。"),
        ("王明", "国王明天到北京。"),
        ("王明", "他说国王明天会见总统。"),
        ("王明", "王明天说"),
    ],
    "Japanese": [
        ("京都", "東京都の会議で話した。"),
        ("田中", "畑田中央公園に集まった。"),
        ("日本", "今日本を読んだ。"),
        ("朝日", "毎朝日が昇る。"),
        ("大分", "もう大分前のことだ。"),
        ("山本", "青山本社で会見した。"),
        ("本田", "日本田園都市の計画。"),
        ("東大", "関東大会に出た。"),
        ("国会", "中国会談が開かれた。"),
        ("岸田", "岸田文雄という人が来た。"),
        ("ブラック", "ブラックホールを見た。"),
        ("物語", "その話を物語る。"),
        ("林", "森林の火事があった。"),
        ("菓子", "お菓子が好きだ。"),
        ("中東", "集中東京で開く。"),
        ("海上", "上海上空を飛ぶ。"),
        ("長野", "市長野党を批判。そう述べた。"),
        ("明治", "説明治療を受けた。"),
        ("会長", "議会長野県で開く。"),
        ("三井", "第三井戸で見つかった。"),
    ],
    "Thai": [
        ("ตาก", "ผ้าถูกตากไว้กลางแดด"),
        ("แพร่", "โรคแพร่กระจาย"),
        ("มานะ", "เขาออกมานะครับ"),
        ("ชัย", "ประชาชัยกล่าว"),
        ("กา", "กาลเวลาผ่านไป"),
        ("นท", "เขาเดินทางไป"),
        ("กร", "กระทรวงแถลง"),
        ("ระย", "เขาไประยอง"),
        ("ทร", "กระทรวงต่างประเทศ"),
    ],
    "Lao": [("ຄຳ", "ທອງຄຳດີ")],
    "Korean": [
        ("김정", "김정은이 말했다"),
        ("문재", "문재인은 말했다"),
        ("한국", "한국은행이 발표했다"),
        ("이명", "이명박 전 대통령"),
        ("박정", "박정만은 없다"),
        ("서울", "서울대학교가 밝혔다"),
        ("조선", "조선일보에 따르면"),
        ("인천", "부인천사를 보았다"),
        ("김정은", "김정은를 보았다"),
        ("나라", "나라사랑을 말했다"),
        ("고양", "고양이가 왔다"),
        ("북한", "북한산에서 만났다"),
        ("이란", "사랑이란 말은"),
    ],
    "Arabic": [
        ("علي", "عليها أن تذهب"),
        ("علي", "أعلن عليه"),
        ("علي", "العلي قال"),
        ("سام", "وسام قال"),
        ("ريم", "كريم قال"),
        ("رامي", "كرامي قال"),
        ("حسن", "لحسن قال"),
        ("لي", "ولي العهد"),
        ("مصر", "مصرف البلاد"),
        ("سالم", "السالمي قال"),
        ("عيد", "بعيد عن هنا"),
        ("رهان", "برهان قال"),
        ("صفي", "وصفي قال"),
    ],
    "Hebrew": [
        ("דן", "דניאל בא"),
        ("דן", "הוא ודן בדבר"),
        ("רון", "שרון אמר"),
        ("אור", "מאור אמר"),
        ("ארי", "בארי נהרס"),
        ("גנץ", "גנצים רבים"),
        ("כהן", "כהנא אמר"),
        ("חיפה", "תחיפה"),
        ("לוי", "לוין אמר"),
        ("לוי", "בן-לוי אמר"),
        ("בני", "לבני אמרה"),
        ("חיים", "בחיים יש"),
        ("דור", "כדור הארץ"),
        ("ניר", "שניר אמר"),
    ],
    "Hindi": [
        ("राम", "रामायण और रामा"),
        ("मोदी", "मोदीनगर में"),
        ("शर्म", "शर्मा ने कहा"),
        ("कमल", "कमला ने कहा"),
        ("भारत", "भारती ने कहा"),
        ("राम", "रामजीत ने कहा"),
    ],
    "Cyrillic and Greek": [
        ("Иван", "Иванов сказал"),
        ("Рус", "Руслан пришёл"),
        ("Анна", "Анна-Лена сказала"),
        ("Київ", "Київський район"),
        ("Νίκος", "Ο Νικόλαος και ο Νίκοςα"),
    ],
    "Turkish": [("İz", "İzmir’de"), ("Er", "Erdoğan’ın"), ("Irmak", "İrmak geldi")],
    "addresses": [
        ("gazette", "tips@gazette.org"),
        ("gazette", "www.gazette.org"),
        ("gazette", "see gazette.org/news."),
        ("gazette", "https://example.org/gazette/x?y=gazette"),
        ("gazette", "as @gazette and #gazette said"),
        ("gazette", "in gazette.pdf, /srv/gazette and C:\\gazette"),
        ("gazette", "gazette@example.org"),
        ("Quist", "mina.Quist@example.org"),
        ("gazette", "写信到tips@gazette.org。"),
    ],
}


@pytest.mark.parametrize("name, text", [case for cases in IN_OTHER_WORDS.values() for case in cases])
def test_a_name_is_not_found_within_another_word(name, text):
    assert found(text, name) == []


AS_WORDS = {
    "simplified Chinese": [
        ("海口", "他昨天从海口出发。"),
        ("海口", "船到海口了。"),
        ("王毅", "外长王毅说：我们走。"),
        ("王毅", "王毅在北京表示，中方愿意。"),
        ("王毅", "中国外交部长王毅会见了他。"),
        ("李明", "李明昨天说没有问题。"),
        ("李明", "记者李明报道。"),
        ("北京大学", "北京大学校长发言。"),
        ("外交部", "外交部发言人说。"),
        ("外交部", "中国外交部表示遗憾。"),
        ("马云", "马云说他不会回来。"),
        ("华为", "美国对华为的制裁。"),
        ("金正恩", "朝鲜领导人金正恩会见普京。"),
        ("普京", "普京与拜登会谈。"),
        ("拜登", "普京与拜登会谈。"),
        ("拜登", "美国总统拜登宣布。"),
        ("安理会", "联合国安理会通过决议。"),
        ("新华社", "据新华社报道。"),
        ("张三", "被告张三的律师。"),
        ("江苏", "江苏省政府说。"),
        ("NATO", "他说NATO不会来。"),
        ("王明", "王明说他会来。"),
        ("李强", "李强称此事已解决。"),
        ("习近平", "国家主席习近平同他会面。"),
        ("泽连斯基", "泽连斯基再次呼吁停火。"),
        ("中国", "中国民众不满。"),
        ("美国", "美国民主党说不。"),
        ("日本", "日本的立场没有变化。"),
    ],
    "traditional Chinese": [
        ("王毅", "外長王毅說：我們走。"),
        ("蔡英文", "總統蔡英文會見記者。"),
        ("台灣", "美國對台灣的政策。"),
        ("外交部", "外交部發言人說。"),
    ],
    "Japanese": [
        ("安倍晋三", "安倍晋三元首相は述べた。"),
        ("東京", "首相は東京で会見した。"),
        ("京都", "彼は京都に着いた。"),
        ("岸田", "岸田首相は述べた。"),
        ("田中", "田中さんは言った。"),
        ("朝日新聞", "朝日新聞によると、船は来ない。"),
        ("安倍", "元首相の安倍氏が演説した。"),
        ("日本", "日本政府は発表した。"),
        ("外務省", "外務省は声明を出した。"),
        ("大分", "大分県知事が話した。"),
        ("金正恩", "北朝鮮の金正恩総書記は述べた。"),
        ("トヨタ", "大手のトヨタが発表した。"),
        ("トヨタ", "大手トヨタ社長が話した。"),
        ("鈴木", "鈴木と山田が来た。"),
        ("千葉", "千葉は雨だった。"),
        ("NATO", "首相はNATOと話した。"),
        ("ブラック", "市長ブラックは来た。"),
        ("さくら", "あの人はさくらです。"),
        ("林", "「林」は来た。"),
        ("国連", "そして国連は決めた。"),
        ("山田太郎", "山田太郎氏が述べた。"),
    ],
    "Thai": [
        ("ประยุทธ์", "นายประยุทธ์กล่าวว่า"),
        ("เศรษฐา", "นายกรัฐมนตรีเศรษฐาแถลงข่าว"),
        ("เศรษฐา", "นายเศรษฐากล่าว"),
        ("ตาก", "จังหวัดตากมีฝน"),
        ("ทักษิณ", "อดีตนายกทักษิณกลับบ้าน"),
        ("น่าน", "เรือไปถึงน่านแล้ว"),
        ("มานะ", "มานะกล่าวว่าไม่มี"),
        ("สมชาย", "คุณสมชายมาแล้ว"),
        ("กรุงเทพ", "ที่กรุงเทพเมื่อวาน"),
        ("อนุทิน", "อนุทินและพิธาประชุม"),
        ("พิธา", "อนุทินและพิธาประชุม"),
    ],
    "Lao": [("ຄຳ", "ທ່ານ ຄຳ ກ່າວ")],
    "Korean": [
        ("문재인", "문재인은 말했다"),
        ("김정은", "김정은이 말했다"),
        ("김정은", "김정은에게 편지를 보냈다"),
        ("문재인", "문재인에게서 들었다"),
        ("이재명", "이재명과 만났다"),
        ("윤석열", "윤석열 대통령이"),
        ("김철수", "“김철수는”"),
        ("외교부", "외교부로부터 받았다"),
        ("서울", "서울에서 만났다"),
        ("NATO", "NATO는 말했다"),
        ("CNN", "CNN이 보도했다"),
        ("국회", "국회를 열었다"),
        ("문재인", "문재인의 말"),
        ("박원순", "박원순으로부터"),
        ("오세훈", "오세훈까지도 왔다"),
        ("미국", "미국은 말했다"),
        ("북한", "북한이 말했다"),
        ("중국", "중국만 남았다"),
    ],
    "Arabic": [
        ("علي", "وعلي قال"),
        ("علي", "قال لعلي"),
        ("علي", "مع علي، أمس"),
        ("منى كويست", "وقالت منى كويست"),
        ("منى كويست", "لمنى كويست"),
        ("بلينكن", "وبلينكن قال"),
        ("بلينكن", "التقى ببلينكن"),
        ("الأمم المتحدة", "والأمم المتحدة"),
        ("الأمم المتحدة", "بالأمم المتحدة"),
        ("الناتو", "فالناتو قال"),
        ("فيسبوك", "الفيسبوك مغلق"),
        ("NATO", "قال وNATO معه"),
    ],
    "Hebrew": [
        ("נתניהו", "ונתניהו אמר"),
        ("נתניהו", "אמר לנתניהו"),
        ("ירושלים", "הוא בירושלים"),
        ("ירושלים", "כשבירושלים ירד גשם"),
        ("כנסת", "שהכנסת החליטה"),
        ("NATO", "הוא ב-NATO"),
        ("ירושלים", "הוא נסע אל־ירושלים"),
        ("תל אביב", "הוא בא מתל־אביב"),
        ("בן־גוריון", "בן גוריון אמר"),
        ("שלמה", "ש\u05c1למ\u05b9ה אמר"),
        ("משה", "משה אמר"),
    ],
    "Hindi": [
        ("मोदी", "मोदी ने कहा"),
        ("नरेंद्र मोदी", "प्रधानमंत्री नरेंद्र मोदी को"),
        ("राम", "राम, और सीता"),
        ("शर्मा", "शर्मा।"),
        ("मोदी", "मोदीजी ने कहा"),
        ("भारत", "भारत-चीन सीमा"),
        ("चीन", "भारत-चीन सीमा"),
    ],
    "Cyrillic and Greek": [
        ("Иван Петров", "Иван Петров сказал"),
        ("Зеленський", "Володимир Зеленський заявив"),
        ("Йосип", "И\u0306осип сказав"),
        ("Μητσοτάκης", "ο Μητσοτάκης είπε;"),
        ("Ґеник", "пан Ґеник"),
    ],
    "Turkish": [
        ("Erdoğan", "Erdoğan’ın sözü"),
        ("İzmir", "İzmir’de"),
        ("İzmir", "I\u0307zmir’de"),
        ("Işık", "Işık geldi"),
    ],
    "as it is typed": [
        ("Jean-Luc Roy", "Jean\u2011Luc Roy came"),
        ("Anna Hale", "An\u00adna Hale too"),
        ('Dwayne "The Rock" Johnson', "Dwayne “The Rock” Johnson came"),
        ("Dwayne “The Rock” Johnson", 'Dwayne "The Rock" Johnson came'),
        ("Anna Hale", "\u2068Anna Hale\u2069 came"),
        ("Anna Hale", "Anna\u00a0Hale came"),
        ("Anna Hale", "An\u200bna Hale came"),
        ("منى", "\u200fمنى\u200f قالت"),
        ("محمد", "مُحَمَّد قال"),
        ("محمد", "محـــمد قال"),
        ("Brack", "Brack/Orr agreed. Then Brack."),
        ("Amazon.com", "It is Amazon.com."),
        ("Brack", "Ask Brack: he knows"),
    ],
}


@pytest.mark.parametrize("name, text", [case for cases in AS_WORDS.values() for case in cases])
def test_a_name_is_found_with_what_its_language_joins_to_it(name, text):
    assert found(text, name)[:1], (name, text)


SENTENCES = [
    ("القارب جاهز؟ وقالت Brack إنه سيبحر. ثم ذهبت.", "وقالت Brack إنه سيبحر."),
    ("کشتی تیار ہے۔ Brack نے کہا۔ پھر وہ گئی۔", "Brack نے کہا۔"),
    ("नाव तैयार है। Brack ने कहा। फिर वह गई।", "Brack ने कहा।"),
    ("船好了。Brack说：“不去。我们走。”然后走了。", "Brack说：“不去。我们走。”然后走了。"),
    ("船好了！Brack来了？很晚了。", "Brack来了？"),
    ("船は来た。「行かない。帰る」とBrackは言った。もう遅い。", "「行かない。帰る」とBrackは言った。"),
    ("배가 왔다. Brack은 말했다. 늦었다.", "Brack은 말했다."),
    ("Πού είναι το πλοίο; Η Brack δεν ξέρει. Είναι αργά.", "Η Brack δεν ξέρει."),
    ("Πού είναι το πλοίο\u037e Η Brack δεν ξέρει. Είναι αργά.", "Η Brack δεν ξέρει."),
    ("Նավը եկավ։ Brack ասաց։ Ուշ է։", "Brack ասաց։"),
    ("Она на ул. Морской, 5 тыс. Рублей у Brack. Поздно.", "Она на ул. Морской, 5 тыс. Рублей у Brack."),
    ("Живе на вул. Київській у м. Brack. Пізно.", "Живе на вул. Київській у м. Brack."),
    ("Ο κ. Παππάς και η κα. Brack ήρθαν. Είναι αργά.", "Ο κ. Παππάς και η κα. Brack ήρθαν."),
    ("Sayın Doç. Dr. Brack geldi. Geç oldu.", "Sayın Doç. Dr. Brack geldi."),
    ("“Hazır.” Brack de öyle dedi; sonra gitti.", "“Hazır.” Brack de öyle dedi; sonra gitti."),
]


@pytest.mark.parametrize("text, expected", SENTENCES)
def test_a_sentence_ends_as_its_language_ends_it(text, expected):
    at = text.index("Brack")
    assert mentions.sentence(text, at, at + len("Brack"))[0] == expected


@pytest.mark.parametrize("filler", ["船来了又走", "เรือมาแล้วไป"])
def test_a_text_without_spaces_is_cut_between_letters(filler):
    text = filler * 200 + "Brack" + filler * 200
    at = text.index("Brack")
    sentence, start, end = mentions.sentence(text, at, at + len("Brack"))
    assert sentence[start:end] == "Brack"
    assert len(sentence) <= mentions.LONGEST_SENTENCE + 4
    assert sentence.startswith("… ")
    assert sentence.endswith(" …")


MODES = [
    ("我们有钱。", "", "direct"),
    ("船没有问题。", "", "direct"),
    ("我们下周开会！", "", "direct"),
    ("我们有钱", "他说：“", "direct"),
    ("有钱", "他说他们“", "partial"),
    ("漏水", "他只说一个词：“", "partial"),
    ("我們有錢。", "", "direct"),
    ("船は来ません", "「", "direct"),
    ("船は来ない。", "「", "direct"),
    ("大きい問題", "首相は「", "partial"),
    ("배는 뜰 것입니다", "“", "direct"),
    ("배는 뜬다.", "“", "direct"),
    ("중대한 문제", "대통령은 “", "partial"),
    ("القارب سيبحر غدا", 'وقالت: "', "direct"),
    ("القارب سيبحر غدا إن شاء الله مساء", "وقالت أن “", "partial"),
    ("القارب سيبحر غدا.", "وقالت إن “", "partial"),
    ("القارب سيبحر غدا.", "“", "direct"),
    ("هل سيبحر؟", "“", "direct"),
    ("كارثة", "قال: “", "partial"),
    ("הספינה תצא מחר", "כהן: ”", "direct"),
    ("הספינה תצא מחר בבוקר אל הים הגדול", "כהן אמר כי ”", "partial"),
    ("הספינה תצא מחר.", "”", "direct"),
    ("नाव कल चलेगी।", "“", "direct"),
    ("कल चलेगी", "उसने “", "partial"),
    ("เรือจะออกพรุ่งนี้", "เขากล่าวว่า “", "partial"),
    ("เรือจะออกพรุ่งนี้", "เขากล่าว: “", "direct"),
    ("Пароход пойдёт.", "", "direct"),
    ("пойдёт.", "", "partial"),
    ("Πού πάει;", "", "direct"),
    ("İskele kapalı.", "", "direct"),
    ("The boat: it will run;", "", "partial"),
]


@pytest.mark.parametrize("words, before, expected", MODES)
def test_whole_sentences_are_told_from_parts_in_every_script(words, before, expected):
    assert mode((words,), before) == expected


@pytest.mark.parametrize(
    "text, minutes",
    [
        ("港口的船每天早上七点出发，晚上六点回来，风大的时候停航。" * 83, 6),
        ("その船は毎日、朝の七時に港を出ます。" * 139, 5),
        ("เรือออกจากท่าทุกเช้าและกลับมาตอนเย็น" * 128, 4),
        ("word " * 460, 2),
        ("word " * 230 + "港口的船每天早上" * 50, 2),
        ("배는 매일 아침 항구를 떠난다 " * 46, 1),
    ],
    ids=["Chinese", "Japanese", "Thai", "English", "mixed", "Korean"],
)
def test_the_reading_time_is_right_without_spaces(text, minutes):
    assert round(words_to_read(text) / WORDS_PER_MINUTE) == minutes


def test_a_name_that_may_be_within_another_word_is_doubtful():
    assert mentions.uncertain("上海口岸昨天没有变化。", {"海口": "hk"}) == {"海口": "hk"}
    assert mentions.uncertain("上海口岸。船到海口了。", {"海口": "hk"}) == {}
    assert mentions.uncertain("没有。", {"海口": "hk"}) == {}
    assert mentions.uncertain("김정은이 말했다", {"김정": "k"}) == {"김정": "k"}
    assert mentions.uncertain("Russia", {"Rus": "r"}) == {}
    assert mentions.uncertain("كريم قال", {"ريم": "r"}) == {"ريم": "r"}


@pytest.mark.parametrize(
    "name, text, language, form",
    [
        ("Иван Петров", "Слова Ивана Петрова.", "ru", "Ивана Петрова"),
        ("Путин", "сказал Путину", "en", "Путину"),
        ("Москва", "с Москвой", "ru", "Москвой"),
        ("Володимир Зеленський", "слова Володимира Зеленського", "uk", "Володимира Зеленського"),
        ("Україна", "з України", "uk", "України"),
        ("Львів", "зі Львова", "uk", "Львова"),
        ("Κυριάκος Μητσοτάκης", "τον Κυριάκο Μητσοτάκη", "el", "Κυριάκο Μητσοτάκη"),
        ("Ελλάδα", "της Ελλάδας", "el", "Ελλάδας"),
        ("Erdoğan", "Erdoğanın sözü", "tr", "Erdoğanın"),
        ("Sanna Marin", "Sanna Marinin hallitus", "fi", "Sanna Marinin"),
        ("Orbán", "Orbánnak", "hu", "Orbánnak"),
        ("Donald Tusk", "Donalda Tuska", "pl", "Donalda Tuska"),
        ("Merkel", "Merkels Wort", "de", "Merkels"),
        # other names and words
        ("Петр", "Петров сказал", "ru", ""),
        ("Рада", "Радар", "uk", ""),
        ("Israel", "Israeli", "en", ""),
        ("Рус", "Русу", "ru", "Русу"),
    ],
)
def test_a_name_in_another_case_is_told_with_the_form(name, text, language, form):
    assert mentions.may_decline(text, language) == (language != "en" or not text.isascii())
    assert mentions.with_ending(text, [name], language) == ((name, form) if form else ("", ""))


def test_the_script_splits_what_the_index_has_split():
    script = (Path(builder.__file__).parent.parent / "templates" / "assets" / "search.js").read_text("utf-8")
    split = "".join(re.findall(r"String\.raw`(.*?)`", script))
    (shifted,) = re.findall(r"const shifted = /\[(.*?)\]", script)
    signs = [re.sub(r"\\u\{?([0-9a-f]{4,5})\}?", lambda found: chr(int(found[1], 16)), sign) for sign in (split, shifted)]
    assert signs == [CLOSE + HANGUL, "\u0e00-\u109f\u1780-\u17ff\u3041-\u30ff"]


@pytest.mark.parametrize(
    "text, given",
    [
        ("Plain – “text”, Größe", "Plain – “text”, Größe"),
        ("王毅 说", "王 \u2060毅 说"),
        ("NATO는", "NATO \u2060는"),
        ("か", "\u2063" + chr(0x2304B)),
        ("והממשלה.", "והממשלה. \u2062הממשלה \u2062ממשלה"),
        ("للرئيس", "للرئيس \u2062الرئيس \u2062رئيس"),
        ("بن", "بن"),
    ],
)
def test_the_index_is_given_words_that_no_space_sets_apart(text, given):
    assert mentions.search_text_of(text) == given


def page(tmp_path, language):
    (tmp_path / "content" / "explainers").mkdir(parents=True)
    (tmp_path / "content" / "site.yaml").write_text(f"title: خبر\nlanguage: {language}\n", "utf-8")
    front = (
        "---\ntitle: قارب\nsummary: خبر.\npublished: 2024-03-08\nsources: {g: {publisher: الجريدة, title: خبر, published: 2024-03-08}}\n"
    )
    record = "actors: {m: منى كويست}\nquotes:\n  - m: القارب سيبحر غدا\n---\nوقالت منى كويست: “القارب سيبحر غدا”.\n"
    (tmp_path / "content" / "explainers" / "a.md").write_text(front + record, "utf-8")
    report = build(Options(tmp_path, tmp_path / "site", jobs=1, cache=False))
    assert report.plan is not None, report.diagnostics
    return (tmp_path / "site" / "explainers" / "a" / "index.html").read_text("utf-8")


def test_words_without_a_translation_are_marked_as_english_and_read_in_order(tmp_path):
    made = page(tmp_path, "ar")
    english = 'lang="en" dir="ltr" data-turned=""'
    assert f'<p class="dateline" {english}><span {english}>Published ' in made
    assert f"<span {english}>1-minute read</span>" in made
    assert f'<time datetime="2024-03-08" {english}>8 March 2024</time>' in made
    assert f"<span {english}>الجريدة, one report</span>" in made
    assert '<html lang="ar" dir="rtl">' in made


@pytest.mark.parametrize("language, marked", [("fr", True), ("de", False), ("en-GB", False)])
def test_only_words_of_another_language_are_marked(tmp_path, language, marked):
    made = page(tmp_path, language)
    assert ('<p class="dateline" lang="en">' in made) is marked
    assert ('<p class="dateline">' in made) is not marked


@pytest.mark.parametrize(
    "text, direction",
    [
        ("قالت منى: “نعم” عن NATO.", "rtl"),
        ("הוא אמר OK.", "rtl"),
        ("He said “نعم”.", "ltr"),
        ("Words.", "ltr"),
        ("12–30 – €5", ""),
        ("", ""),
        ("他说。", "ltr"),
    ],
)
def test_a_text_is_read_as_most_of_its_letters_are(text, direction):
    assert direction_of(text) == direction


def test_arabic_without_its_language_runs_from_the_right_everywhere(tmp_path):
    folder = tmp_path / "content/explainers"
    folder.mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: Desk\n", "utf-8")
    front = "---\ntitle: السفينة\npublished: 2024-03-08\nsources: {s: {title: S, publisher: P, published: 2024-03-01}}\nactors: {mona: منى كويست}\n"
    quotes = "quotes: [{speaker: mona, text: السفينة ستبحر غدا.}]\n---\n"
    (folder / "t.md").write_text(f"{front}{quotes}قالت منى كويست: “السفينة ستبحر غدا.”\n", "utf-8")
    build(Options(tmp_path, tmp_path / "out", jobs=1, cache=False))
    page, quoted = ((tmp_path / "out" / path / "index.html").read_text("utf-8") for path in ("explainers/t", "quotes"))
    assert '<h1 dir="rtl">' in page
    assert re.findall("<blockquote([^>]*)>", quoted) == [' dir="rtl"']
