/** Probes of gRPC's standard health service: {@code grpc: {port: 50051, service: checkout}}. */
@NullMarked
package io.echopilot.probes.grpc;

import org.jspecify.annotations.NullMarked;
