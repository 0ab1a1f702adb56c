/** Tests of networks of namespaces. */
@NullMarked
package cairn.cluster.network;

import org.jspecify.annotations.NullMarked;
