/** Regular expressions as tokenizers write them, with a bound on the work of every search. */
@NullMarked
package dev.fovea.core.tokenizer.regex;

import org.jspecify.annotations.NullMarked;
