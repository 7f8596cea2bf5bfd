package dev.fovea.kernels.cpu.memory;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Heap arrays for activations, handed out again after use. Sizes are rounded up to one of four
 * steps per power of two, so that runs of slightly different shapes share memory. Thread-safe.
 */
public final class MemoryPool {
  private static final int STEPS_PER_DOUBLING = 4;
  private static final int SMALLEST = 64;
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  private final DType dtype;
  private final long idleLimit;
  private final List<SizeClass> classes = new ArrayList<>();
  private long idleBytes;
  private long clock;

  private static final class SizeClass {
    private final ArrayDeque<Storage> idle = new ArrayDeque<>();
    private long lastUse;
  }

  /**
   * A pool of F32 or F64 arrays.
   *
   * @param idleLimit how many bytes may wait for their next use; beyond it, the sizes that were not
   *     asked for longest go first
   */
  public MemoryPool(DType dtype, long idleLimit) {
    if (dtype != DType.F32 && dtype != DType.F64) {
      throw new IllegalArgumentException("activations are F32 or F64, not " + dtype);
    }
    this.dtype = dtype;
    this.idleLimit = idleLimit;
  }

  /** A pool that keeps up to a quarter of the largest heap. */
  public MemoryPool(DType dtype) {
    this(dtype, Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * Memory for at least so many elements, with garbage in it.
   *
   * @throws BadInputException if no array can be that large
   */
  public Storage allocate(long elements) {
    if (elements > LARGEST) {
      throw new BadInputException(
          "an activation of %d elements does not fit an array of at most %d; take a smaller batch"
              .formatted(elements, LARGEST));
    }
    int index = classFor(elements);
    synchronized (this) {
      SizeClass sizeClass = sizeClass(index);
      sizeClass.lastUse = ++clock;
      Storage reused = sizeClass.idle.pollLast();
      if (reused != null) {
        idleBytes -= bytes(reused);
        return reused;
      }
    }
    int size = sizeOf(index);
    return dtype == DType.F32
        ? new Storage.Floats(new float[size])
        : new Storage.Doubles(new double[size]);
  }

  /** Takes back what {@link #allocate} handed out. */
  public synchronized void recycle(Storage storage) {
    if (storage.dtype() != dtype || storage.size() != sizeOf(classFor(storage.size()))) {
      throw new IllegalArgumentException(
          "%d elements of %s are not from this pool".formatted(storage.size(), storage.dtype()));
    }
    if (bytes(storage) > idleLimit) {
      return;
    }
    sizeClass(classFor(storage.size())).idle.addLast(storage);
    idleBytes += bytes(storage);
    while (idleBytes > idleLimit) {
      dropOne();
    }
  }

  /** Bytes that wait for their next use. */
  public synchronized long idleBytes() {
    return idleBytes;
  }

  /** Lets go of everything that waits. */
  public synchronized void clear() {
    classes.clear();
    idleBytes = 0;
  }

  private void dropOne() {
    SizeClass oldest = new SizeClass();
    oldest.lastUse = Long.MAX_VALUE;
    for (SizeClass sizeClass : classes) {
      if (!sizeClass.idle.isEmpty() && sizeClass.lastUse < oldest.lastUse) {
        oldest = sizeClass;
      }
    }
    idleBytes -= bytes(oldest.idle.removeFirst());
  }

  private SizeClass sizeClass(int index) {
    while (classes.size() <= index) {
      classes.add(new SizeClass());
    }
    return classes.get(index);
  }

  private static long bytes(Storage storage) {
    return storage.size() * storage.dtype().byteSize();
  }

  /** The smallest class whose arrays hold that many elements. */
  private static int classFor(long elements) {
    if (elements <= SMALLEST) {
      return 0;
    }
    int doublings = 63 - Long.numberOfLeadingZeros((elements - 1) / SMALLEST);
    long step = ((long) SMALLEST << doublings) / STEPS_PER_DOUBLING;
    long beyond = elements - ((long) SMALLEST << doublings);
    return STEPS_PER_DOUBLING * doublings + Math.toIntExact(Math.ceilDiv(beyond, step));
  }

  private static int sizeOf(int index) {
    long base = (long) SMALLEST << (index / STEPS_PER_DOUBLING);
    long size = base + base / STEPS_PER_DOUBLING * (index % STEPS_PER_DOUBLING);
    return (int) Math.min(size, LARGEST);
  }
}
