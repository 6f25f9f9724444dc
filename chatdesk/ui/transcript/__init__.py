"""Show a conversation: Markdown answers, bubbles, code and tables in one windowed column."""
