package dev.fovea.core.hostile;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.files.ModelFiles;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Attacks on the JSON files of a model, and on what a configuration says. */
final class JsonAttacks {
  private static final String FILE = "config.json";

  private final List<Attack> attacks = new ArrayList<>();

  private JsonAttacks() {}

  static List<Attack> all() {
    JsonAttacks all = new JsonAttacks();
    all.documents();
    all.numbers();
    all.fields();
    return all.attacks;
  }

  private void documents() {
    json("js-empty", "an empty file", "", "empty, expected JSON");
    json("js-blank", "white space alone", " \n\t", "empty, expected JSON");
    json("js-cut", "a file that was cut off", "{\"model_type\": \"cl", "not valid JSON");
    json("js-two", "two documents", "{} {}", "not valid JSON");
    json("js-text-after", "text after the document", "{}x", "not valid JSON");
    json("js-key-twice", "a key that stands twice", "{\"a\":1,\"a\":2}", "Duplicate");
    json(
        "js-key-twice-deep",
        "such a key deep inside",
        "{\"b\":[{\"a\":1,\"\\u0061\":2}]}",
        "Duplicate");
    json("js-nan", "a number that is none", "{\"a\":NaN}", "not valid JSON");
    json("js-infinity", "a number without end", "{\"a\":-Infinity}", "not valid JSON");
    json("js-comment", "a comment", "{\"a\":1 /* x */}", "not valid JSON");
    json("js-comma", "a comma too many", "{\"a\":[1,]}", "not valid JSON");
    json("js-quotes", "single quotes, as Python prints them", "{'a':1}", "not valid JSON");
    json("js-hex", "a hexadecimal number", "{\"a\":0x10}", "not valid JSON");
    json("js-leading-zero", "an octal number", "{\"a\":010}", "not valid JSON");
    json("js-control", "a line break in a string", "{\"a\":\"x\ny\"}", "not valid JSON");
    json("js-zero-byte", "a zero byte", "{\"a\":\0}", "not valid JSON");
    json("js-escape", "an unknown escape", "{\"a\":\"\\x41\"}", "not valid JSON");
    json("js-deep-lists", "lists nested 100,000 deep", "[".repeat(100_000), "not valid JSON");
    json(
        "js-deep-objects",
        "objects nested 100,000 deep",
        "{\"a\":".repeat(100_000),
        "not valid JSON");
    json(
        "js-deep-closed",
        "lists nested 100,000 deep, all closed",
        "[".repeat(100_000) + "]".repeat(100_000),
        "not valid JSON");
    json(
        "js-long-key",
        "a key of two million characters",
        "{\"" + "k".repeat(2_000_000) + "\":1}",
        "not valid JSON");
    json(
        "js-digits",
        "a number of 100,000 digits",
        "{\"a\":" + "9".repeat(100_000) + "}",
        "not valid JSON");
    bytes(
        "js-utf8",
        "bytes that are not UTF-8",
        new byte[] {'"', (byte) 0xff, '"'},
        "not valid JSON");
    bytes(
        "js-utf8-long",
        "a slash in too many bytes",
        new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'},
        "not valid JSON");
    bytes(
        "js-utf32",
        "half a character in UTF-32",
        new byte[] {0, 0, 0, '"', 0, 0},
        "not valid JSON");
    bytes(
        "js-binary",
        "a picture",
        new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10},
        "not valid JSON");
    bytes(
        "js-many-values",
        "four million empty lists",
        new ByteBuilder().u8('[').repeat(4_100_000, Attack.utf8("[],")).text("1]").build(),
        "not valid JSON");
    bytes(
        "js-utf16-cut",
        "UTF-16 that was cut off",
        "{\"a".getBytes(StandardCharsets.UTF_16BE),
        "not valid JSON");
  }

  private void numbers() {
    Consumer<Config> size = c -> c.size("n");
    config("cf-size-zero", "a size of zero", "{\"n\":0}", size, "n is 0");
    config("cf-size-negative", "a negative size", "{\"n\":-768}", size, "n is -768");
    config("cf-size-fraction", "a fraction as size", "{\"n\":1.5}", size, "n is 1.5");
    config("cf-size-large", "a size that no model has", "{\"n\":16777217}", size, "n is 16777217");
    config(
        "cf-size-int",
        "a size beyond 32 bits that wraps to 1",
        "{\"n\":4294967297}",
        size,
        "4294967297");
    config(
        "cf-size-long",
        "a size beyond 64 bits",
        "{\"n\":18446744073709551617}",
        size,
        "1844674407370955");
    config(
        "cf-size-digits",
        "a size of 900 digits",
        "{\"n\":1" + "0".repeat(900) + "}",
        size,
        "not valid JSON");
    config(
        "cf-size-sixty-digits",
        "a size of 60 digits",
        "{\"n\":1" + "0".repeat(59) + "}",
        size,
        "expected a whole");
    config("cf-size-exponent", "a size of 1e400", "{\"n\":1e400}", size, "expected a whole number");
    config("cf-size-tiny", "a size of 1e-400", "{\"n\":1e-400}", size, "expected a whole number");
    config(
        "cf-size-exponent-max",
        "a size with an exponent beyond 32 bits",
        "{\"n\":1e99999999999}",
        size,
        "n");
    config("cf-size-text", "a size as string", "{\"n\":\"768\"}", size, "n is \"768\"");
    config("cf-size-true", "true as size", "{\"n\":true}", size, "n is true");
    config("cf-size-list", "a list as size", "{\"n\":[768]}", size, "n is [768]");
    config("cf-size-object", "an object as size", "{\"n\":{}}", size, "n is {}");
    config("cf-size-absent", "a size that is not there", "{}", size, "n is missing");
    config("cf-size-null", "a size of null", "{\"n\":null}", size, "n is missing");
    Consumer<Config> number = c -> c.number("eps", 1e-5);
    config("cf-number-text", "a number as string", "{\"eps\":\"1e-5\"}", number, "eps is \"1e-5\"");
    config(
        "cf-number-infinite",
        "a number that becomes infinite",
        "{\"eps\":1e999}",
        number,
        "expected a number");
    config(
        "cf-number-digits",
        "a number of 900 digits",
        "{\"eps\":" + "9".repeat(900) + "}",
        number,
        "not valid JSON");
    config("cf-number-list", "a list as number", "{\"eps\":[]}", number, "eps is []");
  }

  private void fields() {
    config("cf-root-list", "a list as configuration", "[]", c -> {}, "expected a JSON object");
    config(
        "cf-root-text", "a string as configuration", "\"clip\"", c -> {}, "expected a JSON object");
    config(
        "cf-object-list",
        "a list for an object",
        "{\"vision\":[]}",
        c -> c.object("vision"),
        "vision is []");
    config(
        "cf-object-deep",
        "a wrong type inside an object",
        "{\"a\":{\"b\":{\"c\":\"x\"}}}",
        c -> c.object("a").object("b").size("c"),
        "a.b.c is \"x\"");
    config("cf-flag-number", "a number as flag", "{\"f\":1}", c -> c.flag("f", true), "f is 1");
    config("cf-text-number", "a number as string", "{\"t\":1}", c -> c.text("t", ""), "t is 1");
    config(
        "cf-text-forged",
        "a string that forges a second line of output",
        "{\"t\":\"x\\nOK\\u001b[2K\"}",
        c -> c.size("t"),
        "t is \"x\\nOK\\u001B[2K\"");
    config(
        "cf-text-long",
        "a string of a million characters in an error",
        "{\"t\":\"" + "x".repeat(1_000_000) + "\"}",
        c -> c.size("t"),
        "xxx...");
    config(
        "cf-activation",
        "an unknown activation",
        "{\"hidden_act\":\"__import__\"}",
        c -> c.activation("hidden_act", "gelu"),
        "__import__");
    Consumer<Config> sizes = c -> c.sizes("d", List.of(1));
    config(
        "cf-sizes-text",
        "a string in a list of sizes",
        "{\"d\":[1,\"2\"]}",
        sizes,
        "expected a list of whole");
    config(
        "cf-sizes-large",
        "a size that wraps in a list",
        "{\"d\":[4294967297]}",
        sizes,
        "expected a list of");
    config(
        "cf-sizes-digits",
        "a size of 900 digits in a list",
        "{\"d\":[" + "9".repeat(900) + "]}",
        sizes,
        "not valid JSON");
    config("cf-sizes-empty", "an empty list of sizes", "{\"d\":[]}", sizes, "expected a list of");
    config("cf-sizes-number", "a number for a list", "{\"d\":3}", sizes, "expected a list of");
    config(
        "cf-sizes-object",
        "an object for a list",
        "{\"d\":{\"a\":1}}",
        sizes,
        "expected a list of");
    config(
        "cf-objects-number",
        "a number in a list of objects",
        "{\"o\":[{},1]}",
        c -> c.objects("o"),
        "o[1]");
  }

  private void json(String name, String what, String text, String message) {
    bytes(name, what, Attack.utf8(text), message);
  }

  private void bytes(String name, String what, byte[] content, String message) {
    attacks.add(Attack.of(name, what, FILE, content, JsonAttacks::parse, message));
  }

  private static void parse(ModelFiles files, String name, Arena arena) {
    files.json(name);
  }

  private void config(String name, String what, String json, Consumer<Config> use, String message) {
    Attack.Reader reader =
        (files, file, arena) -> use.accept(Config.of(files.json(file), files.describe(file)));
    attacks.add(Attack.of(name, what, FILE, Attack.utf8(json), reader, message));
  }
}
