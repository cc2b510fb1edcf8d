/** Lets people in with the local users, and serves them the page and its stream. */
@NullMarked
package io.echopilot.dashboard.web;

import org.jspecify.annotations.NullMarked;
