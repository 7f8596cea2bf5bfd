package dev.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.BadInputException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged pictures are read, or refused with a line that names the file; nothing else happens. */
class PictureFuzzTest {
  private static final int RUNS = 12_000;
  private static final byte[] SHARP_VALUES = {0, 1, 127, (byte) 128, (byte) 255};

  @ParameterizedTest
  @ValueSource(strings = {".png", ".jpg", ".gif", ".bmp", ".webp"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void survivesMutations(String extension) throws Exception {
    List<byte[]> seeds = seeds(extension);
    Random random = new Random(extension.hashCode());
    int refused = 0;
    for (int run = 0; run < RUNS; run++) {
      byte[] mutant = seeds.get(random.nextInt(seeds.size())).clone();
      int mutations = 1 + random.nextInt(4);
      for (int i = 0; i < mutations; i++) {
        mutate(mutant, random);
      }
      if (extension.equals(".png")) {
        repairChecksums(mutant);
      }
      try {
        Image image = Image.read(mutant, "mutant");
        assertEquals(3 * image.width() * image.height(), image.rgb().length);
      } catch (BadInputException e) {
        refused++;
        assertTrue(
            String.valueOf(e.getMessage()).startsWith("mutant: "), String.valueOf(e.getMessage()));
        assertEquals(
            1, String.valueOf(e.getMessage()).lines().count(), String.valueOf(e.getMessage()));
      }
    }
    assertTrue(refused > RUNS / 10 && refused < RUNS, "%d refused".formatted(refused));
  }

  private static List<byte[]> seeds(String extension) throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    Path folder = Path.of(System.getProperty("fovea.testdata"), "pictures");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(extension)) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
    return seeds;
  }

  private static void mutate(byte[] bytes, Random random) {
    int range = random.nextInt(3) == 0 ? Math.min(64, bytes.length) : bytes.length;
    int at = random.nextInt(range);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes[at] = SHARP_VALUES[random.nextInt(SHARP_VALUES.length)];
      case 3 -> {
        for (int i = at; i < at + length; i++) {
          bytes[i] = (byte) random.nextInt(256);
        }
      }
      default -> {
        int from = random.nextInt(bytes.length - length + 1);
        System.arraycopy(bytes, from, bytes, at, length);
      }
    }
  }

  /** Without that, hardly a mutant would get past the checksums. */
  private static void repairChecksums(byte[] png) {
    ByteBuffer file = ByteBuffer.wrap(png);
    int at = 8;
    while (at + 12 <= png.length) {
      int length = file.getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        return;
      }
      CRC32 crc = new CRC32();
      crc.update(png, at + 4, 4 + length);
      file.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
  }
}
