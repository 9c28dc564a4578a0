"""Runs a notebook on Deno's kernel and looks at what its cells show.

python scripts/run_notebook.py notebooks/quickstart.ipynb
"""
import json
import os
import shutil
import sys
import tempfile

import nbclient
import nbformat

path = sys.argv[1]
folder = os.path.dirname(os.path.dirname(os.path.abspath(path)))
notebook = nbformat.read(path, as_version=4)
for cell in notebook.cells:
    if cell.cell_type == "code" and (cell.outputs or cell.execution_count):
        sys.exit(f"Expected {path} without outputs but found some")

with tempfile.TemporaryDirectory() as kernels:
    spec = os.path.join(kernels, "kernels", "deno")
    os.makedirs(spec)
    command = [shutil.which("deno"), "jupyter", "--kernel", "--conn", "{connection_file}"]
    with open(os.path.join(spec, "kernel.json"), "w") as file:
        json.dump({"argv": command, "display_name": "Deno", "language": "typescript"}, file)
    os.environ["JUPYTER_PATH"] = kernels
    client = nbclient.NotebookClient(
        notebook, timeout=600, kernel_name="deno", resources={"metadata": {"path": folder}}
    )
    client.execute()  # a cell that fails ends this program

outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
shown = [output["data"] for output in outputs if "data" in output]
pictures = [data for data in shown if "image/png" in data]
if len(pictures) != 2:
    sys.exit(f"Expected 2 figures to be shown but found {len(pictures)}")
lines = [data.get("text/plain", "") for data in shown]
progress = [line for line in lines if " images/s" in line or line == "draw-latents"]
if not progress:
    sys.exit(f"Expected a progress line but found {[line[:80] for line in lines]}")
if not any("nats per image" in line for line in lines):
    sys.exit("Expected the number to be shown")
if "<table>" not in shown[-1].get("text/html", ""):
    sys.exit("Expected a run to show its numbers")
print(f"{path}: {len(outputs)} outputs, {len(pictures)} figures, progress: {progress[-1]}")
