"""How often a growing answer is drawn."""

import time

from chatdesk.ui.transcript.live import PAUSE_PER_COST, SHORTEST_PAUSE, Pulse


def test_many_requests_make_one_drawing(qtbot, qapp):
    drawn = []
    pulse = Pulse(lambda: drawn.append(1), qapp)
    for _ in range(50):
        pulse.ask()
    assert not drawn
    qtbot.waitUntil(lambda: bool(drawn))
    qtbot.wait(SHORTEST_PAUSE * 2)
    assert drawn == [1]


def test_a_dear_drawing_is_followed_by_a_longer_pause(qapp):
    def work():
        until = time.thread_time() + 0.02
        while time.thread_time() < until:
            pass

    pulse = Pulse(work, qapp)
    pulse.beat()
    assert pulse._timer.interval() >= 20 * PAUSE_PER_COST - 5
    pulse._draw = lambda: None
    pulse.beat()
    assert pulse._timer.interval() == SHORTEST_PAUSE
