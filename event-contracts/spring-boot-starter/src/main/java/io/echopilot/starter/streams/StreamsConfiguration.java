package io.echopilot.starter.streams;

import io.echopilot.starter.EchoPilotProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaStreamsDefaultConfiguration;
import org.springframework.kafka.config.KafkaStreamsConfiguration;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;

/** How Kafka Streams runs in our services; docs/adr/0001 gives the reasons. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamsProperties.class)
public class StreamsConfiguration {
  /** What nobody asked to commit at once is committed this often, where nothing else is set. */
  public static final Duration COMMIT_INTERVAL = Duration.ofMillis(200);

  private static final Logger log = LoggerFactory.getLogger(StreamsConfiguration.class);

  /** Per session time-out; members learn from theirs that another one joined or went. */
  private static final int HEARTBEATS = 12;

  @Bean(KafkaStreamsDefaultConfiguration.DEFAULT_STREAMS_CONFIG_BEAN_NAME)
  KafkaStreamsConfiguration streamsConfig(
      KafkaProperties kafka,
      StreamsProperties streams,
      @Value("${spring.application.name}") String application) {
    Map<String, Object> config = new HashMap<>(kafka.buildStreamsProperties());
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
    config.putIfAbsent(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, streams.threads());
    config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, streams.standbys());
    config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    config.put(StreamsConfig.STATE_DIR_CONFIG, streams.stateDir());
    config.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        Math.toIntExact(streams.transactionTimeout().toMillis()));
    // What is no decision goes out while nobody waits, and not all at once before the next commit.
    config.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    config.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        Math.toIntExact(streams.sessionTimeout().toMillis()));
    config.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        Math.toIntExact(streams.sessionTimeout().dividedBy(HEARTBEATS).toMillis()));
    config.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    return new KafkaStreamsConfiguration(config);
  }

  @Bean
  StreamsBuilderFactoryBeanConfigurer replaceFailedThreads() {
    return factory ->
        factory.setStreamsUncaughtExceptionHandler(failure -> {
          log.error("A stream thread failed and is replaced; its tasks resume", failure);
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
  }

  @Bean
  EventStreams eventStreams(
      @Value("${spring.application.name}") String application,
      EchoPilotProperties properties,
      MeterRegistry meters) {
    return EventStreams.of(application, properties.topics().partitions(), meters);
  }

  @Bean
  StreamsReadiness streamsHealthIndicator(StreamsBuilderFactoryBean factory) {
    return new StreamsReadiness(factory);
  }
}
