/**
 * Makes backups and proves each by restoring it. When one is due is state in Kafka Streams; a
 * worker outside its threads makes it.
 */
@NullMarked
package io.echopilot.backup;

import org.jspecify.annotations.NullMarked;
