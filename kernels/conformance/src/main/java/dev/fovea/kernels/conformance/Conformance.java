package dev.fovea.kernels.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What all conformance tests share: a backend, and tensors laid out between guards. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.fovea.kernels.conformance.Subject#all")
abstract class Conformance {
  private static final int GUARD = 37;

  @org.junit.jupiter.params.Parameter
  @SuppressWarnings("NullAway.Init")
  Subject subject;

  private final List<Placed> inputs = new ArrayList<>();

  private record Placed(Storage storage, float[] written) {}

  /** Sizes around the widths of vectors and tiles. */
  static IntStream tails() {
    return IntStream.of(1, 2, 3, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65, 127);
  }

  /** An input with NaN all around it. */
  final Tensor input(Numbers x, Layout layout) {
    int[] strides = layout.strides(x.dims());
    return place(x, layout.offset(), strides);
  }

  final Tensor input(Numbers x) {
    return input(x, Layout.CONTIGUOUS);
  }

  /** An input whose dimensions of size 1 are repeated with stride 0. */
  final Tensor repeated(Numbers x, int... sizes) {
    int[] strides = Layout.SHIFTED.strides(x.dims());
    Tensor whole = place(x, Layout.SHIFTED.offset(), strides);
    int[] repeating = strides.clone();
    for (int axis = 0; axis < repeating.length; axis++) {
      if (x.dim(axis) == 1) {
        repeating[axis] = 0;
      }
    }
    return subject.view(whole.storage(), whole.offset(), sizes, repeating);
  }

  private Tensor place(Numbers x, int offset, int... strides) {
    float[] memory = new float[end(x, offset, strides) + GUARD];
    Arrays.fill(memory, Float.NaN);
    for (int i = 0; i < x.values().length; i++) {
      memory[position(x, i, offset, strides)] = (float) x.values()[i];
    }
    Storage storage = subject.backend().allocate(memory.length);
    subject.backend().write(memory, storage, 0);
    inputs.add(new Placed(storage, memory));
    return subject.view(storage, offset, x.dims(), strides);
  }

  /** A small parameter, as the engine gives it to backends. */
  final Tensor weight(Numbers x) {
    Parameter parameter = Stored.floats("small", x);
    int[] dims = x.dims();
    return subject.view(
        subject.backend().widen(parameter), 0, dims, Shape.of(dims).contiguousStrides());
  }

  /** Room for a result: garbage where it goes, guards around it. */
  final Output output(int... dims) {
    return output(Layout.SHIFTED, dims);
  }

  final Output output(Layout layout, int... dims) {
    Numbers room = Numbers.filled(0, dims);
    int[] strides = layout.strides(dims);
    int offset = GUARD + layout.offset();
    float[] memory = new float[end(room, offset, strides) + GUARD];
    Arrays.fill(memory, Output.GUARD_VALUE);
    int[] positions = new int[room.values().length];
    Arrays.setAll(positions, i -> position(room, i, offset, strides));
    for (int position : positions) {
      memory[position] = Float.NaN;
    }
    Storage storage = subject.backend().allocate(memory.length);
    subject.backend().write(memory, storage, 0);
    return new Output(
        subject, subject.view(storage, offset, dims, strides), positions, memory.length);
  }

  @AfterEach
  void inputsAreUnchanged() {
    for (Placed placed : inputs) {
      float[] now =
          subject
              .backend()
              .read(subject.view(placed.storage(), 0, new int[] {placed.written().length}, 1));
      assertArrayEquals(placed.written(), now, "an input was written to");
    }
  }

  private static int end(Numbers x, int offset, int... strides) {
    int last = offset;
    for (int axis = 0; axis < strides.length; axis++) {
      last += Math.max(x.dim(axis) - 1, 0) * strides[axis];
    }
    return last + 1;
  }

  private static int position(Numbers x, int flat, int offset, int... strides) {
    int[] index = x.index(flat);
    int position = offset;
    for (int axis = 0; axis < strides.length; axis++) {
      position += index[axis] * strides[axis];
    }
    return position;
  }
}
