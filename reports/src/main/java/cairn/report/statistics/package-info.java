/** Figures with their uncertainty, and how numbers are written. */
@NullMarked
package cairn.report.statistics;

import org.jspecify.annotations.NullMarked;
