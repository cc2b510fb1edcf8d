package io.echopilot.prober;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(
    packages = "io.echopilot.prober",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.echopilot.prober.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule aProbeKnowsNothingOfWhenOrWhy =
      noClasses()
          .that()
          .resideInAPackage("..probe..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..schedule..", "..publish..", "..location..", "org.springframework..");

  @ArchTest
  static final ArchRule budgetsAreComputedPurely =
      classes()
          .that()
          .resideInAPackage("..slo..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "io.echopilot.events..", "io.echopilot.prober.slo..", "org.jspecify..");

  @ArchTest
  static final ArchRule anomaliesAreFoundPurely =
      classes()
          .that()
          .resideInAPackage("..anomaly..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "io.echopilot.events..", "io.echopilot.prober.anomaly..", "org.jspecify..");

  @ArchTest
  static final ArchRule theWallClockIsHandedIn =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");
}
