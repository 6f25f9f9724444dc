"""Takes the README's pictures of the real window, answered by the real starter model, without a display.

usage: .venv/bin/python packaging/screenshots.py
Fonts of the Noto family should be installed, else the pictures show what the system has.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.app import App

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "packaging" / "screenshots"
QUESTIONS = (
    "What can you help me with?",
    "How do I turn on dark mode?",
    "Tell me a joke please",
)
DOCUMENT = """The town of Lindhaven opened its new harbour in May 1932. It has 14 cranes and two quays.

Mayor Anna Berg called the harbour a gate to the sea. The railway reached the quays in 1935.

A storm destroyed the northern quay in 1948. The town rebuilt it within two years.

Today fishing boats and visitors use the harbour. The old grain store is a museum since 1991."""
TEXT = """The weather is nice today.

My brother is a doctor.

There are four lamps in the kitchen.

He has no car."""
SIZE = (1120, 740)
PATIENCE = 60.0  # seconds for one answer


def main() -> None:
    """Write all pictures: of the chat in light and dark, of summaries, translations, documents and models."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtWidgets import QApplication

    from chatdesk import app
    from chatdesk.domain.settings import Theme
    from chatdesk.paths import Paths

    application = QApplication([])

    def wait(until: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not until() and time.monotonic() < end:
            application.processEvents()
        settled = time.monotonic() + 0.5  # code is coloured and margins are filled when the window is idle
        while time.monotonic() < settled:
            application.processEvents()

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        built = app.build(Paths(Path(home)))
        built.window.resize(*SIZE)
        built.window.show()
        for question in QUESTIONS:
            built.chat.submit(question)
            wait(lambda: not built.chat.chat.busy)
        for theme in (Theme.light, Theme.dark):
            built.settings.change(theme=theme)
            wait(lambda: True)
            built.window.grab().save(str(FOLDER / f"{theme}.png"))
        built.settings.change(theme=Theme.light)
        take_branches(built, wait)
        take_summary(built, Path(home), wait)
        take_translation(built, wait)
        take_documents(built, Path(home), wait)
        take_templates(built, wait)
        built.window.show_page("models")
        built.models.show_view("search")
        wait(lambda: True)
        built.window.grab().save(str(FOLDER / "models.png"))
        built.window.close()


def take_branches(built: App, wait: Callable[[Callable[[], bool]], None]) -> None:
    """Write branches.png: two versions of the last answer side by side."""
    from PySide6.QtWidgets import QDialog

    branching = built.chat_joints.branches.branching
    last = built.chat.chat.branch()[-1].message.id
    branching.answer_again(preset="creative")
    wait(lambda: not built.chat.chat.busy and built.chat.chat.branch()[-1].message.id != last)
    branching.compare()
    wait(lambda: True)
    dialog = built.window.findChild(QDialog, "compare-versions")
    assert dialog is not None
    dialog.resize(980, 420)
    wait(lambda: True)
    dialog.grab().save(str(FOLDER / "branches.png"))
    dialog.close()


def take_summary(built: App, home: Path, wait: Callable[[Callable[[], bool]], None]) -> None:
    """Write summarize.png: a document, its summary, and the page that the first sentence rests on."""
    built.window.show_page("summarize")
    desk = built.summarize.controller
    document = home / "The harbour of Lindhaven.pdf"
    write_pdf(document)
    desk.take([document])
    wait(lambda: desk.planning.document is not None)
    desk.planning.begin()
    wait(lambda: desk.shown.summary is not None and desk.runs.run(desk.shown.summary.id) is None)
    sentences = desk.shown.summary.sentences if desk.shown.summary is not None else ()
    for place, sentence in enumerate(sentences):
        if sentence.passages:
            desk.page.result.text.sentence_chosen.emit(place)
            break
    wait(lambda: desk.page.result.source.page.has_page)
    built.window.grab().save(str(FOLDER / "summarize.png"))


def take_translation(built: App, wait: Callable[[Callable[[], bool]], None]) -> None:
    """Write translate.png: a text in English and its translation into German."""
    built.window.show_page("translate")
    desk = built.translate.controller
    desk.page.to.show_language("de")
    desk.page.source.insertPlainText(TEXT)
    wait(lambda: not desk.reading.reading)
    desk.page.run.click()
    wait(lambda: not desk.run.busy)
    desk.page.panes.go_to(0)
    wait(lambda: True)
    built.window.grab().save(str(FOLDER / "translate.png"))


def take_documents(built: App, home: Path, wait: Callable[[Callable[[], bool]], None]) -> None:
    """Write documents.png: the list of documents that are translated, three of them done."""
    from chatdesk.domain.translations import TranslationState

    desk = built.translate.desk
    model = desk.desk.documents.model
    files = [home / name for name in ("Letter to Anna.md", "Harbour guide.html", "Film.srt")]
    files[0].write_text(TEXT, encoding="utf-8")
    files[1].write_text("<h1>My house</h1><p>The house is <b>small</b>.</p>", encoding="utf-8")
    files[2].write_text("1\n00:00:01,000 --> 00:00:02,000\nWhere is the key?\n", encoding="utf-8")
    desk.take(files)
    wait(lambda: len(model.files) == len(files))
    desk.documents.run()
    wait(lambda: all(file.state is TranslationState.done for file in model.files))
    desk.desk.documents.table.selectRow(0)
    wait(lambda: True)
    built.window.grab().save(str(FOLDER / "documents.png"))


def take_templates(built: App, wait: Callable[[Callable[[], bool]], None]) -> None:
    """Write templates.png: the library, and the template for a mail."""
    built.window.show_page("templates")
    desk = built.templates.controller
    desk.refresh(built.templates.library.by_command("mail"))
    wait(lambda: True)
    built.window.grab().save(str(FOLDER / "templates.png"))


def write_pdf(path: Path) -> None:
    """Write the document that is summarised as a page of a letter's size."""
    from PySide6.QtGui import QPageSize, QPdfWriter, QTextDocument

    text = QTextDocument()
    text.setMarkdown(f"# {path.stem}\n\n{DOCUMENT}")
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    text.print_(writer)


if __name__ == "__main__":
    main()
