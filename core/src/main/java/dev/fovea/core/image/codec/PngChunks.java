package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file that matter here, with their checksums verified. Others are stepped over
 * unread, so that compressed text or a colour profile can do no harm.
 */
final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;
  private static final int AROUND_CHUNK = 12;

  /** Further ones are not searched for an orientation. */
  private static final int MOST_TEXT_CHUNKS = 100;

  private final byte[] file;
  private final List<ByteBuffer> data = new ArrayList<>();
  private Optional<PngHeader> header = Optional.empty();
  private byte[] palette = {};
  private Optional<byte[]> transparency = Optional.empty();
  private Optional<Orientation> exif = Optional.empty();
  private Optional<Orientation> text = Optional.empty();
  private int textChunks;

  private PngChunks(byte[] file) {
    this.file = file;
  }

  static PngChunks read(byte[] file) throws BadPictureException {
    PngChunks chunks = new PngChunks(file);
    chunks.readAll();
    return chunks;
  }

  PngHeader header() {
    return header.orElseThrow();
  }

  /** RGB bytes; empty where there is no palette. */
  byte[] palette() {
    return palette;
  }

  /** The content of the tRNS chunk. */
  Optional<byte[]> transparency() {
    return transparency;
  }

  Orientation orientation() {
    return exif.isPresent() ? exif.get() : text.orElse(Orientation.UPRIGHT);
  }

  /** The parts of the compressed picture. */
  List<ByteBuffer> data() {
    return data;
  }

  private void readAll() throws BadPictureException {
    ByteBuffer in = ByteBuffer.wrap(file);
    int at = SIGNATURE_BYTES;
    String type = "";
    while (!type.equals("IEND")) {
      if (file.length - at < AROUND_CHUNK) {
        throw BadPictureException.truncated("before its last chunk");
      }
      long length = in.getInt(at) & 0xffffffffL;
      if (length > file.length - at - AROUND_CHUNK) {
        throw BadPictureException.truncated("within a chunk");
      }
      type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (isCritical(type) || type.equals("tRNS")) {
        verifyChecksum(at, (int) length);
      }
      take(type, in.slice(at + 8, (int) length));
      at += AROUND_CHUNK + (int) length;
    }
  }

  private void take(String type, ByteBuffer chunk) throws BadPictureException {
    if (header.isPresent() == type.equals("IHDR")) {
      throw new BadPictureException("damaged: it does not start with its only header");
    }
    switch (type) {
      case "IHDR" -> header = Optional.of(PngHeader.read(chunk));
      case "PLTE" -> palette = bytes(chunk);
      case "tRNS" -> transparency = Optional.of(bytes(chunk));
      case "IDAT" -> data.add(chunk);
      case "eXIf" -> exif = Exif.orientation(chunk);
      case "tEXt", "zTXt", "iTXt" -> {
        if (text.isEmpty() && ++textChunks <= MOST_TEXT_CHUNKS) {
          text = PngText.orientation(type, chunk);
        }
      }
      default -> {
        if (isCritical(type) && !type.equals("IEND")) {
          throw new BadPictureException("damaged: it has an unknown critical chunk");
        }
      }
    }
  }

  private static boolean isCritical(String type) {
    return (type.charAt(0) & 0x20) == 0;
  }

  private void verifyChecksum(int at, int length) throws BadPictureException {
    CRC32 crc = new CRC32();
    crc.update(file, at + 4, 4 + length);
    if ((int) crc.getValue() != ByteBuffer.wrap(file).getInt(at + 8 + length)) {
      throw new BadPictureException("damaged: the checksum of a chunk does not fit");
    }
  }

  private static byte[] bytes(ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    return bytes;
  }
}
