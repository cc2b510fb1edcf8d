package io.echopilot.alert.channel;

import java.net.URI;
import java.time.Duration;

class TelegramChannelTest extends ChannelContract {
  @Override
  Channel channel(URI inbox, String token, Duration timeout) {
    return new TelegramChannel(inbox, token, "-1001234567890", timeout);
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
