package io.echopilot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.HeartbeatEvent;
import io.echopilot.events.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class StarterSmokeTest {
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {
    @Bean
    Ear ear() {
      return new Ear();
    }
  }

  static class Ear {
    final List<HeartbeatEvent> heard = new CopyOnWriteArrayList<>();

    @EchoPilotListener(topics = TopicNames.HEARTBEATS)
    void on(HeartbeatEvent event) {
      heard.add(event);
    }
  }

  @Test
  void aServiceHearsTheHeartbeatsItSends() {
    new ApplicationContextRunner()
        .withUserConfiguration(App.class)
        .withPropertyValues(
            "spring.application.name=smoke",
            "spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
            "echopilot.topics.create=true",
            "echopilot.heartbeat.enabled=true",
            "echopilot.heartbeat.interval=1s")
        .run(context -> {
          Ear ear = context.getBean(Ear.class);
          Awaitility.await()
              .atMost(Duration.ofSeconds(30))
              .untilAsserted(() -> assertThat(ear.heard).isNotEmpty());
        });
  }
}
