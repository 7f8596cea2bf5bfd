package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the orientation in metadata. Damaged metadata says nothing; it is no reason to fail. */
final class Exif {
  private static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};
  private static final int ORIENTATION_TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final Pattern XMP_ORIENTATION =
      Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  private Exif() {}

  /** Whether a block starts as EXIF data in JPEG files does. */
  static boolean hasPrefix(ByteBuffer block) {
    return block.remaining() >= PREFIX.length
        && block.slice(block.position(), PREFIX.length).equals(ByteBuffer.wrap(PREFIX));
  }

  /**
   * Reads a block of EXIF data: a TIFF header and its first directory, with or without the prefix
   * of JPEG files.
   */
  static Optional<Orientation> orientation(ByteBuffer block) {
    ByteBuffer tiff = block.slice();
    while (hasPrefix(tiff)) {
      tiff = tiff.slice(PREFIX.length, tiff.remaining() - PREFIX.length);
    }
    if (tiff.remaining() < 8) {
      return Optional.empty();
    }
    int byteOrder = tiff.getShort(0);
    if (byteOrder != 0x4949 && byteOrder != 0x4d4d) {
      return Optional.empty();
    }
    tiff.order(byteOrder == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = tiff.getInt(4) & 0xffffffffL;
    if (directory + 2 > tiff.limit()) {
      return Optional.empty();
    }
    int entries = tiff.getShort((int) directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > tiff.limit()) {
        return Optional.empty();
      }
      int at = (int) entry;
      if ((tiff.getShort(at) & 0xffff) == ORIENTATION_TAG && tiff.getShort(at + 2) == SHORT) {
        return Optional.of(Orientation.of(tiff.getShort(at + 8) & 0xffff));
      }
    }
    return Optional.empty();
  }

  /** Reads an XMP packet, which is looked at where EXIF data does not tell. */
  static Optional<Orientation> orientationOfXmp(ByteBuffer packet) {
    Matcher matcher = XMP_ORIENTATION.matcher(StandardCharsets.ISO_8859_1.decode(packet.slice()));
    return matcher.find()
        ? Optional.of(Orientation.of(matcher.group(1).charAt(0) - '0'))
        : Optional.empty();
  }
}
