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
_PROCEDURES = {
    "en": (
        "(how do i|how can i|how to|how do you|how would i|how could i|how does one|"
        "what is the way to|what do i do to|what is the (best|easiest|fastest) way to|(please |"
        ")tell me how to|(can|could) you (show|tell) me how to|(please |)(explain|show me) how to|"
        "i (want|need|would like|am trying) to|where can i|where do i|is there a way to|"
        "is it possible to|can i|may i|am i able to|help me( to|)|i do not know how to|"
        "i cannot find out how to|ways to|i forgot how to|steps to|what must i do to|)"
    ),
    "de": (
        "(wie kann ich|wie kann man|kann ich|kann man|wo kann ich|ich möchte|ich will|ich würde gern|"
        "ich muss|wie könnte ich|könnte ich|wo könnte ich|darf ich|bitte|wo kann man|)"
    ),
    "fr": (
        "(comment|comment puis-je|comment faire pour|comment est-ce que je peux|est-ce que je peux|"
        "puis-je|je veux|je voudrais|j'aimerais|peut-on|où puis-je|aide-moi à|je ne sais pas comment|"
        "dis-moi comment|explique-moi comment|est-il possible de|quelle est la façon de|)"
    ),
    "es": (
        "(cómo|cómo puedo|cómo se puede|cómo hago para|puedo|se puede|quiero|quisiera|me gustaría|"
        "dónde puedo|necesito|ayúdame a|no sé cómo|dime cómo|explícame cómo|es posible|"
        "hay alguna forma de|qué hago para|)"
    ),
}


def procedure(language: str, action: str) -> str:
    """Return the pattern of the usual ways to ask how an action, a pattern with an infinitive, is done."""
    return f"{_PROCEDURES[language]} {action}"


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
