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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

@Configuration(proxyBeanMethods = false)
class TrafficConfiguration {
  private static final int MOST_CONNECTIONS = 16;

  /** Shorter than servers keep idle connections, so that none is used just as it is closed. */
  private static final Duration IDLE = Duration.ofSeconds(20);

  /** Routes are read every few seconds anyway. */
  private static final Duration TAKEOVER = Duration.ofMillis(500);

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
                    client.clientConnector(fewConnections(name)).build(),
                    endpoint.url(),
                    endpoint.keyId(),
                    new WebhookSignature(keys(name, endpoint)),
                    endpoint.timeout(),
                    clock)));
    return new TrafficAdapters(adapters);
  }

  /** An edge must stand it when a thousand services are switched at once. */
  private static ClientHttpConnector fewConnections(String endpoint) {
    return new ReactorClientHttpConnector(
        HttpClient.create(
            ConnectionProvider.builder("edge-" + endpoint)
                .maxConnections(MOST_CONNECTIONS)
                .pendingAcquireMaxCount(-1)
                .maxIdleTime(IDLE)
                .build()));
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
    return readers.share(Topics.SERVICES, "failover-routes", TAKEOVER, share);
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
