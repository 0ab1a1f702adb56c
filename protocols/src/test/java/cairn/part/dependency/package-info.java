/** Tests of the tracking of dependencies. */
@NullMarked
package cairn.part.dependency;

import org.jspecify.annotations.NullMarked;
