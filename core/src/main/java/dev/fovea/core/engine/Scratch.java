package dev.fovea.core.engine;

import dev.fovea.core.backend.Backend;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Activation memory of one session, in nested frames; what a frame allocates ends with it. */
final class Scratch {
  private final Backend backend;
  private final Deque<Set<Storage>> frames = new ArrayDeque<>();

  Scratch(Backend backend) {
    this.backend = backend;
    frames.push(newFrame());
  }

  /** Memory that ends with the current frame. */
  Storage allocate(long elements) {
    Storage storage = backend.allocate(elements);
    frames.element().add(storage);
    return storage;
  }

  /**
   * Runs a block in a frame of its own.
   *
   * @param kept whether the enclosing frame takes over some memory, besides that of the results
   */
  List<Tensor> scoped(Supplier<List<Tensor>> block, Predicate<Storage> kept) {
    Set<Storage> frame = newFrame();
    frames.push(frame);
    List<Tensor> results = List.of();
    try {
      results = block.get();
      return results;
    } finally {
      frames.pop();
      for (Tensor result : results) {
        if (frame.remove(result.storage())) {
          frames.element().add(result.storage());
        }
      }
      for (Storage storage : frame) {
        if (kept.test(storage)) {
          frames.element().add(storage);
        } else {
          backend.recycle(storage);
        }
      }
    }
  }

  /** Gives memory back before its frame ends; does nothing if no frame holds it. */
  void release(Storage storage) {
    for (Set<Storage> frame : frames) {
      if (frame.remove(storage)) {
        backend.recycle(storage);
        return;
      }
    }
  }

  void close() {
    frames.forEach(frame -> frame.forEach(backend::recycle));
    frames.clear();
  }

  private static Set<Storage> newFrame() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
