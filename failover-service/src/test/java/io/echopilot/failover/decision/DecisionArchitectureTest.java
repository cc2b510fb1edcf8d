package io.echopilot.failover.decision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

@AnalyzeClasses(
    packages = "io.echopilot.failover.decision",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DecisionArchitectureTest {
  @ArchTest
  static final ArchRule theDecisionKnowsOnlyTheEvents =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "io.echopilot.events",
              "org.jspecify.annotations",
              "io.echopilot.failover.decision");

  @ArchTest
  static final ArchRule theDecisionReadsNoClockAndThrowsNoDice =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class);
}
