/** Tests of the lent disk. */
@NullMarked
package cairn.part.remote;

import org.jspecify.annotations.NullMarked;
