package dev.fovea.bench.vs.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An ONNX graph under construction. Values are named by strings; {@link #node} returns the name of
 * its only result. Field numbers are those of onnx.proto.
 */
public final class Graph {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int ATTRIBUTE_FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;
  private static final int IR_VERSION = 9;
  private static final int OPSET = 18;

  private final Message graph = new Message().text(2, "race");
  private int names;

  /** An attribute of a node: a whole number, a real number or a list of whole numbers. */
  public record Attribute(String name, Object value) {
    Message toMessage() {
      Message message = new Message().text(1, name);
      switch (value) {
        case Long whole -> message.number(3, whole).number(20, ATTRIBUTE_INT);
        case Float real -> message.real(2, real).number(20, ATTRIBUTE_FLOAT);
        case long[] list -> {
          Arrays.stream(list).forEach(v -> message.number(8, v));
          message.number(20, ATTRIBUTE_INTS);
        }
        default -> throw new IllegalArgumentException("attribute of type " + value.getClass());
      }
      return message;
    }
  }

  /**
   * Adds a node of the standard operators.
   *
   * @return the name of its result
   */
  public String node(String operator, String[] inputs, Attribute... attributes) {
    return node("", operator, inputs, attributes);
  }

  /** Adds a node of the operators of a domain. */
  public String node(String domain, String operator, String[] inputs, Attribute... attributes) {
    String result = operator + "_" + names++;
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, result).text(3, result).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.toMessage());
    }
    if (!domain.isEmpty()) {
      node.text(7, domain);
    }
    graph.message(1, node);
    return result;
  }

  /** Adds a constant of f32 values. */
  public String constant(String name, byte[] littleEndian, long... dims) {
    graph.message(5, tensor(name, FLOAT, littleEndian, dims));
    return name;
  }

  /** Adds a constant list of whole numbers. */
  public String integers(String name, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    graph.message(5, tensor(name, INT64, bytes.array(), values.length));
    return name;
  }

  /** Declares an f32 input; a negative size is free. */
  public String input(String name, long... dims) {
    graph.message(11, valueInfo(name, dims));
    return name;
  }

  /** Declares an f32 output; a negative size is free. */
  public void output(String name, long... dims) {
    graph.message(12, valueInfo(name, dims));
  }

  /** The model file. */
  public byte[] toModel() {
    return new Message()
        .number(1, IR_VERSION)
        .text(2, "fovea-bench")
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, OPSET))
        .message(8, new Message().text(1, "com.microsoft").number(2, 1))
        .toByteArray();
  }

  private static Message tensor(String name, int type, byte[] raw, long... dims) {
    Message tensor = new Message();
    Arrays.stream(dims).forEach(d -> tensor.number(1, d));
    return tensor.number(2, type).text(8, name).bytes(9, raw);
  }

  private static Message valueInfo(String name, long... dims) {
    Message shape = new Message();
    for (int i = 0; i < dims.length; i++) {
      shape.message(
          1, dims[i] < 0 ? new Message().text(2, "free" + i) : new Message().number(1, dims[i]));
    }
    Message tensorType = new Message().number(1, FLOAT).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensorType));
  }
}
