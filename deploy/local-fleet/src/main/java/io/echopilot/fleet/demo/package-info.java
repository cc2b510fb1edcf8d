/**
 * What the fleet protects when nothing real is at hand: two sites, an edge that sends users to one
 * of them and lets itself be switched by the webhook contract, and the address that a prober takes
 * as its proof of having a network. The edge keeps every rule of the contract, so that whoever
 * writes an edge of their own can read one here; what stands under {@code /demo} on its control
 * port is for breaking things on purpose and belongs to no contract.
 */
@NullMarked
package io.echopilot.fleet.demo;

import org.jspecify.annotations.NullMarked;
