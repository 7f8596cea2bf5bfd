"""Records what the image processors of transformers and open_clip make of a few pictures.

    pip install pillow==13.0.0 numpy transformers==4.49.0 torch torchvision open_clip_torch
    python tools/record/processors.py

Writes testdata/parity/processors/cases.json: configurations with the options that the folders in
testdata/parity/preprocess leave out, and for each picture the shape and the SHA-256 of the
little-endian float32 pixel values [channels, height, width]. The slow (PIL) processors are used.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import open_clip
import PIL
import transformers
from open_clip.transform import PreprocessCfg, image_transform_v2
from transformers import image_utils

PARITY = Path(__file__).resolve().parents[2] / "testdata" / "parity"
PICTURES = ["china.png", "odd_wide.png", "odd_tall.png", "noise.png", "tiny_5x3.png", "exif_6.jpg"]
IMAGENET = {"image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}

TRANSFORMERS = [
    # Defaults of every processor.
    *({"image_processor_type": name + "ImageProcessor"} for name in
      ("CLIP", "Siglip", "ViT", "DeiT", "Blip", "Bit", "ConvNext", "Llava")),
    # Single numbers as sizes, from the days of feature extractors.
    {"feature_extractor_type": "CLIPFeatureExtractor", "size": 33, "crop_size": 30, "resample": 3,
     "do_resize": True, "do_center_crop": True, "do_normalize": True},
    {"feature_extractor_type": "ViTFeatureExtractor", "size": 41, "resample": 2, "do_normalize": True},
    {"feature_extractor_type": "DeiTFeatureExtractor", "size": 40, "crop_size": 33, "resample": 3, **IMAGENET},
    {"feature_extractor_type": "ConvNextFeatureExtractor", "size": 56, "crop_pct": 0.875, "resample": 3, **IMAGENET},
    {"feature_extractor_type": "ConvNextFeatureExtractor", "size": 50, "crop_pct": None, "resample": 2},
    {"feature_extractor_type": "ConvNextFeatureExtractor", "size": 384, "crop_pct": 0.95, "resample": 3},
    # Every filter.
    *({"image_processor_type": "ViTImageProcessor", "size": {"height": 45, "width": 60}, "resample": filter}
      for filter in range(6)),
    # Crops that are smaller, larger and of odd margins.
    *({"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 40},
       "crop_size": {"height": height, "width": width}}
      for height, width in ((39, 38), (41, 41), (77, 31), (25, 90))),
    {"image_processor_type": "BitImageProcessor", "size": {"shortest_edge": 36}, "crop_size": {"height": 28, "width": 28}, **IMAGENET},
    {"image_processor_type": "CLIPImageProcessor", "size": {"height": 30, "width": 50}, "crop_size": 28},
    # Steps left out.
    {"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 24}, "do_center_crop": False},
    {"image_processor_type": "CLIPImageProcessor", "do_resize": False, "crop_size": 48},
    {"image_processor_type": "ViTImageProcessor", "size": 20, "do_rescale": False},
    {"image_processor_type": "ViTImageProcessor", "size": 20, "do_normalize": False},
    {"image_processor_type": "ViTImageProcessor", "size": 20, "do_rescale": False, "do_normalize": False},
    {"image_processor_type": "ViTImageProcessor", "do_resize": False},
    {"image_processor_type": "BlipImageProcessor", "size": 32, "rescale_factor": 0.0078125, "image_mean": 0.4, "image_std": 0.3},
    # Padding to a square.
    {"image_processor_type": "LlavaImageProcessor", "do_pad": True, "size": {"shortest_edge": 36}, "crop_size": {"height": 36, "width": 36}},
    {"image_processor_type": "IdeficsImageProcessor", "image_size": 26, **IMAGENET},
]

OPEN_CLIP = [
    {"size": 33, "resize_mode": "shortest"},
    {"size": 31, "resize_mode": "shortest", "interpolation": "bilinear"},
    {"size": [24, 40], "resize_mode": "shortest"},
    {"size": [40, 24], "resize_mode": "longest", "fill_color": 7},
    {"size": 33, "resize_mode": "longest", "interpolation": "bilinear"},
    {"size": [25, 30], "resize_mode": "squash", "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]},
]


def of_transformers(config):
    name = config.get("image_processor_type", config.get("feature_extractor_type"))
    name = name.replace("FeatureExtractor", "ImageProcessor")
    processor = getattr(transformers, name)(**{k: v for k, v in config.items() if not k.endswith("_type")})

    def process(picture):
        if name.startswith("Idefics"):
            return processor(picture, return_tensors="np")[0]
        return processor(picture, return_tensors="np", input_data_format="channels_last")["pixel_values"][0]

    return process


def of_open_clip(config):
    transform = image_transform_v2(PreprocessCfg(**config), is_train=False)
    return lambda picture: transform(picture).numpy()


def record(config, process):
    results = {}
    for name in PICTURES:
        picture = image_utils.load_image(str(PARITY / "images" / name))
        values = np.ascontiguousarray(process(picture), dtype="<f4")
        results[name] = [list(values.shape), hashlib.sha256(values.tobytes()).hexdigest()]
    return {"config": config, "pictures": results}


def main():
    cases = {
        "pillow": PIL.__version__,
        "transformers": transformers.__version__,
        "open_clip": open_clip.__version__,
        "transformers_cases": [record(config, of_transformers(config)) for config in TRANSFORMERS],
        "open_clip_cases": [record(config, of_open_clip(config)) for config in OPEN_CLIP],
    }
    out = PARITY / "processors" / "cases.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(cases, indent=1) + "\n")
    print(sum(len(case["pictures"]) for key in cases for case in cases[key] if key.endswith("_cases")), "results")


main()
