"""The public chat formats, for model files whose own template is missing or cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChatFormat:
    """`marks` are pieces of a template's text and `architectures` values of general.architecture that
    point to it.
    """

    name: str
    source: str  # Jinja2
    marks: tuple[str, ...] = ()
    architectures: tuple[str, ...] = ()


CHATML = ChatFormat(
    "ChatML",
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
    marks=("<|im_start|>", "<|im_end|>"),
    architectures=("qwen", "qwen2", "qwen2moe", "qwen3", "qwen3moe", "smollm3"),
)
LLAMA_3 = ChatFormat(
    "Llama 3",
    "{{ bos_token }}{% for message in messages %}"
    "{{ '<|start_header_id|>' + message.role + '<|end_header_id|>\n\n' + message.content + '<|eot_id|>' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}",
    marks=("<|start_header_id|>", "<|eot_id|>"),
)
GEMMA = ChatFormat(
    "Gemma",
    "{{ bos_token }}{% for message in messages %}"
    "{% if message.role == 'system' %}{{ raise_exception('There is no system turn') }}{% endif %}"
    "{% set name = 'model' if message.role == 'assistant' else 'user' %}"
    "{{ '<start_of_turn>' + name + '\n' + message.content + '<end_of_turn>\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<start_of_turn>model\n' }}{% endif %}",
    marks=("<start_of_turn>", "<end_of_turn>"),
    architectures=("gemma", "gemma2", "gemma3", "gemma3n"),
)
MISTRAL = ChatFormat(
    "Mistral",
    "{{ bos_token }}{% for message in messages %}"
    "{% if message.role == 'system' %}{{ raise_exception('There is no system turn') }}{% endif %}"
    "{% if message.role == 'user' %}{{ '[INST] ' + message.content + ' [/INST]' }}"
    "{% else %}{{ ' ' + message.content + eos_token }}{% endif %}"
    "{% endfor %}",
    marks=("[INST]",),
)
PHI_3 = ChatFormat(
    "Phi 3",
    "{% for message in messages %}"
    "{{ '<|' + message.role + '|>\n' + message.content + '<|end|>\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}",
    marks=("<|assistant|>", "<|user|>"),
    architectures=("phi3",),
)
HARMONY = ChatFormat(
    "Harmony",
    "{% for message in messages %}"
    "{% if message.role == 'assistant' %}"
    "{{ '<|start|>assistant<|channel|>final<|message|>' + message.content + '<|end|>' }}"
    "{% else %}{{ '<|start|>' + message.role + '<|message|>' + message.content + '<|end|>' }}{% endif %}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start|>assistant' }}{% endif %}",
    marks=("<|channel|>", "<|return|>"),
    architectures=("gpt-oss",),
)
PLAIN = ChatFormat(
    "User and Assistant",
    "{{ bos_token }}{% for message in messages %}"
    "{% if message.role == 'system' %}{{ message.content + '\n\n' }}"
    "{% else %}{{ message.role | capitalize + ': ' + message.content + '\n' }}{% endif %}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}",
)
FORMATS: Sequence[ChatFormat] = (CHATML, LLAMA_3, GEMMA, HARMONY, PHI_3, MISTRAL)


def format_for(hints: str, architecture: str) -> ChatFormat:
    """Return the format that a model most likely knows; PLAIN where nothing points to one.

    `hints` is any text that may name the model's own marks: its broken template, or its special tokens
    joined.
    """
    by_marks = (known for known in FORMATS if any(mark in hints for mark in known.marks))
    by_architecture = (known for known in FORMATS if architecture in known.architectures)
    return next(by_marks, None) or next(by_architecture, PLAIN)
