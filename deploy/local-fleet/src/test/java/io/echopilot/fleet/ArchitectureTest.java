package io.echopilot.fleet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.echopilot.fleet",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.echopilot.fleet.(*)..").should().beFreeOfCycles();

  /**
   * The demo stands for a customer's sites and edge: it knows the webhook contract, and no Kafka.
   */
  @ArchTest
  static final ArchRule theDemoKnowsNeitherKafkaNorTheFleet =
      noClasses()
          .that()
          .resideInAPackage("io.echopilot.fleet.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.echopilot.fleet.process..", "org.apache.kafka..");
}
