package dev.fovea.core.weights;

import dev.fovea.core.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One tensor as it lies in a file: little-endian, row-major, contiguous.
 *
 * @param name its full dotted name, as in {@code vision_model.post_layernorm.weight}
 * @param shape sizes of the dimensions, outermost first; empty for a scalar
 * @param data exactly {@code elementCount() * dtype.byteSize()} bytes. Its address need not be a
 *     multiple of the element size, so read it with the unaligned layouts.
 */
public record StoredTensor(String name, DType dtype, List<Long> shape, MemorySegment data) {
  /**
   * Checks that shape and data agree.
   *
   * @throws IllegalArgumentException if they do not
   */
  public StoredTensor {
    shape = List.copyOf(shape);
    long bytes = Math.multiplyExact(product(shape), (long) dtype.byteSize());
    if (bytes != data.byteSize()) {
      throw new IllegalArgumentException(
          "%s: %s of shape %s takes %d bytes, got %d"
              .formatted(name, dtype, shape, bytes, data.byteSize()));
    }
  }

  /** Number of elements: the product of the shape, 1 for a scalar. */
  public long elementCount() {
    return product(shape);
  }

  /** The shape as people write it, as in {@code [768, 3, 32, 32]}. */
  public String describeShape() {
    return shape.toString();
  }

  private static long product(List<Long> shape) {
    long product = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("negative size in shape " + shape);
      }
      product = Math.multiplyExact(product, size);
    }
    return product;
  }
}
