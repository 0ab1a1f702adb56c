/**
 * Searches: each proposes the answers of one run after another, and learns from what came of them.
 */
@NullMarked
package cairn.fault.strategy;

import org.jspecify.annotations.NullMarked;
