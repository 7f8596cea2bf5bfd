"""Records what Pillow's Image.resize makes of the pictures in testdata/parity/images.

    pip install pillow
    python tools/record/resize.py

Writes testdata/parity/resize/cases.json: for random sizes and all filters, the SHA-256 of the RGB bytes.
Pillow 13 or newer: older ones always resize rows before columns.
"""

import hashlib
import json
import random
from pathlib import Path

from PIL import Image, __version__

PARITY = Path(__file__).resolve().parents[2] / "testdata" / "parity"
FILTERS = ["NEAREST", "LANCZOS", "BILINEAR", "BICUBIC", "BOX", "HAMMING"]
PICTURES = [
    "astronaut.png",
    "china.png",
    "coffee.png",
    "odd_wide.png",
    "odd_tall.png",
    "noise.png",
    "checker.png",
    "tiny_5x3.png",
    "tiny_1x1.png",
    "tiny_3x50.png",
    "white.png",
]


def sizes(width, height, rng):
    """Smaller, larger, one side only, the same, squeezed and very small."""
    yield width, height
    yield rng.randint(1, 400), height
    yield width, rng.randint(1, 400)
    yield 1, 1
    yield 224, 224
    for _ in range(7):
        yield rng.randint(1, 96), rng.randint(1, 96)
    for _ in range(5):
        factor = rng.uniform(0.05, 2.5)
        yield max(1, round(width * factor)), max(1, round(height * factor))
    yield 2 * width, max(1, height // 3)
    yield max(1, width // 3), 2 * height


def main():
    rng = random.Random(11)
    cases = []
    for name in PICTURES:
        picture = Image.open(PARITY / "images" / name).convert("RGB")
        for width, height in sizes(*picture.size, rng):
            for resample in range(len(FILTERS)):
                resized = picture.resize((width, height), resample)
                digest = hashlib.sha256(resized.tobytes()).hexdigest()
                cases.append([name, width, height, resample, digest])
    out = PARITY / "resize" / "cases.json"
    out.parent.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(case) for case in cases)
    columns = json.dumps(["picture", "width", "height", "resample", "sha256_rgb"])
    out.write_text(f'{{"pillow": "{__version__}", "columns": {columns}, "cases": [\n{lines}\n]}}\n')
    print(len(cases), "cases")


main()
