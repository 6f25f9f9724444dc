"""How an answer came about, in words: one line below it, and line by line."""

from __future__ import annotations

from chatdesk.domain.chat import Message
from chatdesk.domain.generation import AnswerFacts, StopReason
from chatdesk.domain.settings import preset_label
from chatdesk.domain.words import tr, trn


def author_words(message: Message) -> str:
    """Return who wrote an answer, "" where that is not known."""
    if not message.edited:
        return message.model
    if not message.model:
        return tr("Edited by you")
    return tr("{model} · edited by you").format(model=message.model)


def facts_words(facts: AnswerFacts) -> str:
    """Return how an answer came about, in one line."""
    words = [trn("{count} token", "{count} tokens", facts.answer_tokens)]
    if facts.tokens_per_second > 0:
        words.append(tr("{speed:.1f} tokens/s").format(speed=facts.tokens_per_second))
    words.append(tr("first token {time}").format(time=_first_words(facts)))
    if facts.reason in (StopReason.length, StopReason.context):
        words.append(reason_words(facts.reason))
    return " · ".join(words)


def reason_words(reason: StopReason) -> str:
    """Return why an answer ended."""
    return {
        StopReason.end: tr("The model was done"),
        StopReason.stop: tr("A stop text was written"),
        StopReason.length: tr("The longest allowed answer was reached"),
        StopReason.context: tr("The context was full"),
        StopReason.cancelled: tr("You stopped it"),
    }[reason]


def fact_lines(message: Message) -> list[tuple[str, str]]:
    """Return what is known of how a message was written, as names and values."""
    style = preset_label(message.style) if message.style else ""
    lines = [(tr("Model"), author_words(message)), (tr("Style"), style)]
    facts = message.facts
    if facts is not None:
        speed = facts.tokens_per_second
        lines += [
            (tr("Length"), trn("{count:,} token", "{count:,} tokens", facts.answer_tokens)),
            (tr("Speed"), tr("{speed:.1f} tokens/s").format(speed=speed) if speed else ""),
            (tr("First token"), _first_words(facts)),
            (tr("Whole answer"), tr("{seconds:.1f} s").format(seconds=facts.seconds)),
            (tr("Read before"), _read_words(facts)),
            (tr("Runs on"), facts.device),
            (tr("Ended because"), reason_words(facts.reason)),
        ]
    return [(name, value) for name, value in lines if value]


def short_facts(message: Message) -> list[str]:
    """Return how a message was written as far as two versions of it differ by that."""
    facts = message.facts
    style = [preset_label(message.style)] if message.style else []
    return style if facts is None else [*style, facts_words(facts), *filter(None, [facts.device])]


def _first_words(facts: AnswerFacts) -> str:
    seconds = facts.first_token_seconds
    return tr("within 0.1 s") if seconds < 0.1 else tr("after {seconds:.1f} s").format(seconds=seconds)


def _read_words(facts: AnswerFacts) -> str:
    words = trn("{count:,} token", "{count:,} tokens", facts.prompt_tokens)
    if not facts.reused_tokens:
        return words
    return tr("{tokens}, {known:,} of them known from before").format(tokens=words, known=facts.reused_tokens)
