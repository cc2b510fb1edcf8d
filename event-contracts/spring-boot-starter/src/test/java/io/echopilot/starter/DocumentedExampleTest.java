package io.echopilot.starter;

import static io.echopilot.starter.StarterWorld.PATIENCE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.Confirmation;
import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.FailoverEvent.FailoverCompleted;
import io.echopilot.events.Rationale;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationHook;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The ten lines in docs/events.md, as a reader would copy them. */
@ExtendWith(OutputCaptureExtension.class)
class DocumentedExampleTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @BeforeAll
  static void theFleetMadeTheTopics() {
    StarterWorld.runner("fleet").run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void itRunsWithTheDependencyAndOneProperty(@TempDir Path folder, CapturedOutput output)
      throws Exception {
    String service = StarterWorld.service();
    Method main = compiled(folder);

    Started started = new Started();
    SpringApplication.withHook(
        started,
        () ->
            main.invoke(
                null,
                (Object)
                    new String[] {
                      "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers()
                    }));
    StarterWorld.send(StarterWorld.envelope(service, null, completed(service)));

    await()
        .atMost(PATIENCE)
        .until(() -> output.getOut().contains(service + " is served by fallback"));
    requireNonNull(started.context).close();
  }

  /** Knows the context that somebody else's main method started. */
  private static final class Started
      implements SpringApplicationHook, SpringApplicationRunListener {
    private @Nullable ConfigurableApplicationContext context;

    @Override
    public SpringApplicationRunListener getRunListener(SpringApplication application) {
      return this;
    }

    @Override
    public void contextPrepared(ConfigurableApplicationContext prepared) {
      context = prepared;
    }
  }

  private static FailoverCompleted completed(String service) {
    return new FailoverCompleted(
        new ServiceId(service),
        new SiteId("primary"),
        new SiteId("fallback"),
        new Epoch(0, 1),
        new DecisionId("d1"),
        Confirmation.ENTRYPOINT,
        Instant.EPOCH,
        new Rationale(1, Instant.EPOCH, null, "hash", List.of("a rule"), List.of()));
  }

  private static Method compiled(Path folder) throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("../../docs/events.md")));
    assertThat(block.find()).isTrue();
    Path source = folder.resolve("PagerBridge.java");
    Files.writeString(source, block.group(1));
    int problems =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(problems).isZero();
    URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    Thread.currentThread().setContextClassLoader(loader);
    Method main = loader.loadClass("com.example.PagerBridge").getMethod("main", String[].class);
    main.setAccessible(true);
    return main;
  }
}
