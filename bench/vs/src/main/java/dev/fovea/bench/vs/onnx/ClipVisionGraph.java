package dev.fovea.bench.vs.onnx;

import dev.fovea.bench.vs.onnx.Graph.Attribute;
import java.util.function.Function;

/**
 * The image tower of CLIP as an ONNX graph: either as an exporter writes it, with attention in
 * single steps, or with ONNX Runtime's own fused attention operator. A race takes the faster one.
 *
 * @param weights the values of a tensor by its Hugging Face name, f32 little-endian
 */
public record ClipVisionGraph(VisionShape shape, Function<String, byte[]> weights) {
  /** How attention is written. */
  public enum Attention {
    EXPORTED,
    FUSED
  }

  /** The model: pixels [batch, 3, size, size] to image_embeds [batch, projectionDim]. */
  public byte[] build(Attention attention) {
    return new Builder(attention).build();
  }

  private final class Builder {
    private final Graph graph = new Graph();
    private final Attention attention;
    private final long hidden = shape.hiddenSize();

    private Builder(Attention attention) {
      this.attention = attention;
    }

    byte[] build() {
      long side = shape.imageSize();
      String x = embed(graph.input("pixels", -1, 3, side, side));
      x = norm(x, "vision_model.pre_layrnorm");
      for (int i = 0; i < shape.numHiddenLayers(); i++) {
        String layer = "vision_model.encoder.layers." + i;
        x = add(x, attend(norm(x, layer + ".layer_norm1"), layer + ".self_attn"));
        x = add(x, mlp(norm(x, layer + ".layer_norm2"), layer + ".mlp"));
      }
      String first = graph.integers("first", 0);
      String one = graph.integers("one", 1);
      String token = graph.node("Slice", in(x, first, one, one));
      String pooled = graph.node("Squeeze", in(token, one));
      String normed = norm(pooled, "vision_model.post_layernorm");
      String projected = matmul(normed, "visual_projection.weight", shape.projectionDim(), hidden);
      String output = graph.node("Identity", in(projected));
      graph.output(output, -1, shape.projectionDim());
      return graph.toModel();
    }

    private String embed(String pixels) {
      long patch = shape.patchSize();
      String kernel =
          load("vision_model.embeddings.patch_embedding.weight", hidden, 3, patch, patch);
      String grid =
          graph.node(
              "Conv",
              in(pixels, kernel),
              ints("strides", patch, patch),
              ints("kernel_shape", patch, patch));
      String flat = graph.node("Reshape", in(grid, graph.integers("flat", 0, hidden, -1)));
      String patches = graph.node("Transpose", in(flat), ints("perm", 0, 2, 1));
      String batch = graph.node("Shape", in(pixels), number("start", 0), number("end", 1));
      String tail = graph.integers("class_tail", 1, hidden);
      String target = graph.node("Concat", in(batch, tail), number("axis", 0));
      String classToken = load("vision_model.embeddings.class_embedding", hidden);
      String classes = graph.node("Expand", in(classToken, target));
      String tokens = graph.node("Concat", in(classes, patches), number("axis", 1));
      return add(
          tokens,
          load("vision_model.embeddings.position_embedding.weight", shape.numTokens(), hidden));
    }

    private String attend(String x, String name) {
      String q = linear(x, name + ".q_proj", hidden, hidden);
      String k = linear(x, name + ".k_proj", hidden, hidden);
      String v = linear(x, name + ".v_proj", hidden, hidden);
      String attended =
          attention == Attention.FUSED
              ? graph.node(
                  "com.microsoft",
                  "MultiHeadAttention",
                  in(q, k, v),
                  number("num_heads", shape.numAttentionHeads()))
              : attendStepByStep(q, k, v, name);
      return linear(attended, name + ".out_proj", hidden, hidden);
    }

    private String attendStepByStep(String q, String k, String v, String name) {
      long heads = shape.numAttentionHeads();
      String split = graph.integers(name + ".split", 0, 0, heads, hidden / heads);
      String joined = graph.integers(name + ".joined", 0, 0, hidden);
      float scale = (float) (1 / Math.sqrt((double) hidden / heads));
      String factor = graph.constant(name + ".scale", Floats.bytes(scale));
      String scaled = graph.node("Mul", in(q, factor));
      String queries = heads(scaled, split, 0, 2, 1, 3);
      String keys = heads(k, split, 0, 2, 3, 1);
      String values = heads(v, split, 0, 2, 1, 3);
      String scores = graph.node("MatMul", in(queries, keys));
      String probs = graph.node("Softmax", in(scores), number("axis", -1));
      String mixed = graph.node("MatMul", in(probs, values));
      String back = graph.node("Transpose", in(mixed), ints("perm", 0, 2, 1, 3));
      return graph.node("Reshape", in(back, joined));
    }

    private String heads(String x, String split, long... order) {
      return graph.node("Transpose", in(graph.node("Reshape", in(x, split))), ints("perm", order));
    }

    private String mlp(String x, String name) {
      String up = linear(x, name + ".fc1", shape.intermediateSize(), hidden);
      String factor = graph.constant(name + ".factor", Floats.bytes(1.702f));
      String gate = graph.node("Sigmoid", in(graph.node("Mul", in(up, factor))));
      return linear(
          graph.node("Mul", in(up, gate)), name + ".fc2", hidden, shape.intermediateSize());
    }

    private String linear(String x, String name, long out, long in) {
      return add(matmul(x, name + ".weight", out, in), load(name + ".bias", out));
    }

    private String matmul(String x, String weight, long out, long in) {
      byte[] transposed = Floats.transpose(weights.apply(weight), (int) out, (int) in);
      return graph.node("MatMul", in(x, graph.constant(weight, transposed, in, out)));
    }

    private String norm(String x, String name) {
      return graph.node(
          "LayerNormalization",
          in(x, load(name + ".weight", hidden), load(name + ".bias", hidden)),
          new Attribute("epsilon", 1e-5f),
          number("axis", -1));
    }

    private String add(String a, String b) {
      return graph.node("Add", in(a, b));
    }

    private String load(String name, long... dims) {
      return graph.constant(name, weights.apply(name), dims);
    }
  }

  private static String[] in(String... names) {
    return names;
  }

  private static Attribute ints(String name, long... values) {
    return new Attribute(name, values);
  }

  private static Attribute number(String name, long value) {
    return new Attribute(name, value);
  }
}
