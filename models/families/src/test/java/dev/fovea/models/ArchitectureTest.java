package dev.fovea.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house: core does not know models, models do not know kernels. */
@AnalyzeClasses(packages = "dev.fovea", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule CORE_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("dev.fovea.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.fovea.kernels..", "dev.fovea.models..");

  @ArchTest
  static final ArchRule MODELS_DO_NOT_KNOW_KERNELS =
      noClasses()
          .that()
          .resideInAPackage("dev.fovea.models..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.fovea.kernels..");

  @ArchTest
  static final ArchRule KERNELS_DO_NOT_KNOW_MODELS =
      noClasses()
          .that()
          .resideInAPackage("dev.fovea.kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.fovea.models..");

  @ArchTest
  static final ArchRule ONLY_KERNELS_KNOW_THE_VECTOR_API =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.fovea.kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule LAYERS_DO_NOT_KNOW_FAMILIES =
      classes()
          .that()
          .resideInAPackage("dev.fovea.models.layers..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.fovea.models.layers..", "dev.fovea.core..", "java..", "org.jspecify..");
}
