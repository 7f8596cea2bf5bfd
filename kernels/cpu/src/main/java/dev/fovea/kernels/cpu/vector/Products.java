package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/** Matrix products. */
final class Products {
  private static final float[] NO_BIAS = {};
  private static final double NANOS_PER_PACKED = 1;

  private Products() {}

  static void linear(
      Cpu cpu, Tensor x, Panels weight, Optional<Tensor> bias, Activation activation, Tensor out) {
    Matrix left = Matrix.of(cpu, x);
    try {
      Product.Epilogue epilogue =
          new Product.Epilogue(
              cpu.kernels().functions(),
              bias.isPresent() ? Rows.array(bias.get().storage()) : NO_BIAS,
              bias.isPresent() ? Math.toIntExact(bias.get().offset()) : 0,
              activation);
      int out0 = Math.toIntExact(out.offset());
      new Product(
              cpu, left, weight, epilogue, Rows.array(out.storage()), out0, weight.outFeatures())
          .run();
    } finally {
      left.release(cpu);
    }
  }

  static void matmulTransposed(Cpu cpu, Tensor a, Tensor b, Tensor out) {
    int m = a.dim(-2);
    int n = b.dim(-2);
    int k = a.dim(-1);
    Matrix left = Matrix.of(cpu, a);
    Matrix right = Matrix.of(cpu, b);
    Storage packed = cpu.memory().allocate((long) Panels.groups(n) * Tiles.WIDTH * k);
    try {
      Panels panels = new Panels(Rows.array(packed), 0, n, k);
      Product.Epilogue epilogue =
          new Product.Epilogue(cpu.kernels().functions(), NO_BIAS, 0, Activation.NONE);
      int count = m == 0 ? 0 : left.rows() / m;
      for (int i = 0; i < count; i++) {
        pack(cpu, right, i * n, panels);
        int a0 = left.offset() + i * m * left.rowStep();
        Matrix one = new Matrix(left.array(), a0, m, k, left.rowStep(), Optional.empty());
        int out0 = Math.toIntExact(out.offset() + (long) i * m * n);
        new Product(cpu, one, panels, epilogue, Rows.array(out.storage()), out0, n).run();
      }
    } finally {
      cpu.memory().recycle(packed);
      left.release(cpu);
      right.release(cpu);
    }
  }

  private static void pack(Cpu cpu, Matrix rows, int firstRow, Panels panels) {
    int n = panels.outFeatures();
    int k = panels.inFeatures();
    cpu.forRanges(
        2 * panels.groups(),
        NANOS_PER_PACKED * n * k,
        (first, end, scratch) -> {
          for (int panel = first; panel < end; panel++) {
            int column = panel * Tiles.PANEL;
            Panels.transposePadded(
                rows.array(),
                rows.offset() + (firstRow + column) * rows.rowStep(),
                rows.rowStep(),
                Math.clamp(n - column, 0, Tiles.PANEL),
                k,
                panels.data(),
                panels.start(panel));
          }
        });
  }
}
