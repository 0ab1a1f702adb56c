/** Tests of the parts of ensembles. */
@NullMarked
package cairn.part.ensemble;

import org.jspecify.annotations.NullMarked;
