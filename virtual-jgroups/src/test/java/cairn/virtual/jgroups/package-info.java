@NullMarked
package cairn.virtual.jgroups;

import org.jspecify.annotations.NullMarked;
