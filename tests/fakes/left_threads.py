"""Lets what was left on other threads end, so that no later test hears of it."""

import gc
import threading


def end_left_threads():
    """Wait for the threads that the application has left, and collect what they held."""
    for thread in threading.enumerate():
        if thread.name.startswith("chatdesk-"):
            thread.join(10)
    gc.collect()
