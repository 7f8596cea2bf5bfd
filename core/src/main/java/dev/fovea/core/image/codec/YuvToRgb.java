package dev.fovea.core.image.codec;

/**
 * Turns planes of luma and half-sized chroma into RGB as libwebp does: chroma is interpolated from
 * four samples, the nearest three times as heavy in each direction.
 */
final class YuvToRgb {
  private final Vp8Plane luma;
  private final Vp8Plane blue;
  private final Vp8Plane red;
  private final int width;
  private final byte[] rgb;

  private YuvToRgb(Vp8Plane luma, Vp8Plane blue, Vp8Plane red, int width, int height) {
    this.luma = luma;
    this.blue = blue;
    this.red = red;
    this.width = width;
    this.rgb = new byte[3 * width * height];
  }

  static byte[] convert(Vp8Plane luma, Vp8Plane blue, Vp8Plane red, int width, int height) {
    YuvToRgb converter = new YuvToRgb(luma, blue, red, width, height);
    int lastChromaRow = (height - 1) / 2;
    for (int y = 0; y < height; y++) {
      int near = y / 2;
      int far = Math.clamp(y % 2 == 0 ? near - 1 : near + 1, 0, lastChromaRow);
      converter.convertRow(y, near, far);
    }
    return converter.rgb;
  }

  private void convertRow(int y, int nearRow, int farRow) {
    int near = blue.at(0, nearRow);
    int far = blue.at(0, farRow);
    put(0, y, edge(blue.samples, near, far), edge(red.samples, near, far));
    int pairs = (width - 1) / 2;
    for (int i = 1; i <= pairs; i++) {
      near++;
      far++;
      put(2 * i - 1, y, left(blue.samples, near, far), left(red.samples, near, far));
      put(2 * i, y, right(blue.samples, near, far), right(red.samples, near, far));
    }
    if (width % 2 == 0) {
      put(width - 1, y, edge(blue.samples, near, far), edge(red.samples, near, far));
    }
  }

  private static int edge(byte[] s, int near, int far) {
    return (3 * (s[near] & 0xff) + (s[far] & 0xff) + 2) >> 2;
  }

  /** Left of the middle between a chroma sample and the one before it. */
  private static int left(byte[] s, int near, int far) {
    int before = s[near - 1] & 0xff;
    int diagonal = (s[near] & 0xff) + (s[far - 1] & 0xff);
    return (((sum(s, near, far) + 2 * diagonal) >> 3) + before) >> 1;
  }

  /** Right of the middle. */
  private static int right(byte[] s, int near, int far) {
    int at = s[near] & 0xff;
    int diagonal = (s[near - 1] & 0xff) + (s[far] & 0xff);
    return (((sum(s, near, far) + 2 * diagonal) >> 3) + at) >> 1;
  }

  private static int sum(byte[] s, int near, int far) {
    return (s[near - 1] & 0xff) + (s[near] & 0xff) + (s[far - 1] & 0xff) + (s[far] & 0xff) + 8;
  }

  private void put(int x, int y, int u, int v) {
    int grey = ((luma.samples[luma.at(x, y)] & 0xff) * 19077) >> 8;
    int to = 3 * (y * width + x);
    rgb[to] = clip(grey + ((v * 26149) >> 8) - 14234);
    rgb[to + 1] = clip(grey - ((u * 6419) >> 8) - ((v * 13320) >> 8) + 8708);
    rgb[to + 2] = clip(grey + ((u * 33050) >> 8) - 17685);
  }

  /** Six bits are a fraction. */
  private static byte clip(int value) {
    return (byte) Math.clamp(value >> 6, 0, 255);
  }
}
