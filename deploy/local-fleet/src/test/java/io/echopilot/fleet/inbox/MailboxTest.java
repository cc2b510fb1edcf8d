package io.echopilot.fleet.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("inbox.json");
  }

  @Test
  void whatWasSentCanBeEditedAfterTheInboxStartedAgain() {
    Mailbox before = mailbox();
    InboxMessage slack = before.slack("ops", "one", List.of(), null);
    InboxMessage telegram = before.telegram("1", "two", List.of());

    Mailbox after = mailbox();
    after.edit(after.find("slack", "ops", slack.id()).orElseThrow(), "uno", List.of());

    assertThat(mailbox().all()).extracting(InboxMessage::text).containsExactly("two", "uno");
    assertThat(after.telegram("1", "three", List.of()).id()).isNotEqualTo(telegram.id());
    assertThat(after.slack("ops", "four", List.of(), null).id()).isNotEqualTo(slack.id());
  }

  @Test
  void aFileThatHoldsNoMessagesIsNamedWithTheRemedy() throws IOException {
    Files.writeString(file, "{");

    assertThatThrownBy(this::mailbox)
        .hasMessageContaining("inbox.json")
        .hasMessageContaining("delete it");
  }

  private Mailbox mailbox() {
    return new Mailbox(CLOCK, new MailFile(file));
  }
}
