package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns the tensors of a pickle into stored tensors. A contiguous tensor is a view of its storage,
 * so tensors that share a storage keep sharing it; any other is copied once into order.
 */
final class PickledTensors {
  private static final int MAX_RANK = 32;

  private final String file;
  private final Function<Pickled.Storage, MemorySegment> storages;
  private final Arena arena;
  private final Map<String, MemorySegment> opened = new HashMap<>();
  private final Map<Pickled.TensorView, MemorySegment> copies = new HashMap<>();
  private long copyable;

  /**
   * A builder.
   *
   * @param storages opens a storage; asked once for each
   * @param fileBytes size of the file, which bounds what copying may take
   */
  PickledTensors(
      String file, Function<Pickled.Storage, MemorySegment> storages, long fileBytes, Arena arena) {
    this.file = file;
    this.storages = storages;
    this.arena = arena;
    this.copyable = fileBytes + (1 << 20);
  }

  /** The tensors, in the same order. */
  Map<String, StoredTensor> build(Map<String, Pickled.TensorView> views) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    views.forEach((name, view) -> tensors.put(name, build(name, view)));
    return tensors;
  }

  private StoredTensor build(String name, Pickled.TensorView view) {
    Pickled.Storage storage = view.storage();
    MemorySegment memory = opened.computeIfAbsent(storage.key(), key -> storages.apply(storage));
    long bytes;
    try {
      bytes = checkedBytes(name, view, memory.byteSize());
    } catch (ArithmeticException e) {
      throw new BadInputException(
          "%s: tensor %s: shape %s with steps %s overflows 64 bits; the file is damaged or hostile"
              .formatted(file, Quoted.of(name), view.shape(), view.stride()),
          e);
    }
    MemorySegment data;
    if (bytes == 0) {
      data = memory.asSlice(0, 0);
    } else if (isContiguous(view)) {
      data = memory.asSlice(view.offset() * view.dtype().byteSize(), bytes);
    } else {
      data = copies.computeIfAbsent(view, v -> copy(name, v, memory, bytes));
    }
    return new StoredTensor(name, view.dtype(), view.shape(), data);
  }

  private long checkedBytes(String name, Pickled.TensorView view, long storageBytes) {
    List<Long> shape = view.shape();
    List<Long> stride = view.stride();
    boolean valid = shape.size() == stride.size() && shape.size() <= MAX_RANK;
    valid &= shape.stream().allMatch(s -> s >= 0) && stride.stream().allMatch(s -> s >= 0);
    if (!valid || view.offset() < 0) {
      throw new BadInputException(
          "%s: tensor %s: shape %s, steps %s and offset %d do not describe a tensor"
              .formatted(file, Quoted.of(name), shape, stride, view.offset()));
    }
    long elements = 1;
    long last = view.offset();
    for (int i = 0; i < shape.size(); i++) {
      elements = Math.multiplyExact(elements, shape.get(i));
      last = Math.addExact(last, Math.multiplyExact(Math.max(shape.get(i) - 1, 0), stride.get(i)));
    }
    long end = Math.multiplyExact(Math.addExact(last, 1), (long) view.dtype().byteSize());
    if (elements > 0 && end > storageBytes) {
      throw new BadInputException(
          "%s: tensor %s: shape %s with steps %s from %d ends at byte %d of a storage of %d"
              .formatted(file, Quoted.of(name), shape, stride, view.offset(), end, storageBytes));
    }
    return Math.multiplyExact(elements, (long) view.dtype().byteSize());
  }

  private static boolean isContiguous(Pickled.TensorView view) {
    long step = 1;
    for (int i = view.shape().size() - 1; i >= 0; i--) {
      long size = view.shape().get(i);
      if (size != 1 && view.stride().get(i) != step) {
        return false;
      }
      step *= size;
    }
    return true;
  }

  private MemorySegment copy(
      String name, Pickled.TensorView view, MemorySegment memory, long bytes) {
    if (bytes > copyable) {
      throw new BadInputException(
          "%s: tensor %s: shape %s with steps %s would take %d bytes, more than the file has"
              .formatted(file, Quoted.of(name), view.shape(), view.stride(), bytes));
    }
    copyable -= bytes;
    MemorySegment out = arena.allocate(bytes, 8);
    StridedCopy.copy(
        memory, view.offset(), view.shape(), view.stride(), view.dtype().byteSize(), out);
    return out;
  }
}
