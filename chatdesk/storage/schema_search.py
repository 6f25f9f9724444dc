"""The step of the schema that indexes letters of writing without spaces in pairs, as `spaced` gives them."""

from __future__ import annotations

_INDEXED = ("title", "message", "summary", "segment", "pair", "passage")
# Thai and Lao, Burmese, Khmer, Kana and their like, from the first letter to the last.
_WRITINGS = (
    *(("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3040", "\u31ff")),
    ("\uff66", "\uff9f"),
)
# An index is made anew only where such letters are in it: 100,000 messages take up to half a minute. Before
# this step each of them was a word of its own.
_ANEW = """
    CREATE VIRTUAL TABLE {name}_word USING fts5vocab ({name}_index, row);
    INSERT INTO {name}_index ({name}_index)
        SELECT 'rebuild' WHERE EXISTS (SELECT 1 FROM {name}_word WHERE {paired});
    DROP TABLE {name}_word;
"""
_PAIRED = " OR ".join(f"term BETWEEN '{first}' AND '{last}'" for first, last in _WRITINGS)
# A passage is kept as it is indexed; the borders in it are those of `spaced` as it was.
_PASSAGES = """
    UPDATE passage SET text = spaced(replace(text, char(31), '')) WHERE text GLOB '*[{letters}]*';
"""
_LETTERS = "".join(f"{first}-{last}" for first, last in _WRITINGS)

SEARCH = _PASSAGES.format(letters=_LETTERS) + "".join(
    _ANEW.format(name=name, paired=_PAIRED) for name in _INDEXED
)
