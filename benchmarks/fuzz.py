"""Looks for a text on which what reads anyone's texts raises, or takes long.

    pip install atheris
    PYTHONPATH=tests python benchmarks/fuzz.py reader 600

looks for ten minutes, led by which code a text reaches. What it finds is printed, and belongs into `SEEDS` of
`tests/fuzzing.py`.
"""

import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["hexapla"]):
    from fuzzing import SEEDS, TARGETS

LONGEST = 5.0
"""Seconds of CPU that a text of 4,000 bytes may take, under a tracer on a busy machine."""


def main() -> None:
    name, seconds = sys.argv[1], int(sys.argv[2])
    target = TARGETS[name]
    # One folder for all searches of a target: each begins where the last one ended.
    corpus = Path(tempfile.gettempdir(), f"hexapla-fuzz-{name}")
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / str(number)).write_text(seed, encoding="utf-8", newline="")

    def once(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        started = time.process_time()
        try:
            target(text)
        except BaseException:
            print(f"\nTEXT {text!r}", flush=True)
            raise
        if time.process_time() - started > LONGEST:
            print(f"\nSLOW {time.process_time() - started:.1f} s {text!r}", flush=True)
            raise TimeoutError

    options = [f"-max_total_time={seconds}", "-max_len=4000", "-timeout=60", "-rss_limit_mb=3000"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
