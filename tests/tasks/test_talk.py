"""Models that talk instead of translating, and translations that only look so."""

import time

import pytest

from chatdesk.tasks.talk import stripped_talk, talk_findings

EN = "The house is red."
DE = "Das Haus ist rot."


def found(source, translation, language="en"):
    return [translation[each.start : each.end] for each in talk_findings(source, translation, language)]


@pytest.mark.parametrize(
    ("source", "translation", "language"),
    [
        (EN, DE, "en"),
        ("Sure! Come in. Sit down.", "Klar! Komm herein. Setz dich.", "en"),
        ("Persze! Gyere be.", "Sure! Come in. Sit down.", "hu"),
        ("That's right! Come in.", "Natürlich! Komm herein.", "en"),
        (
            "Of course, here is the translation of the book:",
            "Natürlich, hier ist die Übersetzung des Buches:",
            "en",
        ),
        ("Translation: Anna Schmidt", "Übersetzung: Anna Schmidt", "en"),
        ("Voici la traduction du texte.", "Here is the translation of the text.", "fr"),
        ("Here is the house: it is red.", "Hier ist das Haus: Es ist rot.", "en"),
        ("Note: closed on Monday", "Hinweis: montags geschlossen", "en"),
        ("Open daily.\nNB: closed on Monday", "Täglich geöffnet.\nHinweis: montags geschlossen", "en"),
        ("“The house is red.”", "„Das Haus ist rot.“", "en"),
        ("He said “no” and left.", "Er sagte „nein“ und ging.", "en"),
        ("Como modelo de lenguaje, no puedo opinar.", "As a language model, I cannot give an opinion.", "es"),
        ("Ich kann dir nicht helfen.", "I can't help you.", "de"),
        ("Es tut mir leid, aber das geht nicht.", "I'm sorry, but I can't comply with that.", "de"),
        ("Veuillez fournir le texte.", "Please provide the text.", "fr"),
        ("Where is the house?", "Wo ist das Haus?", "en"),
        ("Where is the house?", "家はどこですか。", "en"),
        ("Where is the house?", "أين البيت؟", "en"),
        ("你好吗？", "How are you?", "zh"),
        ("One\nTwo", "Eins\n\nZwei", "en"),
        ("German: the language of Germany", "Deutsch: die Sprache Deutschlands", "en"),
        ("", "", ""),
        ("はい、そうです。", "Yes! That is so.", "ja"),
        ("Uwaga: nie ma różnicy.\nKoniec.", "There is no difference.\nNote: the end.", "pl"),
        ("22 Übersetzer: siehe unten", "22 translator: see below", "de"),
        ("Der Übersetzer war Karl (siehe: unten)", "The translator was Karl (note: below)", "de"),
        ("A note from Anna", "Eine Notiz von Anna", "en"),
    ],
)
def test_what_the_source_says_is_no_talk(source, translation, language):
    assert found(source, translation, language) == []
    assert stripped_talk(source, translation) == translation


@pytest.mark.parametrize(
    ("translation", "talk"),
    [
        (f"Here is the translation:\n\n{DE}", "Here is the translation:"),
        (f"Sure! Here's the German translation: {DE}", "Sure! Here's the German translation:"),
        (f"Certainly! {DE}", "Certainly!"),
        (f"Natürlich! {DE}", "Natürlich!"),
        (f"**Translation:** {DE}", "**Translation:**"),
        (f"Hier ist die Übersetzung ins Deutsche:\n{DE}", "Hier ist die Übersetzung ins Deutsche:"),
        (f"Voici la traduction : {DE}", "Voici la traduction :"),
        (f"Aquí tienes la traducción:\n{DE}", "Aquí tienes la traducción:"),
        (f"翻訳：{DE}", "翻訳："),
        (f"以下是翻译：\n{DE}", "以下是翻译："),
        (f"Вот перевод: {DE}", "Вот перевод:"),
        (f"إليك الترجمة: {DE}", "إليك الترجمة:"),
        ("As an AI, I have no house.", "As an AI"),
        ("I'm sorry, but I can't assist with that.", "I'm sorry, but I can't assist"),
        (f"{DE}\n\nNote: I used the neutral form.", "Note: I used the neutral form."),
        (f"{DE} (Note: “Haus” is neuter.)", "(Note: “Haus” is neuter.)"),
        (f"{DE}\n\nIn this sentence, “Haus” is the subject.", "In this sentence, “Haus” is the subject."),
    ],
)
def test_talk_is_found_where_it_stands(translation, talk):
    assert found(EN, translation) == [talk]


def test_an_answer_to_a_question_is_found():
    assert found("What is the capital of France?", "Die Hauptstadt von Frankreich ist Paris.") == [""]


@pytest.mark.parametrize("wrapped", [f'"{DE}"', f"```\n{DE}\n```", f"<text>\n{DE}\n</text>", f"„{DE}“"])
def test_a_wrapper_is_found_as_a_whole(wrapped):
    assert found(EN, wrapped) == [""]


@pytest.mark.parametrize(
    "translation",
    [
        f"  {DE}\n",
        f"Translation: {DE}",
        f"Here is the translation:\n\n{DE}",
        f"Sure! Here's the German translation:\n\n```text\n{DE}\n```\n",
        f"Übersetzung:\n„{DE}“",
        f"**German:** {DE}",
        f"Deutsch: {DE}",
        f"<text>{DE}</text>",
        f"翻訳：「{DE}」",
    ],
)
def test_wrappers_are_taken_away(translation):
    assert stripped_talk(EN, translation) == DE


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ('"Yes," he said, "no"', '"Ja", sagte er, "nein"'),
        ("He said: yes.", '"Ja", sagte er, "nein"'),
        ("Print\n```\nx\n```", "```\nDrucke x\n```"),
        ("The translation: a history", "Die Übersetzung: eine Geschichte"),
        ("<text>House</text>", "<text>Haus</text>"),
        ("Note: red", "German: rot"),
        (EN, "Translation:"),
        (EN, '""'),
        (EN, "```\n```"),
        (EN, f"Certainly! {DE}"),
        (EN, f"{DE}\n\nNote: red"),
    ],
)
def test_no_word_of_a_translation_is_taken_away(source, translation):
    assert stripped_talk(source, translation) == translation


@pytest.mark.parametrize(
    "sign", ["a ", "```\n", '"', "Note", "translation ", "(", "\n", "a\n\n", "<text>", "*"]
)
def test_a_long_text_takes_little_time(sign):
    text = sign * (200_000 // len(sign))
    start = time.process_time()
    stripped_talk(EN, text)
    list(talk_findings(text, text, "en"))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "answer",
    [
        f"<text>\n{DE}",
        f"{DE}\n</text>",
        f"<text2>{DE}</text2></text>",
        f"In German: {DE}",
        f"Source: {EN}\nTranslation: {DE}",
        f"{EN}\n\n{DE}",
        f'"{EN}" -> "{DE}"',
    ],
)
def test_what_repeats_the_request_is_taken_away(answer):
    assert stripped_talk(EN, answer) == DE


def test_a_source_that_stands_in_its_translation_as_a_part_stays():
    assert stripped_talk("Rock", "Rock 'n' Roll") == "Rock 'n' Roll"
    assert stripped_talk("a <text> b", "<text> ein b") == "<text> ein b"


def test_an_offer_at_the_end_is_talk_but_where_the_source_makes_it():
    offer = "Let me know if you need anything else!"
    assert found(EN, f"{DE} {offer}") == [offer]
    assert (
        found("Das Haus ist rot. Lassen Sie mich wissen, ob es gefällt.", f"It is red. It is. {offer}", "de")
        == []
    )
    assert found("Tell us.", offer) == []


@pytest.mark.parametrize("part", ["</text>", "<text> ", " ", "let me know. "])
def test_long_repetitions_behind_a_translation_take_little_time(part):
    start = time.process_time()
    stripped_talk(EN, DE + part * 50_000 + ".")
    stripped_talk(EN, DE + part * 50_000)
    assert time.process_time() - start < 3
