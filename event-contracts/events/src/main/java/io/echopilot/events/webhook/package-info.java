/**
 * The webhook contract's signature, shared by those who call an edge and those who are one. See
 * docs/adr/0005-webhook-contract.md.
 */
@NullMarked
package io.echopilot.events.webhook;

import org.jspecify.annotations.NullMarked;
