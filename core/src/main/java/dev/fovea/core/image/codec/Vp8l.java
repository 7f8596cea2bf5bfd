package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads lossless WebP pictures, by the specification of the WebP lossless bitstream. */
final class Vp8l {
  private static final int HEADER_BYTES = 5;

  private Vp8l() {}

  /** Decodes the content of a "VP8L" chunk: alpha, red, green and blue of each pixel in an int. */
  static int[] decode(ByteBuffer chunk, int width, int height) throws BadPictureException {
    int version = (chunk.get(HEADER_BYTES - 1) >> 5) & 7;
    if (version != 0) {
      throw new BadPictureException("damaged: unknown version of the lossless format");
    }
    return decodeStream(chunk.slice(HEADER_BYTES, chunk.limit() - HEADER_BYTES), width, height);
  }

  /** Decodes the same without its header. */
  static int[] decodeStream(ByteBuffer stream, int width, int height) throws BadPictureException {
    Vp8lBits in = new Vp8lBits(stream);
    Deque<Vp8lTransform> transforms = new ArrayDeque<>();
    int currentWidth = width;
    int seen = 0;
    while (in.flag()) {
      int kind = in.number(2);
      if (((seen >> kind) & 1) != 0) {
        throw new BadPictureException("damaged: it has a transform twice");
      }
      seen |= 1 << kind;
      Vp8lTransform transform = Vp8lTransform.read(in, kind, currentWidth, height);
      transforms.push(transform);
      currentWidth = transform.width();
    }
    int[] pixels = Vp8lPixels.readPicture(in, currentWidth, height);
    for (Vp8lTransform transform : transforms) {
      pixels = transform.undo(pixels);
    }
    return pixels;
  }
}
