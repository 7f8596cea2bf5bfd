package dev.fovea.core.backend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.tensor.BinaryOp;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * A backend for tests of sessions and views: copies, adds and scales, watches over its memory, and
 * fills what is given back with NaN, so that a use after that shows.
 */
public final class HeapBackend extends NoBackend {
  private final Set<Storage> live = Collections.newSetFromMap(new IdentityHashMap<>());
  private long liveElements;
  private long peakElements;

  /** Elements that were handed out and not given back. */
  public long liveElements() {
    return liveElements;
  }

  /** The most elements that were out at once. */
  public long peakElements() {
    return peakElements;
  }

  @Override
  public Storage allocate(long elements) {
    float[] array = new float[Math.toIntExact(elements)];
    Arrays.fill(array, Float.NaN);
    Storage storage = new Storage.Floats(array);
    live.add(storage);
    liveElements += elements;
    peakElements = Math.max(peakElements, liveElements);
    return storage;
  }

  @Override
  public void recycle(Storage storage) {
    assertTrue(live.remove(storage), "given back twice, or not from here");
    liveElements -= storage.size();
    Arrays.fill(array(storage), Float.NaN);
  }

  @Override
  public void write(float[] values, Storage storage, long offset) {
    System.arraycopy(values, 0, array(storage), Math.toIntExact(offset), values.length);
  }

  @Override
  public float[] read(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().elementCount())];
    for (int i = 0; i < values.length; i++) {
      values[i] = array(tensor.storage())[position(tensor, i)];
    }
    return values;
  }

  @Override
  public Storage widen(Parameter parameter) {
    return new Storage.Floats(parameter.toFloats());
  }

  @Override
  public void binary(BinaryOp op, Tensor a, Tensor b, Tensor out) {
    assertReadable(a);
    assertReadable(b);
    assertTrue(op == BinaryOp.ADD);
    for (int i = 0; i < out.shape().elementCount(); i++) {
      array(out.storage())[position(out, i)] =
          array(a.storage())[position(a, i)] + array(b.storage())[position(b, i)];
    }
  }

  @Override
  public void affine(Tensor x, double factor, double summand, Tensor out) {
    assertReadable(x);
    for (int i = 0; i < out.shape().elementCount(); i++) {
      array(out.storage())[position(out, i)] =
          (float) (array(x.storage())[position(x, i)] * factor + summand);
    }
  }

  @Override
  public void copy(Tensor x, Tensor out) {
    for (int i = 0; i < out.shape().elementCount(); i++) {
      array(out.storage())[position(out, i)] = array(x.storage())[position(x, i)];
    }
  }

  /** What the contract of Backend says of inputs. */
  public static void assertReadable(Tensor x) {
    int stride = x.rank() == 0 ? 1 : x.stride(-1);
    assertTrue(stride == 0 || stride == 1, x::toString);
  }

  private static float[] array(Storage storage) {
    return ((Storage.Floats) storage).array();
  }

  private static int position(Tensor x, int flat) {
    Shape shape = x.shape();
    long position = x.offset();
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      position += (long) (flat % shape.dim(axis)) * x.stride(axis);
      flat /= shape.dim(axis);
    }
    return Math.toIntExact(position);
  }
}
