package io.echopilot.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.alert.incident.Decisions;
import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationEvent.LocationImpaired;
import io.echopilot.events.LocationEvent.LocationRecovered;
import io.echopilot.events.LocationId;
import io.echopilot.events.TopicNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a decision on a topic to what people read. */
class AlertServiceTest {
  private static AlertWorld world;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    world = new AlertWorld(folder);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aFailoverIsOneMessageOnEachChannelThatIsEditedToItsEnd() {
    Decisions cart = new Decisions("cart");
    world.happens(cart.suspected(), cart.started());
    world.awaitTold("cart-failover-2", "traffic goes to fallback");

    world.happens(cart.completed(), cart.recovering(), cart.returning(), cart.returned());
    world.happens(cart.observed());

    world.awaitTold("cart-failover-2", "resolved");
    assertThat(world.shown("slack", "cart-failover-2")).hasSize(1);
    assertThat(world.shown("telegram", "cart-failover-2")).hasSize(1);
  }

  @Test
  void aChannelThatWantsToBeLeftAloneIsToldOnceLater() {
    Decisions blog = new Decisions("blog");
    world.inbox.fail("telegram", 429, 2, 1);
    world.inbox.fail("slack", 500, null, 3);

    world.happens(blog.started(), blog.completed());

    world.awaitTold("blog-failover-1", "fallback serves");
    assertThat(world.shown("slack", "blog-failover-1")).hasSize(1);
    assertThat(world.shown("telegram", "blog-failover-1")).hasSize(1);
  }

  @Test
  void bothSitesDownIsOneMessageAtLevelThree() {
    Decisions shop = new Decisions("shop");

    world.happens(shop.blocked());

    world.awaitTold("shop-failover-1", "level 3");
    assertThat(world.shown("slack", "shop-failover-1")).hasSize(1);
    assertThat(world.shown("telegram", "shop-failover-1")).hasSize(1);
  }

  @Test
  void whatGetsWorseRingsAgain() {
    Decisions mail = new Decisions("mail");
    world.happens(mail.started(), mail.completed());
    world.awaitTold("mail-failover-1", "fallback serves");

    world.happens(mail.blocked());

    world.awaitTold("mail-failover-1", "level 3");
    Awaitility.await()
        .atMost(AlertWorld.PATIENCE)
        .until(() -> world.shown("telegram", "mail-failover-1").size() == 2);
  }

  @Test
  void aLocationInTroubleIsATicketUntilItDoesWell() {
    LocationId location = new LocationId("mars-1");
    InstanceId prober = new InstanceId("prober");
    world.happens(new LocationImpaired(location, prober, Instant.now(), "no reference answers"));
    Awaitility.await()
        .atMost(AlertWorld.PATIENCE)
        .until(() -> !world.shown("slack", "mars-1-location").isEmpty());
    world.happens(new LocationRecovered(location, prober, Instant.now(), Instant.now()));

    Awaitility.await()
        .atMost(AlertWorld.PATIENCE)
        .until(
            () -> world.shown("slack", "mars-1-location").getFirst().text().contains("(resolved)"));
    assertThat(world.shown("slack", "mars-1-location")).hasSize(1);
    assertThat(world.shown("telegram", "mars-1-location")).isEmpty();
  }

  @Test
  void aDriftIsNothingForTelegram() {
    Decisions news = new Decisions("news");
    world.happens(news.drifted(), news.reasserted());

    Awaitility.await()
        .atMost(AlertWorld.PATIENCE)
        .until(() ->
            world.shown("slack", "news-drift-1").stream()
                .anyMatch(message -> message.text().contains("resolved")));
    assertThat(world.shown("telegram", "news-drift-1")).isEmpty();
  }

  @Test
  void garbageStopsNothing() {
    Decisions feed = new Decisions("feed");
    for (String topic :
        new String[] {
          TopicNames.FAILOVER_EVENTS,
          TopicNames.SERVICES,
          TopicNames.INCIDENTS,
          TopicNames.ALERT_DELIVERIES
        }) {
      world.send(new ProducerRecord<>(topic, "feed", new byte[] {1, 2}));
    }

    world.happens(feed.started());

    world.awaitTold("feed-failover-1", "traffic goes to fallback");
  }
}
