package dev.fovea.core.image.codec;

import java.util.Optional;

/**
 * A decoded picture in 8-bit RGB.
 *
 * @param rgb height * width * 3 bytes, row by row
 * @param alpha height * width bytes, where the file has transparency
 */
public record Bitmap(int width, int height, byte[] rgb, Optional<byte[]> alpha) {}
