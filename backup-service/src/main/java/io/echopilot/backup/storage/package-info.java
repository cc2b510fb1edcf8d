/** Where backups lie: a folder each, with a manifest, under its own name only when it is whole. */
@NullMarked
package io.echopilot.backup.storage;

import org.jspecify.annotations.NullMarked;
