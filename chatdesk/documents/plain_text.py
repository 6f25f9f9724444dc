"""Plain text and source code."""
from pathlib import Path
from chatdesk.documents.parts import Part
from chatdesk.domain.documents import UnitKind
def read(path: Path, password: str):
    yield Part(UnitKind.whole, "", path.read_text())
