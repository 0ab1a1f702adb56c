@NullMarked
package cairn.fault;

import org.jspecify.annotations.NullMarked;
