"""Runs an exported starter model through llama-cpp-python: answers, speed and perplexity."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from llama_cpp import Llama
from starter_net.chatml import END, START
from starter_text.conversation import Conversation, Message

_LONGEST_ANSWER = 320


class Runner:
    """A loaded model, with the tokens that it wrote and the seconds that it took, prompts included."""

    def __init__(self, path: Path, threads: int) -> None:
        self._options: dict[str, Any] = {
            "model_path": str(path),
            "n_ctx": 2048,
            "n_threads": threads,
            "n_threads_batch": threads,
            "verbose": False,
        }
        self._llama: Any = Llama(**self._options)
        self.tokens, self.seconds = 0, 0.0

    def answer(self, messages: Sequence[Message]) -> str:
        """Return the greedy answer to the last message."""
        started = time.monotonic()
        result = self._llama.create_chat_completion(
            [asdict(message) for message in messages],
            temperature=0.0,
            max_tokens=_LONGEST_ANSWER,
            repeat_penalty=1.0,
        )
        self.seconds += time.monotonic() - started
        self.tokens += result["usage"]["completion_tokens"]
        return str(result["choices"][0]["message"]["content"]).strip()

    def perplexity(self, items: Sequence[Conversation]) -> float:
        """Return the perplexity of the answers' tokens and end marks."""
        llama: Any = Llama(**self._options, logits_all=True)
        total, count = 0.0, 0
        for item in items:
            ids, mask = self._encode(item)
            llama.reset()
            llama.eval(ids)
            logits = np.array(llama.scores[: len(ids) - 1], dtype=np.float64)
            top = logits.max(-1)
            chosen = logits[np.arange(len(ids) - 1), ids[1:]]
            losses = top + np.log(np.exp(logits - top[:, None]).sum(-1)) - chosen
            total, count = total + float(losses[mask[1:]].sum()), count + int(mask[1:].sum())
        return math.exp(total / count)

    def _encode(self, item: Conversation) -> tuple[list[int], np.ndarray]:
        ids: list[int] = []
        mask: list[bool] = []
        for message in item.messages:
            head = self._tokens(f"{START}{message.role}\n", special=True)
            body = self._tokens(message.content, special=False) + self._tokens(END, special=True)
            newline = self._tokens("\n", special=False)
            ids += head + body + newline
            mask += [False] * len(head) + [message.role == "assistant"] * len(body) + [False] * len(newline)
        return ids, np.array(mask)

    def _tokens(self, text: str, special: bool) -> list[int]:
        return list(self._llama.tokenize(text.encode(), add_bos=False, special=special))
