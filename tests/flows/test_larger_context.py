"""Models that can read what is too long for the chat's model: as they are, or with more context."""

from pathlib import Path

from chatdesk.domain.models import InstalledModel, ModelHeader
from chatdesk.flows.larger_context import Larger, larger


def model(name, trained, problem=""):
    header = ModelHeader(name, "llama", "Q4_K_M", 1, 1, trained, "", has_template=True)
    return InstalledModel(Path(name), name, 1, header, problem=problem)


def test_models_with_room_come_as_they_are_and_others_with_as_much_as_they_were_trained_for():
    trained = {"now": 131_072, "small": 2048, "long": 262_144, "tight": 31_000}
    now, small, long, tight = (model(*each) for each in trained.items())
    models = [now, small, long, tight, model("broken", 262144, "damaged")]
    has = {"now": 8192, "small": 2048, "long": 65_536, "tight": 8192}

    def found(needed):
        return larger(models, now.path, needed, lambda each: has[each.title])

    assert found(30_000) == [Larger(now, 40_960), Larger(long), Larger(tight, 31_000)]
    assert found(300_000) == []
