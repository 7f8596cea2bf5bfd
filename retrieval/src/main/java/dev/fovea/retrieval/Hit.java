package dev.fovea.retrieval;

/**
 * One result of a search.
 *
 * @param id the position in which the vector was added, from 0 on
 * @param score larger is nearer; see {@link Metric}
 */
public record Hit(int id, float score) {}
