"""Whether a model runs here: for machines of all sizes, and for the variants of a repository."""

import io
from dataclasses import replace

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.catalogue import CatalogueModel, Purpose
from chatdesk.domain.errors import ModelInvalid, ModelTooLarge
from chatdesk.domain.hub import Fit, FitVerdict, HubAccess, RemoteFile
from chatdesk.domain.hub_errors import HubUnreachable
from chatdesk.domain.models import SIGHT_BUFFERS, Gpu, LocalModel, Machine, ModelLoad, ModelShape
from chatdesk.domain.settings import Settings
from chatdesk.engine.gguf import GgufFiles, check
from chatdesk.engine.placement import place
from chatdesk.engine.shape import shape_of
from chatdesk.flows.fits import FitFlow, advice_after, first_choice, fit_of, is_tight
from chatdesk.flows.models import Memory, learnt, memory_of
from chatdesk.hub.client import HubClient
from tests.engine.gguf_files import gguf, metadata
from tests.fakes.engine import FakeEngine
from tests.fakes.gguf_shapes import make_shape
from tests.fakes.hub import FakeHub as Server
from tests.fakes.hub_port import FakeHub, repository, variant

GB = 10**9
KV = 100_000  # bytes a token
SHAPE = ModelShape(32_768, KV, 0, 0, 0, GB // 10, 1.0)
SMALL = 4 * GB  # bytes of weights
RUNS = (FitVerdict.fits, FitVerdict.shorter_context)


def fit(free, weights=SMALL, total=64 * GB, gpus=(), shape=SHAPE, shared=False, **settings):
    machine = Machine(round(free), total, tuple(Gpu("Card", round(size), size) for size in gpus), shared)
    return fit_of(shape, weights, Settings(**settings), machine)


def needed(tokens, weights=SMALL):
    return weights + SHAPE.kv(tokens) + SHAPE.working(tokens)


def test_a_model_fits_when_all_of_it_finds_room():
    roomy = fit(needed(8192))
    assert (roomy.verdict, roomy.context_tokens) == (FitVerdict.fits, 8192)
    assert roomy.needed == roomy.weights + roomy.kv + roomy.buffers == needed(8192)
    assert (roomy.free_memory, roomy.free_gpu) == (needed(8192), 0)


def test_one_byte_less_shortens_the_context():
    short = fit(needed(8192) - 1)
    assert (short.verdict, short.context_tokens) == (FitVerdict.shorter_context, 7936)


@pytest.mark.parametrize("tokens", [2048, 2304, 5120, 7936])
def test_the_longest_context_that_fits_is_told(tokens):
    short = fit(needed(tokens))
    assert (short.verdict, short.context_tokens) == (FitVerdict.shorter_context, tokens)
    assert short.needed == needed(tokens)


def test_what_pushes_other_programs_out_of_memory_is_slow():
    tight = fit(needed(2048) - 1)
    assert (tight.verdict, tight.context_tokens) == (FitVerdict.slow, 2048)


@pytest.mark.parametrize(
    ("free", "total"),
    [(4 * GB, needed(2048) - 1), (SHAPE.kv(2048) + SHAPE.working(2048) - 1, 64 * GB), (0, 0)],
)
def test_what_would_be_refused_does_not_fit(free, total):
    assert fit(free, total=total).verdict is FitVerdict.too_large


def test_the_context_that_the_user_chose_is_the_one_that_counts():
    assert fit(needed(16_384), context_tokens=16_384).context_tokens == 16_384
    assert fit(needed(16_384) - 1, context_tokens=16_384).verdict is FitVerdict.shorter_context
    assert fit(needed(1024), context_tokens=1024).verdict is FitVerdict.fits


def test_no_more_is_asked_for_than_the_model_was_trained_for():
    assert fit(64 * GB, shape=ModelShape(4096, KV, 0, 0, 0, 0, 1.0)).context_tokens == 4096


def test_a_large_model_on_the_processor_is_slow_and_on_a_card_it_is_not():
    assert fit(64 * GB, 7 * GB).verdict is FitVerdict.slow
    assert fit(64 * GB, 5 * GB).verdict is FitVerdict.fits
    assert fit(64 * GB, 7 * GB, gpus=[24 * GB]).verdict is FitVerdict.fits


def test_a_card_with_a_part_of_the_model_makes_it_faster():
    assert fit(64 * GB, 20 * GB, gpus=[10 * GB]).verdict is FitVerdict.slow
    assert fit(64 * GB, 20 * GB, gpus=[17 * GB]).verdict is FitVerdict.fits
    assert fit(64 * GB, 20 * GB, gpus=[9 * GB, 9 * GB]).verdict is FitVerdict.fits


def test_experts_that_are_not_in_use_cost_no_time():
    assert fit(64 * GB, 20 * GB).verdict is FitVerdict.slow
    experts = ModelShape(32_768, KV, 0, 0, 0, 0, 0.2)
    assert fit(64 * GB, 20 * GB, shape=experts).verdict is FitVerdict.fits


def test_the_memory_of_cards_counts_once():
    quarter = GB // 4
    assert fit(needed(8192) - quarter, gpus=[quarter]).verdict is FitVerdict.fits
    assert fit(needed(8192) - quarter, gpus=[quarter]).free_gpu == quarter
    assert fit(needed(8192) - quarter, gpus=[quarter], shared=True).verdict is FitVerdict.shorter_context


def test_what_earlier_loads_took_corrects_the_estimate():
    corrected = fit(needed(8192), memory_factor=1.1)
    assert corrected.verdict is FitVerdict.shorter_context
    assert corrected.corrected == 1.1
    assert corrected.needed <= needed(8192) < fit(1.2 * needed(8192), memory_factor=1.1).needed


def test_the_correction_follows_slowly_and_stays_within_its_limits():
    assert learnt(1.0, 1.4) == pytest.approx(1.1)
    assert learnt(1.1, 0.0) == 1.1
    factor = 1.0
    for _ in range(50):
        factor = Settings(memory_factor=learnt(factor, 99.0)).corrected().memory_factor
    assert factor == 2.0


class HubWithFiles(FakeHub):
    def __init__(self, *repositories, content):
        super().__init__(*repositories)
        self.content = content

    def open(self, repository, revision, file, access):
        super().open(repository, revision, file, access)
        return io.BytesIO(self.content)


def fits(hub, engine=None, settings=Settings(), cancel=None):  # noqa: B008  frozen
    flow = FitFlow(hub, GgufFiles(), engine or FakeEngine())
    model = next(iter(hub.repositories.values()))
    return list(flow.for_variants(model, settings, HubAccess(), cancel or CancelToken()))


@pytest.mark.parametrize(
    ("verdicts", "room", "advised"),
    [
        ((FitVerdict.fits, FitVerdict.fits), 1, "Q4_K_M"),
        ((FitVerdict.fits, FitVerdict.too_large), 9, "Q2_K"),
        ((FitVerdict.fits, FitVerdict.slow), 9, "Q4_K_M"),
        ((FitVerdict.fits, FitVerdict.slow), 1, "Q2_K"),
        ((FitVerdict.slow, FitVerdict.fits), 1, "Q4_K_M"),
        ((FitVerdict.too_large, FitVerdict.too_large), 9, None),
        ((FitVerdict.fits,), 9, "Q4_K_M"),
    ],
)
def test_what_is_recommended_agrees_with_what_was_found_to_fit(verdicts, room, advised):
    some = repository("o/m", variant("Q2_K", 2 * GB), variant("Q4_K_M", 4 * GB))
    judged = [
        (each, Fit(verdict, each.bytes, GB, 0, 8192, 2 * GB if verdict not in RUNS else 9 * GB, 0))
        for each, verdict in zip(some.variants, verdicts, strict=False)
    ]
    advice = advice_after(some, judged, room * GB)
    assert (advice.variant.quantisation if advice.variant else None) == advised
    if advised is None:
        assert advice.reason == "None fits: the smallest needs 3.0 GB with its context, and 2.0 GB are free."


def test_the_memory_of_a_machine_counts_that_of_its_cards():
    machine = Machine(10 * GB, 16 * GB, (Gpu("Card", 20 * GB, 24 * GB),))
    assert memory_of(machine) == Memory(40 * GB, 30 * GB, 24 * GB)
    assert memory_of(replace(machine, shared=True)) == Memory(16 * GB, 10 * GB)


def test_all_variants_are_judged_by_one_reading_of_the_smallest_file():
    some = repository(
        "o/m", variant("Q2_K", 2 * GB), variant("Q4_K_M", 4 * GB, parts=2), variant("F16", 90 * GB)
    )
    hub = HubWithFiles(some, content=gguf(metadata(tokenizer__ggml__tokens=["t"] * 5000)))
    judged = fits(hub)
    assert [found.quantisation for found, _ in judged] == ["Q2_K", "Q4_K_M", "F16"]
    assert [each.weights for _, each in judged] == [2 * GB, 4 * GB, 90 * GB]
    assert [each.verdict for _, each in judged] == [FitVerdict.fits, FitVerdict.fits, FitVerdict.too_large]
    assert [what for what, _ in hub.asked] == ["open"]


def test_the_part_for_pictures_counts_among_what_a_model_needs():
    content = gguf(metadata(tokenizer__ggml__tokens=["t"] * 5000))
    blind = repository("o/m", variant("Q4_K_M", 4 * GB))
    seeing = repository("o/m", variant("Q4_K_M", 4 * GB), projectors=(RemoteFile("mmproj-F16.gguf", GB),))
    ((_, without),) = fits(HubWithFiles(blind, content=content))
    ((_, along),) = fits(HubWithFiles(seeing, content=content))
    assert along.needed - without.needed == GB + SIGHT_BUFFERS


def test_the_beginning_of_a_real_file_is_one_request_of_128_kib():
    content = gguf(metadata(tokenizer__ggml__tokens=[f"token{i}" for i in range(50_000)]))
    with Server() as server:
        server.add("o/m", {"m-Q4_0.gguf": content, "m-Q8_0.gguf": content})
        access = HubAccess(server.url)
        hub = HubClient(30)
        found = hub.repository("o/m", access)
        before = len(server.asked(server="cdn"))
        judged = list(
            FitFlow(hub, GgufFiles(), FakeEngine()).for_variants(found, Settings(), access, CancelToken())
        )
        asked = server.asked(server="cdn")[before:]
    assert [each.verdict for _, each in judged] == [FitVerdict.fits] * 2
    assert [(each.range, each.sent) for each in asked] == [("bytes=0-131071", 131072)]


@pytest.mark.parametrize("beyond", [-1, 0, 64 * GB])
@pytest.mark.parametrize("gpus", [(), (GB // 100,)])
def test_what_does_not_fit_is_what_loading_refuses(tmp_path, beyond, gpus):
    path = make_shape(tmp_path / "m.gguf", "grouped")
    file = check(path)
    shape = shape_of(file)
    cards = tuple(Gpu("Card", size, size) for size in gpus)
    working = shape.kv(2048) + shape.working(2048)
    for free in (0, working - 1, working, 8 * GB):
        total = file.weights + working + beyond - sum(gpus)
        machine = Machine(min(total, max(0, free - sum(gpus))), total, cards)
        verdict = fit_of(shape, file.weights, Settings(), machine).verdict
        try:
            place(ModelLoad(LocalModel(path)), file, machine, False)
            refused = False
        except ModelTooLarge:
            refused = True
        assert refused == (verdict is FitVerdict.too_large)


def test_cards_do_not_count_where_the_settings_use_none():
    hub = HubWithFiles(repository("o/m", variant("Q8_0", 12 * GB)), content=gguf())
    engine = FakeEngine()
    engine.memory = Machine(64 * GB, 64 * GB, (Gpu("Card", 24 * GB, 24 * GB),))
    assert fits(hub, engine)[0][1].verdict is FitVerdict.fits
    assert fits(hub, engine, Settings(gpu_layers=0))[0][1].verdict is FitVerdict.slow


def test_a_cancelled_look_judges_nothing():
    cancel = CancelToken()
    cancel.cancel()
    hub = HubWithFiles(content=gguf())
    assert fits(hub, cancel=cancel) == []
    assert hub.asked == []


def test_what_is_no_model_and_what_does_not_answer_is_told():
    with pytest.raises(ModelInvalid):
        fits(HubWithFiles(content=b"<html>"))
    hub = HubWithFiles(content=gguf())
    hub.failing["open"] = HubUnreachable("hub", "no answer")
    with pytest.raises(HubUnreachable):
        fits(hub)


def offered(memory, size):
    return CatalogueModel(
        "o/m", "m.gguf", f"{size} GB", Purpose.chat, memory, size * GB, "MIT", "all", "All."
    )


@pytest.mark.parametrize(
    ("total", "free", "chosen"),
    [
        (32, 30, "9 GB"),
        (16, 15, "9 GB"),
        (16, 13, "3 GB"),  # the large one suits the machine, but 9 GB are more than two thirds of 13
        (16, 5, "3 GB"),
        (16, 1, "1 GB"),  # nothing fits now: the smallest asks for the least to be closed
        (8, 7, "3 GB"),
        (2, 2, None),
    ],
)
def test_the_first_choice_is_the_best_that_fits_into_free_memory(total, free, chosen):
    models = [offered(4, 1), offered(8, 3), offered(16, 9)]
    now = Memory(total * GB, free * GB)
    first = first_choice(models, now)
    assert (first.title if first else None) == chosen
    assert [is_tight(model, now) for model in models] == [
        model.memory <= total and model.bytes > now.largest_file for model in models
    ]
