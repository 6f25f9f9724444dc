"""The starter model: a small Llama-style decoder in plain PyTorch.

RMSNorm before each block, rotary positions on adjacent pairs (the layout that the GGUF architecture "llama"
expects, so that the export needs no permutation), grouped-query attention, SwiGLU and tied embeddings.
"""

from __future__ import annotations

import torch
from starter_net.shape import Shape
from torch import Tensor, nn
from torch.nn import functional


class RMSNorm(nn.Module):  # type: ignore[misc]  # torch is not there where mypy runs
    """Root-mean-square normalisation with a learned gain."""

    def __init__(self, dim: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """Return x, of any shape that ends with `dim`, normalised over its last dimension."""
        return functional.rms_norm(x.float(), (x.shape[-1],), self.weight, self.eps).to(x.dtype)


def rope_table(shape: Shape) -> tuple[Tensor, Tensor]:
    """Return cosines and sines, each [context, head_dim / 2]."""
    inverse = shape.rope_base ** (-torch.arange(0, shape.head_dim, 2).float() / shape.head_dim)
    angle = torch.arange(shape.context).float()[:, None] * inverse[None, :]
    return angle.cos(), angle.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate the pairs (2i, 2i+1) of the last dimension by their angles."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


class Block(nn.Module):  # type: ignore[misc]  # torch is not there where mypy runs
    """One attention layer and one feed-forward layer, each with a residual."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        kv_dim = shape.kv_heads * shape.head_dim
        self.attn_norm = RMSNorm(shape.dim, shape.eps)
        self.q = nn.Linear(shape.dim, shape.dim, bias=False)
        self.k = nn.Linear(shape.dim, kv_dim, bias=False)
        self.v = nn.Linear(shape.dim, kv_dim, bias=False)
        self.o = nn.Linear(shape.dim, shape.dim, bias=False)
        self.ffn_norm = RMSNorm(shape.dim, shape.eps)
        self.gate = nn.Linear(shape.dim, shape.ffn, bias=False)
        self.up = nn.Linear(shape.dim, shape.ffn, bias=False)
        self.down = nn.Linear(shape.ffn, shape.dim, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Return [batch, length, dim] from the same; cos and sin are [length, head_dim / 2]."""
        x = x + self.o(self._attention(self.attn_norm(x), cos, sin))
        normed = self.ffn_norm(x)
        return x + self.down(functional.silu(self.gate(normed)) * self.up(normed))

    def _attention(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        shape, (batch, length, _) = self.shape, x.shape
        q = self.q(x).view(batch, length, shape.heads, shape.head_dim).transpose(1, 2)
        k = self.k(x).view(batch, length, shape.kv_heads, shape.head_dim).transpose(1, 2)
        v = self.v(x).view(batch, length, shape.kv_heads, shape.head_dim).transpose(1, 2)
        q, k = rotate(q, cos, sin).to(v.dtype), rotate(k, cos, sin).to(v.dtype)
        group = shape.heads // shape.kv_heads
        k, v = k.repeat_interleave(group, 1), v.repeat_interleave(group, 1)
        seen = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        return seen.transpose(1, 2).reshape(batch, length, shape.dim)


class Decoder(nn.Module):  # type: ignore[misc]  # torch is not there where mypy runs
    """The whole model; `hidden` gives states, `logits` maps them to the vocabulary."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocab, shape.dim)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = RMSNorm(shape.dim, shape.eps)
        cos, sin = rope_table(shape)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                ends_residual = name.endswith(("o.weight", "down.weight"))
                nn.init.normal_(parameter, std=0.02 / (2 * shape.layers) ** 0.5 if ends_residual else 0.02)

    def hidden(self, ids: Tensor) -> Tensor:
        """Return the states [batch, length, dim] of the token ids [batch, length]."""
        x = self.embed(ids)
        cos, sin = self.cos[: ids.shape[1]], self.sin[: ids.shape[1]]
        for block in self.blocks:
            x = block(x, cos, sin)
        return self.norm(x)

    def logits(self, states: Tensor) -> Tensor:
        """Return [..., vocab] from states [..., dim]."""
        return functional.linear(states, self.embed.weight)
