"""Leading the sentences of a summary back to the document."""

from chatdesk.domain.summaries import Passage, Point
from chatdesk.tasks.points import FoundPoint
from chatdesk.tasks.strangers import Source
from chatdesk.tasks.tracing import borrowed, traced, verified, without_unverified

TEXT = "The council met in May. A bridge over the Ems will be built in 2027. It costs 3 million euros. Rain"
POINTS = verified(
    [
        FoundPoint("A bridge is planned for 2027.", "A bridge over the Ems will be built in 2027."),
        FoundPoint("The bridge costs 3 million euros.", "It costs 3 million euros."),
        FoundPoint("The mayor resigned.", "The mayor has resigned from office today."),
    ],
    TEXT,
)


def passages(sentences):
    return [[TEXT[each.start : each.end] for each in sentence.passages] for sentence in sentences]


def test_points_get_the_passages_of_their_quotations():
    assert [point.passage and TEXT[point.passage.start : point.passage.end] for point in POINTS] == [
        "A bridge over the Ems will be built in 2027",
        "It costs 3 million euros",
        None,
    ]


def test_a_point_without_a_quotation_gets_the_sentence_it_is_most_like():
    (like, unlike) = verified(
        [FoundPoint("In 2027 a bridge over the Ems comes.", ""), FoundPoint("Cows!", "")], TEXT
    )
    assert like.quote == "A bridge over the Ems will be built in 2027."
    assert unlike == Point("Cows!", "")


def test_points_are_looked_for_in_their_part_alone():
    start = TEXT.index("It costs")
    (point,) = verified([FoundPoint("A bridge.", "A bridge over the Ems")], TEXT, start, len(TEXT))
    assert point.passage is None


def test_each_sentence_rests_on_the_points_that_have_its_words():
    summary = "## Plans\n\n- A bridge is planned for 2027.\n- It costs 3 million euros.\n- Cows are green.\n"
    sentences = traced(summary, POINTS, Source(TEXT))
    assert [summary[each.start : each.end] for each in sentences] == [
        "- A bridge is planned for 2027.",
        "- It costs 3 million euros.",
        "- Cows are green.",
    ]
    assert passages(sentences) == [
        ["A bridge over the Ems will be built in 2027"],
        ["It costs 3 million euros"],
        [],
    ]


def test_a_sentence_can_rest_on_several_points():
    (sentence,) = traced("A bridge, planned for 2027, costs 3 million euros.", POINTS, Source(TEXT))
    assert len(sentence.passages) == 2


def test_strangers_stand_with_their_sentence():
    summary = "The bridge costs 3 million euros. The bridge is planned for 2029."
    first, second = traced(summary, POINTS, Source(TEXT))
    assert first.strangers == ()
    assert [summary[each.start : each.end] for each in second.strangers] == ["2029"]


def test_the_rules_and_head_of_a_table_are_no_sentences():
    summary = "| Fact | Value |\n| --- | --- |\n| Costs | 3 million euros |"
    (row,) = traced(summary, POINTS, Source(TEXT))
    assert summary[row.start :] == "| Costs | 3 million euros |"


def test_a_summary_not_made_of_points_borrows_the_sentences_of_the_document():
    points = borrowed("The council met in May. Cows are green. A bridge over the Ems comes in 2027.", TEXT)
    assert [point.quote for point in points] == [
        "The council met in May.",
        "A bridge over the Ems will be built in 2027.",
    ]
    assert points[0].passage == Passage(0, 23)


def test_what_nothing_bears_out_can_be_left_out():
    summary = (
        "## Plans\n\n- A bridge is planned for 2027.\n- Cows are green.\n- It costs 3 million euros. Cows."
    )
    kept = without_unverified(summary, traced(summary, POINTS, Source(TEXT)))
    assert kept == "## Plans\n\n- A bridge is planned for 2027.\n- It costs 3 million euros."
    assert without_unverified("Cows fly.", traced("Cows fly.", POINTS, Source(TEXT))) == ""
