package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The chunks of a WebP file that matter here: the picture, or the first frame of an animation, and
 * its place on the canvas.
 */
final class WebpFile {
  private static final int RIFF_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int FRAME_HEADER_BYTES = 16;
  private static final int ALPHA_FLAG = 0x10;

  private int canvasWidth;
  private int canvasHeight;
  private int left;
  private int top;
  private int width;
  private int height;
  private boolean hasAlpha;
  private Optional<ByteBuffer> alpha = Optional.empty();
  private Optional<ByteBuffer> picture = Optional.empty();
  private boolean lossless;
  private Optional<Orientation> exif = Optional.empty();
  private Optional<Orientation> xmp = Optional.empty();

  private WebpFile() {}

  static WebpFile read(byte[] file) throws BadPictureException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long size = file.length < RIFF_HEADER_BYTES ? Long.MAX_VALUE : in.getInt(4) & 0xffffffffL;
    if (size < 4 || size + CHUNK_HEADER_BYTES > file.length) {
      throw BadPictureException.truncated("before the size that its header gives");
    }
    WebpFile webp = new WebpFile();
    int end = (int) size + CHUNK_HEADER_BYTES;
    webp.readChunks(slice(in, RIFF_HEADER_BYTES, end - RIFF_HEADER_BYTES), false);
    if (webp.picture.isEmpty()) {
      throw new BadPictureException("damaged: it holds no picture");
    }
    if (webp.canvasWidth == 0) {
      webp.canvasWidth = webp.width;
      webp.canvasHeight = webp.height;
    }
    PictureLimits.checkCanvas(webp.canvasWidth, webp.canvasHeight, file.length);
    if (webp.left + webp.width > webp.canvasWidth || webp.top + webp.height > webp.canvasHeight) {
      throw new BadPictureException("damaged: its picture is larger than its canvas");
    }
    return webp;
  }

  int canvasWidth() {
    return canvasWidth;
  }

  int canvasHeight() {
    return canvasHeight;
  }

  int left() {
    return left;
  }

  int top() {
    return top;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  boolean hasAlpha() {
    return hasAlpha;
  }

  Orientation orientation() {
    return exif.isPresent() ? exif.get() : xmp.orElse(Orientation.UPRIGHT);
  }

  boolean isLossless() {
    return lossless;
  }

  /** The content of the chunk that holds the picture. */
  ByteBuffer picture() {
    return picture.orElseThrow();
  }

  /** The content of the chunk that holds the transparency of a lossy picture. */
  Optional<ByteBuffer> alpha() {
    return alpha;
  }

  private void readChunks(ByteBuffer in, boolean withinFrame) throws BadPictureException {
    int at = 0;
    while (in.limit() - at >= CHUNK_HEADER_BYTES) {
      String type = StandardCharsets.ISO_8859_1.decode(in.slice(at, 4)).toString();
      long length = in.getInt(at + 4) & 0xffffffffL;
      if (length > in.limit() - at - CHUNK_HEADER_BYTES) {
        throw BadPictureException.truncated("within a chunk");
      }
      ByteBuffer chunk = slice(in, at + CHUNK_HEADER_BYTES, (int) length);
      if (type.equals("ANMF") && !withinFrame && picture.isEmpty()) {
        readFrame(chunk);
      } else {
        take(type, chunk);
      }
      at += CHUNK_HEADER_BYTES + (int) length + (int) (length & 1);
    }
  }

  private void readFrame(ByteBuffer frame) throws BadPictureException {
    need(frame, FRAME_HEADER_BYTES);
    left = 2 * threeBytes(frame, 0);
    top = 2 * threeBytes(frame, 3);
    readChunks(slice(frame, FRAME_HEADER_BYTES, frame.limit() - FRAME_HEADER_BYTES), true);
  }

  private void take(String type, ByteBuffer chunk) throws BadPictureException {
    switch (type) {
      case "VP8X" -> {
        need(chunk, 10);
        hasAlpha = (chunk.get(0) & ALPHA_FLAG) != 0;
        canvasWidth = 1 + threeBytes(chunk, 4);
        canvasHeight = 1 + threeBytes(chunk, 7);
      }
      case "ALPH" -> alpha = picture.isEmpty() ? Optional.of(chunk) : alpha;
      case "VP8 ", "VP8L" -> {
        if (picture.isEmpty()) {
          picture = Optional.of(chunk);
          lossless = type.equals("VP8L");
          readSize(chunk);
        }
      }
      case "EXIF" -> exif = Exif.orientation(chunk.slice());
      case "XMP " -> xmp = Exif.orientationOfXmp(chunk);
      default -> {}
    }
  }

  private void readSize(ByteBuffer chunk) throws BadPictureException {
    if (lossless) {
      need(chunk, 5);
      int bits = chunk.getInt(1);
      if (chunk.get(0) != 0x2f) {
        throw new BadPictureException("damaged: its lossless picture has no signature");
      }
      width = 1 + (bits & 0x3fff);
      height = 1 + ((bits >>> 14) & 0x3fff);
      hasAlpha |= canvasWidth == 0 && ((bits >>> 28) & 1) != 0;
    } else {
      need(chunk, 10);
      if ((chunk.get(0) & 1) != 0 || threeBytes(chunk, 3) != 0x2a019d) {
        throw new BadPictureException("damaged: its lossy picture has no key frame");
      }
      width = chunk.getShort(6) & 0x3fff;
      height = chunk.getShort(8) & 0x3fff;
    }
    PictureLimits.check(width, height);
  }

  static int threeBytes(ByteBuffer chunk, int at) {
    return (chunk.getShort(at) & 0xffff) | (chunk.get(at + 2) & 0xff) << 16;
  }

  private static void need(ByteBuffer chunk, int bytes) throws BadPictureException {
    if (chunk.limit() < bytes) {
      throw BadPictureException.truncated("within a chunk");
    }
  }

  private static ByteBuffer slice(ByteBuffer in, int at, int length) {
    return in.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
