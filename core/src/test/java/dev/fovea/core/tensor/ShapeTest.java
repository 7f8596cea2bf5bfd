package dev.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void aScalarHasOneElement() {
    assertEquals(1, Shape.of().elementCount());
    assertEquals(0, Shape.of().rank());
  }

  @Test
  void countsBeyondAnInt() {
    assertEquals(1L << 40, Shape.of(1 << 20, 1 << 20).elementCount());
  }

  @Test
  void refusesWhatNoLongCanCount() {
    int large = 1 << 30;
    assertThrows(ArithmeticException.class, () -> Shape.of(large, large, large));
    assertThrows(ArithmeticException.class, () -> Shape.of(List.of(1L << 40)));
  }

  @Test
  void refusesNegativeSizes() {
    assertEquals(
        "negative dimension in [2, -1]",
        assertThrows(IllegalArgumentException.class, () -> Shape.of(2, -1)).getMessage());
  }

  @Test
  void countsDimensionsFromBothEnds() {
    Shape shape = Shape.of(2, 3, 4);
    assertEquals(4, shape.dim(-1));
    assertEquals(2, shape.dim(0));
    assertEquals(1, shape.axis(-2));
    assertEquals(
        "no dimension -4 in shape [2, 3, 4]",
        assertThrows(IllegalArgumentException.class, () -> shape.dim(-4)).getMessage());
  }

  @Test
  void neverChanges() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;
    assertEquals(Shape.of(2, 3), shape);
    assertEquals(Shape.of(2, 5), shape.with(-1, 5));
    assertNotEquals(Shape.of(3, 2), shape);
  }

  @Test
  void laysElementsRowMajor() {
    assertArrayEquals(new int[] {12, 4, 1}, Shape.of(2, 3, 4).contiguousStrides());
    assertArrayEquals(new int[] {4, 4, 1}, Shape.of(2, 0, 4).contiguousStrides());
  }
}
