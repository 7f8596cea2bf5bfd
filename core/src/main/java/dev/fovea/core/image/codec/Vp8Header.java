package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;

/**
 * What precedes the macroblocks of a VP8 key frame: RFC 6386, section 9.
 *
 * @param segmentTree probabilities of a macroblock's segment; empty where all are in the first
 * @param steps of the coefficients in each segment
 * @param filters loop filters, [segment][0 for whole and 1 for divided macroblocks]
 * @param simpleFilter whether only luma is filtered, and less
 * @param coefficientTree probabilities, [kind][band][context][probability] in one array
 * @param skipProbability that a macroblock has coefficients; 0 where the stream does not say
 * @param modes the rest of the first partition
 * @param tokens the partitions with coefficients; rows of macroblocks take turns
 */
record Vp8Header(
    int width,
    int height,
    int[] segmentTree,
    Steps[] steps,
    Filter[][] filters,
    boolean simpleFilter,
    int[] coefficientTree,
    int skipProbability,
    Vp8Bits modes,
    Vp8Bits[] tokens) {
  static final int SEGMENTS = 4;
  private static final int START_BYTES = 10;

  /** Quantiser steps, each of the first and of the other coefficients. */
  record Steps(int lumaFirst, int luma, int meansFirst, int means, int chromaFirst, int chroma) {}

  /** A loop filter; a limit of 0 filters nothing. */
  record Filter(int limit, int innerLimit, int threshold) {
    static final Filter NONE = new Filter(0, 0, 0);
  }

  private record Segments(
      boolean used, int[] tree, boolean absolute, int[] quantizer, int[] level) {}

  static Vp8Header read(ByteBuffer chunk) throws BadPictureException {
    if (chunk.limit() < START_BYTES) {
      throw BadPictureException.truncated("within its picture");
    }
    int start = WebpFile.threeBytes(chunk, 0);
    boolean shown = ((start >> 4) & 1) != 0;
    if ((start & 1) != 0 || !shown || ((start >> 1) & 7) > 3) {
      throw new BadPictureException("damaged: its lossy picture is no key frame");
    }
    int firstLength = start >> 5;
    if (firstLength > chunk.limit() - START_BYTES) {
      throw BadPictureException.truncated("within its picture");
    }
    Vp8Bits in = new Vp8Bits(chunk.slice(START_BYTES, firstLength));
    in.number(2); // colour space and clamping, which decoders ignore
    Segments segments = segments(in);
    boolean simple = in.flag();
    int level = in.number(6);
    Filter[][] filters = filters(in, segments, level);
    Vp8Bits[] tokens = partitions(chunk, START_BYTES + firstLength, 1 << in.number(2));
    Steps[] steps = steps(in, segments);
    in.flag(); // whether later frames keep the probabilities
    int[] coefficients = Vp8Tables.COEFFICIENTS.clone();
    for (int i = 0; i < coefficients.length; i++) {
      if (in.bit(Vp8Tables.COEFFICIENT_UPDATES[i]) != 0) {
        coefficients[i] = in.number(8);
      }
    }
    int skip = in.flag() ? in.number(8) : -1;
    if (in.isExhausted()) {
      throw BadPictureException.truncated("within its picture");
    }
    return new Vp8Header(
        chunk.getShort(6) & 0x3fff,
        chunk.getShort(8) & 0x3fff,
        segments.tree,
        steps,
        filters,
        simple,
        coefficients,
        skip,
        in,
        tokens);
  }

  private static Segments segments(Vp8Bits in) {
    int[] quantizer = new int[SEGMENTS];
    int[] level = new int[SEGMENTS];
    boolean absolute = true;
    int[] tree = {};
    boolean used = in.flag();
    if (used) {
      boolean hasTree = in.flag();
      if (in.flag()) {
        absolute = in.flag();
        for (int i = 0; i < SEGMENTS; i++) {
          quantizer[i] = in.optionalSigned(7);
        }
        for (int i = 0; i < SEGMENTS; i++) {
          level[i] = in.optionalSigned(6);
        }
      }
      if (hasTree) {
        tree = new int[] {255, 255, 255};
        for (int i = 0; i < tree.length; i++) {
          tree[i] = in.flag() ? in.number(8) : 255;
        }
      }
    }
    return new Segments(used, tree, absolute, quantizer, level);
  }

  private static Filter[][] filters(Vp8Bits in, Segments segments, int frameLevel) {
    int sharpness = in.number(3);
    boolean hasDeltas = in.flag();
    int intraDelta = 0;
    int dividedDelta = 0;
    if (hasDeltas && in.flag()) {
      for (int i = 0; i < 4; i++) {
        int delta = in.optionalSigned(6);
        intraDelta = i == 0 ? delta : intraDelta;
      }
      for (int i = 0; i < 4; i++) {
        int delta = in.optionalSigned(6);
        dividedDelta = i == 0 ? delta : dividedDelta;
      }
    }
    Filter[][] filters = new Filter[SEGMENTS][2];
    for (int s = 0; s < SEGMENTS; s++) {
      int level = frameLevel;
      if (segments.used) {
        level = segments.level[s] + (segments.absolute ? 0 : frameLevel);
      }
      boolean off = frameLevel == 0;
      filters[s][0] = off ? Filter.NONE : filter(level + intraDelta, sharpness);
      filters[s][1] = off ? Filter.NONE : filter(level + intraDelta + dividedDelta, sharpness);
    }
    return filters;
  }

  private static Filter filter(int wantedLevel, int sharpness) {
    int level = Math.clamp(wantedLevel, 0, 63);
    if (level == 0) {
      return Filter.NONE;
    }
    int inner = level;
    if (sharpness > 0) {
      inner = Math.min(level >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
    }
    inner = Math.max(1, inner);
    return new Filter(2 * level + inner, inner, level >= 40 ? 2 : level >= 15 ? 1 : 0);
  }

  private static Steps[] steps(Vp8Bits in, Segments segments) {
    int base = in.number(7);
    int lumaFirst = in.optionalSigned(4);
    int meansFirst = in.optionalSigned(4);
    int means = in.optionalSigned(4);
    int chromaFirst = in.optionalSigned(4);
    int chroma = in.optionalSigned(4);
    Steps[] steps = new Steps[SEGMENTS];
    for (int s = 0; s < SEGMENTS; s++) {
      int q = base;
      if (segments.used) {
        q = segments.quantizer[s] + (segments.absolute ? 0 : base);
      }
      steps[s] =
          new Steps(
              step(Vp8Tables.DC_STEPS, q + lumaFirst, 127),
              step(Vp8Tables.AC_STEPS, q, 127),
              2 * step(Vp8Tables.DC_STEPS, q + meansFirst, 127),
              Math.max(8, step(Vp8Tables.AC_STEPS, q + means, 127) * 155 / 100),
              step(Vp8Tables.DC_STEPS, q + chromaFirst, 117),
              step(Vp8Tables.AC_STEPS, q + chroma, 127));
    }
    return steps;
  }

  private static int step(int[] table, int index, int largest) {
    return table[Math.clamp(index, 0, largest)];
  }

  /** All but the last partition have their lengths, three bytes each, before the first. */
  private static Vp8Bits[] partitions(ByteBuffer chunk, int start, int count)
      throws BadPictureException {
    int at = start + 3 * (count - 1);
    if (at >= chunk.limit()) {
      throw BadPictureException.truncated("within its picture");
    }
    Vp8Bits[] partitions = new Vp8Bits[count];
    for (int i = 0; i < count; i++) {
      int left = chunk.limit() - at;
      int length = left;
      if (i < count - 1) {
        length = WebpFile.threeBytes(chunk, start + 3 * i);
      }
      length = Math.min(length, left);
      partitions[i] = new Vp8Bits(chunk.slice(at, length));
      at += length;
    }
    return partitions;
  }
}
