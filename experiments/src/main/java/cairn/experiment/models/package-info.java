/** Models of their own, which experiments can order instead of a protocol. */
@NullMarked
package cairn.experiment.models;

import org.jspecify.annotations.NullMarked;
