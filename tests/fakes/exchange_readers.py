"""Readers of glossaries and memories that misbehave, named by tests."""

import os
import time

from chatdesk.documents.exchange.entries import Entry


def hang(stream, source, target):
    yield Entry("a", "b")
    time.sleep(600)


def abort(stream, source, target):
    yield Entry("a", "b")
    os.abort()


def greedy(stream, source, target):
    held = []
    while True:
        held.append(bytearray(50_000_000))
        yield Entry("a", "b")


def many(stream, source, target):
    for number in range(50_000):
        yield Entry(f"source {number}", f"target {number}", "", "en", "de")
