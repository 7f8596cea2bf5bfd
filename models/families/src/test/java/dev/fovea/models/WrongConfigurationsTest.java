package dev.fovea.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("A wrong configuration is refused with file, field and reason")
class WrongConfigurationsTest {
  @ParameterizedTest(name = "{0}: {1} = {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "vit-classifier | num_attention_heads | 5 | hidden_size 32 is not a multiple of num_attention_heads 5",
        "vit-classifier | hidden_act | \"sofplus\" | hidden_act: activation 'sofplus' is not known",
        "vit-classifier | patch_size | 64 | patch_size 64 is larger than image_size 48",
        "vit-classifier | image_size | -1 | image_size is -1, expected a whole number from 1 to 16384",
        "vit-classifier | num_hidden_layers | 1e9 | num_hidden_layers is 1.0E9, expected a whole number from 1 to 1024",
        "vit-classifier | qkv_bias | 1 | qkv_bias is 1, expected true or false",
        "vit-classifier | id2label | {\"0\": \"cat\", \"2\": \"dog\"} | id2label has 2 entries, but no label for class 1",
        "vit-classifier | id2label | [\"cat\"] | id2label is [\"cat\"], expected an object",
        "vit-classifier | id2label | {} | id2label is {}, expected an object with a label for each of 0",
        "resnet-classifier | layer_type | \"wide\" | layer_type is \"wide\", expected basic or bottleneck",
        "resnet-classifier | depths | [1, 2, 1] | hidden_sizes has 4 stages, depths has 3",
        "resnet-classifier | depths | [1, 2, 1, 99999] | depths add up to 100003, more than 1024",
        "resnet-classifier | depths | [1, 2, 1, 0] | depths is [1,2,1,0], expected a list of whole numbers from 1",
        "resnet-classifier | hidden_sizes | [24, 40, 64, 2] | hidden_sizes are too small for bottlenecks",
        "dinov2 | mlp_ratio | -2 | mlp_ratio is not between 0 and 1024",
        "dinov2 | mlp_ratio | 1e-9 | mlp_ratio leaves no width",
        "siglip | text_config | {\"hidden_size\": 33, \"num_attention_heads\": 3} | text_config.projection_size 33 and vision_config.hidden_size 32 differ",
        "siglip | vision_config | {\"vision_use_head\": false} | vision_use_head is false",
        "siglip | vision_config | 7 | vision_config is 7, expected an object",
        "sentence-minilm | position_embedding_type | \"relative_key\" | position_embedding_type is \"relative_key\", expected absolute",
      })
  void isRefused(String model, String field, String value, String reason) {
    ModelFiles files = withField(model, field, value);

    String opening = Refusal.of(() -> Models.open(files));

    assertTrue(opening.startsWith(files.describe("config.json") + ": "), opening);
    assertTrue(opening.contains(reason), opening);
    assertEquals(opening, Refusal.of(() -> Inspection.of(files)));
  }

  @ParameterizedTest(name = "{0}: {1} = {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "vit-classifier | intermediate_size | 57 | vit.encoder.layer.0.intermediate.dense.weight & [56, 32] & [57, 32]",
        "vit-classifier | image_size | 64 | vit.embeddings.position_embeddings & [1, 10, 32] & [1, 17, 32]",
        "vit-classifier | num_hidden_layers | 2 | 16 tensors & vit.encoder.layer.2.attention.attention.key.bias",
        "vit-classifier | num_hidden_layers | 4 | encoder.layer.3.attention.attention.key.weight & is missing",
        "vit-classifier | qkv_bias | false | 9 tensors & vit.encoder.layer.0.attention.attention.key.bias",
        "vit-classifier | id2label | {\"0\": \"cat\"} | classifier.weight & [7, 32] & [1, 32]",
        "resnet-classifier | depths | [1, 1, 1, 1] | 15 tensors & resnet.encoder.stages.1.layers.1.layer.0.convolution.weight",
        "resnet-classifier | embedding_size | 17 | resnet.embedder.embedder.convolution.weight & [16, 3, 7, 7] & [17, 3, 7, 7]",
        "dinov2 | use_swiglu_ffn | true | encoder.layer.0.mlp.weights_in.weight & is missing",
        "dinov2 | use_mask_token | false | embeddings.mask_token",
        "sentence-minilm | max_position_embeddings | 97 | embeddings.position_embeddings.weight & [96, 32] & [97, 32]",
      })
  void mustFitTheWeights(String model, String field, String value, String said) {
    ModelFiles files = withField(model, field, value);

    String e = Refusal.of(() -> Models.open(files));

    assertTrue(e.startsWith(files.describe("model.safetensors") + ": "), e);
    for (String part : said.split(" & ")) {
      assertTrue(e.contains(part), e);
    }
  }

  private static ModelFiles withField(String model, String field, String value) {
    ModelFiles files = ModelFiles.directory(TestData.model(model));
    ObjectNode config = (ObjectNode) files.json("config.json");
    config.set(field, Json.parse(value.getBytes(StandardCharsets.UTF_8), "test"));
    return files.replacing("config.json", Json.mapper().writeValueAsBytes(config));
  }
}
