package dev.fovea.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.Backends;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tap;
import dev.fovea.core.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attention whose probabilities a tap looks at: two groups of two heads, one element each. */
class AttentionTapTest {
  /** Owns the probabilities. */
  public record Attention(AttentionSpec spec) {
    Tensor forward(Tensor q, Tensor k, Tensor v) {
      return q.attend(this, k, v, spec);
    }
  }

  private static final AttentionSpec SPEC = new AttentionSpec(4, 2, 1, Mask.causal(0));

  private final Engine engine = Engine.over(Backends.open("reference", BackendOptions.defaults()));
  private final Session session = engine.newSession();
  private final Attention attention = new Attention(SPEC);
  private final Tensor q = session.tensor(new float[] {1, 2, 3, 4, 0, 0, 0, 0}, 1, 2, 4);
  private final Tensor k = session.tensor(new float[] {1, 1, 1, 1}, 1, 2, 2);
  private final Tensor v = session.tensor(new float[] {10, 20, 30, 40}, 1, 2, 2);

  @AfterEach
  void close() {
    session.close();
    engine.close();
  }

  @Test
  void looking() {
    float[] fused = attention.forward(q, k, v).toFloats();
    assertArrayEquals(new float[] {10, 10, 20, 20, 20, 20, 30, 30}, fused);
    session.withTap(
        attention,
        tap(
            probs -> {
              assertEquals(Shape.of(1, 4, 2, 2), probs.shape());
              assertArrayEquals(new float[] {1, 0, 0.5f, 0.5f}, probs.select(1, 3).toFloats());
              return probs;
            }));
    assertArrayEquals(fused, attention.forward(q, k, v).toFloats());
  }

  @Test
  void changing() {
    session.withTap(attention, tap(probs -> probs.times(2)));
    assertArrayEquals(
        new float[] {20, 20, 40, 40, 40, 40, 60, 60}, attention.forward(q, k, v).toFloats());
  }

  private static Tap tap(UnaryOperator<Tensor> change) {
    return new Tap() {
      @Override
      public boolean wants(String name) {
        return name.equals("probs");
      }

      @Override
      public Tensor take(String name, Tensor value) {
        return change.apply(value);
      }
    };
  }
}
