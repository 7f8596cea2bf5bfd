/** Vector indexes. Today the exact one, which others will be measured against. */
@NullMarked
package dev.fovea.retrieval;

import org.jspecify.annotations.NullMarked;
