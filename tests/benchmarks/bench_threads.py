"""Writing speed beside other programs: adaptive threads against all cores and against one, alternately.

usage: python tests/benchmarks/bench_threads.py [MODEL.gguf] [rounds]
Without a model file it takes the one of 0.5 billion random weights that make_models.py makes.
"""

import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.generation import Finished, GenerationBatch, GenerationRequest, Sampling, Turn
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.engine.local import LocalEngine

MODEL = Path(__file__).parent / "models" / "qwen2.5-0.5b-q8_0.gguf"
TOKENS = 96
KINDS = {"adaptive": 0, "all cores": 2, "one": 1}


def speed(engine, model, threads):
    """Return tokens per second after the first one."""
    load = ModelLoad(LocalModel(model), 2048, 0, threads)
    request = GenerationRequest(
        (Turn("user", "Go on."),), Sampling(temperature=0.8, answer_tokens=TOKENS, seed=1)
    )
    events = engine.generate(GenerationBatch(load, (request,)), CancelToken())
    return next(e.facts.tokens_per_second for _, e in events if isinstance(e, Finished))


def main():
    """Print the median speeds with no, one and two other busy programs."""
    model = Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    for busy in (0, 1, 2):
        others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(busy)]
        engines = {kind: LocalEngine() for kind in KINDS}
        results = {kind: [] for kind in KINDS}
        for _ in range(rounds):
            for kind, threads in KINDS.items():
                results[kind].append(speed(engines[kind], model, threads))
        for other in others:
            other.kill()
            other.wait()
        for engine in engines.values():
            engine.close()
        figures = ", ".join(f"{kind} {statistics.median(values):.1f}" for kind, values in results.items())
        print(f"{busy} busy programs beside: tokens/s {figures}", flush=True)


if __name__ == "__main__":
    main()
