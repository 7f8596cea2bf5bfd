package dev.fovea.core.tokenizer.pipeline;

import java.util.ArrayList;
import java.util.List;

/** Puts the tokens of one or two texts together and adds special tokens. */
public sealed interface PostProcessor {
  /**
   * Processes one or two parts.
   *
   * @param addSpecial whether special tokens are wanted
   * @return the parts in order; they are to be joined
   */
  List<Tokens> process(List<Tokens> parts, boolean addSpecial);

  /** How many special tokens come with one text or with a pair. */
  int added(boolean pair);

  /** Adds nothing. */
  PostProcessor NONE = new Sequence(List.of());

  /** One after the other. */
  record Sequence(List<PostProcessor> steps) implements PostProcessor {
    @Override
    public List<Tokens> process(List<Tokens> parts, boolean addSpecial) {
      List<Tokens> result = parts;
      for (PostProcessor step : steps) {
        result = step.process(result, addSpecial);
      }
      return result;
    }

    @Override
    public int added(boolean pair) {
      return steps.stream().mapToInt(step -> step.added(pair)).sum();
    }
  }

  /** One element of a template: special tokens, or a text where {@code sequence} is 0 or 1. */
  record TemplatePart(int[] ids, int sequence, int typeId) {
    static final int SPECIAL = -1;

    boolean isSpecial() {
      return sequence == SPECIAL;
    }
  }

  /** Places for the texts and special tokens, one template for a text and one for a pair. */
  record Template(List<TemplatePart> single, List<TemplatePart> pair) implements PostProcessor {
    /** A token before the first text. */
    public static Template beginning(int id) {
      TemplatePart begin = special(new int[] {id}, 0);
      return new Template(List.of(begin, text(0)), List.of(begin, text(0), text(1)));
    }

    /** Tokens before and behind every text. */
    public static Template around(int[] begin, int[] end) {
      List<TemplatePart> single = List.of(special(begin, 0), text(0), special(end, 0));
      List<TemplatePart> pair = new ArrayList<>(single);
      pair.addAll(List.of(special(begin, 1), text(1), special(end, 1)));
      return new Template(single, List.copyOf(pair));
    }

    private static TemplatePart special(int[] ids, int typeId) {
      return new TemplatePart(ids, TemplatePart.SPECIAL, typeId);
    }

    private static TemplatePart text(int number) {
      return new TemplatePart(new int[0], number, number);
    }

    @Override
    public List<Tokens> process(List<Tokens> parts, boolean addSpecial) {
      return (parts.size() == 1 ? single : pair)
          .stream()
              .filter(part -> addSpecial || !part.isSpecial())
              .map(
                  part ->
                      part.isSpecial()
                          ? Tokens.of(part.ids, part.typeId)
                          : parts.get(part.sequence).withTypeId(part.typeId))
              .toList();
    }

    @Override
    public int added(boolean isPair) {
      return (isPair ? pair : single)
          .stream().filter(TemplatePart::isSpecial).mapToInt(part -> part.ids.length).sum();
    }
  }

  /** BERT's {@code [CLS] A [SEP] B [SEP]}. */
  record Bert(int cls, int sep) implements PostProcessor {
    @Override
    public List<Tokens> process(List<Tokens> parts, boolean addSpecial) {
      if (!addSpecial) {
        return parts;
      }
      Tokens first = Tokens.concat(List.of(one(cls, 0), parts.getFirst(), one(sep, 0)));
      return parts.size() == 1
          ? List.of(first)
          : List.of(first, Tokens.concat(List.of(parts.getLast(), one(sep, 1))));
    }

    @Override
    public int added(boolean pair) {
      return pair ? 3 : 2;
    }
  }

  /** RoBERTa's {@code <s> A </s></s> B </s>}, all in segment 0. */
  record Roberta(int cls, int sep) implements PostProcessor {
    @Override
    public List<Tokens> process(List<Tokens> parts, boolean addSpecial) {
      List<Tokens> flat = parts.stream().map(part -> part.withTypeId(0)).toList();
      if (!addSpecial) {
        return flat;
      }
      Tokens first = Tokens.concat(List.of(one(cls, 0), flat.getFirst(), one(sep, 0)));
      return flat.size() == 1
          ? List.of(first)
          : List.of(first, Tokens.concat(List.of(one(sep, 0), flat.getLast(), one(sep, 0))));
    }

    @Override
    public int added(boolean pair) {
      return pair ? 4 : 2;
    }
  }

  /** Ends every text that does not end so already. */
  record EndIfMissing(int end) implements PostProcessor {
    @Override
    public List<Tokens> process(List<Tokens> parts, boolean addSpecial) {
      return parts.stream().map(part -> addSpecial ? ended(part) : part).toList();
    }

    private Tokens ended(Tokens part) {
      Tokens flat = part.withTypeId(0);
      boolean present = flat.length() > 0 && flat.ids()[flat.length() - 1] == end;
      return present ? flat : Tokens.concat(List.of(flat, one(end, 0)));
    }

    @Override
    public int added(boolean pair) {
      return pair ? 2 : 1;
    }
  }

  private static Tokens one(int id, int typeId) {
    return Tokens.of(new int[] {id}, typeId);
  }
}
