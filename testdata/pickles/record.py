"""Writes small files with torch.save and TorchScript, and what PyTorch itself reads from each.

    python record.py        (PyTorch 2.6)

`NAME.json` has, for each tensor of the model in `NAME.bin`, `.pth` or `.pt`, its type, its shape and
the SHA-256 of its elements in row-major order.
"""
import collections
import hashlib
import json
from typing import List

import torch

TYPES = {
    torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16",
    torch.int64: "I64", torch.int32: "I32", torch.int16: "I16", torch.int8: "I8",
    torch.uint8: "U8", torch.bool: "BOOL", torch.uint16: "U16", torch.uint32: "U32",
    torch.uint64: "U64", torch.float8_e4m3fn: "F8_E4M3", torch.float8_e5m2: "F8_E5M2",
}


def digest(tensor):
    data = bytes(tensor.detach().contiguous().clone().untyped_storage())
    return {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape),
            "sha256": hashlib.sha256(data).hexdigest()}


def record(name, tensors):
    with open(name + ".json", "w") as out:
        json.dump({key: digest(value) for key, value in tensors.items()}, out, indent=1)


torch.manual_seed(7)
base = torch.randn(6, 8)
views = collections.OrderedDict(
    whole=base,
    tied=base,
    rows=base[2:4],
    transposed=base.t(),
    column=base[:, 3],
    every_other=base[::2, 1::3],
    permuted=torch.arange(60).reshape(3, 4, 5).permute(2, 0, 1),
    expanded=torch.arange(5).expand(4, 5),
    position_ids=torch.arange(7).expand((1, -1)),
    scalar=torch.tensor(4.6052),
    empty=torch.empty(0, 3),
    parameter=torch.nn.Parameter(torch.randn(2, 2)),
    transposed_half=torch.randn(3, 5).half().t(),
    transposed_bytes=torch.arange(12, dtype=torch.uint8).reshape(3, 4).t(),
    transposed_double=torch.randn(3, 5).double().t(),
)
for dtype, type_name in TYPES.items():
    views["type_" + type_name] = torch.arange(-2, 6).abs().to(dtype)
torch.save(views, "views.bin")
record("views", views)

old = {key: value for key, value in views.items()
       if key != "empty" and not key.startswith("type_U") and not key.startswith("type_F8")}
torch.save(old, "legacy.bin", _use_new_zipfile_serialization=False)
record("legacy", old)

torch.save(views, "protocol4.bin", pickle_protocol=4)
record("protocol4", views)

layer = torch.nn.Sequential(collections.OrderedDict(fc1=torch.nn.Linear(3, 4), fc2=torch.nn.Linear(4, 2)))
optimizer = torch.optim.AdamW(layer.parameters())
layer(torch.randn(5, 3)).sum().backward()
optimizer.step()
weights = layer.state_dict()
parallel = collections.OrderedDict(("module." + key, value) for key, value in weights.items())
torch.save({"epoch": 3, "loss": 0.25, "state_dict": parallel, "optimizer": optimizer.state_dict()},
           "training.pth")
record("training", weights)

torch.save({"config": {"hidden_size": 4}, "model": {"encoder": {"layers": [weights, weights]}}}, "nested.pth")
record("nested", {f"encoder.layers.{i}.{key}": value for i in range(2) for key, value in weights.items()})


class Scripted(torch.nn.Module):
    sizes: List[int]
    scales: List[float]

    def __init__(self):
        super().__init__()
        self.layers = layer
        self.sizes = [3, 4]
        self.scales = [0.5]
        self.register_buffer("mean", torch.tensor([0.48, 0.46, 0.41]))

    def forward(self, x):
        return self.layers(x) * self.scales[0] + float(len(self.sizes)) + self.mean.sum()


scripted = torch.jit.script(Scripted())
torch.jit.save(scripted, "scripted.pt")
record("scripted", scripted.state_dict())
torch.save(layer, "whole-module.pth")
torch.serialization.set_crc32_options(False)
torch.save(weights, "no-checksums.bin")
record("no-checksums", weights)
