package dev.fovea.core.weights;

/**
 * What the central directory of a zip archive says of one file.
 *
 * @param method 0 for stored, 8 for deflated
 * @param crc checksum of the content; 0 where the writer left it out
 * @param packedSize bytes in the archive
 * @param size bytes of the content
 * @param headerOffset where its local header lies
 */
record ZipEntry(
    String name, int flags, int method, long crc, long packedSize, long size, long headerOffset) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** Sizes follow the content, so the local header may leave them out. */
  static final int SIZES_FOLLOW = 1 << 3;

  boolean sizesFollow() {
    return (flags & SIZES_FOLLOW) != 0;
  }
}
