"""What the page says of paragraphs and their doubts, in plain words."""

from __future__ import annotations

from chatdesk.domain.translations import (
    Finding,
    FindingKind,
    Origin,
    Segment,
    SegmentState,
    Translation,
    TranslationState,
)
from chatdesk.domain.words import tr, trn


def finding_sentence(finding: Finding) -> str:
    """Say what is doubtful."""
    kind, wanted = finding.kind, finding.wanted
    if wanted:
        sentence = {
            FindingKind.number: tr("The source says {wanted}; this number is not in it."),
            FindingKind.name: tr("The source names {wanted}; this name is not in it."),
            FindingKind.address: tr("The address {wanted} is not as in the source."),
            FindingKind.placeholder: tr("The placeholder {wanted} is not as in the source."),
            FindingKind.tag: tr("The mark {wanted} is not as in the source."),
            FindingKind.term: tr("“{wanted}” is asked for here, by the glossary or the names of this text."),
        }.get(kind)
        if sentence is not None:
            return sentence.format(wanted=wanted)
    return {
        FindingKind.number: tr("This number or date is not in the source."),
        FindingKind.name: tr("This name is not in the source."),
        FindingKind.address: tr("This address is not in the source."),
        FindingKind.placeholder: tr("This placeholder is not in the source."),
        FindingKind.tag: tr("The marks of formatting are not those of the source."),
        FindingKind.term: tr("The glossary asks for another word."),
        FindingKind.length: tr("The translation is much longer or shorter than its source."),
        FindingKind.language: tr("This seems to be in another language than was asked for."),
        FindingKind.untranslated: tr("This is the same as its source."),
        FindingKind.talk: tr("The model talks about the text here, instead of translating it."),
        FindingKind.empty: tr("The model answered nothing."),
    }[kind]


def again_sentence(kind: FindingKind) -> str:
    """Say why the model is asked once more."""
    why = {
        FindingKind.talk: tr("the model talked about the text"),
        FindingKind.empty: tr("the model answered nothing"),
        FindingKind.language: tr("the answer was in another language"),
        FindingKind.untranslated: tr("the answer was the source itself"),
    }.get(kind, tr("the answer was no translation"))
    return tr("Asked again: {why}").format(why=why)


def state_sentence(segment: Segment) -> str:
    """Say how far a paragraph is and where its translation is from."""
    match segment.state:
        case SegmentState.failed:
            return segment.error or tr("This paragraph was not translated.")
        case SegmentState.confirmed if any(each.kind is FindingKind.tag for each in segment.findings):
            told = " ".join(
                finding_sentence(each) for each in segment.findings if each.kind is FindingKind.tag
            )
            return f"{told} {tr('In a document it is saved with less formatting.')}"
        case SegmentState.confirmed:
            return tr("Confirmed by you; it is kept and used again for the same paragraph.")
        case SegmentState.done if segment.origin is Origin.memory:
            return tr("From what you confirmed before.")
        case SegmentState.done if segment.findings:
            return " ".join(dict.fromkeys(map(finding_sentence, segment.findings)))
        case SegmentState.done:
            return tr("Translated by the model.")
    return tr("Waits to be translated again.") if segment.translation else tr("Not translated yet.")


def unsure_sentence(word: str, probability: float) -> str:
    """Return how sure the model was of a word."""
    share = tr("less than 1 %") if probability < 0.01 else f"{probability:.0%}".replace("%", " %")
    return tr("The model was not sure of “{word}”: {share}.").format(word=word, share=share)


def end_sentence(translation: Translation) -> str:
    """Return how a run has ended, "" where the translation tells its error."""
    count, done = len(translation.segments), sum(bool(each.translation) for each in translation.segments)
    failed = sum(bool(each.error) for each in translation.segments)
    if translation.state is TranslationState.stopped:
        return tr("Stopped after {done} of {count} paragraphs").format(done=done, count=count)
    if translation.state is not TranslationState.done:
        return ""
    if failed:
        return trn("{count} paragraph was not translated", "{count} paragraphs were not translated", failed)
    return tr("Translated with {model}").format(model=translation.model)
