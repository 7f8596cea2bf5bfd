package dev.fovea.core.image.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Finds decoders of the JDK. */
final class ImageReaders {
  private ImageReaders() {}

  /**
   * The JDK's own reader of a format, whatever plug-ins lie on the class path: another one could
   * give other pixels.
   */
  static ImageReader ofJdk(String format) throws IOException {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      if (provider.getClass().getModule().equals(ImageReaderSpi.class.getModule())
          && Arrays.asList(provider.getFormatNames()).contains(format)) {
        return provider.createReaderInstance();
      }
    }
    throw new IllegalStateException("this Java runtime has no reader for " + format);
  }
}
