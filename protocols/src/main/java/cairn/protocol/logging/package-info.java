/**
 * The families of message logging (Elnozahy, Alvisi, Wang and Johnson, ACM Computing Surveys 34(3),
 * 2002): each rank takes checkpoints when it likes, and recovers alone by receiving again, in the
 * same order, what it had received.
 */
@NullMarked
package cairn.protocol.logging;

import org.jspecify.annotations.NullMarked;
