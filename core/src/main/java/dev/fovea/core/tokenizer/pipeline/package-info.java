/** The stages between a text and its token ids, one sealed family of components for each stage. */
@NullMarked
package dev.fovea.core.tokenizer.pipeline;

import org.jspecify.annotations.NullMarked;
