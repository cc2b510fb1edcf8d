package io.echopilot.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.alert.channel.Channel.Receipt.Delivered;
import io.echopilot.alert.channel.Channel.Receipt.Failed;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlackChannelTest extends ChannelContract {
  @Override
  Channel channel(URI inbox, String token, Duration timeout, @Nullable URI dashboard) {
    return new SlackChannel(
        inbox.resolve("/slack/api/"), token, "C0123456789", timeout, new Dashboard(dashboard));
  }

  @Override
  String token() {
    return SLACK_TOKEN;
  }

  @Override
  int mostCharacters() {
    return SlackChannel.MOST;
  }

  @Test
  void aDeliveryThatIsThereAlreadyIsNotPostedAgain() {
    String message = ((Delivered) deliver(channel(), letter("k1", null))).message();

    assertThat(deliver(channel(), letter("k1", null))).isEqualTo(new Delivered(message));
    assertThat(inbox.messages()).hasSize(1);

    deliver(channel(), letter("k2", null));
    assertThat(inbox.messages()).hasSize(2);
  }

  @Test
  void aChannelThatCannotBeReadBackNowIsTriedAgainAndNotPostedTo() {
    inbox.fail("slack", 500, null, 1);

    assertThat(deliver(channel(), letter("k1", null))).isInstanceOf(Failed.class);
    assertThat(inbox.messages()).isEmpty();
  }
}
