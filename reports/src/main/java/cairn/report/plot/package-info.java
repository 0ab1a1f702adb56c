/**
 * Plots in one house style, as data first and then as PNG and SVG; they know nothing of
 * experiments.
 */
@NullMarked
package cairn.report.plot;

import org.jspecify.annotations.NullMarked;
