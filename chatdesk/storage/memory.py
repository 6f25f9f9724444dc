"""The translation memory: what users confirmed, found again by the same source or by one that is like it."""

from __future__ import annotations

import hashlib
import heapq
import json
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import inf, log, sqrt

from chatdesk.domain.glossaries import Match, Pair
from chatdesk.storage import fulltext
from chatdesk.storage.database import Database
from chatdesk.storage.rows import microseconds, moment, storable

LIKE = 0.6  # how alike a source has to be to count
_COMMON = 500  # pairs; of a word in more of them, the newest are looked at
_CANDIDATES, _COMPARED = 300, 40  # pairs whose lengths are looked at, and whose sources are compared
_LONGEST = 5_000  # characters of a source that has near matches; comparing longer ones takes too long
_SHORTER = 0.4  # a source with less than this share of the other's length is not like it

_ADD = """
    INSERT INTO pair (key, languages, source_language, target_language, confirmed, source, target)
    VALUES (:key, :languages, :source_language, :target_language, :confirmed, :source, :target)
"""
_WITH_WORD = "SELECT rowid FROM pair_index WHERE pair_index MATCH ? ORDER BY rowid DESC LIMIT ?"
_SOURCES = """
    SELECT number, source FROM pair
    WHERE number IN (SELECT value FROM json_each(?)) AND length(source) BETWEEN ? AND ?
"""
_FIND = """
    SELECT pair.* FROM pair_index CROSS JOIN pair ON pair.number = pair_index.rowid
    WHERE pair_index MATCH ? ORDER BY pair_index.rowid DESC LIMIT ?
"""


class MemoryStore:
    """The TranslationMemory of the ports, in a database. Safe from any thread.

    A variant such as "pt-BR" is a target of its own; of the source's language the variant does not matter.
    """

    def __init__(self, database: Database, likeness: Callable[[str, str], float]) -> None:
        """`likeness` says from 0 to 1 how alike two texts are, 1 for the same."""
        self._database = database
        self._likeness = likeness

    def remember(self, pairs: Sequence[Pair]) -> None:
        """Store pairs as the newest; each takes the place of one with its source and languages."""
        by_key = {_key_of(pair): pair for pair in pairs}
        with self._database.writing() as sql:
            _remove(sql, by_key)
            sql.executemany(_ADD, ({"key": key, **_values(pair)} for key, pair in by_key.items()))

    def forget(self, pairs: Sequence[Pair]) -> None:
        with self._database.writing() as sql:
            _remove(sql, map(_key_of, pairs))

    def exact(self, sources: Sequence[str], source_language: str, target_language: str) -> dict[str, Pair]:
        """Return the pairs whose source is one of these but for white space, by the source as it is given.

        Where the source's language is "", since it is not known, the newest pair of any language counts.
        """
        found: dict[str, Pair] = {}
        with self._database.reading() as sql:
            languages = [_languages(source_language, target_language)]
            if not source_language:
                rows = sql.execute("SELECT DISTINCT source_language FROM pair").fetchall()
                languages = [_languages(row[0], target_language) for row in rows]
            for source in dict.fromkeys(sources):
                keys = [(_key(source, each),) for each in languages]
                rows = [sql.execute("SELECT * FROM pair WHERE key = ?", key).fetchone() for key in keys]
                if there := [row for row in rows if row]:
                    found[source] = _pair_of(max(there, key=lambda row: row["number"]))
        return found

    def matches(self, source: str, source_language: str, target_language: str, limit: int = 3) -> list[Match]:
        """Return the likest pairs that are at least LIKE alike, the likest first, then the newest.

        Looks at pairs that share words or their beginnings; takes about 20 ms among 100,000 pairs.
        """
        languages = _languages(source_language, target_language)
        if len(source) > _LONGEST:
            return []
        with self._database.reading() as sql:
            near = _near(sql, source, languages)
        likest = sorted(((self._likeness(source, other), number) for number, other in near), reverse=True)[
            :limit
        ]
        alike = {number: likeness for likeness, number in likest if likeness >= LIKE}
        with self._database.reading() as sql:
            rows = [
                sql.execute("SELECT * FROM pair WHERE number = ?", (number,)).fetchone() for number in alike
            ]
        return [Match(_pair_of(row), alike[row["number"]]) for row in rows if row]

    def pairs(self, words: str = "", limit: int = 500) -> list[Pair]:
        """Return the newest pairs with all words in one of their texts; the last counts as a prefix."""
        expression = fulltext.match_expression(words)
        with self._database.reading() as sql:
            if expression:
                either = f"source : ({expression}) OR target : ({expression})"
                rows = sql.execute(_FIND, (either, limit)).fetchall()
            elif words.strip():
                return []
            else:
                rows = sql.execute("SELECT * FROM pair ORDER BY number DESC LIMIT ?", (limit,)).fetchall()
        return [_pair_of(row) for row in rows]

    def count(self) -> int:
        with self._database.reading() as sql:
            (count,) = sql.execute("SELECT COUNT(*) FROM pair").fetchone()
        return int(count)


def _near(sql: sqlite3.Connection, source: str, languages: str) -> list[tuple[int, str]]:
    """Return the numbers and sources of the pairs that share most with a source, rare words counting more."""
    shared: defaultdict[int, float] = defaultdict(float)
    for expression in fulltext.near_expressions(source):
        both = f"languages : {languages} AND source : {expression}"
        rows = sql.execute(_WITH_WORD, (both, _COMMON)).fetchall()
        for (number,) in rows:
            shared[number] += 1 / sqrt(len(rows))
    if same := sql.execute("SELECT number FROM pair WHERE key = ?", (_key(source, languages),)).fetchone():
        shared[same["number"]] = inf
    numbers = json.dumps(heapq.nlargest(_CANDIDATES, shared, key=shared.__getitem__))
    shortest, longest = len(source) * _SHORTER, len(source) / _SHORTER
    rows = sql.execute(_SOURCES, (numbers, shortest, longest)).fetchall()
    near = [(row["number"], row["source"]) for row in rows]
    near.sort(key=lambda one: shared[one[0]] / log(2 + len(one[1])), reverse=True)
    return near[:_COMPARED]


def _remove(sql: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    sql.executemany("DELETE FROM pair WHERE key = ?", ((key,) for key in keys))


def _languages(source_language: str, target_language: str) -> str:
    """Return one word for the two; what is no code but a name of the user's has one too."""
    base = source_language.strip().partition("-")[0]
    names = f"{base}\n{target_language.strip()}".casefold()
    return "l" + hashlib.sha256(names.encode("utf-8", "replace")).hexdigest()[:16]


def _key(source: str, languages: str) -> bytes:
    alike = " ".join(unicodedata.normalize("NFC", storable(source)).split())
    return hashlib.sha256(f"{languages}\n{alike}".encode()).digest()[:16]


def _key_of(pair: Pair) -> bytes:
    return _key(pair.source, _languages(pair.source_language, pair.target_language))


def _values(pair: Pair) -> dict[str, object]:
    return {
        "languages": _languages(pair.source_language, pair.target_language),
        "source_language": storable(pair.source_language),
        "target_language": storable(pair.target_language),
        "confirmed": microseconds(pair.when),
        "source": storable(pair.source),
        "target": storable(pair.target),
    }


def _pair_of(row: sqlite3.Row) -> Pair:
    return Pair(
        row["source"],
        row["target"],
        row["source_language"],
        row["target_language"],
        moment(row["confirmed"]),
    )
