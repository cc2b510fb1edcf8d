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
        .doesNotContain("<script>");
    assertThat(page("telegram", "<script>*x*</script>"))
        .contains("&lt;script&gt;*x*")
        .doesNotContain("<script>");
  }

  @Test
  void aButtonCanBePressed() {
    assertThat(page("slack", "x", new Button("Open <it>", "https://x.example/?a=1&b=\"")))
        .contains("href=\"https://x.example/?a=1&amp;b=&quot;\"", ">Open &lt;it&gt;</a>");
  }

  @Test
  void whatAMessageSaidBeforeItWasEditedCanBeRead() {
    InboxMessage sent =
        new InboxMessage(
            "telegram", "7", "chat", "<b>first</b>", null, Instant.EPOCH, List.of(), List.of());

    InboxMessage once = sent.edited("second", List.of());
    assertThat(InboxPage.of(List.of(once)))
        .contains("<pre>second</pre>", "Edited once: ", "<li><pre><b>first</b></pre></li>");
    assertThat(InboxPage.of(List.of(once.edited("third", List.of()))))
        .contains("<pre>third</pre>", "Edited 2 times: ")
        .containsSubsequence("<li><pre>second</pre></li>", "<li><pre><b>first</b></pre></li>");
  }

  private static String page(String channel, String text, Button... buttons) {
    return InboxPage.of(
        List.of(
            new InboxMessage(
                channel, "1", "chat", text, null, Instant.EPOCH, List.of(buttons), List.of())));
  }
}
