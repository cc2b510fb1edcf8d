package io.echopilot.fleet.inbox;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static String page(String channel, String text) {
    return InboxPage.of(
        List.of(new InboxMessage(channel, "1", "chat", text, null, Instant.EPOCH, List.of())));
  }
}
