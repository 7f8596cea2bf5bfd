package dev.fovea.models.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.models.layers.PositionGrid.Resize;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Positions of patches")
class PositionGridTest {
  @Test
  void ofTheTrainedSizeAreTakenAsTheyAre() {
    float[] values = {9, 1, 2, 3, 4};

    assertArrayEquals(values, resized(values, 2, 2, Resize.PLAIN));
  }

  @ParameterizedTest
  @EnumSource(Resize.class)
  void leaveSpecialTokensAloneWhenResized(Resize resize) {
    float[] resized = resized(new float[] {9, 1, 1, 1, 1}, 3, 5, resize);

    float[] expected = new float[16];
    Arrays.fill(expected, 1);
    expected[0] = 9;
    assertArrayEquals(expected, resized, 1e-6f);
  }

  /** torch.nn.functional.interpolate([[1, 2], [3, 4]], (1, 3), mode="bicubic", antialias=...). */
  @Test
  void areResizedAsPyTorchDoes() {
    float[] values = {0, 1, 2, 3, 4};

    assertArrayEquals(
        new float[] {0, 1.9131954f, 2.5f, 3.0868058f}, resized(values, 1, 3, Resize.PLAIN), 1e-6f);
    assertArrayEquals(
        new float[] {0, 1.9342108f, 2.5f, 3.0657897f},
        resized(values, 1, 3, Resize.ANTIALIASED),
        1e-6f);
  }

  private static float[] resized(float[] values, int rows, int columns, Resize resize) {
    Parameter table = Parameter.of("positions", Shape.of(1, values.length, 1), values);
    try (Engine engine = Engine.open();
        Session session = engine.newSession()) {
      return new PositionGrid(table, 1, 2, resize).forward(session, rows, columns).toFloats();
    }
  }
}
