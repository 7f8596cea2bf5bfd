package dev.fovea.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The module descriptors")
class ModuleDescriptorTest {
  private final Map<String, Set<String>> requires = requires();

  @Test
  void letNobodyButKernelsUseTheVectorApi() {
    Set<String> users =
        requires.entrySet().stream()
            .filter(module -> module.getValue().contains("jdk.incubator.vector"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());

    assertTrue(
        users.stream().allMatch(name -> name.startsWith("dev.fovea.kernels")), users::toString);
  }

  @Test
  void letCoreKnowNoOtherModuleOfFovea() {
    assertEquals(Set.of(), foveaModules("dev.fovea.core"));
  }

  @Test
  void letModelsKnowCoreAlone() {
    assertEquals(Set.of("dev.fovea.core"), foveaModules("dev.fovea.models"));
  }

  @Test
  void letKernelsKnowCoreAlone() {
    assertEquals(Set.of("dev.fovea.core"), foveaModules("dev.fovea.kernels.cpu"));
  }

  private Set<String> foveaModules(String module) {
    return Objects.requireNonNull(requires.get(module), module).stream()
        .filter(name -> name.startsWith("dev.fovea"))
        .collect(Collectors.toSet());
  }

  private static Map<String, Set<String>> requires() {
    Map<String, Set<String>> all = new TreeMap<>();
    try {
      ClassLoader loader = ModuleDescriptorTest.class.getClassLoader();
      for (URL url : Collections.list(loader.getResources("module-info.class"))) {
        try (InputStream in = url.openStream()) {
          ModuleDescriptor descriptor = ModuleDescriptor.read(in);
          if (descriptor.name().startsWith("dev.fovea")) {
            all.put(
                descriptor.name(),
                descriptor.requires().stream().map(Requires::name).collect(Collectors.toSet()));
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }
}
