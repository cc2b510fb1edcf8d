package io.echopilot.fleet.inbox;

import static io.echopilot.fleet.inbox.Reply.map;

import io.echopilot.events.EventJson;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The used part of the <a href="https://docs.slack.dev/reference/methods">Web API</a>:
 * chat.postMessage, chat.update and conversations.history, form-encoded.
 */
final class SlackApi {
  private static final int MOST = 40_000;

  private final Mailbox mailbox;
  private final String token;

  SlackApi(Mailbox mailbox, String token) {
    this.mailbox = mailbox;
    this.token = token;
  }

  static Reply failure(Trouble.Failure failure) {
    return failure.status() == 429
        ? new Reply(429, map("ok", false, "error", "ratelimited"), failure.retryAfter())
        : new Reply(failure.status(), map("ok", false, "error", "internal_error"), null);
  }

  Reply call(@Nullable String authorization, String method, String body) {
    if (!("Bearer " + token).equals(authorization)) {
      return error("invalid_auth");
    }
    Map<String, List<String>> form = new QueryStringDecoder(body, false).parameters();
    String chat = first(form, "channel");
    String text = first(form, "text");
    if (chat.isEmpty()) {
      return error("channel_not_found");
    }
    String blocks = first(form, "blocks");
    Optional<SlackBlocks> content =
        blocks.isEmpty() ? Optional.of(new SlackBlocks(text, List.of())) : SlackBlocks.of(blocks);
    if (content.isEmpty()) {
      return error("invalid_blocks");
    }
    return switch (method) {
      case "chat.postMessage" -> post(chat, content.get(), first(form, "metadata"));
      case "chat.update" -> update(chat, first(form, "ts"), content.get());
      case "conversations.history" -> history(chat, first(form, "oldest"));
      default -> error("unknown_method");
    };
  }

  private Reply post(String chat, SlackBlocks content, String metadata) {
    String problem = problem(content.text());
    if (problem != null) {
      return error(problem);
    }
    return shown(
        mailbox.slack(
            chat,
            content.text(),
            content.buttons(),
            metadata.isEmpty() ? null : EventJson.mapper().readTree(metadata)));
  }

  private Reply update(String chat, String ts, SlackBlocks content) {
    Optional<InboxMessage> message = mailbox.find("slack", chat, ts);
    if (message.isEmpty()) {
      return error("message_not_found");
    }
    String problem = problem(content.text());
    return problem == null
        ? shown(mailbox.edit(message.get(), content.text(), content.buttons()))
        : error(problem);
  }

  private Reply history(String chat, String oldest) {
    double from = oldest.isEmpty() ? 0 : Double.parseDouble(oldest);
    List<Map<String, Object>> messages =
        mailbox.all().stream()
            .filter(message -> message.channel().equals("slack") && message.chat().equals(chat))
            .filter(message -> Double.parseDouble(message.id()) > from)
            .map(SlackApi::json)
            .toList();
    return Reply.ok(map("ok", true, "messages", messages, "has_more", false));
  }

  private static @Nullable String problem(String text) {
    if (text.isBlank()) {
      return "no_text";
    }
    return text.length() > MOST ? "msg_too_long" : null;
  }

  private static Reply shown(InboxMessage message) {
    return Reply.ok(
        map("ok", true, "channel", message.chat(), "ts", message.id(), "message", json(message)));
  }

  private static Map<String, Object> json(InboxMessage message) {
    Map<String, Object> json = map("type", "message", "text", message.text(), "ts", message.id());
    if (message.metadata() != null) {
      json.put("metadata", message.metadata());
    }
    return json;
  }

  private static Reply error(String code) {
    return Reply.ok(map("ok", false, "error", code));
  }

  private static String first(Map<String, List<String>> form, String name) {
    return form.getOrDefault(name, List.of("")).getFirst();
  }
}
