"""Scores the translations of a model with BLEU and chrF, so that models can be compared.

Each sentence goes through the application's own flow, with the wording of the model's family. Without --tsv
the sentences are those that were held out from the training of the model that comes with the application, in
its six directions; a TSV file has a source and a reference in each line. BLEU and chrF are those of sacrebleu
(Papineni et al. 2002, Popović 2015), from 0 to 100; "exact" is the share of translations that are the
reference word for word.

Usage: python -m tests.benchmarks.score_translations [--model FILE] [--tsv FILE --from en --to de] [--limit N]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.settings import Settings
from chatdesk.domain.translations import SegmentState, TranslationEnded, TranslationWishes
from chatdesk.engine.gguf import GgufFiles
from chatdesk.engine.local import LocalEngine
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.translate import TranslateFlow, translation_options
from chatdesk.flows.translating import TranslationOptions, TranslationRooms
from chatdesk.languages.detector import LanguageDetector
from chatdesk.paths import starter_model
from chatdesk.storage.database import Database
from chatdesk.storage.glossaries import GlossaryStore
from chatdesk.storage.memory import MemoryStore
from chatdesk.storage.summaries import SummaryStore
from chatdesk.storage.translations import TranslationStore
from chatdesk.tasks.likeness import likeness
from chatdesk.tasks.segments import Segments

_HELD_OUT = Path(__file__).parents[2] / "packaging" / "starter_model" / "held_out.jsonl.gz"
_TEXT = re.compile(r"<text>\n(.*?)\n</text>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Score:
    """How good the translations of one direction are; all but `failed` and the speed from 0 to 100."""

    sentences: int
    bleu: float
    chrf: float
    exact: float
    failed: int  # without a translation
    seconds: float  # a sentence


def main() -> None:
    """Print a line for each direction."""
    options = _arguments()
    sets = _from_tsv(options) if options.tsv else _held_out(options.limit)
    print(
        f"{'direction':>10} {'sentences':>9} {'BLEU':>6} {'chrF':>6} {'exact':>6} {'failed':>6} {'s each':>7}"
    )
    with closing(LocalEngine()) as engine, closing(LanguageDetector()) as languages:
        for (source, target), pairs in sets.items():
            score = score_of(engine, languages, options.model, source, target, pairs)
            print(
                f"{source + '-' + target:>10} {score.sentences:9} {score.bleu:6.1f} {score.chrf:6.1f} "
                f"{score.exact:6.1f} {score.failed:6} {score.seconds:7.2f}"
            )


def score_of(
    engine: LocalEngine,
    languages: LanguageDetector,
    model: Path,
    source: str,
    target: str,
    pairs: Sequence[tuple[str, str]],
) -> Score:
    """Translate the sources and compare with the references. Raises EngineError."""
    options = _options(model)
    start = time.perf_counter()
    said = _translated(engine, languages, options, source, target, [pair[0] for pair in pairs])
    seconds = (time.perf_counter() - start) / len(pairs)
    wanted = [pair[1] for pair in pairs]
    same = sum(one == other for one, other in zip(said, wanted, strict=True))
    return Score(
        len(pairs), BLEU().corpus_score(said, [wanted]).score, CHRF().corpus_score(said, [wanted]).score,
        100 * same / len(pairs), sum(not text for text in said), seconds,
    )  # fmt: skip


def _translated(
    engine: LocalEngine,
    languages: LanguageDetector,
    options: TranslationOptions,
    source: str,
    target: str,
    texts: Sequence[str],
) -> list[str]:
    """Return the translations, "" where there is none; in a store of their own, so that nothing is known."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database(Path(folder, "scores.sqlite"))) as database,
    ):
        rooms = TranslationRooms(
            SummaryStore(database), TranslationStore(database), MemoryStore(database, likeness),
            GlossaryStore(database), languages,
        )  # fmt: skip
        flow = TranslateFlow(engine, rooms)
        gaps = ("", *["\n"] * (len(texts) - 1), "")
        begun = flow.begin_with(Segments(tuple(texts), gaps), TranslationWishes(target, source), options)
        *_, ended = flow.translate(begun, options, CancelToken())
    assert isinstance(ended, TranslationEnded)
    if ended.translation.error:
        raise SystemExit(ended.translation.error)
    done = ended.translation.segments
    return [each.translation if each.state is not SegmentState.failed else "" for each in done]


def _options(model: Path) -> TranslationOptions:
    models = ModelFlow(GgufFiles(), starter_model())
    settings, opened = models.open_file(Settings(), model.resolve())
    return translation_options(settings, opened)


def _held_out(limit: int) -> dict[tuple[str, str], list[tuple[str, str]]]:
    sets: dict[tuple[str, str], list[tuple[str, str]]] = {}
    with gzip.open(_HELD_OUT, "rt", encoding="utf-8") as file:
        for item in map(json.loads, file):
            found = re.fullmatch(r"translate (\w\w)-(\w\w)", item["row"])
            text = _TEXT.search(item["messages"][-1]["content"])
            if found and text:
                sets.setdefault((found[1], found[2]), []).append((text[1], item["wanted"]))
    return {direction: pairs[:limit] for direction, pairs in sorted(sets.items())}


def _from_tsv(options: argparse.Namespace) -> dict[tuple[str, str], list[tuple[str, str]]]:
    with options.tsv.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) >= 2]
    pairs = [(row[0].strip(), row[1].strip()) for row in rows if row[0].strip() and row[1].strip()]
    if not pairs:
        raise SystemExit(f"{options.tsv} has no line with a source, a tab and a reference.")
    return {(options.source, options.target): pairs[: options.limit]}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=starter_model(), help="a GGUF file")
    parser.add_argument("--tsv", type=Path, help="lines with a source and a reference")
    parser.add_argument("--from", dest="source", default="en", help="language of the sources")
    parser.add_argument("--to", dest="target", default="de", help="language of the references")
    parser.add_argument("--limit", type=int, default=120, help="sentences of each direction")
    return parser.parse_args()


if __name__ == "__main__":
    main()
