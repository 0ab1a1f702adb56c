@NullMarked
package cairn.virtual.cluster;

import org.jspecify.annotations.NullMarked;
