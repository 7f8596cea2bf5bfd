package dev.fovea.core.image.codec;

/** A picture file that is damaged or too large; the message does not name the file yet. */
final class BadPictureException extends Exception {
  private static final long serialVersionUID = 1L;

  BadPictureException(String message) {
    super(message);
  }

  static BadPictureException truncated(String where) {
    return new BadPictureException("truncated: the file ends " + where);
  }
}
