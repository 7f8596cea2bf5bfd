package dev.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.cli.cache.ClassEmbeddingCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embeddings of labels are computed once and kept below the user's cache folder. */
class ClassEmbeddingsOnDiskTest {
  @TempDir Path cache;

  @Test
  void areKeptAndUsedAgain() {
    String first = classify("--labels=tent,ship");
    Path kept = kept().getFirst();
    FileTime written = age(kept);
    String second = classify("--labels=tent,ship");

    assertEquals(first, second);
    assertEquals(List.of(kept), kept());
    assertTrue(modified(kept).compareTo(written) > 0, "not used again");
  }

  @Test
  void belongToLabelsTemplatesAndModel() {
    classify("--labels=tent,ship");
    classify("--labels=ship,tent");
    classify("--labels=tent,ship", "--templates=simple");
    classify("--labels=tent,ship", "--model", Data.model("clip-quickgelu"));

    assertEquals(4, kept().size());
  }

  @Test
  void belongToTheContentOfTheWeightsWhateverTheFolder(@TempDir Path other) throws IOException {
    Path copy = Data.copyFolder(Data.model("clip-quickgelu"), other.resolve("copy"));
    classify("--labels=tent", "--model", Data.model("clip-quickgelu"));
    classify("--labels=tent", "--model", copy.toString());
    assertEquals(1, kept().size());

    byte[] weights = Files.readAllBytes(copy.resolve("model.safetensors"));
    weights[weights.length - 3] ^= 0x10;
    Files.write(copy.resolve("model.safetensors"), weights);
    classify("--labels=tent", "--model", copy.toString());
    assertEquals(2, kept().size());
  }

  @Test
  void areMadeAnewWhenDamaged() throws IOException {
    String first = classify("--labels=tent,ship");
    Path kept = kept().getFirst();
    byte[] whole = Files.readAllBytes(kept);
    byte[] flipped = whole.clone();
    flipped[flipped.length - 2] ^= 1;

    for (byte[] damaged : List.of(flipped, new byte[0], new byte[100])) {
      Files.write(kept, damaged);
      assertEquals(first, classify("--labels=tent,ship"));
      assertEquals(whole.length, Files.size(kept));
    }
  }

  @Test
  void areLeftAloneIfAskedTo() {
    classify("--labels=tent,ship", "--no-cache");

    assertFalse(Files.exists(cache.resolve("fovea")));
  }

  @Test
  void saveTimeOnly() {
    Run run =
        new Run.Setup()
            .cache(Data.write(cache.resolve("file"), "in the way"))
            .run("classify", Data.TENT, "--labels=tent,ship");

    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
  }

  @Test
  void giveWayWhenTheyBecomeTooLarge() {
    ClassEmbeddingCache small = new ClassEmbeddingCache(cache, 3_000);
    float[][] embeddings = new float[1][250];
    small.put("oldest", embeddings, 250);
    age(cache.resolve("oldest.safetensors"));
    small.put("newer", embeddings, 250);
    small.put("newest", embeddings, 250);

    assertTrue(small.get("oldest", 1, 250).isEmpty());
    assertTrue(small.get("newest", 1, 250).isPresent());
    assertNotEquals(0, small.get("newer", 1, 250).stream().count());
  }

  private String classify(String... options) {
    String[] all = new String[options.length + 3];
    all[0] = "classify";
    all[1] = Data.TENT;
    all[2] = "--json";
    System.arraycopy(options, 0, all, 3, options.length);
    Run run = new Run.Setup().cache(cache).run(all);
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  private List<Path> kept() {
    return Data.list(cache.resolve("fovea/class-embeddings"));
  }

  private static FileTime age(Path file) {
    try {
      return Files.getLastModifiedTime(
          Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z"))));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
