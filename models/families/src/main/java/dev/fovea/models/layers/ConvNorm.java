package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/**
 * A convolution without bias, the batch norm behind it, and an activation. The three run as one
 * convolution whose weights hold the norm; what was loaded stays as it was, for saving.
 */
public record ConvNorm(
    Convolution convolution, BatchNorm normalization, Activation activation, Folded folded) {
  /** The convolution that does the work of both: derived, so no part of the tree. */
  public static final class Folded {
    private final Convolution convolution;

    private Folded(Convolution convolution) {
      this.convolution = convolution;
    }
  }

  public static ConvNorm bind(
      Binder convolution,
      Binder normalization,
      int in,
      int out,
      Conv2d window,
      Activation activation) {
    Convolution conv = Convolution.bindWithoutBias(convolution, in, out, window);
    BatchNorm norm = BatchNorm.bind(normalization, out);
    return new ConvNorm(conv, norm, activation, new Folded(fold(conv, norm)));
  }

  /**
   * The activated result.
   *
   * @param x [batch, inChannels, height, width]
   * @return [batch, outChannels, outHeight, outWidth]
   */
  public Tensor forward(Tensor x) {
    return folded.convolution.forward(x, activation).tap(this, "output");
  }

  private static Convolution fold(Convolution convolution, BatchNorm norm) {
    Shape shape = convolution.weight().shape();
    String name = convolution.weight().name() + " with batch norm";
    Shape channels = Shape.of(shape.dim(0));
    if (!convolution.weight().hasValues()) {
      return new Convolution(
          new Parameter(name, DType.F32, shape, Optional.empty()),
          Optional.of(new Parameter(name, DType.F32, channels, Optional.empty())),
          convolution.window());
    }
    float[] weights = convolution.weight().toFloats();
    double[] factors = norm.factors();
    double[] summands = norm.summands();
    float[] biases = new float[factors.length];
    int perChannel = weights.length / biases.length;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] * factors[i / perChannel]);
    }
    for (int i = 0; i < biases.length; i++) {
      biases[i] = (float) summands[i];
    }
    return new Convolution(
        Parameter.of(name, shape, weights),
        Optional.of(Parameter.of(name, channels, biases)),
        convolution.window());
  }
}
