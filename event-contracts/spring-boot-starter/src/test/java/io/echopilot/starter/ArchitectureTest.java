package io.echopilot.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.echopilot.starter..",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule nothingOfOurServicesIsNeeded =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.echopilot.starter..",
              "io.echopilot.events",
              "java..",
              "jakarta.validation..",
              "org.hibernate.validator.constraints..",
              "org.springframework..",
              "org.apache.kafka..",
              "io.micrometer..",
              "reactor.core..",
              "tools.jackson..",
              "org.slf4j..",
              "org.jspecify.annotations..");

  /** A service that only listens has no Kafka Streams on its class path. */
  @ArchTest
  static final ArchRule listeningNeedsNoStreams =
      noClasses()
          .that()
          .resideInAPackage("io.echopilot.starter")
          .and()
          .haveNameNotMatching(".*Deduplication.*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.echopilot.starter.streams..", "org.apache.kafka.streams..");

  @ArchTest static final ArchRule theWallClockIsHandedIn = Borders.theWallClockIsHandedIn();
}
