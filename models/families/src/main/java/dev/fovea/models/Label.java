package dev.fovea.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A label and how probable a model finds it. */
public record Label(String label, double probability) {
  /** Labels with their probabilities, best first. */
  static List<Label> ranked(List<String> labels, float[] probabilities) {
    List<Label> ranked = new ArrayList<>(labels.size());
    for (int i = 0; i < probabilities.length; i++) {
      ranked.add(new Label(labels.get(i), probabilities[i]));
    }
    ranked.sort(Comparator.comparingDouble(Label::probability).reversed());
    return List.copyOf(ranked);
  }
}
