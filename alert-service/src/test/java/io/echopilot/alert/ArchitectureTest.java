package io.echopilot.alert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The borders inside alert-service. */
@AnalyzeClasses(
    packages = "io.echopilot.alert",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.echopilot.alert.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theHeartsDependOnNothingButTheEvents =
      classes()
          .that()
          .resideInAnyPackage("io.echopilot.alert.incident", "io.echopilot.alert.delivery")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.echopilot.alert.incident",
              "io.echopilot.alert.delivery",
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
  static final ArchRule whatTellsPeopleKnowsNoDatabase =
      noClasses()
          .that()
          .resideOutsideOfPackage("..history..")
          .and()
          .areNotAssignableTo(AlertProperties.class)
          .and()
          .areNotAssignableTo(AlertProperties.History.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..alert.history..", "io.r2dbc..", "org.flywaydb..", "java.sql..");

  @ArchTest
  static final ArchRule noStreamsThreadTalksToAChannel =
      noClasses()
          .that()
          .resideInAPackage("..stream..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..channel..");
}
