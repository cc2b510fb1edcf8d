package io.echopilot.alert.channel;

import io.echopilot.alert.AlertProperties;
import io.echopilot.alert.delivery.Routing;
import io.echopilot.starter.EventPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The channels that are configured, in the order in which one stands in for another. */
@Configuration(proxyBeanMethods = false)
class ChannelConfiguration {
  @Bean
  @ConditionalOnProperty("echopilot.alert.slack.channel")
  SlackChannel slackChannel(AlertProperties properties) {
    AlertProperties.Slack slack = java.util.Objects.requireNonNull(properties.slack());
    return new SlackChannel(
        slack.url(), secret(slack.tokenFile()), slack.channel(), slack.timeout());
  }

  @Bean
  @ConditionalOnProperty("echopilot.alert.telegram.chat")
  TelegramChannel telegramChannel(AlertProperties properties) {
    AlertProperties.Telegram telegram = java.util.Objects.requireNonNull(properties.telegram());
    return new TelegramChannel(
        telegram.url(), secret(telegram.tokenFile()), telegram.chat(), telegram.timeout());
  }

  @Bean
  Courier courier(ObjectProvider<Channel> channels, EventPublisher publisher, Clock clock) {
    return new Courier(channels.stream().toList(), publisher, clock);
  }

  @Bean
  Routing routing(AlertProperties properties) {
    List<Routing.Rule> rules = new ArrayList<>();
    if (properties.slack() != null) {
      rules.add(new Routing.Rule(SlackChannel.ID, properties.slack().from()));
    }
    if (properties.telegram() != null) {
      rules.add(new Routing.Rule(TelegramChannel.ID, properties.telegram().from()));
    }
    return new Routing(rules);
  }

  private static String secret(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    }
  }
}
