package io.echopilot.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.stream.Stream;

/** The borders that each of our services has inside. */
public final class Borders {
  private Borders() {}

  /** The packages right below {@code root} depend on one another without cycles. */
  public static ArchRule noCyclesIn(String root) {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  /** What decides depends on nothing but the events and the language. */
  public static ArchRule pure(String... hearts) {
    return classes()
        .that()
        .resideInAnyPackage(hearts)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of(hearts),
                    Stream.of(
                        "io.echopilot.events",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "org.jspecify.annotations.."))
                .toArray(String[]::new));
  }

  /** Time is a value that somebody hands in. */
  public static ArchRule theWallClockIsHandedIn() {
    return noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis");
  }
}
