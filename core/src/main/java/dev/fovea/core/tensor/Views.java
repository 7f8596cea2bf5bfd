package dev.fovea.core.tensor;

import dev.fovea.core.autograd.GradientSink;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Views and the copies that they sometimes need. */
final class Views {
  private Views() {}

  static Tensor reshape(Tensor x, int... dims) {
    Shape shape = resolve(x.shape(), dims);
    Tensor source = x.contiguous();
    Tensor view =
        new Tensor(
            x.session(), source.storage(), source.offset(), shape, shape.contiguousStrides());
    return record(view, source, g -> g.reshape(source.shape().dims()));
  }

  private static Shape resolve(Shape from, int... dims) {
    int[] resolved = dims.clone();
    int open = -1;
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == -1 && open < 0) {
        open = i;
      } else if (dims[i] < 0) {
        throw cannotReshape(from, dims);
      } else {
        known = Math.multiplyExact(known, (long) dims[i]);
      }
    }
    if (open >= 0 && known > 0) {
      resolved[open] = Math.toIntExact(from.elementCount() / known);
      known *= resolved[open];
    }
    if (known != from.elementCount() || (open >= 0 && resolved[open] < 0)) {
      throw cannotReshape(from, dims);
    }
    return Shape.of(resolved);
  }

  private static IllegalArgumentException cannotReshape(Shape from, int... dims) {
    return new IllegalArgumentException(
        "cannot reshape %s to %s".formatted(from, Arrays.toString(dims)));
  }

  static Tensor permute(Tensor x, int... axes) {
    if (axes.length != x.rank() || Arrays.stream(axes).distinct().count() != axes.length) {
      throw new IllegalArgumentException(
          "%s is no order of the dimensions of %s".formatted(Arrays.toString(axes), x.shape()));
    }
    int[] dims = new int[axes.length];
    int[] strides = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      dims[i] = x.dim(axes[i]);
      strides[i] = x.stride(axes[i]);
    }
    int[] inverse = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      inverse[axes[i]] = i;
    }
    return readable(x, x.offset(), g -> g.permute(inverse), dims, strides);
  }

  static Tensor narrow(Tensor x, int axis, int start, int length) {
    int size = x.dim(axis);
    if (start < 0 || length < 0 || start > size - length) {
      throw new IllegalArgumentException(
          "range %d+%d of dimension %d in %s".formatted(start, length, axis, x.shape()));
    }
    return record(range(x, axis, start, length), x, g -> embed(g, x.shape(), axis, start, length));
  }

  private static Tensor range(Tensor x, int axis, int start, int length) {
    return new Tensor(
        x.session(),
        x.storage(),
        x.offset() + (long) start * x.stride(axis),
        x.shape().with(axis, length),
        x.strides());
  }

  /** Zeros of a shape with a tensor in a range of one dimension. */
  private static Tensor embed(Tensor x, Shape shape, int axis, int start, int length) {
    Tensor out = x.session().zeros(shape);
    x.session().backend().copy(x, range(out, axis, start, length));
    return out;
  }

  static Tensor select(Tensor x, int axis, int index) {
    int removed = x.shape().axis(axis);
    Tensor one = narrow(x, removed, index, 1);
    int[] dims = new int[x.rank() - 1];
    int[] strides = new int[x.rank() - 1];
    for (int i = 0, j = 0; i < x.rank(); i++) {
      if (i != removed) {
        dims[j] = x.dim(i);
        strides[j++] = x.stride(i);
      }
    }
    return readable(one, one.offset(), g -> g.reshape(one.shape().dims()), dims, strides);
  }

  /** The view, or a copy where its innermost elements are not neighbours. */
  private static Tensor readable(
      Tensor x, long offset, UnaryOperator<Tensor> gradient, int[] dims, int... strides) {
    int inner = dims.length - 1;
    boolean copied = inner >= 0 && strides[inner] > 1 && dims[inner] > 1;
    if (inner >= 0 && strides[inner] > 1 && !copied) {
      strides[inner] = 1;
    }
    Tensor view =
        record(new Tensor(x.session(), x.storage(), offset, Shape.of(dims), strides), x, gradient);
    return copied ? copy(view) : view;
  }

  static Tensor broadcast(Tensor x, Shape target) {
    if (x.shape().equals(target)) {
      return x;
    }
    int added = target.rank() - x.rank();
    if (added < 0) {
      throw new IllegalArgumentException("cannot broadcast %s to %s".formatted(x.shape(), target));
    }
    int[] strides = new int[target.rank()];
    for (int i = 0; i < target.rank(); i++) {
      int from = i - added;
      int size = from < 0 ? 1 : x.dim(from);
      if (size == target.dim(i)) {
        strides[i] = from < 0 ? 0 : x.stride(from);
      } else if (size != 1) {
        throw new IllegalArgumentException(
            "cannot broadcast %s to %s".formatted(x.shape(), target));
      }
    }
    return record(
        new Tensor(x.session(), x.storage(), x.offset(), target, strides),
        x,
        g -> sumTo(g, x.shape()));
  }

  /** Adds up what a broadcast repeated. */
  private static Tensor sumTo(Tensor x, Shape shape) {
    int added = x.rank() - shape.rank();
    int[] axes = new int[x.rank()];
    int kept = 0;
    int summed = x.rank();
    int repeats = 1;
    for (int i = x.rank() - 1; i >= 0; i--) {
      if (i < added || (shape.dim(i - added) == 1 && x.dim(i) != 1)) {
        axes[--summed] = i;
        repeats *= x.dim(i);
      }
    }
    for (int i = 0; i < x.rank(); i++) {
      if (i >= added && (shape.dim(i - added) != 1 || x.dim(i) == 1)) {
        axes[kept++] = i;
      }
    }
    int rest = Math.toIntExact(shape.elementCount());
    if (repeats == 0) {
      return x.session().zeros(shape);
    }
    return x.permute(axes).reshape(rest, repeats).sum().reshape(shape.dims());
  }

  static Tensor copy(Tensor x) {
    Tensor out = x.session().allocate(x.shape());
    x.session().backend().copy(x, out);
    return record(out, x, g -> g);
  }

  private static Tensor record(Tensor result, Tensor x, UnaryOperator<Tensor> gradient) {
    return x.session()
        .record(result, List.of(x), List.of(), (g, to) -> to.add(x, () -> gradient.apply(g)));
  }

  static Tensor concat(int axis, Tensor... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("nothing to join");
    }
    Shape first = parts[0].shape();
    int resolved = first.axis(axis);
    int total = 0;
    for (Tensor part : parts) {
      if (part.rank() != first.rank()
          || !part.shape().with(resolved, first.dim(resolved)).equals(first)) {
        throw new IllegalArgumentException(
            "cannot join %s and %s along dimension %d".formatted(first, part.shape(), axis));
      }
      total += part.dim(resolved);
    }
    Tensor out = parts[0].session().allocate(first.with(resolved, total));
    int start = 0;
    for (Tensor part : parts) {
      int length = part.dim(resolved);
      parts[0].session().backend().copy(part, range(out, resolved, start, length));
      start += length;
    }
    return parts[0]
        .session()
        .record(out, List.of(parts), List.of(), (g, to) -> split(g, resolved, to, parts));
  }

  private static void split(Tensor gradient, int axis, GradientSink to, Tensor... parts) {
    int start = 0;
    for (Tensor part : parts) {
      int from = start;
      to.add(part, () -> gradient.narrow(axis, from, part.dim(axis)));
      start += part.dim(axis);
    }
  }
}
