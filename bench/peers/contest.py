"""The timed side of a comparison, as in `serve.ts`: answers each line `N` by working for about N milliseconds."""

import json
import sys
import time


def repeated(call, units=1):
    """Work that repeats a call; the first of a turn, in which threads wake and caches fill, is not counted."""

    def run(milliseconds):
        call()
        start = now = time.perf_counter()
        calls = 0
        while calls == 0 or now - start < milliseconds / 1000:
            call()
            calls += 1
            now = time.perf_counter()
        return (now - start) * 1000 / (calls * units)

    return run


def fastest(settings, trial=200, rounds=3):
    """The fastest of several settings, each tried in turn.

    settings: (threads, name, run) for each, in one list.
    """
    import torch  # whoever needs no PyTorch needs not have it

    times = [[] for _ in settings]
    for _ in range(rounds):
        for found, (threads, _, run) in zip(times, settings):
            torch.set_num_threads(threads)
            found.append(run(trial))
    best = min(range(len(settings)), key=lambda i: min(times[i]))
    threads, name, run = settings[best]
    torch.set_num_threads(threads)
    return f"{threads} threads, {name}", run


def serve(setting, run):
    import torch

    answer(f"PyTorch {torch.__version__}, {setting}", run)


def answer(facts, run):
    """Says what works, and answers until the input ends."""
    print(json.dumps({"facts": facts}), flush=True)
    for line in sys.stdin:
        print(json.dumps({"milliseconds": run(float(line))}), flush=True)
