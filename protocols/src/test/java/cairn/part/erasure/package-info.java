/** Tests of erasure codes. */
@NullMarked
package cairn.part.erasure;

import org.jspecify.annotations.NullMarked;
