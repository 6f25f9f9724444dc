"""Exports of other applications, in the forms that their makers' sources and users' files show."""

import base64
import json
import zipfile
from datetime import UTC, datetime

import pytest

from chatdesk.documents.chats.files import ChatFileRoom
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import MessageState, Role
from chatdesk.domain.chat_archive import (
    ArchivedChat,
    ArchivedDocument,
    ArchivedPicture,
    ChatFileBegins,
    ChatFileProgress,
    ChatSource,
    LeftOut,
    Unclear,
)
from chatdesk.ui.pictures.reading import PictureReader
from tests.fakes.pictures import png


def found_in(path):
    room = ChatFileRoom(PictureReader().decode)
    return [each for each in room.read(path, CancelToken()) if not isinstance(each, ChatFileProgress)]


def chats_of(found):
    return [each for each in found if isinstance(each, ArchivedChat)]


def left_out(found):
    return [each for each in found if isinstance(each, Unclear)]


def words(chat):
    return [(message.role, message.text) for message in chat.branch]


def saved(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def gpt_node(ident, parent, role, parts, **more):
    content = more.pop("content", {"content_type": "text", "parts": parts})
    message = {
        "id": ident,
        "author": {"role": role, "name": more.pop("name", None), "metadata": {}},
        "create_time": 1_700_000_000.25,
        "content": content,
        "status": "finished_successfully",
        "weight": 1.0,
        "metadata": {"model_slug": "gpt-4o"} | more.pop("metadata", {}),
        "recipient": more.pop("recipient", "all"),
    }
    return {"id": ident, "message": message, "parent": parent, "children": []}


def gpt_chat(nodes, current, **more):
    return {
        "title": "Tides",
        "create_time": 1_700_000_000.0,
        "update_time": 1_700_000_100.0,
        "mapping": {node["id"]: node for node in nodes},
        "current_node": current,
        "conversation_id": "c-1",
        "is_archived": True,
        **more,
    }


ROOT = {"id": "root", "message": None, "parent": None, "children": []}


class TestChatGPT:
    def test_branches_versions_and_times_are_kept(self, tmp_path):
        nodes = [
            ROOT,
            gpt_node("s", "root", "system", [""]),
            gpt_node("q", "s", "user", ["Why tides?"]),
            gpt_node("a1", "q", "assistant", ["The moon."]),
            gpt_node("a2", "q", "assistant", ["Moon and sun."]),
            gpt_node("q2", "a2", "user", ["And without it?"]),
            gpt_node("a3", "q2", "assistant", ["Smaller ones."]),
        ]
        path = saved(tmp_path / "conversations.json", [gpt_chat(nodes, "a3")])
        first, chat = found_in(path)
        assert first == ChatFileBegins(ChatSource.chatgpt)
        assert words(chat) == [
            (Role.user, "Why tides?"),
            (Role.assistant, "Moon and sun."),
            (Role.user, "And without it?"),
            (Role.assistant, "Smaller ones."),
        ]
        assert len(chat.messages) == 5
        assert chat.messages[1].parent == chat.messages[2].parent == chat.messages[0].id
        assert chat.messages[1].model == "gpt-4o"
        assert chat.messages[0].created == datetime(2023, 11, 14, 22, 13, 20, 250_000, UTC)
        assert chat.conversation.title == "Tides"
        assert chat.conversation.archived
        assert chat.conversation.updated == datetime(2023, 11, 14, 22, 15, tzinfo=UTC)

    def test_the_same_file_gives_the_same_ids(self, tmp_path):
        nodes = [ROOT, gpt_node("q", "root", "user", ["Why?"])]
        path = saved(tmp_path / "conversations.json", [gpt_chat(nodes, "q")])
        assert found_in(path) == found_in(path)

    def test_an_answer_with_tools_becomes_one_message(self, tmp_path):
        nodes = [
            ROOT,
            gpt_node("q", "root", "user", ["6 times 7?"]),
            gpt_node("t", "q", "assistant", [], content={
                "content_type": "thoughts", "thoughts": [{"summary": "s", "content": "Let me compute."}],
            }),
            gpt_node("c", "t", "assistant", [], recipient="python", content={
                "content_type": "code", "language": "unknown", "text": "6 * 7",
            }),
            gpt_node("o", "c", "tool", [], name="python", content={
                "content_type": "execution_output", "text": "42",
            }),
            gpt_node("w", "o", "assistant", [], recipient="web.search", content={
                "content_type": "code", "language": "json", "text": "{}",
            }),
            gpt_node("a", "w", "assistant", ["It is 42."]),
        ]  # fmt: skip
        found = found_in(saved(tmp_path / "conversations.json", [gpt_chat(nodes, "a")]))
        (chat,) = chats_of(found)
        _, answer = chat.branch
        assert answer.text == "```\n6 * 7\n```\n\n```\n42\n```\n\nIt is 42."
        assert answer.thinking == "Let me compute."
        assert left_out(found) == [Unclear(LeftOut.tool, "web.search")]

    def test_custom_instructions_become_the_system_prompt(self, tmp_path):
        hidden = {"is_visually_hidden_from_conversation": True}
        context = {
            "content_type": "user_editable_context",
            "user_profile": "I sail.",
            "user_instructions": "Be brief.",
        }
        nodes = [
            ROOT,
            gpt_node("u", "root", "user", [], content=context, metadata=hidden),
            gpt_node("q", "u", "user", ["Why?"]),
        ]
        (_, chat) = found_in(saved(tmp_path / "conversations.json", [gpt_chat(nodes, "q")]))
        assert chat.conversation.system == "I sail.\n\nBe brief."
        assert words(chat) == [(Role.user, "Why?")]

    def test_pictures_are_taken_from_the_zip_and_what_is_missing_is_told(self, tmp_path):
        def asset(name):
            return {"content_type": "image_asset_pointer", "asset_pointer": f"file-service://{name}"}

        parts = [asset("file-ABC"), asset("file-gone"), {"content_type": "hologram"}, "What is this?"]
        content = {"content_type": "multimodal_text", "parts": parts}
        files = {"attachments": [{"id": "x", "name": "a.pdf", "mime_type": "application/pdf"}]}
        nodes = [ROOT, gpt_node("q", "root", "user", [], content=content, metadata=files)]
        with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
            archive.writestr("conversations.json", json.dumps([gpt_chat(nodes, "q")]))
            archive.writestr("file-ABC-boat.png", png(30, 20))
            archive.writestr("user.json", "{}")
            archive.writestr("chat.html", "<html>")
        found = found_in(tmp_path / "export.zip")
        (picture,) = (each for each in found if isinstance(each, ArchivedPicture))
        (chat,) = chats_of(found)
        (attachment,) = chat.messages[0].attachments
        assert (attachment.document, attachment.size) == (picture.id, (30, 20))
        assert found.index(picture) < found.index(chat)
        assert set(left_out(found)) == {
            Unclear(LeftOut.picture),
            Unclear(LeftOut.file),
            Unclear(LeftOut.unknown, "hologram"),
        }
        assert chat.messages[0].text == '```json\n{\n "content_type": "hologram"\n}\n```\n\nWhat is this?'

    def test_circles_missing_parents_and_nonsense_do_no_harm(self, tmp_path):
        a, b = gpt_node("a", "b", "user", ["A"]), gpt_node("b", "a", "assistant", ["B"])
        lost = gpt_node("c", "nobody", "user", ["C"])
        odd = {"id": "d", "message": {"author": 5, "content": [], "metadata": "x"}, "parent": 7}
        chats = [gpt_chat([a, b, lost, odd], "b"), gpt_chat([ROOT], "root"), {"mapping": {"x": 1}}, "text", 3]
        found = found_in(saved(tmp_path / "conversations.json", chats))
        (chat,) = chats_of(found)
        assert {message.text for message in chat.messages} == {"A", "B", "C"}
        kinds = [each.what for each in left_out(found)]
        assert kinds == [LeftOut.empty_chat] * 2 + [LeftOut.damaged_chat] * 2


def webui_row(messages, current, **more):
    return {
        "id": "row-1",
        "user_id": "me",
        "title": "Tides",
        "chat": {
            "title": "Tides",
            "models": ["llama3"],
            "params": {"system": "Be brief."},
            "history": {"messages": messages, "currentId": current},
            "messages": [],
        },
        "created_at": 1_700_000_000,
        "updated_at": 1_700_000_100,
        "archived": False,
        "pinned": True,
        "meta": {"tags": ["sea"]},
        "folder_id": None,
        **more,
    }


class TestOpenWebUI:
    def test_tree_tags_thoughts_and_attachments(self, tmp_path):
        picture = "data:image/png;base64," + base64.b64encode(png(30, 20)).decode()
        files = [
            {"type": "image", "url": picture},
            {"type": "file", "name": "tides.txt", "file": {"data": {"content": "High at noon."}}},
            {"type": "image", "url": "/api/v1/files/1"},
        ]
        thought = (
            '<details type="reasoning" done="true" duration="2">\n<summary>Thought for 2 seconds</summary>\n'
            "&gt; no\n> The moon &amp; the sun.\n</details>\nBoth."
        )
        messages = {
            "q": {
                "id": "q", "parentId": None, "childrenIds": ["a", "b"], "role": "user", "content": "Why?",
                "files": files, "timestamp": 1_700_000_001,
            },
            "a": {
                "id": "a", "parentId": "q", "childrenIds": [], "role": "assistant", "content": "Moon.",
                "model": "llama3", "done": True, "timestamp": 1_700_000_002,
            },
            "b": {
                "id": "b", "parentId": "q", "childrenIds": [], "role": "assistant", "content": thought,
                "model": "qwen3", "modelName": "Qwen 3", "done": False, "timestamp": 1_700_000_003,
            },
        }  # fmt: skip
        found = found_in(saved(tmp_path / "chat-export.json", [webui_row(messages, "b")]))
        (chat,) = chats_of(found)
        assert chat.conversation.tags == ("sea",)
        assert chat.conversation.pinned
        assert chat.conversation.system == "Be brief."
        question, answer = chat.branch
        assert [each.name for each in question.attachments] == ["picture", "tides.txt"]
        assert (answer.text, answer.model, answer.state) == ("Both.", "Qwen 3", MessageState.stopped)
        assert answer.thinking.endswith("The moon & the sun.")
        assert len(chat.messages) == 3
        (document,) = (each for each in found if isinstance(each, ArchivedDocument))
        assert document.document.text == "High at noon."
        assert left_out(found) == [Unclear(LeftOut.picture)]

    def test_a_chat_alone(self, tmp_path):
        row = webui_row({"q": {"id": "q", "parentId": None, "role": "user", "content": "Why?"}}, "q")
        (_, chat) = found_in(saved(tmp_path / "chat.json", row["chat"]))
        assert words(chat) == [(Role.user, "Why?")]


def studio_chat(messages, **more):
    return {
        "name": "Tides",
        "pinned": False,
        "createdAt": 1_755_686_563_976,
        "preset": "",
        "tokenCount": 10,
        "systemPrompt": "",
        "messages": messages,
        "perChatPredictionConfig": {"fields": [{"key": "llm.prediction.systemPrompt", "value": "Be brief."}]},
        "lastUsedModel": {"identifier": "qwen3-4b"},
        **more,
    }


def studio_user(*texts, **more):
    content = [{"type": "text", "text": text} for text in texts] + more.get("files", [])
    return {"versions": [{"type": "singleStep", "role": "user", "content": content}], "currentlySelected": 0}


def studio_answer(*versions, chosen=0):
    def block(text, **more):
        return {"type": "contentBlock", "content": [{"type": "text", "text": text}], **more}

    made = [
        {
            "type": "multiStep",
            "role": "assistant",
            "steps": [
                block("<think>Hm.", style={"type": "thinking", "ended": True}),
                block(text, genInfo={"identifier": "llama-3.2"}),
                {"type": "debugInfoBlock", "debugInfo": "x"},
            ],
        }
        for text in versions
    ]
    return {"versions": made, "currentlySelected": chosen}


class TestLMStudio:
    def test_versions_are_branches_and_what_follows_belongs_to_the_chosen_one(self, tmp_path):
        picture = {"type": "file", "fileIdentifier": "1", "fileType": "image", "sizeBytes": 9}
        messages = [
            studio_user("Why?", files=[picture]),
            studio_answer("Moon.", "Sun.", chosen=1),
            studio_user("Sure?"),
            studio_answer("Yes."),
        ]
        path = saved(tmp_path / "1755686563976.conversation.json", studio_chat(messages))
        found = found_in(path)
        (chat,) = chats_of(found)
        assert [text for _, text in words(chat)] == ["Why?", "Sun.", "Sure?", "Yes."]
        assert len(chat.messages) == 5
        assert (chat.messages[1].thinking, chat.messages[1].model) == ("<think>Hm.", "llama-3.2")
        assert chat.conversation.system == "Be brief."
        assert chat.conversation.created == datetime(2025, 8, 20, 10, 42, 43, 976_000, UTC)
        assert left_out(found) == [Unclear(LeftOut.picture)]

    def test_what_is_not_understood_is_kept_as_it_stands_and_told(self, tmp_path):
        parts = [{"type": "hologram", "data": "x" * 50_000}, {"type": "toolCallRequest", "name": "web"}]
        item = studio_chat([studio_user("Why?", files=parts)])
        found = found_in(saved(tmp_path / "1.conversation.json", item))
        (chat,) = chats_of(found)
        assert chat.messages[0].text.startswith('Why?\n\n```json\n{\n "type": "hologram"')
        assert chat.messages[0].text.endswith("xxx…\n```")
        assert left_out(found) == [
            Unclear(LeftOut.unknown, "hologram"),
            Unclear(LeftOut.tool, "toolCallRequest"),
        ]

    def test_a_folder_of_them(self, tmp_path):
        for number in range(3):
            chat = studio_chat([studio_user(f"Number {number}")])
            saved(tmp_path / "conversations" / "work" / f"{number}.conversation.json", chat)
        saved(tmp_path / "conversations" / "notes.json", {"a": 1})
        found = found_in(tmp_path / "conversations")
        assert [chat.messages[0].text for chat in chats_of(found)] == ["Number 0", "Number 1", "Number 2"]
        assert len({chat.conversation.id for chat in chats_of(found)}) == 3


JAN_LINES = (
    {"id": "m1", "role": "user", "created_at": 1_700_000_001, "status": "ready", "content": [
        {"type": "text", "text": {"value": "Why?", "annotations": []}},
        {"type": "image_url", "image_url": {"url": "https://example.org/x.png"}},
    ]},
    {"id": "m2", "role": "assistant", "created_at": 1_700_000_002_000, "status": "stopped",
     "metadata": {"modelId": "jan-nano"}, "content": [
        {"type": "reasoning", "text": {"value": "Hm.", "annotations": []}},
        {"type": "text", "text": {"value": "<think>Moon?</think>\n\nThe moon.", "annotations": []}},
        {"type": "tool_call", "tool_name": "search"},
    ]},
)  # fmt: skip


class TestJan:
    def write(self, folder):
        assistant = {"id": "jan", "instructions": "Be brief.", "model": {"id": "jan-nano"}}
        thread = {
            "id": "thread-1", "object": "thread", "title": "Tides", "created": 1_700_000_000,
            "updated": 1_700_000_009, "assistants": [assistant], "metadata": {"is_favorite": True},
        }  # fmt: skip
        saved(folder / "thread-1" / "thread.json", thread)
        lines = "\n".join([*map(json.dumps, JAN_LINES), "{broken", ""])
        saved(folder / "thread-1" / "messages.jsonl", lines)

    @pytest.mark.parametrize("way", ["folder", "zip", "thread.json", "messages.jsonl"])
    def test_a_thread_by_its_folder_a_zip_or_one_of_its_files(self, way, tmp_path):
        self.write(tmp_path / "threads")
        path = tmp_path / "threads"
        if way == "zip":
            path = tmp_path / "threads.zip"
            with zipfile.ZipFile(path, "w") as archive:
                for file in (tmp_path / "threads").rglob("*.json*"):
                    archive.write(file, file.relative_to(tmp_path))
        elif way != "folder":
            path = path / "thread-1" / way
        found = found_in(path)
        (chat,) = chats_of(found)
        assert words(chat) == [(Role.user, "Why?"), (Role.assistant, "The moon.")]
        answer = chat.messages[1]
        assert (answer.thinking, answer.model, answer.state) == (
            "Hm.\n\nMoon?", "jan-nano", MessageState.stopped,
        )  # fmt: skip
        assert answer.created == datetime(2023, 11, 14, 22, 13, 22, tzinfo=UTC)
        assert chat.conversation.title == "Tides"
        assert chat.conversation.system == "Be brief."
        assert chat.conversation.pinned
        assert [each.what for each in left_out(found)] == [LeftOut.picture, LeftOut.tool, LeftOut.unknown]


class TestTextGenerationWebUI:
    def test_pairs_greeting_versions_and_attachments(self, tmp_path):
        history = {
            "internal": [["<|BEGIN-VISIBLE-CHAT|>", "Hello!"], ["Why <b>?", "Sun."], ["Sure?", ""]],
            "visible": [["", "Hello!"], ["Why &lt;b&gt;?", "Sun."], ["Sure?", ""]],
            "metadata": {
                "user_1": {
                    "timestamp": "May 20, 2025 14:30",
                    "attachments": [
                        {"name": "a.txt", "type": "text/plain", "content": "Low."},
                        {"name": "b.png", "type": "image/png"},
                    ],
                },
                "assistant_1": {
                    "timestamp": "May 20, 2025 14:32",
                    "model_name": "mistral",
                    "versions": [{"content": "Moon."}, {"content": "Sun."}],
                    "current_version_index": 1,
                },
            },
        }
        found = found_in(saved(tmp_path / "20250520-14-30-11.json", history))
        (chat,) = chats_of(found)
        assert [text for _, text in words(chat)] == ["Hello!", "Why <b>?", "Sun.", "Sure?"]
        assert sorted(message.text for message in chat.messages)[1] == "Moon."
        assert chat.branch[2].model == "mistral"
        assert chat.branch[1].attachments[0].name == "a.txt"
        assert chat.conversation.title == "Why <b>?"
        assert chat.conversation.created.astimezone().strftime("%Y-%m-%d %H:%M:%S") == "2025-05-20 14:30:11"
        assert left_out(found) == [Unclear(LeftOut.picture)]

    def test_the_form_of_2023(self, tmp_path):
        history = {"data": [["Why?", "Moon."]], "data_visible": [["Why?", "Moon."]]}
        (_, chat) = found_in(saved(tmp_path / "Example_persistent.json", history))
        assert words(chat) == [(Role.user, "Why?"), (Role.assistant, "Moon.")]


def test_a_picture_that_cannot_be_decoded_is_left_out(tmp_path):
    files = [{"type": "image", "url": f"data:image/png;{data}"} for data in ("base64,AAAA", "base64,A", "x")]
    messages = {"q": {"id": "q", "parentId": None, "role": "user", "content": "Why?", "files": files}}
    found = found_in(saved(tmp_path / "chat.json", [webui_row(messages, "q")]))
    assert left_out(found) == [Unclear(LeftOut.picture)] * 3
