@NullMarked
package cairn.report.plot;

import org.jspecify.annotations.NullMarked;
