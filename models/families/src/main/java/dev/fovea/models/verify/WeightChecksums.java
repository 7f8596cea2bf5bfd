package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks that a case's weights are those that were recorded with. */
final class WeightChecksums {
  private WeightChecksums() {}

  /** One check for each file that the recording names with its SHA-256. */
  static List<Check> check(Path directory, JsonNode expected) {
    List<Check> checks = new ArrayList<>();
    expected
        .path("weights")
        .properties()
        .forEach(
            entry -> checks.add(check(directory, entry.getKey(), entry.getValue().asString(""))));
    return checks;
  }

  private static Check check(Path directory, String fileName, String recorded) {
    if (!ModelFiles.directory(directory).contains(fileName)) {
      return Check.failed(fileName, "recorded with a checksum, but there is no such file");
    }
    String computed = sha256(directory.resolve(fileName));
    return Check.exact(
        fileName,
        computed.equals(recorded),
        "has SHA-256 %s, recorded is %s".formatted(computed, recorded));
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
