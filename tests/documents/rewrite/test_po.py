"""PO files: what has no translation gets one, marked as fuzzy; all the rest stays."""

import gettext

import pytest

from chatdesk.documents.parts import Refused
from chatdesk.documents.rewrite.po_entries import entries
from chatdesk.documents.rewrite.po_plurals import _HEADERS, plurals_of
from tests.documents.rewrite.files import rewritten, texts_of

SOURCE = r"""# A catalogue.
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: x\n"
"Language: \n"
"Content-Type: text/plain; charset=CHARSET\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\n"

# a comment
#. for translators
#: a.c:1
#, c-format
msgid "Hello, %s"
msgstr ""

msgctxt "menu"
msgid "Open"
msgstr "Öffnen"

#: a.c:9
#| msgid "old"
msgctxt "door"
msgid "Open\tit"
msgstr ""

msgid "%d file"
msgid_plural "%d files"
msgstr[0] ""
msgstr[1] ""

msgid ""
"A long text that stands in <b>several</b> lines\n"
"and ends with one.\n"
msgstr ""

#~ msgid "gone"
#~ msgstr ""
"""
TEXTS = [
    "Hello, %s",
    "Open\tit",
    "%d file",
    "%d files",
    "A long text that stands in ⟦1⟧several⟦/1⟧ lines\nand ends with one.",
]
GERMAN = {
    "Hello, %s": 'Hallo, "%s"',
    "%d file": "%d Datei",
    "%d files": "%d Dateien",
    TEXTS[4]: "Ein langer Text, der in ⟦1⟧mehreren⟦/1⟧ Zeilen steht\nund mit einer endet.",
}


@pytest.fixture
def file(tmp_path):
    def file(text, name="a.po", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return file


def said(path):
    """Return the translations of a file by what they translate."""
    found = {}
    for entry in entries(path.read_text()):
        translations = {name: part.text for name, part in entry.translations.items()}
        found[entry.parts["msgid"].text] = translations
    return found


def test_what_has_no_translation_is_a_text(file):
    assert texts_of(file(SOURCE)) == TEXTS


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_without_translations_the_bytes_are_the_same(file, end):
    path = file("\ufeff" + SOURCE.replace("\n", end))
    target, simplified = rewritten(path, lambda text: text)
    assert (target.read_bytes(), simplified) == (path.read_bytes(), [])


def test_translations_are_written_and_marked(file):
    target, simplified = rewritten(file(SOURCE, "a.pot"), GERMAN, "de")
    assert not simplified
    expected = SOURCE.replace("Language: ", "Language: de").replace("CHARSET", "UTF-8")
    for old, new in [
        ("nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=(n != 1);"),
        ("#, c-format", "#, fuzzy, c-format"),
        ('"Hello, %s"\nmsgstr ""', '"Hello, %s"\nmsgstr "Hallo, \\"%s\\""'),
        ('msgid "%d file"', '#, fuzzy\nmsgid "%d file"'),
        ('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "%d Datei"\nmsgstr[1] "%d Dateien"'),
        ('msgid ""\n"A long', '#, fuzzy\nmsgid ""\n"A long'),
        (
            'with one.\\n"\nmsgstr ""',
            'with one.\\n"\nmsgstr ""\n"Ein langer Text, der in <b>mehreren</b> Zeilen steht\\n"\n'
            '"und mit einer endet.\\n"',
        ),
    ]:
        assert old in expected
        expected = expected.replace(old, new)
    assert target.read_text() == expected
    assert texts_of(target) == ["Open\tit"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ja", ["viele"]), ("de", ["eins", "viele"]), ("pl", ["eins", "viele", "viele"]),
        ("ar", ["viele", "eins", *["viele"] * 4]), ("pt-BR", ["eins", "viele"]), ("xx", ["eins", "viele"]),
    ],
)  # fmt: skip
def test_each_language_has_its_plural_forms(file, language, forms):
    target, _ = rewritten(file(SOURCE), {"%d file": "eins", "%d files": "viele"}, language)
    assert list(said(target)["%d file"].values()) == forms
    assert f"Language: {language.replace('-', '_')}\\n" in target.read_text()


def test_one_form_that_is_the_same_in_both_languages_is_written(file):
    target, _ = rewritten(file(SOURCE), {"%d files": "%d Files"})
    assert said(target)["%d file"] == {"msgstr[0]": "%d file", "msgstr[1]": "%d Files"}


@pytest.mark.parametrize("language", _HEADERS)
def test_the_forms_are_as_many_as_their_formula_tells(language):
    plurals = plurals_of(language)
    form = gettext.c2py(plurals.header.partition(" plural=")[2].rstrip(";"))
    assert {form(number) for number in range(1_001)} == set(range(plurals.count))
    assert plurals.count == 1 or form(1) == plurals.of_one


def test_a_file_without_a_header_gets_one(file):
    target, _ = rewritten(file('msgid "Good day"\nmsgstr ""\n'), {"Good day": "Guten Tag"})
    assert target.read_text() == (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Language: de\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        '#, fuzzy\nmsgid "Good day"\nmsgstr "Guten Tag"\n'
    )  # fmt: skip


def test_the_encoding_is_kept_as_long_as_it_has_all_letters(file):
    source = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-2\\n"\n\nmsgid "łąka"\nmsgstr ""\n'
    path = file(source, encoding="iso8859-2")
    assert texts_of(path) == ["łąka"]
    target, _ = rewritten(path, {"łąka": "Wiesenblümchen"})
    assert "Wiesenblümchen".encode("iso8859-2") in target.read_bytes()
    target, _ = rewritten(path, {"łąka": "草地"}, "zh")
    assert "charset=UTF-8" in target.read_text("utf-8")
    assert said(target)["łąka"] == {"msgstr": "草地"}


def test_long_texts_stand_in_one_line_where_the_source_has_one(file):
    long = "Word " * 40 + "end"
    target, _ = rewritten(
        file(f'msgid "{long}"\nmsgstr ""\n\nmsgid "short"\nmsgstr ""\n'), lambda _: long + "e"
    )
    text = target.read_text()
    assert f'msgstr "{long}e"' in text
    assert text.endswith('Word Word Word "\n"Word Word Word Word Word Word Word Word Word Word ende"\n')


@pytest.mark.parametrize(
    "source",
    [
        "", "\n", 'msgid "a b"', 'msgid "Good', 'msgid "Good day"\nmsgstr', 'msgid "Good day"\nmsgstr "x',
        'msgid "Good day"\nmsgid "Good night"\nmsgstr ""', 'msgstr ""\n"x y"', '"x y"\n', 'msgid "x\\',
        'msgid "Good day"\nmsgid_plural "days"\nmsgstr[0] ""\nmsgstr[', "# only a comment\n",
        'msgid "Good day"\nnonsense\nmsgstr ""\n\nmsgid "x y"\nmsgstr ""',
        'msgid "a \\400 \\xff \\q z"\nmsgstr ""\n',
    ],
)  # fmt: skip
def test_torn_files_are_read_and_stay_or_are_refused(file, source):
    path = file(source)
    try:
        texts = texts_of(path)
    except Refused:
        return
    assert rewritten(path, lambda text: text)[0].read_bytes() == path.read_bytes()
    target, _ = rewritten(path, lambda text: f"{text} plus")
    assert target.read_text().count("plus") == len(texts)


def test_what_is_no_catalogue_is_refused(file):
    with pytest.raises(Refused):
        texts_of(file("Dear Sir,\nhello.\n"))
