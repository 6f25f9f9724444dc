"""Show and ask: the only room that knows Qt."""

import builtins
import linecache

import PySide6.QtCore  # noqa: F401

# PySide reads the source of each module that is imported after it, to look for a `__feature__` that nothing
# here uses, and keeps all of them: 6 MB. The import that it put aside goes without.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
linecache.clearcache()
