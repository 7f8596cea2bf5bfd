package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.kernels.cpu.vector.Scratch.Buffer;
import java.util.Optional;

/**
 * Convolution as a product: the packed weight is the left matrix, in column order; what the window
 * sees at 16 neighbouring output positions is a panel of the right one, made on the way.
 */
final class Convolution {
  /** Tiles side by side that meet one part of the weight before the next. */
  private static final int STRIPS = 8;

  private static final int BLOCK_DEPTH = 512;
  private static final int MOST_ROWS = 8;
  private static final double FLOPS_PER_NANO = 70;

  private final Cpu cpu;
  private final Panels weight;
  private final Windows windows;
  private final Activation activation;
  private final float[] bias;
  private final int bias0;
  private final float[] out;
  private final int out0;
  private final int channels;
  private final int groupChannels;
  private final int positions;
  private final int tileRows;

  private Convolution(
      Cpu cpu,
      Tensor x,
      Panels weight,
      Optional<Tensor> bias,
      Conv2d window,
      Activation activation,
      Tensor out) {
    this.cpu = cpu;
    this.weight = weight;
    this.windows = new Windows(x, window, out.dim(3));
    this.activation = activation;
    this.bias = bias.isPresent() ? Rows.array(bias.get().storage()) : new float[0];
    this.bias0 = bias.isPresent() ? Math.toIntExact(bias.get().offset()) : 0;
    this.out = Rows.array(out.storage());
    this.out0 = Math.toIntExact(out.offset());
    this.channels = out.dim(1);
    this.groupChannels = channels / window.groups();
    this.positions = out.dim(2) * out.dim(3);
    this.tileRows =
        Integer.highestOneBit(Math.min(cpu.kernels().tiles().mostByColumns(), MOST_ROWS));
  }

  static void run(
      Cpu cpu,
      Tensor input,
      Panels weight,
      Optional<Tensor> bias,
      Conv2d window,
      Activation activation,
      Tensor out) {
    if (out.shape().elementCount() > 0) {
      cpu.withDenseRows(
          input,
          x ->
              new Convolution(cpu, x, weight, bias, window, activation, out)
                  .run(out.dim(0), window.groups()));
    }
  }

  private void run(int batch, int groups) {
    int blocks = Math.ceilDiv(positions, STRIPS * Tiles.WIDTH);
    double flops = 2.0 * batch * channels * positions * weight.inFeatures();
    cpu.forRanges(
        batch * groups * blocks,
        flops / FLOPS_PER_NANO,
        (first, end, scratch) -> {
          for (int unit = first; unit < end; unit++) {
            int picture = unit / (groups * blocks);
            block(picture, unit / blocks % groups, unit % blocks, scratch);
          }
        });
  }

  private void block(int picture, int group, int block, Scratch scratch) {
    int from = block * STRIPS * Tiles.WIDTH;
    int end = Math.min(from + STRIPS * Tiles.WIDTH, positions);
    int strips = Math.ceilDiv(end - from, Tiles.WIDTH);
    int depth = weight.inFeatures();
    int depthBlocks = Math.ceilDiv(depth, BLOCK_DEPTH);
    float[] rest = scratch.floats(Buffer.TILE, groupChannels * Tiles.WIDTH);
    for (int part = 0; part < depthBlocks; part++) {
      int k0 = Workers.start(depth, depthBlocks, part);
      int k1 = Workers.start(depth, depthBlocks, part + 1);
      float[] panels = scratch.floats(Buffer.PANELS, strips * Tiles.WIDTH * (k1 - k0));
      windows.look(picture, group, k0, k1, from, end, strips, panels);
      multiply(picture, group, k0, k1, from, end, panels, rest);
    }
    int whole = (end - from) / Tiles.WIDTH * Tiles.WIDTH;
    for (int i = 0; i < groupChannels; i++) {
      int channel = group * groupChannels + i;
      int to = outIndex(picture, channel, from);
      System.arraycopy(rest, i * Tiles.WIDTH, out, to + whole, end - from - whole);
      if (bias.length > 0) {
        Loops.add(out, to, bias[bias0 + channel], out, to, end - from);
      }
      cpu.kernels().functions().activate(activation, out, to, out, to, end - from);
    }
  }

  private int outIndex(int picture, int channel, int position) {
    return out0 + (picture * channels + channel) * positions + position;
  }

  /** Tiles never cross the border of a panel of the weight. */
  private void multiply(
      int picture, int group, int k0, int k1, int from, int end, float[] panels, float[] rest) {
    Tiles tiles = cpu.kernels().tiles();
    int depth = k1 - k0;
    int lastChannel = (group + 1) * groupChannels;
    int rows;
    for (int channel = group * groupChannels; channel < lastChannel; channel += rows) {
      int row = channel % Tiles.PANEL;
      rows = Math.min(tileRows - row % tileRows, lastChannel - channel);
      int a0 = weight.start(channel / Tiles.PANEL) + k0 * Tiles.PANEL + row;
      for (int position = from; position < end; position += Tiles.WIDTH) {
        boolean whole = position + Tiles.WIDTH <= end;
        tiles.byColumns(
            rows,
            depth,
            weight.data(),
            a0,
            Tiles.PANEL,
            panels,
            (position - from) * depth,
            depth * Tiles.PANEL,
            whole ? out : rest,
            whole
                ? outIndex(picture, channel, position)
                : (channel - group * groupChannels) * Tiles.WIDTH,
            whole ? positions : Tiles.WIDTH,
            Tiles.PANEL,
            k0 == 0);
      }
    }
  }
}
