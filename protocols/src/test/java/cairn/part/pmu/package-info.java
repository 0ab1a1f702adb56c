@NullMarked
package cairn.part.pmu;

import org.jspecify.annotations.NullMarked;
