"""Small, Balanced and Large, and which one is recommended for a machine."""

import pytest

from chatdesk.domain.hub import RemoteFile, SizeGroup, Variant
from chatdesk.hub.grouping import group_of, grouped, projector_of, recommend

GB = 10**9
# Sizes of an 8B model's files on the Hub, in bytes.
SIZES = {
    "IQ1_S": 2.1, "Q2_K": 3.2, "IQ3_XXS": 3.3, "Q3_K_M": 4.0, "IQ4_XS": 4.4, "Q4_0": 4.7, "Q4_K_S": 4.7,
    "Q4_K_M": 4.9, "Q5_K_M": 5.7, "Q6_K": 6.6, "Q8_0": 8.5, "BF16": 16.1,
}  # fmt: skip
EIGHT_B = 8_000_000_000


def variant(name, gigabytes):
    return Variant(name, (RemoteFile(f"m-{name}.gguf", round(gigabytes * GB)),))


def variants(*names, scale=1.0):
    return tuple(variant(name, SIZES[name] * scale) for name in names or SIZES)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("IQ1_S", SizeGroup.small), ("TQ2_0", SizeGroup.small), ("Q3_K_L", SizeGroup.small),
        ("UD-Q2_K_XL", SizeGroup.small), ("IQ4_XS", SizeGroup.balanced), ("Q4_0", SizeGroup.balanced),
        ("UD-Q4_K_XL", SizeGroup.balanced), ("MXFP4", SizeGroup.balanced), ("NVFP4", SizeGroup.balanced),
        ("Q5_K_M", SizeGroup.balanced), ("Q6_K", SizeGroup.large), ("Q8_0", SizeGroup.large),
        ("BF16", SizeGroup.large), ("F16", SizeGroup.large), ("F32", SizeGroup.large),
        ("", SizeGroup.balanced),
    ],
)  # fmt: skip
def test_the_bits_in_the_name_tell_the_group(name, group):
    assert group_of(variant(name, 4)) is group
    assert group_of(variant(name, 4), EIGHT_B) is group or name == ""


@pytest.mark.parametrize(
    ("gigabytes", "group"), [(3.5, SizeGroup.small), (4.9, SizeGroup.balanced), (16, SizeGroup.large)]
)
def test_without_a_name_the_size_tells(gigabytes, group):
    assert group_of(variant("", gigabytes), EIGHT_B) is group


def test_groups_come_in_order_without_empty_ones():
    groups = grouped(variants("Q2_K", "Q4_K_M", "Q5_K_M", "Q8_0"))
    assert list(groups) == [SizeGroup.small, SizeGroup.balanced, SizeGroup.large]
    assert [each.quantisation for each in groups[SizeGroup.balanced]] == ["Q4_K_M", "Q5_K_M"]
    assert list(grouped(variants("Q8_0"))) == [SizeGroup.large]
    assert grouped(()) == {}


@pytest.mark.parametrize(
    ("room", "name", "reason"),
    [
        (100, "Q4_K_M", "The usual choice"),
        (4.9, "Q4_K_M", "The usual choice"),
        (4.8, "Q4_K_S", "The usual choice"),
        (4.5, "IQ4_XS", "The usual choice"),
        (4.2, "Q3_K_M", "larger ones need more memory than is free now"),
        (3.25, "Q2_K", "larger ones need more memory than is free now"),
        (2.5, "IQ1_S", "larger ones need more memory than is free now"),
    ],
)
def test_the_best_that_fits_is_recommended_with_its_reason(room, name, reason):
    advice = recommend(variants(), round(room * GB), EIGHT_B)
    assert advice.variant.quantisation == name
    assert reason in advice.reason


def test_nothing_is_recommended_where_nothing_fits():
    advice = recommend(variants("Q2_K", "Q8_0"), 2 * GB)
    assert advice.variant is None
    assert advice.reason == "None fits: the smallest takes 3.2 GB, and there is room for 2.0 GB."
    assert recommend((), 2 * GB).variant is None


def test_a_small_model_keeps_eight_bits_where_they_fit():
    small = variants(scale=0.2)
    assert recommend(small, 4 * GB).variant.quantisation == "Q8_0"
    assert "The model is small" in recommend(small, 4 * GB).reason
    assert recommend(small, round(1.5 * GB)).variant.quantisation == "Q6_K"
    assert recommend(small, GB).variant.quantisation == "Q4_K_M"


def test_where_little_is_offered_the_best_of_it_is_recommended():
    assert recommend(variants("Q8_0", "BF16"), 20 * GB).variant.quantisation == "Q8_0"
    advice = recommend(variants("Q2_K", "Q3_K_M"), 20 * GB)
    assert advice.variant.quantisation == "Q3_K_M"
    assert advice.reason == "The best of what there is; it fits this computer."
    assert recommend((variant("", 1),), 2 * GB).variant.quantisation == ""
    assert recommend((variant("F16", 0.3),), 2 * GB).variant.quantisation == "F16"


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["mmproj-F32.gguf", "mmproj-BF16.gguf", "mmproj-F16.gguf"], "mmproj-F16.gguf"),
        (["mmproj-model-bf16.gguf", "mmproj-model-q8_0.gguf"], "mmproj-model-q8_0.gguf"),
        (["Qwen2-VL-2B.mmproj-fp16.gguf", "mmproj-F32.gguf"], "Qwen2-VL-2B.mmproj-fp16.gguf"),
        (["sub/mmproj-strange.gguf"], "sub/mmproj-strange.gguf"),
    ],
)
def test_of_the_parts_for_pictures_the_small_one_without_loss_is_taken(names, chosen):
    assert projector_of([RemoteFile(name, GB) for name in names]).path == chosen


def test_without_parts_for_pictures_none_is_taken():
    assert projector_of([]) is None
