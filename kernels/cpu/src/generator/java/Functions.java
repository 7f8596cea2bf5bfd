import java.util.ArrayList;
import java.util.List;

/** The loops over whole vectors behind the elementwise functions and the sums over rows. */
final class Functions {
  static final String CLASS = "VectorLoops";

  private static final String IN_TO_OUT = "float[] in, int i0, float[] out, int o0, int n";
  private static final int LANES = 32;

  private final List<String> lines = new ArrayList<>();

  private Functions() {}

  static String text() {
    Functions functions = new Functions();
    functions.write();
    return String.join("\n", functions.lines) + "\n";
  }

  private void write() {
    add("package " + Generate.PACKAGE + ";");
    add("");
    for (String operator : List.of("ASHR", "EQ", "GE", "GT", "LE", "LSHL", "LT", "MAX")) {
      add("import static jdk.incubator.vector.VectorOperators." + operator + ";");
    }
    add("");
    for (String type : List.of("FloatVector", "IntVector", "VectorSpecies")) {
      add("import jdk.incubator.vector." + type + ";");
    }
    add("");
    add("/** Loops over whole vectors: n is a multiple of their width. */");
    add("final class " + CLASS + " {");
    add("  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;");
    add("  static final int WIDTH = SPECIES.length();");
    add("");
    add("  private " + CLASS + "() {}");
    elementwise();
    sum("sums", "", List.of("s%1$d = s%1$d.add(x%1$d);"));
    sum(
        "squares",
        "float centre, ",
        List.of(
            "FloatVector d%1$d = x%1$d.sub(centre);", "s%1$d = d%1$d.fma(d%1$d, s%1$d);"));
    largest();
    expSums();
    softmaxColumns();
    add("}");
  }

  private void elementwise() {
    map("relu", () -> add("FloatVector y = x.blend(0, x.compare(LT, 0));"));
    map("exp", () -> exp("y", "x", "EXP_LIMIT"));
    map(
        "sigmoid",
        () -> {
          exp("e", "x", "SIGMOID_LIMIT");
          add("FloatVector y = e.div(e.add(1));");
        });
    map(
        "silu",
        () -> {
          exp("e", "x", "SIGMOID_LIMIT");
          add("FloatVector y = x.mul(e.div(e.add(1)));");
        });
    map(
        "quickGelu",
        () -> {
          clamp("c", "x", "QUICK_GELU_LOW", "QUICK_GELU_HIGH");
          add("FloatVector t = c.fma(%s, %s);", all("QUICK_GELU_LOG2"), all("ROUNDER"));
          add("FloatVector n1 = t.sub(Scalars.ROUNDER);");
          add("FloatVector r = c.fma(%s, n1.mul(-Scalars.LN2_HIGH));", all("QUICK_GELU_SLOPE"));
          add("r = n1.fma(%s, r);", all("LN2_LOW").replace("Scalars", "-Scalars"));
          add("r = c.fma(%s, r);", all("QUICK_GELU_SLOPE_LOW"));
          expOfParts("e", "r", "t");
          add("FloatVector y = x.mul(e.div(e.add(1)));");
        });
    map(
        "geluTanh",
        () -> {
          clamp("u", "x", "-GELU_TANH_LIMIT", "GELU_TANH_LIMIT");
          add("FloatVector v = u.mul(u).fma(%s, %s);", all("GELU_TANH_3"), all("GELU_TANH_1"));
          add("v = u.mul(v);");
          exp("e", "v", "SIGMOID_LIMIT");
          add("FloatVector y = x.mul(e.div(e.add(1)));");
        });
    map(
        "gelu",
        () -> {
          add("FloatVector h = x.mul(0.5f);");
          add("FloatVector u = x.mul(Scalars.SQRT_HALF);");
          rational("e", "u", "ERF", 6, "ERF_P0", 5);
          add("FloatVector y = h.fma(e, h);");
        });
    map("tanh", () -> rational("y", "x", "TANH", 5, "", 4));
  }

  /** A loop that makes y of x. */
  private void map(String name, Runnable body) {
    add("");
    add("  static void %s(%s) {", name, IN_TO_OUT);
    add("    for (int i = 0; i < n; i += WIDTH) {");
    add("      FloatVector x = FloatVector.fromArray(SPECIES, in, i0 + i);");
    body.run();
    add("      y.intoArray(out, o0 + i);");
    add("    }");
    add("  }");
  }

  /** e^x as in {@code Scalars.exp}, with x cut off at the limits. */
  private void exp(String result, String x, String high) {
    String c = result + "c";
    String t = result + "t";
    String n = result + "n";
    String r = result + "r";
    clamp(c, x, "-EXP_LIMIT", high);
    add("FloatVector %s = %s.fma(%s, %s);", t, c, all("LOG2_E"), all("ROUNDER"));
    add("FloatVector %s = %s.sub(Scalars.ROUNDER);", n, t);
    add("FloatVector %s = %s.add(%s.mul(-Scalars.LN2_HIGH));", r, c, n);
    add("%s = %s.fma(%s, %s);", r, n, all("LN2_LOW").replace("Scalars", "-Scalars"), r);
    expOfParts(result, r, t);
  }

  /** 2^n e^r, where n is in the low bits of t. */
  private void expOfParts(String result, String r, String t) {
    String q = result + "q";
    add("FloatVector %s = %s.fma(%s, %s);", q, r, all("EXP_6"), all("EXP_5"));
    for (int power = 4; power >= 2; power--) {
      add("%s = %s.fma(%s, %s);", q, q, r, all("EXP_" + power));
    }
    add("%s = %s.mul(%s).fma(%s, %s).add(1);", q, q, r, r, r);
    String whole = result + "w";
    String half = result + "h";
    add("IntVector %s = %s.reinterpretAsInts().sub(Scalars.ROUNDER_BITS);", whole, t);
    add("IntVector %s = %s.lanewise(ASHR, 1);", half, whole);
    add("%s = %s.mul(%s);", q, q, power(half));
    add("FloatVector %s = %s.mul(%s);", result, q, power(whole + ".sub(" + half + ")"));
  }

  private static String power(String exponent) {
    return exponent + ".add(127).lanewise(LSHL, 23).reinterpretAsFloats()";
  }

  /** An odd function x P(x²) / Q(x²) that is 1 beyond its limit. */
  private void rational(
      String result, String x, String name, int top, String constant, int bottom) {
    String c = result + "c";
    String z = result + "z";
    clamp(c, x, "-" + name + "_LIMIT", name + "_LIMIT");
    add("FloatVector %s = %s.mul(%s);", z, c, c);
    String p = polynomial(result + "p", z, name + "_P", top, constant);
    String q = polynomial(result + "q", z, name + "_Q", bottom, "");
    add("FloatVector %s = %s.mul(%s).div(%s);", result, c, p, q);
    add("%s = %s.blend(1, %s.compare(GE, Scalars.%s_LIMIT));", result, result, x, name);
    add("%s = %s.blend(-1, %s.compare(LE, -Scalars.%s_LIMIT));", result, result, x, name);
  }

  /** The constant term is 1 unless it has a name. */
  private String polynomial(String p, String z, String name, int degree, String constant) {
    add(
        "FloatVector %s = %s.fma(%s, %s);",
        p, z, all(name + degree), all(name + (degree - 1)));
    for (int power = degree - 2; power >= 1; power--) {
      add("%s = %s.fma(%s, %s);", p, p, z, all(name + power));
    }
    String last = constant.isEmpty() ? "FloatVector.broadcast(SPECIES, 1f)" : all(constant);
    add("%s = %s.fma(%s, %s);", p, p, z, last);
    return p;
  }

  private void clamp(String result, String x, String low, String high) {
    String from = low.startsWith("-") ? "-Scalars." + low.substring(1) : "Scalars." + low;
    add("FloatVector %s = %s.blend(%s, %s.compare(LT, %s));", result, x, from, x, from);
    add(
        "%s = %s.blend(Scalars.%s, %s.compare(GT, Scalars.%s));",
        result, result, high, result, high);
  }

  private static String all(String constant) {
    return "FloatVector.broadcast(SPECIES, Scalars." + constant + ")";
  }

  /** Adds rows in lanes, two vectors at a time. */
  private void sum(String name, String parameter, List<String> body) {
    add("");
    add("  static void %s(float[] in, int i0, int n, %sfloat[] lanes) {", name, parameter);
    add("    for (int lane = 0; lane < %d; lane += 2 * WIDTH) {", LANES);
    add("      FloatVector s0 = FloatVector.zero(SPECIES);");
    add("      FloatVector s1 = FloatVector.zero(SPECIES);");
    add("      for (int i = i0 + lane; i < i0 + n; i += %d) {", LANES);
    for (int v = 0; v < 2; v++) {
      add(
          "        FloatVector x%d = FloatVector.fromArray(SPECIES, in, i + %d * WIDTH);", v, v);
      for (String line : body) {
        add("        " + line.formatted(v));
      }
    }
    add("      }");
    add("      s0.intoArray(lanes, lane);");
    add("      s1.intoArray(lanes, lane + WIDTH);");
    add("    }");
    add("  }");
  }

  private void largest() {
    add("");
    add("  static float largest(float[] in, int i0, int n) {");
    add("    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);");
    add("    for (int i = 0; i < n; i += WIDTH) {");
    add("      FloatVector x = FloatVector.fromArray(SPECIES, in, i0 + i);");
    add("      max = max.blend(x, x.compare(GT, max));");
    add("    }");
    add("    return max.reduceLanes(MAX);");
    add("  }");
  }

  private void expSums() {
    add("");
    add(
        "  static void expSums(%s, float max, float[] lanes, int lane) {",
        IN_TO_OUT);
    add("    FloatVector sum = FloatVector.zero(SPECIES);");
    add("    for (int i = lane; i < n; i += %d) {", LANES);
    add("      FloatVector x = FloatVector.fromArray(SPECIES, in, i0 + i).sub(max);");
    exp("e", "x", "EXP_LIMIT");
    add("      e.intoArray(out, o0 + i);");
    add("      sum = sum.add(e);");
    add("    }");
    add("    sum.intoArray(lanes, lane);");
    add("  }");
  }

  /** The softmax of as many columns as a vector is wide, a step apart from row to row. */
  private void softmaxColumns() {
    add("");
    add("  static void softmaxColumns(");
    add("      float[] panel, int p0, int step, int rows, float[] sums, int sums0) {");
    add("    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);");
    add("    for (int row = 0; row < rows; row++) {");
    add("      FloatVector x = FloatVector.fromArray(SPECIES, panel, p0 + row * step);");
    add("      max = max.blend(x, x.compare(GT, max));");
    add("    }");
    add("    max = max.blend(0, max.compare(EQ, Float.NEGATIVE_INFINITY));");
    add("    FloatVector sum = FloatVector.zero(SPECIES);");
    add("    for (int row = 0; row < rows; row++) {");
    add("      FloatVector x = FloatVector.fromArray(SPECIES, panel, p0 + row * step).sub(max);");
    exp("e", "x", "EXP_LIMIT");
    add("      e.intoArray(panel, p0 + row * step);");
    add("      sum = sum.add(e);");
    add("    }");
    add("    sum.intoArray(sums, sums0);");
    add("  }");
  }

  private void add(String format, Object... arguments) {
    String line = arguments.length == 0 ? format : format.formatted(arguments);
    boolean indented = line.startsWith(" ") || line.isEmpty() || lines.size() < 20;
    lines.add(indented || line.equals("}") ? line : "      " + line);
  }
}
