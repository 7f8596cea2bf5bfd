package dev.fovea.models.sentence;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.checkpoint.Layout;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Mask;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.ModelFamily;
import dev.fovea.models.Structure;
import dev.fovea.models.bert.BertConfig;
import dev.fovea.models.bert.BertModel;
import dev.fovea.models.verify.Replay;
import java.util.List;

/** {@code BertModel} as an embedder of sentences. */
public final class SentenceFamily implements ModelFamily {
  private static final List<String> WITHOUT_POOLER =
      List.of("ForMaskedLM", "ForTokenClassification", "ForQuestionAnswering", "LMHeadModel");

  @Override
  public String name() {
    return "bert";
  }

  @Override
  public boolean accepts(ModelFiles files) {
    return ModelFamily.modelType(files).equals("bert");
  }

  @Override
  public Layout layout(ModelFiles files) {
    return BertModel.layout().optionalPrefix("bert.").leftover("cls.**");
  }

  @Override
  public Model open(ModelContext context) {
    BertConfig config = BertConfig.read(ModelFamily.config(context.files()));
    Binder binder = context.checkpoint().binder();
    BertModel bert = BertModel.bind(binder, config, binder.has("pooler.dense.weight"));
    return new SentenceEmbedder(name(), bert, config, context);
  }

  @Override
  public Structure structure(ModelFiles files) {
    Config json = ModelFamily.config(files);
    BertConfig config = BertConfig.read(json);
    BertModel bert = BertModel.bind(Binder.shapesOnly(), config, hasPooler(json));
    int length = config.maxPositionEmbeddings();
    Indices zeros = new Indices(1, length, new int[length]);
    return new Structure(
        bert,
        session -> bert.forward(session, zeros, zeros, Mask.none()),
        "1 text of %d tokens".formatted(length));
  }

  /** Models with a head over every token are saved without pooler. */
  private static boolean hasPooler(Config config) {
    String architecture = config.node("architectures").path(0).asString("");
    return WITHOUT_POOLER.stream().noneMatch(architecture::endsWith);
  }

  @Override
  public Replay replay() {
    return new SentenceReplay();
  }
}
