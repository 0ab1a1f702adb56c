/** Tests of views. */
@NullMarked
package cairn.part.view;

import org.jspecify.annotations.NullMarked;
