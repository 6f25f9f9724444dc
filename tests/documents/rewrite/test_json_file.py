"""JSON files with other strings: keys, numbers, order and layout stay."""

import json
import time

import pytest

from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.rewrite.json_file import is_for_people
from tests.documents.rewrite.files import module_of, read_again, rewritten, texts_of, upper

SOURCE = """\
{
   "title" : "Good day,\\n \\"friends\\"",
   "menu": { "save file":"Save the file", "n": 1.50, "big": 1e400, "none": null,
\t"items": ["One thing", "  Two things ", "", {"deep": "In <b>deep</b> water<br>"}] },
   "id": "user_name", "url": "https://example.org/a?b=c", "path": "Read\\/write all", "colour": "#ff8800",
   "@title": {"description": "Says hello"}, "same": "Save the file"
}
"""
TEXTS = [
    'Good day,\n "friends"',
    "Save the file",
    "One thing",
    "Two things",
    "In ⟦1⟧deep⟦/1⟧ water",
    "Read/write all",
    "Save the file",
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.json"

    def file(text, encoding="utf-8"):
        path.write_bytes(text.encode(encoding))
        return path

    return file


def test_values_for_people_are_texts(file):
    path = file(SOURCE)
    assert texts_of(path) == TEXTS
    keys = [one.key for one in module_of(path).read(path).texts]
    assert keys[:5] == [
        "title#0",
        "menu.save file#1",
        "menu.items.0#2",
        "menu.items.1#3",
        "menu.items.3.deep#4",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_same_texts_give_the_same_bytes(file, encoding):
    path = file(SOURCE, encoding)
    target, simplified = rewritten(path, lambda text: text)
    assert (target.read_bytes(), simplified) == (path.read_bytes(), [])


def test_other_texts_leave_every_other_letter_of_the_source(file):
    target, simplified = rewritten(file(SOURCE), upper)
    assert not simplified
    expected = SOURCE
    for old in ("Good day,", "friends", '"Save the file"', "One thing", "Two things", "Read\\/write all"):
        expected = expected.replace(old, old.upper())
    expected = expected.replace("In <b>deep</b> water<br>", "IN <b>DEEP</b> WATER<br>")
    assert target.read_text() == expected
    assert texts_of(target) == [text.upper() for text in TEXTS]
    assert "SAVE THE FILE" in read_again(target)


def test_letters_are_escaped_where_the_file_escapes_them(file):
    target, _ = rewritten(
        file('{"a": "Gr\\u00fc\\u00dfe all", "b": "Good day"}'), {"Good day": "Grüß \U0001f600"}
    )
    assert target.read_text() == '{"a": "Gr\\u00fc\\u00dfe all", "b": "Gr\\u00fc\\u00df \\ud83d\\ude00"}'
    target, _ = rewritten(file('{"b": "Good day"}'), {"Good day": "Grüß"})
    assert target.read_text() == '{"b": "Grüß"}'


def test_tags_and_numbered_ones_are_marks(file):
    path = file('["See <0>our page</0> or <Link/> now, <name>", "1 <2 and 3> 2"]')
    assert texts_of(path) == ["See ⟦1⟧our page⟦/1⟧ or ⟦2/⟧ now,", "1 <2 and 3> 2"]


def test_half_characters_stay(file):
    path = file('["\\ud83d and words", "Good day"]')
    target, _ = rewritten(path, {"Good day": "Guten Tag"})
    assert target.read_text() == '["\\ud83d and words", "Guten Tag"]'


@pytest.mark.parametrize(
    "text",
    [
        "user_name", "in-progress", "MAX_SIZE", "https://example.org/x", "#ffeedd", "rgb(1, 2, 3)",
        "2024-05-01", "2024-05-01T10:00:00Z", "v1.2.3-beta", "12px", "50%", "com.example.app", "firstName",
        "image/png", "./a/b.js", "C:\\files", "photo.jpeg", "en-GB", "123e4567-e89b-12d3-a456-426614174000",
        "d41d8cd98f00b204e9800998ecf8427e", "eyJhbGciOiJIUzI1NiIsInR5cCI6", "{name}", "{{ user.name }}",
        "%s: %d", "$1", "", "  ", "42", "@angular/core",
    ],
)  # fmt: skip
def test_words_for_programs_are_left_out(text):
    assert not is_for_people(text)


@pytest.mark.parametrize(
    "text",
    ["Save", "save", "Hello {name}", "Well-known", "%d files", "Yes/No, or what?", "See https://a.org now",
     "v2 is here", "你好", "E-Mail", "a_b c", "{n, plural, one {# file} other {# files}}"],
)  # fmt: skip
def test_words_for_people_are_texts(text):
    assert is_for_people(text)


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"a": "Good day"', '{"a" "b"}', '["a",]', "{1: 2}", '["a"] ["b"]', "[}", "]", "{,}", "nulll",
     "01", '["\\x"]', '{"a": "open', "// no\n{}", "NaN"],
)  # fmt: skip
def test_what_is_no_json_is_refused(file, text):
    with pytest.raises(ValueError):
        json.loads(text, parse_constant=lambda _: json.loads(""))
    with pytest.raises(Refused) as refused:
        texts_of(file(text))
    assert refused.value.code is Refusal.damaged


@pytest.mark.parametrize(
    "text", ['"Only a text"', "[]", "{}", "[[], {}, [1, -2.5e+3, true]]", ' \n"Good day" \r\n']
)
def test_small_files_stay(file, text):
    path = file(text)
    assert rewritten(path, lambda text: text)[0].read_bytes() == path.read_bytes()


@pytest.mark.parametrize("text", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000])
def test_very_deep_files_are_refused(file, text):
    with pytest.raises(Refused) as refused:
        texts_of(file(text))
    assert refused.value.code is Refusal.too_big


def test_many_strings_are_read_in_time(file):
    text = json.dumps({f"key {number}": f"Text number {number}" for number in range(50_000)})
    start = time.monotonic()
    assert len(texts_of(file(text))) == 50_000
    assert time.monotonic() - start < 20  # 1 s on a machine that does nothing else
