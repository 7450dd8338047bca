"""Whatever text comes, what reads it answers, and soon: seeds that once were too much, and texts that hypothesis makes."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzzing import PARTING, SEEDS, TARGETS

PIECES = st.sampled_from([
    "---\n", "title: a\n", "lang: de\n", "execute: [1]\n", "+++\n", "# A\n", "\n", "\n\n", "    ", "\t", "> ", "- ", "1. ", "| a | b |\n",
    "|---|---|\n", "```python\n", "```\n", "~~~\n", "`", "$", "$$", "**", "_", "<b>", "</b>", "<!--", "-->", "[a](b)", "![", "](", "{:.a}",
    "{% raw %}", "{{ x }}", ":::", "!!! note\n", "[^1]", "[^1]: ", "\\", "&amp;", "&#0;", "x = 1", "print(x)  # 1\n", ">>> x\n", "...", "# Output: 1\n",
    "नमस्ते", "中文", "مرحبا", "\u200d", "\u2028", "\u0085", "\x0b", "\x1d", "\x00", "\ufeff", "\U0001f600", "{", "}", '"format": 9', ":", ",", "null", PARTING,
    '<svg width="1pt">', "</svg>", "Traceback (most recent call last):\n", '  File "a", line 1\n', "\x1b[31m", "1e999", "9" * 30,
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)
CASES = [(name, text) for name, texts in SEEDS.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), CASES, ids=lambda part: repr(part)[:40])
def test_what_once_was_too_much_is_answered(name: str, text: str) -> None:
    started = time.process_time()
    TARGETS[name](text)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(text=TEXTS)
def test_any_text_is_answered(name: str, text: str) -> None:
    TARGETS[name](text)
