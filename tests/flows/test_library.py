"""The models on this computer: named, preferred, set, found, checked and deleted."""

import hashlib
import json
import os
import shutil

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.downloads import Download, DownloadState
from chatdesk.domain.errors import (
    AdapterInvalid,
    AdapterMissing,
    ModelMissing,
    ModelNotDeleted,
)
from chatdesk.domain.hub import DownloadRequest, RemoteFile
from chatdesk.domain.library import OwnSettings
from chatdesk.domain.settings import Settings
from chatdesk.engine.gguf import GgufFiles
from chatdesk.flows.library import Checked, LibraryFlow
from chatdesk.flows.model_files import FileProgress
from chatdesk.flows.models import ModelFlow
from chatdesk.hub.applications import Layout, Place
from chatdesk.hub.elsewhere import Elsewhere
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.downloads import DownloadStore
from chatdesk.storage.library import ModelStore
from tests.fakes.gguf_models import make
from tests.fakes.lora_files import write_lora
from tests.fakes.projectors import make as make_projector


class Folder:
    """A trash that is a folder."""

    def __init__(self, path):
        self.path = path
        path.mkdir()

    def take(self, path):
        if not path.exists():
            raise ModelNotDeleted(path)
        path.rename(self.path / path.name)


class Library:
    """The flow on real stores, with applications that keep their models in `tmp_path`."""

    def __init__(self, tmp_path, starter):
        self.database = Database(tmp_path / "chats.sqlite")
        self.records = ModelStore(self.database)
        self.downloads = DownloadStore(self.database)
        self.chats = ChatStore(self.database)
        self.models = ModelFlow(GgufFiles(), starter, self.records)
        self.studio = tmp_path / "studio"
        self.ollama = tmp_path / "ollama"
        places = [Place("LM Studio", self.studio), Place("Ollama", self.ollama, Layout.ollama)]
        self.flow = LibraryFlow(self.models, self.records, Elsewhere(places), self.downloads, tmp_path)
        self.trash = Folder(tmp_path / "trash")

    def find(self, settings=None):
        return list(self.flow.find(settings or Settings(), CancelToken()))

    def verify(self, path):
        return list(self.flow.verify(path, CancelToken()))

    def downloaded(self, path, sha256, state=DownloadState.done):
        file = RemoteFile(path.name, path.stat().st_size, sha256)
        self.downloads.add(Download(DownloadRequest("owner/x", "abc", (file,), path.parent), state))


@pytest.fixture
def library(tmp_path, starter):
    made = Library(tmp_path, starter)
    yield made
    made.database.close()


@pytest.fixture
def model(library):
    """A real model of an application."""
    library.studio.mkdir()
    return make(library.studio / "tiny-model.gguf")


@pytest.fixture
def own(tmp_path):
    """A file that was downloaded."""
    path = tmp_path / "models" / "owner" / "größe 🦙.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(os.urandom(10_000_000))
    return path


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_name_a_star_and_settings_of_its_own(library, model):
    settings = Settings(model_files=(str(model),))
    library.flow.rename(model, "  Für  Briefe\n")
    library.flow.prefer(model, True)
    library.flow.set_own(model, OwnSettings(threads=2), ())
    shown = library.models.installed(settings)[0]
    assert shown.title == "Für Briefe"
    assert shown.record.favourite
    assert shown.record.own == OwnSettings(threads=2)
    library.flow.rename(model, " ")
    library.flow.set_own(model, OwnSettings(), ())
    shown = library.models.installed(settings)[0]
    assert shown.title == "tiny-llama · F32"
    assert shown.record.own.chosen == {}


def test_adapters_are_taken_kept_and_never_forgotten_while_their_file_is_away(library, tmp_path):
    model = make(tmp_path / "m.gguf")
    named = write_lora(tmp_path / "a.gguf", model, name="Pirate  speech")
    nameless = write_lora(tmp_path / "größe 🦙.gguf", model, name="model")
    first, second = (library.flow.open_adapter(model, file).adapter for file in (named, nameless))
    assert (first.name, second.name) == ("Pirate speech", "größe 🦙")
    assert (first.weight, first.on) == (1.0, True)
    assert library.flow.adapters(model) == []
    library.flow.set_own(model, OwnSettings(), [first, second])
    named.unlink()
    write_lora(nameless, model, architecture="qwen3")
    away, broken = library.flow.adapters(model)
    assert (away.adapter, away.header, away.away) == (first, None, True)
    assert (broken.adapter, broken.away) == (second, False)
    assert "“qwen3”" in broken.problem
    write_lora(named, model)
    assert not library.flow.adapters(model)[0].problem


def test_an_adapter_that_cannot_be_used_is_refused_when_it_is_added(library, tmp_path, starter):
    model = make(tmp_path / "m.gguf")
    with pytest.raises(AdapterInvalid, match="does not fit"):
        library.flow.open_adapter(model, write_lora(tmp_path / "a.gguf", starter))
    with pytest.raises(AdapterMissing):
        library.flow.open_adapter(model, tmp_path / "b.gguf")


def test_usable_models_of_other_applications_are_found(library, model):
    make(library.studio / "mmproj.gguf")
    make(library.studio / "bert.gguf").rename(library.studio / "x.part")
    (library.studio / "letter.gguf").write_text("Dear reader")
    (library.studio / "cut.gguf").write_bytes(model.read_bytes()[:5000])
    (found,) = library.find()
    assert (found.path, found.application) == (model, "LM Studio")


def test_what_is_in_the_list_already_is_not_found_again(library, model, tmp_path):
    link = tmp_path / "link.gguf"
    link.symlink_to(model)
    assert library.find(Settings(model_files=(str(link),))) == []


def test_models_in_a_folder_of_the_user_are_found(library, tmp_path):
    (tmp_path / "disk").mkdir()
    path = make(tmp_path / "disk" / "a.gguf")
    (found,) = library.find(Settings(model_folders=(str(tmp_path / "disk"), str(tmp_path / "gone"))))
    assert (found.path, found.application) == (path, "disk")


def test_found_models_are_used_in_place_and_left_again(library, model):
    settings = library.flow.use(Settings(), library.find())
    assert settings.model_files == (str(model),)
    assert settings.use_found_models
    assert library.models.installed(settings)[1].record.application == "LM Studio"
    assert library.flow.use(settings, library.find(settings)) == settings
    settings = library.flow.leave(settings)
    assert settings == Settings()
    assert model.exists()
    assert len(library.find(settings)) == 1


def test_a_found_model_that_the_user_takes_out_of_the_list_is_not_found_again(library, model):
    settings = library.flow.use(Settings(), library.find())
    settings = library.models.forget(settings, model)
    assert library.find(settings) == []
    settings = library.models.remember(settings, model)
    assert library.models.installed(settings)[1].path == model


def test_a_file_without_a_name_is_called_as_its_application_calls_it(library, tmp_path):
    made = make(tmp_path / "x.gguf")
    made.write_bytes(made.read_bytes().replace(b"tiny-llama", b"1234567890"))
    blob = library.ollama / "blobs" / f"sha256-{sha256(made)}"
    blob.parent.mkdir(parents=True)
    made.rename(blob)
    manifest = library.ollama / "manifests" / "registry.ollama.ai" / "library" / "tiny" / "latest"
    manifest.parent.mkdir(parents=True)
    layer = {"mediaType": "application/vnd.ollama.image.model", "digest": blob.name.replace("-", ":")}
    manifest.write_text(json.dumps({"layers": [layer]}))
    (found,) = library.find()
    settings = library.flow.use(Settings(), [found])
    assert library.models.installed(settings)[1].title == "tiny:latest"
    assert not library.flow.deletable(blob)
    assert library.verify(blob)[-1] == Checked(())


def test_a_cancelled_search_ends(library, model):
    cancel = CancelToken()
    cancel.cancel()
    assert list(library.flow.find(Settings(), cancel)) == []


def test_a_file_that_is_as_it_was_downloaded_passes_the_check(library, own):
    library.downloaded(own, sha256(own))
    events = library.verify(own)
    assert events[-1] == Checked(())
    assert [type(event) for event in events[:-1]] == [FileProgress] * 3
    assert events[-2] == FileProgress(10_000_000, 10_000_000)


def test_a_file_with_one_changed_byte_does_not(library, own):
    library.downloaded(own, sha256(own))
    library.flow.keep_checksums(own)
    for download in library.downloads.queue():
        library.downloads.remove(download.id)
    with own.open("r+b") as file:
        file.seek(9_000_000)
        file.write(bytes([file.read(1)[0] ^ 1]))
    assert library.verify(own)[-1] == Checked((own,))


def test_without_a_known_checksum_nothing_is_compared(library, own):
    assert library.flow.checksums(own) == {}
    library.downloaded(own, "")
    library.flow.keep_checksums(own)
    assert library.flow.checksums(own) == {}


def test_the_check_can_be_stopped_and_says_when_the_file_is_gone(library, own):
    library.downloaded(own, sha256(own))
    cancel = CancelToken()
    events = library.flow.verify(own, cancel)
    assert isinstance(next(events), FileProgress)
    cancel.cancel()
    assert list(events) == []
    own.unlink()
    with pytest.raises(ModelMissing):
        library.verify(own)


def test_every_part_of_a_split_model_is_checked(library, tmp_path):
    parts = [tmp_path / f"m-0000{number}-of-00002.gguf" for number in (1, 2)]
    for part in parts:
        part.write_bytes(part.name.encode())
        library.downloaded(part, sha256(part))
    parts[1].write_bytes(b"other")
    assert library.verify(parts[0])[-1] == Checked((parts[1],))


def test_deleting_frees_the_size_of_all_parts_and_keeps_the_name(library, tmp_path):
    parts = [tmp_path / f"m-0000{number}-of-00002.gguf" for number in (1, 2)]
    for part in parts:
        part.write_bytes(b"x" * 500)
    settings = Settings(model_files=(str(parts[0]),), default_model=str(parts[0]))
    library.flow.rename(parts[0], "Mine")
    assert library.flow.deletable(parts[0])
    assert library.flow.freed_by_deleting(parts[0]) == 1000
    assert library.flow.delete(settings, parts[0], library.trash) == Settings()
    assert sorted(each.name for each in library.trash.path.iterdir()) == [part.name for part in parts]
    assert library.models.model(parts[0]).title == "Mine"


def test_a_part_for_pictures_is_checked_and_deleted_with_its_model_alone(library, tmp_path):
    folder = tmp_path / "seeing"
    folder.mkdir()
    model, projector = make(folder / "tiny-Q8_0.gguf"), make_projector(folder / "mmproj-f16.gguf")
    for file in (model, projector):
        library.downloaded(file, sha256(file))
    assert set(library.flow.checksums(model)) == {model, projector}
    other = shutil.copy(model, folder / "tiny-Q4_K_M.gguf")
    assert library.flow.freed_by_deleting(model) == model.stat().st_size
    other.unlink()
    assert library.flow.freed_by_deleting(model) == model.stat().st_size + projector.stat().st_size
    library.flow.delete(Settings(model_files=(str(model),)), model, library.trash)
    assert list(folder.iterdir()) == []


def test_a_link_frees_nothing_and_is_not_deleted(library, own, tmp_path):
    link = tmp_path / "link.gguf"
    link.symlink_to(own)
    assert not library.flow.deletable(link)
    assert library.flow.freed_by_deleting(link) == 0
    os.link(own, tmp_path / "hard.gguf")
    assert library.flow.freed_by_deleting(own) == 0


def test_what_the_trash_does_not_take_stays_in_the_list(library, tmp_path):
    settings = Settings(model_files=(str(tmp_path / "gone.gguf"),))
    with pytest.raises(ModelNotDeleted):
        library.flow.delete(settings, tmp_path / "gone.gguf", library.trash)
