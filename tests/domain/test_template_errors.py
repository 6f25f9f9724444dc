"""What is said of templates that cannot be used."""

import pickle
from pathlib import Path

import pytest

from chatdesk.domain import template_errors as errors
from chatdesk.domain.templates import ValueProblem

PATH = Path("Modèle 日本.toml")
EXAMPLES = [
    errors.TemplateInvalid("Mail", "line 3: unknown key “colour”"),
    errors.TemplateFileUnreadable(PATH, "permission denied"),
    errors.TemplateFileTooLarge(PATH, 4),
    errors.TemplateNotFilled("Mail", [ValueProblem("to", "“To” is empty.")]),
    errors.NoSuchTemplate("mial"),
    errors.NoSuchTemplate("mial", ["mail", "letter"]),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_each_error_says_what_happened_and_what_to_do(error):
    assert error.sentence.endswith(".")
    assert error.hint.endswith(".")
    assert "{" not in error.sentence + error.hint


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_errors_travel_through_a_pipe_with_all_they_know(error):
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.sentence, copy.hint, copy.__dict__) == (error.sentence, error.hint, error.__dict__)
