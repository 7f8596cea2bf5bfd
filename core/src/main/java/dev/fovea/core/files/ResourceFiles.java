package dev.fovea.core.files;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Files inside an artifact; they are read into memory, since a jar cannot be mapped. */
record ResourceFiles(Class<?> anchor, String prefix) implements ModelFiles {
  @Override
  public String describe(String name) {
    return "resource " + prefix + "/" + name;
  }

  @Override
  public boolean contains(String name) {
    return anchor.getResource(absolute(name)) != null;
  }

  @Override
  public byte[] read(String name) {
    try (InputStream in = anchor.getResourceAsStream(absolute(name))) {
      if (in == null) {
        throw new BadInputException(
            describe(name) + ": no such file; is the artifact that holds it on the class path?");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new BadInputException(
          "%s: cannot be read (%s)".formatted(describe(name), Reason.of(e)), e);
    }
  }

  @Override
  public MemorySegment map(String name, Arena arena) {
    byte[] bytes = read(name);
    MemorySegment segment = arena.allocate(bytes.length, 64);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment.asReadOnly();
  }

  @Override
  public List<String> list() {
    return List.of();
  }

  private String absolute(String name) {
    if (List.of(name.split("/", -1)).contains("..")) {
      throw new BadInputException(describe(name) + ": points outside the model's folder");
    }
    return "/" + prefix + "/" + name;
  }
}
