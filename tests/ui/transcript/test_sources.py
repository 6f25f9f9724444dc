"""The passages that an answer was given are named below it."""

from chatdesk.domain.chat import Attachment, Message, Role, ShownMessage, Source, Versions
from chatdesk.ui.chat.document_dialog import DocumentDialog
from chatdesk.ui.transcript.sources import shown_sources
from chatdesk.ui.transcript.view import TranscriptView

PAGE_3 = Source("d", "report.pdf", 6, 12, "page 3")


def test_a_page_with_several_passages_is_named_once():
    (row,) = shown_sources([PAGE_3, Source("d", "report.pdf", 20, 30, "page 3"), Source("d", "a.txt", 0, 4)])
    assert row.places == ((0, "Page 3 of report.pdf"), (2, "a.txt, passage 3"))
    assert shown_sources([]) == []


def test_a_click_below_the_answer_asks_for_the_passage(qtbot):
    view = TranscriptView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    answer = Message(Role.assistant, "In May.", sources=(PAGE_3, Source("d", "b.pdf", 0, 4, "page 40")))
    view.show_messages([ShownMessage(answer, Versions((answer.id,), 0))])
    view.show()
    buttons = view.findChildren(object, "show-source")
    assert [button.text().strip() for button in buttons] == ["Page 3 of report.pdf", "Page 40 of b.pdf"]
    with qtbot.waitSignal(view.action_requested) as signal:
        buttons[1].click()
    assert signal.args == ["show_source 1", answer.id]


def test_the_passage_is_marked_in_its_document_also_behind_signs_of_two_units(qtbot):
    text = "🦙 one\nline\n" * 300
    start = text.rindex("🦙")
    source = Source("d", "a.txt", start, start + 5, "page 9")
    dialog = DocumentDialog(Attachment("d", "a.txt", 3), text, None, source)
    qtbot.addWidget(dialog)
    dialog.show()
    (mark,) = dialog.field.extraSelections()
    assert mark.cursor.selectedText() == "🦙 one"
    assert dialog.field.cursorRect().intersects(dialog.field.viewport().rect())
