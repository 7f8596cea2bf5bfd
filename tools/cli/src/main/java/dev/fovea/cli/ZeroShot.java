package dev.fovea.cli;

import dev.fovea.cli.cache.CacheFolder;
import dev.fovea.cli.cache.ClassEmbeddingCache;
import dev.fovea.cli.cache.Digest;
import dev.fovea.cli.cache.ModelFingerprint;
import dev.fovea.core.Quoted;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.models.ImageTextModel;
import dev.fovea.models.Model;
import dev.fovea.models.PromptTemplate;
import dev.fovea.models.ZeroShotClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes a classifier for labels, with their embeddings from the cache where they are there. */
final class ZeroShot {
  /** Changes when embeddings of the same text by the same model may come out differently. */
  private static final int EDITION = 1;

  /** Prompts that go through the model between two looks at the clock. */
  private static final int PROMPTS = 64;

  private final Console console;
  private final OutputOptions output;
  private final LabelOptions options;

  ZeroShot(Console console, OutputOptions output, LabelOptions options) {
    this.console = console;
    this.output = output;
    this.options = options;
  }

  ZeroShotClassifier classifier(ModelFiles files, Model model, List<String> labels) {
    ImageTextModel towers = model.as(ImageTextModel.class);
    List<PromptTemplate> templates = options.templates();
    if (options.noCache) {
      return ZeroShotClassifier.withEmbeddings(towers, labels, embed(towers, labels, templates));
    }
    ClassEmbeddingCache cache =
        ClassEmbeddingCache.below(CacheFolder.of(console.environment(), console.home()));
    String key = key(files, model, labels, templates);
    Optional<float[][]> kept = cache.get(key, labels.size(), towers.dimension());
    float[][] embeddings = kept.orElseGet(() -> embed(towers, labels, templates));
    if (kept.isEmpty()) {
      cache.put(key, embeddings, towers.dimension());
    }
    return ZeroShotClassifier.withEmbeddings(towers, labels, embeddings);
  }

  private float[][] embed(
      ImageTextModel model, List<String> labels, List<PromptTemplate> templates) {
    warnOfLongTexts(model, labels, templates);
    int portion = Math.max(1, PROMPTS / templates.size());
    List<float[]> embeddings = new ArrayList<>();
    try (Progress progress = Progress.start(console, output, "Labels", labels.size())) {
      for (int i = 0; i < labels.size(); i += portion) {
        if (console.stopRequested().getAsBoolean()) {
          throw new InterruptedRunException("stopped while embedding labels; nothing was kept");
        }
        List<String> some = labels.subList(i, Math.min(i + portion, labels.size()));
        embeddings.addAll(
            Arrays.asList(ZeroShotClassifier.classEmbeddings(model, some, templates)));
        progress.step(some.size());
      }
    }
    return embeddings.toArray(float[][]::new);
  }

  private void warnOfLongTexts(
      ImageTextModel model, List<String> labels, List<PromptTemplate> templates) {
    PromptTemplate longest =
        Collections.max(templates, Comparator.comparingInt(template -> template.text().length()));
    for (String label : labels) {
      if (!model.fits(longest.fill(label))) {
        output.note(
            console,
            "label %s is longer than this model reads; its end is cut off"
                .formatted(Quoted.of(label)));
      }
    }
  }

  private static String key(
      ModelFiles files, Model model, List<String> labels, List<PromptTemplate> templates) {
    Digest digest =
        new Digest()
            .add(EDITION)
            .add(ModelFingerprint.of(files, model.checkpoint().weights()))
            .add(model.engine().backend().name())
            .add(labels.size());
    labels.forEach(digest::add);
    templates.forEach(template -> digest.add(template.text()));
    return digest.hex();
  }
}
