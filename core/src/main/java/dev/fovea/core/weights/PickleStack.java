package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import java.util.ArrayList;
import java.util.List;

/** The stack of the pickle machine, with its marks, and a count of all that is put on it. */
final class PickleStack {
  /** Some twenty steps make a tensor, so this is room for a hundred thousand tensors. */
  private static final int MAX_STEPS = 2_000_000;

  private final String source;
  private final List<List<Pickled>> outer = new ArrayList<>();
  private List<Pickled> values = new ArrayList<>();
  private int steps;

  /** A stack; {@code source} names the pickle in errors. */
  PickleStack(String source) {
    this.source = source;
  }

  void push(Pickled value, long at) {
    count(at);
    values.add(value);
  }

  Pickled top(long at) {
    if (values.isEmpty()) {
      throw fail(at, "takes more values than there are");
    }
    return values.getLast();
  }

  Pickled pop(long at) {
    top(at);
    return values.removeLast();
  }

  /** Takes the last few values, in the order in which they were put. */
  List<Pickled> pop(int count, long at) {
    if (values.size() < count) {
      throw fail(at, "takes more values than there are");
    }
    List<Pickled> last = values.subList(values.size() - count, values.size());
    List<Pickled> taken = List.copyOf(last);
    last.clear();
    return taken;
  }

  /** Takes the one value that is left at the end. */
  Pickled last(long at) {
    Pickled value = pop(at);
    if (!values.isEmpty() || !outer.isEmpty()) {
      throw fail(at, "ends with values left over");
    }
    return value;
  }

  /** Opens a group. */
  void mark(long at) {
    count(at);
    outer.add(values);
    values = new ArrayList<>(4);
  }

  /** Closes the innermost group and takes its values. */
  List<Pickled> popMark(long at) {
    if (outer.isEmpty()) {
      throw fail(at, "closes a group that was not opened");
    }
    List<Pickled> group = values;
    values = outer.removeLast();
    return group;
  }

  /** Counts a step that takes memory. */
  void count(long at) {
    if (++steps > MAX_STEPS) {
      throw fail(at, "has more than %,d steps".formatted(MAX_STEPS));
    }
  }

  /** An error at a byte of the pickle. */
  BadInputException fail(long at, String problem) {
    return new BadInputException("%s %s (at byte %d)".formatted(source, problem, at));
  }
}
