@NullMarked
package cairn.report.statistics;

import org.jspecify.annotations.NullMarked;
