"""Recognisers that misbehave; the name of the picture says how."""

import os
import time

from chatdesk.documents.recognition_child import Sheet
from chatdesk.domain.recognition import TextLine

held = []
asked = [""]


def picture(path, number):
    asked[:] = [path.stem if number > 1 else ""]
    return Sheet(10, 20, 30, b"\xff" * 600)


def start():
    return misbehave


def misbehave(sheet):
    (how,) = asked
    if how == "hang":
        time.sleep(600)
    if how == "crash":
        os._exit(3)
    if how == "raise":
        raise RuntimeError("no such thing")
    if how == "greedy":
        held.append(b"x" * 400_000_000)
        time.sleep(600)
    return [TextLine("Good so far", 5.0 if how == "beside" else 0.1, 0.1, 0.5, 0.1)]
