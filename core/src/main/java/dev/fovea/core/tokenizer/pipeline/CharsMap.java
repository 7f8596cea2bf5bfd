package dev.fovea.core.tokenizer.pipeline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The compiled normalization rules of a SentencePiece model: a double-array trie over UTF-8 bytes
 * (the layout of darts-clone) whose values are offsets of NUL-terminated replacements.
 */
public final class CharsMap {
  private static final Pattern CLUSTER = Pattern.compile("\\X");
  private static final int LONGEST_CLUSTER = 5;
  private static final int LONGEST_REPLACEMENT = 1024;

  private final int[] units;
  private final byte[] replacements;

  private CharsMap(int[] units, byte[] replacements) {
    this.units = units;
    this.replacements = replacements;
  }

  /** Reads the rules, or gives empty if the bytes are no such rules. */
  public static Optional<CharsMap> parse(byte[] bytes) {
    if (bytes.length < 4) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int trieBytes = buffer.getInt();
    if (trieBytes <= 0 || trieBytes % 4 != 0 || trieBytes > buffer.remaining()) {
      return Optional.empty();
    }
    int[] units = new int[trieBytes / 4];
    for (int i = 0; i < units.length; i++) {
      units[i] = buffer.getInt();
    }
    byte[] replacements = Arrays.copyOfRange(bytes, buffer.position(), bytes.length);
    return Optional.of(new CharsMap(units, replacements));
  }

  /**
   * A rule that was found.
   *
   * @param length how many bytes it applies to
   * @param replacement what stands for them
   */
  record Rule(int length, String replacement) {}

  /**
   * Finds a rule for the bytes from an offset on.
   *
   * @param longest whether the longest rule is wanted rather than the shortest
   */
  Optional<Rule> find(byte[] text, int offset, int end, boolean longest) {
    int length = 0;
    int value = -1;
    int node = offset(units[0]);
    for (int at = offset; at < end; at++) {
      int label = text[at] & 0xFF;
      node ^= label;
      if (label == 0 || node < 0 || node >= units.length || label(units[node]) != label) {
        break;
      }
      int unit = units[node];
      node ^= offset(unit);
      if (hasLeaf(unit) && node >= 0 && node < units.length) {
        length = at + 1 - offset;
        value = units[node] & 0x7FFF_FFFF;
        if (!longest) {
          break;
        }
      }
    }
    return value < 0 || value > replacements.length
        ? Optional.empty()
        : Optional.of(new Rule(length, replacement(value)));
  }

  private String replacement(int start) {
    int end = start;
    int limit = Math.min(replacements.length, start + LONGEST_REPLACEMENT);
    while (end < limit && replacements[end] != 0) {
      end++;
    }
    return new String(replacements, start, end - start, StandardCharsets.UTF_8);
  }

  private static boolean hasLeaf(int unit) {
    return (unit >>> 8 & 1) == 1;
  }

  /** A leaf has its highest bit set, so that its label equals no byte. */
  private static int label(int unit) {
    return unit & 0x8000_00FF;
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & 0x200) >>> 6);
  }

  /**
   * Normalizes as the tokenizers library does it: the shortest rule that a grapheme cluster of less
   * than 6 bytes begins with replaces the whole cluster; longer clusters go character by character.
   */
  String applyToClusters(String text) {
    StringBuilder out = new StringBuilder(text.length());
    Matcher clusters = CLUSTER.matcher(text);
    while (clusters.find()) {
      String cluster = clusters.group();
      byte[] bytes = cluster.getBytes(StandardCharsets.UTF_8);
      Optional<CharsMap.Rule> rule =
          bytes.length > LONGEST_CLUSTER ? Optional.empty() : find(bytes, 0, bytes.length, false);
      if (rule.isPresent()) {
        out.append(rule.get().replacement());
      } else {
        cluster.codePoints().forEach(c -> appendCharacter(c, out));
      }
      Growth.check(text.length(), out.length());
    }
    return out.toString();
  }

  private void appendCharacter(int c, StringBuilder out) {
    byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
    find(bytes, 0, bytes.length, false)
        .ifPresentOrElse(rule -> out.append(rule.replacement()), () -> out.appendCodePoint(c));
  }

  /** Normalizes as SentencePiece itself does it: by the longest rule at every place. */
  public String applyLongest(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(text.length());
    for (int at = 0; at < bytes.length; ) {
      Optional<CharsMap.Rule> rule = find(bytes, at, bytes.length, true);
      int length = rule.map(CharsMap.Rule::length).orElse(characterLength(bytes[at]));
      out.append(
          rule.map(CharsMap.Rule::replacement)
              .orElse(new String(bytes, at, length, StandardCharsets.UTF_8)));
      at += length;
      Growth.check(text.length(), out.length());
    }
    return out.toString();
  }

  private static int characterLength(byte lead) {
    int value = lead & 0xFF;
    return value < 0xC0 ? 1 : value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
  }
}
