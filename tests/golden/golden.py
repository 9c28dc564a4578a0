"""What the scripts in this folder share: inputs by formula, and files that state their origin.

Run a script in an environment with the libraries it imports, e.g. `python tests/golden/vae.py`,
then `deno fmt tests/golden`.
The same inputs are made by `waves.ts`.
"""
import json
import pathlib
import platform

import numpy as np


def wave(shape, phase, amplitude=1.0):
    """amplitude * sin(phase + 0.7 i + 0.01 i^2), rounded to float32, then double."""
    i = np.arange(int(np.prod(shape, dtype=int)), dtype=np.float64)
    values = amplitude * np.sin(phase + 0.7 * i + 0.01 * i * i)
    return values.astype(np.float32).astype(np.float64).reshape(shape)


def parameter(name, shape, amplitude=0.4):
    """The values of a parameter: a wave whose phase is the sum of the character codes of its path."""
    return wave(shape, float(sum(map(ord, name))), amplitude)


def classes(shape, count):
    """Class indices (5 i^2 + 3 i) mod count."""
    i = np.arange(int(np.prod(shape, dtype=int)))
    return ((5 * i * i + 3 * i) % count).reshape(shape)


def write(script, libraries, numbers):
    """Writes numbers beside the script, with their origin."""
    path = pathlib.Path(script)
    versions = {library.__name__: library.__version__ for library in libraries}
    origin = {
        "script": f"tests/golden/{path.name}",
        "python": platform.python_version(),
        **versions,
        "precision": "float64",
    }
    text = json.dumps({"origin": origin, **numbers}, default=rounded)
    path.with_suffix(".json").write_text(text + "\n")


def rounded(array):
    """Nine significant digits, two more than float32 holds."""
    values = array.tolist()
    if isinstance(values, float):
        return float(f"{values:.9g}")
    return [rounded(np.array(value)) for value in values]
