package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.tokenizer.pipeline.PostProcessor.TemplatePart;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the {@code post_processor} of a tokenizer.json. */
public final class PostProcessorReader {
  private static final int MOST_PARTS = 100;
  private static final int MOST_SPECIALS = 4096;

  private PostProcessorReader() {}

  public static PostProcessor read(Config component) {
    return switch (component.text("type")) {
      case "Sequence" -> {
        List<PostProcessor> steps =
            Components.steps(component, "processors", PostProcessorReader::read);
        component.check(
            steps.stream().filter(step -> step.added(false) + step.added(true) > 0).count() <= 1,
            "processors has more than one step that adds special tokens");
        yield new PostProcessor.Sequence(steps);
      }
      case "ByteLevel" -> PostProcessor.NONE;
      case "TemplateProcessing" ->
          new PostProcessor.Template(
              template(component, "single", 1), template(component, "pair", 2));
      case "BertProcessing" ->
          new PostProcessor.Bert(
              Components.tokenAndId(component, "cls"), Components.tokenAndId(component, "sep"));
      case "RobertaProcessing" ->
          new PostProcessor.Roberta(
              Components.tokenAndId(component, "cls"), Components.tokenAndId(component, "sep"));
      default -> throw Components.unknown("a post-processor", component);
    };
  }

  private static List<TemplatePart> template(Config component, String field, int sequences) {
    List<TemplatePart> parts = new ArrayList<>();
    for (Config piece : component.objects(field)) {
      if (piece.has("Sequence")) {
        Config sequence = piece.object("Sequence");
        int number =
            switch (sequence.text("id")) {
              case "A" -> 0;
              case "B" -> 1;
              default -> throw sequence.wrong("id", "A or B");
            };
        sequence.check(number < sequences, "id is B in a template for a single text");
        parts.add(new TemplatePart(new int[0], number, typeId(sequence)));
      } else {
        Config special = piece.object("SpecialToken");
        String id = special.text("id");
        parts.add(new TemplatePart(ids(component, id), TemplatePart.SPECIAL, typeId(special)));
      }
    }
    long specials = parts.stream().mapToLong(part -> part.ids().length).sum();
    component.check(
        parts.size() <= MOST_PARTS && specials <= MOST_SPECIALS,
        "%s has %d parts with %d special tokens, expected at most %d and %d"
            .formatted(field, parts.size(), specials, MOST_PARTS, MOST_SPECIALS));
    return List.copyOf(parts);
  }

  private static int typeId(Config piece) {
    return piece.integer("type_id", 0, 0, 1 << 16);
  }

  private static int[] ids(Config component, String name) {
    JsonNode ids = component.node("special_tokens").path(name).path("ids");
    if (!ids.isArray()) {
      throw new BadInputException(
          "%s: post_processor.special_tokens does not define '%s', which its template uses"
              .formatted(component.source(), name));
    }
    int[] result = new int[ids.size()];
    for (int i = 0; i < result.length; i++) {
      JsonNode id = ids.get(i);
      if (!id.isIntegralNumber() || !id.canConvertToInt()) {
        throw new BadInputException(
            "%s: post_processor.special_tokens: an id of '%s' is %s, expected a whole number"
                .formatted(component.source(), name, id));
      }
      result[i] = id.intValue();
      Vocabulary.checkId(name, result[i], component.source());
    }
    return result;
  }
}
