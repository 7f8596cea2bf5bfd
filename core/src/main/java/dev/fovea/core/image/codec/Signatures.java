package dev.fovea.core.image.codec;

/** Compares the first bytes of files. */
final class Signatures {
  private Signatures() {}

  static boolean startsWith(byte[] file, int offset, int... wanted) {
    if (file.length < offset + wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (file[offset + i] != (byte) wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
