/** Tests of the network. */
@NullMarked
package cairn.simulator.network;

import org.jspecify.annotations.NullMarked;
