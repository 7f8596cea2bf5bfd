package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pickle machine, without its power: it makes {@link Pickled} values and calls nothing but what
 * {@link PickleGlobals} lists. It reads the opcodes of protocols 2 to 5 that PyTorch's writers use
 * and refuses the others.
 *
 * <p>Source: the opcode table of Python's {@code pickletools}.
 */
final class Unpickler {
  /** Some twenty steps make a tensor, so this is room for a hundred thousand tensors. */
  private static final int MAX_VALUES = 2_000_000;

  private static final Pickled.Int[] SMALL_INTS = smallInts();

  private final LittleEndian in;
  private final String source;
  private final PickleGlobals globals;
  private final Map<Long, Pickled> memo = new HashMap<>();
  private final List<List<Pickled>> outerStacks = new ArrayList<>();
  private List<Pickled> stack = new ArrayList<>();
  private int values;

  private Unpickler(LittleEndian in, String source, PickleGlobals globals) {
    this.in = in;
    this.source = source;
    this.globals = globals;
  }

  /**
   * Reads one pickle; the reader stands behind it afterwards.
   *
   * @param source what to call the pickle in errors
   * @param torchScript whether classes of TorchScript modules may occur
   * @param storages receives every storage that the pickle names, by its key
   * @throws BadInputException if it is damaged or would build anything but tensors
   */
  static Pickled read(
      LittleEndian in, String source, boolean torchScript, Map<String, Pickled.Storage> storages) {
    return new Unpickler(in, source, new PickleGlobals(source, torchScript, storages)).run();
  }

  private Pickled run() {
    while (true) {
      long at = in.position();
      int opcode = in.u8();
      if (opcode == '.') {
        Pickled result = pop(at);
        if (!stack.isEmpty() || !outerStacks.isEmpty()) {
          throw fail(at, "ends with values left over");
        }
        return result;
      }
      step(opcode, at);
    }
  }

  private void step(int opcode, long at) {
    switch (opcode) {
      case 0x80 -> protocol(at);
      case 0x95 -> in.skip(8);
      case '(' -> mark(at);
      case '0' -> pop(at);
      case '1' -> popMark(at);
      case '2' -> push(top(at), at);
      case 'N' -> push(Pickled.Plain.NONE, at);
      case 0x88 -> push(Pickled.Plain.TRUE, at);
      case 0x89 -> push(Pickled.Plain.FALSE, at);
      case 'J' -> push(number(in.i32()), at);
      case 'K' -> push(number(in.u8()), at);
      case 'M' -> push(number(in.u16()), at);
      case 0x8a -> push(longNumber(in.bytes(in.u8())), at);
      case 0x8b -> push(longNumber(in.bytes(in.u32())), at);
      case 'G' -> {
        in.skip(8);
        push(Pickled.Plain.FLOAT, at);
      }
      case 'X' -> push(text(in.u32(), at), at);
      case 0x8c -> push(text(in.u8(), at), at);
      case 0x8d -> push(text(in.i64(), at), at);
      case 'T', 'B' -> skipBytes(in.u32(), at);
      case 'U', 'C' -> skipBytes(in.u8(), at);
      case 0x8e, 0x96 -> skipBytes(in.i64(), at);
      case ')' -> push(Pickled.Sequence.tuple(List.of()), at);
      case 't' -> push(Pickled.Sequence.tuple(popMark(at)), at);
      case 0x85 -> tuple(1, at);
      case 0x86 -> tuple(2, at);
      case 0x87 -> tuple(3, at);
      case ']' -> push(Pickled.Sequence.list(), at);
      case 'l' -> {
        Pickled.Sequence list = Pickled.Sequence.list();
        list.items().addAll(popMark(at));
        push(list, at);
      }
      case 'a' -> {
        Pickled item = pop(at);
        list(at).items().add(item);
      }
      case 'e' -> {
        List<Pickled> items = popMark(at);
        list(at).items().addAll(items);
      }
      case '}' -> push(Pickled.Dict.dictionary(), at);
      case 'd' -> {
        Pickled.Dict dict = Pickled.Dict.dictionary();
        putAll(dict, popMark(at), at);
        push(dict, at);
      }
      case 's' -> {
        Pickled value = pop(at);
        Pickled key = pop(at);
        put(dict(at), key, value, at);
      }
      case 'u' -> {
        List<Pickled> items = popMark(at);
        putAll(dict(at), items, at);
      }
      case 'c' -> push(globals.find(line(at), line(at)), at);
      case 0x93 -> {
        Pickled name = pop(at);
        Pickled module = pop(at);
        if (!(module instanceof Pickled.Text(String m) && name instanceof Pickled.Text(String n))) {
          throw fail(at, "names a global by %s".formatted(name.describe()));
        }
        push(globals.find(m, n), at);
      }
      case 'R' -> {
        Pickled arguments = pop(at);
        push(globals.call(pop(at), arguments), at);
      }
      case 0x81 -> {
        Pickled arguments = pop(at);
        push(globals.newObject(pop(at), arguments), at);
      }
      case 'b' -> build(at);
      case 'Q' -> push(globals.storageById(pop(at)), at);
      case 'q' -> remember(in.u8(), at);
      case 'r' -> remember(in.u32(), at);
      case 0x94 -> remember(memo.size(), at);
      case 'h' -> push(recall(in.u8(), at), at);
      case 'j' -> push(recall(in.u32(), at), at);
      default ->
          throw fail(at, "has opcode 0x%02x, which no writer of tensors uses".formatted(opcode));
    }
  }

  private void protocol(long at) {
    int protocol = in.u8();
    if (protocol < 2 || protocol > 5) {
      throw fail(at, "is of protocol %d, expected 2 to 5".formatted(protocol));
    }
  }

  /** The state of a module is its attributes; that of a dictionary is notes, as _metadata. */
  private void build(long at) {
    Pickled state = pop(at);
    if (!(top(at) instanceof Pickled.Dict dict && state instanceof Pickled.Dict from)) {
      throw fail(at, "sets %s on %s".formatted(state.describe(), top(at).describe()));
    }
    if (dict.isModule() && dict != from) {
      from.entries().forEach((key, value) -> put(dict, new Pickled.Text(key), value, at));
    }
  }

  private Pickled longNumber(byte[] littleEndian) {
    if (littleEndian.length > Long.BYTES) {
      return Pickled.Plain.LARGE_INT;
    }
    long value = 0;
    for (int i = littleEndian.length - 1; i >= 0; i--) {
      value =
          i == littleEndian.length - 1 ? littleEndian[i] : value << 8 | (littleEndian[i] & 0xff);
    }
    return number(value);
  }

  private static Pickled number(long value) {
    return value >= 0 && value < SMALL_INTS.length
        ? SMALL_INTS[(int) value]
        : new Pickled.Int(value);
  }

  private Pickled text(long length, long at) {
    return new Pickled.Text(utf8(in.bytes(length), at));
  }

  private void skipBytes(long length, long at) {
    in.skip(length);
    push(Pickled.Plain.BYTES, at);
  }

  /** A line of a global's name. */
  private String line(long at) {
    long start = in.position();
    long length = 0;
    while (in.u8() != '\n') {
      length++;
    }
    return utf8(in.bytesAt(start, length), at);
  }

  private String utf8(byte[] bytes, long at) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw fail(at, "has a string that is not UTF-8");
    }
  }

  private void tuple(int size, long at) {
    if (stack.size() < size) {
      throw fail(at, "takes more values than there are");
    }
    List<Pickled> top = stack.subList(stack.size() - size, stack.size());
    Pickled tuple = Pickled.Sequence.tuple(top);
    top.clear();
    push(tuple, at);
  }

  private void putAll(Pickled.Dict dict, List<Pickled> items, long at) {
    if (items.size() % 2 != 0) {
      throw fail(at, "has a key without a value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      put(dict, items.get(i), items.get(i + 1), at);
    }
  }

  private void put(Pickled.Dict dict, Pickled key, Pickled value, long at) {
    String name =
        switch (key) {
          case Pickled.Text(String text) -> text;
          case Pickled.Int(long number) -> Long.toString(number);
          default -> throw fail(at, "has %s as a key".formatted(key.describe()));
        };
    if (dict.entries().put(name, value) != null) {
      throw fail(at, "has two entries called %s".formatted(Quoted.of(name)));
    }
  }

  private void remember(long index, long at) {
    count(at);
    memo.put(index, top(at));
  }

  private Pickled recall(long index, long at) {
    Pickled value = memo.get(index);
    if (value == null) {
      throw fail(at, "refers to value %d, which was not stored".formatted(index));
    }
    return value;
  }

  private Pickled.Dict dict(long at) {
    if (top(at) instanceof Pickled.Dict dict) {
      return dict;
    }
    throw fail(at, "sets entries of %s".formatted(top(at).describe()));
  }

  private Pickled.Sequence list(long at) {
    if (top(at) instanceof Pickled.Sequence sequence && !sequence.isTuple()) {
      return sequence;
    }
    throw fail(at, "appends to %s".formatted(top(at).describe()));
  }

  private void mark(long at) {
    count(at);
    outerStacks.add(stack);
    stack = new ArrayList<>(4);
  }

  private List<Pickled> popMark(long at) {
    if (outerStacks.isEmpty()) {
      throw fail(at, "closes a group that was not opened");
    }
    List<Pickled> group = stack;
    stack = outerStacks.removeLast();
    return group;
  }

  private void push(Pickled value, long at) {
    count(at);
    stack.add(value);
  }

  private void count(long at) {
    if (++values > MAX_VALUES) {
      throw fail(at, "has more than %,d steps".formatted(MAX_VALUES));
    }
  }

  private Pickled pop(long at) {
    top(at);
    return stack.removeLast();
  }

  private Pickled top(long at) {
    if (stack.isEmpty()) {
      throw fail(at, "takes more values than there are");
    }
    return stack.getLast();
  }

  private BadInputException fail(long at, String problem) {
    return new BadInputException("%s %s (at byte %d)".formatted(source, problem, at));
  }

  private static Pickled.Int[] smallInts() {
    Pickled.Int[] ints = new Pickled.Int[1024];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = new Pickled.Int(i);
    }
    return ints;
  }
}
