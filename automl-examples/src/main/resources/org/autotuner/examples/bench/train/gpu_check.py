# Runs what `bench train --dump DIR` wrote on a GPU: python3 gpu_check.py DIR
# Per network: the loss of its steps on the CPU as DJL had it, on this CPU and on the GPU, and the time per step of each.
import json
import pathlib
import sys
import time

import torch

DTYPES = {"float32": torch.float32, "float64": torch.float64, "int64": torch.int64}


def arguments(folder, device):
    data = (folder / "arguments.bin").read_bytes()

    def tensor(entry):
        count = 1
        for length in entry["shape"]:
            count *= length
        array = torch.frombuffer(bytearray(data), dtype=DTYPES[entry["type"]], count=count, offset=entry["from"])
        return array.reshape(entry["shape"]).clone().to(device)

    result = []
    for argument in json.loads((folder / "arguments.json").read_text()):
        tensors = [tensor(entry) for entry in argument["tensors"]]
        result.append(tensors if argument["list"] else tensors[0])
    return result


def run(folder, device):
    module = torch.jit.load(str(folder / "network.pt"), map_location=device)
    module.run_steps(*arguments(folder, device))  # compiles and warms up
    given = arguments(folder, device)
    steps = given[-3].numel() // 3
    if device == "cuda":
        torch.cuda.synchronize()
    start = time.perf_counter()
    loss = float(module.run_steps(*given))
    return loss, (time.perf_counter() - start) / steps * 1e3


torch._C._set_graph_executor_optimize(False)
torch.backends.cuda.matmul.allow_tf32 = False
torch.set_num_threads(1)
worst = 0.0
print("torch", torch.__version__, torch.cuda.get_device_name(0) if torch.cuda.is_available() else "no GPU")
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    expected = float((folder / "loss.txt").read_text())
    devices = ["cpu"] + (["cuda"] if torch.cuda.is_available() else [])
    line = {"network": folder.name, "djl_cpu": expected}
    for device in devices:
        line[device], line[device + "_ms_per_step"] = run(folder, device)
    line["difference"] = abs(line[devices[-1]] - expected) / abs(expected)
    if not folder.name.startswith("half"):
        worst = max(worst, line["difference"])
    print(json.dumps(line), flush=True)
print(json.dumps({"worst": worst, "agrees": worst <= 1e-3}))
sys.exit(0 if worst <= 1e-3 else 1)
