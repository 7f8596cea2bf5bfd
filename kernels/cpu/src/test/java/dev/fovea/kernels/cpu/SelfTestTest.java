package dev.fovea.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.backend.Backends;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.EngineOptions;
import dev.fovea.core.engine.SelfTest;
import dev.fovea.core.engine.Throughput;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelfTestTest {
  static Stream<String> usable() {
    return Backends.candidates().stream()
        .filter(Backends.Candidate::usable)
        .map(Backends.Candidate::name);
  }

  @ParameterizedTest
  @MethodSource("usable")
  void passes(String backend) {
    try (Engine engine = Engine.open(EngineOptions.defaults().withBackend(backend))) {
      List<SelfTest.Result> results = SelfTest.run(engine);
      assertEquals(
          List.of("linear", "attention", "layer norm", "softmax", "gelu", "convolution"),
          results.stream().map(SelfTest.Result::operation).toList());
      results.forEach(result -> assertTrue(result.passed(), result::toString));
    }
  }

  @Test
  void aLargeOrInfiniteErrorFails() {
    assertTrue(new SelfTest.Result("linear", 1e-6).passed());
    assertFalse(new SelfTest.Result("linear", 1e-3).passed());
    assertFalse(new SelfTest.Result("linear", Double.POSITIVE_INFINITY).passed());
  }

  @ParameterizedTest
  @MethodSource("usable")
  void measures(String backend) {
    try (Engine engine = Engine.open(EngineOptions.defaults().withBackend(backend))) {
      Throughput reached = Throughput.measure(engine, Duration.ZERO);
      assertTrue(reached.gigaflopsPerSecond() > 0, reached::toString);
      assertTrue(reached.gigabytesPerSecond() > 0, reached::toString);
      assertTrue(reached.bytesRead() > 1 << 20, reached::toString);
    }
  }
}
