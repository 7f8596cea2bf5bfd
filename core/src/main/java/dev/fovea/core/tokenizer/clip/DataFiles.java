package dev.fovea.core.tokenizer.clip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The data files beside this class. */
final class DataFiles {
  private DataFiles() {}

  static List<String> lines(String name) {
    try (InputStream in = Objects.requireNonNull(DataFiles.class.getResourceAsStream(name), name)) {
      InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** A string written as the numbers of its characters. */
  static String characters(List<String> numbers) {
    StringBuilder out = new StringBuilder();
    numbers.forEach(number -> out.appendCodePoint(Integer.parseInt(number, 16)));
    return out.toString();
  }
}
