package dev.fovea.core.tokenizer.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.BadInputException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oniguruma's syntax; that whole texts split alike is held to recorded cases elsewhere. */
class RegexTest {
  private static List<String> matches(String expression, String text) {
    List<String> found = new ArrayList<>();
    Regex.compile(expression, "test").forEachMatch(text, (s, e) -> found.add(text.substring(s, e)));
    return found;
  }

  private static String error(String expression) {
    return String.valueOf(
        assertThrows(BadInputException.class, () -> Regex.compile(expression, "a file: pattern"))
            .getMessage());
  }

  @Test
  void theFirstAlternativeThatFitsWins() {
    assertEquals(List.of("a", "b"), matches("a|ab|b", "ab"));
  }

  @Test
  void greedyTakesTheMostAndLazyTheLeast() {
    assertEquals(List.of("<a><b>"), matches("<.*>", "<a><b>"));
    assertEquals(List.of("<a>", "<b>"), matches("<.*?>", "<a><b>"));
  }

  @Test
  void possessiveGivesNothingBack() {
    assertEquals(List.of("aab"), matches("a+ab", "aab"));
    assertEquals(List.of(), matches("a++ab", "aab"));
    assertEquals(List.of(), matches("(?>a+)ab", "aab"));
  }

  @Test
  void countsAreKept() {
    assertEquals(List.of("123", "45"), matches("\\d{1,3}", "12345"));
    assertEquals(List.of("abab"), matches("(?:ab){2}", "ababab"));
    assertEquals(List.of("a{x"), matches("a{x", "a{x"));
  }

  @Test
  void placesAreChecked() {
    assertEquals(List.of("a", "b"), matches("^\\w", "ax\nbx"));
    assertEquals(List.of("x", "y"), matches("\\w$", "ax\nby"));
    assertEquals(List.of("a"), matches("\\A\\w", "a\nb"));
    assertEquals(List.of("y"), matches("\\w\\z", "ax\nby"));
    assertEquals(List.of("cat"), matches("\\bcat\\b", "cat concat"));
  }

  @Test
  void looksAheadAndBehind() {
    assertEquals(List.of("  "), matches("\\s+(?!\\S)", "   a"));
    assertEquals(List.of("1"), matches("(?<=\\$)\\d", "1$1"));
    assertEquals(List.of("1"), matches("(?<!\\$)\\d", "1$1"));
    assertEquals(List.of("x", "x"), matches("(?<=ab|c)x", "abx cx x"));
  }

  @Test
  void setsAreNestedIntersectedAndNegated() {
    assertEquals(List.of("b", "c"), matches("[a-c&&[^a]]", "abc"));
    assertEquals(List.of("-", "]"), matches("[\\]\\-]", "a-]"));
    assertEquals(List.of("ab"), matches("[[:alpha:]]+", "ab1"));
    assertEquals(List.of("1"), matches("[^\\p{L}]", "a1"));
    assertEquals(List.of("1"), matches("\\p{^L}", "a1"));
  }

  @Test
  void propertiesHaveShortLongAndScriptNames() {
    assertEquals(List.of("Ab"), matches("\\p{Letter}+", "Ab1"));
    assertEquals(List.of("漢字"), matches("\\p{Han}+", "漢字かな"));
    assertEquals(List.of("A"), matches("\\p{Uppercase_Letter}", "aA"));
    assertEquals(List.of("😀"), matches("\\p{Emoji_Presentation}", "a😀"));
  }

  @Test
  void optionsHoldForTheirGroup() {
    assertEquals(List.of("'S", "'s"), matches("(?i:'s)", "'S 's"));
    assertEquals(List.of("aB"), matches("a(?i)b", "aB AB"));
    assertEquals(List.of("a\nb"), matches("(?m:a.b)", "a\nb"));
    assertEquals(List.of("ab"), matches("(?x) a b # both", "ab"));
  }

  @Test
  void charactersBeyondTheFirstPlaneAreOneCharacter() {
    assertEquals(List.of("😀", "😀"), matches(".", "😀😀"));
    assertEquals(List.of("𝔘"), matches("\\p{L}", "𝔘"));
  }

  @Test
  void anEmptyMatchBehindAnotherDoesNotCount() {
    assertEquals(List.of("", "1", ""), matches("\\d*", "a1b"));
  }

  @Test
  void loopsOverNothingEnd() {
    assertEquals(List.of("aab"), matches("(?:a|b*)*", "aab"));
    assertEquals(List.of("b"), matches("(?:)*b", "b"));
    assertEquals(List.of("b"), matches("(?:x*?)*?b", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(?:a|a)*$",
        "(?:a|aa)+$",
        "(?:a*)*b",
        "(?:(?:|)(?:|)(?:|)(?:|)){1000}(?!)",
        "(?:.*a){20}b",
        "(?=(?:a+)+b)c"
      })
  void anExpressionThatTakesForeverIsGivenUp(String expression) {
    String text = "a".repeat(3000) + "!";

    BadInputException error =
        assertThrows(BadInputException.class, () -> matches(expression, text));

    assertTrue(String.valueOf(error.getMessage()).contains("too many steps"), error.getMessage());
  }

  @Test
  void aLongTextNeedsNoDeepStack() {
    String text = "ab".repeat(200_000);

    assertEquals(List.of(text), matches("(?:a|b)+", text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", ")", "[a", "a**+?{9999}", "\\", "(?<=a*)b", "\\p{Nope}", "(?z)", "*"})
  void whatIsNotValidIsRefused(String expression) {
    assertTrue(error(expression).startsWith("a file: pattern: the regular expression"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a)\\1", "\\k<n>", "\\g<1>", "\\X", "\\G"})
  void whatIsNotSupportedIsRefused(String expression) {
    assertTrue(error(expression).contains("not supported"), error(expression));
  }

  @Test
  void nestingAndSizeAreBounded() {
    assertTrue(error("(".repeat(5000) + ")".repeat(5000)).contains("nested"));
    assertTrue(error("[".repeat(5000) + "]".repeat(5000)).contains("nested"));
    assertTrue(error("(?:(?:(?:ab){1000}){1000}){1000}").contains("repeats too much"));
    assertTrue(error("a".repeat(30_000)).contains("30,000 characters"));
  }
}
