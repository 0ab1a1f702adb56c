/** Messages a second through the network, with everything that it asks and checks. */
@NullMarked
package cairn.benchmark.network;

import org.jspecify.annotations.NullMarked;
