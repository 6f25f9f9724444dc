"""Measures the stores of 1,000 translations and 100,000 pairs; prints medians in milliseconds.

Usage: python -m tests.benchmarks.bench_translations
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from chatdesk.domain.glossaries import Glossary, Pair, Term
from chatdesk.domain.translations import Segment, SegmentState, Translation, TranslationWishes
from chatdesk.storage.database import Database
from chatdesk.storage.glossaries import GlossaryStore
from chatdesk.storage.memory import MemoryStore
from chatdesk.storage.translations import TranslationStore
from chatdesk.tasks.likeness import likeness
from tests.benchmarks.bench_storage import median_ms

TRANSLATIONS, SEGMENTS_EACH, LONG = 1_000, 20, 2_000
PAIRS, CHINESE, AT_ONCE = 90_000, 10_000, 1_000
HAN = "".join(map(chr, range(0x4E00, 0x4E00 + 3_000)))


def vocabulary(chance: random.Random) -> list[str]:
    """Return words, the most frequent first, which mostly are the short ones."""
    words = {"".join(chance.choices("eeaitonsrhldu", k=min(2 + n // 60, 10))) for n in range(30_000)}
    return sorted(words, key=lambda word: (len(word) + chance.random() * 4, word))


def uneven(chance: random.Random, signs: Sequence[str], count: int) -> list[str]:
    """Return some of them, as unevenly frequent as the words of a language: by one over their rank."""
    return [signs[int(len(signs) ** chance.random()) - 1] for _ in range(count)]


def sentence(chance: random.Random, words: list[str]) -> str:
    return " ".join(uneven(chance, words, chance.randint(5, 25)))


def chinese(chance: random.Random) -> str:
    return "".join(uneven(chance, HAN, chance.randint(8, 40))) + "。"


def changed(chance: random.Random, source: str, others: list[str]) -> str:
    """Return a source with a fifth of its words replaced by others, at least one; of Chinese, characters."""
    gap = " " if " " in source else ""
    parts = source.split() if gap else list(source)
    for _ in range(max(1, len(parts) // 5)):
        other = chance.choice(others)
        parts[chance.randrange(len(parts))] = chance.choice(other.split() if gap else other)
    return gap.join(parts)


def translation(chance: random.Random, words: list[str], count: int) -> Translation:
    segments = tuple(
        Segment(number, sentence(chance, words), sentence(chance, words), SegmentState.done)
        for number in range(count)
    )
    return Translation(TranslationWishes("de"), "Starter", segments, ("", *["\n\n"] * count))


def measure_history(store: TranslationStore, chance: random.Random, words: list[str]) -> None:
    for _ in range(TRANSLATIONS):
        store.save(translation(chance, words, SEGMENTS_EACH))
    long = translation(chance, words, LONG)
    print(f"save of {LONG} segments              {median_ms(lambda: store.save(long), 1):8.2f} ms")
    print(f"the same again, nothing changed     {median_ms(lambda: store.save(long), 5):8.2f} ms")
    texts = iter(sentence(chance, words) for _ in range(1_000))
    one = long.segments[7]
    took = median_ms(lambda: store.save_segments(long.id, [replace(one, translation=next(texts))]))
    print(f"save of one of its segments         {took:8.2f} ms")
    print(f"list of {TRANSLATIONS} translations           {median_ms(store.translations):8.2f} ms")
    print(f"one of {LONG} segments               {median_ms(lambda: store.translation(long.id)):8.2f} ms")
    for name, question in (("a rare word", words[5000]), ("the commonest two", f"{words[1]} {words[0]}")):
        took = median_ms(lambda question=question: store.search(question), 5)
        print(f"search: {name:20}        {took:8.2f} ms, {len(store.search(question))} hits")


def measure_memory(store: MemoryStore, chance: random.Random, words: list[str]) -> None:
    english = [sentence(chance, words) for _ in range(PAIRS)]
    han = [chinese(chance) for _ in range(CHINESE)]
    start = time.perf_counter()
    for language, sources in (("en", english), ("zh", han)):
        for first in range(0, len(sources), AT_ONCE):
            some = sources[first : first + AT_ONCE]
            store.remember([Pair(each, each.upper(), language, "de") for each in some])
    print(f"{store.count()} pairs remembered in {time.perf_counter() - start:.1f} s")
    known = {"en": english, "zh": han}
    took = median_ms(lambda: store.exact(english[:100], "en", "de"))
    print(f"exact, 100 sources                  {took:8.2f} ms")
    for language, sources in known.items():
        asked = [(source, changed(chance, source, sources)) for source in chance.sample(sources, 60)]
        likest = [store.matches(near, language, "de") for _, near in asked]
        found = sum(
            any(match.pair.source == source for match in matches)
            for (source, _), matches in zip(asked, likest, strict=True)
        )
        questions = iter(asked)
        took = median_ms(lambda: store.matches(next(questions)[1], language, "de"), 60)  # noqa: B023
        print(f"near matches, {language}                    {took:8.2f} ms, {found} of 60 found again")
    for name, question in (("all", ""), ("a rare word", words[5000]), ("the commonest", words[0])):
        took = median_ms(lambda question=question: store.pairs(question), 5)
        print(f"pairs: {name:20}         {took:8.2f} ms, {len(store.pairs(question))} pairs")


def main() -> None:
    chance = random.Random(1)
    words = vocabulary(chance)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "chats.sqlite")
        measure_history(TranslationStore(database), chance, words)
        measure_memory(MemoryStore(database, likeness), chance, words)
        glossaries = GlossaryStore(database)
        large = Glossary("Large", "en", "de", tuple(Term(word, word[::-1]) for word in words[:20_000]))
        print(f"save of a glossary of 20,000 terms  {median_ms(lambda: glossaries.save(large), 5):8.2f} ms")
        print(f"all glossaries                      {median_ms(glossaries.glossaries, 5):8.2f} ms")
        database.close()


if __name__ == "__main__":
    main()
