/** Network namespaces for the processes of a cluster, in which links are really cut. */
@NullMarked
package cairn.cluster.network;

import org.jspecify.annotations.NullMarked;
