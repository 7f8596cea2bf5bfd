package dev.fovea.core.hostile;

import dev.fovea.core.weights.WeightFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Attacks on the unpickler: code, its stack and memo, containers, tensors and their storages. */
final class PickleAttacks {
  private static final String FILE = "pytorch_model.bin";

  private final List<Attack> attacks = new ArrayList<>();

  private PickleAttacks() {}

  static List<Attack> all() {
    PickleAttacks all = new PickleAttacks();
    all.code();
    all.opcodes();
    all.lengths();
    all.containers();
    all.tensors();
    all.storages();
    return all.attacks;
  }

  private void code() {
    call("pk-os-system", "a shell command", "os", "system");
    call("pk-posix-system", "a shell command by its other name", "posix", "system");
    call("pk-eval", "Python code", "builtins", "eval");
    call("pk-exec-py2", "Python code, as Python 2 calls it", "__builtin__", "exec");
    call("pk-getattr", "the door to everything else", "builtins", "getattr");
    call("pk-subprocess", "a process", "subprocess", "Popen");
    call("pk-import", "a module", "importlib", "import_module");
    call("pk-runpy", "a script", "runpy", "run_path");
    call("pk-torch-load", "a second, unguarded load", "torch", "load");
    call("pk-hub", "code from the network", "torch.hub", "load");
    call("pk-numpy", "an array of NumPy", "numpy.core.multiarray", "_reconstruct");
    call("pk-class", "an object of a class of somebody's program", "train", "Options");
    call("pk-java", "a class of the Java library", "java.lang.Runtime", "getRuntime");
    call(
        "pk-storage-call",
        "a call of an allowed name that is no function",
        "torch",
        "FloatStorage");
    call(
        "pk-near-name",
        "a name that only starts like an allowed one",
        "collections",
        "OrderedDictX");
    call("pk-sparse", "a tensor of another kind", "torch._utils", "_rebuild_sparse_tensor");
    call("pk-script-class", "a TorchScript class outside TorchScript", "__torch__.m", "Net");
    pickle(
        "pk-stack-global",
        "a shell command whose name is computed",
        p -> p.text("os").text("system").op(0x93).text("id").op(0x85).op('R'),
        "asks for 'os.system'");
    pickle(
        "pk-global-two-lines",
        "a name that forges a second line of output",
        p -> p.text("os").text("x\nDONE").op(0x93),
        "'os.x\\u000aDONE'");
    zipped(
        "pk-call-two-lines",
        "a call that forges a second line of output",
        pickle().global("torch", "float32\rOK").stop(),
        "'torch.float32\\u000dOK'");
    pickle(
        "pk-newobj-dict",
        "an object made of an allowed function",
        p -> p.global("collections", "OrderedDict").op(')').op(0x81),
        "makes an object of 'collections.OrderedDict'");
    pickle(
        "pk-ordered-dict-arguments",
        "an allowed function with arguments of its own",
        p -> p.global("collections", "OrderedDict").text("x").op(0x85).op('R'),
        "with 1 arguments");
    pickle(
        "pk-state-on-tensor",
        "state set on a tensor",
        p -> p.tensor().op('}').op('b'),
        "sets a dictionary of 0 on a tensor");
    refusedOpcode("pk-inst", "a class called by opcode i", "(ios\nsystem\n");
    refusedOpcode("pk-obj", "a class called by opcode o", "(o");
    refusedOpcode("pk-newobj-ex", "an object with keywords", ")}\u0092");
    refusedOpcode("pk-extension", "a name by number", "\u0082\u0001");
    refusedOpcode("pk-persistent-text", "a storage by a line of text", "P0\n");
    refusedOpcode("pk-protocol-0-text", "a string of protocol 0", "S'w'\n");
    refusedOpcode("pk-protocol-0-number", "a number of protocol 0", "I1\n");
    refusedOpcode("pk-buffer", "a buffer from outside", "\u0097");
    refusedOpcode("pk-set", "a set", "\u008f");
  }

  private void opcodes() {
    zipped("pk-empty", "a pickle of no bytes", new byte[0], "truncated");
    zipped("pk-no-stop", "a pickle that does not end", pickle().op('}').unfinished(), "truncated");
    zipped("pk-stop-first", "a pickle that ends at once", pickle().stop(), "more values than");
    zipped("pk-old-protocol", "protocol 1", new PickleWriter().op(0x80, 1).stop(), "protocol 1");
    zipped("pk-new-protocol", "protocol 6", new PickleWriter().op(0x80, 6).stop(), "protocol 6");
    zipped(
        "pk-after-stop",
        "a second pickle behind the first",
        new ByteBuilder().bytes(TorchArchive.goodPickle()).bytes(TorchArchive.goodPickle()).build(),
        "bytes after its end");
    pickle("pk-left-over", "values left on the stack", p -> p.op('N').op('N'), "values left over");
    pickle("pk-open-mark", "a group that stays open", p -> p.op('N').op('(').op('N'), "left over");
    pickle("pk-pop-empty", "a value taken from nothing", p -> p.op('0'), "more values than");
    pickle("pk-dup-empty", "a value repeated from nothing", p -> p.op('2'), "more values than");
    pickle(
        "pk-tuple-short", "a tuple of more than there is", p -> p.op('N').op(0x87), "more values");
    pickle("pk-no-mark", "a group closed that was not opened", p -> p.op('t'), "not opened");
    pickle("pk-memo-missing", "a value that was not stored", p -> p.op('h', 7), "value 7");
    pickle("pk-memo-empty", "nothing stored", p -> p.op('q', 0), "more values than");
    pickle(
        "pk-odd-items", "a key without a value", p -> p.op('}').op('(').op('N').op('u'), "without");
    pickle("pk-append-tuple", "a tuple that grows", p -> p.op(')').op('N').op('a'), "appends to");
    pickle(
        "pk-item-of-list",
        "an entry of a list",
        p -> p.op(']').text("k").op('N').op('s'),
        "entries");
    pickle("pk-key-list", "a list as key", p -> p.op('}').op(']').op('N').op('s'), "as a key");
    pickle(
        "pk-global-by-number",
        "a global named by a number",
        p -> p.op('K', 1).op('K', 1).op(0x93),
        "names");
    pickle(
        "pk-reduce-number", "a number that is called", p -> p.op('K', 1).op(')').op('R'), "calls");
    pickle(
        "pk-arguments-dict",
        "arguments that are no tuple",
        p -> p.global("torch", "Size").op('}').op('R'),
        "tuple");
  }

  private void lengths() {
    pickle("pk-text-4gb", "a string of 4 GB", p -> p.op('X', 255, 255, 255, 255), "truncated");
    pickle(
        "pk-text-8eb",
        "a string of 8 EB",
        p -> p.op(0x8d).raw(new ByteBuilder().u64(Long.MAX_VALUE).build()),
        "truncated");
    pickle(
        "pk-text-negative",
        "a string of negative length",
        p -> p.op(0x8d).raw(new ByteBuilder().u64(-8).build()),
        "truncated");
    pickle(
        "pk-bytes-8eb",
        "bytes of 8 EB",
        p -> p.op(0x8e).raw(new ByteBuilder().u64(Long.MAX_VALUE).build()),
        "truncated");
    pickle("pk-number-4gb", "a number of 4 GB", p -> p.op(0x8b, 255, 255, 255, 255), "truncated");
    pickle(
        "pk-name-cut",
        "a name that does not end",
        p -> p.op('c').raw(Attack.utf8("os")),
        "truncated");
    pickle(
        "pk-text-latin1", "a string that is not UTF-8", p -> p.op('X', 1, 0, 0, 0, 0xe9), "UTF-8");
    pickle(
        "pk-many-values",
        "three million values",
        p -> p.raw(new ByteBuilder().repeat(3_000_000, (byte) 'N').build()),
        "more than 2,000,000 steps");
    pickle(
        "pk-many-marks",
        "three million open groups",
        p -> p.raw(new ByteBuilder().repeat(3_000_000, (byte) '(').build()),
        "more than 2,000,000 steps");
    pickle(
        "pk-many-memos",
        "three million stored values",
        p -> p.op('N').raw(new ByteBuilder().repeat(3_000_000, (byte) 0x94).build()),
        "more than 2,000,000 steps");
  }

  private void containers() {
    pickle("pk-none", "nothing at all", p -> p.op('N'), "holds no tensors, only None");
    pickle("pk-empty-dict", "no tensors", p -> p.op('}'), "holds no tensors");
    pickle(
        "pk-list-in-itself",
        "a list that holds itself",
        p -> p.op(']').op('2').op('a'),
        "too deep");
    pickle(
        "pk-dict-in-itself",
        "a dictionary that holds itself",
        p -> p.op('}').op('q', 0).text("k").op('h', 0).op('s'),
        "too deep");
    pickle(
        "pk-deep",
        "lists nested 100,000 deep",
        p ->
            p.raw(new ByteBuilder().repeat(100_000, (byte) ']').build())
                .raw(new ByteBuilder().repeat(99_999, (byte) 'a').build()),
        "too deep");
    pickle("pk-many-paths", "a tensor that has 2^60 names", PickleAttacks::manyPaths, "too many");
    pickle(
        "pk-long-name",
        "a name of 100,000 characters",
        p -> p.op('}').text("n".repeat(100_000)).tensor().op('s'),
        "100000 characters");
    pickle(
        "pk-same-key",
        "two tensors of one name",
        p -> p.op('}').op('(').text("w").tensor().text("w").tensor().op('u'),
        "two entries called 'w'");
    pickle(
        "pk-same-key-number",
        "a name and a number that read alike",
        p -> p.op('}').op('(').text("1").tensor().op('K', 1).tensor().op('u'),
        "two entries called '1'");
    pickle(
        "pk-same-path",
        "two tensors whose dotted names are one",
        p ->
            p.op('}')
                .op('(')
                .text("a.b")
                .tensor()
                .text("a")
                .op('}')
                .text("b")
                .tensor()
                .op('s')
                .op('u'),
        "two tensors called 'a.b'");
  }

  /** Each dictionary holds the one before it twice. */
  private static void manyPaths(PickleWriter p) {
    p.op('}').text("w").tensor().op('s').op('q', 0);
    for (int i = 0; i < 60; i++) {
      p.op('}').op('(').text("a").op('h', i).text("b").op('h', i).op('u').op('q', i + 1);
    }
    // Only the outermost is left on the stack.
    p.op('q', 255);
    for (int i = 0; i < 61; i++) {
      p.op('0');
    }
    p.op('h', 255);
  }

  private void tensors() {
    tensor(
        "pk-stride-negative",
        "a negative step",
        0,
        List.of(2L, 2L),
        List.of(-2L, 1L),
        "do not describe");
    tensor(
        "pk-size-negative",
        "a negative size",
        0,
        List.of(-2L, -2L),
        List.of(2L, 1L),
        "do not describe");
    tensor(
        "pk-offset-negative",
        "memory before the storage",
        -4,
        List.of(4L),
        List.of(1L),
        "do not describe");
    tensor(
        "pk-rank-differs",
        "a shape and steps of other rank",
        0,
        List.of(2L),
        List.of(2L, 1L),
        "do not describe");
    tensor(
        "pk-offset-beyond",
        "memory behind the storage",
        1,
        List.of(4L),
        List.of(1L),
        "ends at byte 20");
    tensor(
        "pk-shape-beyond",
        "a shape larger than the storage",
        0,
        List.of(5L),
        List.of(1L),
        "ends at byte 20");
    tensor(
        "pk-stride-beyond",
        "steps that leave the storage",
        0,
        List.of(2L, 2L),
        List.of(3L, 1L),
        "ends at byte 20");
    tensor(
        "pk-product-overflow",
        "sizes whose product passes 2^63",
        0,
        List.of(1L << 40, 1L << 40),
        List.of(0L, 0L),
        "overflows 64 bits");
    tensor(
        "pk-offset-overflow",
        "an offset whose bytes pass 2^63",
        Long.MAX_VALUE / 2,
        List.of(1L),
        List.of(1L),
        "overflows 64 bits");
    tensor(
        "pk-step-wraps",
        "steps that wrap around to the start",
        0,
        List.of(3L, 2L),
        List.of(Long.MAX_VALUE, 1L),
        "overflows 64 bits");
    tensor(
        "pk-expand-bomb",
        "four bytes shown as 4 TB",
        0,
        List.of(1L << 20, 1L << 20),
        List.of(0L, 0L),
        "would take 4398046511104 bytes");
    pickle(
        "pk-expand-many",
        "a thousand tensors that repeat four bytes a million times",
        p -> {
          p.op('}').op('(');
          for (int i = 0; i < 1000; i++) {
            p.text("w" + i).tensor(0, List.of(1000L, 250L - i % 2, 1L), List.of(0L, 0L, 1L));
          }
          p.op('u');
        },
        "more than the file has");
    pickle(
        "pk-rank-40",
        "forty dimensions",
        p -> p.tensor(0, Collections.nCopies(40, 1L), Collections.nCopies(40, 1L)),
        "do not describe");
    pickle(
        "pk-shape-of-text",
        "a string as size",
        p ->
            p.global("torch._utils", "_rebuild_tensor_v2")
                .op('(')
                .storage("FloatStorage", "0", 4)
                .number(0)
                .text("x")
                .op(0x85)
                .tuple(1)
                .op(0x89)
                .op('}')
                .op('t')
                .op('R'),
        "a tensor's shape holds the string 'x'");
    pickle(
        "pk-tensor-of-text",
        "a string as storage",
        p ->
            p.global("torch._utils", "_rebuild_tensor")
                .op('(')
                .text("0")
                .number(0)
                .tuple(1)
                .tuple(1)
                .op('t')
                .op('R'),
        "expected a storage");
    pickle(
        "pk-tensor-arguments",
        "a tensor from too little",
        p -> p.global("torch._utils", "_rebuild_tensor_v2").op(')').op('R'),
        "with 0 arguments");
    pickle(
        "pk-dtype-unknown",
        "a tensor of a type that is not known",
        p ->
            p.global("torch._utils", "_rebuild_tensor_v3")
                .op('(')
                .storage("FloatStorage", "0", 4)
                .number(0)
                .tuple(1)
                .tuple(1)
                .op(0x89)
                .op('}')
                .global("torch", "complex64")
                .op('t')
                .op('R'),
        "asks for 'torch.complex64'");
    pickle(
        "pk-dtype-wide",
        "a tensor whose elements are wider than its storage's",
        p ->
            p.global("torch._utils", "_rebuild_tensor_v3")
                .op('(')
                .storage("FloatStorage", "0", 4)
                .number(0)
                .tuple(4)
                .tuple(1)
                .op(0x89)
                .op('}')
                .global("torch", "float64")
                .op('t')
                .op('R'),
        "ends at byte 32 of a storage of 16");
  }

  private void storages() {
    storage(
        "pk-storage-missing",
        "a storage that is not in the archive",
        "FloatStorage",
        "9",
        4,
        "missing");
    storage(
        "pk-storage-parent",
        "a storage outside the archive",
        "FloatStorage",
        "../data.pkl",
        4,
        "missing");
    storage(
        "pk-storage-long",
        "a storage larger than its entry",
        "FloatStorage",
        "0",
        5,
        "has 16 bytes");
    storage(
        "pk-storage-short",
        "a storage smaller than its entry",
        "FloatStorage",
        "0",
        3,
        "has 16 bytes");
    storage(
        "pk-storage-wraps",
        "a size that wraps to 16 bytes",
        "FloatStorage",
        "0",
        (1L << 62) + 4,
        "has 16");
    storage(
        "pk-storage-negative", "a negative size", "FloatStorage", "0", -4, "expected a storage");
    storage("pk-storage-complex", "complex numbers", "ComplexFloatStorage", "0", 2, "asks for");
    storage(
        "pk-storage-dtype",
        "a type in place of a storage",
        "float32",
        "0",
        4,
        "has a storage of type");
    pickle(
        "pk-storage-two-types",
        "one storage of two types",
        p -> p.op('}').op('(').text("a").tensor().text("b").storage("HalfStorage", "0", 8).op('u'),
        "is elsewhere storage '0' of 4 F32");
    pickle(
        "pk-storage-text", "a storage by a string", p -> p.text("0").op('Q'), "expected a tuple");
    pickle(
        "pk-storage-empty", "a storage by nothing", p -> p.op(')').op('Q'), "expected a storage");
  }

  private static PickleWriter pickle() {
    return PickleWriter.protocol2();
  }

  private void call(String name, String what, String module, String function) {
    pickle(
        name,
        what,
        p -> p.global(module, function).text("id").op(0x85).op('R'),
        module + "." + function);
  }

  private void refusedOpcode(String name, String what, String latin1) {
    ByteBuilder bytes = new ByteBuilder();
    latin1.chars().forEach(bytes::u8);
    zipped(name, what, pickle().raw(bytes.build()).stop(), "which no writer of tensors uses");
  }

  private void tensor(
      String name, String what, long offset, List<Long> shape, List<Long> stride, String message) {
    pickle(name, what, p -> p.op('}').text("w").tensor(offset, shape, stride).op('s'), message);
  }

  private void storage(
      String name, String what, String type, String key, long elements, String message) {
    pickle(
        name,
        what,
        p ->
            p.op('}')
                .text("w")
                .global("torch._utils", "_rebuild_tensor")
                .op('(')
                .storage(type, key, elements)
                .number(0)
                .tuple(1)
                .tuple(1)
                .op('t')
                .op('R')
                .op('s'),
        message);
  }

  private void pickle(String name, String what, Consumer<PickleWriter> body, String... message) {
    PickleWriter writer = pickle();
    body.accept(writer);
    zipped(name, what, writer.stop(), message);
  }

  private void zipped(String name, String what, byte[] pickle, String... message) {
    attacks.add(Attack.of(name, what, FILE, TorchArchive.of(pickle), WeightFiles::open, message));
  }
}
