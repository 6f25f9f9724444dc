"""PDF files: reading order, paragraphs, headings, tables, what is on every page, passwords and damage."""

import pytest

from chatdesk.documents.parts import Expected, Noted, Part, Refusal, Refused
from chatdesk.documents.pdf import read
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind
from tests.documents.pdf_files import PICTURE, column, document, line, with_objects

TEXT = (
    "the ferry leaves the harbour at seven and reaches the island before noon when the market opens and "
    "people from the villages bring what they have grown in their gardens during the long dry summer"
)
WORDS = TEXT.split()
BODY = [" ".join((WORDS * 3)[n : n + 12]) for n in range(20)]  # lines of one paragraph, nearly as long


@pytest.fixture
def pieces(tmp_path):
    def pieces(content, password=""):
        path = tmp_path / "a.pdf"
        path.write_bytes(content)
        return list(read(path, password))

    return pieces


@pytest.fixture
def texts(pieces):
    def texts(*pages):
        return [one.text for one in pieces(document(pages)) if isinstance(one, Part)]

    return texts


@pytest.fixture
def refusal(pieces):
    def refusal(content, password=""):
        with pytest.raises(Refused) as caught:
            pieces(content, password)
        return caught.value.code

    return refusal


def test_each_page_is_a_part_with_the_name_that_it_has(pieces):
    labels = b"/PageLabels<</Nums[0<</S/r>>2<</S/D>>]>>"
    found = pieces(document([column([f"Page {n} here"]) for n in "abc"], labels))
    assert found == [
        Expected(3),
        Part(UnitKind.page, "i", "Page a here"),
        Part(UnitKind.page, "ii", "Page b here"),
        Part(UnitKind.page, "1", "Page c here"),
    ]


def test_three_hundred_pages_keep_each_its_own_needle(texts):
    pages = [
        line(56, 815, "The annual report", 8)
        + column([f"Needle {n:04d} lies here.", *BODY[:5]])
        + line(290, 24, f"- {n} -", 8)
        for n in range(1, 301)
    ]
    found = texts(*pages)
    assert [f"Needle {n:04d} " in text for n, text in enumerate(found, 1)] == [True] * 300
    assert all(text.count("Needle") == 1 for text in found)


def test_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart(texts):
    [text] = texts(column([*BODY[:3], "and ends.", "", *BODY[3:6]]))
    one, two = text.split("\n\n")
    assert one == " ".join([*BODY[:3], "and ends."])
    assert two == " ".join(BODY[3:6])


def test_a_line_that_ends_early_is_not_joined(texts):
    [text] = texts(column(["Anna Muster", "Long Street 12, behind the old station", "Geneva", *BODY[:6]]))
    assert text.startswith("Anna Muster\nLong Street 12, behind the old station\nGeneva\n")


def test_an_indented_line_begins_a_paragraph(texts):
    [text] = texts(column(BODY[:4]) + line(72, 780 - 48, BODY[4]) + column(BODY[5:8], top=780 - 60))
    assert text.count("\n\n") == 1
    assert text.split("\n\n")[1].startswith(BODY[4])


def test_words_cut_at_the_end_of_a_line_are_whole(texts):
    lines = ["They signed an inter-", "national agree-", "ment on trade."]
    assert texts(column(lines)) == ["They signed an international agreement on trade."]


def test_items_of_a_list_stand_on_their_own_lines(texts):
    [text] = texts(column(["What to bring:", "• a tent", "• a map of the island", "• water"]))
    assert text == "What to bring:\n- a tent\n- a map of the island\n- water"


def test_larger_letters_make_headings(texts):
    title = line(56, 800, "The island in summer", 20, "B")
    chapter = line(56, 770, "How to get there", 14, "B")
    [text] = texts(title + chapter + column(BODY, top=750))
    assert text.startswith("# The island in summer\n\n## How to get there\n\nthe ferry leaves")


def test_a_heading_of_two_lines_is_one(texts):
    title = line(56, 810, "A rather long title that", 20) + line(56, 786, "goes over two lines", 20)
    [text] = texts(title + column(BODY, top=750))
    assert text.startswith("# A rather long title that goes over two lines\n\n")


ROWS = [("Quarter", "Sales", "Cost"), ("Q1 2026", "1111", "750"), ("Q2 2026", "1222", "800")]


def test_rows_of_a_table_stay_rows(texts):
    cells = [
        line(x, 600 - 14 * n, row[k]) for n, row in enumerate(ROWS) for k, x in enumerate((150, 230, 310))
    ]
    [text] = texts(column(BODY[:6]) + b"\n".join(cells) + column(BODY[6:9], top=500))
    assert "\n\nQuarter | Sales | Cost\nQ1 2026 | 1111 | 750\nQ2 2026 | 1222 | 800\n\n" in text


LEFT = [f"left{n:02d} " + " ".join((WORDS * 2)[n : n + 6]) for n in range(24)]
RIGHT = [f"right{n:02d} " + " ".join((WORDS * 2)[n + 3 : n + 9]) for n in range(24)]


def across(top=740):
    """Return two columns that the file holds line by line across the page."""
    return b"\n".join(
        line(56, top - 12 * n, one, 9) + line(320, top - 12 * n, two, 9)
        for n, (one, two) in enumerate(zip(LEFT, RIGHT, strict=True))
    )


@pytest.mark.parametrize(
    "columns",
    [across(), column(LEFT, top=740, size=9) + column(RIGHT, 320, 740, 9)],
    ids=["line by line", "column by column"],
)
def test_columns_are_read_one_after_the_other(texts, columns):
    title = line(56, 790, "A title that stands over both of the columns", 16)
    [text] = texts(title + columns)
    assert text.startswith("# A title")
    places = [text.index(f"left{n:02d}") for n in range(24)] + [
        text.index(f"right{n:02d}") for n in range(24)
    ]
    assert places == sorted(places)
    assert text.count("#") == 1


def test_three_columns_are_read_one_after_the_other(texts):
    rows = []
    for n in range(20):
        rows += [
            line(56 + 170 * k, 740 - 12 * n, f"c{k}n{n:02d} {WORDS[n]} {WORDS[n + 1]} {WORDS[n + 2]}", 9)
            for k in range(3)
        ]
    [text] = texts(b"\n".join(rows))
    places = [text.index(f"c{k}n{n:02d}") for k in range(3) for n in range(20)]
    assert places == sorted(places)


def test_a_sentence_goes_on_over_the_end_of_a_column(texts):
    [text] = texts(across())
    assert f"{LEFT[-1]} {RIGHT[0]}" in text


def test_running_headers_footers_and_page_numbers_are_left_out(texts):
    pages = []
    for n in range(1, 13):
        running = line(56, 815, "The annual report" if n % 2 else "Chapter three", 8)
        number = line(290, 24, f"Page {n} of 12", 8)
        pages.append(running + number + column([f"Begin {n}.", *BODY[n : n + 5]]))
    found = texts(*pages)
    assert not any("annual" in text or "Chapter" in text or "of 12" in text for text in found)
    assert [text.startswith(f"Begin {n}.") for n, text in enumerate(found, 1)] == [True] * 12


def test_the_title_of_a_chapter_beside_the_page_number_is_left_out(texts):
    titles = ["One", "One", "Two", "Two", "Three", "Three"]
    heads = (
        line(56, 815, f"Chapter {title}", 8) + line(500, 815, str(7 + n), 8) for n, title in enumerate(titles)
    )
    assert not any("Chapter" in text for text in texts(*(head + column(BODY[:4]) for head in heads)))


def test_dots_that_lead_to_a_page_number_become_one_sign(texts):
    [text] = texts(column(["Introduction . . . . . . . . . . . 3", "Results.................... 12"]))
    assert text == "Introduction … 3\nResults … 12"


def test_roman_page_numbers_are_left_out(texts):
    found = texts(*(line(290, 24, number, 8) + column(BODY[:3]) for number in ("iii", "iv", "v", "vi")))
    assert found == [" ".join(BODY[:3])] * 4


def test_numbers_that_do_not_count_pages_stay(texts):
    found = texts(*(column(BODY[:3]) + line(56, 60, f"Total: {total}") for total in (17, 99, 12, 40, 3)))
    assert ["Total" in text for text in found] == [True] * 5


def test_numbered_headings_at_the_top_of_each_page_stay(texts):
    pages = (line(56, 790, f"Question {n}", 16, "B") + column(BODY[:5], top=740) for n in range(1, 9))
    assert ["# Question" in text for text in texts(*pages)] == [True] * 8


def test_two_pages_with_the_same_first_line_keep_it(texts):
    assert texts(column(["Invoice", "One."]), column(["Invoice", "Two."])) == [
        "Invoice\nOne.",
        "Invoice\nTwo.",
    ]


def test_the_password_opens_an_encrypted_file(pieces, refusal):
    content = document([column(["A secret text"])], password="geheim")
    assert refusal(content) is Refusal.encrypted
    assert refusal(content, "falsch") is Refusal.wrong_password
    assert pieces(content, "geheim")[1].text == "A secret text"


def test_scanned_pages_have_no_text_and_the_file_says_so(refusal):
    assert refusal(document([PICTURE] * 3)) is Refusal.no_text


def test_single_pictures_among_the_pages_are_noted(pieces):
    found = pieces(document([column(["Text"]), PICTURE, b"", PICTURE]))
    assert [one.text for one in found if isinstance(one, Part)] == ["Text", "", "", ""]
    assert found[-1] == Noted(ReadingNote(NoteKind.no_text_on, 2))


def test_a_damaged_page_is_noted_and_the_rest_is_read(pieces):
    content = document([column([f"Page {n} is good"]) for n in range(3)])
    found = pieces(content.replace(b"6 0 obj\n<</Type/Page/", b"6 0 obj\n<</Type/Xxxx/"))
    assert [one.text for one in found if isinstance(one, Part)] == ["Page 0 is good", "", "Page 2 is good"]
    assert Noted(ReadingNote(NoteKind.damaged_page, 2)) in found


@pytest.mark.parametrize("rotation", [b"", b"/Rotate 90"])
def test_text_that_runs_upwards_is_read(pieces, rotation):
    turned = b"\n".join(
        b"BT /H 10 Tf 0 1 -1 0 %d 60 Tm (%s) Tj ET" % (100 + 14 * n, words.encode())
        for n, words in enumerate(("first line", "second line"))
    )
    found = pieces(document([turned]).replace(b"/Type/Page/", rotation + b"/Type/Page/"))
    assert found[1].text == "first line\nsecond line"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n%%EOF\n",
        document([column(BODY)])[:600],
        with_objects([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>"]),
    ],
    ids=["empty", "header only", "truncated", "pages in a circle"],
)
def test_damaged_files_are_refused(refusal, content):
    assert refusal(content) is Refusal.damaged


def test_a_file_without_its_table_of_objects_is_read(pieces):
    content = document([column(["Still here"])])
    assert pieces(content[: content.rfind(b"xref\n")])[1].text == "Still here"


def test_a_sign_where_other_pages_have_a_number_harms_nobody(tmp_path):
    signs = ("12", "#", "13", "# 5", "7 5", "14")
    path = tmp_path / "signs.pdf"
    path.write_bytes(document([column(["Some text."]) + line(290, 24, sign, 8) for sign in signs]))
    assert all(part.text.startswith("Some text.") for part in read(path, "") if isinstance(part, Part))
