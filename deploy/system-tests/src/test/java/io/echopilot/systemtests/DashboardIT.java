package io.echopilot.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.echopilot.events.AnomalyEvent.AnomalyCleared;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.fleet.Port;
import io.echopilot.fleet.process.Signal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person sees in a browser. */
@Timeout(600)
@ExtendWith(WholeFleet.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardIT {
  private static final int WIDE = 1280;
  private static final int NARROW = 390;
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static Browser browser;
  private final World world;

  DashboardIT(World world) {
    this.world = world;
  }

  @BeforeAll
  static void start() {
    browser = new Browser();
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @BeforeEach
  void settle() {
    world.settle();
  }

  @Test
  @Order(1) // The others break sites, and after that the budget it begins with is no longer whole.
  void theStoryOfAFailoverIsSeenAsItGoesOn() {
    Page page = login(ColorScheme.LIGHT, WIDE);
    Locator demo = service(page, "demo");
    assertThat(demo).containsText("Steady");
    assertThat(demo).containsText("Traffic goes to primary");
    assertThat(demo.locator("[aria-label='error budgets of demo']")).containsText("100 % left");

    world.mode("primary", "refuse");

    assertThat(demo).containsText("Failed over");
    assertThat(demo).containsText("Traffic goes to fallback");
    assertThat(demo).containsText("primary is not healthy yet");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("level 2: partial outage");
    assertThat(page.locator("article[aria-label^='incident demo-failover']").first())
        .containsText("fallback serves, seen where users come in");
    assertThat(page.locator("ol.events")).containsText("failover completed: fallback serves");
    assertThat(page.locator("ol.events")).containsText("slack shows revision");
    assertThat(page.locator("article[aria-label='backups of demo']"))
        .containsText("Restored and compared: 3 tables");
    seen(page, "failover");

    world.mode("primary", "ok");

    assertThat(demo).containsText("Steady");
    assertThat(demo).containsText("Traffic goes to primary");
    assertThat(page.locator("details.over")).containsText("resolved of late");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void itCanBeReadInTheDarkAndOnATelephone() {
    world.mode("primary", "refuse");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(WIDE, NARROW)) {
        Page page = login(scheme, width);
        assertThat(service(page, "demo")).containsText("Failed over");
        page.locator("ol.events summary").first().click();
        seen(page, scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
      }
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theInboxShowsWhatAMessageSaidBeforeItWasEdited() {
    Page page = browser.open(ColorScheme.DARK, NARROW);
    page.navigate(world.local(Port.INBOX, "/").toString());
    world.mode("primary", "refuse");

    Locator newest = page.locator("article").first();
    assertThat(newest).containsText("fallback serves");
    newest.locator("summary").click();
    assertThat(newest.locator("li").first()).isVisible();
    world.mode("primary", "ok");
    assertThat(page.locator("article").first()).containsText("resolved");

    assertThat(newest.locator("li").first()).isVisible();
    assertThat(newest.locator("summary")).isFocused();
    assertThat(Browser.barriers(page)).isEmpty();
    assertThat(Browser.overflow(page)).isZero();
    page.screenshot(new ScreenshotOptions().setPath(SHOTS.resolve("inbox.png")).setFullPage(true));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theLoginHasNoBarriersAndSaysWhatIsWrong() {
    Page page = browser.open(ColorScheme.DARK, NARROW);
    page.navigate(dashboard().toString());
    assertThat(Browser.barriers(page)).isEmpty();

    page.fill("#username", "viewer");
    page.fill("#password", "a guess");
    page.keyboard().press("Enter");

    assertThat(page.getByText("That name and password don't go together.")).isVisible();
    assertThat(Browser.barriers(page)).isEmpty();
  }

  @Test
  void aBrowserThatIsCutOffTwentyTimesMissesNothingAndShowsNothingTwice() {
    try (Wire wire = new Wire(dashboard().getPort())) {
      Page page = browser.open(ColorScheme.LIGHT, WIDE);
      Browser.login(
          page,
          URI.create("http://127.0.0.1:" + wire.port() + "/"),
          "viewer",
          world.password("viewer"));
      String run = "run-" + System.nanoTime();
      page.fill("#filter", run);
      List<String> told = new ArrayList<>();
      for (int cut = 0; cut < 20; cut++) {
        told.add(tell(run, told.size()));
        wire.cut();
        told.add(tell(run, told.size()));
        // Back again: what came while it was away is there.
        assertThat(page.locator("ol.events li").first()).containsText(told.getLast());
        told.add(tell(run, told.size()));
      }
      assertThat(page.locator("ol.events li").first()).containsText(told.getLast());

      List<String> shown = page.locator("ol.events li summary").allTextContents();
      assertThat(shown).hasSameSizeAs(told);
      assertThat(IntStream.range(0, told.size()))
          .allSatisfy(i -> assertThat(shown.get(told.size() - 1 - i)).contains(told.get(i)));
    }
  }

  @Test
  void aLostConnectionAndOldDataAreSaidPlainly() {
    Page page = login(ColorScheme.LIGHT, WIDE);
    // Nobody votes on the other service of this world.
    String doubt = "Not known to be well: too few locations see 1 service";
    assertThat(verdict(page)).hasText(doubt);

    world.fleet.prober(1).kill(Signal.STOP);
    assertThat(service(page, "demo")).containsText("No probe results for");
    assertThat(page.getByText("prober-service was last heard at")).isVisible();
    assertThat(verdict(page)).hasText("Not known to be well: prober-service is silent");
    world.fleet.prober(1).kill(Signal.CONT);
    assertThat(verdict(page)).hasText(doubt);

    world.fleet.broker().kill(Signal.STOP);
    assertThat(page.getByText("Kafka does not answer the dashboard.")).isVisible();
    assertThat(verdict(page)).containsText("Not known to be well: Kafka is away");
    world.fleet.broker().kill(Signal.CONT);
    assertThat(page.getByText("Kafka does not answer the dashboard.")).isHidden();

    world.fleet.dashboard().kill(Signal.STOP);
    assertThat(page.getByText("The connection to the dashboard is lost.")).isVisible();
    assertThat(Browser.barriers(page)).isEmpty();
    world.fleet.dashboard().kill(Signal.CONT);
    assertThat(page.getByText("The connection to the dashboard is lost.")).isHidden();
  }

  @Test
  void aServiceOfTheFleetThatFallsSilentIsToldWithWhatThatMeans() {
    Page page = login(ColorScheme.LIGHT, WIDE);

    world.fleet.failover(1).kill(Signal.STOP);
    assertThat(page.getByText("failover-service was last heard at")).isVisible();
    assertThat(page.getByText("no traffic is moved while it is away")).isVisible();
    assertThat(verdict(page)).containsText("Not known to be well: failover-service is silent");
    seen(page, "silent");
    world.fleet.failover(1).kill(Signal.CONT);
    assertThat(page.getByText("failover-service was last heard at")).isHidden();

    world.fleet.alert().kill(Signal.STOP);
    assertThat(page.getByText("Nobody is told of anything while it is away")).isVisible();
    world.fleet.alert().kill(Signal.CONT);
    assertThat(page.getByText("alert-service was last heard at")).isHidden();
  }

  @Test
  void whereAMessagesButtonLeadsSurvivesTheLoginAndAWrongPassword() {
    Page page = browser.open(ColorScheme.LIGHT, WIDE);
    page.navigate(dashboard() + "#incident=demo-failover-1");
    for (String password : List.of("a guess", world.password("viewer"))) {
      page.fill("#username", "viewer");
      page.fill("#password", password);
      page.keyboard().press("Enter");
      page.waitForURL(url ->
          url.endsWith("#incident=demo-failover-1")
              && !url.endsWith("/login#incident=demo-failover-1"));
    }

    page.waitForSelector("h2#services");
    assertThat(page).hasURL(dashboard() + "#incident=demo-failover-1");
  }

  private static Locator verdict(Page page) {
    return page.getByRole(AriaRole.STATUS);
  }

  @AfterEach
  void goOn() {
    browser.closePages();
    List.of(
            world.fleet.prober(1),
            world.fleet.broker(),
            world.fleet.failover(1),
            world.fleet.alert(),
            world.fleet.dashboard())
        .forEach(process -> process.kill(Signal.CONT));
  }

  private String tell(String run, int number) {
    world.publish(
        new AnomalyCleared(
            new ServiceId(World.LONELY), new SiteId("primary"), run + "-" + number, Instant.now()));
    return "%s-%d of primary is as usual again".formatted(run, number);
  }

  private static void seen(Page page, String name) {
    page.screenshot(
        new ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")).setFullPage(true));
    assertThat(Browser.barriers(page)).isEmpty();
    assertThat(Browser.overflow(page)).isZero();
  }

  private Page login(ColorScheme scheme, int width) {
    Page page = browser.open(scheme, width);
    Browser.login(page, dashboard(), "viewer", world.password("viewer"));
    return page;
  }

  private static Locator service(Page page, String service) {
    return page.locator("article[aria-label='service " + service + "']");
  }

  private URI dashboard() {
    return world.local(Port.DASHBOARD, "/");
  }
}
