"""Templates with values put in."""

import random
import time
from datetime import date
from decimal import Decimal

import pytest

from chatdesk.domain.chat import Attachment, DocumentId
from chatdesk.domain.template_errors import TemplateNotFilled
from chatdesk.domain.templates import DateForm, Part, PromptTemplate, Variable, VariableKind
from chatdesk.tasks.template_fill import fill, matched, placeholders, preview

TODAY = date(2026, 3, 5)
REPORT = Attachment(DocumentId("d1"), "report.pdf", 1200)
NOT_OURS = [
    "{{other}}", "{{ other }}", "{{{other}}}", "\\{{other}}", "{{one}}",
    "{% for x in y %}{{ x }}{% endfor %}",
    '"""\nkind = "persona"\n', "[variables.other]", "${other}", "$other", "{other}", "%(other)s", "{0}",
    "\\1",
    "\\g<0>", "{{", "}}", "{{oth", "er}}", "<|im_start|>system",
]  # fmt: skip


def filled(text, *variables, **values):
    return fill(PromptTemplate("Test", text, variables=variables), values, TODAY).text


def problem(text, *variables, **values):
    with pytest.raises(TemplateNotFilled) as caught:
        filled(text, *variables, **values)
    return caught.value.problems[0].sentence


@pytest.mark.parametrize("value", [each for each in NOT_OURS if "\n" not in each])
def test_what_a_value_holds_is_never_filled(value):
    text = filled("{{one}} and {{other}}.", Variable("one"), Variable("other"), one=value, other="SECRET")
    assert text == f"{value} and SECRET."


@pytest.mark.parametrize("seed", range(20))
def test_values_of_any_pieces_stand_in_the_text_as_they_are(seed):
    dice = random.Random(seed)
    pieces = [*NOT_OURS, "word", "𝄞", "日本", "a\n\n\nb", "\u202e", "'", '"']
    kinds = (VariableKind.long_text, VariableKind.clipboard, VariableKind.selection)
    names = [f"v{number}" for number in range(5)]
    values = {name: "x" + "".join(dice.choices(pieces, k=dice.randint(1, 12))) + "x" for name in names}
    variables = [Variable(name, dice.choice(kinds)) for name in names]
    text = "begin " + " | ".join(f"{{{{{name}}}}}" for name in names) + " end"
    assert filled(text, *variables, **values) == "begin " + " | ".join(values.values()) + " end"


def test_a_value_cannot_be_put_together_with_the_words_around_it():
    text = filled("{{{one}}}{{two}}", Variable("one"), Variable("two"), one="{{two}}", two="}}")
    assert text == "{{{two}}}}}"


def test_a_place_with_a_backslash_before_it_is_that_place_itself():
    assert filled(r"Write \{{name}} for {{name}}.", Variable("name"), name="Ada") == "Write {{name}} for Ada."


def test_what_is_no_name_stays_as_it_is():
    words = "{{ user.name }} {{#if x}} {{1}} {{}} {{a b}} {{a}"
    assert placeholders(words) == ()
    assert filled(words) == words


def test_names_can_be_of_any_script_however_their_letters_are_written():
    variables = (Variable("café"), Variable("नाम"), Variable("名前"))
    text = filled("{{cafe\u0301}} {{नाम}} {{ 名前 }}", *variables, café="1", नाम="2", 名前="3")
    assert text == "1 2 3"


def test_a_missing_required_value_is_named_by_its_label():
    assert problem("Hi {{first_name}}", Variable("first_name")) == "“First name” is empty."
    assert problem("Hi {{n}}", Variable("n", title="Name"), n="  \n ") == "“Name” is empty."


def test_all_problems_are_told_at_once():
    variables = (Variable("a"), Variable("b", VariableKind.number))
    with pytest.raises(TemplateNotFilled) as caught:
        filled("{{a}} {{b}}", *variables, b="many", c="x")
    assert [each.variable for each in caught.value.problems] == ["c", "a", "b"]
    assert "“Test” cannot be filled: It has no field “c”; its fields are: a, b." in str(caught.value)


def test_a_preview_shows_what_is_missing_by_its_label():
    template = PromptTemplate("Test", "To {{who}}: {{text}}", variables=(Variable("who"), Variable("text")))
    shown = preview(template, {"who": "Ada"}, TODAY)
    assert shown.text == "To Ada: [Text]"
    assert shown.parts == (Part("To "), Part("Ada", "who"), Part(": "), Part("[Text]", "text"))
    assert [each.variable for each in shown.problems] == ["text"]


def test_a_line_of_places_without_a_value_leaves_no_gap():
    note = Variable("note", required=False, given="Mind: {{note}}")
    text = "Begin.\n\n{{note}}\n\nEnd."
    assert filled(text, note) == "Begin.\n\nEnd."
    assert filled(text, note, note="x") == "Begin.\n\nMind: x\n\nEnd."
    assert filled("{{note}}\n\nEnd.\n{{note}}", note) == "End."


def test_the_space_before_a_place_without_a_value_goes_with_it():
    tone = Variable("tone", required=False)
    assert filled("Write {{tone}}, please {{tone}}", tone) == "Write, please"
    assert filled("Write a {{tone}} mail", tone) == "Write a mail"


def test_blank_lines_of_a_value_stay():
    assert (
        filled("A\n\n{{t}}\n\nB", Variable("t", VariableKind.long_text), t="x\n\n\n\ny")
        == "A\n\nx\n\n\n\ny\n\nB"
    )


def test_a_long_text_keeps_its_indentation_and_loses_blank_lines_around_it():
    code = "\n  \n    if a:\n        b()\n\n"
    assert filled("{{code}}", Variable("code", VariableKind.long_text), code=code) == "    if a:\n        b()"


def test_a_line_of_text_is_one_line():
    assert filled("{{a}}", Variable("a"), a=" one\n two ") == "one two"


def test_an_empty_value_has_words_of_its_own():
    who = Variable("who", required=False, given="for {{who}}", empty="for everybody")
    assert filled("Write {{who}}.", who) == "Write for everybody."
    assert filled("Write {{who}}.", who, who="children") == "Write for children."


def test_a_default_counts_until_the_user_empties_the_field():
    who = Variable("who", required=False, default="children")
    assert filled("For {{who}}.", who) == "For children."
    assert filled("For {{who}}.", who, who="") == "For."


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("3", "3"), ("3.50", "3.5"), ("3,5", "3.5"), ("1 000 000", "1000000"), ("1,000,000.5", "1000000.5"),
        ("1.000.000,5", "1000000.5"), (3, "3"), (0.1, "0.1"), (Decimal("1E+3"), "1000"), ("-0", "0"),
        ("−5", "-5"),
        ("٣", "3"), (1e-7, "0.0000001"),
    ],
)  # fmt: skip
def test_numbers_are_written_with_a_point_and_no_more(value, words):
    assert filled("{{n}}", Variable("n", VariableKind.number), n=value) == words


@pytest.mark.parametrize(
    "value", ["many", "nan", "inf", "1e400", "1e-400", "0x10", "1,000", True, float("inf")]
)
def test_what_is_no_clear_number_is_refused(value):
    assert problem("{{n}}", Variable("n", VariableKind.number), n=value).startswith("“N” ")


def test_numbers_stay_within_their_limits():
    size = Variable("size", VariableKind.number, minimum=Decimal(1), maximum=Decimal("9.5"))
    assert problem("{{size}}", size, size="0.5") == "“Size” has to be at least 1."
    assert problem("{{size}}", size, size=10) == "“Size” can be at most 9.5."


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (DateForm.long, "5 March 2026"),
        (DateForm.weekday, "Thursday, 5 March 2026"),
        (DateForm.iso, "2026-03-05"),
        (DateForm.day_first, "05.03.2026"),
        (DateForm.month_first, "03/05/2026"),
    ],
)
def test_dates_are_written_in_the_form_of_the_variable(form, words):
    assert filled("{{d}}", Variable("d", VariableKind.date, form=form), d="2026-03-05") == words
    assert filled("{{d}}", Variable("d", VariableKind.today, form=form)) == words


def test_today_can_be_another_day():
    assert filled("{{d}}", Variable("d", VariableKind.today), d=date(1999, 12, 31)) == "31 December 1999"
    assert "such as 2026-03-05" in problem("{{d}}", Variable("d", VariableKind.today), d="tomorrow")


def test_a_choice_takes_its_options_only():
    tone = Variable("tone", VariableKind.choice, options=("warm", "Cool"), default="warm")
    assert filled("{{tone}}", tone) == "warm"
    assert filled("{{tone}}", tone, tone="cool") == "Cool"
    assert problem("{{tone}}", tone, tone="hot") == "“Tone” has to be one of: warm, Cool."


def test_a_checkbox_chooses_between_two_wordings():
    box = Variable("box", VariableKind.checkbox, given="Be brief.", empty="Take your time.")
    assert filled("{{box}}", box, box=True) == "Be brief."
    assert filled("{{box}}", box, box="off") == "Take your time."
    assert filled("{{box}}", box) == "Take your time."
    assert filled("Sure: {{box}}", Variable("box", VariableKind.checkbox), box="yes") == "Sure: yes"
    assert problem("{{box}}", box, box="perhaps") == "“Box” has to be yes or no."


def test_a_language_is_told_by_its_english_name():
    language = Variable("to", VariableKind.language)
    assert filled("In {{to}}", language, to="pt-BR") == "In Brazilian Portuguese"
    assert filled("In {{to}}", language, to="Klingon") == "In Klingon"


def test_a_document_goes_along_and_is_named():
    one, two = Variable("one", VariableKind.document), Variable("two", VariableKind.document)
    template = PromptTemplate("Test", "Compare {{one}} with {{two}}.", variables=(one, two))
    made = fill(template, {"one": REPORT, "two": REPORT}, TODAY)
    assert made.draft.text == "Compare “report.pdf” with “report.pdf”."
    assert made.draft.attachments == (REPORT,)
    assert problem("Read: {{one}}", one, one="its text") == "“One” has to be a document."
    assert problem("{{a}}", Variable("a"), a=REPORT) == "“A” cannot be a document."


def test_zero_bytes_do_not_reach_the_message():
    assert filled("{{a}}", Variable("a"), a="a\0b") == "ab"


def test_places_get_variables_and_variables_without_a_place_go():
    template = PromptTemplate("Test", "{{a}} {{b}}", variables=(Variable("c"), Variable("b", title="Bee")))
    assert matched(template).variables == (Variable("b", title="Bee"), Variable("a"))


def test_large_values_are_put_in_at_once():
    begun = time.monotonic()
    large = "{{other}} and {{one}}\n" * 50_000
    one = Variable("one", VariableKind.long_text)
    text = filled("{{one}}\n{{other}}", one, Variable("other"), one=large, other="z")
    assert text == f"{large.rstrip()}\nz"
    filled("{{one}} " * 20_000, one, one="x")
    assert time.monotonic() - begun < 5
