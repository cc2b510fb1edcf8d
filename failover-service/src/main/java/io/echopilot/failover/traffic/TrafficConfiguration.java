package io.echopilot.failover.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.echopilot.events.ServiceEvent;
import io.echopilot.events.Topics;
import io.echopilot.events.webhook.WebhookSignature;
import io.echopilot.failover.FailoverProperties;
import io.echopilot.failover.FailoverProperties.Endpoint;
import io.echopilot.starter.CompactedTopicReader;
import io.echopilot.starter.CompactedTopicReaders;
import io.echopilot.starter.EventPublisher;
import io.echopilot.starter.ServiceShare;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.web.reactive.function.client.WebClient;

@Configuration(proxyBeanMethods = false)
class TrafficConfiguration {
  @Bean
  TrafficAdapters trafficAdapters(
      FailoverProperties properties, WebClient.Builder client, Clock clock) {
    Map<String, TrafficAdapter> adapters = new HashMap<>();
    properties
        .endpoints()
        .forEach((name, endpoint) ->
            adapters.put(
                name,
                new WebhookAdapter(
                    client.build(),
                    endpoint.url(),
                    endpoint.keyId(),
                    new WebhookSignature(keys(name, endpoint)),
                    endpoint.timeout(),
                    clock)));
    return new TrafficAdapters(adapters);
  }

  private static Map<String, byte[]> keys(String name, Endpoint endpoint) {
    Map<String, byte[]> keys = new HashMap<>();
    keys.put(endpoint.keyId(), key(name, endpoint.keyFile()));
    if (endpoint.oldKeyId() != null && endpoint.oldKeyFile() != null) {
      keys.put(endpoint.oldKeyId(), key(name, endpoint.oldKeyFile()));
    }
    return keys;
  }

  private static byte[] key(String name, Path file) {
    try {
      return Files.readString(file).strip().getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the key of endpoint %s can't be read from %s".formatted(name, file), e);
    }
  }

  @Bean
  Actuator actuator(TrafficAdapters adapters, EventPublisher publisher, Clock clock) {
    return new Actuator(adapters, publisher, clock);
  }

  @Bean
  ServiceShare serviceShare() {
    return new ServiceShare(ServiceShare.Duty.NONE);
  }

  @Bean
  CompactedTopicReader<ServiceEvent> serviceShareReader(
      CompactedTopicReaders readers, ServiceShare share) {
    return readers.share(Topics.SERVICES, "failover-routes", share);
  }

  @Bean
  TaskScheduler taskScheduler() {
    SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
    scheduler.setThreadNamePrefix("duties-");
    return scheduler;
  }

  @Bean
  RouteReader routeReader(
      ServiceShare share,
      TrafficAdapters adapters,
      EventPublisher publisher,
      TaskScheduler taskScheduler,
      Clock clock,
      FailoverProperties properties) {
    return new RouteReader(share, adapters, publisher, taskScheduler, clock, properties.readBack());
  }
}
