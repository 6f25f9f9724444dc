"""How long texts are cut into rows."""

from chatdesk.ui.transcript.rows import (
    PLAIN_CHARACTERS,
    PLAIN_LINES,
    Plain,
    add_plain,
    bubbles,
    language,
    plain_pieces,
)


def test_a_short_message_is_one_whole_bubble():
    (bubble,) = bubbles("  hello\n   there")
    assert (bubble.text, bubble.whole, bubble.last) == ("  hello\n   there", True, True)


def test_a_pasted_log_is_cut_at_line_ends():
    text = "".join(f"{number} a line of the log\n" for number in range(2000))
    pieces = bubbles(text)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text.endswith("\n") and len(piece.text) <= PLAIN_CHARACTERS for piece in pieces)
    assert not any(piece.whole for piece in pieces)
    assert [piece.continues for piece in pieces].count(False) == 1
    assert [piece.last for piece in pieces].count(True) == 1


def test_a_single_endless_line_is_cut_at_spaces_or_anywhere():
    assert all(piece.endswith(" ") for piece in plain_pieces("word " * 5000)[:-1])
    assert max(map(len, plain_pieces("x" * 50_000))) == PLAIN_CHARACTERS


def test_many_empty_lines_do_not_make_a_tower():
    assert max(piece.count("\n") for piece in plain_pieces("\n" * 5000)) == PLAIN_LINES


def test_text_cut_as_it_grows_is_cut_in_the_same_places():
    text = "".join(f"{'word ' * (number % 300)}\n" for number in range(100)) + "y" * 9000
    contents = [Plain("")]
    for start in range(0, len(text), 37):
        add_plain(contents, text[start : start + 37])
    assert [one.text for one in contents] == plain_pieces(text)


def test_the_language_is_the_first_word_of_the_fence():
    assert language("Python title=x") == "python"
    assert language("{.rust}") == "rust"
    assert language("") == ""
