"""Searching over titles and messages, in any script, with any question."""

from datetime import UTC, datetime, timedelta

import pytest

from chatdesk.domain.chat import Conversation, Message, Role
from chatdesk.storage.fulltext import snippet, spaced
from tests.storage.searching import search

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def chat(store):
    chat = Conversation(title="")
    store.save(chat)
    return chat.id


def add(store, chat, *texts):
    for number, text in enumerate(texts):
        store.add(chat, Message(Role.user, text, created=START + timedelta(minutes=number)))


def found(store, words, **more):
    return [hit.snippet for hit in search(store, words, **more)]


def marked(store, words):
    return [[hit.snippet[start:end] for start, end in hit.marks] for hit in search(store, words)]


@pytest.mark.parametrize(
    ("text", "words", "marks"),
    [
        ("隐私优先，所有数据保存在本机。", "数据", ["数据"]),
        ("隐私优先，所有数据保存在本机。", "数", ["数"]),
        ("今日は天気がいいですね", "天気", ["天気"]),
        ("今日は天気がいいですね", "いい です", ["いい", "です"]),
        ("コーヒーを飲む", "ヒー", ["ヒー"]),
        ("한국어 문장입니다", "문장", ["문장"]),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한", ["한"]),
        ("が か", "か", ["か"]),
        ("สวัสดีชาวโลก", "ชาว", ["ชาว"]),
        ("สวัสดีชาวโลก", "สวัส", ["สวัส"]),
        ("สวัสดีชาวโลก", "โ", ["โ"]),
        ("สวัสดีชาวโลก", "ก", ["ก"]),
        ("ใช้GPUดีมาก", "ช้gpuด", ["ช้GPUดี"]),
        ("ไป กิน ข้าว", "ไปกิน", ["ไป กิน"]),
        ("ສະບາຍດີ", "ບາຍ", ["ບາຍ"]),
        ("မင်္ဂလာပါ", "ဂလာ", ["ဂလာ"]),
        ("សួស្តីពិភពលោក", "ពិភព", ["ពិភព"]),
        ("ｶﾅ漢字カナ", "字カ", ["字カ"]),
        ("使用GPU加速", "gpu", ["GPU"]),
        ("使用GPU加速", "用gpu加", ["用GPU加"]),
        ("𠮷野家", "野", ["野"]),
        ("हिन्दी में लिखो", "हिन्दी", ["हिन्दी"]),
        ("Straßen in Zürich", "zurich", ["Zürich"]),
        ("Straßen in Zurich", "ZÜRICH", ["Zurich"]),
        ("cafe\u0301 olé", "cafe", ["café"]),
        ("über uns", "ube", ["über"]),
        ("the weather report", "weath", ["weather"]),
        ("the weather report", "report weather", ["weather", "report"]),
        ("שלום עולם", "עולם", ["עולם"]),
        ("مرحبا بالعالم", "مرحبا", ["مرحبا"]),
        ("call foo_bar(x) now", "foo_bar", ["foo_bar"]),
        ("it costs 3.50 today", "3.50", ["3.50"]),
        ("a C++ question", "question -", ["question"]),
    ],
)
def test_words_of_any_script_are_found_and_marked(store, chat, text, words, marks):
    add(store, chat, "something else", text)
    assert marked(store, words) == [marks]


@pytest.mark.parametrize("text", ["สวัสดี ชาวโลกGPUใหม่ๆ", "コーヒー2杯とお茶を飲むGPUです"])
def test_every_part_of_a_text_without_spaces_is_found(store, chat, text):
    add(store, chat, text, "กขคง อื่น", "ほかの話")
    texts = [text[start:end] for start in range(len(text)) for end in range(start + 1, start + 5)]
    parts = [part for part in texts if part.strip() and not part[0].isascii() and not part[-1].isascii()]
    letters = [part for part in parts if any(map(str.isalpha, part))]
    assert [part for part in letters if text not in found(store, part)] == []


@pytest.mark.parametrize("words", ["ดส", "โลกชาว", "สวัสดีโลก", "ลสวั", "ดีช -ชาว"])
def test_letters_that_do_not_follow_each_other_are_not_found(store, chat, words):
    add(store, chat, "สวัสดีชาวโลก")
    assert search(store, words) == []


@pytest.mark.parametrize("words", ["weather repor tomorrow", "eather", "wea the", "本数", "天本"])
def test_all_the_words_must_stand_in_one_message(store, chat, words):
    add(store, chat, "the weather report", "tomorrow", "数据 天気", "本")
    assert search(store, words) == []


def test_only_the_last_word_is_a_prefix(store, chat):
    add(store, chat, "weather report")
    assert found(store, "weather rep") == ["weather report"]
    assert found(store, "weat report") == []


@pytest.mark.parametrize(
    "words",
    [
        "", " ", '"', '""', "*", "NEAR(", "NEAR(a b, 2)", "AND", "a AND", "NOT x", "-x", "x -y", "text:x",
        "^x", "{x}", "(", "\0", "x\0y", "😀", "\ud800", "\ud83d\ude00x", "'", "';--", "x" * 1_000_000,
        "x " * 500_000, "天" * 1_000_000, '" ' * 1000, "\x02\x03\x1f", "\u0301", "ั", "٣", "½", "x*",
        'a"b', "\\", "%", "\u202e",
    ],
)  # fmt: skip
def test_no_question_is_too_odd(store, chat, words):
    add(store, chat, "plain text", words[:2000])
    assert isinstance(search(store, words), list)


def test_a_text_with_control_characters_marks_only_the_hits(store, chat):
    add(store, chat, "\x02fake\x03 \x1f mark and real\0one")
    assert marked(store, "one") == [["one"]]
    assert found(store, "one") == ["fake mark and real one"]


def test_titles_come_before_messages(store, chat):
    titled = Conversation(title="Weather in Zürich")
    store.save(titled)
    add(store, chat, "weather weather weather")
    hits = search(store, "weather")
    assert [(hit.conversation, hit.message is None) for hit in hits] == [(titled.id, True), (chat, False)]
    assert hits[0].title == hits[0].snippet == "Weather in Zürich"
    assert hits[0].when == titled.updated


def test_a_renamed_chat_is_found_by_its_new_title(store):
    chat = Conversation(title="old name")
    store.save(chat)
    store.save(Conversation(title="new name", id=chat.id))
    assert search(store, "old") == []
    assert found(store, "new") == ["new name"]


def test_better_hits_come_first_and_equal_ones_newest_first(store, chat):
    add(store, chat, "apple pie a", "apple apple apple", "apple pie b", "nothing")
    assert found(store, "apple") == ["apple apple apple", "apple pie b", "apple pie a"]


def test_at_most_limit_hits_are_returned(store, chat):
    store.save(Conversation(title="apple"))
    add(store, chat, *["apple"] * 5)
    assert len(search(store, "apple", limit=3)) == 3
    assert len(search(store, "apple", limit=1)) == 1


def test_a_snippet_stands_around_the_first_hit_in_one_line(store, chat):
    add(store, chat, "lorem\n\n  ipsum " * 500 + "the needle here " + "dolor sit " * 500)
    hit = search(store, "needle")[0]
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert "ipsum the needle here dolor" in hit.snippet
    assert "\n" not in hit.snippet
    assert len(hit.snippet) <= 162
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["needle"]


def test_a_snippet_of_chinese_is_as_long_as_others(store, chat):
    add(store, chat, "字" * 300 + "目标" + "字" * 300)
    hit = search(store, "目标")[0]
    assert len(hit.snippet) == 162
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["目标"]


def test_a_hit_longer_than_a_snippet_is_marked_to_its_end():
    assert snippet("x" * 1000 + " rest", "x") == ("x" * 160 + "…", ((0, 160),))


def test_a_text_without_hits_gives_its_beginning():
    assert snippet("plain", "other") == ("plain", ())
    assert snippet("plain", "") == ("plain", ())
    assert snippet("", "x") == ("", ())


def test_a_hit_deep_in_a_long_text_is_shown():
    text, marks = snippet("filling 字 " * 100_000 + "the needle", "needle")
    assert text.endswith("the needle")
    assert [text[start:end] for start, end in marks] == ["needle"]


@pytest.mark.parametrize("before", range(300, 1200, 50))
def test_a_snippet_goes_on_behind_its_hit_wherever_that_stands(before):
    text, marks = snippet("lorem " * (before // 6) + "needle " + "ipsum " * 500, "needle")
    assert len(text) == 162
    assert [text[start:end] for start, end in marks] == ["needle"]


def test_spacing_keeps_latin_text_as_it_is():
    assert spaced("Plain text, 3.5 %\n\ttab") == "Plain text, 3.5 %\n\ttab"
