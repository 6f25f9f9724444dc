"""Tables of text with any separator and in any encoding."""

import pytest

from chatdesk.documents.csv_tables import read
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.domain.documents import UnitKind

TABLE = "| Name | City |\n| Ada | Genève |\n| Bo | Oslo |"


@pytest.fixture
def text(tmp_path):
    def text(content, encoding="utf-8"):
        path = tmp_path / "a.csv"
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        [part] = read(path, "")
        assert (part.kind, part.label) == (UnitKind.whole, "")
        return part.text

    return text


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_separator_and_encoding_is_known(text, separator, encoding):
    lines = (("Name", "City"), ("Ada", "Genève"), ("Bo", "Oslo"))
    assert text("\r\n".join(map(separator.join, lines)), encoding) == TABLE


def test_numbers_with_a_decimal_comma_stay_whole(text):
    assert text("1,5;2,5\n3,5;4,5\n") == "| 1,5 | 2,5 |\n| 3,5 | 4,5 |"


def test_quoted_values_may_hold_separators_and_line_ends(text):
    assert text('a,b\n"x, ""y""\nz",2\n') == '| a | b |\n| x, "y" z | 2 |'


def test_the_first_line_may_name_the_separator(text):
    assert text("sep=;\r\na;b\r\n") == "| a | b |"


def test_rows_may_have_different_lengths_and_be_empty(text):
    assert text("a,b,c\n\n1,2\n3,4,5\n") == "| a | b | c |\n| 1 | 2 |\n| 3 | 4 | 5 |"


def test_a_list_with_one_value_a_line_stays_as_it_is(text):
    assert text("apples\npears\n").strip() == "apples\npears"


def test_an_open_quote_takes_the_rest(text):
    assert text('a,b\n1,"2\n' + "x,y\n" * 1_000).startswith("| a | b |\n| 1 | 2 x,y x,y")


def test_what_is_no_text_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x00\x01\x02" * 100)
    with pytest.raises(Refused) as caught:
        list(read(path, ""))
    assert caught.value.code == Refusal.unsupported
