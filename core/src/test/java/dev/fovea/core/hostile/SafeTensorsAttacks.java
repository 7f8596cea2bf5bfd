package dev.fovea.core.hostile;

import dev.fovea.core.weights.WeightFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Attacks on the reader of safetensors: at least one for each rule of the format. */
final class SafeTensorsAttacks {
  private static final String FILE = "model.safetensors";

  private final List<Attack> attacks = new ArrayList<>();

  private SafeTensorsAttacks() {}

  static List<Attack> all() {
    SafeTensorsAttacks all = new SafeTensorsAttacks();
    all.length();
    all.text();
    all.metadata();
    all.fields();
    all.numbers();
    all.layout();
    all.otherFormats();
    return all.attacks;
  }

  /** A well-formed file with this header and data. */
  static byte[] file(String header, int dataBytes) {
    return file(Attack.utf8(header), dataBytes);
  }

  private static byte[] file(byte[] header, int dataBytes) {
    return new ByteBuilder().u64(header.length).bytes(header).bytes(new byte[dataBytes]).build();
  }

  private void length() {
    raw("st-empty", "an empty file", new byte[0], "0 bytes", "the file is empty");
    raw("st-seven-bytes", "less than the header's length", new byte[7], "7 bytes");
    raw("st-length-only", "a length and nothing else", claim(64, ""), "truncated");
    raw("st-length-negative", "a length beyond 63 bits", claim(-1, "{}"), "18446744073709551615");
    raw("st-length-huge", "a length of 2^62", claim(1L << 62, "{}"), "4611686018427387904");
    raw(
        "st-length-over-limit",
        "one byte more than a header may have",
        claim(100_000_001, "{}"),
        "the format allows 100000000");
    raw(
        "st-length-unbacked",
        "a length that would allocate 100 MB for a file of ten bytes",
        claim(100_000_000, "{}"),
        "truncated");
    raw("st-length-zero", "an empty header", claim(0, ""), "must start with '{'");
  }

  private void text() {
    header("st-leading-space", "white space before the header", " {}", "must start with '{'");
    header("st-list", "a list as header", "[]", "must start with '{'");
    header(
        "st-not-json",
        "a header that is not JSON",
        "{dtype}",
        "header: not valid JSON at line 1, column 2");
    header("st-unclosed", "a header that does not end", "{\"a\": ", "not valid JSON");
    header("st-text-after", "text after the header's JSON", "{} {}", "text after the end");
    header("st-comment", "a comment in the header", "{/* */}", "not valid JSON");
    raw(
        "st-bad-utf8",
        "bytes that are not UTF-8",
        file(new byte[] {'{', '"', (byte) 0xc3, '(', '"', ':', '1', '}'}, 0),
        "malformed UTF-8 at byte 2");
    header("st-zero-byte", "a zero byte in the header", "{\"a\0\": 1}", "a zero byte at 3");
    raw(
        "st-utf16",
        "a header in UTF-16",
        file("{}".getBytes(StandardCharsets.UTF_16LE), 0),
        "zero byte");
    header(
        "st-deep",
        "a header nested 100,000 deep",
        "{\"a\":" + "[".repeat(100_000),
        "must be an object");
    header(
        "st-deep-field",
        "a shape nested 100,000 deep",
        "{\"a\":{\"shape\":" + "[".repeat(100_000),
        "found a list");
    header(
        "st-long-name",
        "a name of two million characters",
        "{\"" + "n".repeat(2_000_000) + "\":1}",
        "not valid JSON");
    header(
        "st-lone-surrogate",
        "half a character as a name",
        "{\"\\ud800\":" + entry("F32", "[1]", 0, 4) + "}",
        "surrogate");
    header(
        "st-lone-low-surrogate",
        "the second half of a character as a name",
        "{\"\\udc00\":" + entry("F32", "[1]", 0, 4) + "}",
        "surrogate");
    header(
        "st-line-break-in-name",
        "a name that forges a second line of output",
        "{\"a\\nSUCCESS\\u001b[2K\":{}}",
        "'a\\u000aSUCCESS\\u001b[2K'");
  }

  private void metadata() {
    header("st-metadata-list", "a list as metadata", "{\"__metadata__\":[]}", "object of strings");
    header("st-metadata-text", "a string as metadata", "{\"__metadata__\":\"pt\"}", "of strings");
    header("st-metadata-number", "a number in it", "{\"__metadata__\":{\"a\":1}}", "a string");
    header("st-metadata-null", "null in it", "{\"__metadata__\":{\"a\":null}}", "a string");
    header("st-metadata-nested", "an object in it", "{\"__metadata__\":{\"a\":{}}}", "a string");
    header(
        "st-metadata-twice",
        "two metadata objects",
        "{\"__metadata__\":{},\"__metadata__\":{}}",
        "Duplicate");
    header(
        "st-metadata-key-twice",
        "the same key twice in it",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}",
        "Duplicate");
  }

  private void fields() {
    String good = entry("F32", "[1]", 0, 4);
    header("st-name-twice", "two tensors of one name", pair("a", "a", good, good), "Duplicate");
    header(
        "st-name-twice-escaped",
        "two tensors of one name, one of them escaped",
        pair("a", "\\u0061", good, good),
        "Duplicate");
    tensor("st-entry-list", "a list in place of an entry", "[]", "must be an object");
    tensor("st-entry-null", "null in place of an entry", "null", "must be an object");
    tensor("st-no-dtype", "no dtype", "{\"shape\":[1],\"data_offsets\":[0,4]}", "dtype is missing");
    tensor(
        "st-no-shape",
        "no shape",
        "{\"dtype\":\"F32\",\"data_offsets\":[0,4]}",
        "shape is missing");
    tensor(
        "st-no-offsets",
        "no offsets",
        "{\"dtype\":\"F32\",\"shape\":[1]}",
        "data_offsets is missing");
    tensor(
        "st-unknown-field",
        "a field that the format does not have",
        "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"strides\":[1]}",
        "unknown field 'strides'");
    tensor(
        "st-dtype-twice",
        "two types for one tensor",
        "{\"dtype\":\"F32\",\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,4]}",
        "Duplicate");
    tensor("st-dtype-unknown", "an unknown type", entry("Q4_K", "[1]", 0, 4), "unknown dtype");
    tensor("st-dtype-lower", "a type in small letters", entry("f32", "[1]", 0, 4), "unknown dtype");
    tensor("st-dtype-packed", "elements of half a byte", entry("F4", "[8]", 0, 4), "not supported");
    tensor(
        "st-dtype-number",
        "a number as type",
        "{\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]}",
        "dtype must be a string");
  }

  private void numbers() {
    tensor("st-size-negative", "a negative size", entry("F32", "[-1]", 0, 4), "negative number");
    tensor("st-size-fraction", "a fraction as size", entry("F32", "[1.5]", 0, 4), "a fraction");
    tensor("st-size-exponent", "a size as 1e0", entry("F32", "[1e0]", 0, 4), "a fraction");
    tensor("st-size-text", "a string as size", entry("F32", "[\"1\"]", 0, 4), "a string");
    tensor("st-size-nested", "a list as size", entry("F32", "[[1]]", 0, 4), "a list");
    tensor(
        "st-size-64-bits",
        "a size of 2^64",
        entry("F32", "[18446744073709551616]", 0, 4),
        "overflows 64 bits");
    tensor(
        "st-size-digits",
        "a size of 5,000 digits",
        entry("F32", "[" + "9".repeat(5000) + "]", 0, 4),
        "not valid JSON");
    tensor(
        "st-product-overflow",
        "sizes whose product passes 2^63",
        entry("F32", "[4294967296,4294967296]", 0, 4),
        "overflows 64 bits");
    tensor(
        "st-product-wraps",
        "sizes whose product wraps around to four bytes",
        entry("F32", "[4294967297,4294967297,4294967297,4294967297]", 0, 4),
        "overflows 64 bits");
    tensor(
        "st-bytes-wrap",
        "an element count that fits and a byte count that does not",
        entry("F64", "[2305843009213693952]", 0, 0),
        "overflows 64 bits");
    tensor(
        "st-rank",
        "a thousand dimensions",
        entry("F32", "[" + "1,".repeat(999) + "1]", 0, 4),
        "more than 32 numbers");
    tensor("st-offsets-three", "three offsets", offsets("[0,4,8]"), "more than 2 numbers");
    tensor("st-offsets-one", "one offset", offsets("[0]"), "must be two numbers");
    tensor("st-offsets-text", "an offset as text", offsets("[0,\"4\"]"), "a string");
    tensor("st-offsets-object", "offsets as an object", offsets("{}"), "found an object");
    tensor("st-offsets-negative", "a negative offset", offsets("[-4,0]"), "negative number");
    tensor("st-offsets-reversed", "an end before its begin", offsets("[4,0]"), "end before");
    tensor(
        "st-offsets-wide",
        "more bytes than the shape takes",
        offsets("[0,8]"),
        "takes 4 bytes",
        "span 8");
  }

  private void layout() {
    String first = entry("F32", "[2]", 0, 8);
    layout("st-overlap", "two tensors that share bytes", first, entry("F32", "[2]", 4, 12), 12);
    layout("st-same-bytes", "two tensors in one place", first, entry("F32", "[2]", 0, 8), 8);
    layout(
        "st-empty-inside", "an empty tensor within another", first, entry("F32", "[0]", 4, 4), 8);
    raw(
        "st-hole-first",
        "bytes before the first tensor",
        file("{\"a\":" + entry("F32", "[1]", 4, 8) + "}", 8),
        "hole of 4 bytes");
    raw(
        "st-hole-between",
        "bytes between two tensors",
        file(pair("a", "b", first, entry("F32", "[1]", 12, 16)), 16),
        "hole of 4 bytes");
    raw(
        "st-data-missing",
        "a tensor that ends behind the file",
        file("{\"a\":" + first + "}", 7),
        "1 bytes missing");
    raw(
        "st-data-far-away",
        "a tensor of four exabytes in a file of a hundred bytes",
        file("{\"a\":" + entry("U8", "[4611686018427387904]", 0, 1L << 62) + "}", 0),
        "truncated");
    raw(
        "st-data-after",
        "bytes after the last tensor",
        file("{\"a\":" + first + "}", 9),
        "1 bytes after the last tensor");
    raw("st-data-without-tensors", "bytes and no tensor", file("{}", 4), "4 bytes after");
    StringBuilder many = new StringBuilder("{\"t\":" + entry("U8", "[1]", 0, 1));
    for (int i = 0; i < 20_000; i++) {
      many.append(",\"t").append(i).append("\":").append(entry("U8", "[1]", 0, 1));
    }
    raw(
        "st-many-overlaps",
        "twenty thousand tensors in one byte",
        file(many.append('}').toString(), 1),
        "overlap");
  }

  private void otherFormats() {
    raw("st-web-page", "an error page of a web server", page(), "looks like a web page");
    raw(
        "st-lfs-pointer",
        "a Git LFS pointer",
        Attack.utf8("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"),
        "git lfs pull");
    raw("st-zeros", "a download that was reserved and not filled", new byte[4096], "zeros");
    raw(
        "st-zip",
        "a zip archive",
        new ByteBuilder().text("PK\3\4").bytes(new byte[60]).build(),
        "zip");
    raw(
        "st-gguf",
        "a GGUF file",
        new ByteBuilder().text("GGUF").bytes(new byte[60]).build(),
        "GGUF");
    raw(
        "st-json",
        "the header alone, without its length",
        Attack.utf8("{\"a\": 1, \"b\": 2}"),
        "JSON");
  }

  private static byte[] page() {
    return Attack.utf8("<!DOCTYPE html><html><body>404 Not Found</body></html>");
  }

  private static byte[] claim(long length, String header) {
    return new ByteBuilder().u64(length).text(header).build();
  }

  private static String entry(String dtype, String shape, long begin, long end) {
    return "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(dtype, shape, begin, end);
  }

  private static String offsets(String offsets) {
    return "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":" + offsets + "}";
  }

  private static String pair(String firstName, String secondName, String first, String second) {
    return "{\"%s\":%s,\"%s\":%s}".formatted(firstName, first, secondName, second);
  }

  private void layout(String name, String what, String first, String second, int bytes) {
    raw(name, what, file(pair("a", "b", first, second), bytes), "overlap tensor");
  }

  private void tensor(String name, String what, String entry, String... message) {
    raw(name, what, file("{\"a\":" + entry + "}", 4), message);
  }

  private void header(String name, String what, String header, String... message) {
    raw(name, what, file(header, 4), message);
  }

  private void raw(String name, String what, byte[] content, String... message) {
    attacks.add(Attack.of(name, what, FILE, content, WeightFiles::open, message));
  }
}
