/** What OpenAI's CLIP does to a text before encoding it, and its vocabulary. */
@NullMarked
package dev.fovea.core.tokenizer.clip;

import org.jspecify.annotations.NullMarked;
