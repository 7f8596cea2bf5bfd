package dev.fovea.core.image.codec;

/**
 * Reads PNG files. Not through ImageIO, because starting that takes longer than everything else
 * that happens to a picture, and because RGB is made here as Pillow makes it.
 */
final class Png {
  /** Deflate cannot do better. */
  private static final int MOST_BYTES_PER_COMPRESSED = 1032;

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  /** The passes of an interlaced picture: first column, first row, column step, row step. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private Png() {}

  static boolean recognises(byte[] file) {
    return Signatures.startsWith(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n');
  }

  static Bitmap decode(byte[] file) throws BadPictureException {
    PngChunks chunks = PngChunks.read(file);
    PngHeader header = chunks.header();
    long compressed = chunks.data().stream().mapToLong(part -> part.remaining()).sum();
    PictureLimits.checkFilled(header.leastBytes(), compressed, MOST_BYTES_PER_COMPRESSED);
    if (header.color() == PngHeader.Color.PALETTE
        && (chunks.palette().length == 0 || chunks.palette().length % 3 != 0)) {
      throw new BadPictureException("damaged: its palette is missing or incomplete");
    }
    PngPixels pixels = new PngPixels(chunks);
    try (PngRows rows = new PngRows(chunks.data(), Math.max(1, header.bitsPerPixel() / 8))) {
      for (int[] pass : header.interlaced() ? ADAM7 : WHOLE) {
        readPass(rows, header, pixels, pass);
      }
    }
    return chunks.orientation().upright(pixels.toBitmap());
  }

  private static void readPass(PngRows rows, PngHeader header, PngPixels pixels, int[] pass)
      throws BadPictureException {
    int columns = (header.width() - pass[0] + pass[2] - 1) / pass[2];
    if (columns <= 0) {
      return;
    }
    int length = header.rowBytes(columns);
    byte[] row = new byte[length + 1];
    byte[] above = new byte[length + 1];
    for (int y = pass[1]; y < header.height(); y += pass[3]) {
      rows.next(row, above, length);
      pixels.put(row, columns, y * header.width() + pass[0], pass[2]);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }
}
