"""A chat as a file for readers: the branch that is shown, laid out as Markdown, HTML, Word, ODT or PDF."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from chatdesk.domain.chat import Attachment, DocumentId, Message, Role
from chatdesk.domain.chat_archive import ArchivedChat
from chatdesk.domain.words import tr
from chatdesk.ui.export.docx import WordDocument
from chatdesk.ui.export.html import html_of, is_right_to_left, page
from chatdesk.ui.export.paper import laid_out
from chatdesk.ui.models.numbers import date_words
from chatdesk.ui.transcript.markdown import clean

Pictures = Mapping[DocumentId, bytes]

_STYLE = """
:root { color-scheme: light dark; --soft: #f3f4f6; --edge: #d1d5db; --grey: #6b7280; }
@media (prefers-color-scheme: dark) { :root { --soft: #26282c; --edge: #44474d; --grey: #9ca3af; } }
body { font-family: system-ui, sans-serif; line-height: 1.55; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; margin-bottom: .2rem; }
.when, .files, .about { color: var(--grey); font-size: .875rem; }
.who { font-weight: 600; margin: 2rem 0 .4rem; }
.who .when { font-weight: 400; }
.user { background: var(--soft); border-radius: 12px; padding: .1rem 1rem; }
pre { background: var(--soft); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto; }
code { font-family: ui-monospace, Consolas, monospace; font-size: .9em; }
blockquote { color: var(--grey); border-left: 3px solid var(--edge); margin-left: 0; padding-left: 1rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
td, th { border: 1px solid var(--edge); padding: .3rem .6rem; }
img { max-width: 100%; border-radius: 8px; }
"""
# What Qt's text documents understand of it.
_PAPER_STYLE = """
h1 { font-size: 18pt; } h2 { font-size: 15pt; } h3 { font-size: 13pt; } h4, h5, h6 { font-size: 11pt; }
.when, .files, .about { color: #666666; font-size: 9pt; }
.user { background-color: #f3f4f6; }
.who { margin-top: 18px; margin-bottom: 2px; }
pre { background-color: #f3f4f6; white-space: pre-wrap; font-family: monospace; font-size: 9pt; }
code { font-family: monospace; }
td, th { padding: 4px; }
a { color: #1a56c4; }
blockquote { color: #555555; }
blockquote p { -qt-block-indent: 1; }
"""
_RIGHT_TO_LEFT = ' dir="rtl"'
_RIGHT_ON_PAPER = f'{_RIGHT_TO_LEFT} align="right"'  # which OpenDocument wants, too
_TITLE_POINTS, _WHO_POINTS, _SMALL_POINTS = 18, 12, 9
_WIDEST_PICTURE = 420  # pixels on paper


@dataclass(frozen=True, slots=True)
class PageWishes:
    """What readers are given besides questions and answers."""

    thoughts: bool = False  # what the model thought before an answer


class Pages:
    """The ChatPages of the ports, for one kind of files. As safe from other threads as what lays out."""

    def __init__(
        self, kind: str, wishes: PageWishes, lay_out: Callable[[str, str, str], bytes] = laid_out
    ) -> None:
        """`kind` is one of FORMATS; `lay_out` takes HTML, kind and title, as `laid_out` does."""
        self._kind = kind
        self._wishes = wishes
        self._lay_out = lay_out
        self._write: Callable[[ArchivedChat, Pictures], bytes] = {
            "md": self._markdown,
            "html": self._web_page,
            "docx": self._word,
            "odt": self._laid_out,
            "pdf": self._laid_out,
        }[kind]

    def __call__(self, chat: ArchivedChat, pictures: Pictures) -> bytes:
        """Return the file of the branch that is shown."""
        return self._write(chat, pictures)

    def _markdown(self, chat: ArchivedChat, _: Pictures) -> bytes:
        return markdown_of(chat, self._wishes).encode("utf-8", "replace")

    def _web_page(self, chat: ArchivedChat, pictures: Pictures) -> bytes:
        body = _body(chat, pictures, self._wishes)
        return page(title_of(chat), body, _STYLE).encode("utf-8", "replace")

    def _laid_out(self, chat: ArchivedChat, pictures: Pictures) -> bytes:
        return self._lay_out(paper_html(chat, pictures, self._wishes), self._kind, title_of(chat))

    def _word(self, chat: ArchivedChat, pictures: Pictures) -> bytes:
        return _word_of(chat, pictures, self._wishes)


def title_of(chat: ArchivedChat) -> str:
    return chat.conversation.title or tr("Chat")


def markdown_of(chat: ArchivedChat, wishes: PageWishes) -> str:
    """Return the branch that is shown as Markdown."""
    parts = [f"# {title_of(chat)}", f"*{_about(chat)}*"]
    if chat.conversation.system:
        parts.append(_quoted(f"**{tr('System prompt')}**\n\n{chat.conversation.system}"))
    for message in chat.branch:
        parts.append(f"## {_who(message)} · {_when(message.created)}")
        if wishes.thoughts and message.thinking:
            parts.append(_quoted(f"*{tr('Thoughts')}*\n\n{message.thinking}"))
        parts.append(message.text.strip())
        parts += [f"*{line}*" for line in _notes(message)]
    return "\n\n".join(filter(None, parts)) + "\n"


def paper_html(chat: ArchivedChat, pictures: Pictures, wishes: PageWishes) -> str:
    """Return the branch that is shown as HTML for Qt's text documents."""
    return page(title_of(chat), _body(chat, pictures, wishes, on_paper=True), _PAPER_STYLE)


def _body(chat: ArchivedChat, pictures: Pictures, wishes: PageWishes, on_paper: bool = False) -> str:
    parts = [f'<h1>{escape(title_of(chat))}</h1><p class="about">{escape(_about(chat))}</p>']
    if chat.conversation.system:
        heading = f"<b>{tr('System prompt')}</b>"
        system = chat.conversation.system
        parts.append(f'<p class="who">{heading}</p><p{_direction(system, on_paper)}>{_lines(system)}</p>')
    for message in chat.branch:
        who = f"<b>{escape(_who(message))}</b>" if on_paper else escape(_who(message))
        when = f'<span class="when">· {escape(_when(message.created))}</span>'
        parts.append(f'<p class="who">{who} {when}</p>')
        if wishes.thoughts and message.thinking:
            thoughts = html_of(message.thinking)
            parts.append(f'<p class="about">{tr("Thoughts")}</p>')
            parts.append(f"<blockquote>{_for_paper(thoughts) if on_paper else thoughts}</blockquote>")
        if message.role is Role.user:
            parts.append(_question(message, on_paper))
        else:
            answer = html_of(message.text.strip())
            parts.append(_for_paper(answer) if on_paper else answer)
        for each in message.attachments:
            if each.document in pictures:
                parts.append(_picture(each, pictures[each.document]))
        parts += [f'<p class="files">{escape(line)}</p>' for line in _notes(message)]
    return "\n".join(parts)


def _question(message: Message, on_paper: bool) -> str:
    """Return a question as it was typed; on paper a table is what has a ground with room around the text."""
    text = _lines(message.text.strip())
    if not text:
        return ""
    side = _direction(message.text, on_paper)
    if on_paper:
        return (
            '<table width="100%" cellpadding="8" cellspacing="0" border="0">'
            f'<tr><td bgcolor="#f3f4f6"{side}>{text}</td></tr></table>'
        )
    return f'<div class="user"><p{side}>{text}</p></div>'


def _for_paper(html: str) -> str:
    """Return HTML with what Qt's text documents take from attributes alone."""
    look = 'border="1" cellspacing="0" cellpadding="4" style="border-collapse: collapse; margin-top: 8px"'
    html = html.replace("<table>", f"<table {look}>")
    html = html.replace(_RIGHT_TO_LEFT, _RIGHT_ON_PAPER)
    return html.replace("\n</code></pre>", "</code></pre>")


def _direction(text: str, on_paper: bool) -> str:
    """Return the attributes of a paragraph with `text`."""
    if not is_right_to_left(text):
        return ""
    return _RIGHT_ON_PAPER if on_paper else _RIGHT_TO_LEFT


def _picture(attachment: Attachment, data: bytes) -> str:
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    width, height = attachment.size or (0, 0)
    shown = min(width, _WIDEST_PICTURE)
    high = round(height * shown / max(1, width))
    address = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
    name = escape(attachment.name, quote=True)
    return f'<p><img alt="{name}" width="{shown}" height="{high}" src="{address}"></p>'


def _word_of(chat: ArchivedChat, pictures: Pictures, wishes: PageWishes) -> bytes:
    document = WordDocument()
    document.heading(title_of(chat), _TITLE_POINTS)
    document.text(_about(chat), _SMALL_POINTS, grey=True)
    if chat.conversation.system:
        document.heading(tr("System prompt"), _WHO_POINTS)
        document.text(chat.conversation.system, italic=True)
    for message in chat.branch:
        document.heading(f"{_who(message)} · {_when(message.created)}", _WHO_POINTS)
        if wishes.thoughts and message.thinking:
            document.text(tr("Thoughts"), _SMALL_POINTS, grey=True)
            document.markdown(_quoted(message.thinking))
        if message.role is Role.user:
            document.text(message.text.strip())
        else:
            document.markdown(message.text.strip())
        for each in message.attachments:
            if each.document in pictures and each.size:
                document.picture(pictures[each.document], each.name, *each.size)
        for line in _notes(message):
            document.text(line, _SMALL_POINTS, grey=True)
    return document.data()


def _about(chat: ArchivedChat) -> str:
    return tr("Chat of {date}").format(date=date_words(chat.conversation.created))


def _who(message: Message) -> str:
    if message.role is Role.user:
        return tr("You")
    return message.model or tr("Answer")


def _when(moment: datetime) -> str:
    return f"{date_words(moment)}, {moment.astimezone():%H:%M}"


def _notes(message: Message) -> list[str]:
    """Return what stands below a message: what it brought along, what it rests on, how it ended."""
    notes = [
        tr("Attached: {name} ({length})").format(name=a.name, length=a.length) for a in message.attachments
    ]
    places = dict.fromkeys(
        tr("{name}, {place}").format(name=source.name, place=source.label) if source.label else source.name
        for source in message.sources
    )
    if places:
        notes.append(tr("From: {places}").format(places="; ".join(places)))
    if message.error:
        notes.append(message.error)
    return notes


def _lines(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
