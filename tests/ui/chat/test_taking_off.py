"""What is taken off a message can be put back as long as that message stands in the box."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget

from chatdesk.domain.chat import Attachment, DocumentId, Draft
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.chat.taking_off import TakingOff
from chatdesk.ui.chat.undoing import Undoing
from chatdesk.ui.widgets.banner import Banner, Kind

REPORT, NOTES, PLAN = (Attachment(DocumentId(name), name, 9) for name in ("report.md", "notes.md", "plan.md"))


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


class Desk(QWidget):
    """A message box with three documents, and the notices above it."""

    def __init__(self, qtbot):
        super().__init__()
        qtbot.addWidget(self)
        self._qtbot = qtbot
        self.composer, self.notice, self.undoing = Composer(self), Banner(self), Undoing(self)
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addWidget(self.composer)
        self.undoing.done.connect(lambda words, undo: self.notice.tell(Kind.info, words, "Undo", then=undo))
        TakingOff(self.composer, self.undoing, self.notice)
        self.composer.set_draft(Draft("Compare them", (REPORT, NOTES, PLAN)))
        self.show()

    @property
    def attached(self):
        return self.composer.draft().attachments

    def take_off(self, attachment):
        buttons = self.composer.findChildren(QToolButton, "remove-attachment")
        named = [each for each in buttons if attachment.name in each.accessibleName()]
        self._qtbot.mouseClick(named[-1], Qt.MouseButton.LeftButton)  # those before are on their way out


def test_undo_puts_it_back_in_its_place(desk):
    desk.take_off(NOTES)
    assert desk.attached == (REPORT, PLAN)
    assert desk.notice.text == "“notes.md” was taken off the message."
    desk.notice.findChild(QPushButton, "banner-action").click()
    assert desk.attached == (REPORT, NOTES, PLAN)


def test_several_come_back_one_after_the_other_the_last_first(desk):
    desk.take_off(REPORT)
    desk.take_off(PLAN)
    desk.undoing.undo()
    assert desk.attached == (NOTES, PLAN)
    desk.undoing.undo()
    assert desk.attached == (REPORT, NOTES, PLAN)
    desk.undoing.undo()
    assert desk.attached == (REPORT, NOTES, PLAN)


def test_what_was_attached_again_meanwhile_is_there_once(desk):
    desk.take_off(NOTES)
    desk.composer.add_attachment(NOTES)
    desk.undoing.undo()
    assert desk.attached == (REPORT, NOTES, PLAN)


@pytest.mark.parametrize("leave", ["another message", "sent"])
def test_nothing_comes_into_another_message(desk, leave):
    desk.take_off(NOTES)
    if leave == "sent":
        desk.composer.submitted.connect(desk.composer.clear)
        desk.composer.send.click()
    else:
        desk.composer.set_draft(Draft("Another"))
    assert not desk.notice.isVisible()
    desk.undoing.undo()
    assert desk.attached == ()
