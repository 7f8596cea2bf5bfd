package dev.fovea.models.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.json.Json;
import dev.fovea.core.tensor.Activation;
import dev.fovea.models.Refusal;
import dev.fovea.models.clip.ClipConfig.Projection;
import dev.fovea.models.clip.ClipConfig.VisionResNet;
import dev.fovea.models.clip.ClipConfig.VisionTransformer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An open_clip_config.json")
class OpenClipConfigTest {
  @Test
  void takesTheDefaultsOfOpenClip() {
    ClipConfig config = read("", "", "");

    VisionTransformer vision = (VisionTransformer) config.vision();
    assertEquals(224, vision.imageSize());
    assertEquals(16, vision.patchSize());
    assertEquals(12, vision.transformer().numAttentionHeads());
    assertEquals(3072, vision.transformer().intermediateSize());
    assertEquals(VisionPooling.CLASS_TOKEN, vision.pooling());
    assertEquals(Activation.GELU, vision.transformer().hiddenAct());
    assertEquals(1e-5, vision.transformer().layerNormEps());
    assertEquals(77, config.text().maxPositionEmbeddings());
    assertEquals(49408, config.text().vocabSize());
    assertEquals(new TextPooling.HighestId(), config.text().pooling());
    assertEquals(Projection.LINEAR, config.text().projection());
  }

  @Test
  void saysByAFlagWhetherGeluIsQuick() {
    ClipConfig config = read("\"quick_gelu\": true,", "", "");

    assertEquals(
        Activation.QUICK_GELU, ((VisionTransformer) config.vision()).transformer().hiddenAct());
    assertEquals(Activation.QUICK_GELU, config.text().transformer().hiddenAct());
  }

  @Test
  void givesTheWidthOfHeadsNotTheirNumber() {
    VisionTransformer huge =
        (VisionTransformer) read("", "\"width\": 1280, \"head_width\": 80", "").vision();

    assertEquals(16, huge.transformer().numAttentionHeads());
  }

  @Test
  void roundsTheWidthOfTheMlpDown() {
    VisionTransformer gigantic =
        (VisionTransformer)
            read("", "\"width\": 1664, \"head_width\": 104, \"mlp_ratio\": 4.9231", "").vision();

    assertEquals(8192, gigantic.transformer().intermediateSize());
  }

  @Test
  void meansAResNetByAListOfLayers() {
    VisionResNet resNet =
        (VisionResNet)
            read("", "\"layers\": [3, 4, 6, 3], \"width\": 64, \"patch_size\": null", "").vision();

    assertEquals(32, resNet.numHeads());
    assertEquals(2048, resNet.embedDim());
  }

  @Test
  void acceptsOneSizeForBothDirections() {
    VisionTransformer vision =
        (VisionTransformer)
            read("", "\"image_size\": [96, 96], \"patch_size\": [8, 8]", "").vision();

    assertEquals(144, vision.numPatches());
  }

  /** What would give wrong numbers if it were ignored. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vision | "timm_model_name": "vit_base_patch16_siglip_224" | nothing; Fovea does not run such models
          vision | "attentional_pool": true                         | false; Fovea does not run such models
          vision | "attentional_pool": "parallel"                   | false; Fovea does not run such models
          vision | "qk_norm": true                                  | false; Fovea does not run such models
          vision | "block_type": "custom"                           | 'default'; Fovea does not run such models
          vision | "pool_type": "none"                              | tok or avg
          vision | "pos_embed_type": "rope"                         | learnable or sin_cos_2d
          vision | "image_size": [224, 448]                         | one size, or the same twice
          vision | "layers": [3, 4, 6]                              | the number of blocks of 4 stages, each at most 1024
          vision | "layers": 1000000000                             | a whole number from 1 to 1024
          vision | "act_kwargs": {"approximate": "sin"}             | none, or tanh without quick_gelu
          text   | "hf_model_name": "xlm-roberta-base"              | nothing; Fovea does not run such models
          text   | "embed_cls": true                                | false; Fovea does not run such models
          text   | "text_arch": "modern"                            | 'clip'; Fovea does not run such models
          text   | "pool_type": "mean"                              | argmax, eos, first or last
          text   | "proj_type": "mlp"                               | linear or none
          text   | "norm_type": "rmsnorm"                           | 'layernorm'; Fovea does not run such models
          text   | "heads": 0                                       | a whole number from 1 to 16777216
          """)
  void isRefusedByNameOfWhatIsNotSupported(String side, String field, String expected) {
    String e =
        Refusal.of(
            () -> read("", side.equals("vision") ? field : "", side.equals("text") ? field : ""));

    String name = field.substring(1, field.indexOf('"', 1));
    assertEquals(
        "model_cfg.%s_cfg.%s".formatted(side, name),
        e.split("[ :]+")[1].replaceAll("\\.approximate$", ""));
    assertEquals(expected, e.substring(e.indexOf("expected ") + 9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vision | "head_width": 100, "width": 1000, "patch_size": 500 | model_cfg.vision_cfg: patch_size 500 is larger than image_size 224
          vision | "width": 100, "head_width": 64, "layers": [1, 1, 1, 1], "image_size": 225 | model_cfg.vision_cfg: image_size 225 is not a multiple of 32
          vision | "width": 63, "layers": [1, 1, 1, 1]        | model_cfg.vision_cfg: width 63 is odd
          text   | "width": 100, "heads": 3                   | model_cfg.text_cfg: width 100 is not a multiple of 3 heads
          text   | "pool_type": "eos"                         | model_cfg.text_cfg: pool_type eos needs eos_id, the number of the end token
          text   | "proj_type": "none", "width": 64           | model_cfg.text_cfg: proj_type none needs a width of embed_dim, 512
          text   | "mlp_ratio": 0                             | model_cfg.text_cfg: mlp_ratio makes the MLP 0.0 wide
          """)
  void isRefusedWhereItContradictsItself(String side, String fields, String message) {
    String e =
        Refusal.of(
            () -> read("", side.equals("vision") ? fields : "", side.equals("text") ? fields : ""));

    assertEquals("config: " + message, e);
  }

  @Test
  void needsAModelConfiguration() {
    String e =
        Refusal.of(
            () -> OpenClipConfig.read(Config.of(Json.parse(bytes("{}"), "config"), "config")));

    assertEquals("config: model_cfg: is missing; expected OpenCLIP's model_cfg", e);
  }

  @Test
  void namesATokenizerThatIsNotClips() {
    Config config =
        Config.of(
            Json.parse(
                bytes(
                    "{\"model_cfg\": {\"text_cfg\": {\"hf_tokenizer_name\": \"bert-base-uncased\"}}}"),
                "config"),
            "config");

    String e = Refusal.of(() -> OpenClipConfig.requireClipTokenizer(config));

    assertEquals(
        "config: model_cfg.text_cfg.hf_tokenizer_name is \"bert-base-uncased\", expected nothing; Fovea does not run such models",
        e);
  }

  private static ClipConfig read(String model, String vision, String text) {
    String json =
        "{\"model_cfg\": {%s \"embed_dim\": 512, \"vision_cfg\": {%s}, \"text_cfg\": {%s}}}"
            .formatted(model, vision, text);
    return OpenClipConfig.read(Config.of(Json.parse(bytes(json), "config"), "config"));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
