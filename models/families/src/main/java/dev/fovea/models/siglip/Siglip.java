package dev.fovea.models.siglip;

import dev.fovea.core.engine.Session;
import dev.fovea.core.image.Image;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.core.tokenizer.EncodeOptions;
import dev.fovea.core.tokenizer.Tokenizer;
import dev.fovea.models.FixedSize;
import dev.fovea.models.ImageTextModel;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.PixelBatch;
import dev.fovea.models.TokenBatch;
import java.util.List;

/** A SigLIP model ready for use. */
public final class Siglip extends Model implements ImageTextModel {
  private final SiglipModel siglip;
  private final SiglipConfig config;
  private final Tokenizer tokenizer;
  private final EncodeOptions options;
  private final ImageProcessor imageProcessor;
  private final Similarity similarity;

  Siglip(String family, SiglipModel siglip, SiglipConfig config, ModelContext context) {
    super(family, siglip, context);
    this.siglip = siglip;
    this.config = config;
    this.tokenizer = Tokenizer.load(context.files());
    this.options =
        EncodeOptions.defaults()
            .withMaxLength(config.text().maxPositionEmbeddings())
            .withPadding(EncodeOptions.Padding.MAX_LENGTH);
    this.imageProcessor =
        new FixedSize(
            ImageProcessor.load(context.files()),
            config.vision().grid().numChannels(),
            config.vision().grid().imageSize(),
            context.files().describe("config.json"));
    this.similarity =
        new Similarity(
            Math.exp(siglip.logitScale().toFloats()[0]), siglip.logitBias().toFloats()[0], true);
  }

  @Override
  public int dimension() {
    return config.text().projectionSize();
  }

  @Override
  public Similarity similarity() {
    return similarity;
  }

  @Override
  public float[][] imageFeatures(List<Image> images) {
    return whileOpen(
        () ->
            PixelBatch.inBatches(
                images,
                batch ->
                    run(
                        session ->
                            PixelBatch.rows(
                                siglip.visionModel().forward(pixels(session, batch))))));
  }

  @Override
  public boolean fits(String text) {
    return TokenBatch.fits(tokenizer, text, options);
  }

  @Override
  public float[][] textFeatures(List<String> texts) {
    return whileOpen(
        () ->
            PixelBatch.inBatches(
                texts,
                batch ->
                    run(
                        session ->
                            PixelBatch.rows(
                                siglip.textModel().forward(session, tokens(batch).ids())))));
  }

  TokenBatch tokens(List<String> texts) {
    return TokenBatch.of(tokenizer, texts, options);
  }

  Tensor pixels(Session session, List<Image> images) {
    return PixelBatch.of(imageProcessor, images).toTensor(session);
  }
}
