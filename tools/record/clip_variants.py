"""Records variants of CLIP from open_clip and transformers, in the format of testdata/parity/README.md.

    pip install torch==2.6.0 open_clip_torch==3.3.0 transformers==4.49.0
    python tools/record/clip_variants.py testdata/parity

Models are tiny and have random weights. The trimmed vocabulary of the case clip-gelu serves all of them.
"""

import copy
import json
import shutil
import sys
from pathlib import Path

import open_clip
import recording
import torch
from open_clip.model import CLIP, CustomTextCLIP, convert_weights_to_fp16
from open_clip.transform import PreprocessCfg, image_transform_v2
from safetensors.torch import save_file
from transformers import (
    CLIPConfig,
    CLIPImageProcessor,
    CLIPModel,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
)

PARITY = Path(sys.argv[1])
VOCABULARY = PARITY / "models" / "clip-gelu"
TEXTS = [
    "a photo of a cat",
    "two cups of coffee on a wooden table; steam rising",
    "the Summer Palace in Beijing",
]
PICTURES = ["astronaut.png", "coffee.png", "odd_tall.png"]
END = 699
SEED = 7
MEAN, STD = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]


def tokens(length, pad):
    tokenizer = CLIPTokenizer.from_pretrained(VOCABULARY)
    rows = [tokenizer(t, truncation=True, max_length=length)["input_ids"] for t in TEXTS]
    return torch.tensor([row + [pad] * (length - len(row)) for row in rows])


def write(folder, family, note, inputs, model, forward):
    recording.write(
        folder, family, note, inputs, {}, *recording.run_twice(model, forward), {"open_clip": open_clip.__version__}
    )


def folder_with_tokenizer(case):
    folder = recording.new_folder(PARITY, case)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.json", "merges.txt"):
        shutil.copy(VOCABULARY / name, folder / name)
    return folder


def openclip_outputs(model, dtype, pixels, ids):
    """Everything that the existing recordings of open_clip hold, for any tower."""
    out = {"input_ids": ids, "pixel_values": pixels}
    hooks = []

    def keep(name, module):
        hooks.append(module.register_forward_hook(lambda m, i, o: out.__setitem__(name, o)))

    visual, text = model.visual, getattr(model, "text", model)
    if hasattr(visual, "transformer"):
        keep("vision.patch_conv", visual.conv1)
        if not isinstance(visual.ln_pre, torch.nn.Identity):
            keep("vision.ln_pre", visual.ln_pre)
        for i, block in enumerate(visual.transformer.resblocks):
            keep(f"vision.block.{i}", block)
    else:
        keep("vision.stem", visual.avgpool)
        keep("vision.attnpool", visual.attnpool)
        for i, stage in enumerate((visual.layer1, visual.layer2, visual.layer3, visual.layer4)):
            keep(f"vision.stage.{i}", stage)
    keep("text.token_embedding", text.token_embedding)
    for i, block in enumerate(text.transformer.resblocks):
        keep(f"text.block.{i}", block)
    image_features = model.encode_image(pixels.to(dtype))
    text_features = model.encode_text(ids)
    for hook in hooks:
        hook.remove()
    image_embeds = torch.nn.functional.normalize(image_features, dim=-1)
    text_embeds = torch.nn.functional.normalize(text_features, dim=-1)
    logits = model.logit_scale.exp() * image_embeds @ text_embeds.T
    out.update(
        image_features=image_features,
        text_features=text_features,
        image_embeds=image_embeds,
        text_embeds=text_embeds,
        logits_per_image=logits,
        probs=logits.softmax(dim=-1),
    )
    return out


def openclip(case, note, model_cfg, custom_text=False):
    folder = folder_with_tokenizer(case)
    preprocess = {"mean": MEAN, "std": STD, "interpolation": "bicubic", "resize_mode": "shortest"}
    model = (CustomTextCLIP if custom_text else CLIP)(**model_cfg).eval()
    recording.randomise(model, SEED)
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, folder / "open_clip_model.safetensors")
    stored = dict(model_cfg, **({"custom_text": True} if custom_text else {}))
    (folder / "open_clip_config.json").write_text(
        json.dumps({"model_cfg": stored, "preprocess_cfg": preprocess}, indent=1) + "\n"
    )
    transform = image_transform_v2(PreprocessCfg(size=model_cfg["vision_cfg"]["image_size"], **preprocess), is_train=False)
    pixels = torch.stack([transform(p) for p in recording.pictures(PARITY, PICTURES)])
    ids = tokens(model_cfg["text_cfg"]["context_length"], 0)
    forward = lambda m: openclip_outputs(m, next(m.parameters()).dtype, pixels, ids)
    write(folder, "openclip", note, {"images": PICTURES, "texts": TEXTS}, model, forward)


def openai_resnet(case, note):
    """A TorchScript archive as OpenAI's ResNets are: half precision where OpenAI has it."""
    folder = folder_with_tokenizer(case)
    size = 64
    model = CLIP(
        embed_dim=24,
        quick_gelu=True,
        vision_cfg={"image_size": size, "layers": [1, 2, 1, 1], "width": 4, "head_width": 64, "patch_size": None},
        text_cfg={"context_length": 77, "vocab_size": 700, "width": 64, "heads": 1, "layers": 2},
    ).eval()
    recording.randomise(model, SEED)
    lower = copy.deepcopy(model)
    convert_weights_to_fp16(lower)
    half = {name for name, tensor in lower.state_dict().items() if tensor.dtype == torch.float16}
    for name, tensor in model.state_dict().items():
        if name in half:
            tensor.copy_(tensor.half())
    for name, value in (("input_resolution", size), ("context_length", 77), ("vocab_size", 700)):
        vars(model).pop(name, None)
        model.register_buffer(name, torch.tensor(value))
    transform = image_transform_v2(
        PreprocessCfg(size=size, mean=MEAN, std=STD, interpolation="bicubic", resize_mode="shortest"), is_train=False
    )
    pixels = torch.stack([transform(p) for p in recording.pictures(PARITY, PICTURES)])
    ids = tokens(77, 0)
    traced = torch.jit.trace(model, (pixels, ids))
    for name, tensor in traced.named_parameters():
        if name in half:
            tensor.data = tensor.data.half()
    torch.jit.save(traced, str(folder / "model.pt"))
    forward = lambda m: openclip_outputs(m, next(m.parameters()).dtype, pixels, ids)
    write(folder, "openai_clip", note, {"images": PICTURES, "texts": TEXTS}, model, forward)


def clip_text(case, note, kind):
    folder = folder_with_tokenizer(case)
    config = CLIPTextConfig(
        vocab_size=700, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2,
        projection_dim=24, bos_token_id=698, eos_token_id=END, pad_token_id=END,
    )
    model = kind(config).eval()
    recording.randomise(model, SEED)
    model.save_pretrained(folder)
    batch = CLIPTokenizer.from_pretrained(VOCABULARY)(TEXTS, padding=True, return_tensors="pt")

    def forward(m):
        result = m(**batch, output_hidden_states=True)
        out = {"input_ids": batch["input_ids"], "attention_mask": batch["attention_mask"]}
        out.update({f"text.hidden_states.{i}": h for i, h in enumerate(result.hidden_states)})
        out["text.last_hidden_state"] = result.last_hidden_state
        if hasattr(result, "text_embeds"):
            out["text_embeds"] = result.text_embeds
        else:
            out["text.pooled"] = result.pooler_output
        return out

    write(folder, "clip_text", note, {"texts": TEXTS, "padding": True}, model, forward)


def clip_sharded(case, note):
    folder = folder_with_tokenizer(case)
    config = CLIPConfig(
        projection_dim=24,
        text_config=dict(
            vocab_size=700, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2,
            projection_dim=24, bos_token_id=698, eos_token_id=END, pad_token_id=END,
        ),
        vision_config=dict(
            hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, image_size=48,
            patch_size=16, projection_dim=24,
        ),
    )
    model = CLIPModel(config).eval()
    recording.randomise(model, SEED)
    model.half().save_pretrained(folder, max_shard_size="60KB")
    model.float()
    processor = CLIPImageProcessor(size={"shortest_edge": 48}, crop_size={"height": 48, "width": 48})
    processor.save_pretrained(folder)
    pixels = processor(recording.pictures(PARITY, PICTURES), return_tensors="pt")["pixel_values"]
    batch = CLIPTokenizer.from_pretrained(VOCABULARY)(TEXTS, padding=True, return_tensors="pt")

    def forward(m):
        result = m(**batch, pixel_values=pixels.to(m.dtype))
        return {
            "input_ids": batch["input_ids"],
            "attention_mask": batch["attention_mask"],
            "pixel_values": pixels,
            "image_embeds": result.image_embeds,
            "text_embeds": result.text_embeds,
            "logits_per_image": result.logits_per_image,
            "logits_per_text": result.logits_per_text,
            "probs": result.logits_per_image.softmax(dim=-1),
        }

    write(folder, "clip", note, {"images": PICTURES, "texts": TEXTS, "padding": True}, model, forward)


openclip(
    "openclip-clipa",
    "open_clip without pre-norm, mean of the patches normed after it, text without causal mask read at its last position",
    {
        "embed_dim": 24,
        "vision_cfg": {
            "image_size": 48, "layers": 2, "width": 32, "head_width": 16, "patch_size": 16,
            "no_ln_pre": True, "pool_type": "avg", "final_ln_after_pool": True,
        },
        "text_cfg": {
            "context_length": 20, "vocab_size": 700, "width": 32, "heads": 2, "layers": 2,
            "pool_type": "last", "no_causal_mask": True,
        },
    },
)
openclip(
    "openclip-custom-text",
    "open_clip CustomTextCLIP (text. prefix) with layer scale, tanh GELU, eps 1e-3, mean of normed patches, "
    "text read at eos_id 699, text projection with bias",
    {
        "embed_dim": 24,
        "vision_cfg": {
            "image_size": 48, "layers": 2, "width": 32, "head_width": 16, "patch_size": 16, "mlp_ratio": 2.5,
            "ls_init_value": 1e-4, "pool_type": "avg", "patch_dropout": 0.25,
            "act_kwargs": {"approximate": "tanh"}, "norm_kwargs": {"eps": 1e-3},
        },
        "text_cfg": {
            "context_length": 32, "vocab_size": 700, "width": 32, "heads": 4, "layers": 2, "mlp_ratio": 1.5,
            "ls_init_value": 1e-4, "pool_type": "eos", "eos_id": 699, "proj_bias": True,
            "act_kwargs": {"approximate": "tanh"}, "norm_kwargs": {"eps": 1e-3},
        },
    },
    custom_text=True,
)
openclip(
    "openclip-first-noproj",
    "open_clip text read at its first position and not projected, without causal mask; QuickGELU",
    {
        "embed_dim": 32,
        "quick_gelu": True,
        "vision_cfg": {"image_size": 32, "layers": 1, "width": 32, "head_width": 16, "patch_size": 16},
        "text_cfg": {
            "context_length": 16, "vocab_size": 700, "width": 32, "heads": 2, "layers": 1,
            "pool_type": "first", "proj_type": "none", "no_causal_mask": True,
        },
    },
    custom_text=True,
)
openai_resnet(
    "openai-rn-torchscript",
    "OpenAI's CLIP with the modified ResNet as a traced TorchScript archive, weights float16 where OpenAI has them so; "
    "values computed in float32 from the widened weights; text padded with id 0",
)
clip_text("clip-text", "CLIPTextModel saved by transformers 4: names with the text_model. prefix", CLIPTextModel)
clip_text("clip-text-proj", "CLIPTextModelWithProjection saved by transformers 4", CLIPTextModelWithProjection)
clip_sharded("clip-sharded-f16", "HF CLIP in float16, several safetensors files with an index")
