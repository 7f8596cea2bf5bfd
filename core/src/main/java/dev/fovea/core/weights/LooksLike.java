package dev.fovea.core.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Guesses what a file is that is not what its name says, for the end of an error message. */
final class LooksLike {
  private LooksLike() {}

  /** A hint that starts with "; ", or nothing. */
  static String hint(MemorySegment file) {
    int length = (int) Math.min(file.byteSize(), 64);
    byte[] start = file.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (length == 0) {
      return "; the file is empty, download it again";
    }
    if (text.startsWith("version https://git-lfs")) {
      return "; this is a Git LFS pointer, not the weights: run 'git lfs pull'";
    }
    if (text.startsWith("<")) {
      return "; this looks like a web page, download the file itself";
    }
    if (text.startsWith("PK\3\4")) {
      return "; this looks like a zip archive, as torch.save writes: name it .bin or .pt";
    }
    if (text.startsWith("GGUF")) {
      return "; this is a GGUF file, which is not read here";
    }
    if (text.startsWith("{")) {
      return "; this looks like JSON";
    }
    if (length > 1 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= 5) {
      return "; this looks like a bare pickle";
    }
    boolean zeros = true;
    for (byte b : start) {
      zeros &= b == 0;
    }
    return zeros ? "; it starts with zeros, the download was not completed" : "";
  }
}
