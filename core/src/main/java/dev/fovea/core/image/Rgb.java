package dev.fovea.core.image;

/** A colour; each part from 0 to 255. */
record Rgb(int red, int green, int blue) {
  static final Rgb BLACK = new Rgb(0, 0, 0);
  static final Rgb WHITE = new Rgb(255, 255, 255);
}
