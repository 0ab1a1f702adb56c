/** How fast the event kernel is, beside a {@link java.util.PriorityQueue} of event objects. */
@NullMarked
package cairn.benchmark.kernel;

import org.jspecify.annotations.NullMarked;
