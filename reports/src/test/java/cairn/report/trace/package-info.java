@NullMarked
package cairn.report.trace;

import org.jspecify.annotations.NullMarked;
