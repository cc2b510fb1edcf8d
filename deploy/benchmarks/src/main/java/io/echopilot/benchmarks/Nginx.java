package io.echopilot.benchmarks;

import io.echopilot.fleet.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian's nginx with one worker, which answers each request with two bytes. */
final class Nginx implements AutoCloseable {
  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Nginx start(Path folder) throws IOException {
    int port = new FreePorts().next();
    Path config =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            worker_processes 1;
            worker_rlimit_nofile 20000;
            pid %1$s/nginx.pid;
            error_log %1$s/nginx.log;
            events { worker_connections 16384; }
            http {
              access_log off;
              client_body_temp_path %1$s/nginx-body;
              proxy_temp_path %1$s/nginx-proxy;
              fastcgi_temp_path %1$s/nginx-fastcgi;
              uwsgi_temp_path %1$s/nginx-uwsgi;
              scgi_temp_path %1$s/nginx-scgi;
              server {
                listen 127.0.0.1:%2$d backlog=4096;
                default_type text/plain;
                location / { return 200 "ok"; }
              }
            }
            """
                .formatted(folder, port));
    Process process =
        new ProcessBuilder("/usr/sbin/nginx", "-c", config.toString(), "-p", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start();
    return new Nginx(process, port);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
