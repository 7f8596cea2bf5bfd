package dev.fovea.models.clip;

import dev.fovea.core.autograd.Gradients;
import dev.fovea.core.autograd.Tape;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.ModelTree;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.Model;
import dev.fovea.models.training.AdamW;
import dev.fovea.models.training.GradientNorm;
import dev.fovea.models.training.Losses;
import dev.fovea.models.verify.Outputs;
import dev.fovea.models.verify.TrainingCase;
import dev.fovea.models.verify.TrainingReplay;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Contrastive training of CLIP: one loss with all gradients, or a run of AdamW. */
final class ClipTrainingReplay implements TrainingReplay {
  /** The computation whose batch the others train on. */
  private static final String BATCH = "infonce";

  private static final int PAIRS_PER_STEP = 4;

  @Override
  public void run(Model model, TrainingCase recorded, Outputs outputs) {
    if (recorded.holds("loss")) {
      gradients(model, recorded, outputs);
    } else {
      try (Arena arena = Arena.ofConfined()) {
        steps(model, recorded, recorded.sibling(BATCH, arena), outputs);
      }
    }
  }

  private static void gradients(Model model, TrainingCase recorded, Outputs outputs) {
    ClipModel clip = (ClipModel) model.root();
    List<Parameter> parameters = parameters(clip);
    Tape tape = new Tape(parameters);
    try (Session session = model.engine().newSession().withTape(tape)) {
      Tensor image =
          clip.imageFeatures(recorded.tensor(session, "input.pixel_values")).normalized();
      Tensor text =
          clip.textFeatures(
                  session,
                  recorded.indices("input.input_ids"),
                  recorded.indices("input.attention_mask"))
              .normalized();
      Tensor logits = clip.logitsPerImage(image, text);
      int[] diagonal = IntStream.range(0, logits.dim(0)).toArray();
      Tensor lossImage = Losses.crossEntropy(logits, diagonal);
      Tensor lossText = Losses.crossEntropy(logits.permute(1, 0), diagonal);
      Tensor loss = Losses.infoNce(logits);
      outputs.put("image_embeds", image);
      outputs.put("text_embeds", text);
      outputs.put("logits_per_image", logits);
      outputs.put("loss_image", lossImage.toFloats());
      outputs.put("loss_text", lossText.toFloats());
      outputs.put("loss", loss.toFloats());
      Gradients gradients = tape.backward(loss);
      for (Parameter parameter : parameters) {
        outputs.put("grad." + parameter.name(), gradients.of(parameter).orElseThrow());
      }
    }
    tokens(model, recorded, outputs);
  }

  /** The inputs too come from Fovea's own tokenizer. */
  private static void tokens(Model model, TrainingCase recorded, Outputs outputs) {
    ClipText.Tokens tokens =
        ((Clip) model).text().tokens(TrainingCase.strings(recorded.description().path("texts")));
    outputs.put("input.input_ids", tokens.ids());
    outputs.put("input.attention_mask", tokens.attentionMask());
  }

  private static void steps(
      Model model, TrainingCase recorded, TrainingCase batch, Outputs outputs) {
    ClipModel clip = (ClipModel) model.root();
    List<Parameter> parameters = parameters(clip);
    TrainingSettings settings = TrainingSettings.read(recorded);
    AdamW optimizer = settings.optimizer(parameters);
    double[] losses = new double[recorded.dims("losses")[0]];
    double[] norms = new double[losses.length];
    double[] rates = new double[losses.length];
    for (int step = 0; step < losses.length; step++) {
      Map<Parameter, float[]> gradients = new LinkedHashMap<>();
      losses[step] = step(clip, model.engine(), parameters, batch, step, gradients);
      norms[step] =
          settings.maxNorm().isPresent()
              ? GradientNorm.clip(gradients.values(), settings.maxNorm().getAsDouble())
              : GradientNorm.of(gradients.values());
      rates[step] = settings.schedule().at(step);
      optimizer.step(gradients, rates[step]);
      if (settings.clampsScale()) {
        optimizer.clamp(clip.logitScale(), 0, (float) Math.log(100));
      }
    }
    outputs.put("losses", losses);
    outputs.put("grad_norms", norms);
    outputs.put("lrs", rates);
    for (Parameter parameter : parameters) {
      outputs.put("weight." + parameter.name(), parameter.toFloats(), parameter.shape().dims());
    }
  }

  private static double step(
      ClipModel clip,
      Engine engine,
      List<Parameter> parameters,
      TrainingCase batch,
      int step,
      Map<Parameter, float[]> gradients) {
    Tape tape = new Tape(parameters);
    try (Session session = engine.newSession().withTape(tape)) {
      int[] pairs = pairs(step, batch.dims("input.pixel_values")[0]);
      Tensor all = batch.tensor(session, "input.pixel_values");
      Tensor[] pictures =
          IntStream.of(pairs).mapToObj(i -> all.narrow(0, i, 1)).toArray(Tensor[]::new);
      Tensor image = clip.imageFeatures(Tensor.concat(0, pictures)).normalized();
      Tensor text =
          clip.textFeatures(
                  session,
                  rows(batch.indices("input.input_ids"), pairs),
                  rows(batch.indices("input.attention_mask"), pairs))
              .normalized();
      Tensor loss = Losses.infoNce(clip.logitsPerImage(image, text));
      Gradients found = tape.backward(loss);
      for (Parameter parameter : parameters) {
        found.of(parameter).ifPresent(g -> gradients.put(parameter, g.toFloats()));
      }
      return loss.toFloats()[0];
    }
  }

  private static int[] pairs(int step, int count) {
    return IntStream.range(step, step + PAIRS_PER_STEP).map(i -> i % count).toArray();
  }

  private static Indices rows(Indices all, int... rows) {
    return Indices.ofRows(
        IntStream.of(rows)
            .mapToObj(row -> IntStream.range(0, all.length()).map(j -> all.get(row, j)).toArray())
            .toList());
  }

  private static List<Parameter> parameters(ClipModel clip) {
    return ModelTree.parameters(clip).values().stream().distinct().toList();
  }
}
