package dev.fovea.models;

import dev.fovea.core.checkpoint.Checkpoint;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.files.ModelFiles;

/**
 * What a family opens a model from: its files, its weights, and the engine that will run it.
 *
 * @param ownsEngine whether the engine is the model's alone and is closed with it
 */
public record ModelContext(
    ModelFiles files, Checkpoint checkpoint, Engine engine, boolean ownsEngine) {}
