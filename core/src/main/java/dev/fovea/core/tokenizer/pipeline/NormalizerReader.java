package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.checkpoint.Config;
import java.text.Normalizer.Form;
import java.util.Base64;

/** Reads the {@code normalizer} of a tokenizer.json. */
public final class NormalizerReader {
  private NormalizerReader() {}

  public static Normalizer read(Config component) {
    return switch (component.text("type")) {
      case "Sequence" ->
          new Normalizer.Sequence(
              Components.steps(component, "normalizers", NormalizerReader::read));
      case "NFC" -> new Normalizer.UnicodeForm(Form.NFC);
      case "NFD" -> new Normalizer.UnicodeForm(Form.NFD);
      case "NFKC" -> new Normalizer.UnicodeForm(Form.NFKC);
      case "NFKD" -> new Normalizer.UnicodeForm(Form.NFKD);
      case "Lowercase" -> new Normalizer.Lowercase();
      case "Strip" ->
          new Normalizer.Strip(
              component.flag("strip_left", true), component.flag("strip_right", true));
      case "StripAccents" -> new Normalizer.StripAccents();
      case "Replace" ->
          new Normalizer.Replace(
              Components.pattern(component), Components.affix(component, "content"));
      case "Prepend" -> new Normalizer.Prepend(Components.affix(component, "prepend"));
      case "BertNormalizer" -> {
        boolean lowercase = component.flag("lowercase", true);
        yield new Normalizer.Bert(
            component.flag("clean_text", true),
            component.flag("handle_chinese_chars", true),
            component.flag("strip_accents", lowercase),
            lowercase);
      }
      case "Nmt" -> new Normalizer.Nmt();
      case "Precompiled" -> new Normalizer.Precompiled(charsMap(component), true);
      case "ByteLevel" -> new Normalizer.ByteLevel();
      default -> throw Components.unknown("a normalizer", component);
    };
  }

  private static CharsMap charsMap(Config component) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(component.text("precompiled_charsmap"));
    } catch (IllegalArgumentException e) {
      throw component.wrong("precompiled_charsmap", "base64");
    }
    return CharsMap.parse(bytes)
        .orElseThrow(
            () -> component.wrong("precompiled_charsmap", "the rules of a SentencePiece model"));
  }
}
