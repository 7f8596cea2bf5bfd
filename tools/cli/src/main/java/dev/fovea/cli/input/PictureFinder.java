package dev.fovea.cli.input;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** Turns a file, a folder or a glob into pictures, in the order of their names. */
final class PictureFinder {
  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "webp");

  private PictureFinder() {}

  /** The pictures behind an argument; problems are items of the list. */
  static List<Picture> find(String argument) {
    Path path = Paths.of(argument);
    if (Files.isDirectory(path)) {
      List<Picture> found = walk(path, file -> isPictureName(file) && !isHidden(path, file));
      return found.isEmpty()
          ? missing(argument, "no pictures in this folder (%s)".formatted(endings()))
          : found;
    }
    if (Files.exists(path)) {
      return List.of(new Picture.InFile(argument, path));
    }
    if (isGlob(argument)) {
      return glob(argument);
    }
    return missing(argument, "no such file");
  }

  private static List<Picture> glob(String pattern) {
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      return missing(pattern, "not a file, and not a glob pattern (%s)".formatted(e.getMessage()));
    }
    Path root = fixedPart(pattern);
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : depthBelow(root, pattern);
    List<Picture> found =
        Files.isDirectory(root)
            ? walk(root, depth, file -> matcher.matches(file) && !isHidden(root, file))
            : List.of();
    return found.isEmpty() ? missing(pattern, "no file matches") : found;
  }

  /** The folder above the first wildcard. */
  private static Path fixedPart(String pattern) {
    int wildcard = 0;
    while (!isWildcard(pattern.charAt(wildcard))) {
      wildcard++;
    }
    int slash = pattern.lastIndexOf('/', wildcard);
    return Path.of(slash < 0 ? "" : pattern.substring(0, Math.max(slash, 1)));
  }

  private static int depthBelow(Path root, String pattern) {
    long slashes = pattern.chars().filter(c -> c == '/').count();
    int above = root.toString().isEmpty() ? 0 : root.getNameCount();
    return (int) Math.max(1, slashes + 1 - above);
  }

  private static List<Picture> walk(Path root, java.util.function.Predicate<Path> wanted) {
    return walk(root, Integer.MAX_VALUE, wanted);
  }

  private static List<Picture> walk(
      Path root, int depth, java.util.function.Predicate<Path> wanted) {
    List<Picture> found = new ArrayList<>();
    SimpleFileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (wanted.test(file) && Files.isRegularFile(file)) {
              found.add(new Picture.InFile(file.toString(), file));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            found.addAll(
                missing(file.toString(), "cannot be read (%s)".formatted(Paths.reason(e))));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @org.jspecify.annotations.Nullable IOException e) {
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(root, Set.of(), depth, visitor);
    } catch (IOException e) {
      return missing(root.toString(), "cannot be read (%s)".formatted(Paths.reason(e)));
    }
    found.sort(Comparator.comparing(Picture::name));
    return found;
  }

  private static boolean isPictureName(Path file) {
    String name = String.valueOf(file.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending);
  }

  private static boolean isHidden(Path root, Path file) {
    for (Path part : root.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGlob(String text) {
    return text.chars().anyMatch(c -> isWildcard((char) c));
  }

  private static boolean isWildcard(char c) {
    return c == '*' || c == '?' || c == '[' || c == '{';
  }

  private static List<Picture> missing(String name, String problem) {
    return List.of(new Picture.Missing(name, "%s: %s".formatted(name, problem)));
  }

  private static String endings() {
    return ENDINGS.stream().sorted().map(e -> "." + e).reduce((a, b) -> a + " " + b).orElse("");
  }
}
