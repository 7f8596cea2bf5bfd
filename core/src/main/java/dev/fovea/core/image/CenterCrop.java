package dev.fovea.core.image;

/** Where the middle is, by which library; they differ where the margins are odd. */
enum CenterCrop {
  /** transformers: the margin before is rounded down, which may be below zero. */
  HUGGING_FACE {
    @Override
    int start(int size, int crop) {
      return Math.floorDiv(size - crop, 2);
    }
  },
  /** torchvision and OpenAI's CLIP: halves are rounded to even. */
  TORCHVISION {
    @Override
    int start(int size, int crop) {
      return crop > size ? -((crop - size) / 2) : (int) Math.rint((size - crop) / 2.0);
    }
  };

  /**
   * Where the crop starts within a line.
   *
   * @return below 0 where the crop is larger, and the picture is padded
   */
  abstract int start(int size, int crop);
}
