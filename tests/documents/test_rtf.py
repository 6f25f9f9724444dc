"""RTF: encodings, structure, what is hidden, and broken files."""

import pytest

from chatdesk.documents.child import mended
from chatdesk.documents.parts import Expected, Part, Refusal, Refused
from chatdesk.documents.rtf import read
from chatdesk.domain.documents import UnitKind


@pytest.fixture
def parts(tmp_path):
    def parts(content):
        path = tmp_path / "a.rtf"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("ascii"))
        return list(read(path, ""))

    return parts


@pytest.fixture
def text(parts):
    def text(body):
        return "\n\n".join(one.text for one in parts(r"{\rtf1\ansi " + body + "}") if isinstance(one, Part))

    return text


def test_code_pages_and_unicode_become_text(text):
    assert text(r"caf\'e9 \u20013?\u25991? \'93quoted\'94 a\~b\emdash c") == "café 中文 “quoted” a b—c"


def test_the_file_names_its_code_page(text):
    assert text(r"\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2") == "Привет"


def test_fonts_have_code_pages_of_their_own(text):
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset128 MS Mincho;}{\f2\fcharset161 Greek;}}"
    assert text(fonts + r"a {\f1 \'93\'fa\'96\'7b}{\f2 \'e1} \'e9") == "a 日本α é"


def test_the_second_byte_of_a_letter_may_look_like_ascii(text):
    assert text(r"\ansicpg932 \'83A\'83C") == "アイ"


def test_signs_beyond_the_first_plane_come_in_two_halves(text):
    assert mended(text(r"\uc1 \u-10179?\u-8704? x")) == "😀 x"


def test_as_many_bytes_are_skipped_as_the_file_says(text):
    assert text(r"\uc2 \u8364 EU\uc0\u8364 end") == "€€end"


def test_paragraphs_lines_and_tabs(text):
    assert text(r"one\par two\line half\tab x\par\par three") == "one\n\ntwo\nhalf\tx\n\nthree"


def test_headings_come_from_styles_and_outline_levels(parts):
    styles = r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s5\outlinelevel1 Own;}}"
    body = (
        r"{\rtf1" + styles + r"\pard\s1 First\par\pard text\par\pard\s5 Lower\par\pard more\par"
        r"\pard\outlinelevel0 Second\par\pard end\par}"
    )
    assert parts(body) == [
        Part(UnitKind.section, "First", "# First\n\ntext\n\n## Lower\n\nmore"),
        Part(UnitKind.section, "Second", "# Second\n\nend"),
    ]


def test_lists_of_old_and_new_kind(text):
    old = r"\pard{\pntext\'b7\tab}one\par\pard{\pntext\'b7\tab}two\par"
    new = r"\pard\ls1\ilvl1{\listtext\'b7\tab}deep\par\pard\ilvl0 after\par"
    assert text(old + new) == "- one\n- two\n  - deep\n\nafter"


def test_tables_are_rows(text):
    row = r"\trowd\cellx1\cellx2\pard\intbl %s\cell\pard\intbl %s\cell\row"
    assert text(row % ("Name", "City") + row % (r"Ada\par L.", "Lyon") + r"\pard after\par") == (
        "| Name | City |\n| Ada L. | Lyon |\n\nafter"
    )


def test_pages_begin_where_they_are_broken(parts):
    assert parts(r"{\rtf1 one\page two\par\sect\sectd three\par\sect\sectd\sbknone four}") == [
        Expected(3),
        Part(UnitKind.page, "1", "one"),
        Part(UnitKind.page, "2", "two"),
        Part(UnitKind.page, "3", "three\n\nfour"),
    ]


def test_what_is_not_seen_is_left_out(text):
    body = (
        r"{\info{\title T}}{\header H}{\*\generator G;}{\colortbl;\red0;}{\pict\wmetafile8 0102ff}"
        r"seen{\v secret} {\deleted gone}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\v no\v0 yes"
    )
    assert text(body) == "seen linkyes"


def test_binary_pictures_are_jumped_over(parts):
    content = rb"{\rtf1 a{\pict\bin9 }}}}\\{{{}b}"
    assert parts(content)[0].text == "ab"


def test_notes_follow_their_paragraph(text):
    body = r"Claim\chftn{\footnote\pard\plain \chftn a source} goes on{\*\annotation really?}\par next"
    assert text(body) == "Claim[^1] goes on\n\n[^1]: a source\n\n[Comment: really?]\n\nnext"


@pytest.mark.parametrize(
    "body",
    [
        "}}}}text",
        r"\u99999999999? x",
        r"\'zz\'",
        r"\bin99999999999 x",
        r"\f99{\fonttbl{\f1",
        "\\",
        r"\uc-5\u20?",
        r"\s-1\ls-4\ilvl900000000 x\par",
    ],
)
def test_no_broken_file_is_too_strange(parts, body):
    assert len(parts(r"{\rtf1 " + body)) == 1


def refusal(parts, content):
    with pytest.raises(Refused) as caught:
        parts(content)
    return caught.value.code


def test_groups_without_end_are_refused(parts):
    assert refusal(parts, r"{\rtf1" + "{" * 1_000_000) == Refusal.damaged


def test_another_file_is_refused(parts):
    assert refusal(parts, b"hello") == Refusal.damaged


def test_many_small_words_are_read_in_time(parts):
    assert len(parts(r"{\rtf1 " + r"\b x\b0\par " * 20_000 + "}")[0].text) == 60_000 - 2
