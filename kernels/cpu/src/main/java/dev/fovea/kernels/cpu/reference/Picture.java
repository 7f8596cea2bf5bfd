package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.tensor.Tensor;

/** A tensor [batch, channels, height, width] of any strides, by coordinates. */
record Picture(Elements elements, Tensor tensor) {
  static Picture of(Tensor tensor) {
    return new Picture(Elements.of(tensor.storage()), tensor);
  }

  int batch() {
    return tensor.dim(0);
  }

  int channels() {
    return tensor.dim(1);
  }

  int height() {
    return tensor.dim(2);
  }

  int width() {
    return tensor.dim(3);
  }

  boolean contains(int y, int x) {
    return y >= 0 && y < height() && x >= 0 && x < width();
  }

  double get(int n, int c, int y, int x) {
    return elements.get(index(n, c, y, x));
  }

  void set(int n, int c, int y, int x, double value) {
    elements.set(index(n, c, y, x), value);
  }

  void add(int n, int c, int y, int x, double value) {
    set(n, c, y, x, get(n, c, y, x) + value);
  }

  void clear() {
    for (int n = 0; n < batch(); n++) {
      for (int c = 0; c < channels(); c++) {
        for (int y = 0; y < height(); y++) {
          for (int x = 0; x < width(); x++) {
            set(n, c, y, x, 0);
          }
        }
      }
    }
  }

  private long index(int n, int c, int y, int x) {
    return tensor.offset()
        + (long) n * tensor.stride(0)
        + (long) c * tensor.stride(1)
        + (long) y * tensor.stride(2)
        + (long) x * tensor.stride(3);
  }
}
