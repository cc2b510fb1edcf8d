package io.echopilot.fleet.inbox;

import io.echopilot.events.EventJson;
import io.echopilot.fleet.inbox.InboxMessage.Button;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The used part of <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit</a>:
 * sections with text, and actions with buttons that open a page.
 *
 * @param text what people see in place of the message's own text
 */
record SlackBlocks(String text, List<Button> buttons) {
  private static final int MOST = 50;
  private static final int MOST_SECTION = 3_000;
  private static final int MOST_BUTTON = 75;

  /** Empty when Slack would call them invalid. */
  static Optional<SlackBlocks> of(String json) {
    JsonNode blocks = EventJson.mapper().readTree(json);
    List<String> texts = new ArrayList<>();
    List<Button> buttons = new ArrayList<>();
    boolean valid = !blocks.isEmpty() && blocks.size() <= MOST;
    for (JsonNode block : blocks) {
      switch (block.path("type").asString("")) {
        case "section" -> texts.add(block.path("text").path("text").asString(""));
        case "actions" ->
            block
                .path("elements")
                .forEach(element ->
                    buttons.add(
                        new Button(
                            element.path("text").path("text").asString(""),
                            element.path("url").asString(""))));
        default -> valid = false;
      }
    }
    valid &= texts.stream().allMatch(text -> !text.isEmpty() && text.length() <= MOST_SECTION);
    valid &= buttons.stream().allMatch(SlackBlocks::isValid);
    return valid
        ? Optional.of(new SlackBlocks(String.join("\n", texts), List.copyOf(buttons)))
        : Optional.empty();
  }

  private static boolean isValid(Button button) {
    return !button.text().isEmpty()
        && button.text().length() <= MOST_BUTTON
        && button.url().matches("https?://.+")
        && button.url().length() <= MOST_SECTION;
  }
}
