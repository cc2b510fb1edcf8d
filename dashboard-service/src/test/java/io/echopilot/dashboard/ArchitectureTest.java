package io.echopilot.dashboard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.echopilot.starter.Borders;

/** The borders inside dashboard-service. */
@AnalyzeClasses(
    packages = "io.echopilot.dashboard",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles = Borders.noCyclesIn("io.echopilot.dashboard");

  @ArchTest
  static final ArchRule theHeartDependsOnNothingButTheEvents =
      Borders.pure("io.echopilot.dashboard.summary");

  @ArchTest static final ArchRule theWallClockIsHandedIn = Borders.theWallClockIsHandedIn();

  @ArchTest
  static final ArchRule noStreamsThreadTalksToABrowser =
      noClasses()
          .that()
          .resideInAPackage("..timeline..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..live..", "..web..");
}
