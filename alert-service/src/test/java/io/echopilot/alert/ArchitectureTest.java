package io.echopilot.alert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.echopilot.starter.Borders;

/** The borders inside alert-service. */
@AnalyzeClasses(
    packages = "io.echopilot.alert",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule packagesHaveNoCycles = Borders.noCyclesIn("io.echopilot.alert");

  @ArchTest
  static final ArchRule theHeartsDependOnNothingButTheEvents =
      Borders.pure("io.echopilot.alert.incident", "io.echopilot.alert.delivery");

  @ArchTest static final ArchRule theWallClockIsHandedIn = Borders.theWallClockIsHandedIn();

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
