"""Measure the transcript: streaming into a long chat, opening, jumping, resizing, and last blocks that grow.

usage: python tests/benchmarks/bench_transcript.py [stream|open|tails|huge ...]      (all of them by default)
Figures are CPU milliseconds of the window's thread; the cores may be shared. One update is everything that
happens between feeding text and the end of the repaint, the event loop's work in between included.
"""

import gc
import os
import random
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractEventDispatcher, QTimer
from PySide6.QtWidgets import QApplication

from chatdesk.domain.chat import Message, MessageState, Role, ShownMessage, Versions
from chatdesk.ui.transcript.view import TranscriptView
from chatdesk.ui.transcript.warm_up import steps

SENTENCES = (
    "A river carries **more water** in spring than in `autumn`, and nobody who lives by it is surprised. ",
    "The *second* reason is simpler: see [the survey](https://example.org/survey) and its notes. ",
    "Memory is counted in pages, and a page that was never touched costs nothing at all. ",
)
CODE = """```python
class Tally:
    \"\"\"Counts what it is given.\"\"\"

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def add(self, word: str) -> int:
        # a comment about the next line
        self.seen[word] = self.seen.get(word, 0) + 1
        return self.seen[word]
```
"""
TABLE = (
    "| River | Length | Mouth |\n|:--|--:|:-:|\n| Elbe | 1,094 km | `North Sea` |\n"
    "| Oder | 742 km | **Baltic** |\n| Po | 652 km | Adriatic |\n"
)
LIST = (
    "1. First of all\n   - a point\n   - *another*\n     1. deeper\n2. And then\n\n- [x] done\n- [ ] open\n"
)
OTHER = (
    "مرحبا بالعالم، وهذا سطر آخر.\n\n河は春に水が多い。🎉 👩🏽‍💻\n\n> A line somebody said,\n> and more.\n"
)


def answer(characters, seed=1):
    pick = random.Random(seed)
    parts = []
    while sum(map(len, parts)) < characters:
        prose = "".join(pick.choice(SENTENCES) for _ in range(pick.randint(2, 6)))
        parts.append(f"## Part {len(parts)}\n\n{prose}\n\n{pick.choice((CODE, CODE, TABLE, LIST, OTHER))}\n")
    return "".join(parts)[:characters]


def pieces(text, seed=2):
    pick = random.Random(seed)
    start = 0
    while start < len(text):
        length = pick.choice((1, 2, 3, 4, 4, 5, 5, 6, 6))
        yield text[start : start + length]
        start += length


def shown(role, text, **more):
    message = Message(role, text, **more)
    return ShownMessage(message, Versions((message.id,), 0))


def chat(count=2000, seed=3):
    pick = random.Random(seed)
    source = answer(60_000, 9)
    messages = []
    for number in range(count):
        if number % 2 == 0:
            messages.append(shown(Role.user, "".join(SENTENCES)[: pick.randint(20, 260)]))
        else:
            start = source.index("\n## ", pick.randrange(40_000)) + 1
            length = min(9000, int(pick.lognormvariate(7.1, 0.6)))
            messages.append(shown(Role.assistant, source[start : start + length], model="Qwen3"))
    return messages


def quiet_collector():
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def window(app):
    view = TranscriptView()
    view.resize(900, 800)
    view.show()
    for _ in steps(view.formats):
        pass
    settle(app)
    quiet_collector()
    return view


def settle(app, rounds=20):
    for _ in range(rounds):
        app.processEvents()


def report(name, values):
    ordered = sorted(values)
    at = lambda share: ordered[min(len(ordered) - 1, int(len(ordered) * share))]  # noqa: E731
    print(
        f"{name:34s} n={len(values):5d}  median {at(0.5):6.2f}  p99 {at(0.99):6.2f}  max {ordered[-1]:6.2f}"
        f"  over 16: {sum(v > 16 for v in values)}",
        flush=True,
    )


def timed(work):
    start = time.thread_time_ns()
    work()
    return (time.thread_time_ns() - start) / 1e6


def stream(app):
    """5,000 tokens at 300 a second into 2,000 messages; a span lies between two sleeps of the event loop."""
    view = window(app)
    view.show_messages(chat())
    growing = shown(Role.assistant, "", model="Qwen3", state=MessageState.streaming)
    view.append(growing)
    name = growing.message.id
    view.begin_stream(name)
    settle(app)
    spans = []
    mark = [time.thread_time_ns()]

    def slept():
        now = time.thread_time_ns()
        spans.append((now - mark[0]) / 1e6)
        mark[0] = now

    text = answer(20_000)
    tokens = list(pieces(text))
    begun = time.monotonic()
    cpu = time.thread_time()
    sent = [0]
    timer = QTimer()

    def feed():
        due = min(len(tokens), int((time.monotonic() - begun) * 300))
        for token in tokens[sent[0] : due]:
            view.feed_text(name, token)
        sent[0] = due
        if due == len(tokens):
            timer.stop()
            view.end_stream(ShownMessage(Message(Role.assistant, text, id=name), growing.versions))
            QTimer.singleShot(100, app.quit)

    timer.timeout.connect(feed)
    dispatcher = QAbstractEventDispatcher.instance()
    dispatcher.aboutToBlock.connect(slept)
    timer.start(3)
    app.exec()
    dispatcher.aboutToBlock.disconnect(slept)
    report("stream, spans of the event loop", spans)
    share = (time.thread_time() - cpu) / (time.monotonic() - begun)
    print(f"{'':34s} {len(tokens)} tokens, {share:.1%} of a core")
    view.close()


def opening(app):
    view = window(app)
    messages = chat()
    report("open 2,000 messages", [timed(lambda: view.show_messages(messages)) for _ in range(5)])
    settle(app)
    first = timed(lambda: (view.show_messages(messages), app.processEvents()))
    print(f"{'... and paint':34s} {first:.1f} ms")
    settle(app)

    def step(work):
        return timed(lambda: (work(), app.processEvents(), view.viewport().repaint()))

    report("resize", [step(lambda w=w: view.resize(w, 800)) for w in range(890, 790, -10)])
    bar = view.verticalScrollBar()
    report("scroll 300 px", [step(lambda: view.scroll_by(-300)) for _ in range(150)])
    pick = random.Random(1)
    shown_after, margins = [], []
    for _ in range(100):
        value = pick.randint(0, bar.maximum())
        shown_after.append(timed(lambda value=value: (bar.setValue(value), view.viewport().repaint())))
        margins.append(timed(lambda: settle(app)))
    report("jump, until it is painted", shown_after)
    report("jump, margins and colours after it", margins)
    view.close()


def tails(app):
    line = "The same words over and over, as long as it takes. "
    cases = {
        "one paragraph": line * 400,
        "one list": "".join(f"- item {i}: {line}\n" for i in range(300)),
        "one quote": "".join(f"> {line}\n" for i in range(350)),
        "one fence": "```python\n"
        + "".join(f"    v{i} = work({i}, key='k{i}')  # {i}\n" for i in range(500)),
        "one table": "| a | b | c |\n|---|---|---|\n"
        + "".join(f"| {i} | some text {i} | `code {i}` |\n" for i in range(500)),
        "brackets": "[" * 20_000,
        "emphasis": "*a **b " * 3000,
        "nested quotes": ">" * 3000 + " x" + line * 200,
        "backticks": "`" * 20_000,
    }
    for name, source in cases.items():
        view = window(app)
        view.show_messages(chat(6))
        growing = shown(Role.assistant, "", state=MessageState.streaming)
        view.append(growing)
        view.begin_stream(growing.message.id)
        settle(app)
        spent = []

        def draw(view=view):
            view._pulse.beat()
            app.processEvents()

        for start in range(0, 20_000, 40):
            view.feed_text(growing.message.id, source[start : min(20_000, start + 40)])
            spent.append(timed(draw))
        report(f"tail: {name}", spent[len(spent) // 2 :])
        view.close()


def huge(app):
    view = window(app)
    for name, message in {
        "5 MB pasted": shown(
            Role.user,
            "".join(f"{i} INFO a line of a log file, as people paste them\n" for i in range(100_000)),
        ),
        "1 MB in one line": shown(Role.assistant, "word " * 200_000),
        "1 MB of Markdown": shown(Role.assistant, answer(1_000_000)),
        "1 MB of code": shown(Role.assistant, "```python\n" + "x = [1, 2, 3]  # values\n" * 42_000),
        "300 KB of [": shown(Role.assistant, "[" * 300_000),
    }.items():
        spent = timed(lambda message=message: (view.show_messages([message]), app.processEvents()))
        settle(app)

        def move(part):
            bar = view.verticalScrollBar()
            bar.setValue(bar.maximum() * part // 20)
            app.processEvents()

        moves = [timed(lambda part=part: move(part)) for part in range(20)]
        print(f"{name:34s} open {spent:7.1f} ms   jumps: max {max(moves):6.1f} ms", flush=True)
    view.close()


PARTS = {"open": opening, "stream": stream, "tails": tails, "huge": huge}

if __name__ == "__main__":
    application = QApplication([])
    application.setStyle("Fusion")
    for part in sys.argv[1:] or PARTS:
        PARTS[part](application)
    sys.stdout.flush()
    os._exit(0)
