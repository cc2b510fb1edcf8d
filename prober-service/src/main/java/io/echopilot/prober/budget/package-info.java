/** What the guard last said of the error budgets, for those who ask by HTTP. */
@NullMarked
package io.echopilot.prober.budget;

import org.jspecify.annotations.NullMarked;
