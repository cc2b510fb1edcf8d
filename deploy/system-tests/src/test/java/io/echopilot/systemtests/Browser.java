package io.echopilot.systemtests;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real Chromium, and what it complained of. */
final class Browser implements AutoCloseable {
  private static final double PATIENCE_MILLIS = 120_000;

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final com.microsoft.playwright.Browser chromium =
      playwright
          .chromium()
          .launch(
              new LaunchOptions()
                  .setExecutablePath(executable())
                  // Root has no sandbox to offer, and nothing here may ask the world outside.
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync",
                          "--no-first-run")));
  private final List<String> complaints = new ArrayList<>();

  Browser() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  /** A window of its own, not logged in. */
  Page open(ColorScheme scheme, int width) {
    Page page =
        chromium
            .newContext(
                new com.microsoft.playwright.Browser.NewContextOptions()
                    .setColorScheme(scheme)
                    .setViewportSize(width, 900))
            .newPage();
    page.onConsoleMessage(message -> {
      if (List.of("error", "warning").contains(message.type())) {
        complaints.add(message.text() + " at " + message.location());
      }
    });
    page.onPageError(complaints::add);
    return page;
  }

  /** Logs in and returns once the page stands. */
  static void login(Page page, URI dashboard, String user, String password) {
    page.navigate(dashboard.toString());
    page.fill("#username", user);
    page.fill("#password", password);
    page.click("button[type=submit]");
    page.waitForSelector("h2#services");
  }

  /** Errors and warnings of all pages that were opened since the last were closed. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  void closePages() {
    chromium.contexts().forEach(BrowserContext::close);
    complaints.clear();
  }

  /** What keeps people with a disability from using the page as it stands, by axe-core's rules. */
  static List<String> barriers(Page page) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .map(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
            .toList();
  }

  /** Pixels by which the page is wider than its window. */
  static int overflow(Page page) {
    return ((Number)
            page.evaluate(
                "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }

  private static Path executable() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name ->
            Stream.of(System.getenv("PATH").split(":", -1)).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "no Chromium in PATH: install it (Debian: apt install chromium)"));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
