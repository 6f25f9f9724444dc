"""The form that fills a template."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt

from chatdesk.domain.chat import Attachment, DocumentId
from chatdesk.domain.storage_errors import StorageError
from chatdesk.domain.templates import PromptTemplate, Variable, VariableKind
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.templates.controls import Given
from chatdesk.ui.templates.counting import TokenCount
from chatdesk.ui.templates.document_control import DocumentRooms
from chatdesk.ui.templates.form import TemplateForm

DAY = date(2026, 3, 5)
K = VariableKind
VARIABLES = (
    Variable("who"),
    Variable("body", K.long_text, required=False),
    Variable("tone", K.choice, options=("kind", "firm"), default="firm"),
    Variable("count", K.number, minimum=Decimal(1), maximum=Decimal(9), default=Decimal(3)),
    Variable("day", K.date, required=False),
    Variable("short", K.checkbox, given="Be short."),
    Variable("copied", K.clipboard, required=False),
    Variable("marked", K.selection, required=False),
    Variable("file", K.document, required=False),
    Variable("speech", K.language, default="de"),
    Variable("now", K.today),
)
EVERY = PromptTemplate(
    "All", "\n".join(f"{v.name}: {{{{{v.name}}}}}" for v in VARIABLES), variables=VARIABLES
)


class Reader:
    """Gives the name of a file as its text."""

    def attach(self, paths, cancel, password=""):
        yield Attachment(DocumentId("1"), paths[0].name, 3)


@pytest.fixture
def runner():
    runner = JobRunner(1)
    yield runner
    runner.shutdown()


@pytest.fixture
def open_form(qtbot, runner):
    def open_form(template=EVERY, given=None, count=lambda draft, cancel: len(draft.text)):
        tokens = TokenCount(count, runner)
        rooms = DocumentRooms(Reader(), runner)
        form = TemplateForm(template, given or Given(DAY, "what was copied", "what is marked"), rooms, tokens)
        qtbot.addWidget(form)
        form.show()
        return form

    return open_form


def field(form, name):
    return next(each for each in form.fields if each.variable.name == name)


def test_each_kind_of_variable_has_a_control_and_all_reach_the_text(open_form, qtbot, tmp_path):
    form = open_form()
    field(form, "who").control.setText("Anna")
    field(form, "body").control.setPlainText("one\ntwo")
    field(form, "day").control.line.setText("2026-04-01")
    field(form, "short").control.setChecked(True)
    field(form, "file").control.read([tmp_path / "plan.txt"])
    qtbot.waitUntil(lambda: not field(form, "file").control.reading)
    with qtbot.waitSignal(form.sent) as sent:
        qtbot.keyClick(field(form, "who").control, Qt.Key.Key_Return)
    assert sent.args[0].text.split("\n") == [
        "who: Anna", "body: one", "two", "tone: firm", "count: 3", "day: 1 April 2026", "short: Be short.",
        "copied: what was copied", "marked: what is marked", "file: “plan.txt”", "speech: German",
        "now: 5 March 2026",
    ]  # fmt: skip
    assert [each.name for each in sent.args[0].attachments] == ["plan.txt"]


def test_what_is_missing_is_told_only_when_it_is_to_be_sent_and_the_keyboard_goes_there(open_form, qtbot):
    form = open_form()
    assert not field(form, "who").problem
    with qtbot.assertNotEmitted(form.sent):
        form.send()
    assert field(form, "who").problem == "“Who” is empty."
    assert form._problem.text() == "One field is missing or wrong. “Who” is empty."
    assert form.focusWidget() is field(form, "who").control
    field(form, "who").control.setText("Anna")
    assert not field(form, "who").problem
    assert not form._problem.isVisible()


def test_a_value_that_cannot_be_used_is_told_at_once(open_form):
    form = open_form()
    field(form, "count").control.setText("12")
    assert field(form, "count").problem == "“Count” can be at most 9."
    field(form, "day").control.line.setText("tomorrow")
    assert "2026-03-05" in field(form, "day").problem


def test_the_text_and_its_tokens_follow_what_is_typed(open_form, qtbot):
    form = open_form(PromptTemplate("One", "Hello {{who}}", variables=VARIABLES[:1]))
    assert form.preview.toPlainText() == "Hello [Who]"
    qtbot.keyClicks(field(form, "who").control, "you")
    assert form.preview.toPlainText() == "Hello you"
    qtbot.waitUntil(lambda: form.tokens.text() == "9 tokens")


def test_a_value_that_looks_like_a_place_stays_what_it_is(open_form, qtbot):
    form = open_form()
    field(form, "who").control.setText("{{body}}")
    with qtbot.waitSignal(form.inserted) as inserted:
        form.insert()
    assert inserted.args[0].text.startswith("who: {{body}}\n")


def test_tokens_that_cannot_be_counted_are_no_obstacle(open_form, qtbot):
    def fail(draft, cancel):
        raise StorageError("The store is gone.", "")

    form = open_form(PromptTemplate("One", "Hello {{who}}", variables=VARIABLES[:1]), count=fail)
    qtbot.waitUntil(lambda: form.tokens.text() == "The tokens could not be counted.")
    field(form, "who").control.setText("you")
    with qtbot.waitSignal(form.sent):
        form.send()


def test_ctrl_enter_sends_from_a_longer_text_where_enter_makes_a_line(open_form, qtbot):
    form = open_form(PromptTemplate("One", "{{body}}", variables=(Variable("body", K.long_text),)))
    control = field(form, "body").control
    qtbot.keyClicks(control, "a")
    qtbot.keyClick(control, Qt.Key.Key_Return)
    qtbot.keyClicks(control, "b")
    with qtbot.waitSignal(form.sent) as sent:
        qtbot.keyClick(control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent.args[0].text == "a\nb"


@pytest.mark.qt_log_ignore("does not support grabbing", extend=True)
def test_a_day_is_taken_from_the_calendar(open_form, qtbot):
    form = open_form()
    popup = field(form, "now").control.open_calendar()
    assert popup.calendar.selectedDate() == QDate(2026, 3, 5)
    popup.calendar.activated.emit(QDate(2026, 12, 24))
    assert field(form, "now").value() == "2026-12-24"


def test_every_field_says_its_name_and_whether_it_is_required(open_form):
    form = open_form()
    assert [each._focused.accessibleName() for each in form.fields][:3] == [
        "Who (required)",
        "Body (optional)",
        "Tone (required)",
    ]


def test_a_text_of_a_megabyte_is_shown_in_part_and_sent_whole(open_form, qtbot):
    form = open_form(given=Given(DAY, "word " * 200_000))
    field(form, "who").control.setText("x")
    assert len(form.preview.toPlainText()) < 100_000
    with qtbot.waitSignal(form.sent) as sent:
        form.send()
    assert len(sent.args[0].text) > 900_000
