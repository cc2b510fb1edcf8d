package io.echopilot.probes;

import io.echopilot.events.ProbeId;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import java.net.URI;
import java.time.Duration;

/**
 * What a probe looks at, and for how long at most.
 *
 * @param url of the site
 */
public record Target(ServiceId service, ProbeId probe, SiteId site, URI url, Duration timeout) {}
