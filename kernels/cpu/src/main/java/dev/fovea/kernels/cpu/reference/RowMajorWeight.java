package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.backend.PackedWeight;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Storage;

/** A weight in the order of its file, one row per output feature, in the compute type. */
record RowMajorWeight(int outFeatures, int inFeatures, Storage storage) implements PackedWeight {
  static RowMajorWeight of(Parameter weight, DType computeType) {
    int in = 1;
    for (int axis = 1; axis < weight.shape().rank(); axis++) {
      in = Math.multiplyExact(in, weight.shape().dim(axis));
    }
    return new RowMajorWeight(
        weight.shape().dim(0), in, Elements.widen(weight.storage(), computeType));
  }

  Elements elements() {
    return Elements.of(storage);
  }

  @Override
  public long byteSize() {
    return storage.size() * storage.dtype().byteSize();
  }
}
