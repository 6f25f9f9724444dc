"""Sorts the quantisations of a model by how much they keep of it, and recommends one for a machine."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatdesk.domain.hub import Advice, RemoteFile, SizeGroup, Variant
from chatdesk.domain.words import tr

SMALL_MODEL = 2_500_000_000  # bytes of a file with 8 bits a weight: so small a model loses much by 4 bits
# Balanced is what has 4 or 5 bits by its name. The bits of a whole file are more, as parts of it keep more:
# 4.3 for Q3_K_L, 4.5 for IQ4_XS, 6.0 for Q5_1, 6.6 for Q6_K.
_BALANCED_BY_NAME = (4, 6)
_BALANCED_BY_SIZE = (4.4, 6.3)
_BITS_IN_NAME = re.compile(r"(?:IQ|TQ|Q|MXFP|NVFP|BF|F)(\d+)")
# What people who measure and make such files advise, best first, of those with 4 to 5 bits.
_BALANCED = (
    "Q4_K_M", "UD-Q4_K_XL", "Q4_K_XL", "Q4_K_L", "MXFP4", "MXFP4_MOE", "Q4_K_S", "IQ4_NL", "IQ4_XS", "Q4_1",
    "Q4_0",
)  # fmt: skip
_PROJECTORS = ("F16", "FP16", "Q8_0", "BF16", "F32", "FP32")
_PROJECTOR_KIND = re.compile(r"Q8_0|BF16|FP?16|FP?32")
_OF_SMALL_MODELS = ("Q8_0", "UD-Q8_K_XL", "Q6_K", "Q6_K_L", "UD-Q6_K_XL")


def projector_of(projectors: Sequence[RemoteFile]) -> RemoteFile | None:
    """Return the part for pictures to take: the smallest without a loss that counts; None where is none."""

    def rank(file: RemoteFile) -> tuple[int, int]:
        match = _PROJECTOR_KIND.search(file.path.rpartition("/")[2].upper())
        return _PROJECTORS.index(match[0]) if match else len(_PROJECTORS), file.bytes

    return min(projectors, key=rank, default=None)


def group_of(variant: Variant, parameters: int = 0) -> SizeGroup:
    """Return the group of a variant of a model with that many parameters, 0 where they are not known."""
    match = _BITS_IN_NAME.search(variant.quantisation)
    if match:
        return _between(float(match[1]), *_BALANCED_BY_NAME)
    if parameters:
        return _between(variant.bytes * 8 / parameters, *_BALANCED_BY_SIZE)
    return SizeGroup.balanced


def _between(bits: float, least: float, most: float) -> SizeGroup:
    if bits < least:
        return SizeGroup.small
    return SizeGroup.balanced if bits < most else SizeGroup.large


def grouped(variants: Sequence[Variant], parameters: int = 0) -> dict[SizeGroup, tuple[Variant, ...]]:
    """Return the variants by group in the order of SizeGroup, without groups that are empty."""
    groups = {
        group: tuple(each for each in variants if group_of(each, parameters) is group) for group in SizeGroup
    }
    return {group: members for group, members in groups.items() if members}


def recommend(variants: Sequence[Variant], room: int, parameters: int = 0) -> Advice:
    """Recommend one of `variants` for a machine with `room` bytes for a model's file, and say why."""
    fitting = [variant for variant in variants if variant.bytes <= room]
    if not fitting:
        smallest = min((variant.bytes for variant in variants), default=0)
        return Advice(
            None,
            tr("None fits: the smallest takes {needed:.1f} GB, and there is room for {room:.1f} GB.").format(
                needed=smallest / 1e9, room=room / 1e9
            ),
        )
    groups = grouped(fitting, parameters)
    return (
        _of_small_model(fitting)
        or _balanced(groups.get(SizeGroup.balanced, ()))
        or _best_left(variants, groups, parameters)
    )


def _of_small_model(fitting: Sequence[Variant]) -> Advice | None:
    known = [each for each in fitting if each.quantisation in _OF_SMALL_MODELS and each.bytes <= SMALL_MODEL]
    if not known:
        return None
    best = min(known, key=lambda each: _OF_SMALL_MODELS.index(each.quantisation))
    return Advice(best, tr("The model is small, so there is room here to keep nearly all of its quality."))


def _balanced(fitting: Sequence[Variant]) -> Advice | None:
    if not fitting:
        return None
    # Beyond the usual ones, the smallest of this group is the most common.
    order = {name: rank for rank, name in enumerate(_BALANCED)}
    best = min(fitting, key=lambda each: (order.get(each.quantisation, len(order)), each.bytes))
    return Advice(best, tr("The usual choice: it keeps most of the quality at a third of the size."))


def _best_left(
    variants: Sequence[Variant], groups: dict[SizeGroup, tuple[Variant, ...]], parameters: int
) -> Advice:
    if SizeGroup.large in groups:
        best = min(groups[SizeGroup.large], key=lambda each: each.bytes)
        return Advice(best, tr("The smallest that keeps the quality; it fits this computer."))
    best = max(groups[SizeGroup.small], key=lambda each: each.bytes)
    larger = any(group_of(each, parameters) is not SizeGroup.small for each in variants)
    if larger:
        return Advice(
            best, tr("The best that fits this computer; larger ones need more memory than is free now.")
        )
    return Advice(best, tr("The best of what there is; it fits this computer."))
