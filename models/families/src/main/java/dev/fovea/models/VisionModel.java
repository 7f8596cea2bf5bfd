package dev.fovea.models;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Session;
import dev.fovea.core.image.Image;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** A model that knows pictures only. */
public class VisionModel extends Model implements ImageEmbedder {
  private final VisionNetwork network;
  private final ImageProcessor imageProcessor;

  protected <N extends Record & VisionNetwork> VisionModel(
      String family, N network, ModelContext context) {
    super(family, network, context);
    this.network = network;
    this.imageProcessor = ImageProcessor.load(context.files());
  }

  /** A model of pictures; one with classes can classify too. */
  public static <N extends Record & VisionNetwork> VisionModel of(
      String family, N network, ModelContext context) {
    return network.hasClassifier()
        ? new VisionClassifier(family, network, context)
        : new VisionModel(family, network, context);
  }

  /** The structure of a picture model, with one forward pass on one picture. */
  public static <N extends Record & VisionNetwork> Structure structure(
      N network, int numChannels, int height, int width) {
    return new Structure(
        network,
        session -> {
          Tensor pixels = session.allocate(Shape.of(1, numChannels, height, width));
          if (network.hasClassifier()) {
            network.logits(pixels);
          } else {
            network.features(pixels);
          }
        },
        "1 picture of %d x %d".formatted(width, height));
  }

  @Override
  public int dimension() {
    return network.dimension();
  }

  @Override
  public float[][] imageFeatures(List<Image> images) {
    return runInBatches(images, network::features);
  }

  /** The layers. */
  public final VisionNetwork network() {
    return network;
  }

  /**
   * Pictures as the layers take them: [batch, channels, height, width].
   *
   * @throws BadInputException if the image processor makes other channels than the layers take
   */
  public final Tensor pixels(Session session, List<Image> images) {
    PixelBatch pixels = PixelBatch.of(imageProcessor, images);
    if (pixels.channels() != network.numChannels()) {
      throw new BadInputException(
          "%s: num_channels is %d, but the image processor makes %d channels; the configurations of model and processor do not belong together"
              .formatted(
                  files().describe("config.json"), network.numChannels(), pixels.channels()));
    }
    return pixels.toTensor(session);
  }

  /** Runs [batch, channels, height, width] to [batch, n] on pieces of a list. */
  final float[][] runInBatches(List<Image> images, Function<Tensor, Tensor> forward) {
    return whileOpen(
        () ->
            PixelBatch.inBatches(
                images,
                batch -> run(session -> PixelBatch.rows(forward.apply(pixels(session, batch))))));
  }
}
