"""Runs a notebook on Deno's kernel and looks at what its cells show.

python scripts/run_notebook.py notebooks/quickstart.ipynb
"""
import json
import os
import queue
import shutil
import sys
import tempfile
import time

# The kernel may send what a cell shows after it has said that the cell is done: seconds of silence to wait for.
SILENCE = 2
PATIENCE = 600


def run_cell(client, source):
    """What a cell shows: the data of each output by MIME type."""
    request = client.execute(source)
    shown, is_done, ends = [], False, time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            message = client.get_iopub_msg(timeout=SILENCE)
        except queue.Empty:
            if is_done:
                return shown
            continue
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "error":
            sys.exit(f"A cell failed: {content['ename']}: {content['evalue']}")
        if kind in ("display_data", "update_display_data", "execute_result"):
            shown.append(content["data"])
        is_done = is_done or kind == "status" and content["execution_state"] == "idle"
    sys.exit(f"A cell took longer than {PATIENCE} seconds")


def run_cells(sources, folder):
    from jupyter_client.manager import start_new_kernel

    with tempfile.TemporaryDirectory() as kernels:
        spec = os.path.join(kernels, "kernels", "deno")
        os.makedirs(spec)
        command = [shutil.which("deno"), "jupyter", "--kernel", "--conn", "{connection_file}"]
        with open(os.path.join(spec, "kernel.json"), "w") as file:
            json.dump({"argv": command, "display_name": "Deno", "language": "typescript"}, file)
        os.environ["JUPYTER_PATH"] = kernels
        manager, client = start_new_kernel(kernel_name="deno", cwd=folder)
        try:
            return [data for source in sources for data in run_cell(client, source)]
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


path = sys.argv[1]
folder = os.path.dirname(os.path.dirname(os.path.abspath(path)))
with open(path) as file:
    cells = [cell for cell in json.load(file)["cells"] if cell["cell_type"] == "code"]
if any(cell["outputs"] or cell["execution_count"] for cell in cells):
    sys.exit(f"Expected {path} without outputs but found some")

shown = run_cells(["".join(cell["source"]) for cell in cells], folder)
pictures = [data for data in shown if "image/png" in data]
if len(pictures) != 2:
    sys.exit(f"Expected 2 figures to be shown but found {len(pictures)}")
lines = [data.get("text/plain", "") for data in shown]
progress = [line for line in lines if " images/s" in line or line == "draw-latents"]
if not progress:
    sys.exit(f"Expected a progress line but found {[line[:80] for line in lines]}")
if not any("nats per image" in line for line in lines):
    sys.exit("Expected the number to be shown")
if not any("<table>" in data.get("text/html", "") for data in shown):
    sys.exit("Expected a run to show its numbers")
print(f"{path}: {len(shown)} outputs, {len(pictures)} figures, progress: {progress[-1]}")
