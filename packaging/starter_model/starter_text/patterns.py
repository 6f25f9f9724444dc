"""A tiny pattern language for wordings: `(a|b|)` picks one alternative and may nest."""

from __future__ import annotations

import random
import re

_SHORTHAND = {
    "HOW": "(how do i|how can i|how to|what is the way to|please tell me how to|can you show me how to|"
    "i want to|i would like to|where can i|is there a way to|help me)",
    "{SUM}": "(summarize|summarise)",
    "{DOC}": "{THE}(text|document|passage|report|notes)",
    "{THE}": "(the following |this |the |the (given|attached) )",
}


def expand(rng: random.Random, pattern: str) -> str:
    """Return one wording of a pattern, at random.

    HOW stands for the usual ways to ask for a procedure, {DOC} for "this text", {THE} for "this" and
    {SUM} for "summarise".
    """
    for short, long in _SHORTHAND.items():
        pattern = pattern.replace(short, long)
    while "(" in pattern:
        pattern = re.sub(r"\(([^()]*)\)", lambda m: rng.choice(m[1].split("|")), pattern)
    return re.sub(r" +", " ", pattern).strip()
