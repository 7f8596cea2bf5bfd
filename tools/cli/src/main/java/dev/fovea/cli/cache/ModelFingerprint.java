package dev.fovea.cli.cache;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Tells one model from another by content: all tensors, configuration, tokenizer, processor. */
public final class ModelFingerprint {
  private static final List<String> FILES =
      List.of(
          "config.json",
          "open_clip_config.json",
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "vocab.txt",
          "spiece.model",
          "sentencepiece.bpe.model",
          "tokenizer.model",
          "modules.json",
          "1_Pooling/config.json");
  private static final long CHUNK = 1L << 30;

  private ModelFingerprint() {}

  /** A text that differs wherever two models differ; weights count by two 32-bit checksums each. */
  public static String of(ModelFiles files, WeightFiles weights) {
    Digest digest = new Digest();
    for (String name : FILES) {
      if (files.contains(name)) {
        digest.add(name).add(files.read(name));
      }
    }
    for (StoredTensor tensor : weights.tensors().values()) {
      digest.add(tensor.name()).add(tensor.dtype().name()).add(tensor.describeShape());
      add(digest, tensor.data());
    }
    return digest.hex();
  }

  private static void add(Digest digest, MemorySegment data) {
    CRC32 first = new CRC32();
    CRC32C second = new CRC32C();
    for (long at = 0; at < data.byteSize(); at += CHUNK) {
      ByteBuffer bytes = data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer();
      first.update(bytes.duplicate());
      second.update(bytes);
    }
    digest.add(first.getValue()).add(second.getValue());
  }
}
