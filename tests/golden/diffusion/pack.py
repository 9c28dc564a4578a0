"""Packs the trajectories that diffusers 0.42.1 gave in float64 (see README.md) into one small file.

Of each trajectory the first, the middle and the last sample stay, and the mean of all samples, which depends on every
number of it. Run as `python tests/golden/diffusion/pack.py FOLDER`, with the folder of the full trajectories.
"""
import gzip
import json
import math
import pathlib
import sys

KINDS = ["ddim", "ddpm", "dpmpp", "euler", "euler_ancestral", "heun", "lms", "pndm", "unipc", "img2img"]


def flat(value):
    return sum((flat(v) for v in value), []) if isinstance(value, list) else [value]


def short(x):
    return float(f"{x:.12g}")


def sums(values):
    return None if values is None else [len(values), short(sum(values))]


folder = pathlib.Path(sys.argv[1])
cases = []
for kind in KINDS:
    golden = json.loads((folder / f"{kind}.json").read_text())
    mixture, start = golden["mixture"], golden["x_T"]
    for case in golden["cases"]:
        path = [flat(x) for x in case["x"]]
        means = [short(math.fsum(x[i] for x in path) / len(path)) for i in range(8)]
        cases.append({
            "kind": case.get("scheduler", kind),
            "config": case["config"],
            **({"step": case["step"]} if case.get("step") else {}),
            **({"begin": case["begin"], "start": case["start"]} if "begin" in case else {}),
            "steps": case["steps"],
            "model": case["model"],
            "timesteps": sums(case["timesteps"]),
            "sigmas": sums(case.get("sigmas")),
            "calls": len(path),
            "first": path[0],
            "middle": path[len(path) // 2],
            "last": path[-1],
            "mean": means,
        })
noise = json.loads((folder / "noise.json").read_text())["noise"]
timesteps = json.loads((folder / "timesteps.json").read_text())["timesteps"]
tables = json.loads((folder / "tables.json").read_text())["tables"]
out = {
    "origin": "diffusers 0.42.1, torch 2.15.0, numpy 2.4.6, float64; packed by tests/golden/diffusion/pack.py",
    "mixture": mixture, "start": start, "noise": [flat(row) for row in noise],
    "cases": cases, "timesteps": timesteps, "tables": tables,
}
path = pathlib.Path(__file__).with_name("samplers.json.gz")
with open(path, "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
    packed.write(json.dumps(out, separators=(",", ":")).encode())
print(len(cases), path.stat().st_size)
