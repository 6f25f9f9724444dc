"""A store filled at random: every field of chats, folders, drafts and attachments is used."""

import hashlib
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chatdesk.domain.chat import (
    Attachment,
    ContextNote,
    Conversation,
    Draft,
    Folder,
    Message,
    MessageState,
    Role,
    Source,
)
from chatdesk.domain.chat_archive import ArchivedChat, ArchivedPicture
from chatdesk.domain.documents import Document, NoteKind, ReadingNote, Unit, UnitKind
from chatdesk.domain.generation import AnswerFacts, Sampling, StopReason
from chatdesk.domain.pictures import Picture

WORDS = (
    "harbour", "naïve", "日本語", "ภาษาไทย", "🙂‍↕️", '"quoted"', "back\\slash", "line\nbreak", "\ttab",
    "{}[],:", "<script>", "العربية", "\u2028", "null", "",
)  # fmt: skip
BEGIN = datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)


class RandomChats:
    """Makes the same values for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self, most=12):
        return " ".join(self.random.choices(WORDS, k=self.random.randint(0, most)))

    def moment(self):
        return BEGIN + timedelta(microseconds=self.random.randint(0, 10**15))

    def maybe(self, value):
        return value if self.random.random() < 0.5 else None

    def document(self, chats):
        text = f"{self.random.random()} {self.text(60)} end"
        units = (Unit(UnitKind.page, 1, "iv", 0, 5), Unit(UnitKind.chapter, 2, self.text(2), 5, len(text)))
        notes = (ReadingNote(NoteKind.no_text_on, 3),)
        parts = self.random.choice([(), (units, notes)])
        kept = chats.keep(Document(self.text(2) or "file.pdf", text, *parts))
        return replace(kept, passages=self.random.random() < 0.3)

    def picture(self, chats):
        data = self.random.randbytes(300)
        return chats.keep_picture(Picture("p.png", data, 40, 30, self.random.choice([data, b"small"])))

    def attachments(self, chats):
        makers = self.random.choices((self.document, self.picture), k=self.random.randint(0, 2))
        made = (make(chats) for make in makers)
        return tuple(
            each if each.is_picture else replace(each, passages=bool(self.maybe(1))) for each in made
        )

    def message(self, chats, parent, earlier):
        role = self.random.choice(list(Role))
        facts = AnswerFacts(self.random.choice(list(StopReason)), 10, 3, 70, 0.25, 1.5, "GPU 0")
        document = self.document(chats)
        sources = (Source(document.document, document.name, 0, 4, "page iv"),)
        return Message(
            role,
            self.text(40),
            parent,
            self.random.choice([MessageState.complete, MessageState.stopped, MessageState.failed]),
            self.text(5),
            self.text(2),
            self.text(3),
            self.maybe(self.random.choice(earlier) if earlier else None),
            self.maybe(facts),
            self.attachments(chats),
            self.random.random() < 0.3,
            self.random.choice([(), sources]),
            style=self.random.choice(["", "precise"]),
            edited=self.random.random() < 0.3,
            created=self.moment(),
        )

    def chat(self, chats, folders):
        sampling = Sampling(0.5, 7, seed=self.maybe(42), stop=("END", '"'))
        chat = Conversation(
            self.text(3),
            self.text(),
            "/models/日本.gguf",
            "precise",
            self.maybe(sampling),
            self.random.choice([None, True, False]),
            self.random.choice([None, *folders]),
            self.random.random() < 0.3,
            self.random.random() < 0.3,
            self.random.choice([(), ("work", "日本"), ("a",)]),
            origin=self.maybe("a chat that is gone"),
            created=self.moment(),
            updated=self.moment(),
        )
        chats.save(chat)
        ids = []
        for _ in range(self.random.randint(1, 12)):
            message = self.message(chats, self.random.choice([None, *ids]), ids)
            chats.add(chat.id, message)
            ids.append(message.id)
        chats.show(chat.id, self.random.choice(ids))
        chats.save_draft(chat.id, self.random.choice([Draft(), Draft(self.text(5), self.attachments(chats))]))
        note = ContextNote(self.text(9) or "note", self.random.choice(ids))
        chats.save(
            Conversation(
                **{
                    **{name: getattr(chat, name) for name in Conversation.__slots__},
                    "note": self.maybe(note),
                }
            )
        )

    def fill(self, chats, folders, count):
        """Put folders within folders and `count` chats into a store."""
        made = []
        for _ in range(5):
            parent = self.random.choice([None, *made])
            folder = Folder(
                self.text(2) or "Folder", parent, self.text(), "/m.gguf", self.attachments(chats),
                created=self.moment(),
            )  # fmt: skip
            folders.save(folder)
            made.append(folder.id)
        for _ in range(count):
            self.chat(chats, made)


def everything(archive):
    """Return all that a store has of chats, to be compared with that of another one."""
    chats = [archive.chat(ident) for ident, _ in archive.conversations()]
    attached = {each for folder in archive.folders() for each in folder.documents}
    for chat in chats:
        assert isinstance(chat, ArchivedChat)
        attached |= {*chat.draft.attachments, *(a for m in chat.messages for a in m.attachments)}
        attached |= {Attachment(s.document, "") for m in chat.messages for s in m.sources}
    pictures = {each.document: archive.picture(each.document) for each in attached if each.is_picture}
    documents = {each.document: archive.document(each.document) for each in attached if not each.is_picture}
    for ident, picture in pictures.items():
        assert isinstance(picture, ArchivedPicture)
        assert hashlib.sha256(picture.data).hexdigest() == ident
    return chats, archive.folders(), pictures, documents
