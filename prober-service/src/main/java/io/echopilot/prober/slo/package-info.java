/**
 * Error budgets, computed: {@link io.echopilot.prober.slo.Ledger} counts what probes saw of one
 * site, {@link io.echopilot.prober.slo.Judge} says what that means by the burn rates of the SRE
 * Workbook, chapter 5. No I/O, no clock: docs/adr/0010 gives the reasons.
 */
@NullMarked
package io.echopilot.prober.slo;

import org.jspecify.annotations.NullMarked;
