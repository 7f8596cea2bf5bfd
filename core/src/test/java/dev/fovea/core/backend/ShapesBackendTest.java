package dev.fovea.core.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShapesBackendTest {
  private record Owner() {}

  private final ShapesBackend shapes = new ShapesBackend();
  private final Engine engine = Engine.over(shapes);
  private final Session session = engine.newSession();

  @AfterEach
  void close() {
    session.close();
    engine.close();
  }

  @Test
  void countsALinearLayer() {
    tensor(2, 50, 768).linear(weight(3072, 768), Optional.empty(), Activation.GELU);
    assertEquals(2L * 2 * 50 * 768 * 3072, shapes.floatingPointOperations());
  }

  @Test
  void countsBothProductsOfAttention() {
    AttentionSpec spec = new AttentionSpec(12, 12, 0.125f, Mask.none());
    Tensor k = tensor(2, 70, 768);
    tensor(2, 50, 768).attend(new Owner(), k, k, spec);
    assertEquals(2 * (2L * 2 * 12 * 50 * 70 * 64), shapes.floatingPointOperations());
  }

  @Test
  void countsAConvolutionByWhatItsGroupsSee() {
    tensor(1, 8, 14, 14)
        .conv2d(weight(16, 2, 3, 3), Optional.empty(), new Conv2d(3, 3, 1, 1, 4), Activation.NONE);
    assertEquals(2L * 16 * 14 * 14 * 2 * 9, shapes.floatingPointOperations());
  }

  @Test
  void countsMatrixProducts() {
    tensor(3, 5, 7).matmulTransposed(tensor(3, 11, 7));
    assertEquals(2L * 3 * 5 * 11 * 7, shapes.floatingPointOperations());
  }

  @Test
  void countsNoElementwiseWork() {
    tensor(3, 5).plus(1).softmax().activate(Activation.SILU);
    assertEquals(0, shapes.floatingPointOperations());
  }

  @Test
  void knowsTheMostMemoryThatWasInUseAtOnce() {
    Tensor x = tensor(100);
    x.scoped(h -> h.plus(1).plus(1).plus(1));
    assertEquals(4 * 400, shapes.peakBytes());
    x.scoped(h -> h.plus(1));
    assertEquals(4 * 400, shapes.peakBytes());
  }

  @Test
  void hasNoValues() {
    Tensor x = tensor(3);
    assertEquals(
        "the shapes backend has no values to read",
        assertThrows(IllegalStateException.class, x::toFloats).getMessage());
  }

  private Tensor tensor(int... dims) {
    return session.allocate(Shape.of(dims));
  }

  private static Parameter weight(int... dims) {
    return new Parameter("w", DType.F32, Shape.of(dims), Optional.empty());
  }
}
