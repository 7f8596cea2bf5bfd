package dev.fovea.core.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class CpuFeaturesTest {
  @Test
  void readsWhatLinuxTellsOfX86() {
    CpuFeatures cpu =
        CpuFeatures.parse(
            "amd64",
            """
            processor\t: 0
            model name\t: Some Processor @ 2.0GHz
            flags\t\t: fpu sse4_2 avx512_vnni avx fma avx2 f16c fma avx512f avx512bw amx_tile

            processor\t: 1
            model name\t: Another
            flags\t\t: fpu
            """);
    assertEquals(
        "Some Processor @ 2.0GHz, amd64: SSE4.2, AVX, F16C, FMA, AVX2, AVX-512F, AVX-512BW,"
            + " AVX-512 VNNI, AMX",
        cpu.describe());
  }

  @Test
  void readsWhatLinuxTellsOfArm() {
    CpuFeatures cpu =
        CpuFeatures.parse(
            "aarch64", "processor\t: 0\nFeatures\t: fp asimd asimdhp asimddp sve i8mm bf16\n");
    assertEquals("aarch64: NEON, NEON FP16, NEON dot product, I8MM, BF16, SVE", cpu.describe());
  }

  @Test
  void saysThatASystemTellsNothing() {
    assertEquals(
        "s390x: instruction sets not told by this system",
        CpuFeatures.parse("s390x", "").describe());
  }

  @Test
  void readsThisMachine() {
    CpuFeatures cpu = CpuFeatures.read();
    assertEquals(System.getProperty("os.arch"), cpu.architecture());
    assertFalse(cpu.describe().isBlank());
  }
}
