"""Words that only one of two texts has."""

from chatdesk.tasks.word_differences import MOST_WORDS, differing_words


def marked(one, other):
    here, there = differing_words(one, other)
    return [one[a:b] for a, b in here], [other[a:b] for a, b in there]


def test_words_of_one_text_alone_are_found_with_their_places():
    assert marked("The cat sat down.", "The old cat sat.") == (["down"], ["old"])


def test_equal_texts_have_no_differences():
    assert marked("Same.", "Same.") == ([], [])
    assert marked("", "") == ([], [])
    assert marked("", "All new") == ([], ["All new"])


def test_spaces_and_line_ends_make_no_difference():
    assert marked("one  two", "one\ntwo") == ([], [])


def test_long_texts_are_compared_by_lines():
    lines = [f"line {number} of a long text" for number in range(MOST_WORDS)]
    other = [*lines[:50], "something else", *lines[51:]]
    assert marked("\n".join(lines), "\n".join(other)) == ([lines[50]], ["something else"])
