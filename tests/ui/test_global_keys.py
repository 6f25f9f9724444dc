"""Keys that work whichever application is in front: a real X11 display, and what Windows is asked."""

import ctypes
import os
import shutil
import subprocess
from ctypes import wintypes
from ctypes.util import find_library

import pytest

from chatdesk.domain.settings import Settings
from chatdesk.ui.global_keys import GlobalKeys
from chatdesk.ui.windows_keys import Filter, WindowsKeys
from chatdesk.ui.x11_keys import X11Keys

needs_x11 = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool") and find_library("xcb-keysyms")),
    reason="there is no X11 here",
)


@pytest.fixture(scope="module")
def display():
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "300x200x8", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


def press(display, keys):
    subprocess.run(["xdotool", "key", keys], env={**os.environ, "DISPLAY": display}, check=True)


@needs_x11
def test_keys_of_the_whole_desktop_are_heard_changed_and_given_back(qtbot, display):
    keys = X11Keys(display)
    assert keys.take("Ctrl+Alt+K")
    with qtbot.waitSignal(keys.pressed):
        press(display, "ctrl+alt+k")
    assert keys.take("Meta+F8")
    with qtbot.waitSignal(keys.pressed):
        press(display, "super+F8")
    other = X11Keys(display)
    assert not other.take("Meta+F8")
    assert other.take("Ctrl+Alt+K")  # it was given back
    assert not other.take("Media Play")
    keys.close()
    assert other.take("Meta+F8")
    other.close()


@needs_x11
def test_the_setting_says_which_keys_and_what_is_taken_is_told(qtbot, display):
    first, second = (GlobalKeys(lambda parent: X11Keys(display, parent)) for _ in range(2))
    told = []
    for each in (first, second):
        each.refused.connect(told.append)
        each.follow(Settings(quick_ask_keys="Ctrl+Alt+J"))
    assert len(told) == 1
    assert "Ctrl+Alt+J cannot be had" in told[0]
    with qtbot.waitSignal(first.pressed):
        press(display, "ctrl+alt+j")
    first.follow(Settings())
    second.follow(Settings())
    second.follow(Settings(quick_ask_keys="Ctrl+Alt+J"))
    assert len(told) == 1
    for each in (first, second):
        each.close()


@pytest.mark.usefixtures("qapp")
def test_a_platform_without_such_keys_is_told():
    def nothing(_):
        raise OSError("no library")

    keys, told = GlobalKeys(nothing), []
    keys.refused.connect(told.append)
    keys.follow(Settings(quick_ask_keys="nonsense keys"))
    assert told == []
    keys.follow(Settings(quick_ask_keys="Ctrl+Alt+J"))
    assert "cannot be had" in told[0]
    keys.close()


class Windows:
    def __init__(self):
        self.asked = []

    def RegisterHotKey(self, *asked):  # noqa: N802  Windows' name
        self.asked.append(asked)
        return 1

    def UnregisterHotKey(self, *_):  # noqa: N802  Windows' name
        return 1


@pytest.mark.usefixtures("qapp")
def test_windows_is_asked_for_keys_that_it_has():
    windows = Windows()
    keys = WindowsKeys(windows)
    assert keys.take("Ctrl+Alt+K")
    assert keys.take("Shift+F12")
    assert not keys.take("Ctrl+Ö")
    assert not keys.take("Ctrl+;")
    assert keys.take("")
    keys.close()
    assert windows.asked == [(None, 1, 0x4003, ord("K")), (None, 1, 0x4004, 0x7B)]


def test_the_message_of_windows_is_heard_and_no_other_one():
    heard = []
    seen = Filter(lambda: heard.append(True))
    for kind, number in ((0x0312, 1), (0x0312, 2), (0x0100, 1)):
        message = wintypes.MSG(message=kind, wParam=number)
        assert seen.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message)) == (False, 0)
    assert heard == [True]
