"""What is kept of models, in words."""

from pathlib import Path

import pytest

from chatdesk.domain.library import ModelRecord


@pytest.mark.parametrize(
    ("speed", "words"),
    [
        (0.0, ""),
        (0.34, "0.3 tokens a second"),
        (12.5, "12.5 tokens a second"),
        (120.4, "120 tokens a second"),
        (2174.6, "2,175 tokens a second"),
    ],
)
def test_the_speed_is_told_without_powers_of_ten(speed, words):
    assert ModelRecord(Path("a.gguf"), speed=speed).speed_words == words
