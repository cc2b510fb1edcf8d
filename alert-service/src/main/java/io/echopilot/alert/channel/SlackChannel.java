package io.echopilot.alert.channel;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.model.Message;
import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.ButtonElement;
import io.echopilot.alert.channel.Channel.Receipt.Delivered;
import io.echopilot.alert.channel.Channel.Receipt.Failed;
import io.echopilot.alert.channel.Channel.Receipt.Refused;
import io.echopilot.events.ChannelId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel of a Slack workspace. Each message carries the key of its delivery as metadata, and a
 * channel is read back before a message is posted, so that none is posted twice.
 *
 * @see <a href="https://docs.slack.dev/reference/methods">Web API</a>: chat.postMessage,
 *     chat.update, conversations.history
 */
final class SlackChannel implements Channel {
  private static final Logger log = LoggerFactory.getLogger(SlackChannel.class);

  static final ChannelId ID = new ChannelId("slack");

  /** Characters of a message that Slack shows whole. */
  static final int MOST = 3900;

  private static final String EVENT_TYPE = "echopilot_alert";
  private static final String KEY = "key";
  private static final int READ_BACK = 100;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Characters of a section. */
  private static final int MOST_SECTION = 3000;

  private static final String INVALID_BLOCKS = "invalid_blocks";

  /** Slack's own troubles, and not ours. */
  private static final Set<String> PASSING =
      Set.of(
          "ratelimited",
          "rate_limited",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout");

  private final MethodsClient client;
  private final String channel;
  private final Dashboard dashboard;
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  SlackChannel(URI url, String token, String channel, Duration timeout, Dashboard dashboard) {
    this.channel = channel;
    this.dashboard = dashboard;
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(url.toString());
    config.setHttpClientCallTimeoutMillis(Math.toIntExact(timeout.toMillis()));
    config.setStatsEnabled(false);
    client = Slack.getInstance(config).methods(token);
  }

  @Override
  public ChannelId id() {
    return ID;
  }

  @Override
  public CompletableFuture<Receipt> deliver(Letter letter) {
    return CompletableFuture.supplyAsync(() -> receipt(letter), callers);
  }

  private Receipt receipt(Letter letter) {
    String text = Text.of(letter, SlackChannel::bold, MOST);
    Optional<String> link = dashboard.link(letter.incident().id());
    try {
      Receipt receipt = shown(letter, text, link.map(to -> blocks(text, to)).orElse(List.of()));
      // Told without a button beats not told.
      return link.isPresent() && receipt.equals(new Refused(INVALID_BLOCKS))
          ? shown(letter, text, List.of())
          : receipt;
    } catch (SlackApiException e) {
      return new Failed("HTTP %d".formatted(e.getResponse().code()), retryAfter(e));
    } catch (IOException e) {
      return new Failed("no answer: " + e, null);
    }
  }

  private Receipt shown(Letter letter, String text, List<LayoutBlock> blocks)
      throws IOException, SlackApiException {
    String edits = letter.edits();
    return edits == null ? post(letter, text, blocks) : update(edits, text, blocks);
  }

  /** What people see in place of the text, which remains for notifications. */
  private static List<LayoutBlock> blocks(String text, String link) {
    List<LayoutBlock> blocks = new ArrayList<>();
    String rest = text;
    while (rest.length() > MOST_SECTION) {
      int end = rest.lastIndexOf('\n', MOST_SECTION);
      int cut = end > 0 ? end : MOST_SECTION;
      blocks.add(section(rest.substring(0, cut)));
      rest = rest.substring(end > 0 ? cut + 1 : cut);
    }
    blocks.add(section(rest));
    blocks.add(
        ActionsBlock.builder()
            .elements(
                List.of(
                    ButtonElement.builder()
                        .text(PlainTextObject.builder().text(Dashboard.BUTTON).build())
                        .url(link)
                        .actionId("dashboard")
                        .build()))
            .build());
    return blocks;
  }

  private static LayoutBlock section(String text) {
    return SectionBlock.builder().text(MarkdownTextObject.builder().text(text).build()).build();
  }

  private static String bold(String escaped) {
    return "*" + escaped.replace("*", "∗") + "*";
  }

  private Receipt post(Letter letter, String text, List<LayoutBlock> blocks)
      throws IOException, SlackApiException {
    Optional<String> posted = readBack(letter);
    if (posted.isPresent()) {
      return new Delivered(posted.get());
    }
    var answer =
        client.chatPostMessage(request ->
            request
                .channel(channel)
                .text(text)
                .blocks(blocks.isEmpty() ? null : blocks)
                .unfurlLinks(false)
                .unfurlMedia(false)
                .metadata(
                    Message.Metadata.builder()
                        .eventType(EVENT_TYPE)
                        .eventPayload(Map.of(KEY, letter.key()))
                        .build()));
    return answer.isOk() ? new Delivered(answer.getTs()) : refusal(answer);
  }

  /** The message of this very delivery, if it is there already. */
  private Optional<String> readBack(Letter letter) throws IOException, SlackApiException {
    long opened = letter.incident().openedAt().minusSeconds(60).getEpochSecond();
    var history =
        client.conversationsHistory(request ->
            request
                .channel(channel)
                .oldest(Long.toString(opened))
                .limit(READ_BACK)
                .includeAllMetadata(true));
    if (!history.isOk()) {
      log.warn(
          "The Slack channel can't be read back ({}), a crash may lead to a second message",
          history.getError());
      return Optional.empty();
    }
    return history.getMessages().stream()
        .filter(message -> letter.key().equals(key(message)))
        .map(Message::getTs)
        .findFirst();
  }

  private static @Nullable Object key(Message message) {
    Message.Metadata metadata = message.getMetadata();
    return metadata == null || metadata.getEventPayload() == null
        ? null
        : metadata.getEventPayload().get(KEY);
  }

  private Receipt update(String ts, String text, List<LayoutBlock> blocks)
      throws IOException, SlackApiException {
    var answer =
        client.chatUpdate(request ->
            request.channel(channel).ts(ts).text(text).blocks(blocks.isEmpty() ? null : blocks));
    return answer.isOk() ? new Delivered(ts) : refusal(answer);
  }

  private static Receipt refusal(SlackApiTextResponse answer) {
    String error = answer.getError();
    return PASSING.contains(error) ? new Failed(error, null) : new Refused(error);
  }

  private static @Nullable Duration retryAfter(SlackApiException failure) {
    String seconds = failure.getResponse().header("Retry-After");
    return failure.getResponse().code() == TOO_MANY_REQUESTS
            && seconds != null
            && seconds.matches("\\d{1,5}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : null;
  }
}
