/** From text to token ids and back, as the tokenizers library and its predecessors do it. */
@NullMarked
package dev.fovea.core.tokenizer;

import org.jspecify.annotations.NullMarked;
