package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/**
 * The tokens of a picture: a learned class token, then the patches, with learned positions. ViT,
 * section 3.1 (Dosovitskiy et al. 2021).
 *
 * @param clsToken [1, 1, hidden]
 * @param maskToken [1, hidden]; stands for hidden patches in training and is not used here
 * @param registerTokens [1, registers, hidden]; placed behind the class token, without positions
 *     (Darcet et al. 2024)
 */
public record VisionEmbeddings(
    Parameter clsToken,
    Optional<Parameter> maskToken,
    Optional<Parameter> registerTokens,
    PatchEmbedding patchEmbeddings,
    PositionGrid positionEmbeddings) {
  /**
   * Binds the embeddings.
   *
   * @param numRegisterTokens registers; 0 for none
   */
  public static VisionEmbeddings bind(
      Binder at,
      PatchGrid grid,
      int hiddenSize,
      boolean maskToken,
      int numRegisterTokens,
      PositionGrid.Resize resize) {
    return new VisionEmbeddings(
        at.parameter("cls_token", 1, 1, hiddenSize),
        maskToken ? Optional.of(at.parameter("mask_token", 1, hiddenSize)) : Optional.empty(),
        numRegisterTokens > 0
            ? Optional.of(at.parameter("register_tokens", 1, numRegisterTokens, hiddenSize))
            : Optional.empty(),
        PatchEmbedding.bind(
            at.at("patch_embeddings"), grid.numChannels(), grid.patchSize(), hiddenSize, true),
        new PositionGrid(
            at.parameter("position_embeddings", 1, grid.numPatches() + 1, hiddenSize),
            1,
            grid.side(),
            resize));
  }

  /**
   * The tokens of pictures of any size from one patch on.
   *
   * @param pixels [batch, channels, height, width]
   * @return [batch, 1 + registers + patches, hidden]
   */
  public Tensor forward(Tensor pixels) {
    Session session = pixels.session();
    int batch = pixels.dim(0);
    int patch = patchEmbeddings.weight().shape().dim(3);
    Tensor patches = patchEmbeddings.forward(pixels);
    Tensor positions =
        positionEmbeddings.forward(session, pixels.dim(2) / patch, pixels.dim(3) / patch);
    Tensor tokens = Tensor.concat(1, repeated(clsToken, session, batch), patches).plus(positions);
    return registerTokens
        .map(registers -> withRegisters(tokens, repeated(registers, session, batch)))
        .orElse(tokens)
        .tap(this, "output");
  }

  /** Tokens between the class token and the patches. */
  public int numRegisterTokens() {
    return registerTokens.map(tokens -> tokens.shape().dim(1)).orElse(0);
  }

  private static Tensor withRegisters(Tensor tokens, Tensor registers) {
    return Tensor.concat(
        1, tokens.narrow(1, 0, 1), registers, tokens.narrow(1, 1, tokens.dim(1) - 1));
  }

  private static Tensor repeated(Parameter token, Session session, int batch) {
    Shape one = token.shape();
    return session.weight(token).broadcastTo(Shape.of(batch, one.dim(1), one.dim(2)));
  }
}
