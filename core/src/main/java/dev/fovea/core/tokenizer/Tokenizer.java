package dev.fovea.core.tokenizer;

import dev.fovea.core.files.ModelFiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns text into token ids and back. Immutable and thread-safe. */
public interface Tokenizer {
  /** The tokens of a text. */
  default Encoding encode(String text, EncodeOptions options) {
    return encodeBatch(List.of(text), options).getFirst();
  }

  /** The tokens of a pair of texts, as cross-encoders take them. */
  default Encoding encodePair(String first, String second, EncodeOptions options) {
    return encodePairs(List.of(first), List.of(second), options).getFirst();
  }

  /** The tokens of several texts, padded to one length if the options say so. */
  List<Encoding> encodeBatch(List<String> texts, EncodeOptions options);

  /**
   * The tokens of several pairs of texts, padded to one length if the options say so.
   *
   * @throws dev.fovea.core.BadInputException if the lists differ in length
   */
  List<Encoding> encodePairs(List<String> firsts, List<String> seconds, EncodeOptions options);

  /** The text of token ids; ids that the vocabulary lacks are left out. */
  String decode(int[] ids, boolean skipSpecialTokens);

  /** The id of a token of the vocabulary, added tokens included. */
  OptionalInt tokenId(String token);

  /** The token of an id as the vocabulary writes it. */
  Optional<String> token(int id);

  /** The id that padding is made of, where the tokenizer has one. */
  OptionalInt padTokenId();

  /** The longest sequence that the model was made for, where the tokenizer's files say so. */
  OptionalInt modelMaxLength();

  /** One more than the highest id. */
  int vocabularySize();

  /**
   * The tokenizer of a model folder: {@code tokenizer.json}, or {@code vocab.json} with {@code
   * merges.txt}, or {@code vocab.txt}, together with {@code tokenizer_config.json} and {@code
   * special_tokens_map.json}.
   *
   * @throws dev.fovea.core.BadInputException if there is none, or it has a component that is not
   *     known
   */
  static Tokenizer load(ModelFiles files) {
    return TokenizerLoader.load(files);
  }

  /**
   * CLIP's byte-level BPE with OpenAI's clean-up (repair of mojibake, HTML unescaping) in place of
   * Hugging Face's, over the vocabulary that a folder holds, or CLIP's own where it holds none.
   * Padding is id 0; longer texts are cut and end with the end token.
   */
  static Tokenizer openAiClip(ModelFiles files) {
    return OpenAiClip.load(files);
  }
}
