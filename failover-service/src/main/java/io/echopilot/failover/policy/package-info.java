/**
 * What is protected: reads the YAML that people write, checks the whole, and publishes it as
 * definitions with a rising revision. A bad file changes nothing.
 */
@NullMarked
package io.echopilot.failover.policy;

import org.jspecify.annotations.NullMarked;
