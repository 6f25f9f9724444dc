"""What ChatDesk writes for readers: web pages, Word, OpenDocument, PDF and paper."""
