package io.echopilot.backup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The borders inside backup-service. */
@AnalyzeClasses(
    packages = "io.echopilot.backup",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.echopilot.backup.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theHeartDependsOnNothingButTheEvents =
      classes()
          .that()
          .resideInAPackage("io.echopilot.backup.plan")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.echopilot.backup.plan",
              "io.echopilot.events",
              "java.lang..",
              "java.util..",
              "java.time..",
              "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule theWallClockIsHandedIn =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

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
