package io.echopilot.probes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(
    packages = "io.echopilot.probes",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule kindsHaveNoCycles =
      slices().matching("io.echopilot.probes.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule whatKindsShareKnowsNoKind =
      noClasses()
          .that()
          .resideInAPackage("io.echopilot.probes")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.echopilot.probes.(*)..");

  @ArchTest
  static final ArchRule aKindIsFoundByItsAnnouncement =
      classes()
          .that()
          .implement(ProbeKind.class)
          .should()
          .haveSimpleNameEndingWith("Kind")
          .andShould()
          .bePublic();

  @ArchTest
  static final ArchRule noSpringHere =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule theWallClockIsHandedIn =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @Test
  void everyKindHasADocumentedExample() {
    assertThat(ProbeKinds.all().keys())
        .contains("http")
        .allSatisfy(key -> assertThat(Documented.example(key)).startsWith(key + ": "));
  }
}
