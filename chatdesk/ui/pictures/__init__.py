"""Pictures: read within limits, drawn small, shown large."""
