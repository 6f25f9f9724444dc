"""What the standard library raises over a broken zip file."""

import zipfile
import zlib

FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""An encrypted member is a RuntimeError, an unknown method of packing a NotImplementedError."""
