package dev.fovea.models.sentence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.models.Model;
import dev.fovea.models.Models;
import dev.fovea.models.Refusal;
import dev.fovea.models.TestData;
import dev.fovea.models.TextEmbedder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A sentence embedder")
class SentenceEmbedderTest {
  private static final ModelFiles MINILM = ModelFiles.directory(TestData.model("sentence-minilm"));

  @Test
  void givesASentenceTheSameVectorInEveryBatch() {
    try (Model model = Models.open(MINILM)) {
      TextEmbedder embedder = model.as(TextEmbedder.class);
      float[] alone = embedder.embed("a photo of a cat");
      float[][] batch = embedder.embedTexts(List.of("a photo of a cat", "word ".repeat(100)));

      assertArrayEquals(alone, batch[0], 1e-6f);
      assertEquals(32, embedder.dimension());
    }
  }

  @Test
  void readsNoMoreTokensThanItsFolderSays() {
    try (Model model = Models.open(MINILM)) {
      assertEquals(
          24, ((SentenceEmbedder) model).tokens(List.of("word ".repeat(100))).ids().length());
    }
  }

  @Test
  void readsNoMoreTokensThanItHasPositions() {
    ModelFiles files = with("sentence_bert_config.json", "{\"max_seq_length\": 5000}");
    try (Model model = Models.open(files)) {
      assertEquals(
          96, ((SentenceEmbedder) model).tokens(List.of("word ".repeat(200))).ids().length());
    }
  }

  @Test
  void putsSeveralWaysOfPoolingSideBySide() {
    try (Model model = Models.open(TestData.model("sentence-max-mean-bf16-sharded"))) {
      assertEquals(3 * 32, model.as(TextEmbedder.class).dimension());
    }
  }

  @Test
  void lowersCaseWhereItsFolderAsksForThat() {
    ModelFiles files =
        with("sentence_bert_config.json", "{\"max_seq_length\": 24, \"do_lower_case\": true}");
    try (Model model = Models.open(files)) {
      SentenceEmbedder embedder = (SentenceEmbedder) model;
      assertArrayEquals(
          embedder.tokens(List.of("a cat")).ids().values(),
          embedder.tokens(List.of("A CAT")).ids().values());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"pooling_mode_lasttoken\": true} | pooling_mode_lasttoken is true, expected false",
        "{\"pooling_mode_weightedmean_tokens\": true} | pooling_mode_weightedmean_tokens is true, expected false",
        "{} | no pooling mode is switched on",
        "{\"pooling_mode\": \"median\"} | pooling_mode is \"median\", expected cls, max, mean or mean_sqrt_len_tokens",
        "{\"pooling_mode_cls_token\": \"yes\"} | pooling_mode_cls_token is \"yes\", expected true or false",
      })
  void refusesPoolingThatItDoesNotKnow(String pooling, String reason) {
    ModelFiles files = with("1_Pooling/config.json", pooling);

    String e = Refusal.of(() -> Models.open(files));

    assertTrue(e.startsWith(files.describe("1_Pooling/config.json") + ": "), e);
    assertTrue(e.contains(reason), e);
  }

  @Test
  void takesTheNewSpellingOfPooling() {
    ModelFiles files = with("1_Pooling/config.json", "{\"pooling_mode\": \"mean\"}");
    try (Model spelledAnew = Models.open(files);
        Model model = Models.open(MINILM)) {
      assertArrayEquals(
          model.as(TextEmbedder.class).embed("a cat"),
          spelledAnew.as(TextEmbedder.class).embed("a cat"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"type\": \"sentence_transformers.models.Dense\", \"path\": \"2_Dense\"}] | module type 'sentence_transformers.models.Dense' is not known; known are Transformer, Pooling, Normalize",
        "[{\"type\": \"sentence_transformers.models.Transformer\", \"path\": \"0_BERT\"}] | the transformer lies in '0_BERT'; open that folder",
      })
  void refusesModulesThatItDoesNotKnow(String modules, String reason) {
    ModelFiles files = with("modules.json", modules);

    String e = Refusal.of(() -> Models.open(files));

    assertEquals(files.describe("modules.json") + ": " + reason, e);
  }

  @Test
  void refusesATokenizerWithMoreTokensThanTheModel() {
    ModelFiles other = ModelFiles.directory(TestData.at("parity/tokenizers/bert_full"));
    ModelFiles files = MINILM.replacing("tokenizer.json", other.read("tokenizer.json"));
    try (Model model = Models.open(files)) {
      String e = Refusal.of(() -> model.as(TextEmbedder.class).embed("a photo of a cat"));

      assertTrue(e.contains("is not among the 640 of tensor"), e);
    }
  }

  private static ModelFiles with(String name, String content) {
    return MINILM.replacing(name, content.getBytes(StandardCharsets.UTF_8));
  }
}
