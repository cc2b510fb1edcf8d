package io.echopilot.starter;

import io.echopilot.events.InstanceId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.ExponentialBackOffWithMaxRetries;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/**
 * Everything that a service gets from the dependency and {@code spring.kafka.bootstrap-servers}.
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(EchoPilotProperties.class)
@EnableKafka
class EchoPilotAutoConfiguration {
  private static final int RETRIES = 5;
  private static final long FIRST_RETRY_MILLIS = 100;
  private static final long LONGEST_RETRY_MILLIS = 2_000;

  private final String application;

  EchoPilotAutoConfiguration(@Value("${spring.application.name:application}") String application) {
    this.application = application;
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  InstanceId instanceId(EchoPilotProperties properties) {
    return new InstanceId(
        Objects.requireNonNullElseGet(
            properties.instance(),
            () ->
                "%s@%s-%d"
                    .formatted(
                        application,
                        Objects.requireNonNullElse(System.getenv("HOSTNAME"), "localhost"),
                        ProcessHandle.current().pid())));
  }

  @Bean
  ProducerFactory<String, byte[]> echoPilotProducerFactory(KafkaProperties kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
    // While no broker is there, what is published waits for it. Else the brokers would be forgotten
    // meanwhile, and each event refused for it.
    settings.putIfAbsent(
        CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, MetadataRecoveryStrategy.NONE.name);
    settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
    return new DefaultKafkaProducerFactory<>(
        settings, new StringSerializer(), new ByteArraySerializer());
  }

  @Bean
  ConsumerFactory<String, byte[]> echoPilotConsumerFactory(KafkaProperties kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.buildConsumerProperties());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new DefaultKafkaConsumerFactory<>(
        settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  @Bean
  EventPublisher eventPublisher(
      ProducerFactory<String, byte[]> echoPilotProducerFactory,
      EchoPilotProperties properties,
      Clock clock,
      MeterRegistry meters) {
    KafkaTemplate<String, byte[]> template = new KafkaTemplate<>(echoPilotProducerFactory);
    template.setObservationEnabled(true);
    return new EventPublisher(
        template,
        "/echopilot/" + application,
        clock,
        meters,
        properties.publisher().maxInFlight(),
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("event-publisher").factory()));
  }

  @Bean
  ConcurrentKafkaListenerContainerFactory<String, byte[]> echoPilotListenerContainerFactory(
      ConsumerFactory<String, byte[]> echoPilotConsumerFactory,
      DeadLetterRecoverer deadLetterRecoverer,
      MeterRegistry meters) {
    var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
    RecordScreen screen = new RecordScreen(meters);
    factory.setConsumerFactory(echoPilotConsumerFactory);
    factory.setRecordMessageConverter(new EventMessageConverter());
    factory.setRecordFilterStrategy(screen);
    // Otherwise a listener that returns a future would wait for ever for what it never saw.
    factory.setAckDiscarded(true);
    factory.setRecordInterceptor(screen);
    factory.setCommonErrorHandler(errorHandler(deadLetterRecoverer));
    factory.getContainerProperties().setObservationEnabled(true);
    return factory;
  }

  @Bean
  DeadLetterRecoverer deadLetterRecoverer(
      ProducerFactory<String, byte[]> echoPilotProducerFactory, MeterRegistry meters) {
    return new DeadLetterRecoverer(
        new KafkaTemplate<>(echoPilotProducerFactory), application, meters);
  }

  private static DefaultErrorHandler errorHandler(DeadLetterRecoverer deadLetters) {
    ExponentialBackOffWithMaxRetries backOff = new ExponentialBackOffWithMaxRetries(RETRIES);
    backOff.setInitialInterval(FIRST_RETRY_MILLIS);
    backOff.setMaxInterval(LONGEST_RETRY_MILLIS);
    DefaultErrorHandler handler = new DefaultErrorHandler(deadLetters, backOff);
    // Seeking would drop the rest of a batch whose acknowledgements a future-returning listener
    // still waits for, and with them everything after.
    handler.setSeekAfterError(false);
    return handler;
  }

  @Bean
  TopicProvisioner topicProvisioner(KafkaAdmin admin, EchoPilotProperties properties) {
    return new TopicProvisioner(admin, properties.topics());
  }

  @Bean
  CompactedTopicReaders compactedTopicReaders(
      ConsumerFactory<String, byte[]> echoPilotConsumerFactory,
      KafkaAdmin admin,
      EchoPilotProperties properties,
      DeadLetterRecoverer deadLetterRecoverer,
      MeterRegistry meters) {
    return new CompactedTopicReaders(
        echoPilotConsumerFactory,
        admin,
        properties.topics().partitions(),
        deadLetterRecoverer,
        meters);
  }

  @Bean
  @ConditionalOnProperty("echopilot.heartbeat.enabled")
  Heartbeats heartbeats(
      EventPublisher publisher, InstanceId instance, EchoPilotProperties properties, Clock clock) {
    SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
    scheduler.setThreadNamePrefix("heartbeat-");
    return new Heartbeats(
        publisher, instance, application, properties.heartbeat().interval(), scheduler, clock);
  }
}
