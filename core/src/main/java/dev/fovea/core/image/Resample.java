package dev.fovea.core.image;

import java.util.Optional;

/**
 * Pillow's resampling filters, in the order of its numbers, which preprocessor configurations use.
 */
enum Resample {
  NEAREST(0) {
    @Override
    double weight(double x) {
      throw new UnsupportedOperationException("nearest has no weights");
    }
  },
  LANCZOS(3) {
    @Override
    double weight(double x) {
      return -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
  },
  BILINEAR(1) {
    @Override
    double weight(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  BICUBIC(2) {
    @Override
    double weight(double x) {
      double a = -0.5;
      double d = Math.abs(x);
      if (d < 1) {
        return ((a + 2) * d - (a + 3)) * d * d + 1;
      }
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    }
  },
  BOX(0.5) {
    @Override
    double weight(double x) {
      return x > -0.5 && x <= 0.5 ? 1 : 0;
    }
  },
  HAMMING(1) {
    @Override
    double weight(double x) {
      double d = Math.abs(x);
      if (d == 0) {
        return 1;
      }
      if (d >= 1) {
        return 0;
      }
      double angle = d * Math.PI;
      return StrictMath.sin(angle) / angle * (0.54f + 0.46f * StrictMath.cos(angle));
    }
  };

  private final double support;

  Resample(double support) {
    this.support = support;
  }

  /** The filter by Pillow's number, 0 to 5. */
  static Optional<Resample> byNumber(int number) {
    return number >= 0 && number < values().length
        ? Optional.of(values()[number])
        : Optional.empty();
  }

  /** How far from its middle the filter reaches, in pixels of the smaller scale. */
  double support() {
    return support;
  }

  /** The weight of a pixel at a distance from the middle. */
  abstract double weight(double x);

  private static double sinc(double x) {
    if (x == 0) {
      return 1;
    }
    double angle = x * Math.PI;
    return StrictMath.sin(angle) / angle;
  }
}
