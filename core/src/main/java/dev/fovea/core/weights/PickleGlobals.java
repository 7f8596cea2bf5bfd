package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.core.tensor.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The only names that a pickle may ask for, and what each of them builds. Nothing is ever looked up
 * in the Java class path; a name that is not listed here is refused.
 *
 * <p>Source: {@code torch/_utils.py}, {@code torch/serialization.py} and {@code
 * torch/csrc/jit/serialization/pickler.cpp} of PyTorch, for the arguments of each.
 */
final class PickleGlobals {
  private static final Map<String, DType> STORAGES =
      Map.ofEntries(
          Map.entry("FloatStorage", DType.F32),
          Map.entry("DoubleStorage", DType.F64),
          Map.entry("HalfStorage", DType.F16),
          Map.entry("BFloat16Storage", DType.BF16),
          Map.entry("LongStorage", DType.I64),
          Map.entry("IntStorage", DType.I32),
          Map.entry("ShortStorage", DType.I16),
          Map.entry("CharStorage", DType.I8),
          Map.entry("ByteStorage", DType.U8),
          Map.entry("BoolStorage", DType.BOOL));
  private static final Map<String, DType> DTYPES =
      Map.ofEntries(
          Map.entry("float32", DType.F32),
          Map.entry("float64", DType.F64),
          Map.entry("float16", DType.F16),
          Map.entry("bfloat16", DType.BF16),
          Map.entry("int64", DType.I64),
          Map.entry("int32", DType.I32),
          Map.entry("int16", DType.I16),
          Map.entry("int8", DType.I8),
          Map.entry("uint8", DType.U8),
          Map.entry("bool", DType.BOOL),
          Map.entry("uint16", DType.U16),
          Map.entry("uint32", DType.U32),
          Map.entry("uint64", DType.U64),
          Map.entry("float8_e4m3fn", DType.F8_E4M3),
          Map.entry("float8_e5m2", DType.F8_E5M2));
  private static final String UNTYPED_STORAGE = "torch.storage.UntypedStorage";
  private static final Set<String> TYPED_LISTS =
      Set.of("build_intlist", "build_doublelist", "build_boollist", "build_tensorlist");
  private static final String TORCH_SCRIPT_CLASSES = "__torch__";

  private final String source;
  private final boolean torchScript;
  private final Map<String, Call> calls = new HashMap<>();
  private final Map<String, Pickled.Storage> storages;

  /** A function of the list and the numbers of arguments that its versions take. */
  private record Call(int least, int most, Function<List<Pickled>, Pickled> result) {}

  /**
   * The names allowed in one pickle.
   *
   * @param source what to call the pickle in errors
   * @param torchScript whether it belongs to a TorchScript archive, whose module classes become
   *     bags of attributes
   * @param storages receives every storage by its key
   */
  PickleGlobals(String source, boolean torchScript, Map<String, Pickled.Storage> storages) {
    this.source = source;
    this.storages = storages;
    this.torchScript = torchScript;
    allow("collections.OrderedDict", 0, 0, args -> Pickled.Dict.dictionary());
    allow("torch.Size", 1, 1, List::getFirst);
    allow("torch._utils._rebuild_parameter", 1, 3, List::getFirst);
    allow("torch._utils._rebuild_tensor", 4, 4, this::tensor);
    allow("torch._utils._rebuild_tensor_v2", 6, 7, this::tensor);
    allow("torch._utils._rebuild_tensor_v3", 7, 8, this::tensorOfDType);
    if (torchScript) {
      // They wrap lists whose elements have a declared type.
      TYPED_LISTS.forEach(name -> allow("torch.jit._pickle." + name, 1, 1, List::getFirst));
      allow("torch.jit._pickle.restore_type_tag", 2, 2, List::getFirst);
    }
  }

  private void allow(String name, int least, int most, Function<List<Pickled>, Pickled> result) {
    calls.put(name, new Call(least, most, result));
  }

  /**
   * A name, if it is on the list.
   *
   * @throws BadInputException otherwise
   */
  Pickled.Global find(String module, String name) {
    Pickled.Global global = new Pickled.Global(module, name);
    String qualified = global.qualified();
    boolean known =
        calls.containsKey(qualified)
            || qualified.equals(UNTYPED_STORAGE)
            || (module.equals("torch") && (STORAGES.containsKey(name) || DTYPES.containsKey(name)))
            || (torchScript && isModule(global));
    if (!known) {
      throw new BadInputException(
          "%s asks for %s, and only tensors and plain containers are read from a pickle; if you"
                  .formatted(source, Quoted.of(qualified))
              + " trust it, load it in Python and save its state_dict with safetensors");
    }
    return global;
  }

  private static boolean isModule(Pickled.Global global) {
    return global.module().equals(TORCH_SCRIPT_CLASSES)
        || global.module().startsWith(TORCH_SCRIPT_CLASSES + ".");
  }

  /** An object of a class without arguments: the only classes are TorchScript modules. */
  Pickled newObject(Pickled type, Pickled arguments) {
    if (type instanceof Pickled.Global global && isModule(global) && items(arguments).isEmpty()) {
      return Pickled.Dict.module();
    }
    throw new BadInputException(
        "%s makes an object of %s from %s; only tensors and plain containers are read"
            .formatted(source, type.describe(), arguments.describe()));
  }

  /** The result of a call. */
  Pickled call(Pickled function, Pickled arguments) {
    List<Pickled> args = items(arguments);
    Call call = function instanceof Pickled.Global global ? calls.get(global.qualified()) : null;
    if (call == null || args.size() < call.least() || args.size() > call.most()) {
      throw new BadInputException(
          "%s calls %s with %d arguments, which is not known"
              .formatted(source, function.describe(), args.size()));
    }
    return call.result().apply(args);
  }

  /** A storage by what stands in its place: the tuple {@code ("storage", type, key, where, n)}. */
  Pickled storageById(Pickled id) {
    List<Pickled> parts = items(id);
    if (parts.size() >= 5
        && parts.get(0) instanceof Pickled.Text(String kind)
        && kind.equals("storage")
        && parts.get(1) instanceof Pickled.Global type
        && parts.get(2) instanceof Pickled.Text(String key)
        && parts.get(4) instanceof Pickled.Int(long elements)
        && elements >= 0
        && (parts.size() == 5 || parts.get(5) == Pickled.Plain.NONE)) {
      Pickled.Storage storage = new Pickled.Storage(key, storageType(type), elements);
      Pickled.Storage earlier = storages.putIfAbsent(key, storage);
      if (earlier != null && !earlier.equals(storage)) {
        throw new BadInputException(
            "%s: %s is elsewhere %s".formatted(source, storage.describe(), earlier.describe()));
      }
      return storage;
    }
    throw new BadInputException(
        "%s refers to %s, expected a storage (type, key, device, size)"
            .formatted(source, id.describe()));
  }

  private DType storageType(Pickled.Global type) {
    if (type.qualified().equals(UNTYPED_STORAGE)) {
      return DType.U8;
    }
    return Optional.ofNullable(type.module().equals("torch") ? STORAGES.get(type.name()) : null)
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s has a storage of type %s, expected one of torch.FloatStorage and the like"
                        .formatted(source, type.describe())));
  }

  private Pickled tensor(List<Pickled> args) {
    return tensor(args, storage(args.get(0)).dtype());
  }

  private Pickled tensorOfDType(List<Pickled> args) {
    return tensor(args, dtype(args.get(6)));
  }

  private Pickled tensor(List<Pickled> args, DType dtype) {
    if (!(args.get(1) instanceof Pickled.Int(long offset))) {
      throw new BadInputException(
          "%s: a tensor's offset is %s".formatted(source, args.get(1).describe()));
    }
    return new Pickled.TensorView(
        storage(args.get(0)), dtype, offset, sizes(args.get(2)), sizes(args.get(3)));
  }

  private Pickled.Storage storage(Pickled value) {
    if (value instanceof Pickled.Storage storage) {
      return storage;
    }
    throw new BadInputException(
        "%s makes a tensor of %s, expected a storage".formatted(source, value.describe()));
  }

  private DType dtype(Pickled value) {
    if (value instanceof Pickled.Global global && global.module().equals("torch")) {
      DType dtype = DTYPES.get(global.name());
      if (dtype != null) {
        return dtype;
      }
    }
    throw new BadInputException(
        "%s makes a tensor of type %s, which is not known".formatted(source, value.describe()));
  }

  private List<Long> sizes(Pickled value) {
    return items(value).stream()
        .map(
            item -> {
              if (item instanceof Pickled.Int(long size)) {
                return size;
              }
              throw new BadInputException(
                  "%s: a tensor's shape holds %s".formatted(source, item.describe()));
            })
        .toList();
  }

  private List<Pickled> items(Pickled value) {
    if (value instanceof Pickled.Sequence sequence) {
      return sequence.items();
    }
    throw new BadInputException(
        "%s: expected a tuple, found %s".formatted(source, value.describe()));
  }
}
