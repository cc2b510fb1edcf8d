package io.echopilot.failover;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The borders inside failover-service. */
@AnalyzeClasses(
    packages = "io.echopilot.failover",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesDependOnOneAnotherWithoutCycles =
      slices().matching("io.echopilot.failover.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theDecisionDependsOnNothingButTheEvents =
      classes()
          .that()
          .resideInAPackage("io.echopilot.failover.decision..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.echopilot.failover.decision..",
              "io.echopilot.events",
              "java.lang..",
              "java.util..",
              "java.time..",
              "java.nio.charset..",
              "java.security..",
              "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule nobodyReadsTheWallClockButThroughAClock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule theDecisionKnowsNoClockAndNoChance =
      noClasses()
          .that()
          .resideInAPackage("io.echopilot.failover.decision..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, Random.class, UUID.class, ThreadLocalRandom.class);

  @ArchTest
  static final ArchRule noStreamsThreadMovesTraffic =
      noClasses()
          .that()
          .resideInAPackage("io.echopilot.failover.stream..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.echopilot.failover.traffic..");
}
