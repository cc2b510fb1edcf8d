/**
 * For services that people log in to: the local users of a credentials file, and what they may do.
 */
@NullMarked
package io.echopilot.starter.security;

import org.jspecify.annotations.NullMarked;
