@NullMarked
package cairn.report;

import org.jspecify.annotations.NullMarked;
