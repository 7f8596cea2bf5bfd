package dev.fovea.core.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the processor offers to kernels, for people to read.
 *
 * @param architecture as Java names it, as in {@code amd64}
 * @param model the processor's name, where the system tells it
 * @param features instruction sets in the order of their age, as in {@code AVX2}; empty where the
 *     system does not tell them
 */
public record CpuFeatures(String architecture, Optional<String> model, List<String> features) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** Linux's flag of each feature that matters to kernels, x86 first, then ARM. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("sse4_2", "SSE4.2");
    NAMES.put("avx", "AVX");
    NAMES.put("f16c", "F16C");
    NAMES.put("fma", "FMA");
    NAMES.put("avx2", "AVX2");
    NAMES.put("avx_vnni", "AVX-VNNI");
    NAMES.put("avx512f", "AVX-512F");
    NAMES.put("avx512bw", "AVX-512BW");
    NAMES.put("avx512vl", "AVX-512VL");
    NAMES.put("avx512_vnni", "AVX-512 VNNI");
    NAMES.put("avx512_bf16", "AVX-512 BF16");
    NAMES.put("avx512_fp16", "AVX-512 FP16");
    NAMES.put("amx_tile", "AMX");
    NAMES.put("amx_int8", "AMX INT8");
    NAMES.put("amx_bf16", "AMX BF16");
    NAMES.put("amx_fp16", "AMX FP16");
    NAMES.put("asimd", "NEON");
    NAMES.put("asimdhp", "NEON FP16");
    NAMES.put("asimddp", "NEON dot product");
    NAMES.put("i8mm", "I8MM");
    NAMES.put("bf16", "BF16");
    NAMES.put("sve", "SVE");
    NAMES.put("sve2", "SVE2");
    NAMES.put("sme", "SME");
  }

  /** The processor that this runs on. */
  public static CpuFeatures read() {
    String architecture = System.getProperty("os.arch", "unknown");
    try {
      return parse(architecture, Files.readString(CPUINFO));
    } catch (IOException notLinux) {
      return new CpuFeatures(architecture, Optional.empty(), List.of());
    }
  }

  /** From the text of Linux's list of processors; the first stands for all. */
  static CpuFeatures parse(String architecture, String cpuinfo) {
    Set<String> flags =
        field(cpuinfo, "flags")
            .or(() -> field(cpuinfo, "features"))
            .map(text -> Set.of(Arrays.stream(text.split(" +")).distinct().toArray(String[]::new)))
            .orElse(Set.of());
    List<String> features =
        NAMES.entrySet().stream()
            .filter(name -> flags.contains(name.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    return new CpuFeatures(architecture, field(cpuinfo, "model name"), features);
  }

  /** One line. */
  public String describe() {
    String known =
        features.isEmpty()
            ? "instruction sets not told by this system"
            : features.stream().collect(Collectors.joining(", "));
    return model.map(name -> name + ", ").orElse("") + architecture + ": " + known;
  }

  private static Optional<String> field(String cpuinfo, String name) {
    return cpuinfo
        .lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .filter(parts -> parts[0].strip().toLowerCase(Locale.ROOT).equals(name))
        .map(parts -> parts[1].strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }
}
