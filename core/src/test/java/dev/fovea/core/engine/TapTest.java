package dev.fovea.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fovea.core.backend.HeapBackend;
import dev.fovea.core.tensor.Tap;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TapTest {
  /** Adds a number. */
  public record Adder(double summand) {
    Tensor forward(Tensor x) {
      return x.plus(summand).tap(this, "sum");
    }
  }

  /** Two in a row, and their result. */
  public record Model(List<Adder> layers) {
    Tensor forward(Tensor x) {
      for (Adder layer : layers) {
        x = layer.forward(x);
      }
      return x.tap(this, "output");
    }
  }

  private final Engine engine = Engine.over(new HeapBackend());
  private final Session session = engine.newSession();
  private final Model model = new Model(List.of(new Adder(1), new Adder(1)));

  @AfterEach
  void close() {
    session.close();
    engine.close();
  }

  @Test
  void seesEveryIntermediateByName() {
    List<String> seen = new ArrayList<>();
    session.withTap(
        model,
        tap(
            "",
            (name, value) -> {
              seen.add(name + " " + value.toFloats()[0]);
              return value;
            }));
    model.forward(session.tensor(new float[] {0}, 1));
    assertEquals(List.of("layers.0.sum 1.0", "layers.1.sum 2.0", "output 2.0"), seen);
  }

  @Test
  void seesOnlyWhatItWants() {
    List<String> seen = new ArrayList<>();
    session.withTap(
        model,
        tap(
            "layers.1",
            (name, value) -> {
              seen.add(name);
              return value;
            }));
    model.forward(session.tensor(new float[] {0}, 1));
    assertEquals(List.of("layers.1.sum"), seen);
  }

  @Test
  void changesAnIntermediate() {
    session.withTap(model, tap("layers.0", (name, value) -> value.times(10)));
    assertEquals(11, model.forward(session.tensor(new float[] {0}, 1)).toFloats()[0]);
  }

  @Test
  void mustKeepTheShape() {
    session.withTap(model, tap("layers.0", (name, value) -> value.narrow(0, 0, 1)));
    Tensor x = session.tensor(new float[2], 2);
    assertEquals(
        "a tap replaced layers.0.sum [2] by a tensor of shape [1]",
        assertThrows(IllegalArgumentException.class, () -> model.forward(x)).getMessage());
  }

  private interface Taking {
    Tensor take(String name, Tensor value);
  }

  private static Tap tap(String prefix, Taking taking) {
    return new Tap() {
      @Override
      public boolean wants(String name) {
        return name.startsWith(prefix);
      }

      @Override
      public Tensor take(String name, Tensor value) {
        return taking.take(name, value);
      }
    };
  }
}
