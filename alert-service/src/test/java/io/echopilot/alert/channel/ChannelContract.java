package io.echopilot.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.alert.channel.Channel.Letter;
import io.echopilot.alert.channel.Channel.Receipt;
import io.echopilot.alert.channel.Channel.Receipt.Delivered;
import io.echopilot.alert.channel.Channel.Receipt.Failed;
import io.echopilot.alert.channel.Channel.Receipt.Refused;
import io.echopilot.events.Incident;
import io.echopilot.events.Incident.Entry;
import io.echopilot.events.IncidentCause;
import io.echopilot.events.IncidentId;
import io.echopilot.events.IncidentLevel;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.ServiceId;
import io.echopilot.fleet.inbox.Inbox;
import io.echopilot.fleet.inbox.InboxMessage;
import io.echopilot.fleet.inbox.InboxMessage.Button;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every channel keeps, against a real HTTP server that answers as the channel's own does. */
abstract class ChannelContract {
  static final String TELEGRAM_TOKEN = "123456:telegram-token-of-a-bot";
  static final String SLACK_TOKEN = "xoxb-slack-token-of-a-bot";
  private static final Instant OPENED = Instant.parse("2026-11-24T03:00:00Z");

  final Inbox inbox =
      Inbox.start(
          0,
          Path.of("target", "inboxes", UUID.randomUUID() + ".json"),
          TELEGRAM_TOKEN,
          SLACK_TOKEN,
          Clock.systemUTC());

  /** The channel, with this token. */
  abstract Channel channel(URI inbox, String token, Duration timeout, @Nullable URI dashboard);

  private Channel channel(URI inbox, String token, Duration timeout) {
    return channel(inbox, token, timeout, null);
  }

  private Channel withDashboard(String address) {
    return channel(url(), token(), Duration.ofSeconds(20), URI.create(address));
  }

  abstract String token();

  abstract int mostCharacters();

  Channel channel() {
    return channel(url(), token(), Duration.ofSeconds(20));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + inbox.port());
  }

  @AfterEach
  void close() {
    inbox.close();
  }

  @Test
  void aNewIncidentIsANewMessageThatSaysWhatMatters() {
    Receipt receipt = deliver(channel(), letter("k1", null));

    assertThat(receipt).isEqualTo(new Delivered(only().id()));
    assertThat(only().text())
        .contains("🟠 checkout", "level 2", "primary is down, traffic goes to fallback")
        .contains("03:00:01 failover from primary to fallback")
        .contains("checkout-failover-17");
  }

  @Test
  void whatFollowsReplacesTheText() {
    Channel channel = channel();
    String message = ((Delivered) deliver(channel, letter("k1", null))).message();

    Receipt receipt =
        deliver(channel, new Letter("k2", incident("all is well", 2), true, message, null));

    assertThat(receipt).isEqualTo(new Delivered(message));
    assertThat(only().text()).contains("✅ checkout", "resolved", "all is well");
    assertThat(only().before()).hasSize(1);
  }

  @Test
  void aMessageThatANewerOneReplacedSaysThatAndNoMore() {
    Channel channel = withDashboard("https://dr.example.com");
    String old = ((Delivered) deliver(channel, letter("k1", null))).message();

    Receipt receipt = deliver(channel, new Letter("k3", incident("worse", 2), false, old, "4711"));

    assertThat(receipt).isEqualTo(new Delivered(old));
    assertThat(only().text())
        .contains("checkout", "it got worse, a newer message tells how it goes on")
        .doesNotContain("level 2", "🟠", "03:00:01");
  }

  @Test
  void aButtonLeadsToTheIncidentOnTheDashboard() {
    Channel channel = withDashboard("https://dr.example.com/echopilot/");

    String message = ((Delivered) deliver(channel, letter("k1", null))).message();

    Button button =
        new Button(
            "Open the dashboard",
            "https://dr.example.com/echopilot/#incident=checkout-failover-17");
    assertThat(only().buttons()).containsExactly(button);
    assertThat(only().text())
        .contains("🟠 checkout", "level 2", "03:00:01 failover", "checkout-failover-17");

    deliver(channel, new Letter("k2", incident("all is well", 2), true, message, null));

    assertThat(only().text()).contains("✅ checkout", "all is well");
    assertThat(only().buttons()).containsExactly(button);
  }

  @Test
  void withoutADashboardThereIsNoButton() {
    deliver(channel(), letter("k1", null));

    assertThat(only().buttons()).isEmpty();
  }

  @Test
  void aButtonThatTheChannelRefusesIsLeftOutAndPeopleAreToldAllTheSame() {
    Channel channel = withDashboard("weird://dr.example.com");

    String message = ((Delivered) deliver(channel, letter("k1", null))).message();
    assertThat(only().text()).contains("primary is down");
    deliver(channel, new Letter("k2", incident("all is well", 2), true, message, null));

    assertThat(only().text()).contains("all is well");
    assertThat(only().buttons()).isEmpty();
  }

  @Test
  void theSameEditAgainChangesNothing() {
    Channel channel = channel();
    String message = ((Delivered) deliver(channel, letter("k1", null))).message();

    assertThat(deliver(channel, letter("k2", message))).isEqualTo(new Delivered(message));
  }

  @Test
  void aChannelThatHasEnoughSaysForHowLong() {
    inbox.fail(channel().id().value(), 429, 20, 1);

    assertThat(deliver(channel(), letter("k1", null)))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(20)));
    assertThat(inbox.messages()).isEmpty();
  }

  @Test
  void aChannelInTroubleIsTriedAgain() {
    inbox.fail(channel().id().value(), 500, null, 1);

    assertThat(deliver(channel(), letter("k1", null)))
        .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.retryAfter()).isNull());
  }

  @Test
  void nobodyThereIsAFailureAndNoException() {
    Channel channel = channel();
    inbox.close();

    assertThat(deliver(channel, letter("k1", null))).isInstanceOf(Failed.class);
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedForLongerThanAllowed() {
    inbox.hold(channel().id().value());

    Receipt receipt = deliver(channel(url(), token(), Duration.ofMillis(300)), letter("k1", null));

    assertThat(receipt).isInstanceOf(Failed.class);
    inbox.release(channel().id().value());
  }

  @Test
  void aTokenThatIsNotTakenIsRefusedForGoodAndNotShown() {
    Receipt receipt =
        deliver(channel(url(), token() + "x", Duration.ofSeconds(20)), letter("k1", null));

    assertThat(receipt).isInstanceOf(Refused.class);
    assertThat(receipt.toString()).doesNotContain(token());
  }

  @Test
  void aMessageThatIsGoneCannotBeEdited() {
    assertThat(deliver(channel(), letter("k1", "424242"))).isInstanceOf(Refused.class);
  }

  @Test
  void hostileTextIsTextAndNothingElse() {
    String hostile = "<b>x</b> <script>& <!channel> <https://evil.example|click> *y* _z_ `q` </b>";
    Letter letter = new Letter("k1", incident(hostile, 1), false, null, null);

    assertThat(deliver(channel(), letter)).isInstanceOf(Delivered.class);

    assertThat(only().text())
        .contains("&lt;script&gt;&amp;")
        .contains("&lt;!channel&gt;")
        .doesNotContain("<script", "<!channel", "<https");
  }

  @Test
  void aLongStoryFitsAndKeepsItsBeginningAndItsEnd() {
    List<Entry> entries =
        Stream.concat(
                Stream.of(entry("it began")),
                IntStream.range(1, Incident.MOST_ENTRIES)
                    .mapToObj(i -> entry("step " + i + " " + "&".repeat(2_000))))
            .toList();

    assertThat(
            deliver(
                withDashboard("https://dr.example.com"),
                new Letter("k1", incident("title", 1, entries), false, null, null)))
        .isInstanceOf(Delivered.class);
    assertThat(only().buttons()).hasSize(1);

    assertThat(only().text().length()).isLessThanOrEqualTo(mostCharacters());
    assertThat(only().text()).contains("it began", "step 39", "…").doesNotContain("step 1 ");
  }

  static Receipt deliver(Channel channel, Letter letter) {
    CompletableFuture<Receipt> receipt = channel.deliver(letter);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(receipt::isDone);
    return receipt.join();
  }

  InboxMessage only() {
    assertThat(inbox.messages()).hasSize(1);
    return inbox.messages().getFirst();
  }

  static Letter letter(String key, @Nullable String edits) {
    return new Letter(
        key, incident("primary is down, traffic goes to fallback", 1), false, edits, null);
  }

  private static Incident incident(String title, int revision) {
    return incident(
        title, revision, List.of(entry("failover from primary to fallback: 2 of 3 vote so")));
  }

  private static Incident incident(String title, int revision, List<Entry> entries) {
    return new Incident(
        new IncidentId("checkout-failover-17"),
        new ServiceId("checkout"),
        IncidentCause.FAILOVER,
        IncidentLevel.PARTIAL_OUTAGE,
        revision,
        title,
        entries,
        OPENED,
        OPENED);
  }

  private static Entry entry(String text) {
    return new Entry(
        OPENED.plusSeconds(1), text, new RecordPosition("echopilot.failover-events", 0, 1));
  }
}
