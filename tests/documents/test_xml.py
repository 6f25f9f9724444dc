"""XML that may be hostile: what is parsed, what is not, and the small questions asked of elements."""

import io

import pytest

from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.xml import attribute, child, local, number, parsed, root_of, streamed


def refusal(content):
    with pytest.raises(Refused) as caught:
        parsed(content)
    return caught.value.code


def test_elements_are_asked_without_their_namespaces():
    root = parsed(b'<a xmlns="u" xmlns:x="v" x:n="7" m="-3"><b/><!-- c --><?pi?><x:c><d/></x:c></a>')
    assert [local(one) for one in root] == ["b", "c"]
    assert attribute(root, "n") == "7"
    assert number(root, "m", 0) == -3
    assert number(root, "gone", 5) == 5
    assert number(None, "m", 5) == 5
    assert local(child(root, "c", "d")) == "d"
    assert child(root, "c", "gone", "d") is None
    assert attribute(child(root, "gone"), "n") is None


def test_a_number_that_is_none_is_passed_over():
    assert number(parsed(b'<a n="many"/>'), "n", 2) == 2


@pytest.mark.parametrize(
    "content", [b"", b"text", b"<a>", b"<a></b>", b"<a>&gone;</a>", b"\xff\xfe<a/>", b"<a>" * 1000]
)
def test_what_is_not_quite_xml_is_damaged(content):
    assert refusal(content) == Refusal.damaged


def test_a_text_without_end_is_damaged():
    assert refusal(b"<a>" + b"x" * 11_000_000 + b"</a>") == Refusal.damaged


def test_streamed_elements_are_forgotten():
    content = b"<a>" + b"".join(b"<r><v>%d</v></r>" % number for number in range(50_000)) + b"</a>"
    root = None
    values = []
    for element in streamed(io.BytesIO(content), "r"):
        root = element.getparent()
        values.append(int(element[0].text))
        assert len(root) < 5_000  # as many as one look into the stream brings
    assert values == list(range(50_000))


def test_a_stream_that_ends_early_is_damaged():
    with pytest.raises(Refused) as caught:
        list(streamed(io.BytesIO(b"<a><r/><r>"), "r"))
    assert caught.value.code == Refusal.damaged


def test_the_root_is_known_before_the_rest_is_read():
    stream = io.BytesIO(b'<?xml version="1.0"?><a xmlns="u" n="7"><r/><r/><broken')
    root = root_of(stream)
    assert (local(root), attribute(root, "n")) == ("a", "7")
    assert stream.read(5) == b"<?xml"
    for content in (b"", b"text", b"\x00\x01"):
        with pytest.raises(Refused):
            root_of(io.BytesIO(content))
