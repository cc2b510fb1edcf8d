package io.echopilot.alert.channel;

import static java.util.Objects.requireNonNull;

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
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The channels that are configured, in the order in which one stands in for another. */
@Configuration(proxyBeanMethods = false)
class ChannelConfiguration {
  @Bean
  @ConditionalOnProperty("echopilot.alert.slack.channel")
  Courier slackCourier(AlertProperties properties, EventPublisher publisher, Clock clock) {
    AlertProperties.Slack slack = requireNonNull(properties.slack());
    return new Courier(
        new SlackChannel(
            slack.url(),
            secret(slack.tokenFile()),
            slack.channel(),
            slack.timeout(),
            new Dashboard(properties.dashboard())),
        publisher,
        clock);
  }

  @Bean
  @ConditionalOnProperty("echopilot.alert.telegram.chat")
  Courier telegramCourier(AlertProperties properties, EventPublisher publisher, Clock clock) {
    AlertProperties.Telegram telegram = requireNonNull(properties.telegram());
    return new Courier(
        new TelegramChannel(
            telegram.url(),
            secret(telegram.tokenFile()),
            telegram.chat(),
            telegram.timeout(),
            new Dashboard(properties.dashboard())),
        publisher,
        clock);
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
