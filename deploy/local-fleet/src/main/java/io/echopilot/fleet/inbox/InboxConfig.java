package io.echopilot.fleet.inbox;

import java.nio.file.Path;

/**
 * How the inbox is set up.
 *
 * @param messages file in which they outlive the inbox
 * @param telegramToken file of the token by which it knows the Telegram bot
 * @param slackToken file of the token by which it knows the Slack bot
 */
public record InboxConfig(int port, Path messages, Path telegramToken, Path slackToken) {}
