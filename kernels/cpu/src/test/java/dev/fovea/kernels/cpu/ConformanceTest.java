package dev.fovea.kernels.cpu;

import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Runs what every backend must pass on the backends of this module. */
@Suite
@SelectPackages("dev.fovea.kernels.conformance")
class ConformanceTest {}
