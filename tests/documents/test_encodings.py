"""Texts in the encodings of forty years, long and short, and bytes that are no text."""

import codecs
import random

import pytest

from chatdesk.documents.encodings import decoded
from chatdesk.documents.parts import Part, Refused
from chatdesk.documents.plain_text import read
from chatdesk.domain.documents import UnitKind

SAMPLES = {
    "fr": "Le café coûte 5 € — “déjà vu” à l’été, où êtes-vous? Ça va très bien, merci à tous les élèves. ",
    "de": "Die Straße führt über die Brücke; Größe und Länge müssen geprüft werden, schöne Grüße. ",
    "es": "Mañana iré al mercado; ¿quién más vendrá? El niño comió una piña y después durmió. ",
    "pt": "A reunião será amanhã às três horas; não há alterações na organização. ",
    "sv": "Vi åkte till Malmö på lördag och åt smörgåsar vid sjön, därefter gick vi hem. ",
    "is": "Það er gott veður í dag og við förum út að ganga með börnunum á ströndinni. ",
    "pl": "Zażółć gęślą jaźń. Łódź i Kraków są pięknymi miastami w Polsce, proszę państwa. ",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy. Šťastné a veselé Vánoce, přátelé! ",
    "hu": "Az őszi erdőben sétáltunk, és gyönyörű gombákat gyűjtöttünk a völgy fölött. ",
    "tr": "Güneşli bir günde çocuklar bahçede oynuyor, öğretmen ise kitap okuyor. ",
    "lt": "Šiandien graži diena, todėl vaikai žaidžia kieme, o mėlynės jau sunoko šalia ežero. ",
    "ru": "Привет мир, это проверка кодировки текста на русском языке. Сегодня хорошая погода. ",
    "uk": "Сьогодні гарна погода, і ми підемо до лісу. Її діти люблять їсти ягоди й гриби. ",
    "el": "Καλημέρα κόσμε, αυτό είναι ένα κείμενο στα ελληνικά για δοκιμή. ",
    "he": "שלום עולם זהו טקסט בעברית לבדיקת קידוד הקבצים הישנים ",
    "ar": "هذا نص عربي لاختبار اكتشاف الترميز في الملفات النصية القديمة ",
    "th": "สวัสดีชาวโลก นี่คือข้อความภาษาไทยสำหรับทดสอบการเข้ารหัส ",
    "ja": "これは日本語の文章です。今日は天気がいいですね。明日は雨が降るでしょう。",
    "zh": "这是一个中文文本文件，用于测试编码检测。今天天气很好，我们去公园散步。",
    "zh-tw": "這是一個繁體中文文字檔案，用於測試編碼偵測功能。今天天氣很好。",
    "ko": "이것은 한국어 문장입니다. 오늘은 날씨가 좋습니다. 내일은 비가 올 것입니다. ",
    "en": "He said “it’s late” – and then he went home… ",
}
OLD = [
    ("fr", "cp1252"), ("de", "cp1252"), ("de", "cp850"), ("es", "latin-1"), ("pt", "latin-1"),
    ("sv", "latin-1"), ("is", "latin-1"), ("pl", "iso8859_2"), ("pl", "cp1250"), ("cs", "cp1250"),
    ("cs", "iso8859_2"), ("hu", "iso8859_2"), ("tr", "cp1254"), ("lt", "cp1257"), ("ru", "cp1251"),
    ("ru", "koi8_r"), ("ru", "cp866"), ("uk", "cp1251"), ("el", "cp1253"), ("he", "cp1255"),
    ("ar", "cp1256"), ("th", "tis_620"), ("ja", "shift_jis"), ("ja", "euc_jp"), ("zh", "gb18030"),
    ("zh-tw", "big5"), ("ko", "euc_kr"), ("en", "cp1252"),
]  # fmt: skip


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(("language", "encoding"), OLD, ids=[" ".join(one) for one in OLD])
def test_old_encodings_are_found(language, encoding, times):
    text = SAMPLES[language] * times
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("language", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_found_with_and_without_a_mark(language, encoding):
    text = SAMPLES[language] * 2
    assert decoded(text.encode(encoding)) == text


def test_the_mark_may_be_for_the_higher_byte_first():
    assert decoded(codecs.BOM_UTF16_BE + "日本".encode("utf-16-be")) == "日本"


def test_utf8_that_is_cut_or_has_a_bad_byte_stays_utf8():
    text = SAMPLES["ru"] * 3
    assert decoded(text.encode()[:-3]).startswith(text[:-4])
    assert decoded(b"caf\xff " + text.encode()) == "caf\ufffd " + text


def test_one_letter_beyond_ascii_is_enough():
    assert decoded("We met at the café near the station.".encode("latin-1")).count("café") == 1
    assert decoded("The price is 12 € each.".encode("cp1252")) == "The price is 12 € each."


@pytest.mark.parametrize(
    "content",
    [
        random.Random(2).randbytes(100_000),
        b"a\0b\0c" * 1000,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\0" * 64,
        b"a\0b",
    ],
    ids=["random", "gaps", "picture", "nothing", "short"],
)
def test_bytes_that_are_no_text_are_none(content):
    assert decoded(content) is None


def test_a_stray_control_character_does_not_make_a_text_unreadable():
    text = "a line of a log file\n" * 200
    assert decoded(text.encode() + b"\0\x08") == text + "\0\x08"


def test_a_text_is_one_part_and_its_line_ends_are_unified(tmp_path):
    path = tmp_path / "code.py"
    path.write_bytes(b"def f():\r\n    return 1\r\r\n")
    assert list(read(path, "")) == [Part(UnitKind.whole, "", "def f():\n    return 1\n\n")]


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(Refused):
        list(read(path, ""))
