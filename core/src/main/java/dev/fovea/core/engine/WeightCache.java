package dev.fovea.core.engine;

import dev.fovea.core.tensor.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Derived forms of parameters, by identity, under a byte budget; the least recently used go first.
 * Each is made once, by the thread that asks first, while others go on with what is there. A form
 * that is dropped while in use lives until its user lets go of it; one that was made of values
 * which have changed since is made anew.
 */
final class WeightCache<T> {
  private final Function<Parameter, T> make;
  private final ToLongFunction<T> byteSize;
  private final long budget;
  private final Map<Parameter, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long used;

  private final class Entry {
    private final int version;
    private volatile Optional<T> value = Optional.empty();
    private long bytes;

    private Entry(int version) {
      this.version = version;
    }
  }

  WeightCache(Function<Parameter, T> make, ToLongFunction<T> byteSize, long budget) {
    this.make = make;
    this.byteSize = byteSize;
    this.budget = budget;
  }

  T get(Parameter parameter) {
    Entry entry = entry(parameter);
    return entry.value.orElseGet(() -> fill(parameter, entry));
  }

  private Entry entry(Parameter parameter) {
    synchronized (entries) {
      Entry present = entries.computeIfAbsent(parameter, p -> new Entry(p.version()));
      if (present.version == parameter.version()) {
        return present;
      }
      used -= present.bytes;
      Entry fresh = new Entry(parameter.version());
      entries.put(parameter, fresh);
      return fresh;
    }
  }

  void remove(Parameter parameter) {
    synchronized (entries) {
      Entry removed = entries.remove(parameter);
      if (removed != null) {
        used -= removed.bytes;
      }
    }
  }

  void clear() {
    synchronized (entries) {
      entries.clear();
      used = 0;
    }
  }

  /** The bytes of all that is kept. */
  long used() {
    synchronized (entries) {
      return used;
    }
  }

  private T fill(Parameter parameter, Entry entry) {
    synchronized (entry) {
      if (entry.value.isEmpty()) {
        T made = make.apply(parameter);
        entry.value = Optional.of(made);
        account(parameter, entry, byteSize.applyAsLong(made));
      }
      return entry.value.get();
    }
  }

  private void account(Parameter parameter, Entry entry, long bytes) {
    synchronized (entries) {
      if (entries.get(parameter) != entry) {
        return;
      }
      entry.bytes = bytes;
      used += bytes;
      var oldest = entries.values().iterator();
      while (used > budget && oldest.hasNext()) {
        Entry candidate = oldest.next();
        if (candidate != entry && candidate.bytes > 0) {
          used -= candidate.bytes;
          oldest.remove();
        }
      }
    }
  }
}
