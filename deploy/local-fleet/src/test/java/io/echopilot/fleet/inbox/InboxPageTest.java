package io.echopilot.fleet.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.fleet.inbox.InboxMessage.Button;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxPageTest {
  @Test
  void aMessageLooksAsItsChannelWouldShowIt() {
    assertThat(page("slack", "*checkout* is &lt;down&gt; &amp; out"))
        .contains("<pre><b>checkout</b> is &lt;down&gt; &amp; out</pre>");
    assertThat(page("telegram", "<b>checkout</b> is &lt;down&gt; &amp; out"))
        .contains("<pre><b>checkout</b> is &lt;down&gt; &amp; out</pre>");
  }

  @Test
  void whatIsNoMarkupOfTheChannelIsText() {
    assertThat(page("slack", "<script>alert(1)</script>"))
        .contains("&lt;script&gt;")
        .doesNotContain("<script");
    assertThat(page("telegram", "<script>*x*</script>"))
        .contains("&lt;script&gt;*x*")
        .doesNotContain("<script");
  }

  @Test
  void aButtonCanBePressed() {
    assertThat(page("slack", "x", new Button("Open <it>", "https://x.example/?a=1&b=\"")))
        .contains("href=\"https://x.example/?a=1&amp;b=&quot;\"", ">Open &lt;it&gt;</a>");
  }

  private static String page(String channel, String text, Button... buttons) {
    return InboxPage.of(
        List.of(
            new InboxMessage(
                channel, "1", "chat", text, null, Instant.EPOCH, List.of(buttons), List.of())));
  }
}
