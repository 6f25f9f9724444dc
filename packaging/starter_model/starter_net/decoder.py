"""The starter model: a small Llama-style decoder in plain PyTorch, written to be fast on few CPU cores.

Normalisation by the root mean square before each block, rotary positions, grouped-query attention, SwiGLU
and tied embeddings. States and products are bfloat16 unless told otherwise, weights float32. Three things
differ from a textbook's code, each measured on two cores: the gain of a norm is multiplied into the matrices
behind it, positions rotate the two halves of a head instead of neighbours (the export puts the rows in the
order of GGUF), and attention is three plain operations, twice as fast here as PyTorch's fused kernel.
"""

from __future__ import annotations

import torch
from starter_net.shape import Shape
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx
from torch.nn import functional


class _Unit(torch.autograd.Function):  # type: ignore[misc]  # torch is not there where mypy runs
    """Division by the root mean square of the last dimension, in few passes over memory."""

    @staticmethod
    def forward(ctx: FunctionCtx, x: Tensor, eps: float) -> Tensor:
        """Return x with a root mean square of 1."""
        length = torch.linalg.vector_norm(x, dim=-1, keepdim=True, dtype=torch.float32)
        factor = torch.rsqrt(length.square_().div_(x.shape[-1]).add_(eps)).to(x.dtype)
        unit = x * factor
        ctx.save_for_backward(unit, factor)
        return unit

    @staticmethod
    def backward(ctx: FunctionCtx, gradient: Tensor) -> tuple[Tensor, None]:
        """Return the gradient of x: the part along x has no effect."""
        unit, factor = ctx.saved_tensors
        along = torch.linalg.vecdot(gradient, unit).div_(unit.shape[-1]).unsqueeze(-1)
        return torch.addcmul(gradient, unit, along, value=-1).mul_(factor), None


def rope_table(shape: Shape) -> tuple[Tensor, Tensor]:
    """Return cosines and sines, each [context, head_dim / 2]."""
    inverse = shape.rope_base ** (-torch.arange(0, shape.head_dim, 2).float() / shape.head_dim)
    angle = torch.arange(shape.context).float()[:, None] * inverse[None, :]
    return angle.cos(), angle.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate the pairs (i, i + half) of the last dimension by their angles."""
    first, second = x.chunk(2, -1)
    return torch.cat((first * cos - second * sin, first * sin + second * cos), -1)


class Block(nn.Module):  # type: ignore[misc]  # torch is not there where mypy runs
    """One attention layer and one feed-forward layer, each with a residual."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        kv_dim = shape.kv_heads * shape.head_dim
        self.attn_norm = nn.Parameter(torch.ones(shape.dim))
        self.q = nn.Parameter(torch.empty(shape.dim, shape.dim))
        self.k = nn.Parameter(torch.empty(kv_dim, shape.dim))
        self.v = nn.Parameter(torch.empty(kv_dim, shape.dim))
        self.o = nn.Parameter(torch.empty(shape.dim, shape.dim))
        self.ffn_norm = nn.Parameter(torch.ones(shape.dim))
        self.gate = nn.Parameter(torch.empty(shape.ffn, shape.dim))
        self.up = nn.Parameter(torch.empty(shape.ffn, shape.dim))
        self.down = nn.Parameter(torch.empty(shape.dim, shape.ffn))

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, unseen: Tensor) -> Tensor:
        """Return [batch, length, dim] from the same.

        cos and sin are [length, 1, head_dim / 2]; `unseen` is [length, length], minus infinity where the
        future is.
        """
        x = x + functional.linear(self._attention(x, cos, sin, unseen), self.o.to(x.dtype))
        normed = _Unit.apply(x, self.shape.eps)
        gate = functional.linear(normed, (self.gate * self.ffn_norm).to(x.dtype))
        up = functional.linear(normed, (self.up * self.ffn_norm).to(x.dtype))
        return x + functional.linear(functional.silu(gate) * up, self.down.to(x.dtype))

    def _attention(self, x: Tensor, cos: Tensor, sin: Tensor, unseen: Tensor) -> Tensor:
        shape, (batch, length, _) = self.shape, x.shape
        weight = (torch.cat((self.q, self.k, self.v)) * self.attn_norm).to(x.dtype)
        heads = functional.linear(_Unit.apply(x, shape.eps), weight).view(batch, length, -1, shape.head_dim)
        rotated = shape.heads + shape.kv_heads
        query, key = rotate(heads[:, :, :rotated], cos, sin).split((shape.heads, shape.kv_heads), 2)
        group = shape.heads // shape.kv_heads
        key, value = (part.repeat_interleave(group, 2) for part in (key, heads[:, :, rotated:]))
        rows = (batch * shape.heads, length, shape.head_dim)
        query, key, value = (part.transpose(1, 2).reshape(rows) for part in (query, key, value))
        scores = torch.bmm(query * shape.head_dim**-0.5, key.transpose(1, 2)) + unseen
        seen = torch.bmm(scores.softmax(-1), value).view(batch, shape.heads, length, shape.head_dim)
        return seen.transpose(1, 2).reshape(batch, length, shape.dim)


class Decoder(nn.Module):  # type: ignore[misc]  # torch is not there where mypy runs
    """The whole model; `hidden` gives states, `logits` maps them to the vocabulary."""

    def __init__(self, shape: Shape, precision: torch.dtype = torch.bfloat16) -> None:
        super().__init__()
        self.shape = shape
        self.precision = precision
        self.embed = nn.Parameter(torch.empty(shape.vocab, shape.dim))
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.Parameter(torch.ones(shape.dim))
        cos, sin = rope_table(shape)
        self.register_buffer("cos", cos[:, None].to(precision), persistent=False)
        self.register_buffer("sin", sin[:, None].to(precision), persistent=False)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                spread = 0.02 if name == "embed" else 0.7 * parameter.shape[1] ** -0.5
                ends_residual = name.endswith((".o", ".down"))
                nn.init.normal_(
                    parameter, std=spread / (2 * shape.layers) ** 0.5 if ends_residual else spread
                )

    def hidden(self, ids: Tensor) -> Tensor:
        """Return the states [batch, length, dim] of the token ids [batch, length]."""
        length = ids.shape[1]
        x = functional.embedding(ids, self.embed.to(self.precision))
        unseen = torch.full((length, length), float("-inf"), dtype=self.precision, device=ids.device).triu(1)
        for block in self.blocks:
            x = block(x, self.cos[:length], self.sin[:length], unseen)
        return x

    def logits(self, states: Tensor) -> Tensor:
        """Return [..., vocab] from states [..., dim]."""
        weight = (self.embed * self.norm).to(states.dtype)
        return functional.linear(_Unit.apply(states, self.shape.eps), weight)
