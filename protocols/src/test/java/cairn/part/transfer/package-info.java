/** Tests of memory on its way. */
@NullMarked
package cairn.part.transfer;

import org.jspecify.annotations.NullMarked;
