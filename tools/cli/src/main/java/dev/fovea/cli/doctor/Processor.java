package dev.fovea.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The processor as Linux describes it; elsewhere only its architecture is known.
 *
 * @param features those that matter to the kernels
 */
public record Processor(String model, List<String> features) {
  private static final Set<String> INTERESTING =
      Set.of(
          "sse4_2",
          "avx",
          "avx2",
          "fma",
          "f16c",
          "avx512f",
          "avx512bw",
          "avx512vl",
          "avx512_vnni",
          "avx512_bf16",
          "avx512_fp16",
          "avx_vnni",
          "amx_tile",
          "asimd",
          "asimdhp",
          "asimddp",
          "bf16",
          "i8mm",
          "sve",
          "sve2");

  /** This machine's. */
  public static Processor here() {
    Path info = Path.of("/proc/cpuinfo");
    try {
      return Files.isReadable(info)
          ? parse(Files.readAllLines(info))
          : new Processor(System.getProperty("os.arch", "unknown"), List.of());
    } catch (IOException e) {
      return new Processor(System.getProperty("os.arch", "unknown"), List.of());
    }
  }

  static Processor parse(List<String> lines) {
    String model = System.getProperty("os.arch", "unknown");
    Set<String> features = new TreeSet<>();
    for (String line : lines) {
      String[] entry = line.split(":", 2);
      if (entry.length == 2) {
        switch (entry[0].strip()) {
          case "model name" -> model = entry[1].strip();
          case "flags", "Features" ->
              Arrays.stream(entry[1].strip().split(" "))
                  .filter(INTERESTING::contains)
                  .forEach(features::add);
          default -> {}
        }
      }
    }
    return new Processor(model, List.copyOf(features));
  }
}
