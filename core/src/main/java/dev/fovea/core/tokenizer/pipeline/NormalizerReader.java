package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.checkpoint.Config;
import java.text.Normalizer.Form;

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
          new Normalizer.Replace(Components.pattern(component), component.text("content"));
      case "Prepend" -> new Normalizer.Prepend(component.text("prepend"));
      case "ByteLevel" -> new Normalizer.ByteLevel();
      default -> throw Components.unknown("a normalizer", component);
    };
  }
}
