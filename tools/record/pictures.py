"""Writes small picture files of every kind, and what Pillow reads from them.

    pip install pillow numpy webp
    python tools/record/pictures.py

Fills testdata/pictures: the files, and expected.json with size, SHA-256 of the RGB bytes and, where
there is transparency, of the alpha bytes of each. PNG and BMP files of kinds that Pillow does not
write are put together here.
"""

import hashlib
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
import webp
from PIL import Image, ImageOps, __version__

OUT = Path(__file__).resolve().parents[2] / "testdata" / "pictures"
rng = np.random.default_rng(7)


def photo(width, height):
    """Smooth colours with some noise: compresses, and shows errors."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [128 + 100 * np.sin(x / 5 + k) * np.cos(y / (4 + k)) for k in range(3)]
    noise = rng.normal(0, 6, (height, width, 3))
    return np.clip(np.stack(planes, -1) + noise, 0, 255).astype(np.uint8)


# PNG -------------------------------------------------------------------------


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack_bits(samples, depth):
    if depth == 16:
        return samples.astype(">u2").tobytes()
    if depth == 8:
        return samples.astype(np.uint8).tobytes()
    bits = ((samples[:, None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8)
    return np.packbits(bits.reshape(-1)).tobytes()


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def filtered(row, above, bpp, kind):
    out = bytearray([kind])
    for i, value in enumerate(row):
        a = row[i - bpp] if i >= bpp else 0
        b = above[i]
        c = above[i - bpp] if i >= bpp else 0
        guess = [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]
        out.append((value - guess) & 255)
    return bytes(out)


def rows(samples, depth, bpp):
    data, above = b"", None
    for y in range(samples.shape[0]):
        row = pack_bits(samples[y].reshape(-1), depth)
        above = above if above is not None else bytes(len(row))
        data += filtered(row, above, bpp, y % 5)
        above = row
    return data


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(samples, depth, colour, interlaced, extra=()):
    """samples: [height, width, samples per pixel]."""
    height, width, per_pixel = samples.shape
    bpp = max(1, per_pixel * depth // 8)
    passes = ADAM7 if interlaced else [(0, 0, 1, 1)]
    data = b""
    for x, y, dx, dy in passes:
        part = samples[y::dy, x::dx]
        if part.size:
            data += rows(part, depth, bpp)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    packed = zlib.compress(data, 9)
    half = len(packed) // 2
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + b"".join(chunk(kind, content) for kind, content in extra)
        + chunk(b"IDAT", packed[:half])
        + chunk(b"IDAT", packed[half:])
        + chunk(b"IEND", b"")
    )


def pngs():
    kinds = [(0, 1, (1, 2, 4, 8, 16)), (2, 3, (8, 16)), (3, 1, (1, 2, 4, 8)), (4, 2, (8, 16)), (6, 4, (8, 16))]
    for colour, per_pixel, depths in kinds:
        for depth in depths:
            for interlaced in (False, True):
                for width, height in ((19, 13), (3, 2), (1, 9)):
                    samples = rng.integers(0, 1 << depth, (height, width, per_pixel))
                    extra = []
                    if colour == 3:
                        extra.append((b"PLTE", rng.integers(0, 256, 3 << depth).astype(np.uint8).tobytes()))
                    name = f"png-{colour}-{depth}{'-interlaced' if interlaced else ''}-{width}x{height}.png"
                    yield name, png(samples, depth, colour, interlaced, extra)
    for depth in (1, 2, 4, 8):
        samples = rng.integers(0, 1 << depth, (11, 17, 1))
        palette = (b"PLTE", rng.integers(0, 256, 3 << depth).astype(np.uint8).tobytes())
        alphas = (b"tRNS", rng.integers(0, 256, (1 << depth) // 2).astype(np.uint8).tobytes())
        yield f"png-transparent-palette-{depth}.png", png(samples, depth, 3, False, [palette, alphas])
    samples = rng.integers(0, 4, (11, 17, 1)) * 80
    yield "png-transparent-gray-8.png", png(samples, 8, 0, False, [(b"tRNS", struct.pack(">H", 160))])
    samples = rng.integers(0, 2, (11, 17, 3)) * 255
    yield "png-transparent-colour-8.png", png(samples, 8, 2, False, [(b"tRNS", struct.pack(">HHH", 255, 0, 255))])
    short = [(b"PLTE", bytes(range(30, 36)))]
    yield "png-palette-too-short.png", png(rng.integers(0, 4, (6, 9, 1)), 8, 3, False, short)
    junk = [(b"iCCP", b"junk\0\0" + bytes(50)), (b"zTXt", b"Comment\0\0" + bytes(20)), (b"gAMA", struct.pack(">I", 45455))]
    yield "png-junk-metadata.png", png(photo(9, 7), 8, 2, False, junk)


# orientation -----------------------------------------------------------------


def exif(orientation, endian):
    mark = b"II*\0" if endian == "<" else b"MM\0*"
    entries = struct.pack(endian + "H", 1) + struct.pack(endian + "HHIHH", 0x112, 3, 1, orientation, 0)
    return mark + struct.pack(endian + "I", 8) + entries + struct.pack(endian + "I", 0)


def oriented():
    picture = Image.fromarray(photo(21, 10))
    for orientation in range(0, 10):
        endian = "<" if orientation % 2 else ">"
        data = exif(orientation, endian)
        yield f"exif-{orientation}.jpg", save(picture, "JPEG", quality=90, exif=b"Exif\0\0" + data)
        yield f"exif-{orientation}.png", png(np.array(picture), 8, 2, False, [(b"eXIf", data)])
        yield f"exif-{orientation}.webp", save(picture, "WEBP", lossless=True, exif=data)
    alpha = picture.convert("RGBA")
    alpha.putalpha(Image.fromarray(rng.integers(0, 256, (10, 21)).astype(np.uint8)))
    yield "exif-6-alpha.png", png(np.array(alpha), 8, 6, False, [(b"eXIf", exif(6, "<"))])
    raw = b"\nexif\n%8d\n" % 32 + (b"Exif\0\0" + exif(8, "<")).hex().encode() + b"\n"
    yield "exif-raw-profile.png", png(np.array(picture), 8, 2, False, [(b"tEXt", b"Raw profile type exif\0" + raw)])
    packed = [(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(raw))]
    yield "exif-raw-profile-compressed.png", png(np.array(picture), 8, 2, False, packed)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf tiff:Orientation="3"/></x:xmpmeta>'
    yield "xmp-3.png", png(np.array(picture), 8, 2, False, [(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)])
    yield "xmp-3.jpg", save(picture, "JPEG", xmp=xmp)
    yield "exif-damaged.jpg", save(picture, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\0\0")


# JPEG ------------------------------------------------------------------------


def save(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def jpegs():
    for width, height in ((33, 25), (16, 16), (1, 1), (7, 40)):
        picture = Image.fromarray(photo(width, height))
        for subsampling in (0, 1, 2):
            for progressive in (False, True):
                name = f"jpeg-{subsampling}{'-progressive' if progressive else ''}-{width}x{height}.jpg"
                yield name, save(picture, "JPEG", quality=80, subsampling=subsampling, progressive=progressive)
    picture = Image.fromarray(photo(33, 25))
    yield "jpeg-gray.jpg", save(picture.convert("L"), "JPEG")
    yield "jpeg-gray-progressive.jpg", save(picture.convert("L"), "JPEG", progressive=True)
    yield "jpeg-rgb.jpg", save(picture, "JPEG", keep_rgb=True)
    yield "jpeg-restarts.jpg", save(picture, "JPEG", restart_marker_blocks=2)
    yield "jpeg-low.jpg", save(picture, "JPEG", quality=3)
    yield "jpeg-best.jpg", save(picture, "JPEG", quality=100, optimize=True)
    cmyk = Image.fromarray(np.concatenate([photo(33, 25), photo(33, 25)[:, :, :1]], 2), "CMYK")
    data = save(cmyk, "JPEG", quality=90)
    yield "jpeg-cmyk.jpg", data
    adobe = data.index(b"Adobe")
    yield "jpeg-ycck.jpg", data[: adobe + 11] + b"\x02" + data[adobe + 12 :]
    yield "jpeg-cmyk-unmarked.jpg", data[: adobe - 4] + data[adobe + 12 :]
    rgb = save(picture, "JPEG", quality=90)
    jfif = rgb.index(b"JFIF")
    yield "jpeg-without-jfif.jpg", rgb[: jfif - 4] + rgb[jfif + 14 :]
    plain = save(picture, "JPEG", quality=90, subsampling=0)
    jfif = plain.index(b"JFIF")
    yield "jpeg-without-jfif-444.jpg", plain[: jfif - 4] + plain[jfif + 14 :]
    yield "jpeg-comment.jpg", save(picture, "JPEG", comment=b"\xff\xd8\xff\xd9 in a comment")
    yield "jpeg-junk-profile.jpg", save(picture, "JPEG", icc_profile=b"no profile" * 20)
    yield "jpeg-trailing.jpg", rgb + b"something after the end"


# GIF -------------------------------------------------------------------------


def gif_frame(indices, left=0, top=0, palette=None, interlace=False, bits=8):
    flags = (0x80 | 7 if palette is not None else 0) | (0x40 if interlace else 0)
    height, width = indices.shape
    block = b"," + struct.pack("<HHHHB", left, top, width, height, flags)
    if palette is not None:
        block += palette
    order = range(height)
    if interlace:
        order = [y for start, step in ((0, 8), (4, 8), (2, 4), (1, 2)) for y in range(start, height, step)]
    flat = np.concatenate([indices[y] for y in order]).tolist()
    bits_out = []
    for i, value in enumerate(flat):  # a clear code so often that codes never grow
        if i % ((1 << bits) - 2) == 0:
            bits_out.append(1 << bits)
        bits_out.append(value)
    bits_out.append((1 << bits) + 1)
    number = sum(code << ((bits + 1) * i) for i, code in enumerate(bits_out))
    packed = number.to_bytes((len(bits_out) * (bits + 1) + 7) // 8, "little")
    block += bytes([bits])
    for i in range(0, len(packed), 255):
        part = packed[i : i + 255]
        block += bytes([len(part)]) + part
    return block + b"\0"


def gif(width, height, frames, palette=None):
    flags = 0x80 | 7 if palette is not None else 0
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, flags, 3, 0)
    return head + (palette or b"") + b"".join(frames) + b";"


def gifs():
    colours = rng.integers(0, 256, 768).astype(np.uint8).tobytes()
    others = rng.integers(0, 256, 768).astype(np.uint8).tobytes()
    indices = rng.integers(0, 256, (12, 15))
    control = b"!\xf9\x04\x01\0\0" + bytes([int(indices[0, 0])]) + b"\0"
    yield "gif-plain.gif", gif(15, 12, [gif_frame(indices)], colours)
    yield "gif-interlaced.gif", gif(15, 12, [gif_frame(indices, interlace=True)], colours)
    yield "gif-local-palette.gif", gif(15, 12, [gif_frame(indices, palette=others)], colours)
    yield "gif-no-palette.gif", gif(15, 12, [gif_frame(indices)])
    yield "gif-transparent.gif", gif(15, 12, [control, gif_frame(indices)], colours)
    yield "gif-offset.gif", gif(25, 20, [gif_frame(indices, 4, 5)], colours)
    yield "gif-offset-transparent.gif", gif(25, 20, [control, gif_frame(indices, 4, 5)], colours)
    yield "gif-beyond-screen.gif", gif(10, 10, [gif_frame(indices, 4, 5)], colours)
    yield "gif-no-screen.gif", gif(0, 0, [gif_frame(indices)], colours)
    yield "gif-animated.gif", gif(15, 12, [gif_frame(indices), gif_frame(indices[::-1])], colours)
    yield "gif-comment.gif", gif(15, 12, [b"!\xfe\x05hello\0", gif_frame(indices)], colours)
    yield "gif-few-bits.gif", gif(15, 12, [gif_frame(indices % 4, bits=2)], colours)
    picture = Image.fromarray(photo(90, 70))
    yield "gif-long-codes.gif", save(picture.quantize(256), "GIF")
    yield "gif-16-colours.gif", save(picture.quantize(16), "GIF")
    yield "gif-2-colours.gif", save(picture.quantize(2), "GIF")
    yield "gif-gray.gif", save(picture.convert("L"), "GIF")
    yield "gif-one-colour.gif", save(Image.new("P", (300, 200), 0), "GIF")


# BMP -------------------------------------------------------------------------


def bmp(width, height, bits, data, compression=0, palette=b"", header=40, masks=b"", colours=0):
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", header, width, height, 1, bits, compression, len(data), 0, 0, colours, 0)
        info += masks if header > 40 else b""
        info += bytes(header - len(info))
    between = masks if header == 40 else b""
    start = 14 + len(info) + len(between) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + info + between + palette + data


def padded(packed):
    return b"".join(row + bytes(-len(row) % 4) for row in packed)


def bmps():
    for bits in (1, 4, 8):
        indices = rng.integers(0, 1 << bits, (9, 13))
        data = padded([pack_bits(row, bits) for row in indices])
        four = rng.integers(0, 256, 4 << bits).astype(np.uint8).tobytes()
        three = rng.integers(0, 256, 3 << bits).astype(np.uint8).tobytes()
        yield f"bmp-{bits}.bmp", bmp(13, 9, bits, data, palette=four)
        yield f"bmp-{bits}-top-down.bmp", bmp(13, -9, bits, data, palette=four)
        yield f"bmp-{bits}-old.bmp", bmp(13, 9, bits, data, palette=three, header=12)
    few = rng.integers(0, 256, 4 * 10).astype(np.uint8).tobytes()
    data = padded([row.astype(np.uint8).tobytes() for row in rng.integers(0, 10, (9, 13))])
    yield "bmp-8-few-colours.bmp", bmp(13, 9, 8, data, palette=few, colours=10)
    for bits in (16, 24, 32):
        data = padded([rng.integers(0, 256, 13 * bits // 8).astype(np.uint8).tobytes() for _ in range(9)])
        yield f"bmp-{bits}.bmp", bmp(13, 9, bits, data)
        yield f"bmp-{bits}-top-down.bmp", bmp(13, -9, bits, data)
        yield f"bmp-{bits}-v5.bmp", bmp(13, 9, bits, data, header=124)
    data = padded([rng.integers(0, 256, 26).astype(np.uint8).tobytes() for _ in range(9)])
    yield "bmp-565.bmp", bmp(13, 9, 16, data, 3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
    yield "bmp-555.bmp", bmp(13, 9, 16, data, 3, masks=struct.pack("<III", 0x7C00, 0x3E0, 0x1F))
    data = rng.integers(0, 256, 13 * 9 * 4).astype(np.uint8).tobytes()
    argb = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    yield "bmp-32-alpha.bmp", bmp(13, 9, 32, data, 3, masks=argb, header=56)
    yield "bmp-32-masks.bmp", bmp(13, 9, 32, data, 3, masks=struct.pack("<III", 0xFF000000, 0xFF0000, 0xFF00))
    abgr = struct.pack("<IIII", 0xFF, 0xFF00, 0xFF0000, 0xFF000000)
    yield "bmp-32-reversed.bmp", bmp(13, 9, 32, data, 3, masks=abgr, header=108)
    palette = rng.integers(0, 256, 1024).astype(np.uint8).tobytes()
    runs = bytes([5, 7, 0, 8, *range(8), 0, 0, 0, 3, 1, 2, 3, 0, 4, 200, 0, 2, 0, 1, 6, 9, 7, 8, 0, 0, 13, 5, 0, 1])
    yield "bmp-runs-8.bmp", bmp(13, 4, 8, runs, 1, palette=palette)
    runs = bytes([5, 0x71, 0, 8, 0x12, 0x34, 0x56, 0x78, 0, 0, 0, 3, 0x12, 0x30, 10, 0x95, 0, 0, 13, 0x5A, 0, 1])
    yield "bmp-runs-4.bmp", bmp(13, 3, 4, runs, 2, palette=palette[:64])


# WebP ------------------------------------------------------------------------


def webps():
    picture = Image.fromarray(photo(45, 33))
    alpha = picture.convert("RGBA")
    alpha.putalpha(Image.fromarray(rng.integers(0, 256, (33, 45)).astype(np.uint8)))
    yield "webp-lossless.webp", save(picture, "WEBP", lossless=True)
    yield "webp-lossless-alpha.webp", save(alpha, "WEBP", lossless=True, exact=True)
    yield "webp-palette.webp", save(picture.quantize(12).convert("RGB"), "WEBP", lossless=True)
    yield "webp-two-colours.webp", save(picture.quantize(2).convert("RGB"), "WEBP", lossless=True)
    yield "webp-one-colour.webp", save(Image.new("RGB", (300, 200), (10, 200, 30)), "WEBP", lossless=True)
    yield "webp-junk-profile.webp", save(picture, "WEBP", lossless=True, icc_profile=b"no profile" * 9)
    frames = [picture.rotate(angle) for angle in (90, 180)]
    yield "webp-animated.webp", save(picture, "WEBP", save_all=True, append_images=frames, lossless=True)
    small = Image.new("RGBA", (45, 33), (0, 0, 0, 0))
    small.paste(alpha.crop((0, 0, 20, 10)), (12, 8))
    yield "webp-animated-alpha.webp", save(small, "WEBP", save_all=True, append_images=[alpha], lossless=True, exact=True)


def lossy_webps():
    for width, height in ((45, 33), (64, 48), (1, 1), (2, 17), (17, 2), (31, 40)):
        for quality in (2, 50, 92):
            picture = Image.fromarray(photo(width, height))
            yield f"webp-lossy-{quality}-{width}x{height}.webp", save(picture, "WEBP", quality=quality)
    gradient = Image.fromarray(np.tile(np.linspace(0, 255, 45).astype(np.uint8), (33, 1)))
    noise = Image.fromarray(rng.integers(0, 256, (33, 45)).astype(np.uint8))
    for name, alpha in (("gradient", gradient), ("noise", noise)):
        picture = Image.fromarray(photo(45, 33)).convert("RGBA")
        picture.putalpha(alpha)
        for quality in (0, 100):
            yield f"webp-lossy-{name}-{quality}.webp", save(picture, "WEBP", quality=70, alpha_quality=quality)
        for filtering in (0, 1, 2):
            for compression in (0, 1):
                yield (
                    f"webp-alpha-{name}-{filtering}-{compression}.webp",
                    encode(picture, alpha_filtering=filtering, alpha_compression=compression),
                )
    picture = Image.fromarray(photo(61, 50))
    for kind in (0, 1):
        for sharpness in (0, 3, 7):
            yield (
                f"webp-filter-{kind}-{sharpness}.webp",
                encode(picture, filter_type=kind, filter_strength=80, filter_sharpness=sharpness, segments=4),
            )
    yield "webp-no-filter.webp", encode(picture, filter_strength=0)
    still = Image.fromarray(photo(40, 30))
    yield "webp-lossy-animated.webp", save(still, "WEBP", save_all=True, append_images=[still.rotate(180)])


def encode(picture, **options):
    """With options of libwebp that Pillow does not pass on."""
    config = webp.WebPConfig.new(quality=20)
    for name, value in options.items():
        setattr(config.ptr, name, value)
    return bytes(webp.WebPPicture.from_pil(picture).encode(config).buffer())


def describe(data):
    with Image.open(io.BytesIO(data)) as picture:
        upright = ImageOps.exif_transpose(picture)
    transparent = "A" in upright.getbands() or "transparency" in upright.info
    rgb = upright.convert("RGB")
    result = {"width": rgb.width, "height": rgb.height, "sha256_rgb": hashlib.sha256(rgb.tobytes()).hexdigest()}
    if transparent:
        alpha = upright.convert("RGBA").getchannel("A").tobytes()
        result["sha256_alpha"] = hashlib.sha256(alpha).hexdigest()
    return result


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*"):
        old.unlink()
    expected = {}
    for source in (pngs, oriented, jpegs, gifs, bmps, webps, lossy_webps):
        for name, data in source():
            expected[name] = describe(data)
            (OUT / name).write_bytes(data)
    report = {"pillow": __version__, "source": "tools/record/pictures.py", "pictures": expected}
    (OUT / "expected.json").write_text(json.dumps(report, indent=1) + "\n")
    print(len(expected), "pictures")


main()
