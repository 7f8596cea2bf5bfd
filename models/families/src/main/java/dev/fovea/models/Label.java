package dev.fovea.models;

/** A label and how probable a model finds it. */
public record Label(String label, double probability) {}
