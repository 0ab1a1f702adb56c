/**
 * What an experiment found, as data, and how it is told: statistics, plots, tables and one page.
 */
@NullMarked
package cairn.report;

import org.jspecify.annotations.NullMarked;
