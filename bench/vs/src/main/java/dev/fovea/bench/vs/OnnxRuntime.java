package dev.fovea.bench.vs;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** A model in ONNX Runtime with all its graph optimisations, and one input. */
final class OnnxRuntime implements AutoCloseable {
  private final OrtSession session;
  private final OnnxTensor input;
  private final Map<String, OnnxTensor> inputs;

  private OnnxRuntime(OrtSession session, OnnxTensor input) {
    this.session = session;
    this.input = input;
    this.inputs = Map.of(session.getInputNames().iterator().next(), input);
  }

  static OnnxRuntime open(byte[] model, int threads, float[] values, long... dims) {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      FloatBuffer buffer =
          ByteBuffer.allocateDirect(4 * values.length)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer()
              .put(values)
              .rewind();
      return new OnnxRuntime(
          environment.createSession(model, options),
          OnnxTensor.createTensor(environment, buffer, dims));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs and gives the output away. */
  void run() {
    try (OrtSession.Result result = session.run(inputs)) {
      result.get(0).getInfo();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs and returns the output's values. */
  float[] result() {
    try (OrtSession.Result result = session.run(inputs)) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] copy = new float[values.remaining()];
      values.get(copy);
      return copy;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      input.close();
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
