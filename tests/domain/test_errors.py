"""Errors for the user: a sentence, a hint, and a way through a pipe."""

import pickle
from pathlib import Path

import pytest

from chatdesk.domain import document_errors, errors, hub_errors, storage_errors

PATH = Path("Modèle 日本.gguf")
EXAMPLES = [
    errors.ModelMissing(PATH),
    errors.ModelUnreadable(PATH, "permission denied"),
    errors.ModelInvalid(PATH, "it is a web page"),
    errors.AdapterIsNoModel(PATH),
    errors.AdapterIsNoModel(PATH, "Llama 3.2 1B"),
    errors.AdapterMissing(PATH),
    errors.AdapterInvalid(PATH, "it is a web page"),
    errors.ModelTooLarge(PATH, 9_000_000_000, 4_000_000_000),
    errors.ModelTooLarge(PATH),
    errors.MessageTooLong(9000, 4096),
    errors.ConstraintInvalid("“pattern” is not known"),
    errors.EngineCrashed(-11),
    errors.TaskInvalid(PATH, "title is missing"),
    hub_errors.FileChanged("owner/model", "model.gguf"),
    hub_errors.DownloadBusy("model.gguf"),
    hub_errors.ModelsFolderUnusable(PATH, "read-only"),
    hub_errors.DiskTooSmall(PATH, 9_000_000_000, 4_000_000_000),
    hub_errors.DownloadDamaged("model.gguf"),
    storage_errors.DatabaseDamaged(PATH, Path("backup.sqlite")),
    storage_errors.DatabaseDamaged(PATH),
    storage_errors.DatabaseBusy(PATH),
    storage_errors.DatabaseTooNew(PATH),
    storage_errors.DiskFull(PATH),
    storage_errors.FolderUnusable(PATH, "read-only"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_each_error_says_what_happened_and_what_to_do(error):
    assert isinstance(error, errors.ChatDeskError)
    assert str(error) == error.sentence
    assert error.sentence.endswith(".")
    assert error.hint.endswith(".")
    assert "{" not in error.sentence + error.hint


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_errors_travel_through_a_pipe_with_all_they_know(error):
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert (copy.sentence, copy.hint, copy.__dict__) == (error.sentence, error.hint, error.__dict__)


def test_a_message_that_is_too_long_names_both_numbers():
    assert "9,000" in str(errors.MessageTooLong(9000, 4096))
    assert "4,096" in str(errors.MessageTooLong(9000, 4096))


def test_every_error_of_the_tree_is_drawn_in_the_docstring():
    drawn = {module.__name__ for module in (errors, document_errors, hub_errors, storage_errors)}

    def names(kind):
        for each in kind.__subclasses__():
            if each.__module__ in drawn:
                yield each.__name__
                yield from names(each)

    assert all(name in errors.__doc__ for name in names(errors.ChatDeskError))
