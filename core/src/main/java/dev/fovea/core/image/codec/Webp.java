package dev.fovea.core.image.codec;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;

/**
 * Reads WebP files, of animations the first frame, through the decoder of TwelveMonkeys. Lossless
 * pictures are exact.
 */
final class Webp {
  private Webp() {}

  static boolean recognises(byte[] file) {
    return Signatures.startsWith(file, 0, 'R', 'I', 'F', 'F')
        && Signatures.startsWith(file, 8, 'W', 'E', 'B', 'P');
  }

  static Bitmap decode(byte[] file) throws BadPictureException, IOException {
    WebpFile webp = WebpFile.read(file);
    ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
    try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(webp.essence())) {
      reader.setInput(in, true, true);
      BufferedImage picture = reader.read(0);
      if (picture.getWidth() != webp.width() || picture.getHeight() != webp.height()) {
        throw new BadPictureException("damaged: it holds another picture than its header says");
      }
      return webp.orientation().upright(onCanvas(picture.getRaster(), webp));
    } finally {
      reader.dispose();
    }
  }

  private static Bitmap onCanvas(Raster raster, WebpFile webp) {
    int width = webp.canvasWidth();
    byte[] rgb = new byte[3 * width * webp.canvasHeight()];
    Optional<byte[]> alpha =
        webp.hasAlpha() ? Optional.of(new byte[width * webp.canvasHeight()]) : Optional.empty();
    int bands = raster.getNumBands();
    byte[] row = new byte[bands * raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getDataElements(0, y, raster.getWidth(), 1, row);
      int to = (webp.top() + y) * width + webp.left();
      for (int x = 0; x < raster.getWidth(); x++, to++) {
        System.arraycopy(row, bands * x, rgb, 3 * to, 3);
        if (alpha.isPresent()) {
          alpha.get()[to] = bands == 4 ? row[4 * x + 3] : (byte) 255;
        }
      }
    }
    return new Bitmap(width, webp.canvasHeight(), rgb, alpha);
  }
}
