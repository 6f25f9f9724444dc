"""Reads and writes files through the modules of formats, and compares what is in them."""

import zipfile
from collections import Counter

from lxml import etree

from chatdesk.documents.rewrite.formats import format_of


def module_of(path):
    return format_of(path).load()


def texts_of(path):
    return [one.text for one in module_of(path).read(path).texts]


def rewritten(path, change, language="de"):
    """Write a file with its texts changed by a function or a dict; return it, and what is simplified."""
    module = module_of(path)
    target = path.with_name(f"{path.stem}.{language}{path.suffix}")
    target.touch()
    say = change.get if isinstance(change, dict) else change
    return target, list(module.write(path, [say(text) for text in texts_of(path)], target, language))


def upper(text):
    return text.upper()


def canonical(path):
    """Return the members of a zip file, XML in its canonical form."""
    with zipfile.ZipFile(path) as archive:
        return {name: _canonical(archive.read(name)) for name in archive.namelist()}


def _canonical(content):
    try:
        return etree.tostring(etree.fromstring(content), method="c14n")
    except etree.XMLSyntaxError:
        return content


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def counted(path, *names):
    """Return how often elements with these local names are in each XML member; all where none are given."""
    counts = {}
    for name, content in members(path).items():
        if content.lstrip().startswith(b"<"):
            tags = Counter(etree.QName(one).localname for one in etree.fromstring(content).iter("*"))
            counts[name] = {tag: count for tag, count in tags.items() if not names or tag in names}
    return counts


def read_again(path):
    """Return the text of a file as the application reads it."""
    from chatdesk.documents.formats import format_of as reader_of

    pieces = reader_of(path).load()(path, "")
    return "\n".join(piece.text for piece in pieces if hasattr(piece, "text"))
