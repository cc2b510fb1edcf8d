package io.echopilot.prober.budget;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.TopicNames;
import io.echopilot.starter.EchoPilotProperties;
import java.time.Clock;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

@Configuration(proxyBeanMethods = false)
class BudgetConfiguration {
  @Bean
  BudgetBoard budgetBoard() {
    return new BudgetBoard();
  }

  /** Of all services, whoever guards them: anybody may ask this instance of any. */
  @Bean
  KafkaMessageListenerContainer<String, byte[]> budgetReader(
      ConsumerFactory<String, byte[]> consumers,
      EchoPilotProperties properties,
      BudgetBoard budgetBoard,
      Clock clock) {
    long from = clock.instant().minus(BudgetBoard.OLD).toEpochMilli();
    ContainerProperties container =
        new ContainerProperties(
            IntStream.range(0, properties.topics().partitions())
                .mapToObj(partition ->
                    new TopicPartitionOffset(
                        TopicNames.SLO_BREACHES, partition, from, SeekPosition.TIMESTAMP))
                .toArray(TopicPartitionOffset[]::new));
    container.setAckMode(AckMode.MANUAL);
    container.setMessageListener(
        (MessageListener<String, byte[]>) record -> take(record, budgetBoard));
    return new KafkaMessageListenerContainer<>(consumers, container);
  }

  /** What can't be read says nothing; those who decide on it set it aside. */
  private static void take(ConsumerRecord<String, byte[]> record, BudgetBoard board) {
    if (EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
        instanceof Decoded.Known(var envelope)) {
      board.take(envelope.data());
    }
  }
}
