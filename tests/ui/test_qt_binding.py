"""The Qt binding itself: releases that lose references abort the application after some thousand calls."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel


class _Emitter(QObject):
    happened = Signal(bool)


def test_twenty_thousand_emits_and_void_calls_lose_no_reference(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    emitter = _Emitter()
    heard = []
    emitter.happened.connect(heard.append)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(20_000):
        label.setText(str(number % 7))
        label.parent()
        emitter.happened.emit(True)
    heard_all = len(heard) == 20_000
    heard.clear()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert heard_all
    assert after[0] > before[0] - 1_000
    assert after[1] > before[1] - 1_000
