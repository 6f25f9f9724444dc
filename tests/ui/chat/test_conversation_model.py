"""The tree of chats: what stands where, renaming, what may be dropped, and how few rows change."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt

from chatdesk.domain.chat import Conversation, Folder
from chatdesk.ui.chat.chat_drag import Chosen
from chatdesk.ui.chat.chat_outline import ARCHIVE, Kind, age_group, walk
from chatdesk.ui.chat.conversation_model import ChatRole, ConversationModel

NOW = datetime(2026, 11, 20, 15, 0).astimezone()
MOVE = Qt.DropAction.MoveAction


def chat(title, folder=None, **more):
    ago = timedelta(**{k: v for k, v in more.items() if k in ("hours", "days")} or {"hours": 1})
    fields = {k: v for k, v in more.items() if k not in ("hours", "days")}
    return Conversation(title, folder=folder and folder.id, updated=NOW.astimezone(UTC) - ago, **fields)


@pytest.fixture
def model(qapp):
    model = ConversationModel()
    model.show([chat("a", hours=1), chat("b", hours=2), chat("c", days=1), chat("d", days=40)], NOW)
    return model


def texts(model, parent=QModelIndex(), depth=0):
    """All rows from top to bottom, those below another one moved in."""
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += ["." * depth + index.data(), *texts(model, index, depth + 1)]
    return found


def at(model, title):
    """The index of the chat or folder called `title`."""
    node = next(node for node in walk(model._root) if node.text == title)
    return model._index_of(node)


def test_chats_stand_below_headings_by_age(model, qtmodeltester):
    assert texts(model) == ["Today", "a", "b", "Yesterday", "c", "Older", "d"]
    qtmodeltester.check(model)


def test_pinned_chats_come_first_then_folders_and_the_archive_last(qapp, qtmodeltester):
    work = Folder("Work")
    taxes = Folder("Taxes", work.id)
    empty = Folder("Empty")
    chats = [
        chat("letter", taxes), chat("plan", work), chat("loose"), chat("top", work, pinned=True),
        chat("old", archived=True, pinned=True), chat("lost", Folder("deleted")),
    ]  # fmt: skip
    model = ConversationModel()
    model.show(chats, NOW, [empty, work, taxes])
    assert texts(model) == [
        "Pinned", "top", "Folders", "Empty", ".No chats yet", "Work", ".Taxes", "..letter", ".plan",
        "Today", "loose", "lost", "Archive", ".old",
    ]  # fmt: skip
    qtmodeltester.check(model)
    said = Qt.ItemDataRole.AccessibleTextRole
    assert at(model, "Work").data(said) == "folder “Work”, 2 chats"
    assert at(model, "Archive").data(said) == "Archive, 1 chat"
    assert "In the folder “Work”" in at(model, "top").data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("ago", "group"),
    [
        (timedelta(hours=14, minutes=59), "Today"),
        (timedelta(hours=15, minutes=1), "Yesterday"),
        (timedelta(days=2), "This week"),
        (timedelta(days=6), "This week"),
        (timedelta(days=7), "Older"),
        (timedelta(days=-1), "Today"),
    ],
)
def test_days_change_at_midnight_and_not_after_24_hours(ago, group):
    assert age_group(NOW - ago, NOW) == group


def test_headings_can_be_neither_selected_nor_edited(model):
    heading = model.index(0, 0)
    assert not heading.flags() & (Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
    assert not model.setData(heading, "x")


def test_renaming_asks_and_ignores_an_empty_title(model, qtbot):
    with qtbot.waitSignal(model.renamed) as renamed:
        assert model.setData(at(model, "a"), "  a \n better name ")
    assert renamed.args[1] == "a better name"
    assert not model.setData(at(model, "a"), "   ")


def test_a_folder_is_renamed_by_a_signal_of_its_own(qapp, qtbot):
    model, work = ConversationModel(), Folder("Work")
    model.show([], NOW, [work])
    with qtbot.waitSignal(model.folder_renamed) as renamed:
        assert model.setData(at(model, "Work"), "Office")
    assert renamed.args == [work.id, "Office"]


def test_a_busy_chat_says_so_to_screen_readers(model, qtbot):
    busy = model.conversation_at(at(model, "a")).id
    with qtbot.waitSignal(model.dataChanged):
        model.set_busy(frozenset({busy}))
    assert at(model, "a").data(ChatRole.is_busy)
    assert "being written" in at(model, "a").data(Qt.ItemDataRole.AccessibleTextRole)


def test_tags_are_said(qapp):
    model = ConversationModel()
    model.show([chat("a", tags=("home", "urgent"))], NOW)
    assert at(model, "a").data(Qt.ItemDataRole.AccessibleTextRole) == "a, tags: home, urgent"
    assert "home, urgent" in at(model, "a").data(Qt.ItemDataRole.ToolTipRole)


def test_when_a_chat_goes_the_one_below_follows_else_the_one_above(model):
    ids = {title: model.conversation_at(at(model, title)).id for title in "abcd"}
    assert [model.neighbour_of(i).title for i in ids.values()] == ["b", "c", "d", "c"]
    assert model.neighbour_of(ids["a"], frozenset({ids["a"], ids["b"]})).title == "c"
    assert model.neighbour_of(ids["c"], frozenset({ids["c"], ids["d"]})).title == "b"
    lone = ConversationModel()
    one = chat("only")
    lone.show([one], NOW)
    assert lone.neighbour_of(one.id) is None
    assert lone.neighbour_of(ids["a"]) is None


def test_showing_the_same_chats_again_changes_nothing(model, qtbot):
    shown = [model.conversation_at(at(model, title)) for title in "abcd"]
    signals = (model.modelReset, model.rowsInserted, model.rowsMoved, model.rowsRemoved, model.dataChanged)
    for signal in signals:
        with qtbot.assertNotEmitted(signal):
            model.show(shown, NOW)


def test_a_chat_that_was_used_moves_up_and_the_others_stay(model, qtbot):
    shown = [model.conversation_at(at(model, title)) for title in "abcd"]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.rowsRemoved):
        model.show([shown[1], shown[0], *shown[2:]], NOW)
    assert texts(model) == ["Today", "b", "a", "Yesterday", "c", "Older", "d"]


def test_one_chat_is_renewed_alone_where_it_stays_in_its_place(model, qtbot):
    first, second = (model.conversation_at(at(model, title)) for title in "ab")
    now = NOW.astimezone(UTC)
    with qtbot.waitSignal(model.dataChanged):
        assert model.renew(replace(first, title="better", updated=now))
    assert texts(model)[:3] == ["Today", "better", "b"]
    assert model.renew(replace(second, tags=("new",)))
    assert not model.renew(replace(second, updated=now))  # it moves up
    assert not model.renew(replace(second, pinned=True))
    assert not model.renew(chat("unknown"))
    assert texts(model)[:3] == ["Today", "better", "b"]


def test_any_change_of_the_chats_ends_in_the_right_tree(qapp, qtmodeltester):
    """Whatever comes, goes, moves and nests: the model is as one that was built anew."""
    chance = random.Random(7)
    folders = [Folder("A"), Folder("B"), Folder("C")]
    chats = [chat(f"{n}", hours=n) for n in range(12)]
    model = ConversationModel()
    qtmodeltester.check(model)
    for _ in range(120):
        place = [None]
        there = []
        for folder in chance.sample(folders, chance.randint(0, 3)):
            there.append(Folder(folder.name, chance.choice(place), id=folder.id))
            place.append(folder.id)
        now = [
            chat(each.title, hours=int(each.title) + 1, id=each.id, pinned=chance.random() < 0.1,
                 archived=chance.random() < 0.1)
            for each in chance.sample(chats, chance.randint(0, 12))
        ]  # fmt: skip
        now = [replace(each, folder=chance.choice(place)) for each in now]
        model.show(now, NOW, there)
        fresh = ConversationModel()
        fresh.show(now, NOW, there)
        assert texts(model) == texts(fresh)
        for each in now:
            assert model.conversation_at(model.index_of(each.id)) == each


def test_many_new_rows_come_at_once(qapp, qtbot):
    model = ConversationModel()
    model.show([chat("first")], NOW)
    with qtbot.waitSignal(model.modelReset):
        model.show([chat(f"{n}") for n in range(500)], NOW)
    assert model.rowCount() == 501


class Tree:
    """A model with a folder in a folder and chats everywhere."""

    def __init__(self):
        self.work = Folder("Work")
        self.taxes = Folder("Taxes", self.work.id)
        chats = [
            chat("letter", self.taxes),
            chat("plan", self.work),
            chat("loose"),
            chat("old", archived=True),
        ]
        self.ids = {each.title: each.id for each in chats}
        self.model = ConversationModel()
        self.model.show(chats, NOW, [self.work, self.taxes])

    def at(self, title):
        return at(self.model, title)

    def drag(self, *titles):
        return self.model.mimeData([self.at(title) for title in titles])

    def may_fall(self, data, title):
        return self.model.canDropMimeData(data, MOVE, -1, -1, self.at(title) if title else QModelIndex())


@pytest.fixture
def tree(qapp):
    return Tree()


def test_several_things_are_dragged_at_once(tree, qtbot):
    data = tree.drag("loose", "plan")
    with qtbot.waitSignal(tree.model.dropped) as dropped:
        assert tree.model.dropMimeData(data, MOVE, -1, -1, tree.at("Taxes"))
    chosen, node = dropped.args
    assert chosen == Chosen((tree.ids["plan"], tree.ids["loose"]))
    assert node.folder == tree.taxes


def test_what_lies_in_a_dragged_folder_goes_with_it(tree):
    chosen = tree.model.chosen([tree.at(title) for title in ("letter", "Taxes", "Work", "loose")])
    assert chosen == Chosen((tree.ids["loose"],), (tree.work.id,))


def test_a_folder_falls_neither_into_itself_nor_into_the_archive(tree):
    folder = tree.drag("Work")
    assert not tree.may_fall(folder, "Work")
    assert not tree.may_fall(folder, "Taxes")
    assert not tree.may_fall(folder, "letter")
    assert not tree.may_fall(folder, "Archive")
    assert not tree.may_fall(folder, "old")
    assert tree.may_fall(folder, None)
    assert tree.may_fall(tree.drag("Taxes"), "loose")
    assert tree.may_fall(tree.drag("loose"), "Archive")


def test_what_others_drag_is_refused(tree):
    foreign = QMimeData()
    foreign.setText("hello")
    assert not tree.may_fall(foreign, "Work")
    assert not tree.model.dropMimeData(foreign, MOVE, -1, -1, tree.at("Work"))


def test_folders_and_the_archive_are_the_rows_that_open(tree):
    rows = [tree.model.node_at(index) for index in tree.model.folder_indexes()]
    assert [node.text for node in rows] == ["Work", "Taxes", "Archive"]
    assert tree.model.folder_keys() == {tree.work.id, tree.taxes.id, ARCHIVE}
    assert rows[1].depth == 1
    assert rows[2].kind is Kind.archive
