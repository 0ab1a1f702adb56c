@NullMarked
package cairn.fault.strategy;

import org.jspecify.annotations.NullMarked;
