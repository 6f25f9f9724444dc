"""Recognised pages in a real database."""

from chatdesk.domain.recognition import RecognisedPage, TextLine
from chatdesk.storage.recognised import RecognisedStore

PAGE = RecognisedPage(2, "Größe\nzwei", (TextLine("Größe", 0.1, 0.2, 0.3, 0.04),))


def test_pages_are_found_by_their_file(database):
    store = RecognisedStore(database)
    store.keep("one", PAGE)
    store.keep("one", RecognisedPage(3, ""))
    store.keep("two", RecognisedPage(2, "other"))
    assert store.pages("one") == {2: PAGE, 3: RecognisedPage(3, "")}
    assert store.pages("three") == {}


def test_a_page_takes_the_place_of_the_one_before(database):
    store = RecognisedStore(database)
    store.keep("one", PAGE)
    store.keep("one", RecognisedPage(2, "half \ud800 letter\0"))
    (page,) = store.pages("one").values()
    assert page.text.startswith("half")
    assert page.lines == ()
