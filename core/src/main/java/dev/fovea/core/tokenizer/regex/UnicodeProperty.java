package dev.fovea.core.tokenizer.regex;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The sets that {@code \p{...}}, {@code [[:...:]]} and the letters {@code \d \h \s \w} name. */
final class UnicodeProperty {
  static final CharacterSet DIGIT = CharacterSet.of(Character::isDigit);
  static final CharacterSet HEX_DIGIT =
      CharacterSet.of(c -> (c < 0x80 && Character.digit(c, 16) >= 0));
  static final CharacterSet SPACE =
      CharacterSet.of(dev.fovea.core.tokenizer.pipeline.Characters::isWhiteSpace);

  /** Within brackets. */
  static final CharacterSet WORD =
      CharacterSet.of(dev.fovea.core.tokenizer.pipeline.Characters::isWord);

  /** Outside of brackets, where the superscripts and fractions of Latin-1 count, too. */
  static final CharacterSet LONE_WORD =
      WORD.or(CharacterSet.of(c -> "\u00B2\u00B3\u00B9\u00BC\u00BD\u00BE".indexOf(c) >= 0));

  /** By the numbers that {@link Character#getType(int)} has for them. */
  private static final List<String> CATEGORIES =
      List.of(
          "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp",
          "Cc", "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi",
          "Pf");

  private static final Map<String, String> LONG_NAMES = longNames();
  private static final Map<String, CharacterSet> POSIX = posix();

  private UnicodeProperty() {}

  /** The set of {@code [:name:]}, whose punctuation includes symbols. */
  static Optional<CharacterSet> findPosix(String name) {
    return name.equalsIgnoreCase("punct") ? Optional.of(ofTypes("p", "s")) : find(name);
  }

  /** The set of a name, in which case, spaces, underscores and hyphens do not matter. */
  static Optional<CharacterSet> find(String name) {
    String plain = name.replaceAll("[ _-]", "").toLowerCase(Locale.ROOT);
    CharacterSet posix = POSIX.get(plain);
    if (posix != null) {
      return Optional.of(posix);
    }
    String category = LONG_NAMES.getOrDefault(plain, plain);
    int types = types(category);
    if (types != 0) {
      return Optional.of(ofTypes(category));
    }
    return script(name).or(() -> asJavaNames(name));
  }

  private static CharacterSet ofTypes(String... categories) {
    int types = 0;
    for (String category : categories) {
      types |= types(category);
    }
    int wanted = types;
    return CharacterSet.of(c -> (wanted >>> Character.getType(c) & 1) != 0);
  }

  /** A bit for every general category that a name of one or two letters covers. */
  private static int types(String category) {
    int types = 0;
    for (int type = 0; type < CATEGORIES.size(); type++) {
      String known = CATEGORIES.get(type).toLowerCase(Locale.ROOT);
      boolean whole = known.equals(category);
      boolean first = category.length() == 1 && known.startsWith(category);
      boolean cased = category.equals("lc") && List.of("lu", "ll", "lt").contains(known);
      if (!known.isEmpty() && (whole || first || cased)) {
        types |= 1 << type;
      }
    }
    return types;
  }

  private static Optional<CharacterSet> script(String name) {
    try {
      Character.UnicodeScript script =
          Character.UnicodeScript.forName(name.trim().replace(' ', '_').replace('-', '_'));
      return Optional.of(CharacterSet.of(c -> Character.UnicodeScript.of(c) == script));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Binary properties and blocks, which the JDK knows. */
  private static Optional<CharacterSet> asJavaNames(String name) {
    if (!name.matches("[A-Za-z0-9_ -]{1,64}")) {
      return Optional.empty();
    }
    return compiled("\\p{Is" + name + "}").or(() -> compiled("\\p{" + name + "}"));
  }

  private static Optional<CharacterSet> compiled(String property) {
    try {
      Pattern pattern = Pattern.compile(property);
      return Optional.of(CharacterSet.of(c -> pattern.matcher(Character.toString(c)).matches()));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> longNames() {
    Map<String, String> names = new HashMap<>();
    String[] pairs = {
      "other",
      "c",
      "control",
      "cc",
      "format",
      "cf",
      "unassigned",
      "cn",
      "privateuse",
      "co",
      "surrogate",
      "cs",
      "letter",
      "l",
      "casedletter",
      "lc",
      "lowercaseletter",
      "ll",
      "modifierletter",
      "lm",
      "otherletter",
      "lo",
      "titlecaseletter",
      "lt",
      "uppercaseletter",
      "lu",
      "mark",
      "m",
      "combiningmark",
      "m",
      "spacingmark",
      "mc",
      "enclosingmark",
      "me",
      "nonspacingmark",
      "mn",
      "punct",
      "p",
      "number",
      "n",
      "decimalnumber",
      "nd",
      "letternumber",
      "nl",
      "othernumber",
      "no",
      "punctuation",
      "p",
      "connectorpunctuation",
      "pc",
      "dashpunctuation",
      "pd",
      "closepunctuation",
      "pe",
      "finalpunctuation",
      "pf",
      "initialpunctuation",
      "pi",
      "otherpunctuation",
      "po",
      "openpunctuation",
      "ps",
      "symbol",
      "s",
      "currencysymbol",
      "sc",
      "modifiersymbol",
      "sk",
      "mathsymbol",
      "sm",
      "othersymbol",
      "so",
      "separator",
      "z",
      "lineseparator",
      "zl",
      "paragraphseparator",
      "zp",
      "spaceseparator",
      "zs"
    };
    for (int i = 0; i < pairs.length; i += 2) {
      names.put(pairs[i], pairs[i + 1]);
    }
    return names;
  }

  private static Map<String, CharacterSet> posix() {
    CharacterSet alphabetic = CharacterSet.of(Character::isAlphabetic);
    CharacterSet spaces = ofTypes("zs");
    CharacterSet graph = ofTypes("cc", "cn", "cs").or(SPACE).negated();
    Map<String, CharacterSet> sets = new HashMap<>();
    sets.put("alnum", alphabetic.or(DIGIT));
    sets.put("alpha", alphabetic);
    sets.put("ascii", CharacterSet.range(0, 0x7F));
    sets.put("blank", spaces.or(CharacterSet.single('\t')));
    sets.put("cntrl", ofTypes("cc"));
    sets.put("digit", DIGIT);
    sets.put("graph", graph);
    sets.put("lower", CharacterSet.of(Character::isLowerCase));
    sets.put("print", graph.or(spaces));
    sets.put("space", SPACE);
    sets.put("upper", CharacterSet.of(Character::isUpperCase));
    sets.put("xdigit", HEX_DIGIT);
    sets.put("word", WORD);
    sets.put("any", CharacterSet.range(0, Character.MAX_CODE_POINT));
    return sets;
  }
}
