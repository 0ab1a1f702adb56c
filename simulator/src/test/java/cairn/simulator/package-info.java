@NullMarked
package cairn.simulator;

import org.jspecify.annotations.NullMarked;
