package dev.fovea.core.tokenizer.pipeline;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Turns tokens back into text; the results of the last step are joined. */
public sealed interface TokenDecoder {
  List<String> decode(List<String> tokens);

  /** Puts a space between the tokens, as is done where a tokenizer has no decoder. */
  record Spaced() implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      return List.of(String.join(" ", tokens));
    }
  }

  /** One after the other. */
  record Sequence(List<TokenDecoder> steps) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      List<String> result = tokens;
      for (TokenDecoder step : steps) {
        result = step.decode(result);
        Growth.check(length(tokens), length(result));
      }
      return result;
    }

    private static long length(List<String> tokens) {
      return tokens.stream().mapToLong(String::length).sum();
    }
  }

  /** Reads the alphabet of byte-level vocabularies. */
  record ByteLevel() implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      tokens.forEach(token -> ByteAlphabet.decode(token, bytes));
      return List.of(Utf8.lossy(bytes.toByteArray()));
    }
  }

  /** Joins tokens that continue a word and puts spaces between words. */
  record WordPiece(String prefix, boolean cleanUp) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      List<String> result = new ArrayList<>();
      for (String token : tokens) {
        String text = token;
        if (!result.isEmpty()) {
          text = token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token;
        }
        result.add(cleanUp ? SpaceCleanUp.inToken(text) : text);
      }
      return result;
    }
  }

  /** Turns the replacement character back into spaces. */
  record Metaspace(int replacement, boolean dropFirst) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      String mark = Character.toString(replacement);
      List<String> result = new ArrayList<>();
      for (String token : tokens) {
        result.add(token.replace(mark, dropFirst && result.isEmpty() ? "" : " "));
      }
      return result;
    }
  }

  /**
   * Joins pieces as the SentencePiece classes of transformers 4 do it, which put a space before
   * what is in front of a special token, too.
   *
   * @param special tokens that are written as they are
   * @param control further tokens that have no text
   */
  record SentencePiece(Set<String> special, Set<String> control) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      StringBuilder out = new StringBuilder();
      StringBuilder pieces = new StringBuilder();
      boolean afterSpecial = false;
      for (String token : tokens) {
        if (special.contains(token)) {
          out.append(afterSpecial ? "" : " ").append(pieces).append(token);
          pieces.setLength(0);
        } else if (!control.contains(token)) {
          boolean begins = pieces.isEmpty() && token.startsWith("\u2581");
          pieces.append((begins ? token.substring(1) : token).replace('\u2581', ' '));
        }
        afterSpecial = special.contains(token);
      }
      return List.of(PythonText.strip(out.append(pieces).toString()));
    }
  }

  /** Turns the suffix of a word's last token into a space, except at the end. */
  record WordSuffix(String suffix) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      List<String> result = new ArrayList<>();
      for (String token : tokens) {
        result.add(token.replace(suffix, result.size() == tokens.size() - 1 ? "" : " "));
      }
      return result;
    }
  }

  /** Turns runs of tokens such as {@code <0x0A>} into the text of these bytes. */
  record ByteFallback() implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      List<String> result = new ArrayList<>();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (String token : tokens) {
        int value = byteValue(token);
        if (value >= 0) {
          bytes.write(value);
        } else {
          flush(bytes, result);
          result.add(token);
        }
      }
      flush(bytes, result);
      return result;
    }

    private static int byteValue(String token) {
      if (token.length() != 6 || !token.startsWith("<0x") || !token.endsWith(">")) {
        return -1;
      }
      int high = Character.digit(token.charAt(3), 16);
      int low = Character.digit(token.charAt(4), 16);
      return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static void flush(ByteArrayOutputStream bytes, List<String> result) {
      if (bytes.size() > 0) {
        result.add(Utf8.strict(bytes.toByteArray()).orElse("\uFFFD".repeat(bytes.size())));
        bytes.reset();
      }
    }
  }

  /** Joins everything into one. */
  record Fuse() implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      return List.of(String.join("", tokens));
    }
  }

  /** Removes up to so many of a character at the ends of each token. */
  record Strip(int content, int start, int stop) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      return tokens.stream().map(this::strip).toList();
    }

    private String strip(String token) {
      int[] characters = token.codePoints().toArray();
      int from = 0;
      while (from < start && from < characters.length && characters[from] == content) {
        from++;
      }
      int to = characters.length;
      while (characters.length - to < stop && to > from && characters[to - 1] == content) {
        to--;
      }
      int[] kept = Arrays.copyOfRange(characters, from, to);
      return new String(kept, 0, kept.length);
    }
  }

  /** Removes white space and control characters around each token. */
  record Trim() implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      return tokens.stream().map(PythonText::strip).toList();
    }
  }

  /** Replaces matches within each token. */
  record Replace(TextPattern pattern, String content) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> tokens) {
      return tokens.stream().map(token -> pattern.replaceAll(token, content)).toList();
    }
  }
}
