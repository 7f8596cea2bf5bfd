"""Records variants of ViT, ResNet, DINOv2, SigLIP and BERT, in the format of testdata/parity/README.md.

    pip install torch==2.6.0 transformers==4.49.0 torchvision==0.21.0
    python tools/record/pictures_and_sentences.py testdata/parity

With transformers 5 (5.24.0) in place of 4 the same command records the cases whose names end in -v5.
Models are tiny and have random weights. SigLIP and BERT take the trimmed tokenizers of the cases
siglip and sentence-minilm.
"""

import importlib
import json
import shutil
import sys
from pathlib import Path

import torch
import transformers
from recording import new_folder, pictures, randomise, run_twice, write
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForMaskedLM,
    BertModel,
    Dinov2Config,
    Dinov2Model,
    Dinov2WithRegistersConfig,
    Dinov2WithRegistersForImageClassification,
    Dinov2WithRegistersModel,
    PreTrainedTokenizerFast,
    ResNetConfig,
    ResNetForImageClassification,
    ResNetModel,
    SiglipConfig,
    SiglipModel,
    ViTConfig,
    ViTForImageClassification,
    ViTModel,
)

PARITY = Path(sys.argv[1])
V5 = transformers.__version__.startswith("5.")
LABELS = {i: name for i, name in enumerate(["cat", "dog", "rocket", "flower", "coffee mug", "palace", "person"])}
PICTURES = ["astronaut.png", "coffee.png", "odd_tall.png"]
SENTENCES = [
    "a photo of a cat",
    "two cups of coffee on a wooden table; steam rising",
    "",
    "word " * 40,
    "Berlin has a population of 3,520,031 registered inhabitants.",
]


def processor(model_type, name, **fields):
    """The processor that works on Pillow pictures: the plain class of version 4, the Pil one of 5."""
    module = importlib.import_module(
        f"transformers.models.{model_type}.image_processing_{'pil_' if V5 else ''}{model_type}"
    )
    return getattr(module, name + "ImageProcessor" + ("Pil" if V5 else ""))(**fields)


def vit_processor():
    return processor("vit", "ViT", size={"height": 48, "width": 48})


def dinov2_processor(height=56, width=56, shortest=64):
    return processor(
        "bit",
        "Bit",
        size={"shortest_edge": shortest},
        crop_size={"height": height, "width": width},
        image_mean=[0.485, 0.456, 0.406],
        image_std=[0.229, 0.224, 0.225],
    )


def pixels(image_processor, names):
    return image_processor(pictures(PARITY, names), return_tensors="pt")["pixel_values"].float()


def save(folder, model, dtype, shards=None, pickle=False):
    """Saves in a type; afterwards the model has the rounded weights in float32."""
    options = {"max_shard_size": shards} if shards else {}
    if pickle:
        options["safe_serialization"] = False
    model.to(dtype).save_pretrained(folder, **options)
    model.float()


def record(case, family, note, model, image_processor, forward, inputs=None, dtype=torch.float32, **saving):
    """Records a model of pictures."""
    folder = new_folder(PARITY, case)
    randomise(model, seed=len(case))
    save(folder, model, dtype, **saving)
    image_processor.save_pretrained(folder)
    single, tolerances = run_twice(model, forward)
    outputs = {}
    for name, value in single.items():
        if name.endswith("logits"):
            best = [LABELS[i] for i in value.argmax(-1).tolist()]
            outputs[name.removesuffix("logits") + "labels"] = best
    write(folder, family, note, {"images": PICTURES} | (inputs or {}), outputs, single, tolerances)


def states(prefix, hidden_states):
    return {f"{prefix}hidden_states.{i}": state for i, state in enumerate(hidden_states)}


def classes(logits, prefix=""):
    return {prefix + "logits": logits, prefix + "probs": logits.softmax(-1)}


def vit_config(**fields):
    return ViTConfig(
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        image_size=48,
        patch_size=16,
        attn_implementation="eager",
        **fields,
    )


def vit_forward(image_processor):
    values = pixels(image_processor, PICTURES)

    def forward(model):
        out = model(values.to(model.dtype), output_hidden_states=True, output_attentions=True)
        result = {"pixel_values": values, "attentions.0": out.attentions[0]}
        result |= states("vision.", out.hidden_states)
        if hasattr(out, "logits"):
            return result | classes(out.logits)
        return result | {"last_hidden_state": out.last_hidden_state, "pooler_output": out.pooler_output}

    return forward


def record_vit(case, note, model, **saving):
    image_processor = vit_processor()
    record(case, "vit", note, model, image_processor, vit_forward(image_processor), **saving)


def resnet_config(**fields):
    return ResNetConfig(embedding_size=12, hidden_sizes=[16, 24, 32], depths=[2, 1, 1], **fields)


def record_resnet(case, note, model, **saving):
    image_processor = processor(
        "convnext",
        "ConvNext",
        size={"shortest_edge": 56},
        crop_pct=0.875,
        image_mean=[0.485, 0.456, 0.406],
        image_std=[0.229, 0.224, 0.225],
    )
    values = pixels(image_processor, PICTURES)

    def forward(resnet):
        out = resnet(values.to(resnet.dtype), output_hidden_states=True)
        result = {"pixel_values": values} | states("vision.", out.hidden_states)
        if hasattr(out, "logits"):
            return result | classes(out.logits)
        return result | {"pooled": out.pooler_output.flatten(1)}

    record(case, "resnet", note, model, image_processor, forward, **saving)


def dinov2_sizes(**fields):
    return dict(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        image_size=70,
        patch_size=14,
        attn_implementation="eager",
        **fields,
    )


def record_dinov2(case, note, model, **saving):
    sizes = {"native": [70, 70], "rect": [42, 84]}
    image_processor = dinov2_processor()
    inputs = {"": pixels(image_processor, PICTURES)}
    for name, (height, width) in sizes.items():
        inputs[name + "."] = pixels(dinov2_processor(height, width, max(height, width)), PICTURES[:2])

    def forward(dinov2):
        result = {}
        for prefix, values in inputs.items():
            out = dinov2(values.to(dinov2.dtype), output_hidden_states=True)
            result[prefix + "pixel_values"] = values
            result[prefix + "embeddings"] = out.hidden_states[0]
            if hasattr(out, "logits"):
                result |= classes(out.logits, prefix)
            else:
                result[prefix + "last_hidden_state"] = out.last_hidden_state
                result[prefix + "pooler_output"] = out.pooler_output
        return result

    record(case, "dinov2", note, model, image_processor, forward, inputs={"sizes": sizes}, **saving)


def copy_files(source, folder, names):
    for name in names:
        shutil.copy(PARITY / "models" / source / name, folder / name)


def record_siglip(case, note, dtype=torch.float32, **saving):
    sides = dict(hidden_size=32, intermediate_size=48, num_attention_heads=4, num_hidden_layers=2)
    config = SiglipConfig(
        text_config=dict(vocab_size=560, max_position_embeddings=48, projection_size=32, **sides),
        vision_config=dict(image_size=48, patch_size=16, **sides),
    )
    folder = new_folder(PARITY, case)
    model = SiglipModel(config)
    randomise(model, seed=len(case))
    save(folder, model, dtype, **saving)
    copy_files("siglip", folder, ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"])
    image_processor = processor("siglip", "Siglip", size={"height": 48, "width": 48})
    image_processor.save_pretrained(folder)
    texts = ["a photo of a cat", "two cups of coffee on a wooden table; steam rising"]
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), pad_token="</s>")
    ids = tokenizer(texts, padding="max_length", max_length=48, truncation=True, return_tensors="pt")["input_ids"]
    values = pixels(image_processor, PICTURES)

    def forward(siglip):
        out = siglip(input_ids=ids, pixel_values=values.to(siglip.dtype))
        return {
            "input_ids": ids,
            "pixel_values": values,
            "text.pooled": out.text_model_output.pooler_output,
            "vision.pooled": out.vision_model_output.pooler_output,
            "vision.post_layernorm": out.vision_model_output.last_hidden_state,
            "image_embeds": out.image_embeds,
            "text_embeds": out.text_embeds,
            "logits_per_image": out.logits_per_image,
            "probs": out.logits_per_image.sigmoid(),
        }

    single, tolerances = run_twice(model, forward)
    write(folder, "siglip", note, {"images": PICTURES, "texts": texts}, {}, single, tolerances)


def pool(states, mask, modes):
    weights = mask.unsqueeze(-1).to(states.dtype)
    pooled = {
        "cls": lambda: states[:, 0],
        "max": lambda: states.masked_fill(weights == 0, -1e9).max(1).values,
        "mean": lambda: (states * weights).sum(1) / weights.sum(1),
        "mean_sqrt_len": lambda: (states * weights).sum(1) / weights.sum(1).sqrt(),
    }
    return torch.cat([pooled[mode]() for mode in modes], 1)


def write_modules(folder, modes, normalise):
    modules = [("", "Transformer"), ("1_Pooling", "Pooling")] + ([("2_Normalize", "Normalize")] if normalise else [])
    listed = [
        {"idx": i, "name": str(i), "path": path, "type": "sentence_transformers.models." + kind}
        for i, (path, kind) in enumerate(modules)
    ]
    (folder / "modules.json").write_text(json.dumps(listed, indent=1) + "\n")
    (folder / "1_Pooling").mkdir()
    flags = {"cls": "cls_token", "max": "max_tokens", "mean": "mean_tokens", "mean_sqrt_len": "mean_sqrt_len_tokens"}
    pooling = {"word_embedding_dimension": 32}
    pooling |= {"pooling_mode_" + flag: mode in modes for mode, flag in flags.items()}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling, indent=1) + "\n")


def record_sentence(case, note, model, modes, rename=None, max_length=24, **saving):
    folder = new_folder(PARITY, case)
    randomise(model, seed=len(case))
    save(folder, model, **saving)
    if rename:
        rename(folder)
    copy_files("sentence-minilm", folder, ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"])
    if modes != ["mean"]:
        write_modules(folder, modes, normalise=len(modes) == 1)
        settings = {"max_seq_length": max_length, "do_lower_case": False}
        (folder / "sentence_bert_config.json").write_text(json.dumps(settings, indent=1) + "\n")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoded = tokenizer(SENTENCES, padding=True, truncation=True, max_length=max_length, return_tensors="pt")

    def forward(bert):
        out = getattr(bert, "bert", bert)(**encoded, output_hidden_states=True)
        pooled = pool(out.last_hidden_state, encoded["attention_mask"], modes)
        vectors = torch.nn.functional.normalize(pooled)
        result = dict(encoded) | states("bert.", out.hidden_states)
        if out.pooler_output is not None:
            result["pooler_output"] = out.pooler_output
        return result | {"sentence_embedding": vectors, "cosine": vectors @ vectors.T}

    single, tolerances = run_twice(model, forward)
    write(folder, "sentence", note, {"texts": SENTENCES}, {}, single, tolerances)


def bert_config():
    return BertConfig(
        vocab_size=640,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=32,
    )


def with_old_names(folder):
    """Names that the first BERT files have, with the buffer that later ones had."""
    weights = torch.load(folder / "pytorch_model.bin", weights_only=True)
    old = {
        name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): tensor
        for name, tensor in weights.items()
    }
    old["bert.embeddings.position_ids"] = torch.arange(32).unsqueeze(0)
    torch.save(old, folder / "pytorch_model.bin")


def version_4():
    record_vit(
        "vit-model-f16", "ViTModel with pooler, qkv_bias false, f16", ViTModel(vit_config(qkv_bias=False)), dtype=torch.float16
    )
    record_vit(
        "vit-classifier-bf16-bin",
        "ViTForImageClassification, bf16, pickle in shards",
        ViTForImageClassification(vit_config(id2label=LABELS)),
        dtype=torch.bfloat16,
        pickle=True,
        shards="40KB",
    )
    record_resnet(
        "resnet-basic-bf16-sharded",
        "ResNetForImageClassification, basic blocks, downsample_in_first_stage, bf16, in shards",
        ResNetForImageClassification(
            resnet_config(layer_type="basic", downsample_in_first_stage=True, id2label=LABELS)
        ),
        dtype=torch.bfloat16,
        shards="60KB",
    )
    record_resnet(
        "resnet-model-f16",
        "ResNetModel, bottleneck blocks with downsample_in_bottleneck, f16",
        ResNetModel(resnet_config(downsample_in_bottleneck=True)),
        dtype=torch.float16,
    )
    record_dinov2(
        "dinov2-swiglu-f16-bin",
        "Dinov2Model with gated feed-forward layers, f16, pickle",
        Dinov2Model(Dinov2Config(use_swiglu_ffn=True, mlp_ratio=2, **dinov2_sizes())),
        dtype=torch.float16,
        pickle=True,
    )
    record_dinov2(
        "dinov2-registers-bf16-sharded",
        "Dinov2WithRegistersModel, bf16, in shards; positions are interpolated with antialiasing",
        Dinov2WithRegistersModel(Dinov2WithRegistersConfig(num_register_tokens=3, mlp_ratio=2, **dinov2_sizes())),
        dtype=torch.bfloat16,
        shards="50KB",
    )
    record_siglip(
        "siglip-bf16-sharded", "SigLIP, bf16, in shards, 48 text positions", dtype=torch.bfloat16, shards="60KB"
    )
    record_sentence(
        "sentence-cls-f16-bin",
        "BertForMaskedLM with the oldest names of norms and the buffer position_ids; class token, L2; f16, pickle",
        BertForMaskedLM(bert_config()),
        ["cls"],
        rename=with_old_names,
        dtype=torch.float16,
        pickle=True,
    )
    record_sentence(
        "sentence-max-mean-bf16-sharded",
        "BertModel; maximum, mean and mean_sqrt_len side by side, L2 by the caller; bf16, in shards",
        BertModel(bert_config()),
        ["max", "mean", "mean_sqrt_len"],
        dtype=torch.bfloat16,
        shards="40KB",
    )


def version_5():
    record_vit("vit-classifier-v5", "ViTForImageClassification saved by transformers 5", ViTForImageClassification(vit_config(id2label=LABELS)))
    record_vit("vit-model-v5", "ViTModel saved by transformers 5", ViTModel(vit_config()))
    record_resnet(
        "resnet-classifier-v5",
        "ResNetForImageClassification saved by transformers 5",
        ResNetForImageClassification(resnet_config(id2label=LABELS)),
    )
    record_dinov2(
        "dinov2-v5", "Dinov2Model saved by transformers 5", Dinov2Model(Dinov2Config(mlp_ratio=2, **dinov2_sizes()))
    )
    record_dinov2(
        "dinov2-registers-classifier-v5",
        "Dinov2WithRegistersForImageClassification saved by transformers 5; the mean leaves out the registers (version 4 included them)",
        Dinov2WithRegistersForImageClassification(
            Dinov2WithRegistersConfig(num_register_tokens=3, mlp_ratio=2, id2label=LABELS, **dinov2_sizes())
        ),
    )
    record_siglip("siglip-v5", "SigLIP saved by transformers 5, 48 text positions")
    record_sentence(
        "sentence-plain-v5",
        "BertModel saved by transformers 5, without modules.json: mean pooling, L2 by the caller, 32 tokens",
        BertModel(bert_config()),
        ["mean"],
        max_length=32,
        dtype=torch.float32,
    )


(version_5 if V5 else version_4)()
