"""Documents as translations: read from a file, written in its format beside it."""

from pathlib import Path

import pytest

from chatdesk.documents.rewrite.rewriter import FileRewriter
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.document_errors import DocumentChanged
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.translations import TranslationState, TranslationWishes
from chatdesk.flows.translate import TranslateFlow
from chatdesk.flows.translate_files import FileBegun, FileTranslationFlow, TextsChanged, target_path
from chatdesk.flows.translating import TranslationOptions
from tests.documents import made
from tests.documents.rewrite.files import counted, texts_of
from tests.fakes.dictionary import Dictionary, in_another_language

GERMAN = TranslationWishes("de", "en")
OPTIONS = TranslationOptions(ModelLoad(LocalModel(Path("m.gguf"))), "Model", None)
NO_CANCEL = CancelToken()
SENTENCE = "This sentence stands here again and again, each time a little longer, number {} of many. "


@pytest.fixture
def engine():
    return Dictionary({"The house is big.": "Das Haus ist groß."})


@pytest.fixture
def flow(engine, rooms):
    return TranslateFlow(engine, rooms)


@pytest.fixture
def files(flow):
    return FileTranslationFlow(flow, FileRewriter())


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.docx"
    made.docx(path, made.p("The house is big.") + made.p("It is new.") + made.p("2026"))
    return path


def begun(files, path):
    return next(each for each in files.begin(path, GERMAN, OPTIONS, NO_CANCEL) if isinstance(each, FileBegun))


def translated(flow, files, path):
    started = begun(files, path).translation
    return list(flow.translate(started, OPTIONS, NO_CANCEL))[-1].translation


def test_a_document_is_written_again_with_its_translations(flow, files, letter):
    ended = translated(flow, files, letter)
    target = target_path(letter, "de")
    list(files.write(ended, target, NO_CANCEL))
    assert target.name == "letter.de.docx"
    assert texts_of(target) == [
        "Das Haus ist groß.",
        in_another_language("It is new."),
        *texts_of(letter)[2:],
    ]
    assert counted(target, "p", "r", "t") == counted(letter, "p", "r", "t")


def test_the_history_knows_the_document(files, rooms, letter):
    kept = rooms.translations.translation(begun(files, letter).translation.id)
    assert (kept.name, kept.path, kept.state) == ("letter.docx", str(letter), TranslationState.waiting)


def test_a_long_paragraph_is_cut_for_the_model_and_put_together_for_the_file(flow, files, engine, tmp_path):
    path = tmp_path / "long.docx"
    text = "".join(map(SENTENCE.format, range(60))).strip()
    made.docx(path, made.p(text))
    ended = translated(flow, files, path)
    assert len(ended.segments) > 1
    assert max(map(len, engine.asked)) < len(text) / 2
    list(files.write(ended, tmp_path / "out.docx", NO_CANCEL))
    assert texts_of(tmp_path / "out.docx") == [in_another_language(text)]


def test_a_paragraph_without_a_translation_stays_as_it_is(files, letter, tmp_path):
    list(files.write(begun(files, letter).translation, tmp_path / "out.docx", NO_CANCEL))
    assert texts_of(tmp_path / "out.docx") == texts_of(letter)


def test_a_document_that_has_changed_since_keeps_its_new_words(flow, files, letter, tmp_path):
    ended = translated(flow, files, letter)
    made.docx(letter, made.p("The house is small.") + made.p("It is new.") + made.p("2026"))
    told = list(files.write(ended, tmp_path / "out.docx", NO_CANCEL))
    assert texts_of(tmp_path / "out.docx")[:2] == ["The house is small.", in_another_language("It is new.")]
    assert TextsChanged(1) in told


def test_a_paragraph_that_was_put_in_since_changes_nothing_for_the_others(flow, files, letter, tmp_path):
    ended = translated(flow, files, letter)
    made.docx(letter, made.p("Fresh.") + made.p("The house is big.") + made.p("It is new."))
    told = list(files.write(ended, tmp_path / "out.docx", NO_CANCEL))
    there = texts_of(tmp_path / "out.docx")
    assert there[:3] == ["Fresh.", "Das Haus ist groß.", in_another_language("It is new.")]
    assert TextsChanged(1) in told


def test_a_document_that_changes_while_it_is_written_is_refused(flow, letter, tmp_path):
    class Touching(FileRewriter):
        def write(self, path, *args, **how):
            made.docx(path, made.p("Other words."))
            return super().write(path, *args, **how)

    files = FileTranslationFlow(flow, Touching())
    ended = translated(flow, files, letter)
    with pytest.raises(DocumentChanged):
        list(files.write(ended, tmp_path / "out.docx", NO_CANCEL))
    assert not (tmp_path / "out.docx").exists()


def test_nothing_is_written_when_cancelled(flow, files, letter, tmp_path):
    ended = translated(flow, files, letter)
    cancel = CancelToken()
    cancel.cancel()
    list(files.write(ended, tmp_path / "out.docx", cancel))
    assert not (tmp_path / "out.docx").exists()


def test_a_written_file_never_takes_the_place_of_another(tmp_path):
    path = tmp_path / "a.docx"
    (tmp_path / "a.de.docx").touch()
    (tmp_path / "a.de.2.docx").touch()
    assert target_path(path, "de").name == "a.de.3.docx"


@pytest.mark.parametrize(
    ("name", "language", "written"),
    [
        ("a.b.odt", "pt-BR", "a.b.pt-BR.odt"), ("a.pdf", "de", "a.de.txt"), ("a.pot", "de", "a.de.po"),
        ("a.txt", "../x y", "a.xy.txt"),
    ],
)  # fmt: skip
def test_the_name_of_a_written_file_tells_the_language(tmp_path, name, language, written):
    assert target_path(tmp_path / name, language).name == written
