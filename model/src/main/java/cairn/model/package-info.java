/**
 * The vocabulary that every other module speaks: events, effects, faults, facts, choices and
 * properties.
 */
@NullMarked
package cairn.model;

import org.jspecify.annotations.NullMarked;
