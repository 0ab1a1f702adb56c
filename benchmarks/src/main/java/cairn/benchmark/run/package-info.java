/**
 * Whole runs of a protocol: the bank on the RDMA persistent-memory server, judged by all
 * properties.
 */
@NullMarked
package cairn.benchmark.run;

import org.jspecify.annotations.NullMarked;
