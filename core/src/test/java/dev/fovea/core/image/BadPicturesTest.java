package dev.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.BadInputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a picture, the person learns which file and why, in one line. */
class BadPicturesTest {
  private static final Path PICTURES = Path.of(System.getProperty("fovea.testdata"), "pictures");
  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  @TempDir Path folder;

  @Test
  void missing() {
    assertEquals(
        folder.resolve("gone.png") + ": no such file",
        assertThrows(BadInputException.class, () -> Image.read(folder.resolve("gone.png")))
            .getMessage());
  }

  @Test
  void aDirectory() {
    assertEquals(
        folder + ": a directory, expected a picture",
        assertThrows(BadInputException.class, () -> Image.read(folder)).getMessage());
  }

  @Test
  void empty() throws Exception {
    Path file = Files.createFile(folder.resolve("empty.jpg"));

    BadInputException e = assertThrows(BadInputException.class, () -> Image.read(file));

    assertEquals(file + ": empty, expected a picture", String.valueOf(e.getMessage()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GIF89", "\u0089PNG", "just text", "RIFF____WAVEfmt ", "%PDF-1.7 and more"})
  void noPicture(String content) throws Exception {
    Path file = folder.resolve("photo.png");
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);

    BadInputException e = assertThrows(BadInputException.class, () -> Image.read(file));

    assertEquals(
        file + ": no picture that Fovea reads (PNG, JPEG, GIF, BMP or WebP)",
        String.valueOf(e.getMessage()));
  }

  @Test
  void aHugeFileOfAnotherKindIsNotReadToItsEnd() throws Exception {
    Path file = folder.resolve("weights.png");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), 1L << 40);
    }

    BadInputException e = assertThrows(BadInputException.class, () -> Image.read(file));

    assertTrue(
        String.valueOf(e.getMessage()).contains("no picture that Fovea reads"),
        String.valueOf(e.getMessage()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "png-2-8-19x13.png",
        "png-3-4-interlaced-19x13.png",
        "png-transparent-palette-8.png",
        "exif-6.png",
        "jpeg-2-33x25.jpg",
        "jpeg-0-progressive-33x25.jpg",
        "jpeg-cmyk.jpg",
        "jpeg-gray.jpg",
        "jpeg-restarts.jpg",
        "gif-interlaced.gif",
        "gif-long-codes.gif",
        "bmp-24.bmp",
        "bmp-8-old.bmp",
        "bmp-runs-8.bmp",
        "bmp-runs-4.bmp",
        "webp-lossless-alpha.webp",
        "webp-palette.webp",
        "webp-lossy-50-45x33.webp",
        "webp-alpha-gradient-2-1.webp",
        "webp-animated.webp"
      })
  void truncatedAnywhere(String name) throws Exception {
    byte[] whole = Files.readAllBytes(PICTURES.resolve(name));
    for (int length = 0; length < whole.length; length++) {
      refuse(Arrays.copyOf(whole, length));
    }
  }

  @ParameterizedTest
  @CsvSource({"50000,50000", "65535,65535", "300000,1", "1,300000", "2147483647,2147483647"})
  void bombs(int width, int height) throws Exception {
    for (byte[] bomb :
        new byte[][] {
          png(width, height, 8, 2, new byte[1000]),
          jpeg(Math.min(width, 65535), Math.min(height, 65535)),
          gif(Math.min(width, 65535), Math.min(height, 65535)),
          bmp(width, height, 24),
          webp(Math.min(width, 1 << 24), Math.min(height, 1 << 24)),
        }) {
      assertTrue(bomb.length < 1200);

      String message = refuse(bomb);

      assertTrue(
          message.contains("make it smaller")
              || message.contains("truncated")
              || message.contains("Maximum supported image dimension is 65500 pixels"),
          message);
    }
  }

  @Test
  void claimsThatTheFileCannotFillAreRefusedBeforeMemoryIsTaken() throws Exception {
    for (byte[] claim :
        new byte[][] {
          png(13000, 13000, 8, 2, new byte[1000]),
          jpeg(13000, 13000),
          gif(13000, 13000),
          bmp(13000, 13000, 24),
          webp(13000, 13000),
        }) {
      assertTrue(refuse(claim).contains("truncated"));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,5", "5,0", "0,0", "-1,5", "5,-2147483648"})
  void sizesThatMakeNoSense(int width, int height) throws Exception {
    assertTrue(refuse(png(width, height, 8, 2, new byte[10])).contains("pixels"));
    assertTrue(refuse(bmp(width, height, 24)).contains("pixels"));
  }

  @Test
  void aChecksumThatDoesNotFit() throws Exception {
    byte[] file = Files.readAllBytes(PICTURES.resolve("png-2-8-19x13.png"));
    file[60] ^= 1;

    assertEquals("x.png: damaged: the checksum of a chunk does not fit", refuse(file));
  }

  @Test
  void aPaletteThatIsMissing() throws Exception {
    String message = refuse(png(3, 2, 8, 3, deflate(new byte[8])));

    assertEquals("x.png: damaged: its palette is missing or incomplete", message);
  }

  @Test
  void aRowFilterThatIsUnknown() throws Exception {
    byte[] rows = new byte[2 * 10];
    rows[10] = 9;

    assertEquals("x.png: damaged: unknown row filter 9", refuse(png(3, 2, 8, 2, deflate(rows))));
  }

  @Test
  void corruptHuffmanTables() throws Exception {
    byte[] file = Files.readAllBytes(PICTURES.resolve("jpeg-2-33x25.jpg"));
    int table = indexOf(file, 0xff, 0xc4);
    Arrays.fill(file, table + 5, table + 21, (byte) 0xff);

    assertTrue(refuse(file).startsWith("x.png: damaged, not a valid JPEG picture"));
  }

  @Test
  void codesOfKindsThatAreNotSupported() throws Exception {
    byte[] file = Files.readAllBytes(PICTURES.resolve("jpeg-2-33x25.jpg"));
    int frame = indexOf(file, 0xff, 0xc0);
    file[frame + 1] = (byte) 0xc9;
    assertTrue(refuse(file).contains("arithmetic coding"));

    file[frame + 1] = (byte) 0xc1;
    file[frame + 4] = 12;
    assertTrue(refuse(file).contains("12 bits per sample"));
  }

  @Test
  void manyScansOfALargePicture() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] head = jpeg(9000, 9000);
    out.write(head, 0, head.length - 2);
    for (int i = 0; i < 100; i++) {
      out.write(new byte[] {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0});
      out.write(new byte[1000]);
    }
    out.write(new byte[] {(byte) 0xff, (byte) 0xd9});

    assertTrue(refuse(out.toByteArray()).contains("scans of so large a picture"));
  }

  @Test
  void framesWithinFrames() throws Exception {
    byte[] nested = new byte[0];
    for (int i = 0; i < 3000; i++) {
      nested = chunk("ANMF", concat(new byte[16], nested));
    }
    byte[] file = chunk("RIFF", concat("WEBP".getBytes(StandardCharsets.ISO_8859_1), nested));

    assertEquals("x.png: damaged: it holds no picture", refuse(file));
  }

  @Test
  void compressedTextIsNotUnpackedWithoutNeed() throws Exception {
    byte[] comment =
        concat("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1), deflate(new byte[200 << 20]));
    byte[] profile =
        concat(
            "Raw profile type exif\0\0".getBytes(StandardCharsets.ISO_8859_1),
            deflate(new byte[50 << 20]));
    byte[] file = Files.readAllBytes(PICTURES.resolve("png-2-8-19x13.png"));
    int afterHeader = 8 + 25;
    byte[] bomb =
        concat(
            Arrays.copyOf(file, afterHeader),
            pngChunk("zTXt", comment),
            pngChunk("zTXt", profile),
            pngChunk("iCCP", comment),
            Arrays.copyOfRange(file, afterHeader, file.length));

    assertArrayEquals(Image.read(file, "plain").rgb(), Image.read(bomb, "bomb").rgb());
  }

  /** The message with which bytes are refused. */
  private static String refuse(byte[] bytes) {
    BadInputException e = assertThrows(BadInputException.class, () -> Image.read(bytes, "x.png"));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("x.png: "), String.valueOf(e.getMessage()));
    assertEquals(1, String.valueOf(e.getMessage()).lines().count(), String.valueOf(e.getMessage()));
    return String.valueOf(e.getMessage());
  }

  private static int indexOf(byte[] file, int first, int second) {
    for (int i = 0; i + 1 < file.length; i++) {
      if (file[i] == (byte) first && file[i + 1] == (byte) second) {
        return i;
      }
    }
    throw new IllegalStateException("not found");
  }

  private static byte[] png(int width, int height, int depth, int color, byte[] data) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) depth).put((byte) color).put(new byte[3]);
    return concat(
        PNG_SIGNATURE,
        pngChunk("IHDR", header.array()),
        pngChunk("IDAT", data),
        pngChunk("IEND", new byte[0]));
  }

  private static byte[] pngChunk(String type, byte[] content) {
    byte[] named = concat(type.getBytes(StandardCharsets.ISO_8859_1), content);
    CRC32 crc = new CRC32();
    crc.update(named);
    ByteBuffer chunk = ByteBuffer.allocate(named.length + 8).putInt(content.length).put(named);
    return chunk.putInt((int) crc.getValue()).array();
  }

  private static byte[] jpeg(int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(100);
    file.put(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xc0, 0, 11, 8});
    file.putShort((short) height).putShort((short) width).put(new byte[] {1, 1, 0x11, 0});
    file.put(new byte[] {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3});
    file.put(new byte[] {(byte) 0xff, (byte) 0xd9});
    return Arrays.copyOf(file.array(), file.position());
  }

  private static byte[] gif(int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    file.put("GIF89a".getBytes(StandardCharsets.ISO_8859_1));
    file.putShort((short) width).putShort((short) height).put(new byte[3]);
    file.put((byte) ',').putInt(0).putShort((short) width).putShort((short) height).put((byte) 0);
    file.put(new byte[] {2, 2, 0x44, 1, 0, ';'});
    return Arrays.copyOf(file.array(), file.position());
  }

  private static byte[] bmp(int width, int height, int bits) {
    ByteBuffer file = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(1000).putInt(0).putInt(54);
    file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) bits);
    return file.array();
  }

  private static byte[] webp(int width, int height) {
    ByteBuffer canvas = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
    canvas.putInt(4, width - 1).putInt(7, height - 1);
    ByteBuffer picture = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
    picture
        .put((byte) 0x2f)
        .putInt((Math.min(width, 16384) - 1) | (Math.min(height, 16384) - 1) << 14);
    return chunk(
        "RIFF",
        concat(
            "WEBP".getBytes(StandardCharsets.ISO_8859_1),
            chunk("VP8X", Arrays.copyOf(canvas.array(), 10)),
            chunk("VP8L", picture.array())));
  }

  private static byte[] chunk(String type, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(8 + content.length).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put(type.getBytes(StandardCharsets.ISO_8859_1)).putInt(content.length).put(content);
    return chunk.array();
  }

  private static byte[] deflate(byte[] content) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, deflater)) {
      deflating.write(content);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
