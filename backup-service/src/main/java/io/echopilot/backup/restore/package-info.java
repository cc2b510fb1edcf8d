/**
 * The proof of a backup: read back from storage, restored into a scratch database, compared with
 * what the dump's snapshot held.
 */
@NullMarked
package io.echopilot.backup.restore;

import org.jspecify.annotations.NullMarked;
