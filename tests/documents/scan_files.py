"""PDF files as a scanner makes them: pages are drawn, and the drawing is the page."""

import zlib

import pypdfium2

from tests.documents.pdf_files import HEIGHT, WIDTH, document, with_objects


def scan(pages, scale=2, texts=()):
    """Return a PDF whose pages are pictures of these contents; those with a number in `texts` stay text."""
    drawn = pypdfium2.PdfDocument(document(list(pages)))
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 3 * n) for n in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>",
    ]
    for n, content in enumerate(pages):
        bitmap = drawn[n].render(scale=scale, grayscale=True)
        rows = bytes(bitmap.buffer)
        width, height = bitmap.width, bitmap.height
        grey = b"".join(rows[y * bitmap.stride : y * bitmap.stride + width] for y in range(height))
        picture = b"q %d 0 0 %d 0 0 cm /P Do Q" % (WIDTH, HEIGHT)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font 3 0 R/XObject<</P %d 0 R>>>>"
            b"/Contents %d 0 R>>" % (WIDTH, HEIGHT, 6 + 3 * n, 5 + 3 * n),
            _stream(content if n + 1 in texts else picture),
            _stream(
                zlib.compress(grey),
                b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
                b"/Filter/FlateDecode" % (width, height),
            ),
        ]
    drawn.close()
    return with_objects(objects)


def _stream(content, entries=b""):
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)
