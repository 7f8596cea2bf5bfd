package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The orientation in the text chunks of a PNG file: as an XMP packet, or as EXIF data that older
 * programs write in hexadecimal digits.
 */
final class PngText {
  private static final String XMP = "XML:com.adobe.xmp";
  private static final String RAW_EXIF = "Raw profile type exif";

  /** Metadata that unpacks to more is not looked at. */
  private static final int MOST_BYTES = 1 << 20;

  private PngText() {}

  static Optional<Orientation> orientation(String type, ByteBuffer chunk) {
    if (type.equals("iTXt")) {
      return startsWith(chunk, XMP) && chunk.remaining() > XMP.length() + 3
          ? xmp(chunk.slice(XMP.length() + 1, chunk.remaining() - XMP.length() - 1))
          : Optional.empty();
    }
    if (!startsWith(chunk, RAW_EXIF)) {
      return Optional.empty();
    }
    int textStart = RAW_EXIF.length() + (type.equals("zTXt") ? 2 : 1);
    if (textStart > chunk.remaining()) {
      return Optional.empty();
    }
    ByteBuffer text = chunk.slice(textStart, chunk.remaining() - textStart);
    return rawExif(type.equals("zTXt") ? inflate(text) : text);
  }

  private static boolean startsWith(ByteBuffer chunk, String keyword) {
    ByteBuffer wanted = ByteBuffer.wrap((keyword + "\0").getBytes(StandardCharsets.ISO_8859_1));
    return chunk.remaining() > wanted.remaining()
        && chunk.slice(0, wanted.remaining()).equals(wanted);
  }

  /** What follows the keyword: compression flag and method, two short texts that end in 0, text. */
  private static Optional<Orientation> xmp(ByteBuffer rest) {
    boolean compressed = rest.get() != 0;
    rest.get();
    for (int terminators = 0; terminators < 2; ) {
      if (!rest.hasRemaining()) {
        return Optional.empty();
      }
      terminators += rest.get() == 0 ? 1 : 0;
    }
    return Exif.orientationOfXmp(compressed ? inflate(rest.slice()) : rest.slice());
  }

  /** A line break, the name, the number of bytes, and the bytes as hexadecimal digits in lines. */
  private static Optional<Orientation> rawExif(ByteBuffer text) {
    String[] lines = StandardCharsets.ISO_8859_1.decode(text).toString().split("\n", 4);
    if (lines.length < 4) {
      return Optional.empty();
    }
    String digits = lines[3].replaceAll("\\s", "");
    try {
      return Exif.orientation(ByteBuffer.wrap(HexFormat.of().parseHex(digits)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ByteBuffer inflate(ByteBuffer compressed) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      byte[] unpacked = new byte[MOST_BYTES];
      int length = inflater.inflate(unpacked);
      return ByteBuffer.wrap(unpacked, 0, length).slice();
    } catch (DataFormatException e) {
      return ByteBuffer.allocate(0);
    } finally {
      inflater.end();
    }
  }
}
