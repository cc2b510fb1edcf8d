/**
 * Probes: each kind is a package below this one, with the settings that stand in a definition,
 * their key, and what carries them out. A kind announces itself with
 * {@code @AutoService(ProbeKind.class)}; nothing else names it.
 */
@NullMarked
package io.echopilot.probes;

import org.jspecify.annotations.NullMarked;
