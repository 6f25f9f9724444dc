"""The row below a message: what can be done with it, its versions, and how it came about."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.row_widget import RowWidget
from chatdesk.ui.transcript.rows import Content, Footer

_ICONS = {
    "copy": "copy",
    "edit": "pencil",
    "regenerate": "refresh-cw",
    "again_with": "chevron-down",
    "continue": "play",
    "more": "ellipsis",
    "previous_version": "chevron-left",
    "next_version": "chevron-right",
}
_COPIED_MS = 1500


def action_name(action: str) -> str:
    """Return the words for an action."""
    return {
        "copy": tr("Copy message"),
        "edit": tr("Edit and send again"),
        "regenerate": tr("Answer again"),
        "again_with": tr("Answer again with another model or style"),
        "continue": tr("Continue answer"),
        "more": tr("More about this message"),
        "previous_version": tr("Previous version"),
        "next_version": tr("Next version"),
    }[action]


class _Quiet(QToolButton):
    """A button that is there for the keyboard also while it is not painted."""

    revealed = True

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.revealed or self.hasFocus():
            super().paintEvent(event)


class FooterRow(RowWidget):
    """Buttons and facts; they show for the last answer, near the pointer, and while one has the focus."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self._footer = Footer((), 1, 1, "", "", user=False, always=True)
        self._near = False
        self._side = formats.scaled(24 if formats.reading.compact else 28)
        self._buttons = {action: self._button(action) for action in _ICONS}
        self._versions = self._label("versions")
        self._status = self._label("status")
        self._facts = self._label("facts")
        self._stamp = self._label("stamp")
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MS)
        self._copied.timeout.connect(self._show_copy)

    def display(self, content: Content) -> None:
        assert isinstance(content, Footer)
        self._footer = content
        several = content.versions > 1
        for action, button in self._buttons.items():
            shown = several if action.endswith("_version") else action in content.actions
            button.setVisible(shown)
        edit = self._buttons["edit"]
        edit.setAccessibleName(action_name("edit") if content.user else tr("Edit the answer"))
        edit.setToolTip(edit.accessibleName())
        self._buttons["previous_version"].setEnabled(content.version > 1)
        self._buttons["next_version"].setEnabled(content.version < content.versions)
        self._versions.setText(f"{content.version}/{content.versions}" if several else "")
        self._versions.setAccessibleName(
            tr("Version {number} of {count}").format(number=content.version, count=content.versions)
        )
        self._status.setText(content.status)
        self._facts.setToolTip(content.facts)
        self._stamp.setText(content.stamp)
        self._stamp.setAccessibleName(tr("Written: {time}").format(time=content.stamp))
        self._show()
        self._arrange()

    def height_at(self, width: int) -> int:  # noqa: ARG002  one line
        return self._side + 2

    def reveal(self, *, near: bool) -> None:
        if near != self._near:
            self._near = near
            self._show()

    def clear(self) -> None:
        self._near = False
        self._show_copy()

    def stops(self) -> list[QWidget]:
        return [b for b in self._in_order() if isinstance(b, QToolButton) and b.isEnabled()]

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        self._arrange()

    def _button(self, action: str) -> _Quiet:
        button = _Quiet(self)
        name = action_name(action)
        button.setObjectName(action)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIcon(self.icon(_ICONS[action]))
        size = self.formats.scaled(16)
        button.setIconSize(QSize(size, size))
        button.clicked.connect(lambda: self._clicked(action))
        return button

    def _clicked(self, action: str) -> None:
        if action == "copy":
            self._buttons["copy"].setIcon(self.icon("check", self.formats.colours.accent))
            self._copied.start()
        self.acted.emit(self, action)

    def _show_copy(self) -> None:
        self._copied.stop()
        self._buttons["copy"].setIcon(self.icon("copy"))

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(self.formats.font(self.formats.small_points, self.font()))
        self.tint(label, self.formats.colours.muted)
        return label

    def _in_order(self) -> list[QWidget]:
        buttons = self._buttons
        steps = [action for action in _ICONS if not action.endswith("_version")]
        order: list[QWidget] = [buttons[action] for action in steps]
        order += [buttons["previous_version"], self._versions, buttons["next_version"]]
        return [w for w in order if (w.text() if isinstance(w, QLabel) else not w.isHidden())]

    def _arrange(self) -> None:
        """Put everything in one line, at the side where the message stands; facts take what is left."""
        widgets: list[tuple[QWidget, int]] = []
        for widget in self._in_order():
            words = isinstance(widget, QLabel)
            widgets.append((widget, widget.sizeHint().width() + 4 if words else self._side))
        if self._footer.status:
            widgets.insert(0, (self._status, self._status.sizeHint().width() + 12))
        if self._footer.stamp:
            # A time that always shows stands at the edge of the message, others behind the buttons.
            place = 0 if self._footer.stamped and not self._footer.user else len(widgets)
            widgets.insert(place, (self._stamp, self._stamp.sizeHint().width() + 16))
        if self._footer.facts:
            facts = self._facts.fontMetrics().horizontalAdvance(self._footer.facts)
            widgets.append((self._facts, facts + 16))
        mirrored = self._footer.user != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        x = self.width() - min(self.width(), sum(width for _, width in widgets)) if mirrored else -4
        for widget, wanted in widgets:
            width = max(0, min(wanted, self.width() - x))
            inset = 8 if widget in (self._facts, self._stamp) else 4 if widget is self._status else 0
            widget.setGeometry(x + inset, 0, max(0, width - inset), self._side)
            x += width
        elide = Qt.TextElideMode.ElideRight
        room = self._facts.width()
        self._facts.setText(self._facts.fontMetrics().elidedText(self._footer.facts, elide, room))

    def _show(self) -> None:
        shown = self._near or self._footer.always
        for action, button in self._buttons.items():
            button.revealed = shown or action.endswith("_version")
            button.update()
        self._versions.setVisible(self._footer.versions > 1)
        self._stamp.setVisible(bool(self._footer.stamp) and (shown or self._footer.stamped))
        self._facts.setVisible(shown and bool(self._footer.facts))
        self._status.setVisible(bool(self._footer.status))
