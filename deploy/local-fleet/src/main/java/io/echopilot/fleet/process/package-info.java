/**
 * Processes of the operating system as the fleet needs them: started with their output in a file,
 * waited for until they are ready, hit with signals, found again by a later run and stopped. A
 * process of ours carries the fleet's home folder among its arguments, so that nothing else is ever
 * killed.
 */
@NullMarked
package io.echopilot.fleet.process;

import org.jspecify.annotations.NullMarked;
