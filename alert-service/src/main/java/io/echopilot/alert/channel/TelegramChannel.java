package io.echopilot.alert.channel;

import io.echopilot.alert.channel.Channel.Receipt.Delivered;
import io.echopilot.alert.channel.Channel.Receipt.Failed;
import io.echopilot.alert.channel.Channel.Receipt.Refused;
import io.echopilot.events.ChannelId;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.ParseMode;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/**
 * A chat of a Telegram bot. A bot can't read a chat back: a crash between a message and the record
 * of it leads to a second message.
 *
 * @see <a href="https://core.telegram.org/bots/api">Bot API</a>: sendMessage, editMessageText
 */
final class TelegramChannel implements Channel {
  static final ChannelId ID = new ChannelId("telegram");

  /** Characters of a message. */
  static final int MOST = 4096;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final String NOT_MODIFIED = "message is not modified";
  private final OkHttpTelegramClient client;
  private final String chat;
  private final Dashboard dashboard;

  TelegramChannel(URI url, String token, String chat, Duration timeout, Dashboard dashboard) {
    this.chat = chat;
    this.dashboard = dashboard;
    int standard = "http".equals(url.getScheme()) ? 80 : 443;
    client =
        new OkHttpTelegramClient(
            new OkHttpClient.Builder().callTimeout(timeout).build(),
            token,
            new TelegramUrl(
                url.getScheme(),
                url.getHost(),
                url.getPort() < 0 ? standard : url.getPort(),
                false));
  }

  @Override
  public ChannelId id() {
    return ID;
  }

  @Override
  public CompletableFuture<Receipt> deliver(Letter letter) {
    String text = Text.of(letter, TelegramChannel::bold, MOST);
    InlineKeyboardMarkup keyboard =
        dashboard.link(letter.incident().id()).map(TelegramChannel::keyboard).orElse(null);
    return shown(letter.edits(), text, keyboard)
        .thenCompose(receipt ->
            // Told without a button beats not told.
            receipt instanceof Refused(String reason)
                    && keyboard != null
                    && reason.toLowerCase(Locale.ROOT).contains("button")
                ? shown(letter.edits(), text, null)
                : CompletableFuture.completedFuture(receipt));
  }

  private CompletableFuture<Receipt> shown(
      @Nullable String edits, String text, @Nullable InlineKeyboardMarkup keyboard) {
    return edits == null ? send(text, keyboard) : edit(edits, text, keyboard);
  }

  private static InlineKeyboardMarkup keyboard(String link) {
    InlineKeyboardButton button =
        InlineKeyboardButton.builder().text(Dashboard.BUTTON).url(link).build();
    return InlineKeyboardMarkup.builder().keyboardRow(new InlineKeyboardRow(button)).build();
  }

  private static String bold(String escaped) {
    return "<b>" + escaped + "</b>";
  }

  private CompletableFuture<Receipt> send(String text, @Nullable InlineKeyboardMarkup keyboard) {
    SendMessage method =
        SendMessage.builder()
            .chatId(chat)
            .text(text)
            .parseMode(ParseMode.HTML)
            .disableWebPagePreview(true)
            .replyMarkup(keyboard)
            .build();
    return asked(() -> client.executeAsync(method))
        .<Receipt>thenApply(sent -> new Delivered(Integer.toString(sent.getMessageId())))
        .exceptionally(failure -> receipt(failure, null));
  }

  private CompletableFuture<Receipt> edit(
      String message, String text, @Nullable InlineKeyboardMarkup keyboard) {
    EditMessageText method =
        EditMessageText.builder()
            .chatId(chat)
            .messageId(Integer.parseInt(message))
            .text(text)
            .parseMode(ParseMode.HTML)
            .disableWebPagePreview(true)
            .replyMarkup(keyboard)
            .build();
    return asked(() -> client.executeAsync(method))
        .<Receipt>thenApply(_ -> new Delivered(message))
        .exceptionally(failure -> receipt(failure, message));
  }

  private interface Question<T> {
    CompletableFuture<T> ask() throws TelegramApiException;
  }

  private static <T extends Serializable> CompletableFuture<T> asked(Question<T> question) {
    try {
      return question.ask();
    } catch (TelegramApiException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Receipt receipt(Throwable failure, @Nullable String edited) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (!(cause instanceof TelegramApiRequestException refusal) || refusal.getErrorCode() == null) {
      return new Failed("no answer: " + NestedExceptionUtils.getMostSpecificCause(failure), null);
    }
    int code = refusal.getErrorCode();
    String reason = "%d %s".formatted(code, refusal.getApiResponse());
    if (edited != null && reason.contains(NOT_MODIFIED)) {
      return new Delivered(edited);
    }
    if (code == TOO_MANY_REQUESTS || code >= SERVER_ERROR) {
      return new Failed(reason, retryAfter(refusal));
    }
    return new Refused(reason);
  }

  private static @Nullable Duration retryAfter(TelegramApiRequestException refusal) {
    var parameters = refusal.getParameters();
    Integer seconds = parameters == null ? null : parameters.getRetryAfter();
    return seconds == null ? null : Duration.ofSeconds(Objects.requireNonNull(seconds));
  }
}
