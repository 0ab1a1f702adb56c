/** Tests of chains of images. */
@NullMarked
package cairn.part.chain;

import org.jspecify.annotations.NullMarked;
