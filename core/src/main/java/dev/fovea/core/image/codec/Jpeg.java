package dev.fovea.core.image.codec;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;

/**
 * Reads JPEG files through the JDK's decoder, which gives the same samples as libjpeg-turbo for all
 * common samplings (not for 4:4:0, whose chroma it does not smooth: up to 25 levels, 0.5 on
 * average). Colours are converted here with the integer formulas of the IJG library and of Pillow.
 */
final class Jpeg {
  private Jpeg() {}

  static boolean recognises(byte[] file) {
    return Signatures.startsWith(file, 0, 0xff, 0xd8, 0xff);
  }

  static Bitmap decode(byte[] file) throws BadPictureException, IOException {
    JpegMarkers markers = JpegMarkers.read(file);
    ImageReader reader = ImageReaders.ofJdk("jpeg");
    try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(markers.essence())) {
      reader.setInput(in, true, true);
      Raster raster = reader.readRaster(0, null);
      if (raster.getWidth() != markers.width()
          || raster.getHeight() != markers.height()
          || raster.getNumBands() != markers.components()) {
        throw new BadPictureException("damaged: it holds another picture than its header says");
      }
      return markers.orientation().upright(toRgb(raster, markers.color()));
    } finally {
      reader.dispose();
    }
  }

  private static Bitmap toRgb(Raster raster, JpegMarkers.Color color) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[3 * width * height];
    byte[] row = new byte[raster.getNumBands() * width];
    for (int y = 0; y < height; y++) {
      raster.getDataElements(0, y, width, 1, row);
      int to = 3 * width * y;
      switch (color) {
        case RGB -> System.arraycopy(row, 0, rgb, to, row.length);
        case GRAY -> gray(row, rgb, to, width);
        case YCC -> ycc(row, rgb, to, width);
        case CMYK -> cmyk(row, rgb, to, width);
        case YCCK -> {
          ycckToCmyk(row, width);
          cmyk(row, rgb, to, width);
        }
      }
    }
    return new Bitmap(width, height, rgb, Optional.empty());
  }

  private static void gray(byte[] row, byte[] rgb, int to, int width) {
    for (int x = 0; x < width; x++) {
      rgb[to + 3 * x] = row[x];
      rgb[to + 3 * x + 1] = row[x];
      rgb[to + 3 * x + 2] = row[x];
    }
  }

  private static void ycc(byte[] row, byte[] rgb, int to, int width) {
    for (int i = 0; i < 3 * width; i += 3) {
      int y = row[i] & 0xff;
      int cb = (row[i + 1] & 0xff) - 128;
      int cr = (row[i + 2] & 0xff) - 128;
      rgb[to + i] = clamp(red(y, cr));
      rgb[to + i + 1] = clamp(green(y, cb, cr));
      rgb[to + i + 2] = clamp(blue(y, cb));
    }
  }

  /** YCCK is CMYK whose CMY was taken for inverted RGB. */
  private static void ycckToCmyk(byte[] row, int width) {
    for (int i = 0; i < 4 * width; i += 4) {
      int y = row[i] & 0xff;
      int cb = (row[i + 1] & 0xff) - 128;
      int cr = (row[i + 2] & 0xff) - 128;
      row[i] = clamp(255 - red(y, cr));
      row[i + 1] = clamp(255 - green(y, cb, cr));
      row[i + 2] = clamp(255 - blue(y, cb));
    }
  }

  /** Inverted CMYK. */
  private static void cmyk(byte[] row, byte[] rgb, int to, int width) {
    for (int x = 0; x < width; x++) {
      int notBlack = row[4 * x + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        int product = (255 - (row[4 * x + c] & 0xff)) * notBlack + 128;
        rgb[to + 3 * x + c] = clamp(notBlack - (((product >> 8) + product) >> 8));
      }
    }
  }

  private static int red(int y, int cr) {
    return y + ((91881 * cr + 32768) >> 16);
  }

  private static int green(int y, int cb, int cr) {
    return y + ((-22554 * cb - 46802 * cr + 32768) >> 16);
  }

  private static int blue(int y, int cb) {
    return y + ((116130 * cb + 32768) >> 16);
  }

  private static byte clamp(int value) {
    return (byte) Math.clamp(value, 0, 255);
  }
}
