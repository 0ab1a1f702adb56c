/** Erasure codes: parity (exclusive or) and Reed-Solomon, over the field of 256 elements. */
@NullMarked
package cairn.part.erasure;

import org.jspecify.annotations.NullMarked;
