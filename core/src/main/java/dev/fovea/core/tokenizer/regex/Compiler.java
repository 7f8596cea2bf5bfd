package dev.fovea.core.tokenizer.regex;

import java.util.ArrayList;
import java.util.List;

/** Turns the parts of an expression into instructions. */
final class Compiler {
  /** Counted repetitions are written out, so that a short expression can make a long program. */
  private static final int LONGEST_PROGRAM = 20_000;

  private record Instruction(int operation, int x, int y) {}

  private final List<Instruction> code = new ArrayList<>();
  private final List<CharacterSet> sets = new ArrayList<>();
  private final List<Program.Look> looks = new ArrayList<>();
  private final List<Program> parts = new ArrayList<>();
  private int slots;

  private Compiler() {}

  static Program compile(Node node) {
    Compiler compiler = new Compiler();
    compiler.emit(node);
    compiler.add(Program.DONE, 0, 0);
    return new Program(
        compiler.code.stream().mapToInt(Instruction::operation).toArray(),
        compiler.code.stream().mapToInt(Instruction::x).toArray(),
        compiler.code.stream().mapToInt(Instruction::y).toArray(),
        compiler.sets.toArray(CharacterSet[]::new),
        compiler.looks.toArray(Program.Look[]::new),
        compiler.parts.toArray(Program[]::new),
        compiler.slots);
  }

  private int add(int operation, int x, int y) {
    if (code.size() >= LONGEST_PROGRAM) {
      throw new SyntaxException("repeats too much");
    }
    code.add(new Instruction(operation, x, y));
    return code.size() - 1;
  }

  /** Room for an instruction whose operands are known later. */
  private int reserve() {
    return add(Program.JUMP, 0, 0);
  }

  private static <T> int number(List<T> list, T element) {
    list.add(element);
    return list.size() - 1;
  }

  private void emit(Node node) {
    switch (node) {
      case Node.Single single -> add(Program.READ, number(sets, single.set()), 0);
      case Node.Sequence sequence -> sequence.parts().forEach(this::emit);
      case Node.Choice choice -> emitChoice(choice.alternatives());
      case Node.Repeat repeat -> emitRepeat(repeat);
      case Node.Look look -> add(Program.LOOK, number(looks, condition(look)), 0);
      case Node.Atomic atomic -> add(Program.ATOMIC, number(parts, compile(atomic.part())), 0);
      case Node.Place place -> add(Program.CHECK, place.number(), 0);
    }
  }

  private static Program.Look condition(Node.Look look) {
    return new Program.Look(
        compile(look.part()),
        look.ahead(),
        look.negative(),
        (int) look.part().shortest(),
        (int) look.part().longest());
  }

  private void emitChoice(List<Node> alternatives) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < alternatives.size() - 1; i++) {
      int fork = reserve();
      emit(alternatives.get(i));
      ends.add(reserve());
      code.set(fork, new Instruction(Program.FORK, fork + 1, code.size()));
    }
    emit(alternatives.getLast());
    ends.forEach(end -> code.set(end, new Instruction(Program.JUMP, code.size(), 0)));
  }

  private void emitRepeat(Node.Repeat repeat) {
    if (repeat.part() instanceof Node.Single single && repeat.mode() != Node.Mode.LAZY) {
      int givesBack = repeat.mode() == Node.Mode.GREEDY ? 1 : 0;
      add(Program.READ_RUN, number(sets, single.set()), givesBack);
      add(Program.JUMP, repeat.least(), repeat.most());
      return;
    }
    if (repeat.mode() == Node.Mode.POSSESSIVE) {
      Node greedy = new Node.Repeat(repeat.part(), repeat.least(), repeat.most(), Node.Mode.GREEDY);
      add(Program.ATOMIC, number(parts, compile(greedy)), 0);
      return;
    }
    for (int i = 0; i < repeat.least(); i++) {
      emit(repeat.part());
    }
    if (repeat.most() == Node.UNBOUNDED) {
      emitLoop(repeat);
    } else {
      emitOptional(repeat, repeat.most() - repeat.least());
    }
  }

  private void emitLoop(Node.Repeat repeat) {
    int start = reserve();
    boolean mayBeEmpty = repeat.part().shortest() == 0;
    int slot = mayBeEmpty ? slots++ : -1;
    if (mayBeEmpty) {
      add(Program.PASS_BEGINS, slot, 0);
    }
    emit(repeat.part());
    if (mayBeEmpty) {
      add(Program.PASS_ENDS, slot, 0);
    }
    add(Program.JUMP, start, 0);
    code.set(start, fork(repeat, start + 1, code.size()));
  }

  private void emitOptional(Node.Repeat repeat, int times) {
    List<Integer> forks = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      forks.add(reserve());
      emit(repeat.part());
    }
    forks.forEach(at -> code.set(at, fork(repeat, at + 1, code.size())));
  }

  private static Instruction fork(Node.Repeat repeat, int inside, int behind) {
    return repeat.mode() == Node.Mode.LAZY
        ? new Instruction(Program.FORK, behind, inside)
        : new Instruction(Program.FORK, inside, behind);
  }
}
