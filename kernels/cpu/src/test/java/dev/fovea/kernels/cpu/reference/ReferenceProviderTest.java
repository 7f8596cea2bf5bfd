package dev.fovea.kernels.cpu.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fovea.core.BadInputException;
import dev.fovea.core.backend.Backend;
import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.Backends;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceProviderTest {
  @Test
  void opensByName() {
    try (Backend backend = Backends.open("reference", BackendOptions.defaults())) {
      assertEquals("reference", backend.name());
      assertEquals(DType.F32, backend.computeType());
    }
  }

  @Test
  void computesInDoublePrecisionOnRequest() {
    try (Backend backend = Backends.open("reference", new BackendOptions(1, DType.F64))) {
      assertEquals(DType.F64, backend.computeType());
    }
  }

  @Test
  void refusesOtherTypes() {
    BackendOptions options = new BackendOptions(1, DType.F16);
    BadInputException e =
        assertThrows(BadInputException.class, () -> Backends.open("reference", options));
    assertEquals("backend 'reference' computes in F32 or F64, not F16", e.getMessage());
  }

  @Test
  void runsALinearLayer() {
    try (Engine engine = Engine.over(Backends.open("reference", BackendOptions.defaults()));
        Session session = engine.newSession()) {
      Parameter weight = Parameter.of("w", Shape.of(2, 3), new float[] {1, 2, 3, -1, 0, 1});
      Parameter bias = Parameter.of("b", Shape.of(2), new float[] {10, -20});
      float[] y =
          session
              .tensor(new float[] {1, 1, 2, 0, 5, 1}, 2, 3)
              .linear(weight, Optional.of(bias), Activation.RELU)
              .toFloats();
      assertArrayEquals(new float[] {19, 0, 23, 0}, y);
    }
  }

  @Test
  void meansKeepTheirDimension() {
    try (Engine engine = Engine.over(Backends.open("reference", BackendOptions.defaults()));
        Session session = engine.newSession()) {
      assertArrayEquals(
          new float[] {2, 5}, session.tensor(new float[] {1, 3, 4, 6}, 2, 2).mean().toFloats());
    }
  }
}
