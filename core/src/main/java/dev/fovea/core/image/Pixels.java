package dev.fovea.core.image;

/**
 * A picture as a model wants it.
 *
 * @param values [channels, height, width], row-major
 */
public record Pixels(float[] values, int channels, int height, int width) {}
