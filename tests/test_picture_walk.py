"""Pictures through the real window: attached in every way, seen by a model with a projector, kept."""

import shutil

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QToolButton

from chatdesk import app as application
from chatdesk import paths as places
from chatdesk.domain.chat import MessageState, Role
from chatdesk.paths import find_home
from tests.fakes import projectors
from tests.fakes.pictures import png

SCRIPTED = "tests.fakes.backends:Scripted"
PATIENCE = 20_000  # milliseconds


class Walk:
    """Attaches, types and clicks as a user does."""

    def __init__(self, qtbot, app):
        self.qtbot, self.app, self.page = qtbot, app, app.chat.page

    @property
    def attached(self):
        return [each.name for each in self.page.composer.draft().attachments]

    @property
    def messages(self):
        chat = self.app.chat.chat.conversation
        return [shown.message for shown in self.app.chats.branch(chat.id)]

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def drop(self, data):
        place, action = QPoint(300, 200), Qt.DropAction.CopyAction
        rest = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place, action, data, *rest)
        QApplication.sendEvent(self.page, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(self.page, QDropEvent(QPointF(place), action, data, *rest))

    def attach(self, *paths):
        count = len(self.attached) + len(paths)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self.drop(data)
        self.wait(lambda: len(self.attached) == count)

    def send(self, text=""):
        last = self.messages[-1].id if self.messages else None
        self.page.composer.box.setPlainText(text)
        self.qtbot.keyClick(self.page.composer.box, Qt.Key.Key_Return)
        return self.answer_after(last)

    def answer_again(self):
        last = self.messages[-1].id
        self.app.chat.actions.regenerate()
        return self.answer_after(last)

    def answer_after(self, last):
        self.wait(lambda: self.messages and self.messages[-1].id != last and not self.app.chat.chat.busy)
        assert self.messages[-1].role is Role.assistant
        return self.messages[-1]

    def pictures(self):
        found = self.page.transcript.findChildren(QToolButton, "shown-picture")
        return [button for button in found if button.isVisible()]

    def chips(self):
        found = self.page.composer.findChildren(QToolButton, "open-attachment")
        return [button for button in found if button.isVisible()]


@pytest.fixture
def start(qtbot):
    """Start the application; called again it starts a second time in the same folder."""
    running = []

    def start(backend=SCRIPTED, model=None):
        built = application.build(find_home(), *([backend] if backend else []))
        running.append(built)
        qtbot.addWidget(built.window)
        built.settings.change(make_titles=False, default_model=str(model or ""))
        built.chat.new()
        built.window.resize(1000, 800)
        built.window.show()
        return Walk(qtbot, built)

    yield start
    for built in running:
        built.window.close()
        built.close()


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.png"
    path.write_bytes(png())
    return path


@pytest.fixture
def seeing_model(tmp_path):
    """A copy of the starter model with a projector beside it."""
    folder = tmp_path / "models"
    folder.mkdir()
    projectors.make(folder / "mmproj-F16.gguf", width=256)
    return shutil.copy(places.starter_model(), folder / "seeing.gguf")


def clipboard(**parts):
    data = QMimeData()
    if "image" in parts:
        data.setImageData(parts["image"])
    if "text" in parts:
        data.setText(parts["text"])
    return data


def blue():
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#2563eb"))
    return image


def test_a_real_model_looks_at_a_picture_and_goes_on_with_the_chat(start, photo, seeing_model):
    walk = start(backend=None, model=seeing_model)
    walk.attach(photo)
    assert not walk.page.blind.isVisible()
    seen = walk.send("What is this?")
    assert seen.state is MessageState.complete
    assert seen.facts.prompt_tokens > 16
    after = walk.send("And now?")
    assert after.facts.reused_tokens > 16
    assert [len(message.attachments) for message in walk.messages] == [1, 0, 0, 0]
    assert not walk.page.notice.isVisible()


def test_a_projector_that_is_damaged_is_told_once_and_texts_are_answered(start, photo, seeing_model):
    projectors.make(seeing_model.parent / "mmproj-F16.gguf", width=64)
    walk = start(backend=None, model=seeing_model)
    assert walk.send("Hello").state is MessageState.complete
    assert "“mmproj-F16.gguf” cannot be used: it belongs to another model" in walk.page.notice.text
    walk.page.notice.dismiss()
    assert walk.send("Hello").state is MessageState.complete
    assert not walk.page.notice.isVisible()
    walk.attach(photo)
    refused = walk.send("What is this?")
    assert refused.state is MessageState.failed
    assert "cannot see pictures" in refused.error


def test_a_model_without_a_projector_says_so_at_once_and_the_picture_waits_for_one_with(
    start, photo, seeing_model
):
    walk = start()
    walk.attach(photo)
    assert "cannot see pictures: no projector (mmproj file) lies beside it" in walk.page.blind.text
    assert walk.page.blind.isVisible()
    refused = walk.send()
    assert walk.messages[0].text == "Describe this picture."
    assert refused.state is MessageState.failed
    assert not walk.page.blind.isVisible()
    assert [button.accessibleName() for button in walk.pictures()] == ["photo.png"]
    walk.app.chat.pick_model(seeing_model)
    assert walk.answer_again().text.replace(" ", "") == "Describethispicture."


def test_the_notice_follows_the_model_and_the_pictures(start, photo, seeing_model):
    walk = start()
    walk.attach(photo)
    walk.app.chat.pick_model(seeing_model)
    assert not walk.page.blind.isVisible()
    walk.app.chat.pick_model(places.starter_model())
    assert walk.page.blind.isVisible()
    walk.page.composer.findChild(QToolButton, "remove-attachment").click()
    assert not walk.page.blind.isVisible()
    assert walk.attached == []


def test_a_picture_is_pasted_from_the_clipboard(start, seeing_model):
    walk = start(model=seeing_model)
    QGuiApplication.clipboard().setMimeData(clipboard(image=blue()))
    walk.page.composer.setFocus()
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    walk.wait(lambda: walk.attached == ["Pasted picture"])
    (chip,) = walk.chips()
    assert chip.accessibleName() == "Pasted picture"
    assert walk.page.composer.text() == ""
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_Z)
    walk.wait(lambda: walk.page.composer.text() == "z")
    assert walk.attached == ["Pasted picture"]  # the same one is attached once


def test_text_that_comes_with_a_picture_of_itself_is_pasted_as_text(start):
    walk = start()
    QGuiApplication.clipboard().setMimeData(clipboard(image=blue(), text="a\tb"))
    walk.page.composer.box.paste()
    assert walk.page.composer.text() == "a\tb"
    assert walk.attached == []


def test_a_picture_is_dropped_out_of_a_browser(start):
    walk = start()
    walk.drop(clipboard(image=blue()))
    walk.wait(lambda: walk.attached == ["Pasted picture"])


def test_a_picture_opens_large_with_mouse_and_keyboard(start, photo, seeing_model):
    walk = start(model=seeing_model)
    walk.attach(photo)
    walk.chips()[0].click()
    dialog = walk.app.window.findChild(object, "picture-dialog")
    assert dialog.windowTitle() == "photo.png"
    assert dialog.picture.accessibleName() == "photo.png"
    assert dialog.picture.readable
    dialog.close()
    walk.send("What is this?")
    (shown,) = walk.pictures()
    assert shown.focusPolicy() & Qt.FocusPolicy.TabFocus
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(shown, QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " "))
    walk.wait(
        lambda: any(each.isVisible() for each in walk.app.window.findChildren(object, "picture-dialog"))
    )
    next(each for each in walk.app.window.findChildren(object, "picture-dialog") if each.isVisible()).close()


def test_pictures_survive_a_restart_an_edit_and_another_answer(start, photo, seeing_model):
    walk = start(model=seeing_model)
    walk.attach(photo)
    walk.send("What is this?")
    walk.attach(photo)
    kept = walk.messages[0].attachments[0]
    walk.app.window.close()
    again = start(model=seeing_model)
    again.app.chat.open(next(each.id for each in again.app.chats.conversations() if each.head))
    assert [button.accessibleName() for button in again.pictures()] == ["photo.png"]
    assert again.attached == ["photo.png"]  # the draft
    assert again.app.chats.picture(kept.document).startswith(b"\x89PNG")
    again.app.chat.actions.edit()
    assert again.attached == ["photo.png"]
    again.send("And this?")
    assert again.messages[0].attachments == (kept,)
    again.answer_again()
    assert again.messages[0].attachments == (kept,)


def test_a_picture_that_the_store_has_lost_has_a_sign_in_its_place(start, photo, seeing_model):
    walk = start(model=seeing_model)
    walk.attach(photo)
    walk.send("What is this?")
    with walk.app.database.writing() as sql:
        sql.execute("DELETE FROM picture")
    walk.app.window.close()
    again = start(model=seeing_model)
    again.app.chat.open(next(each.id for each in again.app.chats.conversations() if each.head))
    (shown,) = again.pictures()
    assert not shown.grab().isNull()
    shown.click()
    dialog = again.app.window.findChild(object, "picture-dialog")
    assert not dialog.picture.readable
    dialog.close()


def test_a_chat_with_many_pictures_scrolls_and_looks_right_in_every_size(
    start, photo, seeing_model, tmp_path
):
    walk = start(model=seeing_model)
    paths = []
    for number, size in enumerate([(1200, 300), (30, 900), (3, 3), (640, 480)]):
        paths.append(tmp_path / f"{number}.png")
        paths[-1].write_bytes(png(*size, seed=number))
    walk.attach(*paths)
    walk.send("Look")
    for width, percent in ((1000, 100), (560, 200), (1000, 80)):
        walk.app.window.resize(width, 900)
        walk.page.set_text_size(percent)
        for button in walk.pictures():
            assert button.width() <= walk.page.transcript.width()
            assert button.width() >= 40
            assert button.height() >= 40
