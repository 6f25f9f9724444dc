"""A fake engine that knows the translations of some texts, and what it was asked for."""

import codecs
import re

from tests.fakes.engine import FakeEngine


def asked_text(request):
    """Return the text that a request wants to have translated."""
    return re.findall(r"<text>\n(.*?)\n</text>", request.turns[-1].text, re.DOTALL)[-1]


def in_another_language(text):
    return codecs.encode(text, "rot13")


class Dictionary(FakeEngine):
    """Answers with what stands beside a text: one answer, or several that come one after the other.

    A text that it does not know is answered in another alphabet of the same letters.
    """

    def __init__(self, pairs, **how):
        super().__init__(**how)
        self.pairs = {
            source: list(answer) if isinstance(answer, list) else [answer] for source, answer in pairs.items()
        }

    @property
    def asked(self):
        """The texts of all requests, in order."""
        return [asked_text(request) for request in self.requests]

    def generate(self, batch, cancel):
        self.answers = [self._answer(asked_text(request)) for request in batch.requests]
        return super().generate(batch, cancel)

    def _answer(self, text):
        several = self.pairs.get(text, [in_another_language(text)])
        return several.pop(0) if len(several) > 1 else several[0]
