package io.echopilot.fleet.inbox;

import static io.echopilot.fleet.inbox.Reply.map;

import io.echopilot.events.EventJson;
import io.echopilot.fleet.inbox.InboxMessage.Button;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The used part of the <a href="https://core.telegram.org/bots/api">Bot API</a>: sendMessage and
 * editMessageText with HTML and buttons that open a page. Methods may be written in any case. The
 * real one refuses buttons that lead to this machine.
 */
final class TelegramApi {
  private static final int MOST = 4096;
  private static final Pattern TAG = Pattern.compile("</?(b|i|u|s|code|pre)>");
  private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot);");
  private static final Map<Integer, String> STATUS =
      Map.of(
          400, "Bad Request",
          401, "Unauthorized",
          429, "Too Many Requests",
          500, "Internal Server Error");

  private final Mailbox mailbox;
  private final String token;

  TelegramApi(Mailbox mailbox, String token) {
    this.mailbox = mailbox;
    this.token = token;
  }

  static Reply failure(Trouble.Failure failure) {
    Integer seconds = failure.retryAfter();
    String text = STATUS.getOrDefault(failure.status(), "Error");
    return seconds == null
        ? error(failure.status(), text)
        : new Reply(
            failure.status(),
            map(
                "ok",
                false,
                "error_code",
                failure.status(),
                "description",
                "%s: retry after %d".formatted(text, seconds),
                "parameters",
                map("retry_after", seconds)),
            null);
  }

  Reply call(String bot, String method, String body) {
    if (!bot.equals("bot" + token)) {
      return error(401, "Unauthorized");
    }
    JsonNode request = EventJson.mapper().readTree(body);
    String chat = request.path("chat_id").asString("");
    String text = request.path("text").asString("");
    String problem = problem(text, request.path("parse_mode").asString(null));
    if (problem != null) {
      return error(400, "Bad Request: " + problem);
    }
    List<Button> buttons = buttons(request.path("reply_markup"));
    for (Button button : buttons) {
      if (!button.url().matches("https?://.+")) {
        return error(
            400,
            "Bad Request: inline keyboard button URL '%s' is invalid: Wrong HTTP URL"
                .formatted(button.url()));
      }
    }
    return switch (method.toLowerCase(Locale.ROOT)) {
      case "sendmessage" -> sent(mailbox.telegram(chat, text, buttons));
      case "editmessagetext" ->
          edited(chat, request.path("message_id").asString(""), text, buttons);
      default -> error(404, "Not Found");
    };
  }

  private Reply edited(String chat, String id, String text, List<Button> buttons) {
    Optional<InboxMessage> message = mailbox.find("telegram", chat, id);
    if (message.isEmpty()) {
      return error(400, "Bad Request: message to edit not found");
    }
    if (message.get().text().equals(text) && message.get().buttons().equals(buttons)) {
      return error(
          400,
          "Bad Request: message is not modified: specified new message content and reply markup are"
              + " exactly the same as a current content and reply markup of the message");
    }
    return sent(mailbox.edit(message.get(), text, buttons));
  }

  private static List<Button> buttons(JsonNode markup) {
    List<Button> buttons = new ArrayList<>();
    markup
        .path("inline_keyboard")
        .forEach(row ->
            row.forEach(button ->
                buttons.add(
                    new Button(
                        button.path("text").asString(""), button.path("url").asString("")))));
    return buttons;
  }

  private static @Nullable String problem(String text, @Nullable String parseMode) {
    if (text.isBlank()) {
      return "message text is empty";
    }
    if (text.length() > MOST) {
      return "message is too long";
    }
    String bare = ENTITY.matcher(TAG.matcher(text).replaceAll("")).replaceAll("");
    return "HTML".equals(parseMode) && (bare.contains("<") || bare.contains("&"))
        ? "can't parse entities: Unsupported start tag"
        : null;
  }

  private static Reply sent(InboxMessage message) {
    Instant at = message.at();
    return Reply.ok(
        map(
            "ok",
            true,
            "result",
            map(
                "message_id",
                Integer.parseInt(message.id()),
                "date",
                at.getEpochSecond(),
                "chat",
                map("id", Long.parseLong(message.chat()), "type", "group", "title", "On call"),
                "text",
                message.text())));
  }

  private static Reply error(int code, String description) {
    return new Reply(code, map("ok", false, "error_code", code, "description", description), null);
  }
}
