/** One node in real time: events handed to it one at a time, effects carried out. */
@NullMarked
package cairn.cluster.node;

import org.jspecify.annotations.NullMarked;
