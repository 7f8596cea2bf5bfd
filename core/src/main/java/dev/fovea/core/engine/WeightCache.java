package dev.fovea.core.engine;

import dev.fovea.core.tensor.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Derived forms of parameters, by identity, under a byte budget; the least recently made go first.
 */
final class WeightCache<T> {
  private final Function<Parameter, T> make;
  private final ToLongFunction<T> byteSize;
  private final long budget;
  private final Map<Parameter, T> entries = new ConcurrentHashMap<>();
  private final Map<Parameter, Long> order = new LinkedHashMap<>();
  private long used;

  WeightCache(Function<Parameter, T> make, ToLongFunction<T> byteSize, long budget) {
    this.make = make;
    this.byteSize = byteSize;
    this.budget = budget;
  }

  T get(Parameter parameter) {
    T present = entries.get(parameter);
    return present != null ? present : add(parameter);
  }

  private T add(Parameter parameter) {
    T made = entries.computeIfAbsent(parameter, make);
    synchronized (order) {
      if (order.putIfAbsent(parameter, byteSize.applyAsLong(made)) == null) {
        used += byteSize.applyAsLong(made);
        evict(parameter);
      }
    }
    return made;
  }

  private void evict(Parameter kept) {
    var oldest = order.entrySet().iterator();
    while (used > budget && oldest.hasNext()) {
      var entry = oldest.next();
      if (entry.getKey() != kept) {
        used -= entry.getValue();
        oldest.remove();
        entries.remove(entry.getKey());
      }
    }
  }

  void clear() {
    synchronized (order) {
      entries.clear();
      order.clear();
      used = 0;
    }
  }
}
