package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the first frame of GIF files, laid on the canvas that the file asks for. What the frame
 * leaves free is transparent, or has the first colour where the frame knows no transparency.
 */
final class Gif {
  private static final int NONE = -1;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int HAS_TABLE = 0x80;
  private static final int INTERLACED = 0x40;

  /** Codes of 12 bits that stand for at most 4096 pixels. */
  private static final int MOST_PIXELS_PER_BYTE = 4096;

  private static final int[][] WHOLE = {{0, 1}};

  /** The passes of an interlaced frame: first row, step. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private final ByteBuffer in;
  private int transparentIndex = NONE;

  private Gif(byte[] file) {
    in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean recognises(byte[] file) {
    return Signatures.startsWith(file, 0, 'G', 'I', 'F', '8', '7', 'a')
        || Signatures.startsWith(file, 0, 'G', 'I', 'F', '8', '9', 'a');
  }

  static Bitmap decode(byte[] file) throws BadPictureException {
    return new Gif(file).decode();
  }

  private Bitmap decode() throws BadPictureException {
    need(13);
    int screenWidth = in.getShort(6) & 0xffff;
    int screenHeight = in.getShort(8) & 0xffff;
    int flags = in.get(10);
    in.position(13);
    byte[] palette = (flags & HAS_TABLE) != 0 ? table(flags) : new byte[0];
    skipToImage();
    need(9);
    int left = in.getShort() & 0xffff;
    int top = in.getShort() & 0xffff;
    int width = in.getShort() & 0xffff;
    int height = in.getShort() & 0xffff;
    flags = in.get();
    if ((flags & HAS_TABLE) != 0) {
      palette = table(flags);
    }
    PictureLimits.check(width, height);
    int canvasWidth = Math.max(screenWidth, left + width);
    int canvasHeight = Math.max(screenHeight, top + height);
    PictureLimits.checkCanvas(canvasWidth, canvasHeight, in.limit());
    need(1);
    int codeBits = in.get() & 0xff;
    byte[] codes = subBlocks();
    need(1);
    PictureLimits.checkFilled((long) width * height, codes.length, MOST_PIXELS_PER_BYTE);
    byte[] frame = GifCodes.unpack(codes, codeBits, width * height);

    byte[] canvas = new byte[canvasWidth * canvasHeight];
    Arrays.fill(canvas, (byte) Math.max(0, transparentIndex));
    int row = 0;
    for (int[] pass : (flags & INTERLACED) != 0 ? PASSES : WHOLE) {
      for (int y = pass[0]; y < height; y += pass[1]) {
        int to = (top + y) * canvasWidth + left;
        System.arraycopy(frame, row++ * width, canvas, to, width);
      }
    }
    return toBitmap(canvas, canvasWidth, canvasHeight, palette);
  }

  private Bitmap toBitmap(byte[] indices, int width, int height, byte[] palette) {
    byte[] colors = palette.length == 0 ? grayRamp() : Arrays.copyOf(palette, 3 * 256);
    byte[] rgb = new byte[3 * indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(colors, 3 * (indices[i] & 0xff), rgb, 3 * i, 3);
    }
    if (transparentIndex == NONE) {
      return new Bitmap(width, height, rgb, Optional.empty());
    }
    byte[] alpha = new byte[indices.length];
    for (int i = 0; i < indices.length; i++) {
      alpha[i] = (byte) ((indices[i] & 0xff) == transparentIndex ? 0 : 255);
    }
    return new Bitmap(width, height, rgb, Optional.of(alpha));
  }

  private static byte[] grayRamp() {
    byte[] ramp = new byte[3 * 256];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (i / 3);
    }
    return ramp;
  }

  private byte[] table(int flags) throws BadPictureException {
    byte[] table = new byte[3 << ((flags & 7) + 1)];
    need(table.length);
    in.get(table);
    return table;
  }

  private void skipToImage() throws BadPictureException {
    while (true) {
      need(1);
      int block = in.get() & 0xff;
      if (block == IMAGE) {
        return;
      }
      if (block == TRAILER) {
        throw new BadPictureException("damaged: it holds no picture");
      }
      if (block != EXTENSION) {
        continue;
      }
      need(1);
      int label = in.get() & 0xff;
      byte[] content = subBlocks();
      if (label == GRAPHIC_CONTROL && content.length >= 4) {
        transparentIndex = (content[0] & 1) != 0 ? content[3] & 0xff : transparentIndex;
      }
    }
  }

  /** Reads blocks of up to 255 bytes up to an empty one, joined. */
  private byte[] subBlocks() throws BadPictureException {
    int start = in.position();
    int total = 0;
    int length = nextLength();
    while (length > 0) {
      need(length);
      in.position(in.position() + length);
      total += length;
      length = nextLength();
    }
    byte[] joined = new byte[total];
    in.position(start);
    int at = 0;
    length = nextLength();
    while (length > 0) {
      in.get(joined, at, length);
      at += length;
      length = nextLength();
    }
    return joined;
  }

  private int nextLength() throws BadPictureException {
    need(1);
    return in.get() & 0xff;
  }

  private void need(int bytes) throws BadPictureException {
    if (in.remaining() < bytes) {
      throw BadPictureException.truncated("within its first frame");
    }
  }
}
