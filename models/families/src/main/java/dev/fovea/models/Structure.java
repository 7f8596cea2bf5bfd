package dev.fovea.models;

import dev.fovea.core.engine.Session;
import java.util.function.Consumer;

/**
 * A model without weights.
 *
 * @param root the tree of layers; parameters have shapes and no values
 * @param forward one forward pass on one input of the usual size, for a backend that counts
 * @param input that input in words, as in {@code 1 picture 224 x 224 and 1 text of 77 tokens}
 */
public record Structure(Record root, Consumer<Session> forward, String input) {}
