"""Templates and personas as TOML."""

import random
import time
from datetime import date
from decimal import Decimal

import pytest

from chatdesk.domain.generation import Sampling
from chatdesk.domain.template_errors import TemplateInvalid
from chatdesk.domain.templates import (
    DateForm,
    Persona,
    PromptTemplate,
    StartingMessage,
    Variable,
    VariableKind,
)
from chatdesk.tasks.template_text import read_wording
from chatdesk.tasks.template_writing import write_wording

FULL = PromptTemplate(
    "Everything “there is”",
    'Text: {{a}} {{b}} {{c}} {{d}} {{e}} {{f}}\n\n"""q""" \\ back\tslash\n{{g}} {{h}} {{i}} {{j}} {{k}} 名 "',
    "every-thing_1",
    "One sentence.",
    (
        Variable("a", VariableKind.text, "A", "Help.", False, "x", given="is {{a}}", empty="none"),
        Variable("b", VariableKind.long_text, default='two\nlines """'),
        Variable("c", VariableKind.choice, default="y", options=("x", "y", 'z "q"')),
        Variable(
            "d", VariableKind.number, default=Decimal("2.5"), minimum=Decimal(-1), maximum=Decimal(10) ** 15
        ),
        Variable("e", VariableKind.date, default=date(2026, 3, 5), form=DateForm.iso),
        Variable("f", VariableKind.checkbox, default=True, given="yes!", empty="no!"),
        Variable("g", VariableKind.clipboard),
        Variable("h", VariableKind.selection, required=False),
        Variable("i", VariableKind.document),
        Variable("j", VariableKind.language, default="de"),
        Variable("k", VariableKind.today, form=DateForm.weekday),
    ),
)
PERSONA = Persona(
    "Teacher",
    "You teach.\n{{not_a_place}} {% nor code %}",
    "Kind.",
    "/models/one.gguf",
    "",
    Sampling(temperature=0.25, top_k=5, seed=7, stop=("END", "\n\n")),
    False,
    (StartingMessage("user", "Hello."), StartingMessage("assistant", 'Hi.\n"""')),
)
A = 'title = "x"\ntext = "{{a}}"\n[variables.a]\nkind = '
P = 'kind = "persona"\ntitle = "x"\n'
HOSTILE = {
    "": "“title” is missing",
    'title = "x"': "“text” is missing",
    'title = "x"\ntext = """\ncolour = 3"""\n\ncolour = 3': "line 5: unknown key “colour”",
    'title = "x"\ntext = "a"\n[style]\nb = 1': "line 3: unknown key “style”",
    'title = 3\ntext = "a"': "line 1: “title” has to be a text",
    f'title = "{"x" * 201}"\ntext = "a"': "line 1: “title” has more than 200 letters",
    'title = "x"\ntext = "{{a}}"': "line 2: there is no [variables.a] for {{a}}",
    'title = "x"\ntext = "a"\n[variables.b]\nkind = "text"': "line 3: [variables] {{b}} is not in the text",
    f'{A}"nmber"': "line 4: [variables.a] “kind” has to be one of",
    'title = "x"\ntext = "{{a}}"\n[variables.a]\ntitle = "A"': "[variables.a] “kind” is missing",
    f'{A}"text"\noptions = []': "line 5: [variables.a] unknown key “options”",
    f'{A}"choice"': "“options” has to be a list",
    f'{A}"choice"\noptions = ["b", 1]': "line 5: [variables.a] “options”",
    f'{A}"choice"\noptions = ["b", "b"]': "has one twice",
    f'{A}"choice"\noptions = ["b"]\ndefault = "c"': "“default” does not fit",
    f'{A}"number"\ndefault = "3"': "“default” has to be a number",
    f'{A}"number"\ndefault = nan': "“default” has to be a number",
    f'{A}"number"\nminimum = 2\nmaximum = 1': "“minimum” is above",
    f'{A}"number"\nmaximum = 1\ndefault = 2': "“default” does not fit",
    f'{A}"date"\ndefault = 2026-03-05T10:00:00': "“default” has to be a date",
    f'{A}"text"\ngiven = "b"': "“given” has to hold {{a}}",
    f'{A}"text"\ngiven = "{{{{a}}}} {{{{b}}}}"': "“given” has to hold {{a}}",
    f'{A}"text"\nempty = "{{{{a}}}}"': "“empty” cannot hold a place",
    'title = "x"\ntext = "{{a}}"\n[variables]\na = 3': "“a” has to be a table",
    'title = "x"\ntext = "{{a}}"\nvariables = 3': "line 3: “variables” has to be a table",
    'title = "x"\ntext = "{{a}}"\n[variables."a b"]\nkind = "text"': "“a b” is no name",
    'title = "x"\ntext = "{{é}}"\n[variables]\n"é".kind = "text"\n"e\u0301".kind = "text"': "is there twice",
    'title = "x"\ntext = "a"\ncommand = "/x y"': "line 3: “command” can have letters",
    f'title = "x"\ntext = "a"\nfolder = "{"a/" * 9}"': "line 3: a folder can have 8 names",
    'kind = "recipe"\ntitle = "x"': "line 1: “kind” has to be one of: template, persona",
    f'{P}text = "a"': "line 3: unknown key “text”",
    f'{P}preset = "wild"': "line 3: “preset” has to be one of",
    f'{P}preset = "precise"\n[sampling]\n': "it has both “preset” and [sampling]",
    f'{P}[sampling]\ntemperature = 3': "line 4: [sampling] “temperature” has to be from 0 to 2",
    f'{P}[sampling]\ntop_k = 1.5': "line 4: [sampling] “top_k” has to be a whole number",
    f'{P}[[messages]]\nrole = "user"\ntext = "a"\n[[messages]]\nrole = "cook"': "line 7: [messages] “role”",
    f'{P}messages = ["a"]': "“messages” has to be a list of tables",
    'title = "x': "line 1: it is not TOML",
    'title = "x"\ntext = """': "line 2: it is not TOML",
    "a = " + "[" * 50_000: "it is not TOML",
    "a = " + "9" * 5000: "it is not TOML",
    "a = 1e99999999999999999999": "it is not TOML",
    "a" + ".a" * 31 + " = 1": "it has a key of more than 30 parts",
    "PK\x03\x04": "line 1: it is not TOML",
    '{"title": "x"}': "line 1: it is not TOML",
}  # fmt: skip


@pytest.mark.parametrize(
    "what", [FULL, PERSONA, Persona("x"), PromptTemplate("x", "y")], ids=lambda each: each.title
)
def test_what_is_written_reads_back_the_same(what):
    file = read_wording(write_wording(what, "Mail/Work"), "x")
    assert (file.what, file.folder) == (what, "Mail/Work")


@pytest.mark.parametrize("seed", range(30))
def test_any_letters_read_back_the_same(seed):
    dice = random.Random(seed)
    letters = [
        '"',
        '""',
        '"""',
        "\\",
        "\n",
        "\t",
        "'",
        "'''",
        "\x7f",
        "\x01",
        "\r",
        "é",
        "日",
        "𝄞",
        "{{",
        "}}",
        "#",
        "=",
        "[",
        "\u2028",
    ]
    text = "a" + "".join(dice.choices(letters, k=30)) + "a"
    body = "a" + "".join(dice.choices(letters, k=60)) + 'a"' * dice.randint(0, 4)
    body = body.replace("\r\n", "\n")
    what = Persona(" ".join(text.split()), body, messages=(StartingMessage("user", body),))
    assert read_wording(write_wording(what), "x").what == what


@pytest.mark.parametrize(("source", "reason"), HOSTILE.items(), ids=range(len(HOSTILE)))
def test_what_is_wrong_in_a_file_is_named_with_its_place(source, reason):
    with pytest.raises(TemplateInvalid) as caught:
        read_wording(source, "Mail 名.toml")
    assert reason in str(caught.value)
    assert "“Mail 名.toml”" in str(caught.value)


def test_a_lone_surrogate_is_written_as_a_letter_that_says_so():
    assert read_wording(write_wording(PromptTemplate("x", "a\ud800b")), "x").what.text == "a\ufffdb"


def test_line_ends_of_other_systems_are_the_same():
    source = 'title = "x"\r\ntext = """\r\na\r\nb"""\r\n'
    assert read_wording(source, "x").what.text == "a\nb"


def test_parts_that_a_kind_does_not_have_are_not_written():
    switched = Variable("a", VariableKind.checkbox, required=False, options=("x",), form=DateForm.iso)
    what = read_wording(write_wording(PromptTemplate("x", "{{a}}", variables=(switched,))), "x").what
    assert what.variables == (Variable("a", VariableKind.checkbox),)


def test_a_text_may_have_any_number_of_dots():
    dots = "a.b." * 100 + "\nContents " + ". " * 100
    assert read_wording(f'title = "x"\ntext = """\n{dots}9"""', "x").what.text == f"{dots}9"


def test_a_large_hostile_file_is_refused_in_time():
    begun = time.monotonic()
    for source in (
        'title = "x"\ntext = "a"\n' + "".join(f"colour{n} = 1\n" for n in range(20_000)),
        'title = "x"\ntext = "a"\n# colour\n' * 1 + "# colour\n" * 20_000 + "colour = 1",
        "a" + ".a" * 100_000 + " = 1",
        "[" + '"a b" . ' * 100_000 + "a]\n",
        'a = """x\n' + '\\"""' * 100_000,
        "a = '''x\n" + '"\n' * 100_000,
        'title = "x"\ntext = "' + "{{" * 500_000 + '"\ncolour = 1',
    ):
        with pytest.raises(TemplateInvalid):
            read_wording(source, "x")
    assert time.monotonic() - begun < 20
