/** What keeps the benchmarks honest. */
@NullMarked
package cairn.benchmark.kernel;

import org.jspecify.annotations.NullMarked;
