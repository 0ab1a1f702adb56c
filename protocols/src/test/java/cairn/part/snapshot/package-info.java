@NullMarked
package cairn.part.snapshot;

import org.jspecify.annotations.NullMarked;
