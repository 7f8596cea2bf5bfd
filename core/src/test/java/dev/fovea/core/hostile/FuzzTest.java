package dev.fovea.core.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.json.Json;
import dev.fovea.core.weights.Npy;
import dev.fovea.core.weights.PickleFiles;
import dev.fovea.core.weights.RecordedFiles;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is in a file, a reader gives tensors that can be read or refuses it with one line; it
 * does not crash, hang, or take memory out of proportion.
 */
class FuzzTest {
  private static final Path PICKLES = RecordedFiles.TESTDATA.resolve("pickles");
  private static final byte[] SMALL_MODEL =
      SafeTensorsAttacks.file(
          "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F16\",\"shape\":[2,2],\"data_offsets\":[8,16]}}",
          16);
  private static final Path SMALL_CONFIG =
      RecordedFiles.PARITY.resolve("models/clip-quickgelu/config.json");

  @Test
  void safetensors() {
    Fuzzer.run(
        "safetensors",
        seeds(SafeTensorsAttacks.all(), SMALL_MODEL),
        words("{", "}", "[", "]", "\"", ",", ":", "\"dtype\"", "\"shape\"", "\"F32\"", "\0"),
        file -> readAll(file, "model.safetensors"));
  }

  /** The header is changed and its length is right, so that more files pass the first check. */
  @Test
  void safetensorsHeaders() {
    List<byte[]> headers =
        seeds(SafeTensorsAttacks.all(), SMALL_MODEL).stream()
            .filter(file -> file.length > 9 && file[8] == '{')
            .map(FuzzTest::header)
            .toList();
    Fuzzer.run(
        "safetensors-header",
        headers,
        words(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "\"dtype\":\"F16\"",
            "\"shape\":[0]",
            "\"data_offsets\":[0,4]",
            "\"__metadata__\":{}",
            "null",
            "\"b\":",
            "\\u0061",
            "-"),
        header ->
            readAll(
                new ByteBuilder().u64(header.length).bytes(header).bytes(new byte[16]).build(),
                "model.safetensors"));
  }

  @Test
  void indexes() {
    byte[] shard =
        SafeTensorsAttacks.file(
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1);
    String good = "{\"metadata\":{\"total_size\":1},\"weight_map\":{\"a\":\"s.safetensors\"}}";
    String index = "model.safetensors.index.json";
    Fuzzer.run(
        "index",
        seeds(IndexAttacks.all(), Attack.utf8(good)),
        words("{", "}", "\"a\":", "\"s.safetensors\"", "\"weight_map\":", "..", "/", ",", "[", "]"),
        file -> {
          try (Arena arena = Arena.ofConfined()) {
            ModelFiles files = new MemoryFiles(Map.of(index, file, "s.safetensors", shard));
            touch(WeightFiles.open(files, index, arena));
          }
        });
  }

  /** The pickle is changed and the archive around it is sound. */
  @Test
  void pickles() {
    List<byte[]> pickles = new ArrayList<>(List.of(TorchArchive.goodPickle()));
    for (Attack attack : PickleAttacks.all()) {
      byte[] file = attack.files().getOrDefault(attack.opened(), new byte[0]);
      if (file.length < Fuzzer.LARGEST) {
        pickles.add(firstEntry(file));
      }
    }
    Fuzzer.run(
        "pickle",
        pickles,
        opcodes(),
        pickle -> readAll(TorchArchive.of(pickle), "pytorch_model.bin"));
  }

  /** The same with a pickle that PyTorch wrote and its storages. */
  @Test
  void picklesOfPyTorch() {
    byte[] pickle = firstEntry(read(PICKLES.resolve("views.bin")));
    ZipWriter storages = new ZipWriter();
    try (ZipFile zip = new ZipFile(PICKLES.resolve("views.bin").toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.getName().endsWith("/data.pkl")) {
          storages.add(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Fuzzer.run(
        "torch-pickle",
        List.of(pickle),
        opcodes(),
        changed -> readAll(storages.copy().add("views/data.pkl", changed).build(), "model.bin"));
  }

  @Test
  void torchScriptPickles() {
    byte[] module =
        PickleWriter.protocol2()
            .global("__torch__.m", "Net")
            .op(')')
            .op(0x81)
            .op('}')
            .text("w")
            .tensor()
            .op('s')
            .op('b')
            .stop();
    Fuzzer.run(
        "torchscript-pickle",
        List.of(module, firstEntry(read(PICKLES.resolve("scripted.pt")))),
        opcodes(),
        pickle ->
            readAll(
                TorchArchive.with(pickle).add("archive/constants.pkl", new byte[0]).build(),
                "model.pt"));
  }

  @Test
  void zipArchives() {
    List<byte[]> seeds = seeds(ZipAttacks.all(), TorchArchive.of(TorchArchive.goodPickle()));
    seeds.add(read(PICKLES.resolve("no-checksums.bin")));
    seeds.add(read(PICKLES.resolve("nested.pth")));
    Fuzzer.run(
        "zip",
        seeds,
        words(
            "PK\1\2",
            "PK\3\4",
            "PK\5\6",
            "PK\6\6",
            "PK\6\7",
            "archive/data/0",
            "/data.pkl",
            "\0\0"),
        file -> readAll(file, "model.pt"));
  }

  @Test
  void oldTorchFiles() {
    Fuzzer.run(
        "old-torch",
        seeds(LegacyAttacks.all(), read(PICKLES.resolve("legacy.bin"))),
        opcodes(),
        file -> readAll(file, "pytorch_model.bin"));
  }

  @Test
  void json() {
    List<byte[]> seeds = seeds(JsonAttacks.all(), read(SMALL_CONFIG));
    Fuzzer.run(
        "json",
        seeds,
        words(
            "{", "}", "[", "]", "\"", ",", ":", "null", "true", "1e9", "-", "\\u", "\"n\":", "\n"),
        FuzzTest::readConfig);
  }

  @Test
  void npy() {
    List<byte[]> seeds =
        seeds(NpyAttacks.all(), read(RecordedFiles.TESTDATA.resolve("npy/matrix_f4.npy")));
    Fuzzer.run(
        "npy",
        seeds,
        words("'", "(", ")", ",", ":", "'shape'", "'<f2'", "True", "{", "}", "\n"),
        bytes -> {
          try (Arena arena = Arena.ofConfined()) {
            touch(Npy.read(new MemoryFiles(Map.of("x.npy", bytes)), "x.npy", arena));
          }
        });
  }

  private static void readAll(byte[] file, String name) {
    try (Arena arena = Arena.ofConfined()) {
      ModelFiles files = new MemoryFiles(Map.of(name, file));
      touch(
          name.endsWith(".safetensors")
              ? SafeTensors.read(files, name, arena)
              : PickleFiles.read(files, name, arena));
    }
  }

  private static void touch(WeightFiles weights) {
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              assertEquals(name, tensor.name());
              touch(tensor);
            });
  }

  /** Reads the ends of a tensor; its record has checked that shape and data agree. */
  private static void touch(StoredTensor tensor) {
    long bytes = tensor.data().byteSize();
    assertEquals(tensor.elementCount() * tensor.dtype().byteSize(), bytes);
    if (bytes > 0) {
      byte first = tensor.data().get(ValueLayout.JAVA_BYTE, 0);
      byte last = tensor.data().get(ValueLayout.JAVA_BYTE, bytes - 1);
      assertEquals((byte) (first + last), (byte) (last + first));
    }
  }

  /** Asks for every field as everything; each may be refused on its own. */
  private static void readConfig(byte[] bytes) {
    JsonNode root = Json.parse(bytes, "memory/config.json");
    Config config = Config.of(root, "memory/config.json");
    for (String field : root.propertyNames()) {
      List<Consumer<Config>> uses =
          List.of(
              c -> c.size(field, 1),
              c -> c.integer(field, 0, -5, 5),
              c -> c.number(field, 0),
              c -> c.flag(field, true),
              c -> c.text(field, ""),
              c -> c.sizes(field, List.of(1)),
              c -> c.activation(field, "gelu"),
              c -> c.objects(field),
              c -> c.object(field).size("hidden_size", 1));
      for (Consumer<Config> use : uses) {
        try {
          use.accept(config);
        } catch (BadInputException e) {
          assertEquals(1, String.valueOf(e.getMessage()).lines().count());
        }
      }
    }
  }

  private static List<byte[]> seeds(List<Attack> attacks, byte[] good) {
    List<byte[]> seeds = new ArrayList<>(List.of(good));
    for (Attack attack : attacks) {
      byte[] file = attack.files().getOrDefault(attack.opened(), new byte[0]);
      if (file.length < Fuzzer.LARGEST) {
        seeds.add(file);
      }
    }
    return seeds;
  }

  private static byte[] header(byte[] safetensors) {
    long length = ByteBuffer.wrap(safetensors).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int end = Math.clamp(length + 8, 8, safetensors.length);
    return Arrays.copyOfRange(safetensors, 8, end);
  }

  /** The content of the first file of an archive, which is its pickle. */
  private static byte[] firstEntry(byte[] zip) {
    ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int start = 30 + in.getShort(26) + in.getShort(28);
    int end = start;
    while (end + 4 < zip.length && !isSignature(in.getInt(end))) {
      end++;
    }
    return Arrays.copyOfRange(zip, start, end);
  }

  private static boolean isSignature(int value) {
    return value == 0x04034b50 || value == 0x02014b50 || value == 0x08074b50;
  }

  private static List<byte[]> opcodes() {
    List<byte[]> words = new ArrayList<>();
    for (int opcode :
        "(.012NJKMGXTUB)t]la}desucRbQqrhj\200\201\205\206\207\210\211\212\213".chars().toArray()) {
      words.add(new byte[] {(byte) opcode});
    }
    PickleWriter tensor = PickleWriter.protocol2().tensor();
    words.add(Arrays.copyOfRange(tensor.unfinished(), 2, tensor.unfinished().length));
    words.add(Attack.utf8("ctorch._utils\n_rebuild_tensor_v2\n"));
    words.add(Attack.utf8("ccollections\nOrderedDict\n)R"));
    words.add(Attack.utf8("ctorch\nFloatStorage\n"));
    words.add(new byte[] {'X', 1, 0, 0, 0, 'w'});
    return words;
  }

  private static List<byte[]> words(String... words) {
    return Stream.of(words).map(Attack::utf8).toList();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
