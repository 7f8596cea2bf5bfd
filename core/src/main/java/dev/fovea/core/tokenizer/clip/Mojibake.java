package dev.fovea.core.tokenizer.clip;

import dev.fovea.core.tokenizer.pipeline.PythonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells text that was decoded with the wrong encoding from text that was not, by sequences of
 * characters that hardly anyone writes. The sequences are data.
 */
final class Mojibake {
  private static final List<Sequence> SEQUENCES = read();

  /** A set of characters; one of the built-in kinds, or members. */
  private record CharacterClass(List<String> kinds, BitSet members) {
    boolean contains(int c) {
      return members.get(c) || (!kinds.isEmpty() && kinds.stream().anyMatch(kind -> is(kind, c)));
    }

    private static boolean is(String kind, int c) {
      return switch (kind) {
        case "@latin" -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        case "@not_latin" -> !is("@latin", c);
        case "@lower_latin" -> c >= 'a' && c <= 'z';
        case "@space" -> PythonText.isSpace(c);
        case "@word" -> PythonText.isWord(c);
        case "@not_newline" -> c != '\n';
        default -> throw new IllegalStateException("mojibake.txt: " + kind);
      };
    }
  }

  /** Classes that characters in a row belong to. */
  private record Sequence(boolean atStart, List<CharacterClass> classes) {
    boolean matches(int[] text, int at) {
      if (at + classes.size() > text.length || (atStart && at > 0)) {
        return false;
      }
      for (int i = 0; i < classes.size(); i++) {
        if (!classes.get(i).contains(text[at + i])) {
          return false;
        }
      }
      return true;
    }
  }

  private Mojibake() {}

  /** Whether a text looks wrong somewhere. */
  static boolean isLikely(String text) {
    if (isAscii(text)) {
      return false;
    }
    int[] characters = text.codePoints().toArray();
    for (int at = 0; at < characters.length; at++) {
      for (Sequence sequence : SEQUENCES) {
        if (sequence.matches(characters, at)) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static List<Sequence> read() {
    Map<String, BitSet> named = new HashMap<>();
    List<Sequence> sequences = new ArrayList<>();
    for (String line : DataFiles.lines("mojibake.txt")) {
      List<String> fields = Arrays.asList(line.split(" "));
      if (fields.getFirst().equals("class")) {
        BitSet members = new BitSet();
        fields.subList(2, fields.size()).forEach(range -> add(range, members));
        named.put("@" + fields.get(1), members);
      } else if (fields.getFirst().equals("rule")) {
        boolean atStart = fields.get(1).equals("@start");
        sequences.add(
            new Sequence(
                atStart,
                fields.subList(atStart ? 2 : 1, fields.size()).stream()
                    .map(item -> characterClass(item, named))
                    .toList()));
      }
    }
    return List.copyOf(sequences);
  }

  private static CharacterClass characterClass(String item, Map<String, BitSet> named) {
    BitSet members = new BitSet();
    List<String> kinds = new ArrayList<>();
    for (String part : item.split("\\|")) {
      BitSet known = named.get(part);
      if (known != null) {
        members.or(known);
      } else if (part.startsWith("@")) {
        kinds.add(part);
      } else {
        add(part, members);
      }
    }
    return new CharacterClass(List.copyOf(kinds), members);
  }

  private static void add(String range, BitSet members) {
    int dash = range.indexOf('-');
    int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
    int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1), 16);
    members.set(first, last + 1);
  }
}
