package io.echopilot.fleet.inbox;

import java.nio.file.Path;

/**
 * How the inbox is set up.
 *
 * @param telegramToken file of the token by which it knows the Telegram bot
 * @param slackToken file of the token by which it knows the Slack bot
 */
public record InboxConfig(int port, Path telegramToken, Path slackToken) {}
