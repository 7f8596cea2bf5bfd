package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
  private static final Pickled.Int[] SMALL_INTS = smallInts();

  private final LittleEndian in;
  private final PickleGlobals globals;
  private final Map<Long, Pickled> memo = new HashMap<>();
  private final PickleStack stack;

  private Unpickler(LittleEndian in, String source, PickleGlobals globals) {
    this.in = in;
    this.globals = globals;
    this.stack = new PickleStack(source);
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
        return stack.last(at);
      }
      step(opcode, at);
    }
  }

  private void step(int opcode, long at) {
    switch (opcode) {
      case 0x80 -> protocol(at);
      case 0x95 -> in.skip(8);
      case '(' -> stack.mark(at);
      case '0' -> stack.pop(at);
      case '1' -> stack.popMark(at);
      case '2' -> stack.push(stack.top(at), at);
      case 'N' -> stack.push(Pickled.Plain.NONE, at);
      case 0x88 -> stack.push(Pickled.Plain.TRUE, at);
      case 0x89 -> stack.push(Pickled.Plain.FALSE, at);
      case 'J' -> stack.push(number(in.i32()), at);
      case 'K' -> stack.push(number(in.u8()), at);
      case 'M' -> stack.push(number(in.u16()), at);
      case 0x8a -> stack.push(longNumber(in.bytes(in.u8())), at);
      case 0x8b -> stack.push(longNumber(in.bytes(in.u32())), at);
      case 'G' -> {
        in.skip(8);
        stack.push(Pickled.Plain.FLOAT, at);
      }
      case 'X' -> stack.push(text(in.u32(), at), at);
      case 0x8c -> stack.push(text(in.u8(), at), at);
      case 0x8d -> stack.push(text(in.i64(), at), at);
      case 'T', 'B' -> skipBytes(in.u32(), at);
      case 'U', 'C' -> skipBytes(in.u8(), at);
      case 0x8e, 0x96 -> skipBytes(in.i64(), at);
      case ')' -> stack.push(Pickled.Sequence.tuple(List.of()), at);
      case 't' -> stack.push(Pickled.Sequence.tuple(stack.popMark(at)), at);
      case 0x85 -> stack.push(Pickled.Sequence.tuple(stack.pop(1, at)), at);
      case 0x86 -> stack.push(Pickled.Sequence.tuple(stack.pop(2, at)), at);
      case 0x87 -> stack.push(Pickled.Sequence.tuple(stack.pop(3, at)), at);
      case ']' -> stack.push(Pickled.Sequence.list(), at);
      case 'l' -> {
        Pickled.Sequence list = Pickled.Sequence.list();
        list.items().addAll(stack.popMark(at));
        stack.push(list, at);
      }
      case 'a' -> {
        Pickled item = stack.pop(at);
        list(at).items().add(item);
      }
      case 'e' -> {
        List<Pickled> items = stack.popMark(at);
        list(at).items().addAll(items);
      }
      case '}' -> stack.push(Pickled.Dict.dictionary(), at);
      case 'd' -> {
        Pickled.Dict dict = Pickled.Dict.dictionary();
        putAll(dict, stack.popMark(at), at);
        stack.push(dict, at);
      }
      case 's' -> {
        Pickled value = stack.pop(at);
        Pickled key = stack.pop(at);
        put(dict(at), key, value, at);
      }
      case 'u' -> {
        List<Pickled> items = stack.popMark(at);
        putAll(dict(at), items, at);
      }
      case 'c' -> stack.push(globals.find(line(at), line(at)), at);
      case 0x93 -> {
        Pickled name = stack.pop(at);
        Pickled module = stack.pop(at);
        if (!(module instanceof Pickled.Text(String m) && name instanceof Pickled.Text(String n))) {
          throw stack.fail(at, "names a global by %s".formatted(name.describe()));
        }
        stack.push(globals.find(m, n), at);
      }
      case 'R' -> {
        Pickled arguments = stack.pop(at);
        stack.push(globals.call(stack.pop(at), arguments), at);
      }
      case 0x81 -> {
        Pickled arguments = stack.pop(at);
        stack.push(globals.newObject(stack.pop(at), arguments), at);
      }
      case 'b' -> build(at);
      case 'Q' -> stack.push(globals.storageById(stack.pop(at)), at);
      case 'q' -> remember(in.u8(), at);
      case 'r' -> remember(in.u32(), at);
      case 0x94 -> remember(memo.size(), at);
      case 'h' -> stack.push(recall(in.u8(), at), at);
      case 'j' -> stack.push(recall(in.u32(), at), at);
      default ->
          throw stack.fail(
              at, "has opcode 0x%02x, which no writer of tensors uses".formatted(opcode));
    }
  }

  private void protocol(long at) {
    int protocol = in.u8();
    if (protocol < 2 || protocol > 5) {
      throw stack.fail(at, "is of protocol %d, expected 2 to 5".formatted(protocol));
    }
  }

  /** The state of a module is its attributes; that of a dictionary is notes, as _metadata. */
  private void build(long at) {
    Pickled state = stack.pop(at);
    if (!(stack.top(at) instanceof Pickled.Dict dict && state instanceof Pickled.Dict from)) {
      throw stack.fail(at, "sets %s on %s".formatted(state.describe(), stack.top(at).describe()));
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
    stack.push(Pickled.Plain.BYTES, at);
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
      throw stack.fail(at, "has a string that is not UTF-8");
    }
  }

  private void putAll(Pickled.Dict dict, List<Pickled> items, long at) {
    if (items.size() % 2 != 0) {
      throw stack.fail(at, "has a key without a value");
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
          default -> throw stack.fail(at, "has %s as a key".formatted(key.describe()));
        };
    if (dict.entries().put(name, value) != null) {
      throw stack.fail(at, "has two entries called %s".formatted(Quoted.of(name)));
    }
  }

  private void remember(long index, long at) {
    stack.count(at);
    memo.put(index, stack.top(at));
  }

  private Pickled recall(long index, long at) {
    Pickled value = memo.get(index);
    if (value == null) {
      throw stack.fail(at, "refers to value %d, which was not stored".formatted(index));
    }
    return value;
  }

  private Pickled.Dict dict(long at) {
    if (stack.top(at) instanceof Pickled.Dict dict) {
      return dict;
    }
    throw stack.fail(at, "sets entries of %s".formatted(stack.top(at).describe()));
  }

  private Pickled.Sequence list(long at) {
    if (stack.top(at) instanceof Pickled.Sequence sequence && !sequence.isTuple()) {
      return sequence;
    }
    throw stack.fail(at, "appends to %s".formatted(stack.top(at).describe()));
  }

  private static Pickled.Int[] smallInts() {
    Pickled.Int[] ints = new Pickled.Int[1024];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = new Pickled.Int(i);
    }
    return ints;
  }
}
