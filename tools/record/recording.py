"""What the recorders of model cases share; the format is that of testdata/parity/README.md."""

import hashlib
import json
import shutil
from pathlib import Path

import PIL
import torch
import transformers
from PIL import Image, ImageOps
from safetensors.torch import save_file


def randomise(model, seed):
    """Weights of a size that makes every layer matter, and statistics that are far from 0 and 1."""
    generator = torch.Generator().manual_seed(seed)
    for name, tensor in model.state_dict().items():
        if not tensor.is_floating_point():
            continue
        noise = torch.randn(tensor.shape, generator=generator)
        if name.endswith("running_var"):
            tensor.copy_(0.5 + noise.abs())
        elif name.endswith("logit_scale"):
            tensor.fill_(2.0)
        elif name.endswith("logit_bias"):
            tensor.fill_(-3.0)
        elif name.endswith(("_token", "_tokens", "probe", "embeddings", "embedding.weight")):
            tensor.copy_(noise)
        elif tensor.dim() >= 2:
            tensor.copy_(noise * 1.5 / tensor[0].numel() ** 0.5)
        elif name.endswith(("weight", "lambda1")):
            tensor.copy_(1 + 0.3 * noise)
        else:
            tensor.copy_(0.3 * noise)


def pictures(parity, names):
    """Pictures upright and in RGB; alpha is dropped."""
    return [ImageOps.exif_transpose(Image.open(parity / "images" / name)).convert("RGB") for name in names]


def new_folder(parity, case):
    folder = parity / "models" / case
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def rounded(number, digits):
    return float(f"{number:.{digits}g}")


def run_twice(model, forward):
    """The float32 run, and the tolerances that its distance from a float64 run gives."""
    model.eval()
    with torch.no_grad():
        single = {k: v.detach().clone() for k, v in forward(model.float()).items()}
        torch.set_default_dtype(torch.float64)
        double = {k: v.detach().clone() for k, v in forward(model.double()).items()}
        torch.set_default_dtype(torch.float32)
    model.float()
    tolerances = {}
    for name, value in single.items():
        if not value.is_floating_point():
            tolerances[name] = {"exact": True}
            continue
        difference = (value.double() - double[name].double()).abs().max().item()
        largest = value.abs().max().item()
        tolerances[name] = {
            "f32_vs_f64_max_abs": rounded(difference, 3),
            "max_abs": rounded(largest, 4),
            "atol": rounded(max(10 * difference, 4e-6 * largest, 1e-6), 3),
        }
    return single, tolerances


def write(folder, family, note, inputs, outputs, single, tolerances, versions=None):
    """Writes expected.safetensors and expected.json beside the weights that lie in the folder."""
    tensors = {
        name: (value.float() if value.is_floating_point() else value.int()).contiguous().clone()
        for name, value in single.items()
    }
    save_file(tensors, folder / "expected.safetensors")
    weights = sorted(
        f
        for f in Path(folder).iterdir()
        if f.suffix in (".safetensors", ".bin", ".pt") and not f.name.startswith("expected")
    )
    expected = {
        "case": folder.name,
        "family": family,
        "note": note,
        "inputs": inputs,
        "outputs": outputs,
        "tolerances": tolerances,
        "versions": {
            "torch": torch.__version__,
            "transformers": transformers.__version__,
            "pillow": PIL.__version__,
            **(versions or {}),
        },
        "weights": {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in weights},
    }
    (folder / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")
