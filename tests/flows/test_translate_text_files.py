"""Text files as translations: read, translated by a model, written in their own format."""

from pathlib import Path

import pytest

from chatdesk.documents.rewrite.rewriter import FileRewriter
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.translations import TranslationState, TranslationWishes
from chatdesk.flows.translate import TranslateFlow
from chatdesk.flows.translate_files import FileBegun, FileTranslationFlow, target_path
from chatdesk.flows.translating import TranslationOptions
from tests.documents.pdf_files import column, document
from tests.fakes.dictionary import Dictionary

GERMAN = TranslationWishes("de", "en")
OPTIONS = TranslationOptions(ModelLoad(LocalModel(Path("m.gguf"))), "Model", None)
WORDS = {
    "The house is big.": "Das Haus ist groß.",
    "The ⟦1⟧garden⟦/1⟧ is small.": "Der ⟦1⟧Garten⟦/1⟧ ist klein.",
}
FILES = {
    "a.txt": ("  The house is big.\r\n", "  Das Haus ist groß.\r\n"),
    "a.md": (
        "# The house is big.\n\n- The *garden* is\n  small.\n",
        "# Das Haus ist groß.\n\n- Der *Garten* ist klein.\n",
    ),
    "a.srt": (
        "1\n00:00:01,000 --> 00:00:02,000\n- The house is big.\n- The <i>garden</i> is small.\n",
        "1\n00:00:01,000 --> 00:00:02,000\n- Das Haus ist groß.\n- Der <i>Garten</i> ist klein.\n",
    ),
    "a.json": (
        '{"b": "The <b>garden</b> is small.", "a": [1.0, "user_name", "The house is big."]}',
        '{"b": "Der <b>Garten</b> ist klein.", "a": [1.0, "user_name", "Das Haus ist groß."]}',
    ),
    "a.pot": (
        'msgid ""\nmsgstr "Language: \\n"\n\nmsgid "The house is big."\nmsgstr ""\n',
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        '#, fuzzy\nmsgid "The house is big."\nmsgstr "Das Haus ist groß."\n',
    ),
    "a.pdf": (document([column(["The house is big."])]), "[Page 1]\n\nDas Haus ist groß.\n"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_text_file_is_written_again_with_its_translations(rooms, tmp_path, name):
    source, expected = FILES[name]
    path = tmp_path / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    flow = TranslateFlow(Dictionary(WORDS), rooms)
    files = FileTranslationFlow(flow, FileRewriter())
    events = list(files.begin(path, GERMAN, OPTIONS, CancelToken()))
    begun = next(event for event in events if isinstance(event, FileBegun)).translation
    ended = list(flow.translate(begun, OPTIONS, CancelToken()))[-1].translation
    assert ended.state is TranslationState.done
    target = target_path(path, "de")
    list(files.write(ended, target, CancelToken()))
    assert target.read_bytes().decode() == expected
