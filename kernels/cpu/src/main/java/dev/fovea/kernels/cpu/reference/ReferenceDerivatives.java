package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.backend.Derivatives;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Tensor;

/** The derivatives with plain loops in double precision. */
public final class ReferenceDerivatives implements Derivatives {
  @Override
  public void activation(Activation activation, Tensor x, Tensor gradient, Tensor out) {
    Rows inputs = Rows.of(x);
    Rows gradients = Rows.of(gradient);
    Rows outputs = Rows.of(out);
    for (int row = 0; row < outputs.count(); row++) {
      double[] values = inputs.read(row);
      double[] result = gradients.read(row);
      for (int i = 0; i < result.length; i++) {
        result[i] *= Slopes.of(activation, values[i]);
      }
      outputs.write(row, result);
    }
  }

  @Override
  public void layerNorm(
      Tensor x,
      Tensor weight,
      double eps,
      Tensor gradient,
      Tensor xGradient,
      Tensor weightGradient,
      Tensor biasGradient) {
    Rows inputs = Rows.of(x);
    Rows gradients = Rows.of(gradient);
    Rows outputs = Rows.of(xGradient);
    double[] scale = Rows.of(weight).read(0);
    double[] toWeight = new double[scale.length];
    double[] toBias = new double[scale.length];
    for (int row = 0; row < inputs.count(); row++) {
      double[] xhat = inputs.read(row);
      double[] g = gradients.read(row);
      double deviation = Normalizations.standardize(xhat, eps);
      double mean = 0;
      double meanProduct = 0;
      for (int i = 0; i < xhat.length; i++) {
        toWeight[i] += g[i] * xhat[i];
        toBias[i] += g[i];
        g[i] *= scale[i];
        mean += g[i] / xhat.length;
        meanProduct += g[i] * xhat[i] / xhat.length;
      }
      for (int i = 0; i < xhat.length; i++) {
        g[i] = (g[i] - mean - xhat[i] * meanProduct) / deviation;
      }
      outputs.write(row, g);
    }
    Rows.of(weightGradient).write(0, toWeight);
    Rows.of(biasGradient).write(0, toBias);
  }

  @Override
  public void attention(
      Tensor q,
      Tensor k,
      Tensor v,
      AttentionSpec spec,
      Tensor gradient,
      Tensor qGradient,
      Tensor kGradient,
      Tensor vGradient) {
    AttentionDerivative.run(q, k, v, spec, gradient, qGradient, kGradient, vGradient);
  }

  @Override
  public void scatterAdd(Tensor gradient, Indices indices, Tensor out) {
    Rows gradients = Rows.of(gradient);
    Rows outputs = Rows.of(out);
    for (int i = 0; i < indices.values().length; i++) {
      double[] sum = outputs.read(indices.values()[i]);
      double[] added = gradients.read(i);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += added[j];
      }
      outputs.write(indices.values()[i], sum);
    }
  }

  @Override
  public void conv2dInput(Tensor gradient, Tensor weight, Conv2d window, Tensor out) {
    PictureDerivatives.conv2dInput(gradient, weight, window, out);
  }

  @Override
  public void conv2dWeight(Tensor x, Tensor gradient, Conv2d window, Tensor out) {
    PictureDerivatives.conv2dWeight(x, gradient, window, out);
  }

  @Override
  public void patchify(Tensor gradient, int patch, Tensor out) {
    PictureDerivatives.patchify(gradient, patch, out);
  }

  @Override
  public void maxPool2d(Tensor x, Conv2d window, Tensor gradient, Tensor out) {
    PictureDerivatives.maxPool2d(x, window, gradient, out);
  }

  @Override
  public void averagePool2d(Tensor gradient, Conv2d window, Tensor out) {
    PictureDerivatives.averagePool2d(gradient, window, out);
  }

  @Override
  public void interpolateBicubic(
      Tensor gradient, double scaleHeight, double scaleWidth, Tensor out) {
    PictureDerivatives.interpolateBicubic(gradient, scaleHeight, scaleWidth, out);
  }
}
