package dev.fovea.core.image;

import dev.fovea.core.BadInputException;

/** The size that a picture is resized to. */
sealed interface Scaling {
  /** Larger pictures than any model takes; crops of them are cheap all the same. */
  long MAX_SIDE = Integer.MAX_VALUE;

  /** Width and height in pixels. */
  record Size(int width, int height) {
    static Size of(double width, double height) {
      if (width > MAX_SIDE || height > MAX_SIDE) {
        throw new BadInputException(
            "the picture is too long and narrow: resized as the model asks it has %.0f x %.0f pixels"
                .formatted(width, height));
      }
      return new Size((int) Math.max(1, width), (int) Math.max(1, height));
    }
  }

  Size apply(int width, int height);

  /** No resizing. */
  record Keep() implements Scaling {
    @Override
    public Size apply(int width, int height) {
      return new Size(width, height);
    }
  }

  /** To that size, whatever the shape. */
  record Exact(Size size) implements Scaling {
    @Override
    public Size apply(int width, int height) {
      return size;
    }
  }

  /** The shorter side to that length, the other in proportion, its fraction cut off. */
  record ShortestEdge(int length) implements Scaling {
    @Override
    public Size apply(int width, int height) {
      double other =
          Math.floor((double) ((long) length * Math.max(width, height)) / Math.min(width, height));
      return width <= height ? Size.of(length, other) : Size.of(other, length);
    }
  }

  /** Into that size or around it, in proportion, both sides rounded to even. open_clip. */
  record KeepRatio(Size size, boolean inside) implements Scaling {
    @Override
    public Size apply(int width, int height) {
      double ratioHeight = (double) height / size.height;
      double ratioWidth = (double) width / size.width;
      double ratio = inside ? Math.max(ratioHeight, ratioWidth) : Math.min(ratioHeight, ratioWidth);
      return Size.of(Math.rint(width / ratio), Math.rint(height / ratio));
    }
  }
}
