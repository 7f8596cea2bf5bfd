package dev.fovea.core.hostile;

import dev.fovea.core.weights.Npy;
import java.util.ArrayList;
import java.util.List;

/** Attacks on the reader of .npy files. */
final class NpyAttacks {
  private static final String FILE = "embeddings.npy";

  private final List<Attack> attacks = new ArrayList<>();

  private NpyAttacks() {}

  static List<Attack> all() {
    NpyAttacks all = new NpyAttacks();
    all.file("np-empty", "an empty file", new byte[0], "not a .npy file");
    all.file("np-magic-only", "the magic number alone", start(1).build(), "not a .npy file");
    all.file("np-version", "version 9", start(9).u16(4).text("{}  ").build(), "version 9.0");
    all.file(
        "np-header-cut",
        "a header that was cut off",
        start(1).u16(100).text("{").build(),
        "truncated");
    all.file(
        "np-header-4gb", "a header of 4 GB", start(2).u32(0xffffffffL).build(), "4294967295 bytes");
    all.header("np-not-dict", "a header that is no dictionary", "[1, 2]", "no '{'");
    all.header("np-empty-dict", "a header of nothing", "{}", "expected descr");
    all.header("np-unclosed", "a dictionary that does not end", "{'descr': '<f4'", "no '}'");
    all.header("np-string", "a string that does not end", "{'descr", "no string");
    all.header("np-code", "code in place of a value", "{'descr': __import__('os')}", "no string");
    all.header("np-escape", "an escape in a string", "{'descr': '\\x3cf4'}", "an escape");
    all.header(
        "np-deep",
        "tuples nested 10,000 deep",
        "{'shape': " + "(".repeat(10_000),
        "no whole number");
    all.header(
        "np-twice", "a field that stands twice", "{'shape': (1,), 'shape': (2,)}", "two fields");
    all.header("np-after", "text after the dictionary", "{}}", "text after its end");
    all.header(
        "np-more-fields",
        "a field too many",
        dict("'<f4'", "(1,)").replace("{", "{'x': True, "),
        "x, descr");
    all.header("np-descr-objects", "elements that are pickles", dict("'|O'", "(1,)"), "'|O'");
    all.header("np-descr-tuple", "a tuple as type", dict("(4,)", "(1,)"), "elements of type");
    all.header(
        "np-shape-number", "a number as shape", dict("'<f4'", "(1)"), "a number in parentheses");
    all.header("np-shape-text", "a string as shape", dict("'<f4'", "'1'"), "not a tuple");
    all.header("np-shape-negative", "a negative size", dict("'<f4'", "(-1,)"), "no whole number");
    all.header(
        "np-shape-digits",
        "a size of 19 digits",
        dict("'<f4'", "(" + "9".repeat(19) + ",)"),
        "no whole");
    all.header(
        "np-shape-overflow",
        "sizes whose product passes 2^63",
        dict("'<f4'", "(4000000000, 4000000000)"),
        "overflows");
    all.header(
        "np-shape-rank",
        "a thousand dimensions",
        dict("'<f4'", "(" + "1, ".repeat(1000) + ")"),
        "not a tuple");
    all.header(
        "np-too-large", "more elements than the file has", dict("'<f4'", "(5,)"), "takes 20 bytes");
    all.header(
        "np-too-small", "less elements than the file has", dict("'<f4'", "(3,)"), "takes 12 bytes");
    return all.attacks;
  }

  private static String dict(String descr, String shape) {
    return "{'descr': %s, 'fortran_order': False, 'shape': %s, }".formatted(descr, shape);
  }

  private static ByteBuilder start(int version) {
    return new ByteBuilder().u8(0x93).text("NUMPY").u8(version).u8(0);
  }

  private void header(String name, String what, String header, String message) {
    file(
        name,
        what,
        start(1).u16(header.length()).text(header).bytes(new byte[16]).build(),
        message);
  }

  private void file(String name, String what, byte[] content, String message) {
    attacks.add(Attack.of(name, what, FILE, content, Npy::read, message));
  }
}
