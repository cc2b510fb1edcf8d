package io.echopilot.backup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.echopilot.starter.Borders;

/** The borders inside backup-service. */
@AnalyzeClasses(
    packages = "io.echopilot.backup",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule packagesHaveNoCycles = Borders.noCyclesIn("io.echopilot.backup");

  @ArchTest
  static final ArchRule theHeartDependsOnNothingButTheEvents =
      Borders.pure("io.echopilot.backup.plan");

  @ArchTest static final ArchRule theWallClockIsHandedIn = Borders.theWallClockIsHandedIn();

  @ArchTest
  static final ArchRule noStreamsThreadMakesABackup =
      noClasses()
          .that()
          .resideInAPackage("..stream..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..capture..", "..postgres..", "..storage..", "..restore..", "java.sql..");
}
