import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the kernels whose source no one should have to keep by hand. Run by the build before
 * compilation: {@code java Generate.java TARGET_FOLDER}.
 *
 * <p>Vector code is fast only where the JIT compiler sees all of it in one method: a helper method
 * that was compiled before its caller is not inlined any more, and its vectors then live on the
 * heap. So the helpers are here, and what they expand to is compiled.
 */
final class Generate {
  static final String PACKAGE = "dev.fovea.kernels.cpu.vector";

  private Generate() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]).resolve(PACKAGE.replace('.', '/'));
    Files.createDirectories(folder);
    for (Tiles.Width width : Tiles.WIDTHS) {
      write(folder, width.className(), Tiles.classOf(width));
    }
    write(folder, Functions.CLASS, Functions.text());
  }

  private static void write(Path folder, String className, String text) throws IOException {
    Path file = folder.resolve(className + ".java");
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }
}
