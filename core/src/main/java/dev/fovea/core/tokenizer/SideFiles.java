package dev.fovea.core.tokenizer;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.json.Json;
import dev.fovea.core.tokenizer.EncodeOptions.Side;
import dev.fovea.core.tokenizer.pipeline.AddedToken;
import dev.fovea.core.tokenizer.pipeline.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What tokenizer_config.json, special_tokens_map.json and added_tokens.json say; each may be
 * missing.
 *
 * @param config tokenizer_config.json, or an empty object
 * @param tokenizerClass the class in transformers, without a final "Fast"; may be empty
 * @param roles special tokens by role, such as {@code pad_token}
 * @param additional special tokens without a role
 * @param added the added tokens that tokenizer_config.json or added_tokens.json list
 */
record SideFiles(
    Config config,
    String tokenizerClass,
    Map<String, AddedToken> roles,
    List<AddedToken> additional,
    List<Draft.Declared> added) {
  private static final List<String> ROLES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  static SideFiles read(ModelFiles files) {
    Config config = optional(files, "tokenizer_config.json");
    Config specialMap = optional(files, "special_tokens_map.json");
    String tokenizerClass = config.text("tokenizer_class", "").replaceFirst("Fast$", "");
    Map<String, AddedToken> roles = new LinkedHashMap<>();
    for (String role : ROLES) {
      token(config, role)
          .or(() -> config.has("added_tokens_decoder") ? Optional.empty() : token(specialMap, role))
          .or(() -> ClassDefaults.of(tokenizerClass).special(role).map(AddedToken::special))
          .ifPresent(token -> roles.put(role, token));
    }
    List<AddedToken> additional = additional(config);
    if (additional.isEmpty() && !config.has("added_tokens_decoder")) {
      additional = additional(specialMap);
    }
    List<Draft.Declared> added = new ArrayList<>(listed(config));
    if (added.isEmpty()) {
      added.addAll(legacy(files, roles, additional));
    }
    return new SideFiles(config, tokenizerClass, roles, additional, List.copyOf(added));
  }

  /** The content of a special token. */
  Optional<String> special(String role) {
    return Optional.ofNullable(roles.get(role)).map(AddedToken::content);
  }

  OptionalInt modelMaxLength() {
    double length = config.number("model_max_length", Double.MAX_VALUE);
    return length >= 1 && length <= Vocabulary.HIGHEST_ID
        ? OptionalInt.of((int) length)
        : OptionalInt.empty();
  }

  /** The side that a field names, if it is there. */
  static Optional<Side> side(Config config, String field) {
    return config
        .optionalText(field)
        .map(
            side ->
                switch (side.toLowerCase(Locale.ROOT)) {
                  case "left" -> Side.LEFT;
                  case "right" -> Side.RIGHT;
                  default -> throw config.wrong(field, "left or right");
                });
  }

  /** The settings that go with finished stages. */
  TokenizerSettings settings(java.util.function.Function<String, OptionalInt> ids, Draft draft) {
    return new TokenizerSettings(
        special("pad_token")
            .or(() -> draft.padding().padToken())
            .map(ids)
            .orElse(OptionalInt.empty()),
        side(config, "padding_side")
            .or(() -> draft.padding().paddingSide())
            .orElse(ClassDefaults.of(tokenizerClass).paddingSide()),
        side(config, "truncation_side")
            .or(() -> draft.padding().truncationSide())
            .orElse(Side.RIGHT),
        modelMaxLength(),
        config.flag("clean_up_tokenization_spaces", false));
  }

  private static Config optional(ModelFiles files, String name) {
    JsonNode content = files.jsonIfPresent(name).orElseGet(() -> Json.mapper().createObjectNode());
    return Config.of(content, files.describe(name));
  }

  private static Optional<AddedToken> token(Config config, String role) {
    if (config.node(role).isObject()) {
      Config token = config.object(role);
      AddedToken read = TokenizerJson.addedToken(token);
      return Optional.of(
          new AddedToken(
              read.content(),
              true,
              read.leftStrip(),
              read.rightStrip(),
              read.singleWord(),
              token.flag("normalized", true)));
    }
    return config.optionalText(role).filter(text -> !text.isEmpty()).map(AddedToken::special);
  }

  private static List<AddedToken> additional(Config config) {
    JsonNode list = config.node("additional_special_tokens");
    List<AddedToken> tokens = new ArrayList<>();
    for (JsonNode element : list) {
      if (element.isString()) {
        tokens.add(AddedToken.special(element.stringValue()));
      } else if (element.isObject()) {
        AddedToken read = TokenizerJson.addedToken(Config.of(element, config.source()));
        tokens.add(
            new AddedToken(
                read.content(),
                true,
                read.leftStrip(),
                read.rightStrip(),
                read.singleWord(),
                read.normalized()));
      } else {
        throw config.wrong("additional_special_tokens", "a list of tokens");
      }
    }
    return tokens;
  }

  private static List<Draft.Declared> listed(Config config) {
    Config decoder = config.object("added_tokens_decoder");
    List<Draft.Declared> declared = new ArrayList<>();
    for (String key : config.node("added_tokens_decoder").propertyNames()) {
      config.check(
          key.matches("\\d{1,8}"),
          "added_tokens_decoder has the key '%s', expected an id".formatted(key));
      declared.add(
          new Draft.Declared(TokenizerJson.addedToken(decoder.object(key)), Integer.parseInt(key)));
    }
    declared.sort(java.util.Comparator.comparingInt(Draft.Declared::id));
    return declared;
  }

  private static List<Draft.Declared> legacy(
      ModelFiles files, Map<String, AddedToken> roles, List<AddedToken> additional) {
    if (!files.contains("added_tokens.json")) {
      return List.of();
    }
    Config tokens = optional(files, "added_tokens.json");
    List<Draft.Declared> declared = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : files.json("added_tokens.json").properties()) {
      String content = entry.getKey();
      boolean special =
          roles.values().stream().anyMatch(token -> token.content().equals(content))
              || additional.stream().anyMatch(token -> token.content().equals(content));
      declared.add(
          new Draft.Declared(
              new AddedToken(content, special, false, false, false, !special),
              tokens.integer(content, -1, 0, Vocabulary.HIGHEST_ID)));
    }
    return declared;
  }
}
