/** Tests of the disk. */
@NullMarked
package cairn.simulator.disk;

import org.jspecify.annotations.NullMarked;
