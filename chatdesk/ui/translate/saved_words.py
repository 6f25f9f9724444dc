"""Says what became of documents that were written."""

from __future__ import annotations

from collections.abc import Sequence

from chatdesk.domain.words import tr, trn
from chatdesk.ui.translate.document_saving import Saved
from chatdesk.ui.widgets.banner import Kind


def saved_words(saved: Sequence[Saved]) -> tuple[Kind, str]:
    """Return how serious it is, and what to say."""
    written = [each for each in saved if not each.error]
    failed = [each for each in saved if each.error]
    sentences = []
    if len(written) == 1:
        sentences.append(tr("Saved as {path}.").format(path=written[0].order.target))
    elif written:
        sentences.append(trn("{count} document is saved.", "{count} documents are saved.", len(written)))
    sentences += _losses(written)
    sentences += dict.fromkeys(each.error for each in failed)
    kind = Kind.error if failed else Kind.warning if len(sentences) > 1 else Kind.info
    return kind, " ".join(sentences)


def _losses(written: Sequence[Saved]) -> list[str]:
    """Say what of the documents is not as one would wish."""
    sentences = []
    for each in written:
        if each.changed:
            name = each.order.file.name if each.order.file is not None else each.order.target.name
            words = trn(
                "“{{name}}” has changed since it was translated: {count} paragraph stays as it is.",
                "“{{name}}” has changed since it was translated: {count} paragraphs stay as they are.",
                each.changed,
            )
            sentences.append(words.format(name=name))
    if missing := sum(each.missing for each in written if not each.changed):
        sentences.append(
            trn(
                "{count} paragraph has no translation yet and stays as it is.",
                "{count} paragraphs have no translation yet and stay as they are.",
                missing,
            )
        )
    if simplified := sum(each.simplified for each in written):
        sentences.append(
            trn(
                "The formatting of {count} paragraph is simpler than before.",
                "The formatting of {count} paragraphs is simpler than before.",
                simplified,
            )
        )
    return sentences
