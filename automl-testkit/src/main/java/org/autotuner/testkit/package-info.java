/** Contract tests to extend: one abstract JUnit class per service interface. */
@NullMarked
package org.autotuner.testkit;

import org.jspecify.annotations.NullMarked;
