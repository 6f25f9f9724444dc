"""Says in words what documents, wishes, plans and summaries are."""

from __future__ import annotations

from chatdesk.domain.documents import Document, NoteKind, ReadingNote, UnitKind
from chatdesk.domain.summaries import Form, Length, SummaryPlan, SummaryState, SummaryWishes
from chatdesk.domain.words import tr, trn
from chatdesk.languages.table import english_name, same_language
from chatdesk.ui.models.numbers import grouped, time_words


def length_title(length: Length) -> str:
    return {
        Length.line: tr("One line"),
        Length.short: tr("Short"),
        Length.medium: tr("Medium"),
        Length.detailed: tr("Detailed"),
    }[length]


def form_title(form: Form) -> str:
    return {
        Form.bullets: tr("Bullet points"),
        Form.paragraph: tr("Paragraph"),
        Form.table: tr("Key facts"),
        Form.minutes: tr("Meeting minutes"),
        Form.timeline: tr("Timeline"),
        Form.questions: tr("Questions and answers"),
        Form.chapters: tr("Chapter by chapter"),
    }[form]


def count_of_units(document: Document) -> str:
    """Return "12 pages", "3 sheets", or nothing for a document without units."""
    count = len(document.units)
    if not count:
        return ""
    match document.units[0].kind:
        case UnitKind.page:
            return trn("{count:,} page", "{count:,} pages", count)
        case UnitKind.slide:
            return trn("{count:,} slide", "{count:,} slides", count)
        case UnitKind.sheet:
            return trn("{count:,} sheet", "{count:,} sheets", count)
        case UnitKind.chapter:
            return trn("{count:,} chapter", "{count:,} chapters", count)
        case UnitKind.section:
            return trn("{count:,} section", "{count:,} sections", count)
        case UnitKind.whole:
            return ""


def size_of(document: Document) -> str:
    """Return how long a document is: "12 pages · 4,321 words"."""
    words = trn("{count:,} word", "{count:,} words", len(document.text.split()))
    return " · ".join(part for part in (count_of_units(document), words) if part)


def note_sentence(note: ReadingNote) -> str:
    """Return what a user should know of how a document was read."""
    count = note.number
    match note.kind:
        case NoteKind.no_text_on:
            return trn(
                "{count} page holds a picture and no text, so it is not in the summary.",
                "{count} pages hold pictures and no text, so they are not in the summary.",
                count,
            )
        case NoteKind.cut:
            return tr("The document is very long: only its first {count} characters were read.").format(
                count=grouped(count)
            )
        case NoteKind.damaged_page:
            return tr("Page {number} is damaged and was left out.").format(number=count)
        case NoteKind.picture:
            return tr("Page {number} holds a picture and no text.").format(number=count)
        case NoteKind.nothing_found:
            return tr("No text was recognised in the picture of page {number}.").format(number=count)
        case NoteKind.recognised:
            sentence = tr("The text of page {number} was recognised in its picture and may contain errors.")
            return sentence.format(number=count)
        case NoteKind.left_out:
            return trn(
                "{count} file inside the document was not read.",
                "{count} files inside the document were not read.",
                count,
            )


def plan_sentence(plan: SummaryPlan, units: str, model: str) -> str:
    """Return what a summary will take; `units` are those of the document in words, or empty."""
    tokens = trn("{count:,} token", "{count:,} tokens", plan.tokens)
    parts = tr("read at once") if plan.parts <= 1 else trn("{count:,} part", "{count:,} parts", plan.parts)
    if plan.stored_parts:
        stored = trn("{count} of them done already", "{count} of them done already", plan.stored_parts)
        parts = tr("done already") if plan.parts <= 1 else f"{parts} ({stored})"
    facts = ", ".join(part for part in (units, tokens, parts) if part)
    if plan.seconds is None:
        return tr("{facts}, with {model}. How long {model} takes here is not known yet.").format(
            facts=facts, model=model
        )
    return tr("{facts}, about {time} with {model}.").format(
        facts=facts, time=time_words(plan.seconds), model=model
    )


def language_words(wished: str, language: str) -> str:
    """Return which language a summary is in; `language` is the document's, "" where it is not known."""
    own, other = english_name(language), english_name(wished)
    if own and (not wished or same_language(wished, language)):
        return tr("in {language}, as the document").format(language=own)
    if own:
        return tr("in {language}, of a document in {own}").format(language=other, own=own)
    return tr("in {language}").format(language=other) if wished else tr("in the document's language")


def wishes_line(wishes: SummaryWishes, language: str = "") -> str:
    """Return what was wished, in one line; `language` is that of the document, "" where it is not known."""
    parts = [length_title(wishes.length), form_title(wishes.form), language_words(wishes.language, language)]
    if wishes.focus:
        parts.append(tr("about {focus}").format(focus=wishes.focus))
    if wishes.audience:
        parts.append(tr("for {audience}").format(audience=wishes.audience))
    if wishes.instruction:
        parts.append(wishes.instruction)
    return " · ".join(" ".join(part.split()) for part in parts)


def state_title(state: SummaryState) -> str:
    return {
        SummaryState.waiting: tr("Waiting"),
        SummaryState.running: tr("Running"),
        SummaryState.paused: tr("Paused"),
        SummaryState.stopped: tr("Stopped"),
        SummaryState.done: tr("Done"),
        SummaryState.failed: tr("Failed"),
    }[state]
