package dev.fovea.core.tokenizer;

import dev.fovea.core.tokenizer.EncodeOptions.Side;
import java.util.OptionalInt;

/**
 * What a tokenizer's configuration says besides its stages.
 *
 * @param cleanUpSpaces whether decoding removes the spaces before English punctuation
 */
record TokenizerSettings(
    OptionalInt padTokenId,
    Side paddingSide,
    Side truncationSide,
    OptionalInt modelMaxLength,
    boolean cleanUpSpaces) {}
