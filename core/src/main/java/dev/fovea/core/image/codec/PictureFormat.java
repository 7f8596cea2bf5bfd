package dev.fovea.core.image.codec;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/** The formats that can be read, told apart by their first bytes and not by the file's name. */
enum PictureFormat {
  PNG(Png::recognises, Png::decode),
  JPEG(Jpeg::recognises, Jpeg::decode),
  GIF(Gif::recognises, Gif::decode),
  BMP(Bmp::recognises, Bmp::decode),
  WEBP(Webp::recognises, Webp::decode);

  private interface Decoder {
    Bitmap decode(byte[] file) throws BadPictureException, IOException;
  }

  private final Predicate<byte[]> recognises;
  private final Decoder decoder;

  PictureFormat(Predicate<byte[]> recognises, Decoder decoder) {
    this.recognises = recognises;
    this.decoder = decoder;
  }

  /**
   * The format of a file.
   *
   * @param start its first bytes, at least 16 unless it is shorter
   */
  static Optional<PictureFormat> of(byte[] start) {
    for (PictureFormat format : values()) {
      if (format.recognises.test(start)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  Bitmap decode(byte[] file) throws BadPictureException, IOException {
    return decoder.decode(file);
  }
}
