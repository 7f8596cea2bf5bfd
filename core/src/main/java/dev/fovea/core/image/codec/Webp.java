package dev.fovea.core.image.codec;

import java.util.Arrays;
import java.util.Optional;

/**
 * Reads WebP files, lossy and lossless, of animations the first frame. The pixels are those of
 * libwebp.
 */
final class Webp {
  private Webp() {}

  static boolean recognises(byte[] file) {
    return Signatures.startsWith(file, 0, 'R', 'I', 'F', 'F')
        && Signatures.startsWith(file, 8, 'W', 'E', 'B', 'P');
  }

  static Bitmap decode(byte[] file) throws BadPictureException {
    WebpFile webp = WebpFile.read(file);
    Bitmap picture = webp.isLossless() ? lossless(webp) : lossy(webp);
    return webp.orientation().upright(onCanvas(picture, webp));
  }

  private static Bitmap lossless(WebpFile webp) throws BadPictureException {
    int[] pixels = Vp8l.decode(webp.picture(), webp.width(), webp.height());
    byte[] rgb = new byte[3 * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      rgb[3 * i] = (byte) (pixels[i] >> 16);
      rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
      rgb[3 * i + 2] = (byte) pixels[i];
    }
    if (!webp.hasAlpha()) {
      return new Bitmap(webp.width(), webp.height(), rgb, Optional.empty());
    }
    byte[] alpha = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      alpha[i] = (byte) (pixels[i] >> 24);
    }
    return new Bitmap(webp.width(), webp.height(), rgb, Optional.of(alpha));
  }

  private static Bitmap lossy(WebpFile webp) throws BadPictureException {
    byte[] rgb = Vp8Frame.decode(webp.picture()).toRgb();
    Optional<byte[]> alpha = Optional.empty();
    if (webp.hasAlpha() && webp.alpha().isPresent()) {
      alpha = Optional.of(WebpAlpha.decode(webp.alpha().get(), webp.width(), webp.height()));
    }
    return new Bitmap(webp.width(), webp.height(), rgb, alpha);
  }

  /** What a frame leaves free of its canvas is transparent black. */
  private static Bitmap onCanvas(Bitmap picture, WebpFile webp) {
    int width = webp.canvasWidth();
    int height = webp.canvasHeight();
    if (picture.width() == width
        && picture.height() == height
        && picture.alpha().isPresent() == webp.hasAlpha()) {
      return picture;
    }
    byte[] rgb = new byte[3 * width * height];
    byte[] alpha = new byte[webp.hasAlpha() ? width * height : 0];
    for (int y = 0; y < picture.height(); y++) {
      int from = y * picture.width();
      int to = (webp.top() + y) * width + webp.left();
      System.arraycopy(picture.rgb(), 3 * from, rgb, 3 * to, 3 * picture.width());
      if (picture.alpha().isPresent()) {
        System.arraycopy(picture.alpha().get(), from, alpha, to, picture.width());
      } else if (webp.hasAlpha()) {
        Arrays.fill(alpha, to, to + picture.width(), (byte) 255);
      }
    }
    return new Bitmap(width, height, rgb, webp.hasAlpha() ? Optional.of(alpha) : Optional.empty());
  }
}
