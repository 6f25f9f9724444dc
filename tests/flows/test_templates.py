"""The library of templates and personas, with the built-in ones and a real store."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.chat import Conversation, Role
from chatdesk.domain.document_errors import DocumentNotSaved
from chatdesk.domain.generation import Sampling
from chatdesk.domain.template_errors import (
    FolderImpossible,
    NoSuchTemplate,
    TemplateFileUnreadable,
    TemplateInvalid,
)
from chatdesk.domain.templates import (
    Change,
    Persona,
    PromptTemplate,
    StartingMessage,
    TemplateId,
    TemplateRecord,
    Variable,
    WordingKind,
)
from chatdesk.flows.personas import begin, conversation_with
from chatdesk.flows.template_edits import TemplateEdits, differences, file_name, shipped_wording
from chatdesk.flows.templates import TemplateLibrary
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.template_files import TomlFiles
from chatdesk.storage.templates import TemplateStore
from chatdesk.tasks.builtin_templates import builtins
from chatdesk.tasks.template_writing import write_wording

OWN = PromptTemplate("My letter", "Write to {{who}}.", "letter-of-mine", "A letter.", (Variable("who"),))
SHIPPED = "reply"
SHIPPED_ID = TemplateId(f"builtin:{SHIPPED}")


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield database
    database.close()


@pytest.fixture
def store(database):
    return TemplateStore(database)


@pytest.fixture
def library(store):
    return TemplateLibrary(store)


@pytest.fixture
def edits(store):
    return TemplateEdits(store, TomlFiles())


def titles(entries):
    return [each.what.title for each in entries]


def test_the_built_in_ones_are_there_before_anything_is_kept(library, store):
    assert {each.builtin for each in library.entries()} == set(builtins())
    assert not any(each.edited or each.used or each.updated for each in library.entries())
    assert store.records() == []


def test_ones_own_stand_beside_them_in_their_folder(library, edits):
    kept = edits.save(OWN, " Mail / Work ")
    assert library.entry(kept.id) == kept
    assert (kept.what, kept.folder, kept.builtin) == (OWN, "Mail/Work", "")
    assert "Mail" in library.folders()
    assert "Mail/Work" in library.folders()
    assert kept in library.entries()


def test_an_edited_built_in_one_stands_for_the_shipped_one_until_it_is_reset(library, edits):
    before = library.entry(SHIPPED_ID)
    edited = edits.save(replace(before.what, title="Another"), before.folder, SHIPPED_ID)
    assert (edited.id, edited.edited, edited.builtin) == (SHIPPED_ID, True, SHIPPED)
    assert [each.what.title for each in library.entries() if each.builtin == SHIPPED] == ["Another"]
    assert titles(library.versions(SHIPPED_ID)) == [before.what.title]
    reset = edits.reset(SHIPPED_ID)
    assert (reset.what, reset.edited) == (before.what, False)
    assert titles(library.versions(SHIPPED_ID)) == ["Another", before.what.title]


def test_a_built_in_one_edited_back_to_what_it_was_is_not_edited(library, edits):
    before = library.entry(SHIPPED_ID)
    edits.save(replace(before.what, title="Another"), before.folder, SHIPPED_ID)
    assert not edits.save(before.what, before.folder, SHIPPED_ID).edited


def test_what_is_the_users_own_cannot_be_reset(edits):
    with pytest.raises(NoSuchTemplate):
        edits.reset(edits.save(OWN).id)


def test_an_earlier_version_comes_back_and_the_later_one_stays(library, edits):
    kept = edits.save(OWN)
    edits.save(replace(OWN, title="Second"), template=kept.id)
    edits.save(replace(OWN, title="Third"), template=kept.id)
    first = library.versions(kept.id)[-1]
    assert titles(library.versions(kept.id)) == ["Second", "My letter"]
    assert edits.restore_version(kept.id, first.number).what == OWN
    assert titles(library.versions(kept.id)) == ["Third", "Second", "My letter"]
    with pytest.raises(NoSuchTemplate):
        edits.restore_version(kept.id, 10_000)


def test_the_difference_of_two_versions_is_told_by_lines():
    lines = differences(OWN, replace(OWN, text="Write a letter to {{who}}."))
    changed = [(each.change, each.text, each.marks) for each in lines if each.change is not Change.same]
    assert changed == [
        (Change.removed, 'text = "Write to {{who}}."', ()),
        (Change.added, 'text = "Write a letter to {{who}}."', ((13, 22),)),
    ]
    assert shipped_wording(SHIPPED) == builtins()[SHIPPED].what


def test_a_line_that_is_added_leaves_the_one_before_it_as_it_was():
    lines = differences(replace(OWN, text="one\ntwo"), replace(OWN, text="one\ntwo\nthree"))
    assert [(line.change, line.text) for line in lines if line.change is not Change.same] == [
        (Change.added, "three")
    ]


def test_a_deleted_one_is_not_found_and_comes_back(library, edits):
    kept = edits.save(OWN)
    edits.delete([kept.id, SHIPPED_ID])
    assert library.entry(kept.id) is None
    assert library.by_command("letter-of-mine") is None
    assert {each.id for each in library.deleted()} == {kept.id, SHIPPED_ID}
    edits.restore([kept.id, SHIPPED_ID])
    assert library.entry(kept.id) == kept
    assert library.entry(SHIPPED_ID).what == builtins()[SHIPPED].what
    assert library.deleted() == []


def test_one_without_sense_is_refused_and_nothing_is_kept(edits, store):
    for what in (
        PromptTemplate("", "text"),
        PromptTemplate("Title", " \n "),
        PromptTemplate("Title", "{{a}}"),
        PromptTemplate("Title", "text", "two words"),
        Persona("  "),
    ):
        with pytest.raises(TemplateInvalid):
            edits.save(what)
    with pytest.raises(FolderImpossible, match="8 names"):
        edits.save(OWN, "a/" * 20)
    assert store.records() == []


def test_what_is_gone_is_told(edits, library):
    with pytest.raises(NoSuchTemplate):
        edits.save(OWN, template=TemplateId("none"))
    with pytest.raises(NoSuchTemplate):
        edits.delete([TemplateId("none")])
    assert library.versions(TemplateId("none")) == []
    library.note_use(TemplateId("none"))


def test_a_copy_has_no_command(edits, library):
    copy = edits.duplicate(SHIPPED_ID)
    assert copy.what.title == f"{builtins()[SHIPPED].what.title} (copy)"
    assert (copy.command, copy.builtin) == ("", "")
    assert library.clashes(copy) == []
    again = edits.duplicate(copy.id)
    assert again.what.title.endswith("(copy) (copy)")


def test_folders_can_be_renamed_with_all_inside(edits, library):
    one, two = edits.save(OWN, "a/b"), edits.save(replace(OWN, title="Two"), "a/b/c")
    other = edits.save(replace(OWN, title="Three"), "a/bc")
    edits.rename_folder(library.entries(), "a/b", "x")
    assert [library.entry(each.id).folder for each in (one, two, other)] == ["x", "x/c", "a/bc"]
    edits.move([one.id, SHIPPED_ID], "")
    assert library.entry(one.id).folder == ""
    assert (library.entry(SHIPPED_ID).folder, library.entry(SHIPPED_ID).edited) == ("", False)


def test_words_are_found_whatever_their_accents_and_case(library, edits):
    kept = edits.save(PromptTemplate("Crème brûlée", "Explique la recette.", "dessert"), "Cuisine")
    assert titles(library.find("BRULEE creme")) == ["Crème brûlée"]
    assert library.find("cuisine recette") == [kept]
    assert library.find("no such words at all") == []
    assert library.find("  ") == library.entries()


def test_a_hit_in_the_title_and_the_more_used_come_first(library, edits):
    edits.save(PromptTemplate("One", "about zebras"))
    edits.save(PromptTemplate("Two zebras", "x"))
    used = edits.save(PromptTemplate("Three zebras", "x"))
    library.note_use(used.id)
    assert titles(library.find("zebras")) == ["Three zebras", "Two zebras", "One"]


def test_commands_are_completed_the_most_used_first(library, edits):
    edits.save(PromptTemplate("A", "x", "zz-one"))
    two = edits.save(PromptTemplate("B", "x", "ZZ-two"))
    assert titles(library.completions("/zz")) == ["A", "B"]
    library.note_use(two.id)
    assert titles(library.completions("zz")) == ["B", "A"]
    assert all(each.command for each in library.completions())


def test_a_built_in_one_counts_its_uses(library):
    library.note_use(SHIPPED_ID)
    library.note_use(SHIPPED_ID)
    entry = library.entry(SHIPPED_ID)
    assert (entry.used, entry.edited) == (2, False)


def test_of_two_with_one_command_the_users_own_is_called_and_both_are_told(library, edits):
    command = builtins()[SHIPPED].what.command
    own = edits.save(replace(OWN, command=command.upper()))
    assert library.by_command(f"/{command}") == library.entry(own.id)
    assert [each.id for each in library.clashes(own)] == [SHIPPED_ID]
    newer = edits.save(replace(OWN, command=command))
    assert library.by_command(command).id == newer.id
    assert {each.id for each in library.clashes(newer)} == {SHIPPED_ID, own.id}


def test_a_template_is_called_by_its_title_too(library, edits):
    kept = edits.save(OWN)
    edits.save(Persona("Sea captain"))
    assert library.named("MY LETTER") == kept
    assert library.named("letter-of-mine") == kept
    with pytest.raises(NoSuchTemplate, match="There is no template “Sea captain”"):
        library.named("Sea captain")


def test_what_is_exported_and_imported_again_is_equal(library, edits, tmp_path):
    paths = []
    for number, entry in enumerate(library.entries()):
        paths.append(tmp_path / f"{number}.toml")
        edits.export(entry.id, paths[-1])
    before = [(each.what, each.folder) for each in library.entries()]
    imported = edits.import_files(paths)
    assert [(each.what, each.folder) for each in imported] == before
    assert all(library.clashes(each) for each in imported)


def test_one_bad_file_of_several_keeps_all_out(edits, store, tmp_path):
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(write_wording(OWN), "utf-8")
    bad.write_text('title = "x"\ntext = "y"\ncolour = "red"', "utf-8")
    with pytest.raises(TemplateInvalid, match=r"“bad\.toml” .* line 3: unknown key “colour”"):
        edits.import_files([good, bad])
    with pytest.raises(TemplateFileUnreadable):
        edits.import_files([good, tmp_path / "none.toml"])
    assert store.records() == []


def test_a_shared_persona_names_its_model_without_the_folders_of_this_computer(edits, tmp_path):
    path = tmp_path / "p.toml"
    kept = edits.save(Persona("Pirate", "Arr.", model="/home/ada/models/one.gguf"))
    edits.export(kept.id, path)
    assert "ada" not in path.read_text()
    assert edits.import_files([path])[0].what.model == "one.gguf"


def test_an_export_that_fails_leaves_nothing(edits, tmp_path):
    with pytest.raises(DocumentNotSaved):
        edits.export(SHIPPED_ID, tmp_path / "none" / "a.toml")
    assert file_name(PromptTemplate('a/b: "c"', "x")).endswith(".toml")
    assert not set(file_name(PromptTemplate('a/b: "c"', "x"))) & set('/\\:"')


def test_a_text_that_cannot_be_understood_is_shown_as_it_stands(store, library, edits, tmp_path):
    record = TemplateRecord(WordingKind.template, 'title = "From tomorrow"\nflavour = "new"\ntext = "x"')
    store.save([record])
    entry = library.entry(record.id)
    assert "unknown key “flavour”" in entry.problem
    assert entry.what.text == record.source
    edits.export(record.id, tmp_path / "a.toml")
    assert (tmp_path / "a.toml").read_text() == record.source
    assert entry in library.find("flavour")


def test_a_built_in_one_that_is_no_longer_shipped_stays_where_it_was_edited(store, library):
    gone = TemplateRecord(WordingKind.template, "", "", "gone")
    edited = TemplateRecord(WordingKind.template, write_wording(OWN), "", "gone-too")
    store.save([gone, edited])
    found = [each for each in library.entries() if each.id in (gone.id, edited.id)]
    assert [(each.what, each.builtin, each.edited) for each in found] == [(OWN, "", False)]


def test_a_persona_begins_a_chat(database):
    chats = ChatStore(database)
    persona = Persona(
        "Pirate", "Arr.", "", "one.gguf", "", Sampling(temperature=1.5), False,
        (StartingMessage("user", "Ahoy"), StartingMessage("assistant", "Arr!")),
    )  # fmt: skip
    models = [Path("/models/two.gguf"), Path("/models/one.gguf")]
    conversation = conversation_with(persona, Conversation(title="Sea"), models)
    assert (conversation.system, conversation.model) == ("Arr.", str(models[1]))
    assert (conversation.sampling, conversation.thinking) == (Sampling(temperature=1.5), False)
    last = begin(chats, conversation, persona)
    branch = [each.message for each in chats.branch(conversation.id)]
    assert [(each.role, each.text) for each in branch] == [(Role.user, "Ahoy"), (Role.assistant, "Arr!")]
    assert branch[-1].id == last


def test_what_a_persona_leaves_open_stays_as_the_chat_has_it(database):
    chat = Conversation(system="Be kind.", model="/m/two.gguf", preset="precise", thinking=True)
    assert conversation_with(Persona("Nobody"), chat) == chat
    assert conversation_with(Persona("P", model="gone.gguf"), chat).model == "gone.gguf"
    assert begin(ChatStore(database), chat, Persona("Nobody")) is None


def test_five_hundred_templates_are_listed_and_searched_at_once(store, library):
    text = "Dear {{who}} " + "word " * 300
    wordings = [replace(OWN, title=f"Letter {number}", text=f"{text}{number}") for number in range(500)]
    store.save([TemplateRecord(WordingKind.template, write_wording(each), "Letters") for each in wordings])
    library.find("word")
    begun = time.process_time()
    assert len(library.entries()) == 500 + len(builtins())
    assert len(library.find("dear 499")) == 1
    assert time.process_time() - begun < 0.5
