package dev.fovea.core.image.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the markers of a JPEG file say, read to the very end, since a decoder fills what is missing
 * with gray and does not complain.
 */
final class JpegMarkers {
  /** The meaning of the samples. */
  enum Color {
    GRAY,
    RGB,
    YCC,
    CMYK,
    YCCK
  }

  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int COMMENT = 0xfe;
  private static final int NO_TRANSFORM = -1;

  /** More scans than any encoder writes; each costs a walk over the whole picture. */
  private static final int MOST_SCANS = 200;

  private static final long MOST_SCANNED_PIXELS = 1L << 32;

  /** Six times what a picture of one colour comes to. */
  private static final int MOST_PIXELS_PER_BYTE = 2048;

  private final byte[] file;
  private final ByteBuffer in;
  private final ByteArrayOutputStream essence;
  private int at = 2;
  private int width;
  private int height;
  private int[] componentIds = {};
  private int scans;
  private boolean jfif;
  private int adobeTransform = NO_TRANSFORM;
  private Optional<Orientation> exif = Optional.empty();
  private Optional<Orientation> xmp = Optional.empty();

  private JpegMarkers(byte[] file) {
    this.file = file;
    this.in = ByteBuffer.wrap(file);
    this.essence = new ByteArrayOutputStream(file.length);
  }

  static JpegMarkers read(byte[] file) throws BadPictureException {
    JpegMarkers markers = new JpegMarkers(file);
    markers.readAll();
    return markers;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Samples per pixel: 1, 3 or 4. */
  int components() {
    return componentIds.length;
  }

  Orientation orientation() {
    return exif.isPresent() ? exif.get() : xmp.orElse(Orientation.UPRIGHT);
  }

  /** Adobe programs store CMYK inverted, and Pillow takes it so whoever wrote it. */
  Color color() {
    return switch (componentIds.length) {
      case 1 -> Color.GRAY;
      case 3 -> isRgb() ? Color.RGB : Color.YCC;
      default -> adobeTransform == NO_TRANSFORM || adobeTransform == 0 ? Color.CMYK : Color.YCCK;
    };
  }

  /** The rules of the IJG library. */
  private boolean isRgb() {
    if (jfif) {
      return false;
    }
    if (adobeTransform != NO_TRANSFORM) {
      return adobeTransform == 0;
    }
    return componentIds[0] == 'R' && componentIds[1] == 'G' && componentIds[2] == 'B';
  }

  /** The file without its metadata: profiles and thumbnails that a decoder could stumble over. */
  byte[] essence() {
    return essence.toByteArray();
  }

  private void readAll() throws BadPictureException {
    essence.write(file, 0, 2);
    int marker = nextMarker();
    while (marker != EOI) {
      if (marker == SOI) {
        throw new BadPictureException("damaged: a picture starts within the picture");
      }
      boolean standsAlone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
      if (!standsAlone) {
        readSegment(marker);
      }
      marker = nextMarker();
    }
    if (scans == 0) {
      throw new BadPictureException("damaged: it holds no picture");
    }
    essence.write(0xff);
    essence.write(EOI);
    PictureLimits.checkFilled((long) width * height, file.length, MOST_PIXELS_PER_BYTE);
    if ((long) width * height * scans > MOST_SCANNED_PIXELS) {
      throw new BadPictureException("damaged: %d scans of so large a picture".formatted(scans));
    }
  }

  /** Moves behind the next marker; what stands before it belongs to a scan or is ignored. */
  private int nextMarker() throws BadPictureException {
    while (at + 1 < file.length) {
      if (file[at] == (byte) 0xff && file[at + 1] != 0 && file[at + 1] != (byte) 0xff) {
        at += 2;
        return file[at - 1] & 0xff;
      }
      at++;
    }
    throw BadPictureException.truncated("before the end marker");
  }

  private void readSegment(int marker) throws BadPictureException {
    int length = at + 2 <= file.length ? in.getShort(at) & 0xffff : Integer.MAX_VALUE;
    if (length > file.length - at) {
      throw BadPictureException.truncated("within a segment");
    }
    if (length < 2) {
      throw new BadPictureException("damaged: a segment is shorter than its own length");
    }
    ByteBuffer segment = in.slice(at + 2, length - 2);
    int start = at;
    at += length;
    if ((marker >= APP0 && marker <= APP15) || marker == COMMENT) {
      readMetadata(marker, segment);
      return;
    }
    if (isFrame(marker)) {
      readFrame(marker, segment);
    } else if (marker == SOS) {
      skipScan();
    }
    essence.write(0xff);
    essence.write(marker);
    essence.write(file, start, at - start);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private void readFrame(int marker, ByteBuffer frame) throws BadPictureException {
    if (componentIds.length > 0) {
      throw new BadPictureException("damaged: it has two frame headers");
    }
    if (marker > 0xc2) {
      throw new BadPictureException(
          "a kind of JPEG that is not supported (%s); save it as baseline or progressive"
              .formatted(marker >= 0xc9 ? "arithmetic coding" : "lossless or hierarchical"));
    }
    if (frame.remaining() < 6) {
      throw new BadPictureException("damaged: its frame header is too short");
    }
    int precision = frame.get();
    height = frame.getShort() & 0xffff;
    width = frame.getShort() & 0xffff;
    int components = frame.get() & 0xff;
    if (precision != 8) {
      throw new BadPictureException(
          "a JPEG with %d bits per sample; only 8 are supported".formatted(precision & 0xff));
    }
    if (components != 1 && components != 3 && components != 4) {
      throw new BadPictureException(
          "a JPEG with %d components; 1, 3 and 4 are supported".formatted(components));
    }
    if (frame.remaining() != 3 * components) {
      throw new BadPictureException("damaged: its frame header has the wrong length");
    }
    PictureLimits.check(width, height);
    componentIds = new int[components];
    for (int i = 0; i < components; i++) {
      componentIds[i] = frame.get(frame.position() + 3 * i) & 0xff;
    }
  }

  private void skipScan() throws BadPictureException {
    if (componentIds.length == 0) {
      throw new BadPictureException("damaged: a scan comes before the frame header");
    }
    if (++scans > MOST_SCANS) {
      throw new BadPictureException("damaged: it has more than %d scans".formatted(MOST_SCANS));
    }
    while (at + 1 < file.length) {
      int next = file[at + 1] & 0xff;
      if (file[at] == (byte) 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
        return;
      }
      at++;
    }
    throw BadPictureException.truncated("within the picture");
  }

  private void readMetadata(int marker, ByteBuffer segment) {
    switch (marker) {
      case APP0 -> jfif |= startsWith(segment, "JFIF\0");
      case APP1 -> {
        String xmpName = "http://ns.adobe.com/xap/1.0/\0";
        if (exif.isEmpty() && Exif.hasPrefix(segment)) {
          exif = Exif.orientation(segment);
        } else if (startsWith(segment, xmpName)) {
          xmp = Exif.orientationOfXmp(segment);
        }
      }
      case APP14 -> {
        if (startsWith(segment, "Adobe") && segment.remaining() >= 12) {
          adobeTransform = segment.get(11) & 0xff;
        }
      }
      default -> {}
    }
  }

  private static boolean startsWith(ByteBuffer segment, String text) {
    ByteBuffer wanted = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    return segment.remaining() >= wanted.remaining()
        && segment.slice(0, wanted.remaining()).equals(wanted);
  }
}
