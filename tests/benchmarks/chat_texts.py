"""Generates chats for measurements: 100,000 messages of several languages in 2,000 chats."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from chatdesk.domain.chat import Conversation, ConversationId, Folder, FolderId, Message, MessageId, Role
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore

CHATS, MESSAGES_EACH, LONG_CHAT = 1999, 49, 2049  # 100,000 messages in all
FOLDERS = 40
FIRST_DAY = datetime(2023, 11, 1, tzinfo=UTC)
# Frequent words of Thai: letters by chance would be far more evenly frequent than those of a language.
_THAI = """
ที่ การ และ เป็น ใน ของ ได้ มี ไม่ จะ ให้ ว่า มา คน ความ ไป กับ นี้ จาก แต่ ก็ หรือ ทำ โดย ผู้ อยู่ แล้ว เขา นั้น เรา
ต้อง ถึง อย่าง วัน ปี ขึ้น ตัว ออก กัน เมื่อ มาก ซึ่ง ด้วย หนึ่ง เพื่อ ยัง คือ พระ เข้า ใช้ งาน เรื่อง ทาง ไทย ประเทศ เพราะ ถ้า
อะไร ต่อ ดี ใจ ทั้ง บ้าน เวลา น้ำ รู้ ตาม แบบ ลง หลาย กว่า เด็ก แรก ไว้ ที ฉัน พูด คุณ ใหม่ สามารถ กลับ ก่อน เห็น เท่า ส่วน
อีก เดียว นัก สอง ระบบ ข้อมูล จำ รับ เอา ชีวิต แห่ง โลก พบ หน้า ขอ กิน สุด ค่า เกิด อาจ ดู ผล เช่น เงิน พัฒนา คิด สิ่ง สำคัญ เมือง
ราคา ปัญหา รัฐบาล การเมือง สังคม เศรษฐกิจ บริษัท ธุรกิจ ตลาด สินค้า ลูกค้า บริการ โครงการ โรงเรียน นักเรียน ครู มหาวิทยาลัย
ภาษา หนังสือ เรียน สอน อ่าน เขียน ถาม ตอบ คำ ประโยค ความหมาย ตัวอย่าง วิธี ขั้นตอน แนะนำ ช่วย ขอบคุณ สวัสดี ครับ ค่ะ
อาหาร ข้าว ผัก ผลไม้ เนื้อ ปลา ไก่ หมู แกง ต้ม ผัด ทอด หวาน เค็ม เปรี้ยว เผ็ด ร้อน เย็น อร่อย ร้าน ตลาดนัด กาแฟ ชา นม
รถ รถไฟ เครื่องบิน ถนน สะพาน แม่น้ำ ทะเล ภูเขา เกาะ จังหวัด อำเภอ หมู่บ้าน กรุงเทพ เชียงใหม่ ภูเก็ต ท่องเที่ยว โรงแรม สนามบิน
แม่ พ่อ ลูก พี่ น้อง เพื่อน ครอบครัว ผู้หญิง ผู้ชาย เด็กชาย หมอ โรงพยาบาล ยา โรค สุขภาพ ออกกำลังกาย นอน ตื่น เช้า เย็น คืน
สี แดง เขียว ขาว ดำ ฟ้า เหลือง ใหญ่ เล็ก สูง ต่ำ ยาว สั้น กว้าง ใกล้ ไกล เร็ว ช้า ง่าย ยาก สวย งาม เก่า ถูก แพง จริง
คอมพิวเตอร์ โปรแกรม โทรศัพท์ อินเทอร์เน็ต เว็บไซต์ รูปภาพ ไฟล์ ค้นหา บันทึก พิมพ์ ส่ง เปิด ปิด เริ่ม หยุด เพิ่ม ลด เปลี่ยน แก้ไข
ฝน ลม แดด หนาว ฤดู ต้นไม้ ดอกไม้ สวน ป่า สัตว์ ช้าง แมว หมา นก กฎหมาย ศาล ตำรวจ ทหาร สงคราม ศาสนา วัด พุทธ
วัฒนธรรม ประวัติศาสตร์
ดนตรี เพลง ภาพยนตร์ กีฬา ฟุตบอล ข่าว โทรทัศน์ วิทยาศาสตร์ เทคโนโลยี พลังงาน สิ่งแวดล้อม อุตสาหกรรม เกษตร ชาวนา แรงงาน
"""
_PLACES = {"latin": 90, "chinese": 5, "thai": 5}  # of 100 messages


class Texts:
    """Makes texts whose words are as unevenly frequent as those of a real language."""

    def __init__(self, chance: random.Random, only: str = "") -> None:
        """`only` names the writing of all texts: "latin", "chinese" or "thai"; else they are mixed."""
        self._chance = chance
        self.latin = _words(chance, string.ascii_lowercase, 30_000, (2, 10))
        words = _THAI.split()
        self.thai = words + ["".join(chance.choices(words, k=2)) for _ in range(8_000 - len(words))]
        self.chinese = [chr(0x4E00 + place) for place in chance.sample(range(6_000), 3_000)]
        self._writings = [only] if only else list(_PLACES)
        self._shares = None if only else list(_PLACES.values())
        self._weights = {
            name: list(accumulate(1 / (rank + 3) for rank in range(len(words))))
            for name, words in (("latin", self.latin), ("thai", self.thai), ("chinese", self.chinese))
        }

    def text(self) -> str:
        """Return about 600 characters."""
        (writing,) = self._chance.choices(self._writings, self._shares)
        words: list[str] = getattr(self, writing)
        count = {"latin": 90, "thai": 120, "chinese": 600}[writing]
        chosen = self._chance.choices(words, cum_weights=self._weights[writing], k=count)
        return (" " if writing == "latin" else "").join(chosen)


def _words(chance: random.Random, letters: str, count: int, lengths: tuple[int, int]) -> list[str]:
    return ["".join(chance.choices(letters, k=chance.randint(*lengths))) for _ in range(count)]


def fill(database: Database, texts: Texts, chance: random.Random, chats: int = CHATS) -> ConversationId:
    """Store `chats` chats in folders, with tags and models, and return one more, of 2,049 messages."""
    store = ChatStore(database)
    with database.writing():
        folders = _folders(FolderStore(database))
        for number in range(chats):
            begun = FIRST_DAY + timedelta(days=number * 1080 / chats)
            chat = _chat(number, begun, chance.choice([*folders, None]), texts, chance)
            store.save(chat)
            _grow(store, chat.id, MESSAGES_EACH, begun, texts.text)
        long_chat = Conversation(title="The long one")
        store.save(long_chat)
        _grow(store, long_chat.id, LONG_CHAT, FIRST_DAY + timedelta(days=1085), texts.text)
    return long_chat.id


def _folders(store: FolderStore) -> list[FolderId]:
    made: list[Folder] = []
    for number in range(FOLDERS):
        folder = Folder(f"Folder {number}", made[number // 3].id if number > 3 else None)
        store.save(folder)
        made.append(folder)
    return [folder.id for folder in made]


def _chat(
    number: int, begun: datetime, folder: FolderId | None, texts: Texts, chance: random.Random
) -> Conversation:
    tags = tuple(chance.sample(["work", "garden", "recipes", "école", "日本"], chance.choice([0, 0, 1, 2])))
    return Conversation(
        title=f"Chat {number} {chance.choice(texts.latin)}",
        model=f"/models/{chance.choice(['Qwen3-8B', 'gemma-3-4b', 'llama-3.2-3b'])}-Q4_K_M.gguf",
        folder=folder,
        pinned=number % 200 == 0,
        archived=number % 4 == 0,
        tags=tags,
        created=begun,
        updated=begun,
    )


def _grow(
    store: ChatStore, chat: ConversationId, count: int, begun: datetime, text: Callable[[], str]
) -> None:
    parent: MessageId | None = None
    for number in range(count):
        role = Role.assistant if number % 2 else Role.user
        when = begun + timedelta(minutes=number)
        message = Message(role, text(), parent=parent, created=when, model="Qwen3 8B" if number % 2 else "")
        store.add(chat, message)
        parent = message.id
