"""Scores the translations of a model with BLEU and chrF, so that models can be compared.

Each sentence goes through the application's own flow, with the wording of the model's family. Without --tsv
the sentences are those that were held out from the training of the model that comes with the application, in
its six directions; a TSV file has a source and a reference in each line. BLEU and chrF are those of sacrebleu
(Papineni et al. 2002, Popović 2015), from 0 to 100; "exact" is the share of translations that are the
reference word for word. Scores of one set can be compared with each other alone.

Usage: python -m tests.benchmarks.score_translations [--model FILE ...] [--limit N]
       [--tsv FILE --from en --to de]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from chatdesk.documents.encodings import decoded
from chatdesk.documents.exchange.codes import code_of
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError, EngineError
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

try:
    from sacrebleu.metrics import BLEU, CHRF
except ImportError:
    raise SystemExit(f"sacrebleu is not there: {sys.executable} -m pip install sacrebleu") from None

_HELD_OUT = Path(__file__).parents[2] / "packaging" / "starter_model" / "held_out.jsonl.gz"
_SPLIT = {"zh": "zh", "ja": "char", "th": "char", "lo": "char", "km": "char", "my": "char"}  # no spaces there
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


def main() -> int:
    """Print a line for each direction and model; return 1 where one could not be scored."""
    options = _arguments()
    sets = _from_tsv(options) if options.tsv else _held_out(options.limit)
    width = max(10, *(len(model.stem) for model in options.model))
    print(
        f"{'model':{width}} {'direction':>11} {'sentences':>9} {'BLEU':>6} {'chrF':>6} {'exact':>6} "
        f"{'failed':>6} {'s each':>7}"
    )
    code = 0
    with closing(LocalEngine()) as engine, closing(LanguageDetector()) as languages:
        for direction, pairs in sets.items():
            for model in options.model:
                try:
                    score = score_of(engine, languages, model, *direction, pairs)
                except ChatDeskError as error:
                    print(f"{model.name}: {error.sentence} {error.hint}", file=sys.stderr)
                    code = 1
                    continue
                print(
                    f"{model.stem:{width}} {'-'.join(direction):>11} {score.sentences:9} {score.bleu:6.1f} "
                    f"{score.chrf:6.1f} {score.exact:6.1f} {score.failed:6} {score.seconds:7.2f}",
                    flush=True,
                )
    return code


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
    bleu = BLEU(tokenize=_SPLIT.get(target.partition("-")[0]))
    return Score(
        len(pairs), bleu.corpus_score(said, [wanted]).score, CHRF().corpus_score(said, [wanted]).score,
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
        raise EngineError(ended.translation.error)
    done = ended.translation.segments
    return [each.translation if each.state is not SegmentState.failed else "" for each in done]


def _options(model: Path) -> TranslationOptions:
    models = ModelFlow(GgufFiles(), starter_model())
    settings, opened = models.open_file(Settings(), model.resolve())
    return translation_options(settings, opened)


def _held_out(limit: int) -> dict[tuple[str, str], list[tuple[str, str]]]:
    sets: dict[tuple[str, str], list[tuple[str, str]]] = {}
    if not _HELD_OUT.is_file():
        raise SystemExit(f"{_HELD_OUT} is not there; give sentences of your own with --tsv.")
    with gzip.open(_HELD_OUT, "rt", encoding="utf-8") as file:
        for item in map(json.loads, file):
            found = re.fullmatch(r"translate (\w\w)-(\w\w)", item["row"])
            text = _TEXT.search(item["messages"][-1]["content"])
            if found and text:
                sets.setdefault((found[1], found[2]), []).append((text[1], item["wanted"]))
    return {direction: pairs[:limit] for direction, pairs in sorted(sets.items())}


def _from_tsv(options: argparse.Namespace) -> dict[tuple[str, str], list[tuple[str, str]]]:
    try:
        text = decoded(options.tsv.read_bytes())
    except OSError as error:
        raise SystemExit(f"{options.tsv} cannot be read: {error.strerror}.") from error
    if text is None:
        raise SystemExit(f"{options.tsv} is no text.")
    lines = [line for line in text.splitlines() if line.strip()]
    rows = [
        [part.strip() for part in row] for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]
    pairs = [(row[0], row[1]) for row in rows if len(row) >= 2 and row[0] and row[1]]
    if not pairs:
        raise SystemExit(f"{options.tsv} has no line with a source, a tab and a reference.")
    if len(pairs) < len(lines):
        print(
            f"{len(lines) - len(pairs)} lines without a source, a tab and a reference are left out.",
            file=sys.stderr,
        )
    return {(options.source, options.target): pairs[: options.limit]}


def _language(name: str) -> str:
    code = code_of(name)
    if not code:
        raise argparse.ArgumentTypeError(f"“{name}” is no language: write en or English")
    return code


def _sentences(number: str) -> int:
    if not number.isdecimal() or int(number) < 1:
        raise argparse.ArgumentTypeError("write a number from 1 on")
    return int(number)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--model",
        type=Path,
        nargs="+",
        default=[starter_model()],
        metavar="FILE",
        help="GGUF files to compare",
    )
    parser.add_argument("--tsv", type=Path, help="lines with a source and a reference")
    parser.add_argument("--from", dest="source", type=_language, default="en", help="language of the sources")
    parser.add_argument(
        "--to", dest="target", type=_language, default="de", help="language of the references"
    )
    parser.add_argument("--limit", type=_sentences, default=120, help="sentences of each direction")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
