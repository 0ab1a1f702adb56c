/** Tests of what the benchmark of the network measures. */
@NullMarked
package cairn.benchmark.network;

import org.jspecify.annotations.NullMarked;
