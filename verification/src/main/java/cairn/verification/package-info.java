/**
 * Searches through the runs of a scenario, and what is made of a violation: the fewest answers, and
 * the story that they tell.
 */
@NullMarked
package cairn.verification;

import org.jspecify.annotations.NullMarked;
