package io.echopilot.alert.channel;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

class TelegramChannelTest extends ChannelContract {
  @Override
  Channel channel(URI inbox, String token, Duration timeout, @Nullable URI dashboard) {
    return new TelegramChannel(inbox, token, "-1001234567890", timeout, new Dashboard(dashboard));
  }

  @Override
  String token() {
    return TELEGRAM_TOKEN;
  }

  @Override
  int mostCharacters() {
    return TelegramChannel.MOST;
  }
}
