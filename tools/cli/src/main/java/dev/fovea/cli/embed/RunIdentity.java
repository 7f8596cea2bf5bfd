package dev.fovea.cli.embed;

import dev.fovea.cli.cache.Digest;
import dev.fovea.cli.cache.ModelFingerprint;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.models.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Tells whether two runs would give the same embeddings. */
public final class RunIdentity {
  private RunIdentity() {}

  /**
   * 64 characters that depend on model, backend, options, texts, and names, sizes and times of
   * pictures.
   */
  public static String of(ModelFiles files, Model model, List<Item> items, boolean raw) {
    Digest digest =
        new Digest()
            .add(ModelFingerprint.of(files, model.checkpoint().weights()))
            .add(model.engine().backend().name())
            .add(raw ? 1 : 0);
    for (Item item : items) {
      digest.add(item.kind()).add(item.name());
      if (item.isImage()) {
        addState(digest, Path.of(item.name()));
      }
    }
    return digest.hex();
  }

  private static void addState(Digest digest, Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      digest.add(attributes.size()).add(attributes.lastModifiedTime().toMillis());
    } catch (IOException e) {
      digest.add(-1);
    }
  }
}
