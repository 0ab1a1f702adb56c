/** Tests of the event kernel. */
@NullMarked
package cairn.simulator.kernel;

import org.jspecify.annotations.NullMarked;
