"""Markdown files with other texts: every other letter of the source stays, and so does what they mean."""

import contextlib
import time

import pytest
from markdown_it import MarkdownIt

from tests.documents.rewrite.files import read_again, rewritten, texts_of, upper

SOURCE = """\
---
title: "Our page"
description: All about us  # for search
date: 2024-01-01
layout: post
---

# Annual *report* #

Sales grew **very _fast_** in
2024, as [we said](a.html "Title") before,\\
see <https://example.org> and ![A quiet lake](lake.png).

Set `x = "a"` or press <kbd>Ctrl</kbd>, 2 \\* 3 &amp; <b>more</b>[^1].

Underlined title
================

* One point
  that goes on
* [ ] A task
    1. Deep
       > Quoted **words**
       > over lines

```python
print("not this")
```

    nor this

<div class="x">
nor that
</div>

| Name | What it *is* |
|:-----|-----:|
| `a\\|b` | First \\| second |
| 12 | [link][ref] |

See [the guide] and [Other words][], or [a *third*][ref].
[![Build state](b.png)](https://ci)

> [!NOTE]
> A note to all.

:::tip
Some advice
:::

Hard  \nbreak

[the guide]: https://example.org/guide "Guide"
[other words]: /other
[ref]: <x y>
[^1]: A note at the foot.
[^2]: Word

---
<!-- a comment -->
"""
TEXTS = [
    "Our page",
    "All about us",
    "Annual ⟦1⟧report⟦/1⟧",
    "Sales grew ⟦1⟧very ⟦2⟧fast⟦/2⟧⟦/1⟧ in 2024, as ⟦3⟧we said⟦/3⟧ before,⟦4/⟧see ⟦5/⟧ and ⟦6/⟧.",
    "A quiet lake",
    "Set ⟦1/⟧ or press ⟦2/⟧, 2 * 3 & ⟦3⟧more⟦/3⟧⟦4/⟧.",
    "Underlined title",
    "One point that goes on",
    "A task",
    "Deep",
    "Quoted ⟦1⟧words⟦/1⟧ over lines",
    "Name",
    "What it ⟦1⟧is⟦/1⟧",
    "First | second",
    "link",
    "See ⟦1⟧the guide⟦/1⟧ and ⟦2⟧Other words⟦/2⟧, or ⟦3⟧a ⟦4⟧third⟦/4⟧⟦/3⟧.",
    "Build state",
    "A note to all.",
    "Some advice",
    "Hard⟦1/⟧break",
    "A note at the foot.",
    "Word",
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.md"

    def file(text, encoding="utf-8"):
        path.write_bytes(text.encode(encoding))
        return path

    return file


def kinds(text):
    """Return what a Markdown text is made of, without its words."""
    found = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        found.append(token.type)
        for one in token.children or []:
            if one.type in ("text", "softbreak", "text_special"):
                continue
            found.append((one.type, one.attrs.get("href"), one.attrs.get("src"), one.markup))
    return found


def test_texts_come_in_reading_order_with_marks(file):
    assert texts_of(file(SOURCE)) == TEXTS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_same_texts_give_the_same_bytes(file, end):
    path = file("\ufeff" + SOURCE.replace("\n", end))
    target, simplified = rewritten(path, lambda text: text)
    assert (target.read_bytes(), simplified) == (path.read_bytes(), [])


def test_other_texts_leave_every_other_letter_of_the_source(file):
    target, simplified = rewritten(file(SOURCE.replace("\n", "\r\n")), upper)
    assert not simplified
    expected = SOURCE
    for old, new in [
        ("Our page", "OUR PAGE"), ("All about us", "ALL ABOUT US"), ("Annual *report*", "ANNUAL *REPORT*"),
        (
            "Sales grew **very _fast_** in\n2024, as [we said](a.html \"Title\") before,",
            "SALES GREW **VERY _FAST_** IN 2024, AS [WE\nSAID](a.html \"Title\") BEFORE,",
        ),
        ("see <https", "SEE <https"), ("> and ![A quiet lake]", "> AND ![A QUIET LAKE]"),
        ("Set `x", "SET `x"), ("or press", "OR PRESS"), ("2 \\* 3 &amp;", "2 * 3 &"), (">more<", ">MORE<"),
        ("Underlined title", "UNDERLINED TITLE"), ("One point\n  that goes on", "ONE POINT THAT GOES ON"),
        ("A task", "A TASK"), ("Deep", "DEEP"),
        ("Quoted **words**\n       > over lines", "QUOTED **WORDS** OVER LINES"), ("Name", "NAME"),
        ("What it *is*", "WHAT IT *IS*"), ("First \\| second", "FIRST \\| SECOND"), ("[link]", "[LINK]"),
        ("See [the guide] and [Other words][], or [a *third*]",
         "SEE [THE GUIDE][the guide] AND [OTHER\nWORDS][Other words], OR [A *THIRD*]"),
        ("Build state", "BUILD STATE"), ("A note to all.", "A NOTE TO ALL."), ("Some advice", "SOME ADVICE"),
        ("Hard", "HARD"), ("break\n", "BREAK\n"),
        ("A note at the foot.", "A NOTE AT THE FOOT."), ("Word\n", "WORD\n"),
    ]:  # fmt: skip
        assert old in expected, old
        expected = expected.replace(old, new)
    assert target.read_bytes().decode() == expected.replace("\n", "\r\n")
    assert kinds(target.read_text()) == kinds(SOURCE)
    assert texts_of(target) == [text.upper() for text in TEXTS]
    assert "ANNUAL" in read_again(target)


PARAGRAPHS = [
    "Say it.",
    "# Say it",
    "> - Say it\n>   now",
    "Say it\n---",
    "| Say it |\n|---|\n| x |",
    "[Say it](x)",
]


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
@pytest.mark.parametrize(
    "text",
    [
        "1. first", "# no heading", "- no point", "+ no", "* no *", "> no", "*no* **no** _no_ __no__",
        "[no](yes)", "[no]: yes", "`no", "a `b` c", "<b>no</b>", "<!-- no -->", "1 < 2 > 1",
        "&amp; &no; & so", "a | b", "---", "===", "***", "``` no", "~~~", "~~no~~", "snake_case_word",
        "_under", "back\\slash \\* end\\", "no #", "no ##", "![no](x)", "[[no]]", "no]", "[no",
        "<https://example.org>", "a  b", "| no |", ": no", "12) no", "C:\\x", "!", "[^1]", "[^1]: no",
        "2*3*4", "_", "__init__", "$5 and $6", "a*", "*a", "5\\. x", "==no==", "<", "\\",
    ],
)  # fmt: skip
def test_signs_in_a_translation_mean_nothing(file, paragraph, text):
    path = file(f"Before.\n\n{paragraph}\n\nAfter.\n\n[^1]: Note of it\n")
    target, simplified = rewritten(path, lambda old: text if old.startswith("Say it") else None)
    assert not simplified
    assert kinds(target.read_text()) == kinds(path.read_text())
    assert " ".join(text.split()) in texts_of(target) or not any(map(str.isalpha, text))


@pytest.mark.parametrize(
    ("source", "text", "written"),
    [
        ("a *b* c", "x⟦1⟧y⟦/1⟧z", "x*y*z"),
        ("a _b_ c", "x⟦1⟧y⟦/1⟧z", "x*y*z"),
        ("a **b** c", "x ⟦1⟧ y ⟦/1⟧ z", "x  **y**  z"),
        ("a **b** c", "你⟦1⟧好。⟦/1⟧再", "你<strong>好。</strong>再"),
        ("a *b* **c**", "⟦1⟧x⟦/1⟧⟦2⟧y⟦/2⟧", "<em>x</em>**y**"),
        ("a ~~b~~ c", "⟦1⟧x.⟦/1⟧y", "<del>x.</del>y"),
        ("Hey [b](c)", "Hallo!⟦1⟧x⟦/1⟧", "Hallo\\![x](c)"),
        ("a [b](c)", "⟦1⟧x] [y⟦/1⟧", "[x\\] \\[y](c)"),
        ("a `b` c", "⟦1/⟧ y", "`b` y"),
        ("a `b` c `d`", "⟦2/⟧⟦1/⟧ y", "`d` `b` y"),
    ],
)
def test_formatting_stays_formatting_where_it_stands_now(file, source, text, written):
    path = file(source)
    assert len(texts_of(path)) == 1
    target, simplified = rewritten(path, lambda _: text)
    assert not simplified
    assert target.read_text().replace("  ", " ") == written.replace("  ", " ")
    html = MarkdownIt("commonmark").enable("strikethrough").render(target.read_text())
    assert html.count("<em>") + html.count("<strong>") + html.count("<del>") + html.count(
        "<s>"
    ) == text.count("⟦/") - html.count("<a ")


def test_marks_that_do_not_fit_are_told_and_code_and_pictures_stay(file):
    target, simplified = rewritten(
        file("Set `x` in *this* ![lake](l.png) now"), {"Set ⟦1/⟧ in ⟦2⟧this⟦/2⟧ ⟦3/⟧ now": "Jetzt"}
    )
    assert simplified == [0]
    assert target.read_text() == "Jetzt `x`![lake](l.png)"


def test_lines_are_broken_again_without_beginning_a_list(file):
    path = file(
        "> The words of this paragraph are\n> broken into lines of some length, and there are\n> three.\n"
    )
    text = "Die Wörter dieses Absatzes sind 1. lang - und + kurz # oder > nicht, 2. breit * hoch = tief " * 3
    target, _ = rewritten(path, lambda _: text)
    lines = target.read_text().rstrip().split("\n")
    assert len(lines) > 4
    assert all(line.startswith("> ") and len(line) < 70 for line in lines)
    assert kinds(target.read_text()) == kinds(path.read_text())
    assert texts_of(target) == [text.strip()]


@pytest.mark.parametrize(
    ("value", "new", "written"),
    [
        ("Our page", "Seite: neu", '"Seite: neu"'), ("Our page", "Ja", "Ja"), ("Our page", "yes", '"yes"'),
        ("'It''s ours'", "It's mine", "'It''s mine'"), ('"Our \\"page\\""', 'a "b" \\', '"a \\"b\\" \\\\"'),
    ],
)  # fmt: skip
def test_titles_before_the_text_are_quoted_where_they_have_to_be(file, value, new, written):
    path = file(f"---\ntitle: {value}\nname: x\n---\n\n12\n")
    assert len(texts_of(path)) == 1
    target, _ = rewritten(path, lambda _: new)
    assert target.read_text() == f"---\ntitle: {written}\nname: x\n---\n\n12\n"


def test_lines_of_dialects_stay_where_they_are(file):
    source = '!!! note "Hint"\n    Good day\n\nTerm\n: What it means\n\n$$\nx = y\n$$\n\n{% raw %}\n'
    source += "Words {{ a.b }} here {#x}\n"
    path = file(source)
    assert texts_of(path) == ["Good day", "Term", "What it means", "Words ⟦1/⟧ here"]
    target, _ = rewritten(path, upper)
    expected = source.replace("Good day", "GOOD DAY").replace("Term", "TERM").replace("What it", "WHAT IT")
    assert target.read_text() == expected.replace("means", "MEANS").replace("Words", "WORDS").replace(
        "here", "HERE"
    )


@pytest.mark.parametrize(
    "source",
    [
        "", "\n", "*", "**", "[", "[a", "[a](", "![", "`", "``a`", "<", "<b", "</b>", "a<b>c", "|a|\n|-|",
        "---\n", "---", "---\ntitle: x\n", "> ", "- \n- ", "1.", "#", "# #", "a\n=", "```\nx", "[x]: ",
        "[^1]:", "\\", "a\\\nb", "a  \nb", "*a **b* c**", "***a** b*", "~~a~b~~~", "a\tb\n\tc",
        "-\ta\n\n\tb", ">a\nb\n>c", "\u3000a\u3000\nb\xa0\n", "&#0; &lt;", "⟦1⟧ ⟦a⟧", "$$", "$$\na",
        "<b>a *c</b> d*", "a\x0bb\x0cc\u2028d" + " word" * 300,
    ],
)  # fmt: skip
def test_torn_files_are_read_and_stay(file, source):
    path = file(source)
    texts = texts_of(path)
    assert rewritten(path, lambda text: text)[0].read_bytes() == path.read_bytes()
    target, simplified = rewritten(path, lambda text: f"{text} plus")
    assert not simplified
    assert target.read_text().count("plus") == len(texts)


@pytest.mark.parametrize(
    "source",
    [
        "[" * 20_000, "*a " * 10_000, "*a " * 5_000 + "b* " * 5_000, ">" * 5_000 + "a", "- " * 2_000 + "a",
        "`" * 20_000, "<b>" * 5_000 + "a" + "</b>" * 5_000, "[a](" * 5_000, "![" * 5_000 + "a",
        "| a " * 20_000, "_*" * 10_000, "$a " * 10_000, "{{" * 10_000, "a\n" * 20_000, "[^a" * 10_000,
        "---\n" + "title: a\n" * 5_000,
    ],
    ids=lambda source: source[:8],
)  # fmt: skip
def test_files_made_to_take_long_are_read_or_refused_in_time(file, source):
    start = time.monotonic()
    path = file(source)
    with contextlib.suppress(RecursionError):  # which the process tells as a damaged file
        rewritten(path, lambda text: f"{text} plus")
    assert time.monotonic() - start < 20  # 3 s on a machine that does nothing else
