package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Tensor;
import java.util.Arrays;

/** What a window sees of pictures [batch, channels, height, width], as panels of positions. */
final class Windows {
  private final float[] array;
  private final int offset;
  private final int pictureStep;
  private final int channelStep;
  private final int rowStep;
  private final int height;
  private final int width;
  private final int groupChannels;
  private final Conv2d window;
  private final int outWidth;

  /**
   * Windows over dense rows.
   *
   * @param outWidth positions in a row of the output
   */
  Windows(Tensor x, Conv2d window, int outWidth) {
    this.array = Rows.array(x.storage());
    this.offset = Math.toIntExact(x.offset());
    this.pictureStep = x.stride(0);
    this.channelStep = x.stride(1);
    this.rowStep = x.stride(2);
    this.groupChannels = x.dim(1) / window.groups();
    this.window = window;
    boolean pointwise =
        window.kernelHeight() == 1
            && window.kernelWidth() == 1
            && window.stride() == 1
            && window.padding() == 0
            && rowStep == x.dim(3);
    this.height = pointwise ? 1 : x.dim(2);
    this.width = pointwise ? x.dim(2) * x.dim(3) : x.dim(3);
    this.outWidth = pointwise ? width : outWidth;
  }

  /**
   * Fills pairs of panels, one after the other, with rows k0 to k1 of what is seen at positions
   * from to end; positions beyond are zeros.
   */
  void look(int picture, int group, int k0, int k1, int from, int end, int strips, float[] panels) {
    int depth = k1 - k0;
    int first = offset + picture * pictureStep + group * groupChannels * channelStep;
    for (int panel = 0; panel < 2 * strips; panel++) {
      int position = from + panel * Tiles.PANEL;
      int count = Math.clamp(end - position, 0, Tiles.PANEL);
      int to = panel * depth * Tiles.PANEL;
      if (count < Tiles.PANEL) {
        Arrays.fill(panels, to, to + depth * Tiles.PANEL, 0);
      }
      for (int k = k0; count > 0 && k < k1; k++) {
        look(first, k, position, count, panels, to + (k - k0) * Tiles.PANEL);
      }
    }
  }

  /** Element k of the window at some positions. */
  private void look(int first, int k, int position, int count, float[] panels, int to) {
    int area = window.kernelHeight() * window.kernelWidth();
    int channel = k / area;
    int inWindow = k - channel * area;
    int dy = inWindow / window.kernelWidth() - window.padding();
    int dx = inWindow % window.kernelWidth() - window.padding();
    int y = position / outWidth;
    int x = position - y * outWidth;
    for (int done = 0; done < count; ) {
      int run = Math.min(outWidth - x, count - done);
      int row = y * window.stride() + dy;
      if (row < 0 || row >= height) {
        Arrays.fill(panels, to + done, to + done + run, 0);
      } else {
        int start = first + channel * channelStep + row * rowStep;
        row(start, x * window.stride() + dx, run, panels, to + done);
      }
      done += run;
      y++;
      x = 0;
    }
  }

  /** Elements of one row of a picture, a stride apart, from a column that may lie outside. */
  private void row(int start, int column, int count, float[] panels, int to) {
    int stride = window.stride();
    int inside = column >= 0 ? 0 : Math.min(count, Math.ceilDiv(-column, stride));
    int beyond = Math.clamp(Math.ceilDiv(width - column, stride), inside, count);
    for (int i = 0; i < inside; i++) {
      panels[to + i] = 0;
    }
    for (int i = inside; i < beyond; i++) {
      panels[to + i] = array[start + column + i * stride];
    }
    for (int i = beyond; i < count; i++) {
      panels[to + i] = 0;
    }
  }
}
