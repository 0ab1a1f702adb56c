/** Messages that wander at random: what a rank does depends on which message reaches it first. */
@NullMarked
package cairn.application.wandering;

import org.jspecify.annotations.NullMarked;
