package io.echopilot.fleet.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.netty.http.server.HttpServer;

/** The running demo: sites, references, edge and its control. */
public final class Demo implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";

  /** The file in the data folder that has every write, accepted or refused. */
  public static final String WRITES = "edge-writes.ndjson";

  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("edge-writer").daemon().factory());
  private final Map<String, Breakable> sites = new LinkedHashMap<>();
  private final List<EdgeProxy> proxies = new ArrayList<>();
  private final Listener control;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Demo(DemoConfig config, Clock clock) {
    config.sites().forEach((site, port) -> sites.put(site.value(), new DemoSite(site, port)));
    sites.put("references", new ReferenceAddress(config.referencesPort()));

    WriteLog log = new WriteLog(config.data().resolve(WRITES), clock);
    RouteTable routes =
        new RouteTable(config.services(), new RouteStore(config.data().resolve("routes")), log);
    config
        .services()
        .forEach((service, edge) -> {
          if (edge.port() != null) {
            proxies.add(new EdgeProxy(service, edge.port(), edge.sites(), routes));
          }
        });

    Barrier barrier = new Barrier(writer, clock);
    RouteApi routeApi =
        new RouteApi(routes, new Signatures(keys(config.keyFiles()), clock), barrier, log);
    BreakApi breakApi = new BreakApi(sites, barrier, log, writer);
    control =
        new Listener(connections ->
            HttpServer.create()
                .host(LOOPBACK)
                .port(config.controlPort())
                .channelGroup(connections)
                .route(server -> {
                  routeApi.register(server);
                  breakApi.register(server);
                })
                .bindNow());
    control.open();
  }

  /** Returns when everything listens. */
  public static Demo start(DemoConfig config, Clock clock) {
    return new Demo(config, clock);
  }

  /** Waits until somebody closes it. */
  public void await() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    control.close();
    proxies.forEach(EdgeProxy::close);
    sites.values().forEach(Breakable::close);
    writer.close();
    closed.countDown();
  }

  private static Map<String, byte[]> keys(Map<String, Path> files) {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    files.forEach((id, file) -> keys.put(id, secret(file)));
    return keys;
  }

  private static byte[] secret(Path file) {
    try {
      return Files.readString(file).strip().getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
