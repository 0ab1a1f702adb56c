/** One run as a space-time diagram that a reader can walk through, as one page. */
@NullMarked
package cairn.report.trace;

import org.jspecify.annotations.NullMarked;
