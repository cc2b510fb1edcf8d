package io.echopilot.failover.policy;

import io.echopilot.events.FailoverStateEvent;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.Topics;
import io.echopilot.failover.FailoverProperties;
import io.echopilot.failover.api.StatusBoard;
import io.echopilot.starter.CompactedTopicReader;
import io.echopilot.starter.CompactedTopicReaders;
import io.echopilot.starter.EventPublisher;
import io.echopilot.starter.ServiceShare;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;

@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {
  /** Definitions are published by whoever owns this partition of {@code echopilot.services}. */
  private static final int PUBLISHER_PARTITION = 0;

  @Bean
  PublishedCatalog publishedCatalog() {
    return new PublishedCatalog();
  }

  @Bean
  CompactedTopicReader<ServiceEvent> publishedCatalogReader(
      CompactedTopicReaders readers, PublishedCatalog published) {
    return readers.whole(Topics.SERVICES, published);
  }

  @Bean
  CatalogPublisher catalogPublisher(
      FailoverProperties properties,
      PublishedCatalog published,
      CompactedTopicReader<ServiceEvent> publishedCatalogReader,
      EventPublisher publisher,
      ServiceShare share,
      StatusBoard board,
      CompactedTopicReader<FailoverStateEvent> statusBoardReader,
      MeterRegistry meters) {
    CatalogPublisher catalog =
        new CatalogPublisher(
            new CatalogReader(properties.services(), properties.endpoints().keySet()),
            published,
            publisher,
            () ->
                publishedCatalogReader.caughtUp()
                    && statusBoardReader.caughtUp()
                    && share.owns(PUBLISHER_PARTITION),
            board::of);
    Gauge.builder("echopilot.catalog.problems", catalog, c -> c.problems().size())
        .description("What is wrong with the files that define services")
        .register(meters);
    return catalog;
  }

  @Bean
  SmartLifecycle catalogWatch(
      CatalogPublisher catalog, TaskScheduler taskScheduler, FailoverProperties properties) {
    return new CatalogWatch(catalog, taskScheduler, properties.watch());
  }
}
