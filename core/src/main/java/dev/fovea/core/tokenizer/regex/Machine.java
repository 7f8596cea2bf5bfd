package dev.fovea.core.tokenizer.regex;

/**
 * Runs a program on a text by backtracking, with a stack of its own and a bound on its steps, so
 * that no expression can hang or overflow.
 */
final class Machine {
  static final int NO_MATCH = -1;
  private static final int ANYWHERE = -1;

  /** Steps that every text may take, and steps for each of its characters. */
  private static final long BASE_STEPS = 2_000_000;

  private static final long STEPS_PER_CHARACTER = 500;

  private final String text;
  private long stepsLeft;

  Machine(String text) {
    this.text = text;
    stepsLeft = BASE_STEPS + STEPS_PER_CHARACTER * text.length();
  }

  /** Thrown when a search takes too long. */
  static final class TooManyStepsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyStepsException() {
      super("too many steps", null, false, false);
    }
  }

  /** The end of the match that begins at a place, or {@link #NO_MATCH}. */
  int match(Program program, int start) {
    return run(program, start, ANYWHERE);
  }

  private void count(int steps) {
    stepsLeft -= steps;
    if (stepsLeft < 0) {
      throw new TooManyStepsException();
    }
  }

  private int run(Program program, int start, int requiredEnd) {
    BackStack stack = new BackStack();
    int[] slots = new int[program.slots()];
    int address = 0;
    int place = start;
    while (true) {
      count(1);
      int x = program.x()[address];
      int y = program.y()[address];
      boolean fits = true;
      switch (program.operations()[address++]) {
        case Program.READ -> {
          fits = place < text.length();
          if (fits) {
            int c = text.codePointAt(place);
            fits = program.sets()[x].contains(c);
            place += Character.charCount(c);
          }
        }
        case Program.READ_RUN -> {
          int least = program.x()[address];
          int most = program.y()[address++];
          int lowest = skip(program.sets()[x], place, least);
          fits = lowest >= 0;
          if (fits) {
            place = skipUpTo(program.sets()[x], lowest, most - least);
            if (y == 1) {
              stack.pushRun(address, place, lowest);
            }
          }
        }
        case Program.FORK -> {
          stack.pushWay(y, place);
          address = x;
        }
        case Program.JUMP -> address = x;
        case Program.CHECK -> fits = Node.Place.of(x).holds(text, place);
        case Program.LOOK -> fits = looks(program.looks()[x], place);
        case Program.ATOMIC -> {
          place = run(program.parts()[x], place, ANYWHERE);
          fits = place != NO_MATCH;
        }
        case Program.PASS_BEGINS -> {
          stack.pushSlot(x, slots[x]);
          slots[x] = place;
        }
        case Program.PASS_ENDS -> address += slots[x] == place ? 1 : 0;
        default -> {
          if (requiredEnd == ANYWHERE || place == requiredEnd) {
            return place;
          }
          fits = false;
        }
      }
      if (!fits) {
        long way = stack.pop(text, slots);
        if (way < 0) {
          return NO_MATCH;
        }
        address = (int) (way >>> 32);
        place = (int) way;
      }
    }
  }

  /** The place behind so many characters of a set, or -1 if there are fewer. */
  private int skip(CharacterSet set, int start, int count) {
    int place = start;
    for (int i = 0; i < count; i++) {
      int next = skipUpTo(set, place, 1);
      if (next == place) {
        return -1;
      }
      place = next;
    }
    return place;
  }

  /** The place behind as many characters of a set as there are. */
  private int skipUpTo(CharacterSet set, int start, int most) {
    int place = start;
    int read = 0;
    for (; read < most && place < text.length(); read++) {
      int c = text.codePointAt(place);
      if (!set.contains(c)) {
        break;
      }
      place += Character.charCount(c);
    }
    count(read);
    return place;
  }

  private boolean looks(Program.Look look, int place) {
    if (look.ahead()) {
      return look.negative() != (run(look.part(), place, ANYWHERE) != NO_MATCH);
    }
    boolean found = false;
    int start = place;
    for (int length = 0; length <= look.longest() && !found; length++) {
      if (length >= look.shortest()) {
        found = run(look.part(), start, place) != NO_MATCH;
      }
      if (start == 0) {
        break;
      }
      start = text.offsetByCodePoints(start, -1);
    }
    return look.negative() != found;
  }
}
